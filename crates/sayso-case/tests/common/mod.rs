//! Readings made by hand, so that the case can be tested without the reader.

#![allow(dead_code)] // not every test uses all of it

use std::path::PathBuf;

use sayso_case::{Case, Intake, Open};
use sayso_reading::{Reading, Scalars};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder with a case in it.
pub struct Fresh {
    pub folder: TempDir,
    pub case: Case,
}

impl Fresh {
    pub fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let case = Open::default()
            .create(&folder.path().join("test.sayso"))
            .expect("a new case");
        Self { folder, case }
    }

    pub fn path(&self) -> PathBuf {
        self.case.path().to_owned()
    }
}

/// A text about a raid, as a minister tells it, with one event and its dead.
pub fn raid(id: &str, day: &str) -> Reading {
    read(
        id,
        day,
        "Minister Ann Lee denied that the army raided Kirkuk, where 12 people were killed.",
        "0.1.0",
    )
}

/// The same attribution and event in any text that has these words.
pub fn read(id: &str, day: &str, text: &str, reader: &str) -> Reading {
    let span = |words: &str| {
        let at = text
            .find(words)
            .unwrap_or_else(|| panic!("{words} in {text}"));
        let start = text[..at].chars().count();
        json!({"start": start, "end": start + words.chars().count()})
    };
    let whole = json!({"start": 0, "end": text.chars().count()});
    let content = text
        .find("that ")
        .map(|at| &text[at..text.len() - 1])
        .expect("a content");
    let value = json!({
        "schema": "sayso.reading/1",
        "reader": {"version": reader, "model": "sha256:test"},
        "document": {
            "id": id, "path": null, "url": null, "title": format!("Raid on Kirkuk ({id})"),
            "byline": null, "publisher": "Harbour Post", "published": day, "modified": null,
            "language": "en", "text": text,
            "blocks": [{"kind": "paragraph", "start": whole["start"], "end": whole["end"]}],
            "notes": ["the page names no author"]
        },
        "entities": [
            {"id": "e1", "kind": "person", "name": "Ann Lee", "describes": "minister",
             "mentions": [{"start": span("Ann Lee")["start"], "end": span("Ann Lee")["end"], "form": "name"}]},
            {"id": "e2", "kind": "place", "name": "Kirkuk", "describes": null,
             "mentions": [{"start": span("Kirkuk")["start"], "end": span("Kirkuk")["end"], "form": "name"}]}
        ],
        "attributions": [{
            "id": "a1", "within": null,
            "cue": {"spans": [span("denied")], "lemma": "deny", "phrase": span("denied")},
            "source": {"spans": [span("Minister Ann Lee")], "entity": "e1", "kind": "person",
                       "role": "minister", "condition": null},
            "content": {"spans": [span(content)]},
            "quote": "indirect", "act": "deny", "certainty": "certain", "hedge": null,
            "negated": false,
            "chain": [{"name": "Ann Lee", "kind": "person", "entity": "e1", "spans": [span("Minister Ann Lee")], "by": "said"}],
            "score": 0.9
        }],
        "events": [{
            "id": "v1", "trigger": {"spans": [span("raided")]}, "type": "ASSAULT", "mode": null,
            "contexts": [], "actor": [{"entity": null, "spans": [span("the army")]}],
            "recipient": [], "place": "p1", "time": "t1", "figures": ["f1"], "realis": "actual",
            "within": "a1", "responsibility": [], "event": null, "score": 0.8
        }],
        "times": [{
            "id": "t1", "spans": [span("raided")], "kind": "date", "edtf": day, "earliest": day,
            "latest": day, "duration": null, "from": "published", "text": "raided"
        }],
        "places": [{
            "id": "p1", "spans": [span("Kirkuk")], "entity": "e2", "geonames": 94787, "name": "Kirkuk",
            "lat": 35.47, "lon": 44.39, "level": "city", "radius_km": 10.0, "country": "IQ",
            "admin1": "Kirkuk", "relation": "in", "score": 0.9, "others": [], "metonym": false,
            "demonym": false
        }],
        "figures": [{
            "id": "f1", "spans": [span("12")], "kind": "killed", "low": 12, "high": 12,
            "rule": "exact", "unit": null, "counts": null, "time": null, "within": "a1"
        }],
        "notes": []
    });
    of_json(value)
}

pub fn of_json(value: Value) -> Reading {
    let reading: Reading<Scalars> = serde_json::from_value(value).expect("a reading");
    reading.to_bytes().expect("spans in the text")
}

pub fn intake(readings: &[Reading]) -> Vec<Intake> {
    readings.iter().cloned().map(Intake::from).collect()
}
