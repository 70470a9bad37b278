//! An attribution as somebody marked it, in any of the forms that labelled files use.

use sayso_reading::{QuoteForm, Scalars, Span};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The places of one attribution's words, and the little else that the measures ask.
/// A role that is absent has no span.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// Whether it stands in another attribution's content.
    pub nested: bool,
    /// Whether the gold leaves open if it is one.
    pub doubtful: bool,
    /// How far the content is quoted; nothing where the file does not say.
    pub form: Option<QuoteForm>,
    /// Whom the content is put down to.
    pub source: Vec<Span<Scalars>>,
    /// The words that carry it: the smallest ones where `phrase` has the others.
    pub cue: Vec<Span<Scalars>>,
    /// The whole verb group around the cue, where the file has it beside the smallest words.
    pub phrase: Option<Vec<Span<Scalars>>>,
    /// The words put down to the source.
    pub content: Vec<Span<Scalars>>,
}

impl Marked {
    /// The words that carry it, with auxiliaries and adverbs where the file has them.
    pub fn wide_cue(&self) -> &[Span<Scalars>] {
        self.phrase.as_deref().unwrap_or(&self.cue)
    }

    /// All its spans.
    pub(super) fn spans(&self) -> impl Iterator<Item = &Span<Scalars>> {
        let phrase = self.phrase.iter().flatten();
        let spans = self.source.iter().chain(&self.cue);
        spans.chain(phrase).chain(&self.content)
    }

    /// Reads one of the gold's from JSON; the error says what is wrong, without the place.
    pub(super) fn gold(value: &Value, text_length: usize) -> Result<Self, String> {
        let mut marked = Self::predicted(value)?;
        if let Some(outside) = marked.spans().find(|span| span.end() > text_length) {
            return Err(format!(
                "the span {}..{} ends outside the text, which has {text_length} characters; offsets count characters, not bytes",
                outside.start(),
                outside.end(),
            ));
        }
        marked.form = form(value)?;
        Ok(marked)
    }

    /// Reads a predicted one from JSON, whose form of quotation nobody asks.
    pub(super) fn predicted(value: &Value) -> Result<Self, String> {
        let Value::Object(fields) = value else {
            return Err("is no JSON object".to_owned());
        };
        Ok(Self {
            nested: fields.get("within").is_some_and(|v| !v.is_null()),
            doubtful: fields.get("doubt") == Some(&Value::Bool(true)),
            form: None,
            source: role(fields, "source")?,
            cue: role(fields, "cue")?,
            phrase: phrase(fields)?,
            content: role(fields, "content")?,
        })
    }
}

/// The form of quotation: `kind` as PolNeAR has it, else a reading's `quote`.
fn form(value: &Value) -> Result<Option<QuoteForm>, String> {
    let named = ["kind", "quote"].map(|name| (name, value.get(name)));
    let named = named.into_iter().find_map(|(name, v)| {
        let said = v.filter(|v| !v.is_null() && v.as_str() != Some(""));
        said.map(|v| (name, v))
    });
    let Some((name, word)) = named else {
        return Ok(None);
    };
    QuoteForm::deserialize(word)
        .map(Some)
        .map_err(|_| format!("{name}: {word} is none of direct, mixed, indirect"))
}

/// The phrase around the cue's smallest words, where there is one.
fn phrase(fields: &Map<String, Value>) -> Result<Option<Vec<Span<Scalars>>>, String> {
    match fields.get("cue").and_then(|cue| cue.get("phrase")) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(list)) if list.is_empty() => Ok(None),
        Some(phrase) => {
            let spans = spans(phrase).map_err(|what| format!("cue phrase: {what}"))?;
            Ok(Some(spans))
        }
    }
}

fn role(fields: &Map<String, Value>, name: &str) -> Result<Vec<Span<Scalars>>, String> {
    let Some(value) = fields.get(name) else {
        return Ok(Vec::new());
    };
    spans(value).map_err(|what| format!("{name}: {what}"))
}

/// Spans in any of the forms: nothing, one pair, a list, one span, an object with `spans`.
fn spans(value: &Value) -> Result<Vec<Span<Scalars>>, String> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Object(fields) => match fields.get("spans") {
            Some(inner) => spans(inner),
            None if fields.contains_key("start") => Ok(vec![span(value)?]),
            None => Ok(Vec::new()),
        },
        Value::Array(list) if matches!(list.as_slice(), [Value::Number(_), Value::Number(_)]) => {
            Ok(vec![span(value)?])
        }
        Value::Array(list) => list.iter().map(span).collect(),
        other => Err(format!("{other} is no list of spans")),
    }
}

/// `[start, end]` or `{"start": …, "end": …}`.
fn span(value: &Value) -> Result<Span<Scalars>, String> {
    let (start, end) = match value {
        Value::Array(pair) => (pair.first(), pair.get(1)),
        other => (other.get("start"), other.get("end")),
    };
    let offset =
        |value: Option<&Value>| value.and_then(Value::as_u64).map(|offset| offset as usize);
    let (Some(start), Some(end)) = (offset(start), offset(end)) else {
        return Err(format!(
            "{value} is no span; expected [start, end] or {{\"start\": …, \"end\": …}} in characters"
        ));
    };
    Span::new(start, end).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn source(value: &Value) -> Result<Vec<(usize, usize)>, String> {
        let marked = Marked::predicted(&json!({ "source": value }))?;
        Ok(marked.source.iter().map(|s| (s.start(), s.end())).collect())
    }

    #[test]
    fn spans_come_in_many_forms() {
        for (value, expected) in [
            (json!(null), vec![]),
            (json!([]), vec![]),
            (json!({"spans": null}), vec![]),
            (json!({"entity": "e1"}), vec![]),
            (json!([3, 5]), vec![(3, 5)]),
            (json!({"start": 3, "end": 5}), vec![(3, 5)]),
            (
                json!([[3, 5], {"start": 7, "end": 9}]),
                vec![(3, 5), (7, 9)],
            ),
            (json!({"spans": [{"start": 3, "end": 5}]}), vec![(3, 5)]),
            (json!({"spans": [3, 5]}), vec![(3, 5)]),
        ] {
            assert_eq!(source(&value), Ok(expected));
        }
    }

    #[test]
    fn what_is_no_span_is_named() {
        for (value, part) in [
            (json!("Ann"), "source: \"Ann\" is no list of spans"),
            (json!([[1]]), "source: [1] is no span"),
            (json!([[-1, 4]]), "is no span"),
            (json!([[1.5, 4]]), "is no span"),
            (json!([5, 4]), "ends before it starts"),
        ] {
            let what = source(&value).unwrap_err();
            assert!(what.contains(part), "{what}");
        }
    }

    #[test]
    fn gold_lies_in_its_text() {
        let value = json!({"content": [[2, 10]]});
        assert!(Marked::gold(&value, 10).is_ok());
        let what = Marked::gold(&value, 9).unwrap_err();
        assert!(what.contains("2..10"), "{what}");
    }

    #[test]
    fn a_phrase_stands_for_the_cue_where_there_is_one() {
        let with = |phrase: Value| {
            let value = json!({"cue": {"spans": [[8, 12]], "phrase": phrase}});
            let marked = Marked::predicted(&value).unwrap();
            marked
                .wide_cue()
                .iter()
                .map(|s| (s.start(), s.end()))
                .collect::<Vec<_>>()
        };
        assert_eq!(with(json!({"start": 4, "end": 12})), [(4, 12)]);
        assert_eq!(with(json!({"spans": [[4, 12]]})), [(4, 12)]);
        assert_eq!(with(json!(null)), [(8, 12)]);
        assert_eq!(with(json!([])), [(8, 12)]);
    }

    #[test]
    fn the_form_is_kind_or_quote() {
        let form = |value: Value| Marked::gold(&value, 9).map(|m| m.form);
        assert_eq!(form(json!({"kind": "mixed"})), Ok(Some(QuoteForm::Mixed)));
        assert_eq!(
            form(json!({"quote": "direct"})),
            Ok(Some(QuoteForm::Direct))
        );
        assert_eq!(form(json!({})), Ok(None));
        assert!(
            form(json!({"kind": "paraphrase"}))
                .unwrap_err()
                .contains("paraphrase")
        );
    }
}
