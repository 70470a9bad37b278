//! Days, and the units that hold them.

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday.
    Week,
    Fortnight,
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// The letter of an ISO 8601 duration, how many of that letter one is, and whether it stands behind `T`.
    pub(super) const fn letter(self) -> (char, u32, bool) {
        match self {
            Self::Second => ('S', 1, true),
            Self::Minute => ('M', 1, true),
            Self::Hour => ('H', 1, true),
            Self::Day => ('D', 1, false),
            Self::Weekend => ('D', 2, false),
            Self::Week => ('W', 1, false),
            Self::Fortnight => ('W', 2, false),
            Self::Month => ('M', 1, false),
            Self::Quarter => ('M', 3, false),
            Self::Year => ('Y', 1, false),
            Self::Decade => ('Y', 10, false),
            Self::Century => ('Y', 100, false),
            Self::Millennium => ('Y', 1000, false),
        }
    }

    /// Whether it is shorter than a day.
    pub(super) const fn is_short(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }
}

/// First and last day.
pub(super) type Days = (Date, Date);

/// A day of the calendar.
pub(super) fn day(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The first and the last day of a month.
pub(super) fn month(year: i16, month: u8) -> Option<Days> {
    let first = day(year, month, 1)?;
    Some((first, first.last_of_month()))
}

/// From the first day of one month to the last of another, months counted from January of the year.
pub(super) fn months(year: i16, first: i16, last: i16) -> Option<Days> {
    let at = |n: i16| {
        let place = n - 1;
        month(
            year.checked_add(place.div_euclid(12))?,
            u8::try_from(place.rem_euclid(12) + 1).ok()?,
        )
    };
    Some((at(first)?.0, at(last)?.1))
}

/// The day so many units later, earlier if negative; the last of its month where there is no such day.
pub(super) fn shift(from: Date, number: i64, unit: Unit) -> Option<Date> {
    let span = match unit.letter() {
        (_, _, true) => return None,
        ('D', size, _) => Span::new().try_days(number.checked_mul(size.into())?),
        ('W', size, _) => Span::new().try_weeks(number.checked_mul(size.into())?),
        ('M', size, _) => Span::new().try_months(number.checked_mul(size.into())?),
        (_, size, _) => Span::new().try_years(number.checked_mul(size.into())?),
    };
    from.checked_add(span.ok()?).ok()
}

/// How many days after Monday a weekday stands.
pub(super) fn place(weekday: Weekday) -> i64 {
    weekday.to_monday_zero_offset().into()
}

/// The days of the unit that holds a day.
pub(super) fn holding(date: Date, unit: Unit) -> Option<Days> {
    let monday = || shift(date, -place(date.weekday()), Unit::Day);
    let year = date.year();
    let years = |size: i16| {
        let first = year - year.rem_euclid(size);
        Some((day(first, 1, 1)?, day(first + (size - 1), 12, 31)?))
    };
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Some((date, date)),
        Unit::Week => Some((monday()?, shift(monday()?, 6, Unit::Day)?)),
        Unit::Fortnight => Some((monday()?, shift(monday()?, 13, Unit::Day)?)),
        Unit::Weekend => {
            let saturday = shift(monday()?, 5, Unit::Day)?;
            Some((saturday, shift(saturday, 1, Unit::Day)?))
        }
        Unit::Month => Some((date.first_of_month(), date.last_of_month())),
        Unit::Quarter => {
            let first = (i16::from(date.month()) - 1) / 3 * 3 + 1;
            months(year, first, first + 2)
        }
        Unit::Year => years(1),
        Unit::Decade => years(10),
        Unit::Century => years(100),
        Unit::Millennium => years(1000),
    }
}

/// The unit so many after the one that holds a day.
pub(super) fn after(date: Date, number: i64, unit: Unit) -> Option<Days> {
    let (first, _) = holding(date, unit)?;
    let step = if unit == Unit::Weekend {
        Unit::Week
    } else {
        unit
    };
    holding(shift(first, number, step)?, unit)
}

/// The weekday of the week so many after the one that holds a day.
pub(super) fn weekday_of(date: Date, weekday: Weekday, weeks: i64) -> Option<Date> {
    let (monday, _) = after(date, weeks, Unit::Week)?;
    shift(monday, place(weekday), Unit::Day)
}

/// The weekday number `number` of a month, counted from its end if negative.
pub(super) fn nth(year: i16, month: u8, weekday: Weekday, number: i8) -> Option<Date> {
    day(year, month, 1)?
        .nth_weekday_of_month(number, weekday)
        .ok()
}

/// The Monday of a numbered week of a year (ISO 8601).
pub(super) fn week(year: i16, number: i64) -> Option<Days> {
    let (monday, _) = holding(day(year, 1, 4)?, Unit::Week)?;
    let days = holding(shift(monday, number - 1, Unit::Week)?, Unit::Week)?;
    let thursday = shift(days.0, 3, Unit::Day)?;
    (number >= 1 && thursday.year() == year).then_some(days)
}

/// Easter Sunday of the western churches, by the anonymous Gregorian computus.
pub(super) fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (golden, century, rest) = (year_number % 19, year_number / 100, year_number % 100);
    let lunar = century - century / 4 - (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + lunar + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let place = moon + weekday - 7 * late + 114;
    day(
        year,
        u8::try_from(place / 31).ok()?,
        u8::try_from(place % 31 + 1).ok()?,
    )
}
