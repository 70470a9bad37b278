//! From tokens to values. Each form of expression has a method that reads it at a token.

mod clock;
mod dates;
mod feasts;
mod lengths;
mod numeric;
mod pointed;
mod points;
mod quarters;
mod ranges;
mod relative;
mod sets;
mod settle;
mod vague;

use std::cell::Cell;

use jiff::civil::Date;
use sayso_reading::{TimeFrom, TimeKind};

use super::calendar::{Unit, holding};
use super::tense::{self, Tense};
use super::value::{Length, Value, When};
use crate::numbers::{Kind, Tokens, number_at};

pub(super) use settle::{Cal, Point};

/// The date that relative expressions hold on to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reference {
    /// Its first day.
    pub day: Date,
    /// How exactly it is known: a day, month or year.
    pub known: Unit,
    /// Where it is from.
    pub from: TimeFrom,
}

/// A date that the text told before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Anchor {
    pub when: When,
    pub from: TimeFrom,
}

/// An expression: where it ends, and what it comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// One past its last token.
    pub end: usize,
    /// The name of the form.
    pub form: &'static str,
    /// What it comes to.
    pub value: Value,
}

/// Reads expressions in one block.
pub(super) struct Grammar<'a> {
    pub tokens: &'a Tokens<'a>,
    pub reference: Option<Reference>,
    /// The nearest date told before.
    pub anchor: Option<Anchor>,
    /// The nearest quarter of a year told before.
    pub quarter: Option<Anchor>,
    /// How many points the one that is read lies in: "the end of the first week of May" is two deep.
    pub depth: Cell<u8>,
}

impl Grammar<'_> {
    /// The longest expression that begins with a token; the first form goes before others as long.
    pub(super) fn expression(&self, at: usize) -> Option<Found> {
        let forms = [
            self.range(at),
            self.set(at),
            self.moment(at),
            self.open(at),
            self.apart(at),
            self.row(at),
            self.starting(at),
            self.length(at),
            self.vague(at),
        ];
        let mut best: Option<Found> = None;
        for found in forms.into_iter().flatten() {
            if best.as_ref().is_none_or(|b| b.end < found.end) {
                best = Some(found);
            }
        }
        best
    }

    /// The word at a place in lower case.
    fn word(&self, at: usize) -> &str {
        self.tokens.lower(at)
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at))
    }

    /// The place behind a word, where it stands here; else the place itself.
    fn past(&self, at: usize, words: &[&str]) -> usize {
        if self.is(at, words) { at + 1 } else { at }
    }

    /// The place behind the stop of an abbreviation.
    fn past_stop(&self, at: usize) -> usize {
        if self.word(at) == "." && self.tokens.tight(at) {
            at + 1
        } else {
            at
        }
    }

    fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.capital)
    }

    /// Whether digits stand at a place, and how many.
    fn digits(&self, at: usize) -> Option<(i64, usize)> {
        let written = self.tokens.written(at);
        let plain = self.tokens.is(at, Kind::Digits) && written.bytes().all(|b| b.is_ascii_digit());
        let number = plain.then(|| written.parse().ok()).flatten()?;
        Some((number, written.len()))
    }

    /// A whole number in digits or words that counts things, and the place behind it.
    fn count(&self, at: usize) -> Option<(f64, usize)> {
        let number = number_at(self.tokens, at)?;
        (!number.ordinal).then_some((number.value, number.tokens.end))
    }

    /// A number that gives a place in a row, and the place behind it.
    fn ordinal(&self, at: usize) -> Option<(i64, usize)> {
        let number = number_at(self.tokens, at)?;
        (number.ordinal && number.value < 1000.0)
            .then_some((number.value as i64, number.tokens.end))
    }

    /// A day of the calendar with its year, as a reference.
    pub(super) fn full_day(&self, at: usize) -> Option<Reference> {
        let (cal, _) = self.cal(at)?;
        let settled = self.settle(Point::Cal(cal), Tense::Unsaid);
        let day = settled.when?.one_day()?;
        let (known, from) = (Unit::Day, TimeFrom::Text);
        Some(Reference { day, known, from })
    }

    fn tense(&self, from: usize, to: usize) -> Tense {
        tense::around(self.tokens, from..to)
    }

    /// The reference, where it is known as exactly as this unit asks.
    fn reference(&self, unit: Unit) -> Option<Reference> {
        let needs = if unit < Unit::Month {
            Unit::Day
        } else {
            unit.min(Unit::Year)
        };
        let needs = if needs == Unit::Quarter {
            Unit::Month
        } else {
            needs
        };
        self.reference.filter(|r| r.known <= needs)
    }

    /// A date found without a length.
    fn found(end: usize, form: &'static str, settled: settle::Settled) -> Found {
        let kind = match settled.when {
            Some(when) if when.clock.is_some() => TimeKind::Time,
            Some(when) if when.first.is_none() || when.last.is_none() => TimeKind::Interval,
            _ => TimeKind::Date,
        };
        Found {
            end,
            form,
            value: Value {
                kind,
                when: settled.when,
                length: None,
                from: settled.from,
                rule: settled.rule,
            },
        }
    }

    /// A length, or a period, without a date.
    fn found_length(end: usize, form: &'static str, kind: TimeKind, length: Length) -> Found {
        Found {
            end,
            form,
            value: Value {
                kind,
                when: None,
                length: Some(length),
                from: TimeFrom::Text,
                rule: form,
            },
        }
    }

    /// The unit of this kind that holds the day of reference.
    fn this(&self, unit: Unit, number: i64) -> Option<(When, TimeFrom)> {
        let reference = self.reference(unit)?;
        Some((When::unit(reference.day, number, unit)?, reference.from))
    }

    /// Whether a date is a whole quarter of a year.
    pub(super) fn is_quarter(when: &When) -> bool {
        when.both()
            .is_some_and(|days| holding(days.0, Unit::Quarter) == Some(days))
    }
}
