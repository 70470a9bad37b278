//! Dates with the name of a month or weekday, years, decades, centuries.

use jiff::civil::Weekday;

use super::super::calendar::{Unit, day, holding};
use super::super::value::{Grain, When};
use super::super::words;
use super::numeric::{of, small, year_of};
use super::settle::Settled;
use super::{Cal, Grammar, Point};
use crate::numbers::{Kind, number_at};

/// Words that a year follows.
const YEAR_BEHIND: &[&str] = &[
    "in", "since", "of", "until", "till", "by", "from", "between", "during", "early", "late",
    "mid", "year", "circa", "after", "before", "than", "through", "=", "around",
];
/// Words and signs that a number follows.
const NO_YEAR_BEHIND: &[&str] = &[
    "$",
    "£",
    "€",
    "#",
    "no",
    "+",
    "flight",
    "room",
    "resolution",
    "area",
];
/// What is counted, though some of it is not in the plural.
const COUNTED: &[&str] = &[
    "people", "percent", "men", "women", "million", "miles", "gmt", "hours", "troops", "points",
    "pieces",
];
/// Words that end like a plural and follow a year.
const OF_A_YEAR: &[&str] = &[
    "was",
    "is",
    "has",
    "as",
    "'s",
    "elections",
    "sales",
    "earnings",
    "results",
    "olympics",
    "protests",
    "talks",
];

impl Grammar<'_> {
    /// A date of the calendar: "Friday, Nov. 5, 2020", "5 November", "Tuesday", "2020-11-05".
    pub(super) fn cal(&self, at: usize) -> Option<(Cal, usize)> {
        let Some(weekday) = self.weekday_name(at) else {
            return self.month_and_day(at).or_else(|| self.numeric(at));
        };
        let behind = match self.word(at).len() {
            ..=5 => self.past_stop(at + 1),
            _ => at + 1,
        };
        let next = self.past(behind, &[",", "-"]);
        let day = self.past(next, &["the"]);
        let date = self
            .month_and_day(day)
            .filter(|(cal, _)| cal.day.is_some())
            .or_else(|| self.numeric(next))
            .or_else(|| self.numeric_short(next))
            .or_else(|| {
                let (number, end) = self.ordinal(day)?;
                let cal = of(None, None, Some(small(number, 31)?));
                (day > next).then_some((cal, end))
            });
        let weekday = Some(weekday);
        let alone = Cal {
            weekday,
            ..Cal::default()
        };
        Some(date.map_or((alone, at + 1), |(cal, end)| (Cal { weekday, ..cal }, end)))
    }

    /// A weekday that is no name of something else.
    pub(super) fn weekday_name(&self, at: usize) -> Option<Weekday> {
        let word = self.word(at);
        let weekday = words::weekday(word)?;
        let short = matches!(word, "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun");
        if short && !self.is_capital(at) {
            return None;
        }
        // "the Sunday Times", "the Sun", "Good Friday", "Bloody Sunday"
        let paper = matches!(
            self.word(at + 1),
            "times"
                | "telegraph"
                | "mirror"
                | "express"
                | "mail"
                | "herald"
                | "post"
                | "world"
                | "tribune"
                | "night"
        ) && self.is_capital(at + 1);
        let feast = matches!(
            self.tokens.back(at, 1),
            "good"
                | "bloody"
                | "black"
                | "super"
                | "palm"
                | "ash"
                | "cyber"
                | "fat"
                | "holy"
                | "giving"
        );
        // "Sun Microsystems" is no day; "Sun." and "Mon, Wed" are
        let marked = self.is(at + 1, &[".", ",", "-", ";"])
            || self.is(at.wrapping_sub(1), &["on", "week", "next", "last", "this"])
            || self.tokens.is(at + 1, Kind::Digits)
            || words::month(self.word(at + 1)).is_some();
        let name = short && (!marked || word == "sun" && self.word(at + 1) == ",");
        (!paper && !feast && !name).then_some(weekday)
    }

    /// A month by name with its day, its year, both or alone.
    fn month_and_day(&self, at: usize) -> Option<(Cal, usize)> {
        if let Some(month) = self.month_name(at) {
            return self.month_first(at, month);
        }
        let (day, next) = self.day_number(at)?;
        let next = self.past(next, &["of", "-", "/"]);
        let month = words::month(self.word(next))?;
        if self.word(next) == "may" && !self.is_capital(next) {
            return None;
        }
        let behind = self.past_stop_of_month(next);
        let (year, end) = self
            .year_behind(behind)
            .map_or((None, behind), |(y, end)| (Some(y), end));
        Some((of(year, Some(month), Some(day)), end))
    }

    fn month_first(&self, at: usize, month: u8) -> Option<(Cal, usize)> {
        let behind = self.past_stop_of_month(at);
        let joined = self.past(behind, &["-", "/"]);
        let day = self.past(joined, &["the"]);
        if let Some((year, next)) = self.year_in_words(behind) {
            return Some((of(Some(year), Some(month), None), next));
        }
        if let Some((day, next)) = self.day_number(day).filter(|d| !self.is_clock_behind(d.1)) {
            let (year, end) = self
                .year_behind(next)
                .map_or((None, next), |(y, end)| (Some(y), end));
            return Some((of(year, Some(month), Some(day)), end));
        }
        // "September-2020-23"
        if let Some((year, next)) = self.year_behind(behind) {
            let cal = of(Some(year), Some(month), None);
            return Some((cal, next));
        }
        let sure = !words::is_doubtful_month(self.word(at)) || self.is_surely_month(at, behind);
        sure.then_some((of(None, Some(month), None), behind))
    }

    /// The name of a month with the capital letter that doubtful ones need.
    fn month_name(&self, at: usize) -> Option<u8> {
        let word = self.word(at);
        let month = words::month(word)?;
        if self.tokens.tight(at) && self.is(at.wrapping_sub(1), &["$", "@", "#"]) {
            return None;
        }
        let doubtful = matches!(
            word,
            "may" | "march" | "mar" | "jan" | "dec" | "sep" | "jun"
        );
        let numbered = || self.digits(self.past_stop(at + 1)).is_some();
        (self.is_capital(at) || !doubtful || word != "may" && numbered()).then_some(month)
    }

    /// Whether words around a doubtful month say that it is one.
    fn is_surely_month(&self, at: usize, behind: usize) -> bool {
        let before = self.tokens.back(at, 1);
        let led = matches!(
            before,
            "in" | "of"
                | "since"
                | "until"
                | "till"
                | "by"
                | "from"
                | "through"
                | "between"
                | "during"
                | "early"
                | "late"
                | "mid"
                | "last"
                | "next"
                | "this"
                | "each"
                | "every"
                | "before"
                | "after"
                | "to"
                | "for"
                | "the"
                | "coming"
                | "past"
                | "-"
                | "–"
                | "following"
                | "same"
                | "previous"
        );
        let after_month = matches!(
            before,
            "and" | "or" | "," | "/" | "to" | "-" | "–" | "until"
        ) && at >= 2
            && words::month(self.tokens.back(at, 2)).is_some();
        // "May said", "June Smith", "a March on the capital"
        let to_month = self.is(behind, &["-", "–", "to", "through"])
            && words::month(self.word(behind + 1)).is_some();
        if to_month {
            return true;
        }
        let noun_behind = !self.is_capital(behind) || led;
        if matches!(self.word(at), "may" | "march") {
            return (led && before != "to" || after_month) && noun_behind;
        }
        (led || after_month || at == 0 || !self.is_capital(at.wrapping_sub(1)))
            && noun_behind
            && before != "a"
    }

    fn past_stop_of_month(&self, at: usize) -> usize {
        let short = !matches!(self.word(at), "may" | "june" | "july");
        if short && self.word(at).len() <= 4 {
            self.past_stop(at + 1)
        } else {
            at + 1
        }
    }

    /// The number of a day of a month: "5", "5th", "fifth", "twenty-five".
    fn day_number(&self, at: usize) -> Option<(u8, usize)> {
        let number = number_at(self.tokens, at)?;
        let whole = number.value.fract() == 0.0 && number.value < 32.0;
        let plain = self.tokens.is(at, Kind::Word) || self.tokens.written(at).len() <= 2;
        let day = small(number.value as i64, 31).filter(|_| whole && plain)?;
        // "21th" and the like, too
        let end = number.tokens.end;
        let odd = self.tokens.tight(end) && self.is(end, &["th", "st", "nd", "rd"]);
        Some((day, end + usize::from(odd)))
    }

    fn is_clock_behind(&self, at: usize) -> bool {
        (self.word(at) == ":" && self.tokens.tight(at) && self.tokens.tight(at + 1))
            || self.is(
                at,
                &[
                    "am", "pm", "a.m.", "p.m.", "a.m", "p.m", "o", "percent", "%", "million",
                ],
            )
    }

    /// A year that follows a month or a day of a month.
    fn year_behind(&self, at: usize) -> Option<(i16, usize)> {
        let next = self.past(at, &[",", "of", "in", "-", "/"]);
        if let Some((number, digits)) = self.digits(next) {
            let shortened = digits == 2
                && next > at
                && self.is(at, &["/", "-", "of"])
                && self.tokens.tight(next) == (self.word(at) != "of");
            if digits == 4
                && (1000..2200).contains(&number)
                && !self.tokens.tight(next + 1) | self.is_year_end(next + 1)
            {
                return Some((year_of(number, 4)?, next + 1));
            }
            if shortened && !self.is(next + 1, &[":", "%"]) {
                return Some((year_of(number, 2)?, next + 1));
            }
            return None;
        }
        if self.is(next, &["'", "’", "‘"]) && self.tokens.tight(next + 1) {
            let (number, 2) = self.digits(next + 1)? else {
                return None;
            };
            return Some((year_of(number, 2)?, next + 2));
        }
        self.year_in_words(next)
    }

    /// Whether what stands right behind the digits of a year leaves them a year.
    fn is_year_end(&self, at: usize) -> bool {
        !self.tokens.is(at, Kind::Word) || self.is(at, &["'s"])
    }

    /// "nineteen ninety-six", "two thousand and fifteen".
    fn year_in_words(&self, at: usize) -> Option<(i16, usize)> {
        if !self.tokens.is(at, Kind::Word) {
            return None;
        }
        let (first, next) = self.count(at)?;
        if (1100.0..2100.0).contains(&first) && first.fract() == 0.0 {
            return Some((first as i16, next));
        }
        let (second, end) = self.count(self.tokens.past_hyphen(next))?;
        let words = self.tokens.is(next, Kind::Word) || self.tokens.past_hyphen(next) > next;
        ((13.0..=20.0).contains(&first) && (10.0..100.0).contains(&second) && words)
            .then(|| (first as i16 * 100 + second as i16, end))
    }

    /// A year alone, where the words around it leave it one.
    pub(super) fn year(&self, at: usize) -> Option<(Point, usize)> {
        let told = |year: i16, end| {
            let cal = of(Some(year), None, None);
            Some((Point::Cal(cal), end))
        };
        if self.word(at) == "the" && self.is(at + 1, &["year", "calendar", "fiscal"]) {
            return self.year(at + 1);
        }
        if self.is(at, &["fiscal", "year", "calendar"]) {
            let next = self.past(at + 1, &["year"]);
            let next = if self.word(next) == "," {
                next + 1
            } else {
                next
            };
            return match self.digits(next) {
                Some((number, 4)) if (1000..2200).contains(&number) => {
                    told(year_of(number, 4)?, next + 1)
                }
                _ => {
                    let (year, end) = self.year_in_words(next)?;
                    told(year, end)
                }
            };
        }
        let Some((number, 4)) = self.digits(at) else {
            let (year, end) = self.year_in_words(at)?;
            let led = self.is(
                at.wrapping_sub(1),
                &[
                    "in", "since", "of", "until", "by", "from", "the", "and", "to",
                ],
            );
            return (year > 1900 && (led || self.tokens.is(at, Kind::Word) && year < 2000))
                .then(|| told(year, end))?;
        };
        self.is_year(at, number)
            .then(|| told(year_of(number, 4)?, at + 1))?
    }

    fn is_year(&self, at: usize, number: i64) -> bool {
        if self.is_part_of_number(at) || self.is(at.wrapping_sub(1), NO_YEAR_BEHIND) {
            return false;
        }
        let behind = self.word(at + 1);
        let plural = behind.ends_with('s');
        if words::unit(behind).is_some() && plural || COUNTED.contains(&behind) {
            return false;
        }
        if self.is(at.wrapping_sub(1), YEAR_BEHIND) {
            return (1000..2100).contains(&number);
        }
        // "1998 men" is a number; "the 1956 uprising" a year
        let counted = self.tokens.is(at + 1, Kind::Word)
            && !self.is_capital(at + 1)
            && plural
            && !OF_A_YEAR.contains(&behind)
            && !self.is(at.wrapping_sub(1), &["the", "its", "his", "'s"]);
        (1800..2060).contains(&number) && !counted
    }

    /// Whether four digits are joined to more of a number or a word.
    fn is_part_of_number(&self, at: usize) -> bool {
        let (before, behind) = (self.tokens.back(at, 1), self.word(at + 1));
        let tight = self.tokens.tight(at);
        let opening =
            ["(", "“", "\"", "[", "-", "–", "—", "~", "/", "'", "‘", "`"].contains(&before);
        let dashed = matches!(before, "-" | "/")
            && self.digits(at.wrapping_sub(2)).is_some_and(|d| d.1 != 4);
        let goes_on = self.tokens.tight(at + 1)
            && (!self.is_year_end(at + 1)
                || matches!(behind, ":" | "%" | "°" | "/") && !self.tokens.is(at + 2, Kind::Word)
                || behind == "-" && self.digits(at + 2).is_some_and(|d| d.1 != 4));
        tight && (!opening || dashed) || goes_on
    }

    /// "1990s", "the '90s", "the nineties"; "20th century".
    pub(super) fn long(&self, at: usize) -> Option<(Point, usize)> {
        let at = self.past(at, &["the"]);
        let decade = |first: i16, end| {
            let days = holding(day(first, 1, 1)?, Unit::Decade)?;
            let when = When::days(days, Grain::Decade);
            Some((Point::Known(Settled::told(Some(when), "time.decade")), end))
        };
        let plural = |at: usize| self.tokens.tight(at) && self.is(at, &["s", "'s"]);
        if let Some((number, length)) = self.digits(at)
            && number % 10 == 0
            && plural(at + 1)
        {
            return match length {
                4 if (1000..2100).contains(&number) => decade(year_of(number, 4)?, at + 2),
                _ => None,
            };
        }
        if self.is(at, &["'", "’", "‘", "`"])
            && let Some((number, 2)) = self.digits(at + 1)
            && number % 10 == 0
            && plural(at + 2)
        {
            return decade(1900 + i16::try_from(number).ok()?, at + 3);
        }
        if let Some(tens) = words::decade(self.word(at)) {
            let named = self.is(at.wrapping_sub(1), &["the", "early", "mid", "late", "-"]);
            return named.then(|| decade(1900 + tens, at + 1))?;
        }
        let (number, next) = self.ordinal(at)?;
        let next = self.tokens.past_hyphen(next);
        if self.word(next) != "century" || !(1..=30).contains(&number) {
            return None;
        }
        let first = i16::try_from(number - 1).ok()? * 100;
        let days = holding(day(first, 1, 1)?, Unit::Century)?;
        let when = When::days(days, Grain::Century);
        Some((
            Point::Known(Settled::told(Some(when), "time.century")),
            next + 1,
        ))
    }
}
