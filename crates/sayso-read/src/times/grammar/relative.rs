//! So long before or after another date, and stretches that end or begin with one.

use sayso_reading::{TimeFrom, TimeKind};

use super::super::calendar::{Unit, after, holding, shift};
use super::super::tense::Tense;
use super::super::value::{Grain, Length, Value, When};
use super::super::words::{self, Which};
use super::lengths::Told;
use super::ranges::opened;
use super::settle::Settled;
use super::{Found, Grammar};

impl Grammar<'_> {
    /// "two years ago", "a year earlier", "three days later", "two weeks before Christmas",
    /// "in two days", "3 days from Tuesday".
    pub(super) fn apart(&self, at: usize) -> Option<Found> {
        if self.is(at, &["in", "within"]) {
            return self.in_time(at);
        }
        let (start, modified) = self.past_modifier(at);
        let told = self.told_length(start)?;
        if self.is(at, &["more", "less"]) && self.is(told.end, &["before", "after"]) {
            return self.far_from_point(&told, self.word(told.end) == "before");
        }
        let (end, about) = (told.end, told.about || modified);
        match (self.word(end), self.word(end + 1)) {
            ("ago", _) => Some(Self::found(end + 1, "time.ago", self.ago(&told, about))),
            ("earlier" | "before" | "previously" | "prior", next)
                if self.word(end) == "earlier" || !self.is_point_ahead(end + 1) =>
            {
                (self.word(end) != "prior" || next != "to")
                    .then(|| Self::found(end + 1, "time.earlier", self.after_told(&told, true)))
            }
            ("later" | "afterward" | "afterwards" | "after", _)
                if self.word(end) != "after" || !self.is_point_ahead(end + 1) =>
            {
                (self.word(end) != "after")
                    .then(|| Self::found(end + 1, "time.later", self.after_told(&told, false)))
            }
            ("from", "now" | "today") => Some(Self::found(
                end + 2,
                "time.from_now",
                self.day_from_now(&told),
            )),
            ("hence", _) => Some(Self::found(
                end + 1,
                "time.from_now",
                self.day_from_now(&told),
            )),
            ("before", _) => self.after_point(&told, end + 1, true),
            ("after" | "from" | "since", _) => self.after_point(&told, end + 1, false),
            _ => None,
        }
    }

    fn is_point_ahead(&self, at: usize) -> bool {
        self.point(at).is_some()
    }

    /// "two weeks starting May 20", "for three days, from today".
    pub(super) fn starting(&self, at: usize) -> Option<Found> {
        let told = self.told_length(at)?;
        let next = self.past(told.end, &[","]);
        let from = self.is(next, &["starting", "beginning"])
            || next > told.end && self.word(next) == "from";
        if !from {
            return None;
        }
        let start = self.past(self.past(next + 1, &["on", "from"]), &["on"]);
        let (settled, end) = self.settled_day(start, Tense::Future)?;
        let days = settled.when.and_then(|when| {
            let first = when.one_day()?;
            let last = shift(told.length.from(first, false)?, -1, Unit::Day)?;
            (first <= last).then(|| (When::days((first, last), Grain::Stretch), settled.from))
        });
        days.map(|days| Self::row_found(end, Some(days), told.length))
    }

    /// "in two days", said of what will be; "in two days of talks" is a length.
    fn in_time(&self, at: usize) -> Option<Found> {
        if self.word(at) == "within" {
            return None;
        }
        let told = self.told_length(at + 1)?;
        let unit = told.length.unit()?;
        // "in a week's time"
        let time = self.past(told.end, &["'s", "'", "’"]);
        if time > told.end && self.word(time) == "time" && !unit.is_short() {
            return Some(Self::found(
                time + 1,
                "time.in_time",
                self.day_from_now(&told),
            ));
        }
        let article = self.is(at + 1, &["a", "an"]);
        if unit.is_short()
            || article && unit == Unit::Quarter
            || self.is(told.end, &["of", "'", "’", "from", "since"])
            || self.tense(at, told.end) != Tense::Future
        {
            return None;
        }
        told.length.0.first()?.0?;
        Some(Self::found(
            told.end,
            "time.in_time",
            self.day_from_now(&told),
        ))
    }

    /// So long before the day of reference, as exactly as the unit tells.
    fn ago(&self, told: &Told, about: bool) -> Settled {
        if told.length.unit().is_none() {
            return self.exactly(&told.length, true, about);
        }
        if told.length.0.iter().any(|part| part.0.is_none()) {
            return Settled::told(None, "time.long_ago");
        }
        if told.length == Length::of(1.0, Unit::Year)
            && let Some(quarter) = self.quarter_before(1)
        {
            return Settled::leaning(Some(quarter), "time.year_before_quarter");
        }
        self.exactly(&told.length, true, about)
    }

    /// So long after the day of reference, to the day.
    fn day_from_now(&self, told: &Told) -> Settled {
        let found = self
            .reference(Unit::Day)
            .and_then(|r| Some((When::day(told.length.from(r.day, false)?), r.from)));
        Settled::leaning(found, "time.from_now")
    }

    /// The unit so long before the one that holds the day of reference: a year for years, a month
    /// for months, a day for weeks and days.
    fn exactly(&self, length: &Length, back: bool, about: bool) -> Settled {
        let coarse = coarse(length);
        let found = self.reference(coarse).and_then(|r| {
            let day = length.from(r.day, back)?;
            let when = When::unit(day, 0, coarse)?;
            let about = about || matches!(length.unit(), Some(Unit::Decade | Unit::Century));
            Some((When { about, ..when }, r.from))
        });
        Settled::leaning(found, "time.ago")
    }

    /// So long before or after the date told before, else the day of reference.
    fn after_told(&self, told: &Told, back: bool) -> Settled {
        let year = told.length == Length::of(1.0, Unit::Year);
        if year
            && back
            && let Some(quarter) = self.quarter_before(1)
        {
            return Settled::leaning(Some(quarter), "time.year_before_quarter");
        }
        let coarse = coarse(&told.length);
        let anchored = self.anchor.and_then(|a| {
            let day = told.length.from(a.when.first?, back)?;
            let when = match a.when.grain {
                Grain::Day => When::unit(day, 0, coarse.min(Unit::Day))?,
                _ if a.when.grain == Grain::of(coarse) => When::unit(day, 0, coarse)?,
                Grain::Month if coarse == Unit::Year => When::unit(day, 0, Unit::Month)?,
                _ => When::unit(day, 0, coarse)?,
            };
            Some((when, a.from))
        });
        let found = anchored.or_else(|| {
            let r = self.reference(coarse)?;
            Some((
                When::unit(told.length.from(r.day, back)?, 0, coarse)?,
                r.from,
            ))
        });
        Settled::leaning(found, "time.from_told")
    }

    /// "two weeks before Christmas", "3 days from Tuesday", "two years since 2011".
    fn after_point(&self, told: &Told, at: usize, back: bool) -> Option<Found> {
        let (settled, end) = self.settled_day(at, self.tense(at, at + 1))?;
        if self.word(end) == "'s" {
            return None;
        }
        let found = settled.when.and_then(|when| {
            let day = told.length.from(when.first?, back)?;
            let when = match when.grain {
                Grain::Year if coarse(&told.length) == Unit::Year => {
                    When::unit(day, 0, Unit::Year)?
                }
                Grain::Month if coarse(&told.length) >= Unit::Month => {
                    When::unit(day, 0, Unit::Month)?
                }
                _ => When::day(day),
            };
            Some((when, settled.from))
        });
        Some(Self::found(
            end,
            "time.from_point",
            Settled::leaning(found, "time.from_point"),
        ))
    }

    /// "more than two weeks before today": all before that day.
    fn far_from_point(&self, told: &Told, back: bool) -> Option<Found> {
        let mut found = self.after_point(told, told.end + 1, back)?;
        found.value.when = found.value.when.and_then(|when| opened(when, back));
        found.value.kind = TimeKind::Interval;
        Some(found)
    }

    /// "the past three months", "the next two weeks", "the first nine months of 1989",
    /// "the last 3 weeks of this year", "5 coming years".
    pub(super) fn row(&self, at: usize) -> Option<Found> {
        let article = self.past(at, &["the", "this", "these", "its", "his"]);
        let (which, next) = match words::which(self.word(article)) {
            Some(which) => (Some(which), article + 1),
            None if self.is(article, &["first", "final", "latest", "recent"]) => {
                (None, article + 1)
            }
            None => {
                return self
                    .number_first(article)
                    .or_else(|| self.bare_row(at, article));
            }
        };
        if matches!(which, Some(Which::This | Which::Same)) && self.word(article) != "current" {
            return None;
        }
        let told = self
            .told_length(next)
            .filter(|told| !self.is_age(told.end))?;
        // "for the last three months, and two days ago"
        let told = match self.word(told.end) {
            "ago" => self.one_length(next)?,
            _ => told,
        };
        let end = told.end;
        if which.is_none() && self.word(article) != "first" && self.word(article) != "final" {
            // "recent weeks", "the latest nine months"
            return Some(Self::found_length(
                end,
                "time.row",
                TimeKind::Duration,
                told.length,
            ));
        }
        let of = self.is(end, &["of", "in"]);
        if of && let Some(found) = self.row_of(article, &told) {
            return Some(found);
        }
        let when = match which {
            Some(Which::Last | Which::Past) => self.stretch(&told.length, true),
            Some(Which::Next | Which::Coming | Which::Following) => {
                self.stretch(&told.length, false)
            }
            _ => None,
        };
        Some(Self::row_found(end, when, told.length))
    }

    /// "the nine months", "the six years".
    fn bare_row(&self, at: usize, article: usize) -> Option<Found> {
        if article == at {
            return None;
        }
        let told = self
            .told_length(article)
            .filter(|told| !self.is_age(told.end))?;
        Some(Self::found_length(
            told.end,
            "time.length",
            TimeKind::Duration,
            told.length,
        ))
    }

    /// "5 coming years", "2 next days".
    fn number_first(&self, at: usize) -> Option<Found> {
        let (number, next) = self.count(at)?;
        let back = match words::which(self.word(next))? {
            Which::Last | Which::Past => true,
            Which::Next | Which::Coming | Which::Following => false,
            _ => return None,
        };
        let (unit, true) = words::unit(self.word(next + 1))? else {
            return None;
        };
        if number > 999.0 || number.fract() != 0.0 {
            return None;
        }
        let length = Length::of(number, unit);
        Some(Self::row_found(
            next + 2,
            self.stretch(&length, back),
            length,
        ))
    }

    fn row_found(end: usize, when: Option<(When, TimeFrom)>, length: Length) -> Found {
        let from = when.map_or(TimeFrom::Unknown, |w| w.1);
        let unsaid = length.0.iter().any(|part| part.0.is_none());
        let kind = if when.is_some() {
            TimeKind::Interval
        } else {
            TimeKind::Duration
        };
        Found {
            end,
            form: "time.row",
            value: Value {
                kind,
                when: when.map(|w| w.0),
                length: Some(length),
                from: if unsaid { TimeFrom::Text } else { from },
                rule: "time.row",
            },
        }
    }

    /// The days so long before the day of reference, or after it. Quarters and decades are whole ones.
    fn stretch(&self, length: &Length, back: bool) -> Option<(When, TimeFrom)> {
        let reference = self.reference(Unit::Day)?;
        let day = reference.day;
        let days = match length.0.as_slice() {
            [(Some(number), unit @ (Unit::Quarter | Unit::Decade | Unit::Century))] => {
                let number = *number as i64;
                if back {
                    (after(day, -number, *unit)?.0, after(day, -1, *unit)?.1)
                } else {
                    (after(day, 1, *unit)?.0, after(day, number, *unit)?.1)
                }
            }
            [(_, unit)] if unit.is_short() => return None,
            _ if back => (length.from(day, true)?, shift(day, -1, Unit::Day)?),
            _ => (shift(day, 1, Unit::Day)?, length.from(day, false)?),
        };
        (days.0 <= days.1).then_some((When::days(days, Grain::Stretch), reference.from))
    }

    /// The first or last so many units of another date.
    fn row_of(&self, article: usize, told: &Told) -> Option<Found> {
        let (settled, end) = self.settled_day(told.end + 1, self.tense(article, told.end))?;
        let (number, unit) = *told.length.0.first()?;
        let number = number? as i64;
        let found = settled.when.and_then(|when| {
            let (first, last) = when.both().filter(|d| d.0 < d.1)?;
            let days = if self.word(article) == "first" {
                let start = if unit == Unit::Week {
                    holding(shift(first, 3, Unit::Day)?, unit)?.0
                } else {
                    first
                };
                (start, shift(shift(start, number, unit)?, -1, Unit::Day)?)
            } else {
                let stop = if unit == Unit::Week {
                    holding(shift(last, -3, Unit::Day)?, unit)?.1
                } else {
                    last
                };
                (shift(shift(stop, 1, Unit::Day)?, -number, unit)?, stop)
            };
            (days.0 <= days.1 && days.1 <= shift(last, 6, Unit::Day)?)
                .then_some((When::days(days, Grain::Stretch), settled.from))
        });
        found.map(|found| Self::row_found(end, Some(found), told.length.clone()))
    }
}

/// How exactly a length tells a date: by its smallest unit, weeks and days to the day.
fn coarse(length: &Length) -> Unit {
    let smallest = length.0.iter().map(|part| part.1).min();
    match smallest {
        Some(Unit::Month | Unit::Quarter) => Unit::Month,
        Some(Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium) => Unit::Year,
        _ => Unit::Day,
    }
}
