//! Dates in the Extended Date/Time Format (ISO 8601-2), levels 0 and 1.

mod date;
mod parse;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use crate::text::written_as_text;
use crate::{Moment, ReadingError};
use date::{Date, Detail, Mark, Year};

/// A checked EDTF date: a year, month or day of the calendar, a season, or an interval of two.
///
/// `2020`, `2020-11`, `2020-11-05`; years before the year 1 (`0000`, `-0044`) and beyond four digits
/// (`Y170000002`); qualified with `?` (uncertain), `~` (about) or `%` (both); with digits left open
/// from the right (`202X`, `20XX`, `2020-XX`, `2020-11-XX`); a season (`2020-21` spring … `2020-24`
/// winter); `start/end`, where either side may be `..` (open: there is no bound) or empty (not known).
/// Times of day are no part of it: a [`Moment`] carries those.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edtf(Form);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form {
    One(Date),
    /// From one date to another; the first does not surely begin after the second ends.
    Between(Date, Date),
    /// From a date on.
    From(Date, Edge),
    /// Up to a date.
    To(Edge, Date),
}

/// The side of an interval that holds no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Edge {
    /// `..`: there is no bound.
    Open,
    /// Nothing: the bound is not known.
    Unknown,
}

/// A season by its name.
///
/// EDTF does not say which days it covers. Here it is the meteorological season of the northern
/// hemisphere; the winter of a year begins with its December and ends with the next February.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February of the next year.
    Winter,
}

impl Edtf {
    /// A year; written with `Y` where it has more than four digits.
    pub const fn year(year: i64) -> Self {
        Self::of(Year::told(year), Detail::Year)
    }

    /// One month of the calendar.
    pub fn month(year: i64, month: u8) -> Result<Self, ReadingError> {
        Self::checked(year, Detail::Month(month))
    }

    /// One day of the calendar.
    pub fn day(year: i64, month: u8, day: u8) -> Result<Self, ReadingError> {
        Self::checked(year, Detail::Day(month, day))
    }

    /// A season.
    pub fn season(year: i64, season: Season) -> Result<Self, ReadingError> {
        Self::checked(year, Detail::Season(season))
    }

    /// The ten years that share all digits but the last with this one, such as `198X`.
    pub fn decade(year: u16) -> Result<Self, ReadingError> {
        Self::open(year, 1)
    }

    /// The hundred years that share all digits but the last two with this one, such as `19XX`.
    pub fn century(year: u16) -> Result<Self, ReadingError> {
        Self::open(year, 2)
    }

    /// From the beginning of the one to the end of the other; refused if either is an interval, or
    /// if the first surely comes after the second.
    pub fn between(start: &Self, end: &Self) -> Result<Self, ReadingError> {
        let date = || ReadingError::Date(format!("{start}/{end}"));
        match (&start.0, &end.0) {
            (Form::One(one), Form::One(two)) if one.may_precede(two) => {
                Ok(Self(Form::Between(*one, *two)))
            }
            _ => Err(date()),
        }
    }

    /// From the beginning of a date on, without end (`2020/..`); refused if it is an interval.
    pub fn since(start: &Self) -> Result<Self, ReadingError> {
        match start.0 {
            Form::One(date) => Ok(Self(Form::From(date, Edge::Open))),
            _ => Err(ReadingError::Date(format!("{start}/.."))),
        }
    }

    /// Up to the end of a date, without beginning (`../2020`); refused if it is an interval.
    pub fn until(end: &Self) -> Result<Self, ReadingError> {
        match end.0 {
            Form::One(date) => Ok(Self(Form::To(Edge::Open, date))),
            _ => Err(ReadingError::Date(format!("../{end}"))),
        }
    }

    /// The same, marked with `~`: about that date. Of an interval, both its ends.
    #[must_use]
    pub fn approximate(self) -> Self {
        let about = |date: Date| Date {
            mark: date.mark.approximate(),
            ..date
        };
        Self(match self.0 {
            Form::One(date) => Form::One(about(date)),
            Form::Between(one, two) => Form::Between(about(one), about(two)),
            Form::From(date, edge) => Form::From(about(date), edge),
            Form::To(edge, date) => Form::To(edge, about(date)),
        })
    }

    /// Whether it leads from one date to another, or is open to a side.
    pub const fn is_interval(&self) -> bool {
        !matches!(self.0, Form::One(_))
    }

    /// The first day it can mean: digits left open are the smallest that a calendar has, and marks
    /// (`?`, `~`, `%`) move nothing. None where that side is open or not known, or lies outside the
    /// years that a [`Moment`] has.
    pub fn earliest(&self) -> Option<Moment> {
        match &self.0 {
            Form::One(date) | Form::Between(date, _) | Form::From(date, _) => {
                moment(date.first_day())
            }
            Form::To(..) => None,
        }
    }

    /// The last day it can mean, in the way of [`earliest`](Self::earliest).
    pub fn latest(&self) -> Option<Moment> {
        match &self.0 {
            Form::One(date) | Form::Between(_, date) | Form::To(_, date) => moment(date.last_day()),
            Form::From(..) => None,
        }
    }

    const fn of(year: Year, detail: Detail) -> Self {
        let mark = Mark::None;
        Self(Form::One(Date { year, detail, mark }))
    }

    fn checked(year: i64, detail: Detail) -> Result<Self, ReadingError> {
        let year = Year::told(year);
        if detail.is_in_calendar(year) {
            Ok(Self::of(year, detail))
        } else {
            Err(ReadingError::Date(Self::of(year, detail).to_string()))
        }
    }

    fn open(year: u16, digits: u8) -> Result<Self, ReadingError> {
        Year::open(i64::from(year), digits)
            .map(|year| Self::of(year, Detail::Year))
            .ok_or_else(|| ReadingError::Date(year.to_string()))
    }
}

fn moment((year, month, day): (i64, u8, u8)) -> Option<Moment> {
    Moment::day(year, month, day).ok()
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::One(date) => write!(f, "{date}"),
            Form::Between(start, end) => write!(f, "{start}/{end}"),
            Form::From(start, edge) => write!(f, "{start}/{edge}"),
            Form::To(edge, end) => write!(f, "{edge}/{end}"),
        }
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str(".."),
            Self::Unknown => Ok(()),
        }
    }
}

impl FromStr for Edtf {
    type Err = ReadingError;

    fn from_str(given: &str) -> Result<Self, ReadingError> {
        parse::form(given)
            .map(Self)
            .ok_or_else(|| ReadingError::Date(given.to_owned()))
    }
}

written_as_text!(Edtf, "^[-0-9XY?~%/.]+$");
