//! From text to dates. Only what is printed again as it was written is read.

use super::date::{Date, Detail, Mark, Year};
use super::{Edge, Form, Season};

/// The value that is written; none where it is no EDTF of levels 0 and 1.
pub(super) fn form(given: &str) -> Option<Form> {
    let Some((start, end)) = given.split_once('/') else {
        return date(given).map(Form::One);
    };
    match (edge(start), edge(end)) {
        (None, None) => {
            let (start, end) = (date(start)?, date(end)?);
            start.may_precede(&end).then_some(Form::Between(start, end))
        }
        (None, Some(edge)) => Some(Form::From(date(start)?, edge)),
        (Some(edge), None) => Some(Form::To(edge, date(end)?)),
        (Some(_), Some(_)) => None,
    }
}

fn edge(given: &str) -> Option<Edge> {
    match given {
        ".." => Some(Edge::Open),
        "" => Some(Edge::Unknown),
        _ => None,
    }
}

fn date(given: &str) -> Option<Date> {
    let (plain, mark) = mark(given);
    if let Some(long) = plain.strip_prefix('Y') {
        let (year, detail) = (Year::told(long_year(long)?), Detail::Year);
        return Some(Date { year, detail, mark });
    }
    let (negative, plain) = plain
        .strip_prefix('-')
        .map_or((false, plain), |rest| (true, rest));
    let mut parts = plain.split('-');
    let year = year(parts.next()?, negative)?;
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let detail = detail(month, day)?;
    detail
        .is_in_calendar(year)
        .then_some(Date { year, detail, mark })
}

fn mark(given: &str) -> (&str, Mark) {
    let marked = |sign, mark| given.strip_suffix(sign).map(|plain| (plain, mark));
    marked('?', Mark::Uncertain)
        .or_else(|| marked('~', Mark::Approximate))
        .or_else(|| marked('%', Mark::Both))
        .unwrap_or((given, Mark::None))
}

/// A year of more than four digits, which do not begin with zero.
fn long_year(given: &str) -> Option<i64> {
    let digits = given.strip_prefix('-').unwrap_or(given);
    let long = digits.len() > 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (long && !digits.starts_with('0'))
        .then(|| given.parse().ok())
        .flatten()
}

/// A year of four digits, the last one or two of them `X`.
fn year(given: &str, negative: bool) -> Option<Year> {
    let told = given.trim_end_matches('X');
    let open = u8::try_from(given.len() - told.len()).ok()?;
    if given.len() != 4 || open > 2 || !told.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = told.parse::<i64>().ok()? * 10_i64.pow(u32::from(open));
    match negative {
        // The year before 1 is 0; it has no sign.
        true if number == 0 => None,
        true => Year::open(-number, open),
        false => Year::open(number, open),
    }
}

fn detail(month: Option<&str>, day: Option<&str>) -> Option<Detail> {
    Some(match (month, day) {
        (None, _) => Detail::Year,
        (Some("XX"), None) => Detail::SomeMonth,
        (Some("XX"), Some("XX")) => Detail::SomeMonthAndDay,
        (Some(month), None) => {
            let month = two_digits(month)?;
            Season::of_number(month).map_or(Detail::Month(month), Detail::Season)
        }
        (Some(month), Some("XX")) => Detail::SomeDay(two_digits(month)?),
        (Some(month), Some(day)) => Detail::Day(two_digits(month)?, two_digits(day)?),
    })
}

fn two_digits(given: &str) -> Option<u8> {
    let plain = given.len() == 2 && given.bytes().all(|byte| byte.is_ascii_digit());
    if plain { given.parse().ok() } else { None }
}
