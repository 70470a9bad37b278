//! Points in the calendar: the longest of all forms, named days, and parts of other points ("early
//! March", "the end of the year").

use jiff::civil::Date;
use sayso_reading::TimeFrom;

use super::super::calendar::{Unit, shift};
use super::super::tense::Tense;
use super::super::value::{Grain, When};
use super::super::words::{self, Third};
use super::settle::Settled;
use super::{Grammar, Point};

/// A point, and the place behind it.
pub(super) type Read = Option<(Point, usize)>;

/// How deep points may be nested.
const DEEPEST: u8 = 3;

impl Grammar<'_> {
    /// The longest point that begins with a token; none of them nested deeper than people write.
    pub(super) fn point(&self, at: usize) -> Read {
        let depth = self.depth.get();
        if depth == DEEPEST {
            return None;
        }
        self.depth.set(depth + 1);
        let read = self.longest_point(at);
        self.depth.set(depth);
        read
    }

    fn longest_point(&self, at: usize) -> Read {
        let cal = |(cal, end)| (Point::Cal(cal), end);
        let forms = [
            self.cal(at).map(cal),
            self.ordinal_day(at),
            self.named_day(at),
            self.weekday_of(at),
            self.pointed(at),
            self.third_of(at),
            self.quarter(at),
            self.numbered(at),
            self.season(at),
            self.holiday(at),
            self.long(at),
            self.year(at),
        ];
        let mut best: Read = None;
        for read in forms.into_iter().flatten() {
            if best.is_none_or(|b| b.1 < read.1) {
                best = Some(read);
            }
        }
        best
    }

    /// "the 5th of November", "the 21st this month".
    fn ordinal_day(&self, at: usize) -> Read {
        let next = self.past(at, &["the"]);
        if next == at {
            return None;
        }
        if let Some((cal, end)) = self
            .cal(next)
            .filter(|(cal, _)| cal.day.is_some() && cal.month.is_some())
        {
            return Some((Point::Cal(cal), end));
        }
        let (number, end) = self.ordinal(next)?;
        let end = if self.word(end) == "day" {
            end + 1
        } else {
            end
        };
        let (month, last) = self.pointed(self.past(end, &["of"]))?;
        let days = self.settle(month, Tense::Unsaid);
        let (first, until) = days.when?.both()?;
        let day = shift(first, number - 1, Unit::Day).filter(|d| *d <= until)?;
        let month = days.when?.grain == Grain::Month;
        month.then(|| known(Some((When::day(day), days.from)), "time.day_of", last))
    }

    /// "today", "yesterday", "the day after tomorrow".
    fn named_day(&self, at: usize) -> Read {
        let (from, length) = match (self.word(at), self.word(at + 1)) {
            ("the", "day") => (at + 1, 1),
            ("day", _) => (at, 1),
            _ => (at, 0),
        };
        let step = match (length, self.word(from + 1)) {
            (0, _) => 0,
            (_, "before") => -1,
            (_, "after") => 1,
            _ => return None,
        };
        let name = if length == 0 { from } else { from + 2 };
        let number = match self.word(name) {
            "today" => 0,
            "tonight" if length == 0 => 0,
            "yesterday" => -1,
            "tomorrow" => 1,
            _ => return None,
        };
        // "USA Today"
        if self.is_capital(name)
            && name > 0
            && self.is_capital(name - 1)
            && self.tokens.back(name, 1) != "."
        {
            return None;
        }
        Some(known(
            self.this(Unit::Day, number + step),
            "time.named_day",
            name + 1,
        ))
    }

    /// "early March", "mid-2019", "late last week", "the end of the year", "year-end", "later this month".
    fn third_of(&self, at: usize) -> Read {
        let start = self.past(at, &["the"]);
        if self.is(start, &["year", "month", "week", "quarter"]) {
            return self.end_of(start);
        }
        let third = words::third(self.word(start))?;
        let mut next = self.tokens.past_hyphen(start + 1);
        if self.is(next, &["of", "in", "on", "part"]) {
            next += 1;
            next = self.past(next, &["of", "in"]);
        }
        if third == Third::Early && self.word(start) == "earlier" && self.is(next, &["than"]) {
            return None;
        }
        let (point, end) = match words::unit(self.word(next)) {
            // "end of year"
            Some((unit @ (Unit::Year | Unit::Month | Unit::Week | Unit::Day), false)) => {
                known(self.this(unit, 0), "time.the_unit", next + 1)
            }
            _ => self.point(next)?,
        };
        let tense = match self.word(start) {
            "earlier" => Tense::Past,
            "later" => Tense::Future,
            _ => self.tense(at, end),
        };
        let days = self.settle(point, tense);
        let since = self.reference(Unit::Day).map(|r| r.day);
        let when = days
            .when
            .map(|when| match (self.word(start), when.one_day()) {
                ("earlier" | "later", None) => around_today(when, since, third),
                ("end", Some(_)) => when.at((24 * 60 - 1, 24 * 60 - 1)),
                _ => When {
                    part: narrow(&when, third),
                    ..when
                },
            });
        Some((Point::Known(Settled { when, ..days }), end))
    }

    /// "year-end", "year's end".
    fn end_of(&self, at: usize) -> Read {
        let (unit, _) = words::unit(self.word(at))?;
        let next = self.past(self.tokens.past_hyphen(at + 1), &["'s"]);
        if next == at + 1 && self.is(at.wrapping_sub(1), &["the", "a"]) || self.word(next) != "end"
        {
            return None;
        }
        let found = self.this(unit, 0).map(|(when, from)| {
            let part = narrow(&when, Third::Late);
            (When { part, ..when }, from)
        });
        Some(known(found, "time.part", next + 1))
    }
}

/// A date already known, as a point.
pub(super) fn known(
    found: Option<(When, TimeFrom)>,
    rule: &'static str,
    end: usize,
) -> (Point, usize) {
    (Point::Known(Settled::leaning(found, rule)), end)
}

/// "earlier this year", "later this month": up to the day before the day of reference, or from the
/// day after it, where it lies inside; else the third.
fn around_today(when: When, today: Option<Date>, third: Third) -> When {
    let cut = || {
        let (first, last) = when.both()?;
        let days = match third {
            Third::Early => (first, shift(today?, -1, Unit::Day)?),
            _ => (shift(today?, 1, Unit::Day)?, last),
        };
        (first <= days.0 && days.0 <= days.1 && days.1 <= last).then_some(days)
    };
    When {
        part: cut().or_else(|| narrow(&when, third)),
        ..when
    }
}

/// The third of a stretch; by months where it is a year or more.
pub(super) fn narrow(when: &When, third: Third) -> Option<(Date, Date)> {
    let (first, last) = when.both()?;
    let length = i64::from(last.since(first).ok()?.get_days()) + 1;
    if length == 1 {
        return None;
    }
    let (unit, length) = match length {
        0..300 => (Unit::Day, length),
        300..1000 => (Unit::Month, 12),
        _ => (Unit::Year, i64::from(last.year() - first.year()) + 1),
    };
    let part = (length + 1) / 3;
    let end = |n: i64| shift(shift(first, n, unit)?, -1, Unit::Day);
    Some(match third {
        Third::Early => (first, end(part)?),
        Third::Mid => (shift(first, part, unit)?, end(length - part)?),
        Third::Late => (shift(first, length - part, unit)?, last),
    })
}
