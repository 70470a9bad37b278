//! Events: what is told to have happened, by whom, to whom, where, when, how many, in which
//! mode of being and in whose words.
//!
//! The heads find triggers and the words that play a part; entities, places, times and figures
//! of the reading are joined to them, and attributions tell in whose words each stands.

mod attach;
mod contexts;
mod head;
mod merge;
mod participants;
mod realis;
mod responsibility;
mod roles;

use sayso_reading::{
    Attribution, Document, Entity, EventId, EventMention, Figure, Place, Score, Spans, Stretch,
    Time,
};

use crate::attributions::span;
use crate::sources::Scene;
use crate::trace::{Field, Trace};
pub(crate) use head::{Candidate, EventHead};
use roles::Part;

/// What a document's events are joined to.
pub(crate) struct Around<'a> {
    pub document: &'a Document,
    pub scene: &'a Scene,
    pub attributions: &'a [Attribution],
    pub entities: &'a [Entity],
    pub places: &'a [Place],
    pub times: &'a [Time],
    pub figures: &'a [Figure],
}

/// The events of a document, in text order.
pub(crate) fn fill(
    around: &Around,
    candidates: &[Candidate],
    trace: &mut Trace,
) -> Vec<EventMention> {
    let text = around.document.text();
    let people = participants::People::new(text, around.entities);
    let attach = attach::Attach::new(around);
    let contexts = contexts::Contexts::new(around.document);
    let candidates = merge::merged(text, candidates, |at| around.scene.sentence(at));
    let mut out: Vec<EventMention> = Vec::new();
    for candidate in &candidates {
        let Some(trigger) = span(candidate.trigger.clone()) else {
            continue;
        };
        let id = EventId::at(out.len());
        trace.step(
            id,
            Field::Found,
            if candidate.event {
                "head.event"
            } else {
                "head.happening"
            },
            [trigger],
            || format!("{} of 1", rounded(candidate.score)),
        );
        let within = attach.within(trigger);
        tell_kind(candidate, id, trigger, trace);
        let realis = realis::decide(candidate, within, id, trace);
        let actor = people.of(candidate, Part::Actor, id, trace);
        let recipient = people.of(candidate, Part::Recipient, id, trace);
        let place = attach.place(candidate, id, trace);
        let time = attach.time(candidate, trigger, id, trace);
        let figures = attach.figures(candidate, id, trace);
        if let Some(a) = within {
            trace.step(
                id,
                Field::Within,
                "event.within",
                a.content.spans.iter().copied(),
                || format!("stands in the content of {}", a.id),
            );
        }
        out.push(EventMention {
            id,
            trigger: Stretch {
                spans: Spans::from_pieces([trigger]),
            },
            event_type: candidate.event_type,
            mode: candidate.mode,
            contexts: contexts.of(trigger, id, trace),
            actor,
            recipient,
            place,
            time,
            figures,
            realis,
            within: within.map(|a| a.id),
            responsibility: Vec::new(),
            event: None,
            score: Score::clamped(candidate.score),
        });
    }
    attach.tolls(&mut out, trace);
    responsibility::fill(around, &people, &mut out, trace);
    out
}

fn tell_kind(candidate: &Candidate, id: EventId, trigger: sayso_reading::Span, trace: &mut Trace) {
    if candidate.event {
        trace.step(id, Field::Type, "head.kind", [trigger], || {
            format!(
                "{} with {}",
                candidate.event_type,
                rounded(candidate.type_share)
            )
        });
        trace.step(
            id,
            Field::Mode,
            "head.kind",
            [trigger],
            || match candidate.mode {
                Some(mode) => format!("{mode} is likelier than the other modes and than none"),
                None => "none is likelier than any of the type's modes".to_owned(),
            },
        );
    }
}

fn rounded(p: f32) -> f32 {
    (p * 100.0).round() / 100.0
}
