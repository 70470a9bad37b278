//! One date: year, what is told beyond the year, and how sure it is.

use std::fmt;

use super::Season;
use crate::calendar::days_of_month;

/// One date of an EDTF value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Date {
    pub(super) year: Year,
    /// In the calendar of the year, if the year is told; nothing told if it is not.
    pub(super) detail: Detail,
    pub(super) mark: Mark,
}

/// A year, its last digits left open or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Year {
    /// With a zero for every open digit.
    number: i64,
    /// How many digits are open; at most two.
    open: u8,
}

/// What is told beyond the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Detail {
    Year,
    /// Some month: `2020-XX`.
    SomeMonth,
    /// Some day of some month: `2020-XX-XX`.
    SomeMonthAndDay,
    Season(Season),
    Month(u8),
    /// Some day of a month: `2020-11-XX`.
    SomeDay(u8),
    Day(u8, u8),
}

/// How sure a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    None,
    /// `?`
    Uncertain,
    /// `~`
    Approximate,
    /// `%`
    Both,
}

impl Year {
    pub(super) const fn told(number: i64) -> Self {
        Self { number, open: 0 }
    }

    /// A year with its last digits open; none where that is no year of four digits with two told.
    pub(super) fn open(number: i64, digits: u8) -> Option<Self> {
        let size = Self::size(digits);
        let number = number - number % size;
        (digits <= 2 && (-9999..=9999).contains(&number)).then_some(Self {
            number,
            open: digits,
        })
    }

    pub(super) const fn is_open(self) -> bool {
        self.open > 0
    }

    const fn size(digits: u8) -> i64 {
        match digits {
            0 => 1,
            1 => 10,
            _ => 100,
        }
    }

    const fn first(self) -> i64 {
        if self.number < 0 {
            self.number.saturating_sub(Self::size(self.open) - 1)
        } else {
            self.number
        }
    }

    const fn last(self) -> i64 {
        if self.number < 0 {
            self.number
        } else {
            self.number.saturating_add(Self::size(self.open) - 1)
        }
    }
}

impl Season {
    const ALL: [Self; 4] = [Self::Spring, Self::Summer, Self::Autumn, Self::Winter];

    pub(super) fn of_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.number() == number)
    }

    const fn number(self) -> u8 {
        match self {
            Self::Spring => 21,
            Self::Summer => 22,
            Self::Autumn => 23,
            Self::Winter => 24,
        }
    }

    const fn first_month(self) -> u8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }

    /// The last month, and how many years after the first one it lies.
    const fn last_month(self) -> (i64, u8) {
        match self {
            Self::Spring => (0, 5),
            Self::Summer => (0, 8),
            Self::Autumn => (0, 11),
            Self::Winter => (1, 2),
        }
    }
}

impl Detail {
    /// Whether the calendar of that year has it, and the year is told as far as it must be.
    pub(super) fn is_in_calendar(self, year: Year) -> bool {
        let short = (-9999..=9999).contains(&year.number);
        match self {
            Self::Year => true,
            Self::SomeMonth | Self::SomeMonthAndDay => short,
            _ if year.is_open() || !short => false,
            Self::Season(_) => true,
            Self::Month(month) | Self::SomeDay(month) => (1..=12).contains(&month),
            Self::Day(month, day) => (1..=days_of_month(year.number, month)).contains(&day),
        }
    }
}

impl Mark {
    pub(super) const fn approximate(self) -> Self {
        match self {
            Self::None | Self::Approximate => Self::Approximate,
            Self::Uncertain | Self::Both => Self::Both,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Uncertain => "?",
            Self::Approximate => "~",
            Self::Both => "%",
        }
    }
}

impl Date {
    /// The first day it can mean: year, month, day.
    pub(super) const fn first_day(&self) -> (i64, u8, u8) {
        let year = self.year.first();
        match self.detail {
            Detail::Year | Detail::SomeMonth | Detail::SomeMonthAndDay => (year, 1, 1),
            Detail::Season(season) => (year, season.first_month(), 1),
            Detail::Month(month) | Detail::SomeDay(month) => (year, month, 1),
            Detail::Day(month, day) => (year, month, day),
        }
    }

    /// The last day it can mean.
    pub(super) const fn last_day(&self) -> (i64, u8, u8) {
        let year = self.year.last();
        match self.detail {
            Detail::Year | Detail::SomeMonth | Detail::SomeMonthAndDay => (year, 12, 31),
            Detail::Season(season) => {
                let (later, month) = season.last_month();
                let year = year.saturating_add(later);
                (year, month, days_of_month(year, month))
            }
            Detail::Month(month) | Detail::SomeDay(month) => {
                (year, month, days_of_month(year, month))
            }
            Detail::Day(month, day) => (year, month, day),
        }
    }

    /// Whether an interval may lead from it to the other: it does not surely begin after its end.
    pub(super) fn may_precede(&self, end: &Self) -> bool {
        self.first_day() <= end.last_day()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.year)?;
        match self.detail {
            Detail::Year => Ok(()),
            Detail::SomeMonth => f.write_str("-XX"),
            Detail::SomeMonthAndDay => f.write_str("-XX-XX"),
            Detail::Season(season) => write!(f, "-{}", season.number()),
            Detail::Month(month) => write!(f, "-{month:02}"),
            Detail::SomeDay(month) => write!(f, "-{month:02}-XX"),
            Detail::Day(month, day) => write!(f, "-{month:02}-{day:02}"),
        }?;
        f.write_str(self.mark.as_str())
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.number < 0 { "-" } else { "" };
        let number = self.number.unsigned_abs();
        match self.open {
            0 if number > 9999 => write!(f, "Y{}", self.number),
            0 => write!(f, "{sign}{number:04}"),
            1 => write!(f, "{sign}{:03}X", number / 10),
            _ => write!(f, "{sign}{:02}XX", number / 100),
        }
    }
}
