//! Where in a text a decision stands, so that it is found again in another version of it.

use sayso_reading::{Reading, Span, TextIndex};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::item::Item;

/// Characters kept on either side, for people and to tell equal passages apart.
const AROUND: usize = 40;

/// The words decided on and those around them. Offsets count characters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Anchor {
    /// The words of the content, or of the trigger.
    pub quote: String,
    /// From the item's first word to its last.
    pub passage: String,
    /// Where the passage begins.
    pub start: usize,
    pub before: String,
    pub after: String,
    /// The item as it was when it was decided on.
    pub item: Value,
    /// Names of the entities that the item names, by their ids.
    pub names: Vec<(String, String)>,
}

impl Anchor {
    pub(crate) fn of(item: &Item, reading: &Reading) -> Result<Self, String> {
        let text = reading.document.text();
        let index = TextIndex::new(text);
        let reach = item.reach().ok_or("it has no words in the text")?;
        let start = index
            .to_scalar(reach.start())
            .ok_or("it lies outside the text")?;
        let passage = reach.slice(text).unwrap_or_default().to_owned();
        let quote: Vec<&str> = item.body().iter().filter_map(|s| s.slice(text)).collect();
        let before = text.get(..reach.start()).unwrap_or_default();
        let after = text.get(reach.end()..).unwrap_or_default();
        let json = item.to_json(reading)?;
        Ok(Self {
            quote: quote.join(" … "),
            passage,
            start,
            before: tail(before),
            after: after.chars().take(AROUND).collect(),
            names: names(&json, reading),
            item: json,
        })
    }

    /// How far the passage moved in another text, in characters: the place whose surroundings
    /// are most alike, of equal ones the nearest. `None` where the words are gone.
    pub(crate) fn moved(&self, text: &str) -> Option<i64> {
        let index = TextIndex::new(text);
        let places = text.match_indices(&self.passage);
        let best = places.max_by_key(|(at, found)| {
            let before = tail(text.get(..*at).unwrap_or_default());
            let after = text.get(at + found.len()..).unwrap_or_default();
            let alike = common_end(&before, &self.before) + common_start(after, &self.after);
            let far = index.to_scalar(*at).unwrap_or(0).abs_diff(self.start);
            (alike, std::cmp::Reverse(far))
        });
        let start = index.to_scalar(best?.0)?;
        Some(start as i64 - self.start as i64)
    }

    /// The item as it would stand in another reading: moved, with the entities of the same
    /// names, and without what the other reading lacks.
    pub(crate) fn item_in(&self, item: &Value, moved: i64, reading: &Reading) -> Value {
        let mut out = item.clone();
        shift(&mut out, moved);
        self.rename(&mut out, reading);
        for field in ["within", "place", "time", "event"] {
            if let Some(value) = out.get_mut(field) {
                *value = Value::Null;
            }
        }
        for field in ["figures", "responsibility"] {
            if let Some(value) = out.get_mut(field) {
                *value = Value::Array(Vec::new());
            }
        }
        out
    }

    /// A part of the item with the entities of another reading.
    pub(crate) fn renamed(&self, mut value: Value, reading: &Reading) -> Value {
        self.rename(&mut value, reading);
        value
    }

    fn rename(&self, value: &mut Value, reading: &Reading) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    if key == "entity" {
                        *value = self.entity(value, reading);
                    } else {
                        self.rename(value, reading);
                    }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|v| self.rename(v, reading)),
            _ => {}
        }
    }

    fn entity(&self, id: &Value, reading: &Reading) -> Value {
        let name = id
            .as_str()
            .and_then(|id| self.names.iter().find(|(known, _)| known == id))
            .map(|(_, name)| name);
        let found = name.and_then(|name| reading.entities.iter().find(|e| e.name == *name));
        found.map_or(Value::Null, |e| Value::String(e.id.to_string()))
    }
}

/// Moves all spans of an item by some characters.
pub(crate) fn shift(value: &mut Value, by: i64) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_i64() {
                    Some(at) if key == "start" || key == "end" => {
                        *value = Value::from((at + by).max(0));
                    }
                    _ => shift(value, by),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|v| shift(v, by)),
        _ => {}
    }
}

/// The row among those of its kind whose words are mostly those of `item`.
pub(crate) fn same(item: &Item, among: &[(i64, Item)]) -> Option<i64> {
    let mine = item.body();
    let length: usize = mine.iter().map(Span::len).sum();
    among
        .iter()
        .map(|(row, other)| {
            let theirs: usize = other.body().iter().map(Span::len).sum();
            (mine.shared(other.body()), length.max(theirs), *row)
        })
        .filter(|(shared, longest, _)| 2 * shared > *longest)
        .max_by_key(|(shared, _, row)| (*shared, std::cmp::Reverse(*row)))
        .map(|(_, _, row)| row)
}

fn names(item: &Value, reading: &Reading) -> Vec<(String, String)> {
    let mut ids = Vec::new();
    collect(item, &mut ids);
    ids.sort_unstable();
    ids.dedup();
    let name = |id: &String| {
        let entity = reading.entities.iter().find(|e| e.id.to_string() == *id);
        entity.map(|e| (id.clone(), e.name.clone()))
    };
    ids.iter().filter_map(name).collect()
}

fn collect(value: &Value, ids: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_str() {
                    Some(id) if key == "entity" => ids.push(id.to_owned()),
                    _ => collect(value, ids),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|v| collect(v, ids)),
        _ => {}
    }
}

fn tail(text: &str) -> String {
    let mut last: Vec<char> = text.chars().rev().take(AROUND).collect();
    last.reverse();
    last.into_iter().collect()
}

fn common_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

fn common_end(a: &str, b: &str) -> usize {
    a.chars()
        .rev()
        .zip(b.chars().rev())
        .take_while(|(a, b)| a == b)
        .count()
}
