//! Sums of what people decided.

use std::collections::BTreeMap;

use sayso_case::{Entry, Judged, Verdict};
use serde::Serialize;
use serde_json::Value;

/// How many of some things were right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Count {
    /// What the reader found and somebody decided on.
    pub looked_at: usize,
    pub accepted: usize,
    pub corrected: usize,
    pub rejected: usize,
    /// What the reader did not find; not among those looked at.
    pub missed: usize,
}

impl Count {
    fn add(&mut self, verdict: Verdict) {
        let of = match verdict {
            Verdict::Accepted => &mut self.accepted,
            Verdict::Corrected => &mut self.corrected,
            Verdict::Rejected => &mut self.rejected,
            Verdict::Missed => {
                self.missed += 1;
                return;
            }
        };
        *of += 1;
        self.looked_at += 1;
    }
}

/// A field, and how often it was wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Wrong {
    pub kind: &'static str,
    pub field: String,
    /// Of so many that are there.
    pub of: usize,
    pub corrected: usize,
}

/// The same correction, made again and again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Correction {
    pub kind: &'static str,
    pub field: String,
    /// The value before; none where other words of the text were meant.
    pub before: Option<String>,
    pub after: Option<String>,
    pub times: usize,
    /// The first of them.
    pub document: String,
    pub id: Option<String>,
    pub words: String,
}

/// All of it.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Sheet {
    pub kinds: Vec<(&'static str, Count)>,
    pub fields: Vec<Wrong>,
    pub corrections: Vec<Correction>,
    pub publishers: Vec<(String, Count)>,
    pub readers: Vec<(String, Count)>,
    /// Decisions whose words a changed text no longer has.
    pub lost: Vec<Entry>,
    pub things: Vec<Judged>,
}

/// The most looked at first.
fn largest<K: Ord>(counts: BTreeMap<K, Count>) -> Vec<(K, Count)> {
    let mut out: Vec<(K, Count)> = counts.into_iter().collect();
    out.sort_by_key(|(_, count)| std::cmp::Reverse(count.looked_at + count.missed));
    out
}

impl Sheet {
    pub(crate) fn of(things: Vec<Judged>) -> Self {
        let mut kinds: BTreeMap<&'static str, Count> = BTreeMap::new();
        let mut publishers: BTreeMap<String, Count> = BTreeMap::new();
        let mut readers: BTreeMap<String, Count> = BTreeMap::new();
        for thing in &things {
            let Some(verdict) = thing.verdict() else {
                continue;
            };
            let publisher = thing.publisher.clone().unwrap_or_default();
            let reader = thing.reader.clone().unwrap_or_default();
            kinds.entry(thing.kind.as_str()).or_default().add(verdict);
            publishers.entry(publisher).or_default().add(verdict);
            readers.entry(reader).or_default().add(verdict);
        }
        Self {
            fields: fields(&things, &kinds),
            corrections: frequent(&things),
            kinds: kinds.into_iter().collect(),
            publishers: largest(publishers),
            readers: largest(readers),
            lost: Vec::new(),
            things,
        }
    }
}

/// Those that the reader found and that are there.
fn there(things: &[Judged]) -> impl Iterator<Item = &Judged> {
    let is_there = |verdict| matches!(verdict, Some(Verdict::Accepted | Verdict::Corrected));
    things.iter().filter(move |thing| is_there(thing.verdict()))
}

fn fields(things: &[Judged], kinds: &BTreeMap<&'static str, Count>) -> Vec<Wrong> {
    let mut wrong: BTreeMap<(&'static str, &str), usize> = BTreeMap::new();
    for thing in there(things) {
        for field in thing.corrections().into_keys() {
            *wrong.entry((thing.kind.as_str(), field)).or_default() += 1;
        }
    }
    let mut out: Vec<Wrong> = wrong
        .into_iter()
        .map(|((kind, field), corrected)| Wrong {
            kind,
            field: field.to_owned(),
            of: kinds.get(kind).map_or(0, |c| c.accepted + c.corrected),
            corrected,
        })
        .collect();
    out.sort_by_key(|field| std::cmp::Reverse(field.corrected));
    out
}

/// The most frequent corrections, with an example of each.
fn frequent(things: &[Judged]) -> Vec<Correction> {
    let mut out: Vec<Correction> = Vec::new();
    let mut places: BTreeMap<_, usize> = BTreeMap::new();
    for thing in there(things) {
        for (field, (before, after)) in thing.corrections() {
            let values = plain(before).zip(plain(after));
            let key = (thing.kind, field, values.clone());
            let at = *places.entry(key).or_insert(out.len());
            if let Some(known) = out.get_mut(at) {
                known.times += 1;
                continue;
            }
            let (before, after) = values.unzip();
            out.push(Correction {
                kind: thing.kind.as_str(),
                field: field.to_owned(),
                before,
                after,
                times: 1,
                document: thing.document.clone(),
                id: thing.id.clone(),
                words: thing.words.clone(),
            });
        }
    }
    out.sort_by_key(|correction| std::cmp::Reverse(correction.times));
    out
}

/// A value that can be written in a word; places in a text cannot.
pub(crate) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("none".to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(value) => Some(value.clone()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_case::{Judgement, Kind};
    use serde_json::json;

    fn thing(action: &str, change: Option<(&str, Value, Value)>) -> Judged {
        let (field, before, after) = match change {
            Some((field, before, after)) => (Some(field.to_owned()), Some(before), Some(after)),
            None => (None, None, None),
        };
        Judged {
            document: "d:1".to_owned(),
            kind: Kind::Event,
            id: Some("v1".to_owned()),
            words: "struck".to_owned(),
            publisher: Some("Harbour Post".to_owned()),
            reader: Some("0.1.0".to_owned()),
            decisions: vec![Judgement {
                entry: 1,
                at: String::new(),
                who: "ann".to_owned(),
                action: action.to_owned(),
                field,
                before,
                after,
                opinion: false,
            }],
        }
    }

    #[test]
    fn sums_are_of_what_was_looked_at() {
        let mode = |after: &str| Some(("mode", json!("aerial"), json!(after)));
        let sheet = Sheet::of(vec![
            thing("accept", None),
            thing("correct", mode("drone")),
            thing("correct", mode("drone")),
            thing(
                "correct",
                Some(("trigger", json!([{"start": 1}]), json!([{"start": 2}]))),
            ),
            thing("reject", None),
            thing("add", None),
        ]);
        let count = Count {
            looked_at: 5,
            accepted: 1,
            corrected: 3,
            rejected: 1,
            missed: 1,
        };
        assert_eq!(sheet.kinds, [("event", count)]);
        assert_eq!(sheet.publishers, [("Harbour Post".to_owned(), count)]);
        let told: Vec<_> = sheet
            .fields
            .iter()
            .map(|f| (f.field.as_str(), f.corrected, f.of))
            .collect();
        assert_eq!(told, [("mode", 2, 4), ("trigger", 1, 4)]);
        let first = sheet.corrections.first().unwrap();
        assert_eq!((first.times, first.after.as_deref()), (2, Some("drone")));
        assert_eq!(sheet.corrections.get(1).unwrap().before, None);
    }
}
