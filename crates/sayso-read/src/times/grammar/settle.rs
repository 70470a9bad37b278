//! From a date as told to days: the year that is not said, the weekday of which week.

use jiff::civil::{Date, Weekday};
use sayso_reading::TimeFrom;

use super::super::calendar::{self, Unit, shift};
use super::super::tense::Tense;
use super::super::value::{Grain, When};
use super::{Grammar, Reference};

/// A date as told, parts of it left out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Cal {
    pub year: Option<i16>,
    pub month: Option<u8>,
    pub day: Option<u8>,
    pub weekday: Option<Weekday>,
}

/// A date as told, or one already known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Point {
    Cal(Cal),
    Known(Settled),
}

/// Days, what they were resolved against, and the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Settled {
    pub when: Option<When>,
    pub from: TimeFrom,
    pub rule: &'static str,
}

impl Settled {
    /// What the text alone tells.
    pub(super) const fn told(when: Option<When>, rule: &'static str) -> Self {
        Self {
            when,
            from: TimeFrom::Text,
            rule,
        }
    }

    /// What depends on another date; unknown without one.
    pub(super) fn leaning(when: Option<(When, TimeFrom)>, rule: &'static str) -> Self {
        match when {
            Some((when, from)) => Self {
                when: Some(when),
                from,
                rule,
            },
            None => Self {
                when: None,
                from: TimeFrom::Unknown,
                rule: "time.no_reference",
            },
        }
    }
}

impl Grammar<'_> {
    /// The days of a point.
    pub(super) fn settle(&self, point: Point, tense: Tense) -> Settled {
        match point {
            Point::Known(settled) => settled,
            Point::Cal(cal) => self.settle_cal(cal, tense),
        }
    }

    fn settle_cal(&self, cal: Cal, tense: Tense) -> Settled {
        match (cal.year, cal.month, cal.day) {
            (Some(_), _, _) => Settled::told(whole(cal), "time.told"),
            (None, Some(month), Some(day)) => self.day_of_year(month, day, cal.weekday, tense),
            (None, Some(month), None) => self.month_of_year(month, tense),
            (None, None, Some(day)) => self.day_of_month(day),
            (None, None, None) => self.weekday(cal.weekday, tense),
        }
    }

    /// A day without a year: before the day of reference, after it, or the nearer of both; where a
    /// weekday stands with it, the nearest year in which they agree.
    fn day_of_year(&self, month: u8, day: u8, weekday: Option<Weekday>, tense: Tense) -> Settled {
        let reference = self
            .reference(Unit::Day)
            .or_else(|| self.reference(Unit::Year));
        let found = reference.and_then(|r| {
            let years = [0, -1, 1].map(|n| calendar::day(r.day.year() + n, month, day));
            let days = || years.into_iter().flatten();
            if let Some(weekday) = weekday
                && let Some(agrees) = days().find(|d| d.weekday() == weekday)
            {
                return Some((When::day(agrees), r.from));
            }
            if r.known > Unit::Day {
                return years[0].map(|d| (When::day(d), r.from));
            }
            let before = days().filter(|d| *d <= r.day).max();
            let after = days().filter(|d| *d >= r.day).min();
            let best = nearer(r.day, tense, before, after);
            Some((When::day(best?), r.from))
        });
        Settled::leaning(found, "time.day_without_year")
    }

    /// A month without a year: the last one that has begun, or the next one that has not ended.
    fn month_of_year(&self, month: u8, tense: Tense) -> Settled {
        let found = self.reference(Unit::Month).and_then(|r| {
            let months = [-1, 0, 1].map(|n| calendar::month(r.day.year() + n, month));
            let months = || months.into_iter().flatten();
            let before = months().map(|m| m.0).filter(|d| *d <= r.day).max();
            let after = months().map(|m| m.1).filter(|d| *d >= r.day).min();
            let best = nearer(r.day, tense.or_past(), before, after)?;
            Some((When::unit(best, 0, Unit::Month)?, r.from))
        });
        Settled::leaning(found, "time.month_without_year")
    }

    /// "the 21st": of the month of reference.
    fn day_of_month(&self, day: u8) -> Settled {
        let found = self.reference(Unit::Month).and_then(|r| {
            let month = u8::try_from(r.day.month()).ok()?;
            Some((When::day(calendar::day(r.day.year(), month, day)?), r.from))
        });
        Settled::leaning(found, "time.day_without_month")
    }

    /// A weekday alone: the last one up to the day of reference, or the first one from it on.
    fn weekday(&self, weekday: Option<Weekday>, tense: Tense) -> Settled {
        let found = self.reference(Unit::Day).zip(weekday).and_then(|(r, w)| {
            let day = if tense.way() == Tense::Future {
                on_or_after(r, w)
            } else {
                on_or_before(r, w)
            };
            Some((When::day(day?), r.from))
        });
        Settled::leaning(found, "time.weekday")
    }
}

/// A date with its year; none where the calendar has none.
fn whole(cal: Cal) -> Option<When> {
    let year = cal.year?;
    Some(match (cal.month, cal.day) {
        (Some(month), Some(day)) => When::day(calendar::day(year, month, day)?),
        (Some(month), None) => When::days(calendar::month(year, month)?, Grain::Month),
        (None, _) => When::year(year)?,
    })
}

/// The day before or the day after, as the tense says. What lies nine months off or more in that
/// direction, but five or less in the other, is the nearer one: otherwise its year would be told.
pub(super) fn nearer(
    day: Date,
    tense: Tense,
    before: Option<Date>,
    after: Option<Date>,
) -> Option<Date> {
    let (Some(one), Some(two)) = (before, after) else {
        return before.or(after);
    };
    let (back, on) = (distance(one, day), distance(two, day));
    let forward = match tense {
        Tense::Ended => false,
        Tense::Coming => true,
        Tense::Past => back > FAR && on < NEAR,
        Tense::Future => on <= FAR || back >= NEAR,
        Tense::Unsaid => on < back,
    };
    Some(if forward { two } else { one })
}

/// Nine months, in days.
const FAR: i32 = 270;
/// Five months: "the third quarter", said in the fourth, began that long ago.
const NEAR: i32 = 150;

fn distance(one: Date, two: Date) -> i32 {
    one.since(two)
        .map_or(i32::MAX, |span| span.get_days().abs())
}

pub(super) fn on_or_before(reference: Reference, weekday: Weekday) -> Option<Date> {
    let back = calendar::place(reference.day.weekday()) - calendar::place(weekday);
    shift(reference.day, -back.rem_euclid(7), Unit::Day)
}

pub(super) fn on_or_after(reference: Reference, weekday: Weekday) -> Option<Date> {
    let on = calendar::place(weekday) - calendar::place(reference.day.weekday());
    shift(reference.day, on.rem_euclid(7), Unit::Day)
}
