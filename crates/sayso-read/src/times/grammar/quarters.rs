//! Quarters and halves of a year, numbered weeks, weekdays and stretches of another date.

use sayso_reading::TimeFrom;

use super::super::calendar::{self, Unit, after, shift};
use super::super::tense::Tense;
use super::super::value::{Grain, When};
use super::super::words;
use super::points::known;
use super::settle::{Settled, nearer};
use super::{Grammar, Point};

type Read = Option<(Point, usize)>;

/// How a year may be cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Quarter,
    Half,
}

impl Cut {
    const fn months(self) -> i16 {
        match self {
            Self::Quarter => 3,
            Self::Half => 6,
        }
    }
}

impl Grammar<'_> {
    /// "the third quarter of 1998", "fiscal second-quarter", "this year's first quarter", "Q3 2019",
    /// "the first half of 1989", "the 1988 quarter", "the latest quarter".
    pub(super) fn quarter(&self, at: usize) -> Read {
        let start = self.past(at, &["the", "its", "their", "a"]);
        let start = self.past(start, &["flat"]);
        if let Some(read) = self.short_quarter(start) {
            return Some(read);
        }
        if let Some(read) = self.year_before(start) {
            return Some(read);
        }
        // a year may stand in front
        let (year, next) = match self.year_in_front(start) {
            Some((year, next)) => (Some(year), next),
            None => (None, start),
        };
        let next = self.past(next, &["fiscal", "comparable", "corresponding"]);
        let next = self.tokens.past_hyphen(next);
        if year.is_some() && self.is(next, &["quarter", "period"])
            || self.is(start, &["latest", "current", "corresponding", "comparable"])
        {
            return self.unnumbered(start, year, next);
        }
        let (number, cut, end) = self.numbered_cut(next)?;
        if let Some(year) = year {
            return Some(known(
                cut_of(year.0, number, cut).map(|w| (w, year.1)),
                "time.quarter",
                end,
            ));
        }
        // "the third quarter of 1990", "of last year"
        let of = self.past(end, &["of", "in", ","]);
        let behind = self
            .year(of)
            .or_else(|| if of > end { self.point(of) } else { None });
        if let Some((point, last)) = behind {
            let days = self.settle(point, Tense::Unsaid);
            if let Some(when) = days.when.filter(|w| w.grain == Grain::Year) {
                let found = when.first.and_then(|d| cut_of(d.year(), number, cut));
                return Some(known(found.map(|w| (w, days.from)), "time.quarter", last));
            }
        }
        let plain = cut == Cut::Quarter;
        let tense = self.tense(at, end);
        plain.then(|| known(self.bare_quarter(number, tense), "time.quarter", end))
    }

    /// "the year-earlier results", "a year-ago loss": the quarter of the year before, or that year.
    fn year_before(&self, at: usize) -> Read {
        let (_, next) = self.year_in_front(at).filter(|_| self.word(at) == "year")?;
        let noun = self.is(next, &["quarter", "period"]) || self.numbered_cut(next).is_some();
        let found = self.quarter_before(1).or_else(|| self.this(Unit::Year, -1));
        (!noun).then(|| known(found, "time.year_before_quarter", next))
    }

    /// The number of a quarter or half, and the place behind it: "third quarter", "first half".
    fn numbered_cut(&self, at: usize) -> Option<(i16, Cut, usize)> {
        if self.word(at) == "last" && self.word(at + 1) == "half" {
            return Some((2, Cut::Half, at + 2));
        }
        let (number, next) = self.ordinal(at)?;
        let next = self.tokens.past_hyphen(next);
        let (cut, most) = match self.word(next) {
            "quarter" => (Cut::Quarter, 4),
            "half" => (Cut::Half, 2),
            _ => return None,
        };
        let number = i16::try_from(number)
            .ok()
            .filter(|n| (1..=most).contains(n))?;
        Some((number, cut, next + 1))
    }

    /// The last quarter of that number that has begun, or the next one that has not ended.
    fn bare_quarter(&self, number: i16, tense: Tense) -> Option<(When, TimeFrom)> {
        let reference = self.reference(Unit::Month)?;
        let year = reference.day.year();
        let quarters = [-1, 0, 1].map(|n| cut_of(year + n, number, Cut::Quarter)?.both());
        let quarters = || quarters.into_iter().flatten();
        let before = quarters()
            .map(|q| q.0)
            .filter(|d| *d <= reference.day)
            .max();
        let after = quarters()
            .map(|q| q.1)
            .filter(|d| *d >= reference.day)
            .min();
        let best = nearer(reference.day, tense.or_past(), before, after)?;
        Some((When::unit(best, 0, Unit::Quarter)?, reference.from))
    }

    /// A year that stands before what it holds: "1988", "this year's", "next year's", "year-ago".
    fn year_in_front(&self, at: usize) -> Option<((i16, TimeFrom), usize)> {
        if let Some((number, 4)) = self.digits(at)
            && (1900..2100).contains(&number)
        {
            let next = self.past(at + 1, &["'s"]);
            return Some(((i16::try_from(number).ok()?, TimeFrom::Text), next));
        }
        if self.word(at) == "year"
            && self.is(at + 2, &["ago", "earlier"])
            && self.tokens.past_hyphen(at + 1) > at + 1
        {
            let reference = self.reference(Unit::Year)?;
            return Some(((reference.day.year() - 1, reference.from), at + 3));
        }
        let number = match self.word(at) {
            "this" => 0,
            "last" => -1,
            "next" => 1,
            _ => return None,
        };
        let owns = self.word(at + 1) == "year" && self.word(at + 2) == "'s";
        let (when, from) = owns.then(|| self.this(Unit::Year, number))??;
        Some(((when.first?.year(), from), at + 3))
    }

    /// A quarter without a number: that of another year, or the last one that has ended.
    fn unnumbered(&self, start: usize, year: Option<(i16, TimeFrom)>, next: usize) -> Read {
        let end = if self.is(next, &["quarter", "period"]) {
            next
        } else if self.is(start + 1, &["quarter", "period"]) && self.word(start) != "current" {
            start + 1
        } else {
            return None;
        };
        let (when, from) = self
            .quarter
            .map(|q| (q.when, q.from))
            .or_else(|| self.this(Unit::Quarter, -1))
            .unzip();
        let found = when.zip(from).and_then(|(when, from)| match year {
            None => Some((when, from)),
            Some((year, of)) => {
                let first = when.first?.with().year(year).build().ok()?;
                Some((
                    When::unit(first, 0, Unit::Quarter)?,
                    if of == TimeFrom::Text { from } else { of },
                ))
            }
        });
        Some(known(found, "time.the_quarter", end + 1))
    }

    /// "Q3 2019", "2019 Q1", "2019-H2".
    fn short_quarter(&self, at: usize) -> Read {
        let cut = |at: usize| {
            let cut = match self.word(at) {
                "q" => Cut::Quarter,
                "h" => Cut::Half,
                _ => return None,
            };
            let (number, 1) = self.digits(at + 1)? else {
                return None;
            };
            let most = 12 / cut.months();
            let number = i16::try_from(number)
                .ok()
                .filter(|n| (1..=most).contains(n))?;
            self.tokens.tight(at + 1).then_some((number, cut))
        };
        let (year, (number, cut), end) = if let Some(read) = cut(at) {
            let next = self.past(at + 2, &["of", "-", ","]);
            let (year, 4) = self.digits(next)? else {
                return None;
            };
            (year, read, next + 1)
        } else {
            let (year, 4) = self.digits(at)? else {
                return None;
            };
            let next = self.past(at + 1, &["-"]);
            (year, cut(next)?, next + 2)
        };
        let year = i16::try_from(year)
            .ok()
            .filter(|y| (1900..2100).contains(y))?;
        Some((
            Point::Known(Settled::told(cut_of(year, number, cut), "time.quarter")),
            end,
        ))
    }

    /// "week 31", "the first week of 2021", "the first Monday of September", "the last day of the month".
    pub(super) fn numbered(&self, at: usize) -> Read {
        let start = self.past(at, &["the"]);
        if self.word(start) == "week"
            && let Some((number, _)) = self.digits(start + 1)
        {
            return self.numbered_week(start + 2, number);
        }
        let (number, next) = if self.word(start) == "last" {
            (-1, start + 1)
        } else {
            self.ordinal(start)?
        };
        let weekday = self.weekday_name(next);
        let unit = words::unit(self.word(next)).filter(|u| !u.1).map(|u| u.0);
        if weekday.is_none()
            && !matches!(
                unit,
                Some(Unit::Week | Unit::Day | Unit::Weekend | Unit::Month)
            )
            || !self.is(next + 1, &["of", "in"])
        {
            return None;
        }
        let (point, end) = self.point(next + 2)?;
        let days = self.settle(point, self.tense(at, end));
        let found = days.when.and_then(|when| {
            let (first, last) = when.both()?;
            let found = match (weekday, unit?) {
                _ if first == last => None,
                (None, Unit::Week) if when.grain == Grain::Year && number > 0 => Some(When::days(
                    calendar::week(first.year(), number)?,
                    Grain::Stretch,
                )),
                (None, unit) if number > 0 => {
                    // weeks begin with the first Monday
                    let start = if unit == Unit::Week {
                        shift(first, 3, Unit::Day)?
                    } else {
                        first
                    };
                    When::unit(start, number - 1, unit)
                }
                (None, unit) => When::unit(last, 0, unit),
                _ => None,
            };
            found.filter(|w| w.first <= Some(last))
        });
        let found = found.or_else(|| {
            let (first, _) = days.when.filter(|w| w.grain == Grain::Month)?.both()?;
            let day = calendar::nth(
                first.year(),
                u8::try_from(first.month()).ok()?,
                weekday?,
                i8::try_from(number).ok()?,
            )?;
            Some(When::day(day))
        });
        Some(known(found.map(|w| (w, days.from)), "time.numbered", end))
    }

    fn numbered_week(&self, end: usize, number: i64) -> Read {
        let of = self.past(end, &["of", "in"]);
        if of > end
            && let Some((point, last)) = self.point(of)
        {
            let days = self.settle(point, Tense::Unsaid);
            if let Some(when) = days.when.filter(|w| w.grain == Grain::Year) {
                let week = calendar::week(when.first?.year(), number)?;
                return Some(known(
                    Some((When::days(week, Grain::Stretch), days.from)),
                    "time.numbered",
                    last,
                ));
            }
        }
        let found = self.reference(Unit::Year).and_then(|r| {
            let week = calendar::week(r.day.year(), number)?;
            Some((When::days(week, Grain::Stretch), r.from))
        });
        (1..=53)
            .contains(&number)
            .then(|| known(found, "time.numbered", end))
    }

    /// The same quarter a year before.
    pub(super) fn quarter_before(&self, years: i64) -> Option<(When, TimeFrom)> {
        let quarter = self.quarter?;
        let (first, last) = after(quarter.when.first?, -4 * years, Unit::Quarter)?;
        Some((When::days((first, last), Grain::Stretch), quarter.from))
    }
}

fn cut_of(year: i16, number: i16, cut: Cut) -> Option<When> {
    let size = cut.months();
    let last = number * size;
    Some(When::days(
        calendar::months(year, last - size + 1, last)?,
        Grain::Stretch,
    ))
}
