//! What the words behind a quantity and its noun tell.

use std::ops::Range;

use sayso_reading::FigureKind;

use super::Told;
use super::before::mixed;
use crate::figures::line::Line;
use crate::figures::words::{
    Form, deed, deed_noun, ends_search, is_auxiliary, is_be, is_function, is_month, is_no_object,
    is_person, is_plural, is_time_unit, is_weekday, leads_to_participle, noun, opens_object,
};
use crate::numbers::{Number, number_at};

/// How far behind the noun its verb may stand.
const REACH: usize = 18;
/// How far behind "were" the participle may stand: "were reportedly shot and killed".
const VERB_REACH: usize = 5;

/// "Three were killed", "20 people, two of them children, have died", "three dead".
///
/// `quantity` are its tokens, `from` the one behind what it counts.
pub(super) fn predicate(line: &Line, quantity: &Range<usize>, from: usize) -> Option<Told> {
    if let Some(told) = direct(line, from) {
        return Some(told);
    }
    if is_of_whom(line, quantity.start) {
        return None;
    }
    // what was taken for a noun may be the verb: "12 wounded"
    // "the six priests' murder"
    if matches!(line.lower(from), "'" | "’" | "'s")
        && let Some(kind) = deed_noun(line.lower(from + 1))
    {
        return Some(Told::new(kind, "figure.deed_of", from..from + 2));
    }
    let number = quantity.end;
    if number != from
        && let Some(told) = direct(line, number)
        && from == number + 1
    {
        return Some(told);
    }
    scan(line, from)
}

/// A participle or a state just behind: "three killed", "four dead".
fn direct(line: &Line, at: usize) -> Option<Told> {
    let leads = matches!(
        line.lower(at),
        "reportedly"
            | "more"
            | "also"
            | "confirmed"
            | "feared"
            | "believed"
            | "reported"
            | "lay"
            | "shot"
            | "found"
    );
    // "thousands of wounded"
    let of_them = line.lower(at) == "of" && noun(line.lower(at + 1)).is_some();
    let at = at + usize::from(leads || of_them);
    let (kind, form) = deed(line.lower(at))?;
    match form {
        Form::Past if takes_object(line, at + 1) => None,
        Form::Active => None,
        Form::State if line.lower(at) == "custody" => None,
        Form::Past | Form::State | Form::Intransitive => Some(joined(line, at, kind)),
    }
}

/// A deed, and the other one that "and" or "or" joins to it: "killed or wounded".
fn joined(line: &Line, at: usize, kind: FigureKind) -> Told {
    if matches!(line.lower(at + 1), "and" | "or")
        && let Some((other, Form::Past | Form::State)) = deed(line.lower(at + 2))
        && other != kind
        && !takes_object(line, at + 3)
    {
        return mixed(at..at + 3);
    }
    Told::new(kind, "figure.subject", at..at + 1)
}

/// Looks for the verb of what is counted, past what describes it and what is listed with it.
fn scan(line: &Line, from: usize) -> Option<Told> {
    let mut at = from;
    while at < from + REACH {
        let lower = line.lower(at);
        if line.ends_clause(at) {
            return None;
        }
        if matches!(lower, "(" | "[") {
            let closing = (at + 1..at + 14).find(|&i| matches!(line.lower(i), ")" | "]"))?;
            at = closing + 1;
            continue;
        }
        // "five guards, who came late, were killed", "six men, all of them guards, were killed"
        if lower == ","
            && matches!(
                line.lower(at + 1),
                "who" | "which" | "whose" | "where" | "when" | "all" | "both"
            )
        {
            at = (at + 2..at + 14).find(|&i| line.lower(i) == "," || line.ends_clause(i))?;
            if line.lower(at) != "," {
                return None;
            }
            at += 1;
            continue;
        }
        if is_be(lower) {
            return done_to(line, at + 1);
        }
        if is_auxiliary(lower) {
            at += 1;
            continue;
        }
        if let Some(told) = own_verb(line, at) {
            return Some(told);
        }
        if stops(line, at, from) {
            return later_verb(line, at, from);
        }
        at += 1;
    }
    None
}

/// Whether a quantity only tells of whom something follows: "of the 30 hikers, four were killed".
fn is_of_whom(line: &Line, start: usize) -> bool {
    let the = usize::from(line.back(start, 1) == "the");
    line.back(start, 1 + the) == "of"
        && start
            .checked_sub(2 + the)
            .is_none_or(|at| line.ends_clause(at) || line.lower(at) == ",")
}

/// What was done to those who did something first: "two gunmen attacked a post and were killed".
fn later_verb(line: &Line, at: usize, from: usize) -> Option<Told> {
    if !line.lower(at).ends_with("ed") {
        return None;
    }
    let and = (at + 1..from + REACH)
        .take_while(|&i| !line.ends_clause(i) && !is_be(line.lower(i)))
        .find(|&i| line.lower(i) == "and" && is_be(line.lower(i + 1)))?;
    done_to(line, and + 2)
}

/// "Died", "lost their lives", "suffered injuries", and states behind a list: "three men and a boy dead".
fn own_verb(line: &Line, at: usize) -> Option<Told> {
    let next = |words: &[&str]| (at + 1..at + 5).any(|i| words.contains(&line.lower(i)));
    let told = |kind| Some(Told::new(kind, "figure.subject", at..at + 1));
    match line.lower(at) {
        "lost" if next(&["lives", "life"]) => told(FigureKind::Killed),
        "suffered" | "sustained" | "received" | "suffering"
            if next(&["injuries", "injury", "wounds", "burns", "concussions"]) =>
        {
            told(FigureKind::Injured)
        }
        "flee" => None,
        lower => match deed(lower)? {
            (kind, Form::Intransitive) => told(kind),
            (kind, Form::Past) if is_list_before(line, at) && !takes_object(line, at + 1) => {
                told(kind)
            }
            _ => None,
        },
    }
}

/// Whether the words before end a list of people, whose participle follows: "a man and a boy killed".
fn is_list_before(line: &Line, at: usize) -> bool {
    is_plural(line.back(at, 1)) || is_person(line.back(at, 1))
}

/// What was done to the subject of the "were" before a token.
fn done_to(line: &Line, from: usize) -> Option<Told> {
    let mut at = from;
    while at < from + VERB_REACH {
        let lower = line.lower(at);
        if let Some((kind, form)) = deed(lower) {
            return match form {
                Form::Past if takes_object(line, at + 1) && line.lower(at - 1) == "have" => None,
                Form::Active if lower != "dying" => None,
                Form::Intransitive if lower == "flee" => None,
                _ => Some(joined(line, at, kind)),
            };
        }
        if matches!(lower, "driven" | "forced" | "evicted") {
            return driven_out(line, at);
        }
        if matches!(
            (line.back(at, 1), lower),
            ("to", "death") | ("gunned", "down")
        ) {
            return Some(Told::new(
                FigureKind::Killed,
                "figure.subject",
                from..at + 1,
            ));
        }
        if !(is_be(lower) || leads_to_participle(lower)) || line.ends_clause(at) {
            return None;
        }
        at += 1;
    }
    None
}

/// "Driven from their homes".
fn driven_out(line: &Line, at: usize) -> Option<Told> {
    (at + 1..at + 9)
        .take_while(|&i| !line.ends_clause(i))
        .find(|&i| {
            matches!(
                line.lower(i),
                "homes" | "flee" | "home" | "houses" | "villages" | "leave"
            )
        })
        .map(|home| Told::new(FigureKind::Displaced, "figure.subject", at..home + 1))
}

/// Whether a token ends the search for the verb.
fn stops(line: &Line, at: usize, from: usize) -> bool {
    let lower = line.lower(at);
    match lower {
        "who" | "which" | "that" | "whom" => at != from && !matches!(line.back(at, 1), "," | "of"),
        "and" => !goes_on(line, at + 1),
        "after" | "as" => at > from,
        _ if ends_search(lower) => true,
        _ => match number_at(line, at).filter(|n| !n.ordinal) {
            Some(number) => is_another(line, &number),
            None => is_active(line, at),
        },
    }
}

/// Whether what is counted goes on behind "and", or its verb comes: "and a civilian were killed".
fn goes_on(line: &Line, at: usize) -> bool {
    let lower = line.lower(at);
    let phrase = is_be(lower)
        || is_auxiliary(lower)
        || number_at(line, at).is_some()
        || matches!(
            lower,
            "a" | "an"
                | "the"
                | "his"
                | "her"
                | "their"
                | "several"
                | "another"
                | "some"
                | "at"
                | "dozens"
        )
        || (at..at + 4).any(|i| is_plural(line.lower(i)));
    // "five Hondurans and Ann Lee were arrested"
    let name = (at..at + 6)
        .take_while(|&i| line.is_word(i) && !line.lower(i).ends_with("ed"))
        .any(|i| is_be(line.lower(i)));
    phrase || name
}

/// Whether a number begins something new, which has a verb of its own.
fn is_another(line: &Line, number: &Number) -> bool {
    let at = number.tokens.start;
    let listed = matches!(
        line.back(at, 1),
        "and"
            | ","
            | "or"
            | "including"
            | "of"
            | "plus"
            | "them"
            | "least"
            | "than"
            | "-"
            | "/"
            | "in"
            | "on"
    );
    let time = is_time_unit(line.lower(number.tokens.end));
    !listed && !time && !line.tight(at) && !is_month(line.back(at, 1))
}

/// Whether a verb with an object stands here: what is counted did that.
fn is_active(line: &Line, at: usize) -> bool {
    let lower = line.lower(at);
    let named = matches!(lower, "called" | "named" | "dubbed" | "nicknamed");
    let past = lower.len() > 3 && lower.ends_with("ed") && !line.tight(at) && !named;
    let verb = deed(lower).map_or(past, |(_, form)| form == Form::Active);
    verb && takes_object(line, at + 1)
}

/// Whether an object begins here, so that the verb before it is active: "killed a man".
fn takes_object(line: &Line, at: usize) -> bool {
    let lower = line.lower(at);
    let number = number_at(line, at);
    if !line.is_word(at) && number.is_none() {
        return matches!(lower, "“" | "$");
    }
    if opens_object(lower) {
        return true;
    }
    if let Some(number) = number {
        let told = deed(line.lower(number.tokens.end)).is_some();
        return !told && !number.ordinal && !is_time_unit(line.lower(number.tokens.end));
    }
    let qualifier = match (lower, line.lower(at + 1)) {
        ("at", "least") | ("more", "than") | ("up", "to") => Some(2),
        ("about" | "nearly" | "almost" | "over", _) => Some(1),
        _ => None,
    };
    if let Some(len) = qualifier {
        return number_at(line, at + len)
            .is_some_and(|n| !n.ordinal && !measures_way(line.lower(n.tokens.end)));
    }
    let ignored = is_function(lower)
        || is_weekday(lower)
        || is_month(lower)
        || is_time_unit(lower)
        || is_no_object(lower)
        || deed(lower).is_some();
    let noun = |at: usize| is_plural(line.lower(at)) && !is_function(line.lower(at));
    !ignored && (line.is_capital(at) || noun(at) || noun(at + 1))
}

/// Whether a unit tells when or how far off, not whom: "killed about 30 km off".
fn measures_way(lower: &str) -> bool {
    is_time_unit(lower)
        || lower.starts_with("km")
        || lower.starts_with("mile")
        || lower.starts_with("kilo")
}
