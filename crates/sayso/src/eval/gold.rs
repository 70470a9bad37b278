//! Labelled texts, and what was predicted for them.

use std::collections::HashMap;
use std::path::Path;

use sayso_reading::{Document, DocumentParts, Reading, ReadingError, Scalars, Span, Spans};
use serde_json::Value;

use super::EvalError;
use super::compare::CueWidth;
use super::marked::Marked;
use super::records::{Record, Records};

/// A text with the attributions that people marked in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldDocument {
    /// Its identifier, which no other document of the same gold has.
    pub id: String,
    /// The text that all spans point into.
    pub text: String,
    /// What was marked.
    pub attributions: Vec<Marked>,
    /// Whether its cues are the smallest words that carry the act, as the contract has them,
    /// and not whole verb groups, as PolNeAR has them: cues are then compared as such.
    pub smallest_cues: bool,
}

/// The attributions that a program found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prediction {
    /// The document's identifier.
    pub id: Option<String>,
    /// The file that the text came from.
    pub path: Option<String>,
    /// The text as the program had it.
    pub text: Option<String>,
    /// What was found.
    pub attributions: Vec<Marked>,
}

/// Reads labelled texts, in PolNeAR's converted form or as readings: JSON Lines, or one JSON
/// value a file, `.gz` too. No two documents may have the same identifier.
pub fn read_gold<P: AsRef<Path>>(files: &[P]) -> Result<Vec<GoldDocument>, EvalError> {
    let mut documents = Vec::new();
    let mut places: HashMap<String, String> = HashMap::new();
    for file in files {
        let file = file.as_ref();
        let before = documents.len();
        for record in Records::open(file)? {
            let Record { line, value } = record?;
            let wrong = |what| EvalError::Record {
                file: file.to_owned(),
                line,
                what,
            };
            let document = GoldDocument::from_json(&value).map_err(wrong)?;
            let place = format!("{}, line {line}", file.display());
            if let Some(first) = places.insert(document.id.clone(), place) {
                let id = &document.id;
                return Err(wrong(format!(
                    "the document “{id}” stands in {first} already; give each its own id"
                )));
            }
            documents.push(document);
        }
        if documents.len() == before {
            return Err(EvalError::Empty {
                file: file.to_owned(),
            });
        }
    }
    Ok(documents)
}

/// Reads predictions: readings as `sayso read --json` writes them, or documents with spans
/// as the gold has them. `-` is standard input.
pub fn read_predictions(file: &Path) -> Result<Vec<Prediction>, EvalError> {
    let record = |record: Result<Record, EvalError>| {
        let Record { line, value } = record?;
        Prediction::from_json(&value).map_err(|what| EvalError::Record {
            file: file.to_owned(),
            line,
            what,
        })
    };
    Records::open(file)?.map(record).collect()
}

/// Whether a file holds attributions already, and no texts that are still to be read: whether
/// its first document has some. Broken JSON has none.
pub fn holds_attributions(file: &Path) -> bool {
    let first = Records::open(file)
        .ok()
        .and_then(|mut records| records.next());
    matches!(first, Some(Ok(record)) if record.value.get("attributions").is_some())
}

impl GoldDocument {
    /// The text without its labels, to be read now.
    pub fn document(&self) -> Result<Document, ReadingError> {
        let blocks = sayso_load::explain_blocks(&self.text);
        Document::new(DocumentParts {
            id: Some(self.id.clone()),
            text: self.text.clone(),
            blocks: blocks
                .into_iter()
                .map(|explained| explained.block)
                .collect(),
            ..DocumentParts::default()
        })
    }

    /// Which words its cues are compared by.
    pub(super) const fn cue_width(&self) -> CueWidth {
        if self.smallest_cues {
            CueWidth::Smallest
        } else {
            CueWidth::Phrase
        }
    }

    fn from_json(value: &Value) -> Result<Self, String> {
        let head = head(value)?;
        let id = identifier(head.get("id"))
            .ok_or("the document has no “id”; give each labelled text one")?;
        let Some(text) = head.get("text").and_then(Value::as_str) else {
            return Err(format!("the document “{id}” has no “text”"));
        };
        let Some(Value::Array(list)) = value.get("attributions") else {
            return Err(format!(
                "the document “{id}” has no list of “attributions”; an empty one says that there are none"
            ));
        };
        let length = text.chars().count();
        let attributions = marked(&id, list, |value| Marked::gold(value, length))?;
        let has_phrase = attributions.iter().any(|marked| marked.phrase.is_some());
        Ok(Self {
            text: text.to_owned(),
            smallest_cues: value.get("document").is_some() && !has_phrase,
            attributions,
            id,
        })
    }
}

impl Prediction {
    fn from_json(value: &Value) -> Result<Self, String> {
        let head = head(value)?;
        let string = |name: &str| head.get(name).and_then(Value::as_str).map(str::to_owned);
        let id = identifier(head.get("id"));
        let attributions = match value.get("attributions") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(list)) => {
                marked(id.as_deref().unwrap_or_default(), list, Marked::predicted)?
            }
            Some(_) => return Err("“attributions” is no list".to_owned()),
        };
        Ok(Self {
            id,
            path: string("path"),
            text: string("text"),
            attributions,
        })
    }
}

impl From<&Reading<Scalars>> for Prediction {
    fn from(reading: &Reading<Scalars>) -> Self {
        let pieces = |spans: &Spans<Scalars>| -> Vec<Span<Scalars>> { spans.pieces().to_vec() };
        let marked = reading.attributions.iter().map(|found| Marked {
            nested: found.within.is_some(),
            doubtful: false,
            form: Some(found.quote),
            source: pieces(&found.source.spans),
            cue: found
                .cue
                .as_ref()
                .map_or_else(Vec::new, |cue| pieces(&cue.spans)),
            phrase: found.cue.as_ref().map(|cue| vec![cue.phrase]),
            content: pieces(&found.content.spans),
        });
        Self {
            id: Some(reading.document.id.to_string()),
            path: reading.document.path.clone(),
            text: Some(reading.document.text().to_owned()),
            attributions: marked.collect(),
        }
    }
}

/// The part of a record that tells of the document: a reading's `document`, or the record.
fn head(value: &Value) -> Result<&Value, String> {
    if !value.is_object() {
        return Err("expected a JSON object with id, text and attributions".to_owned());
    }
    Ok(value
        .get("document")
        .filter(|v| v.is_object())
        .unwrap_or(value))
}

fn identifier(value: Option<&Value>) -> Option<String> {
    match value {
        Some(Value::String(id)) if !id.is_empty() => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    }
}

fn marked(
    id: &str,
    list: &[Value],
    read: impl Fn(&Value) -> Result<Marked, String>,
) -> Result<Vec<Marked>, String> {
    let one = |(index, value)| {
        read(value).map_err(|what| format!("document “{id}”, attribution {}: {what}", index + 1))
    };
    list.iter().enumerate().map(one).collect()
}
