//! What the words before a quantity tell.

use sayso_reading::FigureKind;

use super::Told;
use crate::figures::counted::Counted;
use crate::figures::line::Line;
use crate::figures::words::{Form, deed, deed_noun, is_be, is_person, leads_to_quantity};

/// What those who are taken become.
const CAPTIVES: &[&str] = &[
    "hostage",
    "hostages",
    "captive",
    "captives",
    "prisoner",
    "prisoners",
];
/// From what, or to what, people are driven.
const FLIGHT: &[&str] = &[
    "homes",
    "flee",
    "fleeing",
    "home",
    "houses",
    "leave",
    "evacuate",
    "displacement",
];
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
    if other_deed(line, at).is_some_and(|other| other != kind) {
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
        let total = line.lower(at) != "of" || matches!(line.back(at, 1), "total" | "out");
        if !leads_to_quantity(line.lower(at)) || !total {
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
    let counted = line.lower(behind.saturating_sub(1));
    let (kind, from) = match (line.back(at, 1), line.lower(at)) {
        ("gunned" | "mowed", "down") => (FigureKind::Killed, at - 1),
        // "shot to death a guard"
        ("to", "death") if !is_be(line.back(at, 3)) => (FigureKind::Killed, at - 1),
        ("rounded" | "rounding" | "round", "up") => (FigureKind::Arrested, at - 1),
        (_, "took" | "taken" | "take" | "taking" | "holding" | "held" | "hold" | "holds")
            if near(CAPTIVES) || CAPTIVES.contains(&counted) =>
        {
            (FigureKind::Captured, at)
        }
        (
            _,
            "forced" | "forcing" | "forces" | "driven" | "drove" | "driving" | "drive" | "sent"
            | "sending",
        ) if near(FLIGHT) => (FigureKind::Displaced, at),
        (_, "made" | "making" | "left" | "leaving" | "leaves")
            if near(&["homeless", "displaced"]) =>
        {
            (FigureKind::Displaced, at)
        }
        (_, "left" | "leaving" | "leaves" | "leave") => return left(line, behind),
        _ => return None,
    };
    Some(Told::new(kind, "figure.object", from..at + 1))
}

/// "Left five dead", "left three soldiers and a guard wounded".
fn left(line: &Line, behind: usize) -> Option<Told> {
    let state = (behind..behind + 8)
        .take_while(|&i| !line.ends_clause(i))
        .find(|&i| deed(line.lower(i)).is_some())?;
    let (kind, form) = deed(line.lower(state))?;
    matches!(form, Form::State | Form::Past)
        .then(|| Told::new(kind, "figure.object", state..state + 1))
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
