//! Points in the calendar: those that lean on another date ("yesterday", "last week"), quarters,
//! seasons, holidays, and parts of them ("early March", "the end of the year").

use jiff::civil::Date;
use sayso_reading::{Season, TimeFrom};

use super::super::calendar::{self, Unit, after, holding, shift};
use super::super::holidays;
use super::super::tense::Tense;
use super::super::value::{Grain, When};
use super::super::words::{self, Third, Which};
use super::settle::{Settled, on_or_after, on_or_before};
use super::{Cal, Grammar, Point};

type Read = Option<(Point, usize)>;

impl Grammar<'_> {
    /// The longest point that begins with a token.
    pub(super) fn point(&self, at: usize) -> Read {
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

    /// "Friday this week", "Tuesday of next week".
    fn weekday_of(&self, at: usize) -> Read {
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
    fn pointed(&self, at: usize) -> Read {
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
        let word = self.word(next);
        if let Some((unit, false)) = words::unit(word) {
            if word == "second" || word == "quarter" && self.is(next + 1, &["of"]) {
                return None;
            }
            let day = self.past(next + 1, &["on"]);
            let week = self.weekday_name(day).filter(|_| unit == Unit::Week);
            if let Some(weekday) = week {
                let days = self.unit(which, unit);
                let found = days.and_then(|(when, from)| {
                    Some((
                        When::day(calendar::weekday_of(when.first?, weekday, 0)?),
                        from,
                    ))
                });
                return Some(known(found, "time.weekday_of_week", day + 1));
            }
            // "the same time" and "last minute" are no days
            return (!unit.is_short())
                .then(|| Some(known(self.unit(which, unit), "time.pointed_unit", next + 1)))?;
        }
        if let Some(weekday) = self.weekday_name(next) {
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
            // the date that may stand behind it says the same
            let (cal, end) = self.cal(next)?;
            let told = cal.day.is_some().then_some((Point::Cal(cal), end));
            return told.or_else(|| Some(known(found, "time.pointed_weekday", next + 1)));
        }
        if let Some((cal, end)) = self.cal(next).filter(|c| c.0.month.is_some()) {
            if cal.year.is_some() {
                return Some((Point::Cal(cal), end));
            }
            return Some(self.pointed_month(which, cal, end));
        }
        if let Some(season) = words::season(word) {
            return Some(self.pointed_season(which, season, next + 1));
        }
        holidays::at(self.tokens, next).map(|(feast, end)| self.pointed_holiday(which, feast, end))
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

    fn pointed_season(&self, which: Which, season: Season, end: usize) -> (Point, usize) {
        let found = self.reference(Unit::Month).and_then(|r| {
            let here = season_of(r.day.year(), season)?;
            let year = r.day.year();
            let year = match which {
                Which::Last | Which::Past if here.0 <= r.day && r.day > here.1 => year,
                Which::Last | Which::Past => year - 1,
                Which::Next | Which::Coming | Which::Following if here.0 > r.day => year,
                Which::Next | Which::Coming | Which::Following => year + 1,
                Which::This | Which::Same => year,
            };
            Some((
                When::days(season_of(year, season)?, Grain::Season(season)),
                r.from,
            ))
        });
        known(found, "time.season", end)
    }

    /// "summer 2019", "the summer of 1998", "the winter".
    fn season(&self, at: usize) -> Read {
        let start = self.past(at, &["the"]);
        let season = words::season(self.word(start))?;
        let next = self.past(start + 1, &["of", ",", "in"]);
        if let Some((Point::Cal(cal), end)) = self.year(next)
            && let Some(year) = cal.year
        {
            let when = When::days(season_of(year, season)?, Grain::Season(season));
            return Some((Point::Known(Settled::told(Some(when), "time.season")), end));
        }
        let led = start > at
            && self.is(
                at.wrapping_sub(1),
                &[
                    "in", "during", "over", "through", "by", "for", "until", "since",
                ],
            )
            || self.is(start.wrapping_sub(1), &["in", "early", "late", "by"])
                && self.word(start) != "fall";
        let noun = matches!(self.word(start + 1), "of" | "in");
        if !led || noun {
            return None;
        }
        let tense = self.tense(at, start + 1);
        let found = self.reference(Unit::Month).and_then(|r| {
            let here = season_of(r.day.year(), season)?;
            let year = match tense.way() {
                Tense::Future if here.1 < r.day => r.day.year() + 1,
                Tense::Past | Tense::Unsaid if here.0 > r.day => r.day.year() - 1,
                _ => r.day.year(),
            };
            Some((
                When::days(season_of(year, season)?, Grain::Season(season)),
                r.from,
            ))
        });
        Some(known(found, "time.season", start + 1))
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

    fn holiday(&self, at: usize) -> Read {
        let (feast, end) = holidays::at(self.tokens, at)?;
        let next = self.past(end, &[",", "of", "in"]);
        if let Some((Point::Cal(cal), behind)) = self.year(next)
            && let Some(year) = cal.year
        {
            let when = feast.days(year).map(|d| When::days(d, holidays::grain(d)));
            return Some((Point::Known(Settled::told(when, "time.holiday")), behind));
        }
        if let Some((Point::Known(days), behind)) = self.pointed(next)
            && let Some(when) = days.when.filter(|w| w.grain == Grain::Year)
        {
            let found = feast
                .days(when.first?.year())
                .map(|d| (When::days(d, holidays::grain(d)), days.from));
            return Some(known(found, "time.holiday", behind));
        }
        let tense = self.tense(at, end);
        let found = self.reference(Unit::Day).and_then(|r| {
            let years = [0, -1, 1].map(|n| feast.days(r.day.year() + n));
            let days = || years.into_iter().flatten();
            let best = match tense.way() {
                Tense::Past => days().filter(|d| d.0 <= r.day).max(),
                Tense::Future => days().filter(|d| d.1 >= r.day).min(),
                _ => {
                    days().min_by_key(|d| d.0.since(r.day).map_or(i32::MAX, |s| s.get_days().abs()))
                }
            };
            Some((When::days(best?, holidays::grain(best?)), r.from))
        });
        Some(known(found, "time.holiday", end))
    }

    fn pointed_holiday(&self, which: Which, feast: holidays::Feast, end: usize) -> (Point, usize) {
        let found = self.reference(Unit::Day).and_then(|r| {
            let years = [-1, 0, 1].map(|n| feast.days(r.day.year() + n));
            let mut days = years.into_iter().flatten();
            let days = match which {
                Which::Last | Which::Past => days.filter(|d| d.0 < r.day).max(),
                Which::This | Which::Same => days.find(|d| d.0.year() == r.day.year()),
                _ => days.find(|d| d.0 > r.day),
            };
            Some((When::days(days?, holidays::grain(days?)), r.from))
        });
        known(found, "time.holiday", end)
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

/// The days of a season; a winter is named after the year in which it begins.
pub(super) fn season_of(year: i16, season: Season) -> Option<calendar::Days> {
    let first = match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    };
    calendar::months(year, first, first + 2)
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
