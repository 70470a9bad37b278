//! Dates as pages write them become EDTF days. The day stands as written: no time zone shifts it.

use jiff::Timestamp;
use jiff::tz::Offset;
use sayso_reading::Edtf;

/// Why a date cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateTrouble {
    /// It is no date.
    Unreadable,
    /// Day and month could be either way round.
    Ambiguous,
}

impl DateTrouble {
    /// A note about a date that was left out.
    pub(crate) fn note(self, what: &str, written: &str) -> String {
        let written: String = written.trim().chars().take(60).collect();
        match self {
            Self::Unreadable => {
                format!("{what} “{written}” is no date that can be read and was left out")
            }
            Self::Ambiguous => format!(
                "{what} “{written}” can be read as two days and was left out; write it as 2020-12-04"
            ),
        }
    }
}

/// The day that is written; a month or year where no more is written.
pub(crate) fn edtf(written: &str) -> Result<Edtf, DateTrouble> {
    let written = written.trim();
    if let Ok(exact) = written.parse::<Edtf>() {
        return Ok(exact);
    }
    match numbers_first(written) {
        Some(result) => result,
        None => named_month(written),
    }
}

/// Dates in numbers: year first, compact, day first, or seconds since 1970.
fn numbers_first(written: &str) -> Option<Result<Edtf, DateTrouble>> {
    let end = written
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(written.len());
    let (digits, rest) = written.split_at_checked(end)?;
    let separator = rest.chars().next();
    match (digits.len(), separator) {
        (8, None | Some('T' | ' ')) => {
            let (year, day) = digits.split_at_checked(4)?;
            let (month, day) = day.split_at_checked(2)?;
            Some(day_of(number(year)?, number(month)?, number(day)?))
        }
        (10 | 13, None) => Some(from_timestamp(digits)),
        (4, Some(separator @ ('-' | '/' | '.'))) => {
            let (month, rest) = part_after(rest, separator)?;
            let (day, _) = part_after(rest, separator)?;
            Some(day_of(number(digits)?, month, day))
        }
        (1 | 2, Some(separator @ ('.' | '/' | '-'))) => {
            let (second, rest) = part_after(rest, separator)?;
            let (year, _) = part_after(rest, separator)?;
            Some(day_and_month(number(digits)?, second, year, separator))
        }
        _ => None,
    }
}

/// The number behind a separator, and what follows it.
fn part_after(text: &str, separator: char) -> Option<(u16, &str)> {
    let text = text.strip_prefix(separator)?.trim_start();
    let end = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((number(digits)?, rest))
}

fn number(digits: &str) -> Option<u16> {
    digits.parse().ok()
}

/// Day and month in either order. With points the day comes first; else only numbers beyond 12 or
/// two equal ones tell.
fn day_and_month(first: u16, second: u16, year: u16, separator: char) -> Result<Edtf, DateTrouble> {
    if year < 1000 {
        return Err(DateTrouble::Unreadable);
    }
    match (first, second) {
        _ if separator == '.' || first > 12 || first == second => day_of(year, second, first),
        _ if second > 12 => day_of(year, first, second),
        _ => Err(DateTrouble::Ambiguous),
    }
}

fn from_timestamp(digits: &str) -> Result<Edtf, DateTrouble> {
    let number: i64 = digits.parse().map_err(|_| DateTrouble::Unreadable)?;
    let seconds = if digits.len() == 13 {
        number / 1000
    } else {
        number
    };
    let moment = Timestamp::from_second(seconds).map_err(|_| DateTrouble::Unreadable)?;
    let date = Offset::UTC.to_datetime(moment).date();
    let part = |part: i8| u16::try_from(part).unwrap_or_default();
    let year = u16::try_from(date.year()).map_err(|_| DateTrouble::Unreadable)?;
    day_of(year, part(date.month()), part(date.day()))
}

/// Dates with the month in words, in any order of day, month and year.
fn named_month(written: &str) -> Result<Edtf, DateTrouble> {
    let words: Vec<&str> = written
        .split(|character: char| !character.is_alphanumeric() && character != ':')
        .filter(|word| !word.is_empty())
        .collect();
    let at = words.iter().position(|word| month_named(word).is_some());
    let month = at.and_then(|at| words.get(at).and_then(|word| month_named(word)));
    let (Some(at), Some(month)) = (at, month) else {
        return Err(DateTrouble::Unreadable);
    };
    let year = words
        .iter()
        .filter(|word| word.len() == 4)
        .find_map(|word| number(word));
    let Some(year) = year.filter(|year| *year >= 1000) else {
        return Err(DateTrouble::Unreadable);
    };
    let day_at = |at: Option<usize>| {
        at.and_then(|at| words.get(at))
            .and_then(|word| day_number(word))
    };
    match day_at(at.checked_sub(1)).or_else(|| day_at(at.checked_add(1))) {
        Some(day) => day_of(year, month, day),
        None => format!("{year:04}-{month:02}")
            .parse()
            .map_err(|_| DateTrouble::Unreadable),
    }
}

/// `4`, `04`, `4th`.
fn day_number(word: &str) -> Option<u16> {
    let digits = word.trim_end_matches(|character: char| character.is_ascii_alphabetic());
    let ending = word.get(digits.len()..)?;
    let ordinal = ["", "st", "nd", "rd", "th"]
        .iter()
        .any(|end| ending.eq_ignore_ascii_case(end));
    if ordinal && digits.len() <= 2 {
        number(digits)
    } else {
        None
    }
}

/// Whether a word names a month, in full or short.
pub(crate) fn is_month(word: &str) -> bool {
    month_named(word.trim_end_matches(['.', ','])).is_some()
}

fn month_named(word: &str) -> Option<u16> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    let short = |month: &str| word.len() >= 3 && month.starts_with(&word) && word.len() <= 4;
    let at = MONTHS
        .iter()
        .position(|month| *month == word || short(month))?;
    u16::try_from(at + 1).ok()
}

fn day_of(year: u16, month: u16, day: u16) -> Result<Edtf, DateTrouble> {
    let small = |part: u16| u8::try_from(part).map_err(|_| DateTrouble::Unreadable);
    Edtf::day(year.into(), small(month)?, small(day)?).map_err(|_| DateTrouble::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_written() {
        for (written, day) in [
            ("2020-12-04", "2020-12-04"),
            ("2020-12-04T23:30:00-08:00", "2020-12-04"),
            ("2020-12-04 10:00", "2020-12-04"),
            ("2020/12/4", "2020-12-04"),
            ("20201204", "2020-12-04"),
            ("20201204T101500Z", "2020-12-04"),
            ("2020-12", "2020-12"),
            ("2020", "2020"),
            ("1607040000", "2020-12-04"),
            ("1607040000000", "2020-12-04"),
            ("4.12.2020", "2020-12-04"),
            ("24/12/2020", "2020-12-24"),
            ("12/24/2020", "2020-12-24"),
            ("12/12/2020", "2020-12-12"),
            ("Dec 4, 2020", "2020-12-04"),
            ("Sept. 4, 2020 10:30 AM EDT", "2020-09-04"),
            ("Fri, 04 Dec 2020 10:00:00 GMT", "2020-12-04"),
            ("Friday, December 4th, 2020", "2020-12-04"),
            ("4 December 2020", "2020-12-04"),
            ("December 2020", "2020-12"),
            ("Published on May 14 2021 at 18:20", "2021-05-14"),
        ] {
            assert_eq!(
                edtf(written).map(|date| date.to_string()),
                Ok(day.to_owned()),
                "{written}"
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        assert_eq!(edtf("04/12/2020"), Err(DateTrouble::Ambiguous));
        for written in [
            "",
            "yesterday",
            "2020-13-01",
            "31 February 2020",
            "12:30",
            "1/2",
            "May",
            "٤",
            "4.12.20",
        ] {
            assert_eq!(edtf(written), Err(DateTrouble::Unreadable), "{written}");
        }
        assert_eq!(
            DateTrouble::Ambiguous.note("the date", "04/12/2020"),
            "the date “04/12/2020” can be read as two days and was left out; write it as 2020-12-04"
        );
    }
}
