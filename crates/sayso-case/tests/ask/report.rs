//! Short reports of one statement and one event, made from their parts.

use sayso_reading::Reading;
use serde_json::{Value, json};

use crate::common::of_json;

/// What a report says: `SOURCE CUE that CONTENT.`
#[derive(Clone)]
pub struct Report {
    pub id: &'static str,
    pub published: Option<&'static str>,
    pub publisher: Option<&'static str>,
    pub title: &'static str,
    pub language: &'static str,
    /// Its words, and the name in them.
    pub source: (&'static str, Option<&'static str>),
    pub kind: &'static str,
    pub role: Option<&'static str>,
    pub cue: &'static str,
    pub act: &'static str,
    pub certainty: &'static str,
    pub quote: &'static str,
    pub negated: bool,
    /// Names and kinds.
    pub chain: &'static [(&'static str, &'static str)],
    pub content: &'static str,
    /// Words, type, mode, realis.
    pub event: (
        &'static str,
        &'static str,
        Option<&'static str>,
        &'static str,
    ),
    /// Whether the event stands in the statement.
    pub within: bool,
    pub actor: Option<&'static str>,
    pub recipient: Option<&'static str>,
    /// Name, country, province.
    pub place: Option<(&'static str, &'static str, &'static str)>,
    /// First and last moment.
    pub time: (Option<&'static str>, Option<&'static str>),
    pub killed: Option<(u32, Option<u32>)>,
    pub injured: Option<(u32, Option<u32>)>,
    pub context: Option<&'static str>,
    pub responsibility: Option<&'static str>,
    pub score: f32,
}

impl Report {
    pub fn text(&self) -> String {
        format!("{} {} that {}.", self.source.0, self.cue, self.content)
    }

    fn span(&self, words: &str) -> Value {
        let text = self.text();
        let at = text
            .find(words)
            .unwrap_or_else(|| panic!("{words} in {text}"));
        let start = text[..at].chars().count();
        json!({"start": start, "end": start + words.chars().count()})
    }

    pub fn reading(&self) -> Reading {
        let text = self.text();
        let mut entities = Vec::new();
        if let Some(name) = self.source.1 {
            let span = self.span(name);
            entities.push(
                json!({"id": "e1", "kind": "person", "name": name, "describes": null,
                "mentions": [{"start": span["start"], "end": span["end"], "form": "name"}]}),
            );
        }
        let end = text.chars().count();
        of_json(json!({
            "schema": "sayso.reading/1",
            "reader": {"version": "0.1.0", "model": "sha256:test"},
            "document": {
                "id": self.id, "path": null, "url": null, "title": self.title, "byline": null,
                "publisher": self.publisher, "published": self.published, "modified": null,
                "language": self.language, "text": text,
                "blocks": [{"kind": "paragraph", "start": 0, "end": end}], "notes": []
            },
            "entities": entities,
            "attributions": [self.attribution()],
            "events": [self.told()],
            "times": self.times(),
            "places": self.places(),
            "figures": self.figures(),
            "notes": []
        }))
    }

    fn attribution(&self) -> Value {
        let hops: Vec<Value> = self
            .chain
            .iter()
            .map(|(name, kind)| {
                let span = self.span(self.source.0);
                json!({"name": name, "kind": kind, "entity": null, "spans": [span], "by": "said"})
            })
            .collect();
        json!({
            "id": "a1", "within": null,
            "cue": {"spans": [self.span(self.cue)], "lemma": self.cue, "phrase": self.span(self.cue)},
            "source": {"spans": [self.span(self.source.0)], "entity": self.source.1.map(|_| "e1"),
                       "kind": self.kind, "role": self.role, "condition": null},
            "content": {"spans": [self.span(self.content)]},
            "quote": self.quote, "act": self.act, "certainty": self.certainty, "hedge": null,
            "negated": self.negated, "chain": hops, "score": self.score
        })
    }

    fn told(&self) -> Value {
        let (words, kind, mode, realis) = self.event;
        let participant = |words: Option<&str>| -> Vec<Value> {
            words
                .iter()
                .map(|w| json!({"entity": null, "spans": [self.span(w)]}))
                .collect()
        };
        let responsibility: Vec<Value> = self
            .responsibility
            .iter()
            .map(|act| json!({"act": act, "who": {"entity": null, "spans": [self.span(words)]}, "attribution": "a1"}))
            .collect();
        let contexts: Vec<Value> = self
            .context
            .iter()
            .map(|name| json!({"name": name, "level": "document"}))
            .collect();
        let figures: Vec<&str> = [(self.killed, "f1"), (self.injured, "f2")]
            .into_iter()
            .filter_map(|(figure, id)| figure.map(|_| id))
            .collect();
        let has_time = self.time.0.is_some() || self.time.1.is_some();
        json!({
            "id": "v1", "trigger": {"spans": [self.span(words)]}, "type": kind, "mode": mode,
            "contexts": contexts, "actor": participant(self.actor),
            "recipient": participant(self.recipient), "place": self.place.map(|_| "p1"),
            "time": has_time.then_some("t1"), "figures": figures, "realis": realis,
            "within": self.within.then_some("a1"), "responsibility": responsibility,
            "event": null, "score": self.score
        })
    }

    fn times(&self) -> Vec<Value> {
        let (earliest, latest) = self.time;
        if earliest.is_none() && latest.is_none() {
            return Vec::new();
        }
        let day = |moment: Option<&str>| moment.map_or("..".to_owned(), |m| m[..10].to_owned());
        let edtf = format!("{}/{}", day(earliest), day(latest));
        vec![json!({
            "id": "t1", "spans": [self.span(self.event.0)], "kind": "interval", "edtf": edtf,
            "earliest": earliest, "latest": latest, "duration": null, "from": "text",
            "text": self.event.0
        })]
    }

    fn places(&self) -> Vec<Value> {
        self.place
            .iter()
            .map(|(name, country, province)| {
                json!({
                    "id": "p1", "spans": [self.span(name)], "entity": null, "geonames": 1,
                    "name": name, "lat": 35.0, "lon": 44.0, "level": "city", "radius_km": 10.0,
                    "country": country, "admin1": province, "relation": "in", "score": 0.9,
                    "others": [], "metonym": false, "demonym": false
                })
            })
            .collect()
    }

    fn figures(&self) -> Vec<Value> {
        [
            ("f1", "killed", self.killed),
            ("f2", "injured", self.injured),
        ]
        .into_iter()
        .filter_map(|(id, kind, figure)| figure.map(|(low, high)| (id, kind, low, high)))
        .map(|(id, kind, low, high)| {
            json!({
                "id": id, "spans": [self.span(self.event.0)], "kind": kind, "low": low,
                "high": high, "rule": if high.is_some() { "range" } else { "at_least" },
                "unit": null, "counts": null, "time": null, "within": null
            })
        })
        .collect()
    }
}

/// Four reports, the newest first; the last has no date.
pub fn reports() -> [Report; 4] {
    [visit(), strike(), raid(), protest()]
}

fn raid() -> Report {
    Report {
        id: "r:raid",
        published: Some("2024-01-28"),
        publisher: Some("Harbour Post"),
        title: "Raid on Kirkuk",
        language: "en",
        source: ("Minister Ann Lee", Some("Ann Lee")),
        kind: "person",
        role: Some("minister"),
        cue: "denied",
        act: "deny",
        certainty: "certain",
        quote: "indirect",
        negated: false,
        chain: &[("Ann Lee", "person")],
        content: "the army raided Kirkuk",
        event: ("raided", "ASSAULT", None, "actual"),
        within: true,
        actor: Some("the army"),
        recipient: None,
        place: Some(("Kirkuk", "IQ", "Kirkuk")),
        time: (Some("2024-01-27T18:00"), Some("2024-01-27T18:00")),
        killed: Some((12, Some(12))),
        injured: None,
        context: None,
        responsibility: None,
        score: 0.9,
    }
}

fn strike() -> Report {
    Report {
        id: "r:strike",
        published: Some("2024-02-10"),
        publisher: Some("L’Écho du Fleuve"),
        title: "Depot hit",
        source: ("A security official", None),
        kind: "anonymous",
        role: None,
        cue: "claimed",
        act: "claim",
        certainty: "probable",
        quote: "direct",
        chain: &[
            ("Al-Nahr TV", "publication"),
            ("a security official", "anonymous"),
        ],
        content: "jets struck a depot near Aleppo",
        event: ("struck", "ASSAULT", Some("aerial"), "actual"),
        actor: Some("jets"),
        recipient: Some("a depot"),
        place: Some(("Aleppo", "SY", "Aleppo Governorate")),
        time: (Some("2024-02-01"), Some("2024-02-29")),
        killed: Some((3, None)),
        injured: Some((5, Some(9))),
        context: Some("military"),
        responsibility: Some("claim"),
        score: 0.6,
        ..raid()
    }
}

fn visit() -> Report {
    Report {
        id: "r:visit",
        published: Some("2024-03"),
        title: "A visit is planned",
        language: "de",
        source: ("Café owner Zoë Brandt", Some("Zoë Brandt")),
        role: Some("café owner"),
        cue: "said",
        act: "say",
        negated: true,
        chain: &[("Zoë Brandt", "person")],
        content: "the envoy will visit soon",
        event: ("visit", "CONSULT", Some("visit"), "planned"),
        within: false,
        actor: Some("the envoy"),
        place: None,
        time: (None, None),
        killed: None,
        score: 0.4,
        ..raid()
    }
}

fn protest() -> Report {
    Report {
        id: "r:protest",
        published: None,
        publisher: None,
        title: "Streets full",
        source: ("Residents", None),
        kind: "collective",
        role: None,
        cue: "reported",
        act: "report",
        certainty: "possible",
        chain: &[],
        content: "students protest in Basra",
        event: ("protest", "PROTEST", Some("demo"), "ongoing"),
        actor: Some("students"),
        place: Some(("Basra", "IQ", "Basra")),
        time: (Some("2023-12-01"), None),
        killed: None,
        score: 0.7,
        ..raid()
    }
}
