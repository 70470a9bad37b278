//! Dates that a word points to: "last week", "next Tuesday", "the following year".

use jiff::civil::Weekday;
use sayso_reading::TimeFrom;

use super::super::calendar::{self, Unit, after, holding};
use super::super::holidays;
use super::super::tense::Tense;
use super::super::value::{Grain, When};
use super::super::words::{self, Which};
use super::points::{Read, known};
use super::settle::{on_or_after, on_or_before};
use super::{Cal, Grammar, Point};

impl Grammar<'_> {
    /// "Friday this week", "Tuesday of next week".
    pub(super) fn weekday_of(&self, at: usize) -> Read {
        let weekday = self.weekday_name(at)?;
        let part = self.part(at + 1);
        let behind = part.map_or(at + 1, |p| p.1);
        let next = self.past(behind, &["of"]);
        let which = self.past(next, &["the"]);
        if words::which(self.word(which)).is_none() || self.word(which + 1) != "week" {
            return None;
        }
        let (point, end) = self.pointed(next)?;
        let days = self.settle(point, Tense::Unsaid);
        let found = days.when.and_then(|when| {
            let day = When::day(calendar::weekday_of(when.first?, weekday, 0)?);
            Some((part.map_or(day, |p| day.at(p.0)), days.from))
        });
        Some(known(found, "time.weekday_of_week", end))
    }

    /// A unit, weekday, month, season or quarter with a word that points to one: "last week",
    /// "next Tuesday", "this November", "the following year", "that day".
    pub(super) fn pointed(&self, at: usize) -> Read {
        let article = self.past(at, &["the", "his", "her", "its", "their"]);
        let (which, next) = match self.word(article) {
            "this" if self.is(article + 1, &["past", "coming", "upcoming", "same"]) => {
                (words::which(self.word(article + 1))?, article + 2)
            }
            "that" if self.is(article + 1, &["same"]) => {
                (words::which(self.word(article + 1))?, article + 2)
            }
            word => match words::which(word) {
                Some(which) => (which, article + 1),
                None if article > at && self.word(at) == "the" => return self.plain(article),
                None => return None,
            },
        };
        let next = self.past(
            next,
            &[
                "calendar", "fiscal", "school", "full", "working", "trading", "business",
            ],
        );
        let which = match which {
            Which::This if self.word(next.wrapping_sub(1)) == "past" => Which::Past,
            other => other,
        };
        if let Some((unit, false)) = words::unit(self.word(next)) {
            return self.pointed_unit(which, unit, next);
        }
        if let Some(weekday) = self.weekday_name(next) {
            return self.pointed_weekday(which, weekday, next);
        }
        if let Some((cal, end)) = self.cal(next).filter(|c| c.0.month.is_some()) {
            if cal.year.is_some() {
                return Some((Point::Cal(cal), end));
            }
            return Some(self.pointed_month(which, cal, end));
        }
        if let Some(season) = words::season(self.word(next)) {
            return Some(self.pointed_season(which, season, next + 1));
        }
        holidays::at(self.tokens, next).map(|(feast, end)| self.pointed_holiday(which, feast, end))
    }

    /// "last week", "next week on Friday".
    fn pointed_unit(&self, which: Which, unit: Unit, at: usize) -> Read {
        // "this second" and "last quarter of" are no such units
        if self.word(at) == "second" || self.word(at) == "quarter" && self.word(at + 1) == "of" {
            return None;
        }
        let day = self.past(at + 1, &["on"]);
        if let Some(weekday) = self.weekday_name(day).filter(|_| unit == Unit::Week) {
            let found = self.unit(which, unit).and_then(|(when, from)| {
                let day = calendar::weekday_of(when.first?, weekday, 0)?;
                Some((When::day(day), from))
            });
            return Some(known(found, "time.weekday_of_week", day + 1));
        }
        let found = || known(self.unit(which, unit), "time.pointed_unit", at + 1);
        (!unit.is_short()).then(found)
    }

    /// "this Friday", "last Tuesday"; a date that stands behind it says the same.
    fn pointed_weekday(&self, which: Which, weekday: Weekday, at: usize) -> Read {
        let (cal, end) = self.cal(at)?;
        if cal.day.is_some() {
            return Some((Point::Cal(cal), end));
        }
        let found = self.reference(Unit::Day).and_then(|r| {
            let day = match which {
                Which::This => calendar::weekday_of(r.day, weekday, 0),
                Which::Last => calendar::weekday_of(r.day, weekday, -1),
                Which::Next | Which::Following => calendar::weekday_of(r.day, weekday, 1),
                Which::Past | Which::Same => on_or_before(r, weekday),
                Which::Coming => on_or_after(r, weekday),
            };
            Some((When::day(day?), r.from))
        });
        Some(known(found, "time.pointed_weekday", at + 1))
    }

    /// "the week", "the year": the present one.
    fn plain(&self, at: usize) -> Read {
        let at = self.past(at, &["full", "fiscal", "calendar"]);
        let (unit, false) = words::unit(self.word(at))? else {
            return None;
        };
        match unit {
            Unit::Week if self.word(at + 1) == "of" => {
                let (point, end) = self.point(at + 2)?;
                let days = self.settle(point, Tense::Unsaid);
                let found = days.when.and_then(|w| {
                    Some((
                        When::days(holding(w.one_day()?, Unit::Week)?, Grain::Stretch),
                        days.from,
                    ))
                });
                found.is_some().then(|| known(found, "time.week_of", end))
            }
            Unit::Week if self.is(at + 1, &["after"]) && self.word(at + 2) == "next" => Some(
                known(self.this(Unit::Week, 2), "time.week_after_next", at + 3),
            ),
            Unit::Weekend => {
                let tense = self.tense(at, at + 1);
                let found = self.reference(Unit::Day).and_then(|r| {
                    // Without a verb it is the nearer one.
                    let ahead = match tense.way() {
                        Tense::Past => calendar::place(r.day.weekday()) > 4,
                        Tense::Future => true,
                        _ => calendar::place(r.day.weekday()) > 2,
                    };
                    let weekend = if ahead {
                        after(r.day, 0, Unit::Weekend)?
                    } else {
                        after(r.day, -1, Unit::Weekend)?
                    };
                    Some((When::days(weekend, Grain::Stretch), r.from))
                });
                Some(known(found, "time.weekend", at + 1))
            }
            Unit::Quarter if self.word(at + 1) != "of" => {
                let told = self.quarter.map(|q| (q.when, q.from));
                let found = told.or_else(|| self.this(Unit::Quarter, -1));
                Some(known(found, "time.the_quarter", at + 1))
            }
            Unit::Year | Unit::Month | Unit::Week
                if !self.is(at + 1, &["of", "ended", "ending", "end"]) =>
            {
                Some(known(self.this(unit, 0), "time.the_unit", at + 1))
            }
            _ => None,
        }
    }

    /// A unit that a word points to.
    fn unit(&self, which: Which, unit: Unit) -> Option<(When, TimeFrom)> {
        let told = |steps: i64| {
            let anchor = self.anchor?;
            let first = anchor.when.first?;
            let exact = unit >= Unit::Month || anchor.when.one_day().is_some();
            let when = exact.then(|| When::unit(first, steps, unit))??;
            Some((when, anchor.from))
        };
        match which {
            Which::This => self.this(unit, 0),
            Which::Last | Which::Past => self.this(unit, -1),
            // The next day in a report is the one after the day told before.
            Which::Next if unit == Unit::Day => told(1).or_else(|| self.this(unit, 1)),
            Which::Next | Which::Coming => self.this(unit, 1),
            Which::Following => told(1).or_else(|| self.this(unit, 1)),
            Which::Same => told(0).or_else(|| self.this(unit, 0)),
        }
    }

    fn pointed_month(&self, which: Which, cal: Cal, end: usize) -> (Point, usize) {
        let tense = match which {
            Which::Last | Which::Past => Tense::Ended,
            Which::Next | Which::Coming | Which::Following => Tense::Coming,
            Which::This | Which::Same => {
                let found = self.reference(Unit::Month).and_then(|r| {
                    let year = Some(r.day.year());
                    let days = self.settle(Point::Cal(Cal { year, ..cal }), Tense::Unsaid);
                    Some((days.when?, r.from))
                });
                return known(found, "time.pointed_month", end);
            }
        };
        let days = self.settle(Point::Cal(cal), tense);
        // "last November", said in November, is not this one
        let found = days.when.map(|when| {
            let here = self
                .reference
                .zip(when.both())
                .is_some_and(|(r, (a, b))| (a..=b).contains(&r.day));
            let year = when
                .first
                .map(|d| d.year() + if tense == Tense::Ended { -1 } else { 1 });
            let other = Point::Cal(Cal { year, ..cal });
            let moved = here.then(|| self.settle(other, tense).when).flatten();
            (moved.unwrap_or(when), days.from)
        });
        known(found, "time.pointed_month", end)
    }
}
