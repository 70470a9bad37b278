//! What an expression of time comes to.

use jiff::civil::Date;
use sayso_reading::{Duration, Edtf, Moment, Season, TimeFrom, TimeKind};

use super::calendar::{self, Days, Unit};

/// How a date is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    Day,
    Month,
    Season(Season),
    Year,
    Decade,
    Century,
    /// From one day to another.
    Stretch,
}

impl Grain {
    /// How a unit is told.
    pub(super) const fn of(unit: Unit) -> Self {
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day,
            Unit::Month => Self::Month,
            Unit::Year => Self::Year,
            Unit::Decade => Self::Decade,
            Unit::Century => Self::Century,
            Unit::Weekend | Unit::Week | Unit::Fortnight | Unit::Quarter | Unit::Millennium => {
                Self::Stretch
            }
        }
    }
}

/// The days, and minutes, that an expression comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct When {
    /// The first day; none where it is open to the past.
    pub first: Option<Date>,
    /// The last day; none where it is open to the future.
    pub last: Option<Date>,
    /// How it is told.
    pub grain: Grain,
    /// "about".
    pub about: bool,
    /// The part of it that is meant: "early March".
    pub part: Option<Days>,
    /// The times of day: minutes after midnight of the first, and of the last day.
    pub clock: Option<(i64, i64)>,
}

impl When {
    /// These days, told so.
    pub(super) const fn days((first, last): Days, grain: Grain) -> Self {
        Self {
            first: Some(first),
            last: Some(last),
            grain,
            about: false,
            part: None,
            clock: None,
        }
    }

    /// One day.
    pub(super) const fn day(date: Date) -> Self {
        Self::days((date, date), Grain::Day)
    }

    /// From one day to another.
    pub(super) const fn stretch(first: Date, last: Date) -> Self {
        Self::days((first, last), Grain::Stretch)
    }

    /// The unit that holds a day, or one after it.
    pub(super) fn unit(date: Date, number: i64, unit: Unit) -> Option<Self> {
        Some(Self::days(
            calendar::after(date, number, unit)?,
            Grain::of(unit),
        ))
    }

    /// A year.
    pub(super) fn year(year: i16) -> Option<Self> {
        Self::unit(calendar::day(year, 1, 1)?, 0, Unit::Year)
    }

    /// First and last day, where it is open to no side.
    pub(super) fn both(&self) -> Option<Days> {
        self.first.zip(self.last)
    }

    /// The day, where it is one.
    pub(super) fn one_day(&self) -> Option<Date> {
        self.both().filter(|(a, b)| a == b).map(|(a, _)| a)
    }

    /// The same days at these times of day.
    pub(super) const fn at(self, clock: (i64, i64)) -> Self {
        Self {
            clock: Some(clock),
            ..self
        }
    }

    /// The date.
    pub(super) fn edtf(&self) -> Option<Edtf> {
        let date = match (self.first, self.last) {
            (Some(first), Some(last)) => self.closed(first, last)?,
            (Some(first), None) => Edtf::since(&begins(first)?).ok()?,
            (None, Some(last)) => Edtf::until(&ends(last)?).ok()?,
            (None, None) => return None,
        };
        Some(if self.about { date.approximate() } else { date })
    }

    fn closed(&self, first: Date, last: Date) -> Option<Edtf> {
        let century = u16::try_from(first.year());
        match self.grain {
            Grain::Day => edtf_day(first),
            Grain::Month => edtf_month(first),
            Grain::Season(season) => Edtf::season(first.year().into(), season).ok(),
            Grain::Year => Some(Edtf::year(first.year().into())),
            Grain::Decade => Edtf::decade(century.ok()?).ok(),
            Grain::Century => Edtf::century(century.ok()?).ok(),
            Grain::Stretch if first == last => edtf_day(first),
            Grain::Stretch => {
                let (january, december) = (is_first(first), is_last(last));
                let whole = first.day() == 1 && last == last.last_of_month();
                let (start, end) = if january && december {
                    (
                        Edtf::year(first.year().into()),
                        Edtf::year(last.year().into()),
                    )
                } else if whole {
                    (edtf_month(first)?, edtf_month(last)?)
                } else {
                    (edtf_day(first)?, edtf_day(last)?)
                };
                if start == end {
                    return Some(start);
                }
                Edtf::between(&start, &end).ok()
            }
        }
    }

    /// The first day or minute it can mean.
    pub(super) fn earliest(&self) -> Option<Moment> {
        let first = self.part.map(|p| p.0).or(self.first)?;
        moment(first, self.clock.map(|c| c.0))
    }

    /// The last day or minute it can mean.
    pub(super) fn latest(&self) -> Option<Moment> {
        let last = self.part.map(|p| p.1).or(self.last)?;
        moment(last, self.clock.map(|c| c.1))
    }
}

fn is_first(date: Date) -> bool {
    (date.month(), date.day()) == (1, 1)
}

fn is_last(date: Date) -> bool {
    (date.month(), date.day()) == (12, 31)
}

/// The day that opens an interval; the year or month where it is its first day.
fn begins(first: Date) -> Option<Edtf> {
    match (is_first(first), first.day()) {
        (true, _) => Some(Edtf::year(first.year().into())),
        (_, 1) => edtf_month(first),
        _ => edtf_day(first),
    }
}

/// The day that closes an interval; the year or month where it is its last day.
fn ends(last: Date) -> Option<Edtf> {
    match (is_last(last), last == last.last_of_month()) {
        (true, _) => Some(Edtf::year(last.year().into())),
        (_, true) => edtf_month(last),
        _ => edtf_day(last),
    }
}

fn edtf_day(date: Date) -> Option<Edtf> {
    let (month, day) = small(date)?;
    Edtf::day(date.year().into(), month, day).ok()
}

fn edtf_month(date: Date) -> Option<Edtf> {
    Edtf::month(date.year().into(), small(date)?.0).ok()
}

fn small(date: Date) -> Option<(u8, u8)> {
    Some((
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
    ))
}

fn moment(date: Date, minutes: Option<i64>) -> Option<Moment> {
    let date = calendar::shift(date, minutes.unwrap_or(0).div_euclid(DAY), Unit::Day)?;
    let (month, day) = small(date)?;
    let day = Moment::day(date.year().into(), month, day).ok()?;
    let Some(minutes) = minutes else {
        return Some(day);
    };
    let minutes = minutes.rem_euclid(DAY);
    day.at(
        u8::try_from(minutes / 60).ok()?,
        u8::try_from(minutes % 60).ok()?,
    )
    .ok()
}

/// The minutes of a day.
const DAY: i64 = 24 * 60;

/// A length of time: numbers of units, `None` where the number is not said.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Length(pub Vec<(Option<f64>, Unit)>);

impl Length {
    /// So many of one unit.
    pub(super) fn of(number: f64, unit: Unit) -> Self {
        Self(vec![(Some(number), unit)])
    }

    /// Some of one unit.
    pub(super) fn some(unit: Unit) -> Self {
        Self(vec![(None, unit)])
    }

    /// As ISO 8601; larger units come first.
    pub(super) fn iso(&self) -> Option<Duration> {
        let (mut date, mut time) = (String::new(), String::new());
        let mut parts: Vec<_> = self.0.iter().collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.1));
        for (number, unit) in parts {
            let (letter, size, short) = unit.letter();
            let out = if short { &mut time } else { &mut date };
            match number {
                Some(number) => out.push_str(&(number * f64::from(size)).to_string()),
                None => out.push('X'),
            }
            out.push(letter);
        }
        let t = if time.is_empty() { "" } else { "T" };
        format!("P{date}{t}{time}").parse().ok()
    }

    /// The day so much later, or earlier; none where the numbers are not whole days.
    pub(super) fn from(&self, mut date: Date, back: bool) -> Option<Date> {
        for (number, unit) in &self.0 {
            let (mut number, mut unit) = ((*number)?, *unit);
            if number.fract() != 0.0 && unit == Unit::Year {
                (number, unit) = (number * 12.0, Unit::Month);
            }
            if number.fract() != 0.0 || number.abs() > 1e6 {
                return None;
            }
            let whole = number as i64;
            date = calendar::shift(date, if back { -whole } else { whole }, unit)?;
        }
        Some(date)
    }

    /// Its unit, where it has one.
    pub(super) fn unit(&self) -> Option<Unit> {
        match self.0.as_slice() {
            [(_, unit)] => Some(*unit),
            _ => None,
        }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    /// What it tells.
    pub kind: TimeKind,
    /// The days; none where it comes to none.
    pub when: Option<When>,
    /// Length or period.
    pub length: Option<Length>,
    /// What it was resolved against.
    pub from: TimeFrom,
    /// The rule that gave the value.
    pub rule: &'static str,
}
