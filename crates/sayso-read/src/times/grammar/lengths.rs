//! Lengths of time: "two years", "a three-month", "for days", "half an hour".

use sayso_reading::TimeKind;

use super::super::calendar::Unit;
use super::super::value::Length;
use super::super::words;
use super::{Found, Grammar};
use crate::numbers::Kind;

/// A length as told.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    pub length: Length,
    /// "about", "nearly", "a couple of".
    pub about: bool,
    /// One past its last token.
    pub end: usize,
    /// Whether the unit is in the plural or counted by more than "a".
    pub counted: bool,
}

impl Grammar<'_> {
    /// A length of time.
    pub(super) fn length(&self, at: usize) -> Option<Found> {
        let year = self.past(at + 1, &["fiscal", "calendar"]);
        if self.word(at) == "the"
            && self.word(year) == "year"
            && self.is(year + 1, &["ended", "ending", "to"])
        {
            let length = Length::of(1.0, Unit::Year);
            return Some(Self::found_length(
                year + 1,
                "time.length",
                TimeKind::Duration,
                length,
            ));
        }
        let (start, modified) = self.past_modifier(at);
        if let Some(found) = self.whole_unit(start) {
            return Some(found);
        }
        let told = self.told_length(start)?;
        let (unit, end) = (told.length.unit(), told.end);
        if self.is_age(end) {
            return None;
        }
        let led = modified
            || self.is(
                at.wrapping_sub(1),
                &[
                    "for", "in", "within", "after", "of", "over", "than", "every",
                ],
            );
        if !told.counted
            && (!led || matches!(unit, Some(Unit::Quarter | Unit::Second | Unit::Weekend)))
        {
            let long = matches!(
                unit,
                Some(Unit::Year | Unit::Month | Unit::Decade | Unit::Hour)
            );
            if !long {
                return None;
            }
        }
        Some(Self::found_length(
            end,
            "time.length",
            TimeKind::Duration,
            told.length,
        ))
    }

    /// The place behind "about", "more than", "up to" and the like.
    pub(super) fn past_modifier(&self, at: usize) -> (usize, bool) {
        let end = match (self.word(at), self.word(at + 1)) {
            (
                "about" | "nearly" | "almost" | "roughly" | "around" | "over" | "under"
                | "approximately" | "some" | "just" | "barely" | "within",
                _,
            ) => at + 1,
            ("more" | "less" | "fewer", "than") | ("at", "least" | "most") | ("up", "to") => at + 2,
            ("no", "more" | "less") => at + 3,
            _ => at,
        };
        if end == at {
            return (at, false);
        }
        (self.past(end, &["the"]), true)
    }

    /// "all day", "year-long", "decades-long", "the entire week".
    fn whole_unit(&self, at: usize) -> Option<Found> {
        if self.is(at, &["all", "entire", "whole"]) {
            let (unit, false) = words::unit(self.word(at + 1))? else {
                return None;
            };
            let length = Length::of(1.0, unit);
            let proper = !unit.is_short() && unit != Unit::Quarter;
            return proper
                .then(|| Self::found_length(at + 2, "time.length", TimeKind::Duration, length));
        }
        if let Some(stem) = self.word(at).strip_suffix("long") {
            let (unit, plural) = words::unit(stem)?;
            let length = if plural {
                Length::some(unit)
            } else {
                Length::of(1.0, unit)
            };
            return Some(Self::found_length(
                at + 1,
                "time.length",
                TimeKind::Duration,
                length,
            ));
        }
        let (unit, plural) = words::unit(self.word(at))?;
        let next = self.tokens.past_hyphen(at + 1);
        let long = next > at + 1 && self.word(next) == "long";
        let length = if plural {
            Length::some(unit)
        } else {
            Length::of(1.0, unit)
        };
        long.then(|| Self::found_length(next + 1, "time.length", TimeKind::Duration, length))
    }

    /// Whether what follows makes an age of it.
    pub(super) fn is_age(&self, end: usize) -> bool {
        let next = self.tokens.past_hyphen(end);
        self.is(next, &["old", "olds"]) || self.word(end) == "of" && self.word(end + 1) == "age"
    }

    /// A number of units, and further ones joined with "and".
    pub(super) fn told_length(&self, at: usize) -> Option<Told> {
        let mut told = self.one_length(at)?;
        loop {
            let joined = self.past(told.end, &["and", ","]);
            let half = self.word(joined) == "a" && self.word(joined + 1) == "half";
            if joined > told.end && (half || self.word(joined) == "half") {
                if let [(Some(number), _)] = told.length.0.as_mut_slice() {
                    *number += 0.5;
                    told.end = joined + 1 + usize::from(half);
                }
                return Some(told);
            }
            // "2 years 1 month", "1 hour and 30 minutes"
            let next = self.one_length(joined).filter(|n| {
                self.word(told.end) != ","
                    && n.counted
                    && n.length.unit() < told.length.0.last().map(|l| l.1)
                    && (joined > told.end || self.tokens.is(joined, Kind::Digits))
            });
            match next {
                Some(next) => {
                    told.length.0.extend(next.length.0);
                    told.end = next.end;
                }
                None => return Some(told),
            }
        }
    }

    pub(super) fn one_length(&self, at: usize) -> Option<Told> {
        let (number, next, about) = self.amount(at)?;
        let next = self.tokens.past_hyphen(next);
        let next = self.past(
            next,
            &[
                "more",
                "additional",
                "straight",
                "consecutive",
                "full",
                "whole",
                "trading",
                "business",
                "working",
                "long",
                "other",
                "extra",
                "fiscal",
                "calendar",
                "entire",
                "good",
            ],
        );
        let (unit, plural) = self.unit_at(next)?;
        // "three-quarters" is a part, "two second" no time
        if unit == Unit::Quarter && self.is(next.wrapping_sub(1), &["-"]) && plural {
            return None;
        }
        if self.word(next) == "second" && number.is_none_or(|n| n > 1.0) {
            return None;
        }
        let article = self.is(at, &["a", "an"]) && number == Some(1.0);
        Some(Told {
            length: Length(vec![(number, unit)]),
            about: about || self.is_or_so(next + 1),
            end: if self.is_or_so(next + 1) {
                next + 3
            } else {
                next + 1
            },
            counted: plural || !article,
        })
    }

    fn is_or_so(&self, at: usize) -> bool {
        self.word(at) == "or" && self.is(at + 1, &["so", "two", "more"])
    }

    /// A unit, in short where it stands right behind digits: "3h".
    fn unit_at(&self, at: usize) -> Option<(Unit, bool)> {
        if self.tokens.tight(at) && self.tokens.is(at.wrapping_sub(1), Kind::Digits) {
            match self.tokens.written(at) {
                "h" => return Some((Unit::Hour, true)),
                "D" => return Some((Unit::Day, true)),
                "Y" => return Some((Unit::Year, true)),
                _ => {}
            }
        }
        words::unit(self.word(at))
    }

    /// How many: a number, none where it is not said; the place behind it; whether it is about.
    fn amount(&self, at: usize) -> Option<(Option<f64>, usize, bool)> {
        let told = |number, next| Some((Some(number), next, false));
        let unsaid = |next| Some((None, next, false));
        match (self.word(at), self.word(at + 1)) {
            ("a", "few") => return unsaid(at + 2),
            ("a", "number") if self.word(at + 2) == "of" => return unsaid(at + 3),
            ("a", "couple") => return Some((Some(2.0), self.past(at + 2, &["of"]), true)),
            ("couple", "of") => return Some((Some(2.0), at + 2, true)),
            ("few" | "several" | "many" | "some", _) => return unsaid(at + 1),
            ("half", "a" | "an") => return told(0.5, at + 2),
            ("½", _) => return told(0.5, at + 1),
            ("another", one) if words::unit(one).is_some_and(|unit| !unit.1) => {
                return told(1.0, at + 1);
            }
            ("one", "and") if self.is(at + 2, &["half"]) => return told(1.5, at + 3),
            _ => {}
        }
        if self.is(at, &["a", "an"])
            && words::unit(self.word(self.past(at + 1, &["full", "whole"])))
                .is_some_and(|unit| !unit.1)
        {
            return told(1.0, at + 1);
        }
        // "days", "weeks", "the years"
        if let Some((unit, true)) = words::unit(self.word(at)) {
            let long = unit >= Unit::Hour
                && self.word(at) != "nights"
                && unit != Unit::Quarter
                && unit != Unit::Weekend;
            return if long { unsaid(at) } else { None };
        }
        let (number, next) = self.count(at)?;
        // "2 1/2 years"
        if let (Some((1, 1)), "/", Some((2, 1))) = (
            self.digits(next),
            self.word(next + 1),
            self.digits(next + 2),
        ) {
            return told(number + 0.5, next + 3);
        }
        // "two to three weeks": the lower number
        let joined = self.past(next, &["to", "or", "-", "–"]);
        if joined > next
            && let Some((_, end)) = self.count(joined)
            && words::unit(self.word(self.tokens.past_hyphen(end))).is_some()
        {
            return Some((Some(number), end, true));
        }
        let of = self.past(next, &["of"]);
        let next = if of > next && self.word(next.wrapping_sub(1)) == "number" {
            of
        } else {
            next
        };
        told(number, next)
    }
}
