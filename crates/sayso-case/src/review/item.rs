//! An attribution or an event as something that people decide on: in JSON, field by field.

use sayso_reading::{
    Attribution, EventMention, Reading, ReadingError, Scalars, Span, Spans, TextIndex,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is decided on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[schemars(rename = "DecisionKind")]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An attribution.
    Attribution,
    /// An event mention.
    Event,
}

impl Kind {
    /// As it stands in the journal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Attribution => "attribution",
            Self::Event => "event",
        }
    }

    /// As it stands in the journal.
    pub fn of_str(word: &str) -> Option<Self> {
        [Self::Attribution, Self::Event]
            .into_iter()
            .find(|k| k.as_str() == word)
    }

    /// Of an id within a reading: `a3`, `v1`.
    pub fn of_local(local: &str) -> Option<Self> {
        let numbered = |letter| {
            local
                .strip_prefix(letter)
                .is_some_and(|n| n.parse::<u32>().is_ok())
        };
        if numbered('a') {
            Some(Self::Attribution)
        } else if numbered('v') {
            Some(Self::Event)
        } else {
            None
        }
    }

    /// The table of its rows.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Self::Attribution => "attribution",
            Self::Event => "event_mention",
        }
    }
}

/// An attribution or an event mention.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item {
    Attribution(Attribution),
    Event(EventMention),
}

impl Item {
    /// One of a reading's items.
    pub(crate) fn of(kind: Kind, local: &str, reading: &Reading) -> Option<Self> {
        match kind {
            Kind::Attribution => reading
                .attributions
                .iter()
                .find(|a| a.id.to_string() == local)
                .map(|a| Self::Attribution(a.clone())),
            Kind::Event => reading
                .events
                .iter()
                .find(|e| e.id.to_string() == local)
                .map(|e| Self::Event(e.clone())),
        }
    }

    /// From JSON with offsets in characters of the reading's text.
    pub(crate) fn parse(kind: Kind, json: &str, reading: &Reading) -> Result<Self, String> {
        let value = serde_json::from_str(json).map_err(|e| e.to_string())?;
        Self::of_json(kind, value, reading)
    }

    /// From JSON; refused if it is no item, or lies outside the text.
    pub(crate) fn of_json(kind: Kind, value: Value, reading: &Reading) -> Result<Self, String> {
        let index = TextIndex::new(reading.document.text());
        let outside = |e: ReadingError| e.to_string();
        Ok(match kind {
            Kind::Attribution => {
                let a: Attribution<Scalars> =
                    serde_json::from_value(value).map_err(|e| e.to_string())?;
                Self::Attribution(a.to_bytes(&index).map_err(outside)?)
            }
            Kind::Event => {
                let e: EventMention<Scalars> =
                    serde_json::from_value(value).map_err(|e| e.to_string())?;
                Self::Event(e.to_bytes(&index).map_err(outside)?)
            }
        })
    }

    /// As JSON, with offsets in characters of the reading's text.
    pub(crate) fn to_json(&self, reading: &Reading) -> Result<Value, String> {
        let index = TextIndex::new(reading.document.text());
        match self {
            Self::Attribution(a) => a
                .to_scalars(&index)
                .map_err(|e| e.to_string())
                .and_then(|a| serde_json::to_value(a).map_err(|e| e.to_string())),
            Self::Event(e) => e
                .to_scalars(&index)
                .map_err(|e| e.to_string())
                .and_then(|e| serde_json::to_value(e).map_err(|e| e.to_string())),
        }
    }

    /// The words it is about: a content, a trigger.
    pub(crate) const fn body(&self) -> &Spans {
        match self {
            Self::Attribution(a) => &a.content.spans,
            Self::Event(e) => &e.trigger.spans,
        }
    }

    /// From its first word to its last: source, cue and content; trigger.
    pub(crate) fn reach(&self) -> Option<Span> {
        match self {
            Self::Attribution(a) => {
                let parts = [
                    a.content.spans.hull(),
                    a.source.spans.hull(),
                    a.cue.as_ref().and_then(|c| c.spans.hull()),
                ];
                parts.into_iter().flatten().reduce(|x, y| x.cover(&y))
            }
            Self::Event(e) => e.trigger.spans.hull(),
        }
    }

    /// What it names has to be in the reading, and it has to have words.
    pub(crate) fn check(&self, reading: &Reading) -> Result<(), String> {
        if self.body().is_empty() {
            return Err("it has no words in the text".to_owned());
        }
        let entity = |id| reading.entities.iter().any(|e| e.id == id);
        let attribution = |id| reading.attributions.iter().any(|a| a.id == id);
        let missing = match self {
            Self::Attribution(a) => {
                let of_source = a.source.entity.filter(|id| !entity(*id));
                let of_chain = a
                    .chain
                    .iter()
                    .filter_map(|h| h.entity)
                    .find(|id| !entity(*id));
                of_source.or(of_chain).map(|id| id.to_string())
            }
            Self::Event(e) => {
                let people = e.actor.iter().chain(&e.recipient);
                let person = people.filter_map(|p| p.entity).find(|id| !entity(*id));
                let place = e
                    .place
                    .filter(|id| !reading.places.iter().any(|p| p.id == *id));
                let time = e
                    .time
                    .filter(|id| !reading.times.iter().any(|t| t.id == *id));
                let known = |id| reading.figures.iter().any(|f| f.id == id);
                let figure = e.figures.iter().copied().find(|id| !known(*id));
                person
                    .map(|id| id.to_string())
                    .or(place.map(|id| id.to_string()))
                    .or(time.map(|id| id.to_string()))
                    .or(figure.map(|id| id.to_string()))
            }
        };
        let within = match self {
            Self::Attribution(a) => a.within.filter(|id| *id == a.id || !attribution(*id)),
            Self::Event(e) => e.within.filter(|id| !attribution(*id)),
        };
        match missing.or(within.map(|id| id.to_string())) {
            Some(id) => Err(format!("the reading has no {id} that it could name")),
            None => Ok(()),
        }
    }
}
