//! Fields of an item that people set: values as in the contract of readings, or words for what
//! stands in the text.

use sayso_reading::{Reading, TextIndex};
use serde_json::{Value, json};

use super::item::Kind;

/// An item from its fields: whole as in the contract of readings, or only those that are known,
/// with words for what stands in the text. The rest is as where nothing is known.
pub(super) fn drafted(kind: Kind, given: &Value, reading: &Reading) -> Result<Value, String> {
    let given = given
        .as_object()
        .ok_or("its fields are given as a JSON object")?;
    let (mut item, body) = match kind {
        Kind::Attribution => (
            json!({
                "id": "a0", "within": null, "cue": null,
                "source": {"spans": [], "entity": null, "kind": null, "role": null, "condition": null},
                "content": {"spans": []}, "quote": "indirect", "act": null, "certainty": null,
                "hedge": null, "negated": false, "chain": [], "score": 1.0
            }),
            "content",
        ),
        Kind::Event => (
            json!({
                "id": "v0", "trigger": {"spans": []}, "type": "OTHER", "mode": null, "contexts": [],
                "actor": [], "recipient": [], "place": null, "time": null, "figures": [],
                "realis": "actual", "within": null, "responsibility": [], "event": null, "score": 1.0
            }),
            "trigger",
        ),
    };
    // what it is about comes first: other words are those nearest to it
    let first = given.iter().filter(|(field, _)| *field == body);
    let others = given.iter().filter(|(field, _)| *field != body);
    for (field, value) in first.chain(others) {
        match field.as_str() {
            "id" | "event" => {}
            "score" => item["score"] = value.clone(),
            _ => {
                set(&mut item, field, value, reading)?;
            }
        }
    }
    Ok(item)
}

/// Sets a field, such as `act` or `source.kind`, of an item in JSON, and gives its value before.
///
/// Words for a field that holds words (`content`, `cue`, `source`, `hedge`, `trigger`, `actor`,
/// `recipient`) are looked up in the text, where they stand nearest to the item, and name the entity
/// that is mentioned there; those for `place` are the name of one of the reading's places.
pub(super) fn set(
    item: &mut Value,
    field: &str,
    after: &Value,
    reading: &Reading,
) -> Result<Value, String> {
    if matches!(field, "id" | "score" | "event") {
        return Err(format!("{field} is not for people to correct"));
    }
    let near = start_of(item);
    let whole = item.clone();
    let place = at(item, field)?;
    let before = place.clone();
    let Some(words) = after.as_str() else {
        *place = after.clone();
        return Ok(before);
    };
    let found = || Words::find(reading, words, near);
    match field {
        "content" | "trigger" => place["spans"] = found()?.spans(),
        "cue" => {
            let found = found()?;
            *place = json!({
                "spans": found.spans(), "lemma": words.to_lowercase(), "phrase": found.span()
            });
        }
        "hedge" => *place = json!({"spans": found()?.spans()}),
        "source" => {
            let found = found()?;
            place["spans"] = found.spans();
            place["entity"] = found.entity(reading);
            follow(item, &whole, &found, reading);
        }
        "actor" | "recipient" => {
            let found = found()?;
            *place = json!([{"entity": found.entity(reading), "spans": found.spans()}]);
        }
        "place" => *place = named_place(words, reading)?,
        _ => *place = after.clone(),
    }
    Ok(before)
}

/// The value of a field, such as `source.kind`.
fn at<'v>(item: &'v mut Value, field: &str) -> Result<&'v mut Value, String> {
    let mut place = item;
    for part in field.split('.') {
        let known = place
            .as_object()
            .map(|o| o.keys().cloned().collect::<Vec<_>>());
        place = place.get_mut(part).ok_or_else(|| match known {
            Some(known) => format!("there is no field {field}; there are {}", known.join(", ")),
            None => format!("there is no field {field}: what is before `.{part}` is empty"),
        })?;
    }
    Ok(place)
}

/// The hop that was the old source is the new one.
fn follow(item: &mut Value, before: &Value, found: &Words, reading: &Reading) {
    let Some(hops) = item.get_mut("chain").and_then(Value::as_array_mut) else {
        return;
    };
    let entity = found.entity(reading);
    let name = reading.entities.iter().find(|e| entity == e.id.to_string());
    for hop in hops {
        let same = |key: &str| hop.get(key) == before.pointer(&format!("/source/{key}"));
        if same("spans") || (same("entity") && !hop["entity"].is_null()) {
            hop["spans"] = found.spans();
            hop["name"] = name.map_or(Value::Null, |e| Value::String(e.name.clone()));
            hop["entity"] = entity.clone();
        }
    }
}

fn named_place(words: &str, reading: &Reading) -> Result<Value, String> {
    let found = reading.places.iter().find(|place| {
        place.name.to_lowercase() == words.to_lowercase() || place.id.to_string() == words
    });
    let found = found.ok_or_else(|| format!("the reading has no place \"{words}\""))?;
    Ok(Value::String(found.id.to_string()))
}

/// Where an item's words begin, in characters.
fn start_of(item: &Value) -> usize {
    let of = |name: &str| {
        item.pointer(&format!("/{name}/spans/0/start"))
            .and_then(Value::as_u64)
    };
    of("content").or_else(|| of("trigger")).unwrap_or(0) as usize
}

/// Some words in a text.
struct Words {
    /// From where to where, in bytes.
    bytes: std::ops::Range<usize>,
    /// The same in characters.
    start: usize,
    end: usize,
}

impl Words {
    /// Where some words stand nearest to a character.
    fn find(reading: &Reading, words: &str, near: usize) -> Result<Self, String> {
        let text = reading.document.text();
        let index = TextIndex::new(text);
        let places = text.match_indices(words).filter(|_| !words.is_empty());
        let nearest = places
            .filter_map(|(byte, _)| Some((byte, index.to_scalar(byte)?)))
            .min_by_key(|(_, at)| at.abs_diff(near));
        let (byte, start) =
            nearest.ok_or_else(|| format!("the text does not have the words \"{words}\""))?;
        Ok(Self {
            bytes: byte..byte + words.len(),
            start,
            end: start + words.chars().count(),
        })
    }

    fn span(&self) -> Value {
        json!({"start": self.start, "end": self.end})
    }

    fn spans(&self) -> Value {
        json!([self.span()])
    }

    /// The entity whose longest mention lies in these words, if there is one.
    fn entity(&self, reading: &Reading) -> Value {
        let mentions = reading
            .entities
            .iter()
            .flat_map(|e| e.mentions.iter().map(move |m| (m.span, e.id)));
        let longest = mentions
            .filter(|(span, _)| self.bytes.start <= span.start() && span.end() <= self.bytes.end)
            .max_by_key(|(span, _)| span.len());
        longest.map_or(Value::Null, |(_, id)| Value::String(id.to_string()))
    }
}
