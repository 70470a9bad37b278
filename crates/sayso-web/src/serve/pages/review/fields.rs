//! The fields of a statement or an event as a form, and what was changed in it.

use sayso_case::Kind;
use sayso_reading::{Act, Certainty, EventType, QuoteForm, Reading, Realis, SourceKind};
use serde::Serialize;
use serde_json::{Value, json};

use crate::output::rows::one_line;

/// Characters from which on words other than a content get a field of several lines.
const LONG: usize = 60;
/// Characters of other statements in a list.
const SHORT: usize = 60;

/// A field of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Field {
    /// As in the contract of readings: `act`, `source.kind`.
    pub name: &'static str,
    pub label: &'static str,
    /// What it is now.
    pub value: String,
    /// What it can be, each with words for it; none: words of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<(String, String)>,
}

impl Field {
    /// Whether its words need several lines.
    pub(super) fn is_long(&self) -> bool {
        self.name == "content" || self.value.chars().count() > LONG
    }
}

/// The fields of an item in JSON.
pub(super) fn fields(kind: Kind, item: &Value, reading: &Reading) -> Vec<Field> {
    let text: Vec<char> = reading.document.text().chars().collect();
    let form = Form {
        item,
        text: &text,
        reading,
    };
    match kind {
        Kind::Attribution => form.attribution(),
        Kind::Event => form.event(),
    }
}

struct Form<'r> {
    item: &'r Value,
    text: &'r [char],
    reading: &'r Reading,
}

impl Form<'_> {
    fn attribution(&self) -> Vec<Field> {
        vec![
            self.words("source", "Source", "/source/spans"),
            self.one_of("source.kind", "It is", SourceKind::ALL),
            self.words("cue", "Cue", "/cue/spans"),
            self.one_of("act", "Act", Act::ALL),
            self.one_of("certainty", "Certainty", Certainty::ALL),
            self.negated(),
            self.words("content", "What is said", "/content/spans"),
            self.one_of("quote", "Quoted", QuoteForm::ALL),
            self.within(),
        ]
    }

    fn event(&self) -> Vec<Field> {
        let kind = self.now("type");
        let of_type = EventType::ALL.iter().find(|t| t.as_str() == kind);
        vec![
            self.words("trigger", "Words for the act", "/trigger/spans"),
            self.one_of("type", "Type", EventType::ALL),
            self.one_of("mode", "Mode", of_type.map_or(&[][..], |t| t.modes())),
            self.one_of("realis", "Did it happen", Realis::ALL),
            self.words("actor", "Who did it", "/actor/0/spans"),
            self.words("recipient", "To whom", "/recipient/0/spans"),
            self.place(),
            self.time(),
            self.within(),
        ]
    }

    /// The value of a field as words.
    fn now(&self, name: &str) -> String {
        let found = self.item.pointer(&format!("/{}", name.replace('.', "/")));
        found.and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    fn words(&self, name: &'static str, label: &'static str, at: &str) -> Field {
        let pieces = spans(self.item, at).filter_map(|(start, end)| self.text.get(start..end));
        let pieces: Vec<String> = pieces.map(|piece| piece.iter().collect()).collect();
        Field {
            name,
            label,
            value: one_line(&pieces.join(" … ")),
            choices: Vec::new(),
        }
    }

    fn one_of(&self, name: &'static str, label: &'static str, all: &[impl ToString]) -> Field {
        let known = all.iter().map(|word| {
            let word = word.to_string();
            (word.clone(), word.replace('_', " "))
        });
        Self::chosen(name, label, self.now(name), known)
    }

    /// A field with its choices; what it is now is among them, and so is that it is unknown.
    fn chosen(
        name: &'static str,
        label: &'static str,
        value: String,
        known: impl Iterator<Item = (String, String)>,
    ) -> Field {
        let mut choices: Vec<(String, String)> = known.collect();
        if !choices.iter().any(|(word, _)| *word == value) {
            let words = if value.is_empty() { "unknown" } else { &value };
            choices.insert(0, (value.clone(), words.to_owned()));
        }
        let is_open = !matches!(name, "quote" | "type" | "realis" | "within" | "negated");
        if is_open && !choices.iter().any(|(word, _)| word.is_empty()) {
            choices.push((String::new(), "unknown".to_owned()));
        }
        Field {
            name,
            label,
            value,
            choices,
        }
    }

    fn negated(&self) -> Field {
        let is_negated = self.item.get("negated") == Some(&Value::Bool(true));
        let value = if is_negated { "yes" } else { "no" };
        let choices = [("no", "it was said"), ("yes", "it was not said")];
        let choices = choices.map(|(a, b)| (a.to_owned(), b.to_owned()));
        Self::chosen(
            "negated",
            "Said or not",
            value.to_owned(),
            choices.into_iter(),
        )
    }

    fn place(&self) -> Field {
        let places = self.reading.places.iter();
        let known = places.map(|p| (p.id.to_string(), one_line(&p.name)));
        Self::chosen("place", "Where", self.now("place"), known)
    }

    fn time(&self) -> Field {
        let times = self.reading.times.iter();
        let known = times.map(|t| (t.id.to_string(), one_line(&t.text)));
        Self::chosen("time", "When", self.now("time"), known)
    }

    /// In whose words it stands.
    fn within(&self) -> Field {
        let own = self.now("id");
        let all = self.reading.attributions.iter();
        let others = all.filter(|a| a.id.to_string() != own).map(|a| {
            let spans = &a.source.spans;
            let words = spans
                .hull()
                .and_then(|s| s.slice(self.reading.document.text()));
            let words = one_line(words.unwrap_or("no source"));
            let words: String = words.chars().take(SHORT).collect();
            (a.id.to_string(), format!("{} · {words}", a.id))
        });
        let author = [(String::new(), "the author’s".to_owned())];
        Self::chosen(
            "within",
            "In whose words",
            self.now("within"),
            author.into_iter().chain(others),
        )
    }
}

/// Stretches of the text, in characters.
pub(super) fn spans<'v>(item: &'v Value, at: &str) -> impl Iterator<Item = (usize, usize)> + 'v {
    let all = item.pointer(at).and_then(Value::as_array);
    all.into_iter().flatten().filter_map(|span| {
        let of = |key: &str| usize::try_from(span.get(key)?.as_u64()?).ok();
        Some((of("start")?, of("end")?))
    })
}

/// What a field is to be, from what stands in the form.
pub(super) fn value_of(field: &str, given: &str) -> Value {
    match (field, given) {
        ("negated", given) => Value::Bool(given == "yes"),
        ("source", "") => json!({
            "spans": [], "entity": null, "kind": "unstated", "role": null, "condition": null
        }),
        ("actor" | "recipient", "") => json!([]),
        (_, "") => Value::Null,
        _ => Value::String(given.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_empty_is_unknown() {
        assert_eq!(value_of("act", ""), Value::Null);
        assert_eq!(value_of("act", "deny"), Value::from("deny"));
        assert_eq!(value_of("negated", "yes"), Value::from(true));
        assert_eq!(value_of("actor", ""), json!([]));
        assert_eq!(value_of("source", "")["kind"], "unstated");
    }
}
