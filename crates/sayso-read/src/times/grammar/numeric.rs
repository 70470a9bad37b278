//! Dates in digits: "2020-11-05", "11/5/2020", "5.11.2020", "20201105", "2020-11".

use super::{Cal, Grammar};

impl Grammar<'_> {
    /// A date in digits; a year is part of it.
    pub(super) fn numeric(&self, at: usize) -> Option<(Cal, usize)> {
        if self.goes_on_before(at) {
            return None;
        }
        let (cal, end) = self
            .compact(at)
            .or_else(|| self.three_parts(at))
            .or_else(|| self.two_parts(at))?;
        (!self.goes_on_behind(end)).then_some((cal, end))
    }

    /// "11/7": month and day, where other words say that it is a date.
    pub(super) fn numeric_short(&self, at: usize) -> Option<(Cal, usize)> {
        let (first, _) = self.digits(at)?;
        let (second, _) = self.digits_behind(at + 1, '/')?;
        let (month, day) = (small(first, 12)?, small(second, 31)?);
        Some((of(None, Some(month), Some(day)), at + 3))
    }

    /// Whether digits are joined on in front: part of a longer number.
    fn goes_on_before(&self, at: usize) -> bool {
        self.tokens.tight(at)
            && at >= 2
            && matches!(self.tokens.back(at, 1), "-" | "/" | "." | ":")
            && (self.tokens.back(at, 1) == self.word(at + 1) || self.word(at + 1) != "/")
            && self.tokens.tight(at - 1)
            && self.digits(at - 2).is_some()
    }

    fn goes_on_behind(&self, end: usize) -> bool {
        matches!(self.word(end), "-" | "/" | ".")
            && self.tokens.tight(end)
            && self.tokens.tight(end + 1)
            && self.digits(end + 1).is_some()
            && self.digits(end + 1).is_none_or(|d| d.1 != 4 && d.1 > 2)
    }

    /// The digits behind this sign.
    fn digits_behind(&self, at: usize, sign: char) -> Option<(i64, usize)> {
        let mut characters = self.word(at).chars();
        let joined = characters.next() == Some(sign)
            && characters.next().is_none()
            && self.tokens.tight(at)
            && self.tokens.tight(at + 1);
        if joined { self.digits(at + 1) } else { None }
    }

    fn compact(&self, at: usize) -> Option<(Cal, usize)> {
        let (number, 8) = self.digits(at)? else {
            return None;
        };
        let year = year_of(number / 10_000, 4)?;
        let (month, day) = (small(number / 100 % 100, 12)?, small(number % 100, 31)?);
        (1900..2100)
            .contains(&year)
            .then(|| (of(Some(year), Some(month), Some(day)), at + 1))
    }

    fn three_parts(&self, at: usize) -> Option<(Cal, usize)> {
        let (first, length) = self.digits(at)?;
        let sign = self.word(at + 1).chars().next()?;
        if !matches!(sign, '-' | '/' | '.') {
            return None;
        }
        if length == 4
            && let Some((cal, end)) = self.named_inside(at, first, sign)
        {
            return Some((cal, end));
        }
        let (second, _) = self.digits_behind(at + 1, sign)?;
        let (third, third_length) = self.digits_behind(at + 3, sign)?;
        if length == 4 {
            let cal = of(
                year_of(first, 4),
                Some(small(second, 12)?),
                Some(small(third, 31)?),
            );
            return Some((cal, at + 5));
        }
        let year = match third_length {
            4 => year_of(third, 4)?,
            2 if sign == '/' => year_of(third, 2)?,
            _ => return None,
        };
        // Day before month with stops, or where the first number can be no month.
        let (month, day) = if sign == '.' || first > 12 {
            (second, first)
        } else {
            (first, second)
        };
        let cal = of(Some(year), Some(small(month, 12)?), Some(small(day, 31)?));
        Some((cal, at + 5))
    }

    /// "2019-aug-1", "2020/23/Sep".
    fn named_inside(&self, at: usize, year: i64, sign: char) -> Option<(Cal, usize)> {
        let joined = |at: usize| self.word(at).starts_with(sign) && self.tokens.tight(at);
        if !joined(at + 1) || !joined(at + 3) {
            return None;
        }
        let named = |at| super::super::words::month(self.word(at));
        let number = |at| self.digits(at).and_then(|d| small(d.0, 31));
        let (month, day) = match named(at + 2) {
            Some(month) => (month, number(at + 4)?),
            None => (named(at + 4)?, number(at + 2)?),
        };
        Some((of(year_of(year, 4), Some(month), Some(day)), at + 5))
    }

    /// "2015-3", "12-2015".
    fn two_parts(&self, at: usize) -> Option<(Cal, usize)> {
        let (first, length) = self.digits(at)?;
        let (second, second_length) = self
            .digits_behind(at + 1, '-')
            .or_else(|| self.digits_behind(at + 1, '/'))?;
        let (year, month) = match (length, second_length) {
            (4, 1 | 2) => (first, second),
            (1 | 2, 4) => (second, first),
            _ => return None,
        };
        let cal = of(year_of(year, 4), Some(small(month, 12)?), None);
        ((1800..2200).contains(&year)).then_some((cal, at + 3))
    }
}

pub(super) const fn of(year: Option<i16>, month: Option<u8>, day: Option<u8>) -> Cal {
    Cal {
        year,
        month,
        day,
        weekday: None,
    }
}

/// A number from 1 to a limit.
pub(super) fn small(number: i64, limit: u8) -> Option<u8> {
    u8::try_from(number)
        .ok()
        .filter(|n| (1..=limit).contains(n))
}

/// A year in digits; of two digits, those from 40 on are of the twentieth century.
pub(super) fn year_of(number: i64, digits: usize) -> Option<i16> {
    let number = i16::try_from(number).ok()?;
    Some(match digits {
        2 if number >= 40 => 1900 + number,
        2 => 2000 + number,
        _ => number,
    })
}
