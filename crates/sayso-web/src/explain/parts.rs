//! A sentence cut where the words of what is explained begin and end.

use sayso_reading::{Span, Spans};
use serde::Serialize;

use super::Subject;

/// What words are to what is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Whom it is put down to.
    Source,
    /// What introduces it.
    Cue,
    /// What is put down to them.
    Content,
    /// An expression of time.
    Time,
    /// The name of a place.
    Place,
    /// A figure.
    Figure,
    /// What it counts.
    Counts,
    /// What names an act.
    Trigger,
    /// Who did it.
    Actor,
    /// To whom it was done.
    Recipient,
}

impl Role {
    /// Its name, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Content => "content",
            Self::Time => "time",
            Self::Place => "place",
            Self::Figure => "figure",
            Self::Counts => "counts",
            Self::Trigger => "trigger",
            Self::Actor => "actor",
            Self::Recipient => "recipient",
        }
    }
}

/// A stretch of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its words, as they stand in the text.
    pub text: String,
    /// What they are to it; null for the words around it.
    pub role: Option<Role>,
}

/// The parts of a sentence, in text order; together they are the sentence.
///
/// Where roles overlap the cue goes before the source, and the source before the content.
pub fn parts(text: &str, sentence: Span, subject: Subject<'_>) -> Vec<Part> {
    let roles = roles(subject);
    let role_at = |byte: usize| {
        let holds = |spans: &Spans| spans.iter().any(|piece| piece.range().contains(&byte));
        let found = roles.iter().find(|(_, spans)| holds(spans));
        found.map(|(role, _)| *role)
    };
    let pieces = roles.iter().flat_map(|(_, spans)| spans.iter());
    let mut cuts: Vec<usize> = pieces
        .flat_map(|piece| [piece.start(), piece.end()])
        .filter(|cut| sentence.range().contains(cut))
        .chain([sentence.start(), sentence.end()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut parts: Vec<Part> = Vec::new();
    for (start, end) in cuts.iter().zip(cuts.iter().skip(1)) {
        let words = text.get(*start..*end).unwrap_or_default();
        let role = role_at(*start);
        match parts.last_mut().filter(|part| part.role == role) {
            Some(part) => part.text.push_str(words),
            None => parts.push(Part {
                text: words.to_owned(),
                role,
            }),
        }
    }
    parts
}

/// The words of each role; the first that holds a character counts.
fn roles(subject: Subject<'_>) -> Vec<(Role, &Spans)> {
    match subject {
        Subject::Attribution(attribution) => {
            let cue = attribution.cue.iter();
            let rest = [
                (Role::Source, &attribution.source.spans),
                (Role::Content, &attribution.content.spans),
            ];
            cue.map(|cue| (Role::Cue, &cue.spans)).chain(rest).collect()
        }
        Subject::Time(time) => vec![(Role::Time, &time.spans)],
        Subject::Place(place) => vec![(Role::Place, &place.spans)],
        Subject::Event(event) => {
            let actor = event.actor.iter().map(|p| (Role::Actor, &p.spans));
            let recipient = event.recipient.iter().map(|p| (Role::Recipient, &p.spans));
            std::iter::once((Role::Trigger, &event.trigger.spans))
                .chain(actor)
                .chain(recipient)
                .collect()
        }
        Subject::Figure(figure) => {
            let counts = figure.counts.iter();
            let counts = counts.map(|counts| (Role::Counts, &counts.spans));
            std::iter::once((Role::Figure, &figure.spans))
                .chain(counts)
                .collect()
        }
    }
}
