//! What an event comes to in a record of PLOVER version 2: its type, folded where one type says
//! it all, and the auxiliary mode.

use crate::vocabulary::vocabulary;
use crate::{Edtf, EventMention, EventType, Realis, Time};

vocabulary! {
    /// PLOVER's auxiliary modes.
    Auxiliary {
        /// Background about the past.
        Historical = "historical",
        /// Announced or expected.
        Future = "future",
        /// Conditional.
        Hypothetical = "hypothetical",
        /// Said not to have happened.
        Negation = "negation",
    }
}

/// How PLOVER records an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plover {
    /// The type under which it is filed.
    pub event_type: EventType,
    /// Whether it has the event's own modes: a folded one has another type's.
    pub folded: bool,
    /// The auxiliary mode; none for what is told as happening.
    pub auxiliary: Option<Auxiliary>,
}

impl EventMention {
    /// The event under PLOVER's rules.
    ///
    /// A planned meeting, support, cooperation or aid is an agreement, a planned step back a
    /// concession, a supposed assault a threat: the type then says it and no auxiliary mode is
    /// added. What else is planned is future, what is supposed hypothetical, what is denied
    /// negation. What happened is historical where its `time` ends more than a year before
    /// `published`. The reading keeps the act itself, so that "will withdraw" can be compared
    /// with "has withdrawn".
    pub fn plover(&self, time: Option<&Time>, published: Option<&Edtf>) -> Plover {
        use EventType as T;
        let folded = match (self.realis, self.event_type) {
            (Realis::Planned, T::Consult | T::Support | T::Cooperate | T::Aid) => Some(T::Agree),
            (Realis::Planned, T::Retreat | T::Concede) => Some(T::Concede),
            (Realis::Hypothetical, T::Assault) => Some(T::Threaten),
            _ => None,
        };
        let auxiliary = match self.realis {
            _ if folded.is_some() => None,
            Realis::Planned => Some(Auxiliary::Future),
            Realis::Hypothetical => Some(Auxiliary::Hypothetical),
            Realis::Negated => Some(Auxiliary::Negation),
            Realis::Actual | Realis::Ongoing => {
                is_past(time, published).then_some(Auxiliary::Historical)
            }
            Realis::Unknown => None,
        };
        Plover {
            event_type: folded.unwrap_or(self.event_type),
            folded: folded.is_some_and(|to| to != self.event_type),
            auxiliary,
        }
    }
}

/// Whether a time ends more than a year before a date.
fn is_past(time: Option<&Time>, published: Option<&Edtf>) -> bool {
    let latest = time
        .and_then(|t| t.latest.as_ref())
        .map(crate::Moment::date);
    let published = published.and_then(Edtf::earliest).map(|m| m.date());
    match (latest, published) {
        (Some((year, month, day)), Some(published)) => {
            (year.saturating_add(1), month, day) < published
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EventId, Score, Span, Spans, Stretch, TimeFrom, TimeId, TimeKind};

    fn event(event_type: EventType, realis: Realis) -> EventMention {
        EventMention {
            id: EventId::at(0),
            trigger: Stretch {
                spans: Spans::from_pieces([Span::new(0, 6).unwrap()]),
            },
            event_type,
            mode: None,
            contexts: Vec::new(),
            actor: Vec::new(),
            recipient: Vec::new(),
            place: None,
            time: None,
            figures: Vec::new(),
            realis,
            within: None,
            responsibility: Vec::new(),
            event: None,
            score: Score::clamped(0.9),
        }
    }

    #[test]
    fn what_one_type_says_needs_no_auxiliary_mode() {
        use EventType as T;
        use Realis as R;
        let told = |event_type, realis| {
            let plover = event(event_type, realis).plover(None, None);
            (plover.event_type, plover.auxiliary)
        };
        assert_eq!(told(T::Consult, R::Planned), (T::Agree, None));
        assert_eq!(told(T::Retreat, R::Planned), (T::Concede, None));
        assert_eq!(told(T::Concede, R::Planned), (T::Concede, None));
        assert_eq!(told(T::Assault, R::Hypothetical), (T::Threaten, None));
        assert_eq!(
            told(T::Assault, R::Planned),
            (T::Assault, Some(Auxiliary::Future))
        );
        assert_eq!(
            told(T::Protest, R::Hypothetical),
            (T::Protest, Some(Auxiliary::Hypothetical))
        );
        assert_eq!(
            told(T::Assault, R::Negated),
            (T::Assault, Some(Auxiliary::Negation))
        );
        assert_eq!(told(T::Assault, R::Ongoing), (T::Assault, None));
        assert_eq!(told(T::Coerce, R::Unknown), (T::Coerce, None));
    }

    #[test]
    fn what_ended_more_than_a_year_ago_is_historical() {
        let published: Edtf = "2024-01-15".parse().unwrap();
        let auxiliary = |day: &str| {
            let edtf: Edtf = day.parse().unwrap();
            let time = Time {
                id: TimeId::at(0),
                spans: Spans::none(),
                kind: TimeKind::Date,
                earliest: edtf.earliest(),
                latest: edtf.latest(),
                edtf: Some(edtf),
                duration: None,
                from: TimeFrom::Text,
                text: day.to_owned(),
            };
            event(EventType::Assault, Realis::Actual)
                .plover(Some(&time), Some(&published))
                .auxiliary
        };
        assert_eq!(auxiliary("2020"), Some(Auxiliary::Historical));
        assert_eq!(auxiliary("2023-01-15"), None);
        assert_eq!(auxiliary("2023-01-14"), Some(Auxiliary::Historical));
        assert_eq!(auxiliary("2024-01-14"), None);
    }
}
