//! The words that a quantity counts.

use std::ops::Range;

use super::line::Line;
use super::quantity::Quantity;
use super::words::{
    self, Form, is_function, is_month, is_person, is_plural, is_time_unit, is_weekday,
};
use crate::numbers::{Kind, number_at};

/// How many tokens the counted words may have without what "of" adds.
const LONGEST: usize = 9;

/// The words counted, and the noun among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    pub words: Range<usize>,
    pub head: usize,
}

impl Counted {
    /// Whether the words mean people: by the noun, or a name in the plural ("Houthis").
    pub(super) fn are_people(&self, line: &Line) -> bool {
        let lower = line.lower(self.head);
        is_person(lower) || line.is_capital(self.head) && is_plural(lower)
    }
}

/// What is counted by a quantity; none where nothing is named.
pub(super) fn counted(line: &Line, found: &Quantity) -> Option<Counted> {
    let from = found.tokens.end;
    // "30 km of road" is a length of it, "30 km south" is none
    if found.measure.is_some() && line.lower(from) != "of" {
        return None;
    }
    let start = beginning(line, from)?;
    let (mut head, mut plural, mut at) = (None, false, start);
    while at < start + LONGEST && continues(line, at, start, head, plural) {
        let lower = line.lower(at);
        if line.is_word(at) {
            let possessor = lower == "'s";
            plural = !possessor && is_plural(lower) && !is_state_name(line, at);
            head = Some(at).filter(|_| !possessor);
        } else if line.is(at, Kind::Digits) {
            plural = false;
        }
        at += 1;
    }
    let head = head?;
    // "the two walked home"
    let verb =
        is_participle(line, start) && head > start && !plural && !is_person(line.lower(head));
    if verb {
        return None;
    }
    Some(Counted {
        words: start..with_complement(line, head + 1, head),
        head,
    })
}

/// Behind "more", "of the" and an opening quotation mark; none where a pronoun or nothing follows.
fn beginning(line: &Line, from: usize) -> Option<usize> {
    let mut at = from;
    if matches!(line.lower(at), "-" | "‑") && line.tight(at) {
        at += 1;
    }
    if matches!(line.lower(at), "more" | "further" | "additional") {
        at += 1;
        if is_function(line.lower(at)) {
            return None;
        }
    }
    if line.lower(at) == "of" {
        at += 1;
        if matches!(
            line.lower(at),
            "them" | "whom" | "us" | "which" | "you" | "it" | "that" | "this"
        ) {
            return None;
        }
        while matches!(
            line.lower(at),
            "the"
                | "these"
                | "those"
                | "its"
                | "his"
                | "her"
                | "their"
                | "our"
                | "my"
                | "all"
                | "a"
        ) {
            at += 1;
        }
        // "five of the 12 soldiers"
        if let Some(number) = number_at(line, at).filter(|n| !n.ordinal) {
            at = number.tokens.end;
        }
    }
    if matches!(line.lower(at), "“" | "\"" | "‘" | "'") {
        at += 1;
    }
    let ordinal = number_at(line, at).is_some_and(|n| n.ordinal);
    (line.is_word(at) || ordinal).then_some(at)
}

fn is_participle(line: &Line, at: usize) -> bool {
    let lower = line.lower(at);
    lower.len() > 3 && lower.ends_with("ed") && !line.is_capital(at)
}

/// "U.S.", "US": no plurals.
fn is_state_name(line: &Line, at: usize) -> bool {
    matches!(line.lower(at), "u.s." | "us")
}

/// Whether a token goes on with the counted words.
fn continues(line: &Line, at: usize, start: usize, head: Option<usize>, plural: bool) -> bool {
    let lower = line.lower(at);
    if line.ends_sentence(at) {
        return false;
    }
    match line.get(at).map(|t| t.kind) {
        None => false,
        Some(Kind::Mark) => match lower {
            "-" | "‑" => line.tight(at) && line.tight(at + 1),
            "&" => true,
            _ => false,
        },
        Some(Kind::Digits) => at == start || line.tight(at),
        Some(Kind::Word) => word_continues(line, at, start, head, plural),
    }
}

/// Whether a word goes on with the counted words.
fn word_continues(line: &Line, at: usize, start: usize, head: Option<usize>, plural: bool) -> bool {
    let lower = line.lower(at);
    if lower == "'s" {
        return head.is_some();
    }
    if at > start && line.tight(at) || head.is_some() && !plural && joins_words(line, at) {
        return true;
    }
    let named_us = line.written(at) == "US";
    let month = is_month(lower) && line.is_capital(at);
    if is_function(lower) && !named_us || is_weekday(lower) || month {
        return false;
    }
    let deed = words::deed(lower).filter(|_| !is_deed_counted(lower));
    if deed.is_some() || is_time_unit(lower) {
        let first = at == start || at == start + 1 && line.back(at, 1) == "other";
        return first && is_described(line, at);
    }
    if lower.len() > 4 && lower.ends_with("ly") && !is_noun_in_ly(lower) {
        return at == start;
    }
    if is_participle(line, at) {
        let describes = line.is_word(at + 1) && !is_function(line.lower(at + 1));
        if head.is_some() || !describes {
            return false;
        }
    }
    head.is_none_or(|head| follows_noun(line, at, head, plural))
}

/// Whether a word goes on behind a noun: behind a plural only another ("women soldiers"), behind a
/// noun that is known only another such ("police officer").
fn follows_noun(line: &Line, at: usize, head: usize, plural: bool) -> bool {
    let lower = line.lower(at);
    let known = |at: usize| {
        let lower = line.lower(at);
        is_person(lower) || words::noun(lower).is_some() || words::is_thing_of_war(lower)
    };
    if plural {
        return is_plural(lower) || is_person(line.lower(head)) && is_person(lower);
    }
    let joined = line.back(at, 1) == "and" || line.back(at, 2) == "and";
    !known(head) || joined || known(at) || is_plural(lower)
}

/// Words for a deed that are counted themselves: "12 arrests".
fn is_deed_counted(lower: &str) -> bool {
    matches!(lower, "arrests" | "captures" | "killing")
}

/// Whether "and" joins two words before the noun: "rocket and bombing attacks".
fn joins_words(line: &Line, at: usize) -> bool {
    matches!(line.lower(at), "and" | "or")
        && line.is_word(at + 1)
        && !is_function(line.lower(at + 1))
        && !is_plural(line.lower(at + 1))
        && is_plural(line.lower(at + 2))
        && words::deed(line.lower(at + 1)).is_none()
}

fn is_noun_in_ly(lower: &str) -> bool {
    matches!(
        lower,
        "family" | "assembly" | "rally" | "supply" | "elderly" | "ally" | "early" | "friendly"
    )
}

/// Whether a word for a state stands before the noun that it describes: "wounded soldiers".
pub(super) fn is_described(line: &Line, at: usize) -> bool {
    let form = words::deed(line.lower(at)).map(|(_, form)| form);
    let next = line.lower(at + 1);
    matches!(form, Some(Form::Past | Form::State))
        && line.is_word(at + 1)
        && (is_plural(next)
            || is_person(next)
            || is_person(line.lower(at + 2)) && !is_function(next))
}

/// The end of the words with "of the group" or, of attacks, "on US bases" behind them.
fn with_complement(line: &Line, end: usize, head: usize) -> usize {
    let attack = words::noun(line.lower(head)) == Some(sayso_reading::FigureKind::Attacks);
    let joins = match line.lower(end) {
        "of" => true,
        "on" | "against" => attack,
        _ => false,
    };
    if !joins {
        return end;
    }
    let mut at = end + 1;
    while matches!(
        line.lower(at),
        "the" | "a" | "an" | "its" | "his" | "their" | "these" | "those" | "our"
    ) {
        at += 1;
    }
    let first = at;
    while at < first + 6 {
        let lower = line.lower(at);
        let stops = !(line.is_word(at) || line.lower(at) == "-" && line.tight(at))
            || line.ends_sentence(at)
            || is_function(lower) && line.written(at) != "US"
            || is_weekday(lower)
            || is_month(lower) && line.is_capital(at)
            || words::deed(lower).is_some()
            || at > first && !line.tight(at) && lower.ends_with("ed") && !line.is_capital(at)
            || lower.len() > 4 && lower.ends_with("ly") && !is_noun_in_ly(lower)
            || is_time_unit(lower);
        if stops {
            break;
        }
        at += 1;
        if is_plural(lower) && !line.is_capital(at - 1) {
            break;
        }
    }
    if at == first { end } else { at }
}
