//! Words that point to the present, the past or the future without saying how far: no date.

use sayso_reading::{TimeFrom, TimeKind};

use super::super::calendar::Unit;
use super::super::value::Length;
use super::settle::Settled;
use super::{Found, Grammar};

impl Grammar<'_> {
    /// "now", "recently", "in the future", "a while".
    pub(super) fn vague(&self, at: usize) -> Option<Found> {
        let end = self.present(at).or_else(|| self.elsewhere(at));
        if let Some(end) = end {
            let settled = Settled {
                when: None,
                from: TimeFrom::Text,
                rule: "time.vague",
            };
            return Some(Self::found(end, "time.vague", settled));
        }
        // "a while", "some time"
        let length = matches!((self.word(at), self.word(at + 1)), ("a", "while"));
        length.then(|| {
            Self::found_length(
                at + 2,
                "time.length",
                TimeKind::Duration,
                Length::some(Unit::Day),
            )
        })
    }

    fn present(&self, at: usize) -> Option<usize> {
        Some(
            match (self.word(at), self.word(at + 1), self.word(at + 2)) {
                ("right", "now", _) | ("these", "days", _) => at + 2,
                ("now" | "currently" | "nowadays", _, _) => at + 1,
                ("current", _, _) if !self.is_capital(at) => at + 1,
                ("the", "moment" | "present" | "minute", _)
                    if self.is(at.wrapping_sub(1), &["at"]) =>
                {
                    self.past(at + 2, &["time"])
                }
                ("present", next, _) if next != "time" && self.is(at.wrapping_sub(1), &["at"]) => {
                    at + 1
                }
                _ => return None,
            },
        )
    }

    fn elsewhere(&self, at: usize) -> Option<usize> {
        Some(
            match (self.word(at), self.word(at + 1), self.word(at + 2)) {
                ("recently" | "lately", _, _) => at + 1,
                ("more", "recently", _) => at + 2,
                ("the", "past" | "future", next)
                    if !self.tokens.is(at + 2, crate::numbers::Kind::Word)
                        || matches!(
                            next,
                            "and"
                                | "of"
                                | "to"
                                | "is"
                                | "was"
                                | "by"
                                | "as"
                                | "with"
                                | "that"
                                | "for"
                                | "in"
                                | "but"
                        ) =>
                {
                    at + 2
                }
                ("the", "near" | "distant" | "recent", "future" | "past")
                | ("the", "short" | "near" | "long", "term")
                | ("a", "later", "date") => at + 3,
                ("one", "day", _) if self.tokens.back(at, 1) != "than" => at + 2,
                _ => return None,
            },
        )
    }
}
