//! Numbers that are no figures: dates, ages, names, labels, scores.

use std::ops::Range;

use super::line::Line;
use super::quantity::{Quantity, Wording};
use super::units::unit_behind;
use super::words::{
    deed, is_function, is_month, is_person, is_plural, is_time_unit, is_weekday, takes_number,
};
use crate::numbers::{Form, Kind, Number, number_at};

/// Whether a quantity is part of something else than a figure.
pub(super) fn is_none(line: &Line, found: &Quantity) -> bool {
    let core = &found.core;
    if is_time(line, found) || is_ratio(line, core) {
        return true;
    }
    if matches!(found.wording, Wording::Vague | Wording::WeakVague) || found.measure.is_some() {
        return is_joined_behind(line, found);
    }
    is_joined(line, found)
        || is_year(line, found)
        || is_age(line, found)
        || is_label(line, found)
        || is_list_number(line, core)
        || is_code(line, core)
        || is_address(line, core)
        || is_measure_of_arms(line, core)
}

/// A time of day, a date, a length of time.
fn is_time(line: &Line, found: &Quantity) -> bool {
    let (start, end) = (found.core.start, found.core.end);
    let mut behind = end;
    while matches!(
        line.lower(behind),
        "more"
            | "consecutive"
            | "straight"
            | "long"
            | "full"
            | "short"
            | "or"
            | "so"
            | "working"
            | "business"
            | "odd"
            | "of"
    ) && behind < end + 2
    {
        behind += 1;
    }
    let behind = line.past_hyphen(behind);
    let colon = line.lower(end) == ":" && line.tight(end) && line.tight(end + 1)
        || start > 0 && line.lower(start - 1) == ":" && line.tight(start) && line.tight(start - 1);
    is_time_unit(line.lower(behind))
        || is_time_unit(line.lower(found.tokens.end))
        || colon
        || is_in_date(line, &found.core)
}

/// Whether a month stands beside it, or beside what is listed with it: "8, 9 and 10 May".
fn is_in_date(line: &Line, core: &Range<usize>) -> bool {
    let month = |at: usize| {
        let lower = line.lower(at);
        let sure = !matches!(lower, "may" | "march" | "mar" | "sep")
            || line.get(at).is_some_and(|t| t.capital);
        is_month(lower) && sure
    };
    if !line.is(core.start, Kind::Digits) && !line.is_word(core.start) {
        return false;
    }
    let small = number_at(line, core.start).is_some_and(|n| n.value <= 2100.0);
    if !small {
        return false;
    }
    let back = |steps: usize| core.start.checked_sub(steps);
    let before = back(1).is_some_and(month)
        || matches!(line.back(core.start, 1), "." | "the" | "of") && back(2).is_some_and(month)
        || matches!(line.back(core.start, 1), "-" | "–" | "and" | "to" | ",")
            && back(2).is_some_and(|at| line.is(at, Kind::Digits))
            && (back(3).is_some_and(month)
                || matches!(line.back(core.start, 3), ".") && back(4).is_some_and(month));
    let mut at = core.end;
    for _ in 0..4 {
        if month(at) || line.lower(at) == "of" && month(at + 1) {
            return line.lower(at) != "of" || line.is(core.start, Kind::Digits);
        }
        let listed = matches!(line.lower(at), "," | "and" | "to" | "-" | "–" | "or")
            && line.is(at + 1, Kind::Digits);
        if !listed {
            break;
        }
        at += 2;
    }
    // "the March 1 contests", but "in May 12 people were killed"
    before && !is_person(line.lower(core.end))
}

/// "One in five", "two-thirds", "two out of three".
fn is_ratio(line: &Line, core: &Range<usize>) -> bool {
    let end = core.end;
    let part = line.past_hyphen(end);
    if matches!(
        line.lower(part),
        "third"
            | "thirds"
            | "quarter"
            | "quarters"
            | "fifth"
            | "fifths"
            | "half"
            | "halves"
            | "tenth"
            | "tenths"
            | "fourth"
            | "fourths"
    ) {
        return true;
    }
    let behind = |at: usize| match (line.lower(at), line.lower(at + 1)) {
        ("in", _) => Some(at + 1),
        ("out", "of") => Some(at + 2),
        _ => None,
    };
    let number = |at: usize| number_at(line, at).filter(|n| !n.ordinal && n.tokens.len() == 1);
    let first = match (line.back(core.start, 2), line.back(core.start, 1)) {
        (_, "in") => core.start.checked_sub(2),
        ("out", "of") => core.start.checked_sub(3),
        _ => None,
    };
    let as_first = number(core.start).zip(behind(end).and_then(number));
    let as_second = first.and_then(number).zip(number(core.start));
    as_first
        .or(as_second)
        .is_some_and(|(part, whole)| is_share(line, &part, &whole))
}

/// Whether two numbers tell a share: "four in ten", not "killed four in ten raids".
fn is_share(line: &Line, part: &Number, whole: &Number) -> bool {
    let noun = line.lower(whole.tokens.end);
    let done = deed(line.back(part.tokens.start, 1)).is_some();
    let happened = is_time_unit(noun) || super::words::noun(noun).is_some();
    part.value < whole.value && whole.value <= 1000.0 && !done && !happened
}

/// Part of a word or a sign: "F-16", "24/7", "G7", "5G", "1.2.3", "five-star", "33°".
fn is_joined(line: &Line, found: &Quantity) -> bool {
    let start = found.core.start;
    let before = match line.back(start, 1) {
        // "Mid-10s" and "F-16", but not "-12" or a range
        "-" | "‑" | "–" => start >= 2 && line.tight(start) && line.tight(start - 1),
        "/" | "." | "#" | "+" | "№" | "@" | "_" | "=" | "\\" | "^" => line.tight(start),
        _ => line.tight(start) && (line.is_word(start - 1) || line.is(start - 1, Kind::Digits)),
    };
    before && line.tight(start) || is_joined_behind(line, found)
}

fn is_joined_behind(line: &Line, found: &Quantity) -> bool {
    let end = found.tokens.end;
    if !line.tight(end) {
        return false;
    }
    if found.measure.is_some() {
        // "5-foot-11"
        return line.lower(end) == "-" && line.tight(end + 1) && line.is(end + 1, Kind::Digits);
    }
    match line.lower(end) {
        "/" | "°" | "º" | "′" | "″" | "_" | "@" | "=" | "x" | "th" | "s" => true,
        "." => line.tight(end + 1) && line.is(end + 1, Kind::Digits),
        "-" | "‑" | "–" => {
            // "a 16-member panel", "a 2,500-strong force" count
            let counted = matches!(
                line.lower(end + 1),
                "member" | "man" | "strong" | "person" | "member's" | "people" | "soldier"
            );
            line.tight(end + 1) && !counted && unit_behind(line, end).is_none()
        }
        _ => line.is_word(end) && unit_behind(line, end).is_none(),
    }
}

/// A year: four digits without a comma, unless something around it counts.
fn is_year(line: &Line, found: &Quantity) -> bool {
    let written = line.written(found.core.start);
    let four = written.len() == 4 && written.bytes().all(|b| b.is_ascii_digit());
    let form = number_at(line, found.core.start).map(|n| n.form);
    if !four || form != Some(Form::Digits) {
        return false;
    }
    let Ok(year) = written.parse::<u32>() else {
        return false;
    };
    let behind = line.lower(found.core.end);
    if line.back(found.tokens.start, 1) == "at" && !counts_behind(line, found.core.end) {
        return true;
    }
    let counted = found.qualified
        && !matches!(
            line.back(found.core.start, 1),
            "around" | "about" | "circa" | "over"
        )
        || is_plural(behind)
            && (found.qualified
                || is_person(behind) && !is_determiner(line.back(found.core.start, 1)));
    match year {
        1900..=2099 => !counted,
        1000..=1899 => {
            !counted
                && (!is_plural(behind)
                    || matches!(
                        line.back(found.core.start, 1),
                        "in" | "since" | "until" | "the"
                    ))
        }
        // "at 0200", "2130"
        _ => written.starts_with('0'),
    }
}

fn is_determiner(lower: &str) -> bool {
    matches!(
        lower,
        "the" | "this" | "that" | "his" | "her" | "its" | "their" | "'s" | "in" | "since"
    )
}

/// "29-year-old", "aged 40", "Ann Lee, 60, a doctor".
fn is_age(line: &Line, found: &Quantity) -> bool {
    let (start, end) = (found.core.start, found.core.end);
    if matches!(
        (line.back(start, 2), line.back(start, 1)),
        (_, "aged" | "age" | "ages")
    ) {
        return true;
    }
    let comma = line.back(start, 1) == ",";
    let closed = matches!(line.lower(end), "," | "." | ";" | ")" | "and") || line.ends_clause(end);
    let value = found.bounds.low;
    let named = start >= 2
        && line.is_word(start - 2)
        && (line.is_capital(start - 2)
            || line.is_capital(start.saturating_sub(3))
            || line.is_shouted());
    let digits = line.is(start, Kind::Digits);
    digits && comma && closed && named && value < 120.0 && found.core.len() == 1
}

/// "Article 5", "Tower 22", "No. 3", "Group of 20".
fn is_label(line: &Line, found: &Quantity) -> bool {
    let (start, end) = (found.core.start, found.core.end);
    let Some(before) = start.checked_sub(1) else {
        return false;
    };
    let lower = line.lower(before);
    let counts = counts_behind(line, end);
    // "number two leader"
    if lower == "number" && !is_plural(line.lower(end)) {
        return true;
    }
    if matches!(lower, "." | "°")
        && matches!(line.back(start, 2), "no" | "nos" | "sec" | "art" | "vol")
    {
        return true;
    }
    // "the Group of 20", "the Gang of Eight"
    if lower == "of" && matches!(line.back(start, 2), "group" | "gang") && !counts {
        return true;
    }
    let number = line.is(start, Kind::Digits) || line.lower(start) == "one" || !counts;
    let people = is_person(line.lower(end)) && !line.is_capital(before);
    if number && takes_number(lower) && !line.ends_sentence(before) && !people {
        return true;
    }
    let name = line.is_word(before)
        && line.is_capital(before)
        && !line.tight(start)
        && !is_weekday(lower)
        && !is_month(lower)
        && line.is(start, Kind::Digits)
        && !is_opener(lower);
    name && !counts
}

/// Whether something that is counted stands behind a number.
fn counts_behind(line: &Line, at: usize) -> bool {
    let words = (at..at + 4).take_while(|&i| line.is_word(i) && !is_function(line.lower(i)));
    deed(line.lower(at)).is_some() || words.into_iter().any(|i| is_plural(line.lower(i)))
}

/// Words that may begin a sentence with a capital before a number.
fn is_opener(lower: &str) -> bool {
    is_function(lower)
        || matches!(
            lower,
            "more"
                | "less"
                | "up"
                | "killed"
                | "wounded"
                | "injured"
                | "nearly"
                | "almost"
                | "other"
                | "meanwhile"
                | "least"
        )
}

/// "1. First point", "(2)", "[3]".
fn is_list_number(line: &Line, core: &Range<usize>) -> bool {
    if core.len() != 1 || !line.is(core.start, Kind::Digits) {
        return false;
    }
    let before = line.back(core.start, 1);
    let behind = line.lower(core.end);
    let opens = core.start == 0 || line.ends_sentence(core.start - 1);
    matches!((before, behind), ("(", ")") | ("[", "]"))
        || opens && matches!(behind, "." | ")") && line.tight(core.end)
        || opens && behind == "-" && line.tight(core.end) && !line.tight(core.end + 1)
}

/// Longer than anything that is written without commas to be read: a number of a record.
fn is_code(line: &Line, core: &Range<usize>) -> bool {
    let written = line.written(core.start);
    written.len() > 7 && written.bytes().all(|b| b.is_ascii_digit())
}

/// "1600 Pennsylvania Avenue".
fn is_address(line: &Line, core: &Range<usize>) -> bool {
    line.is(core.start, Kind::Digits)
        && (core.end..core.end + 5).any(|at| {
            let street = matches!(
                line.lower(at),
                "street"
                    | "avenue"
                    | "ave"
                    | "road"
                    | "rd"
                    | "boulevard"
                    | "blvd"
                    | "drive"
                    | "lane"
            );
            street
                && at > core.end
                && (core.end..=at).all(|w| line.get(w).is_some_and(|t| t.capital))
        })
}

/// "9 mm", "7.62 calibre", "magnitude 7.2".
fn is_measure_of_arms(line: &Line, core: &Range<usize>) -> bool {
    let behind = line.lower(line.past_hyphen(core.end));
    matches!(
        behind,
        "mm" | "millimeter"
            | "millimetre"
            | "caliber"
            | "calibre"
            | "magnitude"
            | "-year"
            | "degrees"
            | "degree"
    )
}
