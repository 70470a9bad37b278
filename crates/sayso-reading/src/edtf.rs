//! Dates in the Extended Date/Time Format (ISO 8601-2), levels 0 and 1.

use std::fmt;
use std::str::FromStr;

use crate::ReadingError;
use crate::text::written_as_text;

/// A checked EDTF date: a year, month or day of the calendar, a season, or an interval of two.
///
/// `2020`, `2020-11`, `2020-11-05`; qualified with `?` (uncertain), `~` (about) or `%` (both);
/// with digits left open from the right (`202X`, `20XX`, `2020-XX`, `2020-11-XX`); a season
/// (`2020-21` spring … `2020-24` winter); `start/end`, where either side may be `..` (open) or
/// empty (not known). Times of day are no part of it: a [`Moment`](crate::Moment) carries those.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edtf(String);

impl Edtf {
    /// One day of the calendar.
    pub fn day(year: u16, month: u8, day: u8) -> Result<Self, ReadingError> {
        format!("{year:04}-{month:02}-{day:02}").parse()
    }

    /// The date as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Edtf {
    type Err = ReadingError;

    fn from_str(given: &str) -> Result<Self, ReadingError> {
        if is_edtf(given) {
            Ok(Self(given.to_owned()))
        } else {
            Err(ReadingError::Date(given.to_owned()))
        }
    }
}

written_as_text!(Edtf, "^[-0-9X?~%/.]+$");

fn is_edtf(given: &str) -> bool {
    let Some((start, end)) = given.split_once('/') else {
        return Date::parse(given).is_some();
    };
    match (Side::parse(start), Side::parse(end)) {
        (Some(Side::Date(start)), Some(Side::Date(end))) => !start.is_after(&end),
        (Some(Side::Date(_)), Some(_)) | (Some(_), Some(Side::Date(_))) => true,
        _ => false,
    }
}

/// One side of an interval.
enum Side {
    Date(Date),
    Open,
}

impl Side {
    fn parse(given: &str) -> Option<Self> {
        if given.is_empty() || given == ".." {
            Some(Self::Open)
        } else {
            Date::parse(given).map(Self::Date)
        }
    }
}

/// The parts of a date that are fully told, largest first.
struct Date {
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
}

impl Date {
    fn parse(given: &str) -> Option<Self> {
        let plain = given.strip_suffix(['?', '~', '%']).unwrap_or(given);
        let (negative, plain) = plain
            .strip_prefix('-')
            .map_or((false, plain), |rest| (true, rest));
        let mut parts = plain.split('-');
        let year = Part::year(parts.next()?)?;
        let month = parts
            .next()
            .map(Part::two_digits)
            .map_or(Some(None), |part| part.map(Some))?;
        let day = parts
            .next()
            .map(Part::two_digits)
            .map_or(Some(None), |part| part.map(Some))?;
        if parts.next().is_some() {
            return None;
        }
        let (year_open, year) = (year == Part::Open, year.number());
        if month.is_some() && year_open && month != Some(Part::Open) {
            return None;
        }
        let date = Self {
            year: year.map(|year| {
                if negative {
                    -i32::from(year)
                } else {
                    i32::from(year)
                }
            }),
            month: month
                .and_then(Part::number)
                .and_then(|month| u8::try_from(month).ok()),
            day: day
                .and_then(Part::number)
                .and_then(|day| u8::try_from(day).ok()),
        };
        date.is_in_calendar(day.is_some()).then_some(date)
    }

    fn is_in_calendar(&self, has_day: bool) -> bool {
        match (self.month, self.day) {
            (None, None) => true,
            // A day told in a month left open.
            (None, Some(_)) => false,
            (Some(month), None) => {
                (1..=12).contains(&month) || ((21..=24).contains(&month) && !has_day)
            }
            (Some(month), Some(day)) => self
                .year
                .is_some_and(|year| (1..=days_of_month(year, month)).contains(&day)),
        }
    }

    /// Whether it surely comes after the other, as far as both are told.
    fn is_after(&self, other: &Self) -> bool {
        let season = |month: Option<u8>| month.filter(|month| *month <= 12);
        let years = self.year.zip(other.year);
        let months = season(self.month).zip(season(other.month));
        let days = self.day.zip(other.day);
        match (years, months, days) {
            (Some((one, two)), _, _) if one != two => one > two,
            (Some(_), Some((one, two)), _) if one != two => one > two,
            (Some(_), Some(_), Some((one, two))) => one > two,
            _ => false,
        }
    }
}

/// A part of a date: told, or with its last digits left open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Told(u16),
    Open,
}

impl Part {
    fn year(given: &str) -> Option<Self> {
        let (told, open) = given.split_at_checked(given.find('X').unwrap_or(given.len()))?;
        let right = given.len() == 4 && told.len() >= 2 && open.bytes().all(|byte| byte == b'X');
        Self::told_or_open(told, !open.is_empty()).filter(|_| right)
    }

    fn two_digits(given: &str) -> Option<Self> {
        match given {
            "XX" => Some(Self::Open),
            _ if given.len() == 2 => Self::told_or_open(given, false),
            _ => None,
        }
    }

    fn told_or_open(digits: &str, open: bool) -> Option<Self> {
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if open {
            Some(Self::Open)
        } else {
            digits.parse().ok().map(Self::Told)
        }
    }

    const fn number(self) -> Option<u16> {
        match self {
            Self::Told(number) => Some(number),
            Self::Open => None,
        }
    }
}

/// How many days a month has in the Gregorian calendar; none for a month that is none.
pub(crate) const fn days_of_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_levels_0_and_1_are_taken_as_written() {
        for given in [
            "2020",
            "2020-11",
            "2020-11-05",
            "2020-02-29",
            "2000-02-29",
            "-0043-03-15",
            "0000",
            "2020?",
            "2020-11~",
            "2020-11-05%",
            "202X",
            "20XX",
            "2020-XX",
            "2020-11-XX",
            "2020-XX-XX",
            "201X-XX",
            "2020-21",
            "2020-24~",
            "2020-11-01/2020-11-05",
            "2020/..",
            "../2020-11",
            "/2020",
            "2020-11/",
            "2020-11-05/2020-11",
            "2020-22/2020-23",
            "2023-11-15~/2024-01-15",
        ] {
            assert_eq!(
                given.parse::<Edtf>().map(|date| date.to_string()),
                Ok(given.to_owned())
            );
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for given in [
            "",
            "20",
            "20201",
            "2020-13",
            "2020-00",
            "2020-1",
            "2020-02-30",
            "2021-02-29",
            "1900-02-29",
            "2020-11-31",
            "2020-11-00",
            "2020-11-5",
            "2020-11-05-01",
            "XXXX",
            "2XXX",
            "X020",
            "20X0",
            "202X-11",
            "2020-XX-05",
            "2020-1X",
            "2020-25",
            "2020-21-01",
            "2020-21-XX",
            "2020-11-05/2020-11-01",
            "2021/2020",
            "..",
            "/",
            "../..",
            "a/b",
            "2020/2021/2022",
            "2020-11-05T18:00",
            "+2020",
            "2020??",
            "２０２０",
            "2020-é1",
            "2020-12/2020-11",
        ] {
            assert_eq!(
                given.parse::<Edtf>(),
                Err(ReadingError::Date(given.to_owned())),
                "{given}"
            );
        }
    }

    #[test]
    fn a_day_is_made_from_its_numbers() {
        assert_eq!(
            Edtf::day(2020, 3, 9).map(|date| date.to_string()),
            Ok("2020-03-09".to_owned())
        );
        assert!(Edtf::day(2019, 2, 29).is_err());
    }
}
