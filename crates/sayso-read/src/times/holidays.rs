//! Holidays whose days the calendar tells.

use jiff::civil::{Date, Weekday};

use super::calendar::{self, Days, Unit, day, easter, nth, shift};
use super::value::Grain;
use crate::numbers::Tokens;

/// A holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    /// The same day of every year.
    Fixed(u8, u8),
    /// A weekday of a month, counted from its end if negative, and days behind it.
    Nth(u8, Weekday, i8, i64),
    /// Days behind Easter.
    Easter(i64),
    /// The week from that many days behind Easter.
    EasterWeek,
}

impl Feast {
    /// Its days in a year.
    pub(super) fn days(self, year: i16) -> Option<Days> {
        let one = |date: Date| (date, date);
        match self {
            Self::Fixed(month, number) => day(year, month, number).map(one),
            Self::Nth(month, weekday, number, days) => {
                shift(nth(year, month, weekday, number)?, days, Unit::Day).map(one)
            }
            Self::Easter(days) => shift(easter(year)?, days, Unit::Day).map(one),
            Self::EasterWeek => {
                let monday = calendar::holding(easter(year)?, Unit::Week)?.0;
                Some((monday, shift(monday, 6, Unit::Day)?))
            }
        }
    }
}

/// How the days of a holiday are told.
pub(super) fn grain(days: Days) -> Grain {
    if days.0 == days.1 {
        Grain::Day
    } else {
        Grain::Stretch
    }
}

/// The holiday that begins with a token, and the place behind it.
pub(super) fn at(tokens: &Tokens, at: usize) -> Option<(Feast, usize)> {
    let word = |n: usize| tokens.lower(at + n);
    let of_day = |feast, length: usize| {
        let day = matches!(tokens.lower(at + length), "day");
        Some((feast, at + length + usize::from(day)))
    };
    let possessive = usize::from(word(2) == "'s");
    match (word(0), word(1)) {
        ("christmas" | "xmas", "eve") => Some((Feast::Fixed(12, 24), at + 2)),
        ("christmas" | "xmas", _) => of_day(Feast::Fixed(12, 25), 1),
        ("boxing", "day") => Some((Feast::Fixed(12, 26), at + 2)),
        ("new", "year" | "years") => match tokens.lower(at + 2 + possessive) {
            "day" => Some((Feast::Fixed(1, 1), at + 3 + possessive)),
            "eve" => Some((Feast::Fixed(12, 31), at + 3 + possessive)),
            _ => None,
        },
        ("easter", "monday") => Some((Feast::Easter(1), at + 2)),
        ("easter", "week") => Some((Feast::EasterWeek, at + 2)),
        ("easter", "sunday") => Some((Feast::Easter(0), at + 2)),
        ("easter", _) => Some((Feast::Easter(0), at + 1)),
        ("good", "friday") => Some((Feast::Easter(-2), at + 2)),
        ("ash", "wednesday") => Some((Feast::Easter(-46), at + 2)),
        ("palm", "sunday") => Some((Feast::Easter(-7), at + 2)),
        ("thanksgiving", _) => of_day(Feast::Nth(11, Weekday::Thursday, 4, 0), 1),
        ("black", "friday") => Some((Feast::Nth(11, Weekday::Thursday, 4, 1), at + 2)),
        ("labor", "day") => Some((Feast::Nth(9, Weekday::Monday, 1, 0), at + 2)),
        ("memorial", "day") => Some((Feast::Nth(5, Weekday::Monday, -1, 0), at + 2)),
        ("election", "day") => Some((Feast::Nth(11, Weekday::Monday, 1, 1), at + 2)),
        ("independence", "day") => Some((Feast::Fixed(7, 4), at + 2)),
        ("earth", "day") => Some((Feast::Fixed(4, 22), at + 2)),
        ("halloween", _) => Some((Feast::Fixed(10, 31), at + 1)),
        ("valentine", "'s") => of_day(Feast::Fixed(2, 14), 2),
        ("st" | "saint", "patrick") => of_day(Feast::Fixed(3, 17), 2 + possessive),
        ("bastille", "day") => Some((Feast::Fixed(7, 14), at + 2)),
        _ => None,
    }
}
