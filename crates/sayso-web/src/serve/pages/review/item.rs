//! Something to decide on, among the words around it.

use maud::{Markup, html};
use sayso_case::{Case, EventRow, Kind, Rows, SecondLook, StatementRow, Target};
use sayso_reading::Reading;
use serde::Serialize;
use serde_json::Value;

use super::fields::{Field, fields, spans};
use crate::output::labels;
use crate::serve::problem::Problem;

/// Characters around the words that are decided on; less where a paragraph ends before.
const AROUND: usize = 500;

/// A statement or an event, as it is to be decided on.
#[derive(Debug, Serialize)]
pub(super) struct Item {
    /// `DOCUMENT#a3`.
    pub target: String,
    #[serde(skip)]
    pub at: Target,
    pub kind: Kind,
    /// The document's title.
    pub title: String,
    /// Whose it is, and of which day.
    #[serde(skip)]
    pub publisher: Option<String>,
    #[serde(skip)]
    pub published: Option<String>,
    /// As in the contract of readings.
    #[serde(rename = "item")]
    pub value: Value,
    pub fields: Vec<Field>,
    #[serde(skip)]
    passage: Vec<Stretch>,
}

/// A stretch of the passage, with the marks that lie on it.
#[derive(Debug, PartialEq, Eq)]
struct Stretch {
    words: String,
    /// Content or trigger, source, cue.
    marks: [bool; 3],
}

impl Item {
    /// As it is in the case now.
    pub(super) fn of(case: &Case, at: Target) -> Result<Self, Problem> {
        let reading = case.reading(&at.document)?;
        let scalars = reading.to_scalars().map_err(Problem::fault)?;
        let mut all = scalars
            .attributions
            .iter()
            .map(|a| (a.id.to_string(), serde_json::to_value(a)))
            .chain(
                scalars
                    .events
                    .iter()
                    .map(|e| (e.id.to_string(), serde_json::to_value(e))),
            );
        let found = all.find(|(id, _)| *id == at.local).ok_or_else(|| {
            Problem::missing(format!(
                "{}#{}: there is no such statement or event in the document now; it may have been rejected",
                at.document, at.local
            ))
        })?;
        Self::with(at, found.1.map_err(Problem::fault)?, &reading)
    }

    /// As the reader found it.
    pub(super) fn of_look(case: &Case, look: SecondLook) -> Result<Self, Problem> {
        let reading = case.reading(&look.target.document)?;
        Self::with(look.target, look.item, &reading)
    }

    fn with(at: Target, item: Value, reading: &Reading) -> Result<Self, Problem> {
        let kind = Kind::of_local(&at.local).ok_or_else(|| Problem::missing("no such item"))?;
        let document = &reading.document;
        Ok(Self {
            target: format!("{}#{}", at.document, at.local),
            kind,
            title: labels::title(document),
            publisher: document.publisher.clone(),
            published: document.published.as_ref().map(ToString::to_string),
            fields: fields(kind, &item, reading),
            passage: passage(document.text(), &item),
            value: item,
            at,
        })
    }

    /// The words around it, with the marks of texts.
    pub(super) fn context(&self) -> Markup {
        html! {
            blockquote.context dir="auto" {
                @for stretch in &self.passage {
                    @let [content, source, cue] = stretch.marks;
                    @let class = match (source, cue) { (true, _) => "s", (_, true) => "q", _ => "" };
                    @if content {
                        mark.c1 { (marked(class, &stretch.words)) }
                    } @else {
                        (marked(class, &stretch.words))
                    }
                }
            }
        }
    }
}

fn marked(class: &str, words: &str) -> Markup {
    html! {
        @if class.is_empty() { (words) } @else { span class=(class) { (words) } }
    }
}

/// The targets of an answer's rows.
pub(super) fn targets(rows: &Rows) -> Result<Vec<Target>, Problem> {
    let of_statement = |row: &StatementRow| Target {
        document: row.document.clone(),
        local: row.id.clone(),
    };
    let of_event = |row: &EventRow| Target {
        document: row.document.clone(),
        local: row.id.clone(),
    };
    match rows {
        Rows::Statements(rows) => Ok(rows.iter().map(of_statement).collect()),
        Rows::Events(rows) => Ok(rows.iter().map(of_event).collect()),
        Rows::Documents(_) => Err(Problem::unfit(
            "Documents cannot be decided on; ask for show:statements or show:events",
        )),
    }
}

/// The paragraph around an item, cut where marks begin and end.
fn passage(text: &str, item: &Value) -> Vec<Stretch> {
    let text: Vec<char> = text.chars().collect();
    let marks: [Vec<(usize, usize)>; 3] = [
        spans(item, "/content/spans")
            .chain(spans(item, "/trigger/spans"))
            .collect(),
        spans(item, "/source/spans")
            .chain(spans(item, "/actor/0/spans"))
            .collect(),
        spans(item, "/cue/spans").collect(),
    ];
    let all = || marks.iter().flatten();
    let start = all().map(|(start, _)| *start).min().unwrap_or(0);
    let end = all()
        .map(|(_, end)| *end)
        .max()
        .unwrap_or(0)
        .min(text.len());
    let from = edge(
        text.get(..start.min(text.len()))
            .unwrap_or_default()
            .iter()
            .rev(),
    );
    let to = edge(text.get(end..).unwrap_or_default().iter());
    let (from, to) = (start.saturating_sub(from), end + to);
    let mut cuts: Vec<usize> = all().flat_map(|(a, b)| [*a, *b]).collect();
    cuts.extend([from, to]);
    cuts.retain(|cut| (from..=to).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|pair| {
            let (&a, &b) = (pair.first()?, pair.last()?);
            let is_in = |spans: &Vec<(usize, usize)>| spans.iter().any(|(s, e)| *s <= a && b <= *e);
            Some(Stretch {
                words: text.get(a..b)?.iter().collect(),
                marks: [is_in(&marks[0]), is_in(&marks[1]), is_in(&marks[2])],
            })
        })
        .collect()
}

/// How many characters there are up to the end of the paragraph, or of what is shown.
fn edge<'c>(chars: impl Iterator<Item = &'c char>) -> usize {
    chars.take(AROUND).take_while(|c| **c != '\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_paragraph_is_cut_where_marks_begin_and_end() {
        let text = "Before.\nAnn said it sank.\nAfter.";
        let item = json!({
            "source": {"spans": [{"start": 8, "end": 11}]},
            "cue": {"spans": [{"start": 12, "end": 16}]},
            "content": {"spans": [{"start": 17, "end": 24}]}
        });
        let told: Vec<(String, [bool; 3])> = passage(text, &item)
            .into_iter()
            .map(|s| (s.words, s.marks))
            .collect();
        let (no, content, source, cue) = (
            [false; 3],
            [true, false, false],
            [false, true, false],
            [false, false, true],
        );
        let expected = [
            ("Ann", source),
            (" ", no),
            ("said", cue),
            (" ", no),
            ("it sank", content),
            (".", no),
        ];
        assert_eq!(told, expected.map(|(w, m)| (w.to_owned(), m)));
    }
}
