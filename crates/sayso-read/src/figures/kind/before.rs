//! What the words before a quantity tell.

use sayso_reading::FigureKind;

use super::Told;
use crate::figures::counted::Counted;
use crate::figures::line::Line;
use crate::figures::words::{Form, deed, deed_noun, is_be, is_person};

/// How far back a toll may stand.
const TOLL_REACH: usize = 14;

/// "Killed three", "wounding 20", "took 12 people hostage", "forced 100 from their homes".
pub(super) fn object(line: &Line, start: usize, behind: usize) -> Option<Told> {
    let at = verb_before(line, start)?;
    let lower = line.lower(at);
    if let Some(told) = phrase(line, at, behind) {
        return Some(told);
    }
    let (kind, form) = deed(lower)?;
    let kind = match form {
        Form::State => {
            // "shot dead 12", "took hostage 12"
            let led = matches!(
                (lower, line.back(at, 1)),
                ("dead", "shot")
                    | (
                        "hostage" | "captive" | "prisoner",
                        "took" | "taken" | "taking" | "take"
                    )
                    | ("custody", "into")
            );
            return led.then(|| Told::new(kind, "figure.object", at - 1..at + 1));
        }
        Form::Intransitive => {
            return None;
        }
        Form::Past if is_passive(line, at) => return None,
        Form::Past | Form::Active => kind,
    };
    // "killed or wounded 100": nothing tells how many of each
    if let Some(other) = other_deed(line, at).filter(|other| *other != kind) {
        return Some(mixed(at.saturating_sub(2)..at + 1));
    }
    Some(Told::new(kind, "figure.object", at..at + 1))
}

/// People of whom it is told that they were killed or injured, both in one.
pub(super) fn mixed(words: std::ops::Range<usize>) -> Told {
    Told::new(FigureKind::Other, "figure.mixed", words)
}

/// The deed that "and" or "or" joins to the one at a token.
fn other_deed(line: &Line, at: usize) -> Option<FigureKind> {
    let joins = matches!(line.back(at, 1), "and" | "or");
    let other = at.checked_sub(2).filter(|_| joins)?;
    deed(line.lower(other))
        .filter(|(_, form)| matches!(form, Form::Past | Form::Active))
        .map(|(kind, _)| kind)
}

/// Whether a participle was done to its subject: "were killed".
fn is_passive(line: &Line, at: usize) -> bool {
    let back = |steps| line.back(at, steps);
    let adverb = back(1).ends_with("ly") || matches!(back(1), "not" | "also" | "been");
    is_be(back(1)) || adverb && is_be(back(2))
}

/// The last word before a quantity that is not one such as "another" or "the".
fn verb_before(line: &Line, start: usize) -> Option<usize> {
    let mut at = start.checked_sub(1)?;
    for _ in 0..4 {
        let passed = matches!(
            line.lower(at),
            "another"
                | "a"
                | "an"
                | "the"
                | "his"
                | "her"
                | "their"
                | "its"
                | "all"
                | "these"
                | "those"
                | "other"
                | "further"
                | "additional"
                | "also"
                | "only"
                | "just"
                | "exactly"
                | "least"
                | "even"
                | "possibly"
                | "perhaps"
                | "reportedly"
                | "total"
                | "of"
                | "about"
                | "-"
                | "our"
                | "my"
                | "first"
                | "last"
                | "some"
                | "between"
                | "as"
                | "allegedly"
        );
        let total = line.lower(at) != "of" || matches!(line.back(at, 1), "total" | "out");
        if !passed || !total {
            break;
        }
        at = at.checked_sub(1)?;
    }
    line.is_word(at).then_some(at)
}

/// Verbs that need a second word behind the quantity, or before it.
fn phrase(line: &Line, at: usize, behind: usize) -> Option<Told> {
    let near = |words: &[&str]| {
        (behind..behind + 6)
            .take_while(|&i| !line.ends_clause(i))
            .any(|i| words.contains(&line.lower(i)))
    };
    match line.lower(at) {
        "down" if line.back(at, 1) == "gunned" || line.back(at, 1) == "mowed" => Some(Told::new(
            FigureKind::Killed,
            "figure.object",
            at - 1..at + 1,
        )),
        "up" if matches!(line.back(at, 1), "rounded" | "rounding" | "round") => Some(Told::new(
            FigureKind::Arrested,
            "figure.object",
            at - 1..at + 1,
        )),
        "took" | "taken" | "take" | "taking" | "holding" | "held" | "hold" | "holds"
            if near(&[
                "hostage",
                "hostages",
                "captive",
                "captives",
                "prisoner",
                "prisoners",
            ]) || matches!(
                line.lower(behind.saturating_sub(1)),
                "prisoners" | "hostages" | "captives"
            ) =>
        {
            Some(Told::new(FigureKind::Captured, "figure.object", at..at + 1))
        }
        "forced" | "forcing" | "forces" | "driven" | "drove" | "driving" | "drive" | "sent"
        | "sending"
            if near(&[
                "homes",
                "flee",
                "fleeing",
                "home",
                "houses",
                "leave",
                "evacuate",
                "displacement",
            ]) =>
        {
            Some(Told::new(
                FigureKind::Displaced,
                "figure.object",
                at..at + 1,
            ))
        }
        "made" | "left" | "leaving" | "leaves" | "making" if near(&["homeless", "displaced"]) => {
            Some(Told::new(
                FigureKind::Displaced,
                "figure.object",
                at..at + 1,
            ))
        }
        // "shot to death a guard"
        "death" if line.back(at, 1) == "to" && !is_be(line.back(at, 3)) => Some(Told::new(
            FigureKind::Killed,
            "figure.object",
            at - 1..at + 1,
        )),
        "left" | "leaving" | "leaves" | "leave" => {
            let state = (behind..behind + 8)
                .take_while(|&i| !line.ends_clause(i))
                .find(|&i| matches!(deed(line.lower(i)), Some((_, Form::State | Form::Past))))?;
            // "left three soldiers and a guard dead"
            let clear = (behind..state).all(|i| deed(line.lower(i)).is_none());
            let (kind, _) = deed(line.lower(state))?;
            clear.then(|| Told::new(kind, "figure.object", state..state + 1))
        }
        _ => None,
    }
}

/// "The death of 12", "injuries to three", "the dead include two children".
pub(super) fn deed_of(line: &Line, start: usize) -> Option<Told> {
    let mut at = start.checked_sub(1)?;
    while matches!(
        line.lower(at),
        "the" | "his" | "her" | "their" | "its" | "another" | "all" | "these"
    ) {
        at = at.checked_sub(1)?;
    }
    let lower = line.lower(at);
    let noun = at.checked_sub(1)?;
    let told = |kind, from: usize| Some(Told::new(kind, "figure.deed_of", from..at + 1));
    match lower {
        "of" | "to" => {
            let kind = deed_noun(line.lower(noun))?;
            let fits = lower == "of" || kind == FigureKind::Injured;
            // "a toll of deaths of": the noun has to be nothing that is counted itself
            fits.then(|| Told::new(kind, "figure.deed_of", noun..at + 1))
        }
        "include" | "included" | "includes" | "including" | "are" | "were" => {
            let group = noun;
            let among = lower.starts_with("includ")
                || line.back(group, 1) == "the"
                || line.back(group, 2) == "among"
                || line.back(group, 1) == "among";
            let kind = match line.lower(group) {
                "dead" | "killed" | "deaths" | "fatalities" => FigureKind::Killed,
                "wounded" | "injured" => FigureKind::Injured,
                "hostages" | "captured" | "captives" => FigureKind::Captured,
                "arrested" | "detained" | "detainees" => FigureKind::Arrested,
                _ => return None,
            };
            if among { told(kind, group) } else { None }
        }
        _ => None,
    }
}

/// "The death toll rose to 30", "the number of wounded has reached 200".
pub(super) fn toll(line: &Line, start: usize, counted: Option<&Counted>) -> Option<Told> {
    if counted.is_some_and(|c| {
        !is_person(line.lower(c.head))
            && !matches!(line.lower(c.head), "dead" | "wounded" | "injured")
    }) {
        return None;
    }
    let before = line.back(start, 1);
    let leads = matches!(
        before,
        "to" | "at"
            | "of"
            | "from"
            | "reached"
            | "reaching"
            | "reaches"
            | "hit"
            | "hits"
            | "was"
            | "is"
            | "as"
            | "hitting"
            | "past"
            | "passed"
            | ":"
            | "stands"
            | "toll"
            | "("
            | "the"
    ) || line.lower(start).ends_with("ed")
        || line.lower(start).ends_with("ing");
    if !leads {
        return None;
    }
    for steps in 1..=TOLL_REACH {
        let at = start.checked_sub(steps)?;
        if line.ends_sentence(at) || line.lower(at) == ";" {
            return None;
        }
        let kind = match line.lower(at) {
            "toll" | "tolls" => match line.back(at, 1) {
                "injury" | "wounded" | "injured" => FigureKind::Injured,
                _ => FigureKind::Killed,
            },
            "number" | "total" | "count" | "tally"
                if matches!(line.lower(at + 1), "of" | "persons" | "people") =>
            {
                (at + 2..at + 7).find_map(|i| counted_deed(line.lower(i)))?
            }
            "deaths" | "fatalities" if steps < 8 => FigureKind::Killed,
            "injuries" if steps < 8 => FigureKind::Injured,
            "arrests" if steps < 8 => FigureKind::Arrested,
            _ => continue,
        };
        return Some(Told::new(kind, "figure.toll", at..at + 1));
    }
    None
}

/// What a word behind "the number of" tells was done to those counted.
fn counted_deed(lower: &str) -> Option<FigureKind> {
    match deed(lower) {
        Some((kind, Form::Past | Form::State | Form::Intransitive)) => Some(kind),
        _ => deed_noun(lower),
    }
}
