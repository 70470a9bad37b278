//! What a figure counts, in kind: from its clause.

mod after;
mod before;

use std::ops::Range;

use sayso_reading::FigureKind;

use super::counted::Counted;
use super::line::Line;
use super::quantity::{Quantity, Wording};
use super::words;

/// A kind, by which rule, and the words that told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub kind: FigureKind,
    /// The rule's name in the manual.
    pub name: &'static str,
    pub words: Range<usize>,
}

impl Told {
    pub(super) const fn new(kind: FigureKind, name: &'static str, words: Range<usize>) -> Self {
        Self { kind, name, words }
    }
}

/// The figure before in the same line, as far as the next one leans on it.
#[derive(Debug, Clone)]
pub(super) struct Before {
    pub kind: FigureKind,
    /// One past its last token, counted words included.
    pub end: usize,
}

/// Whether people were harmed, taken or driven out.
pub(super) const fn is_of_people(kind: FigureKind) -> bool {
    matches!(
        kind,
        FigureKind::Killed
            | FigureKind::Injured
            | FigureKind::Captured
            | FigureKind::Arrested
            | FigureKind::Displaced
    )
}

/// The kind of a quantity in its clause; the first rule that fits.
pub(super) fn told(
    line: &Line,
    found: &Quantity,
    counted: Option<&Counted>,
    last: Option<&Before>,
) -> Told {
    if let Some(measure) = found.measure {
        return Told::new(measure.kind(), measure.name(), found.tokens.clone());
    }
    if let Some(told) = counted.and_then(|counted| by_noun_alone(line, counted)) {
        return told;
    }
    let behind = counted.map_or(found.tokens.end, |c| c.words.end);
    before::object(line, found.tokens.start, behind)
        .or_else(|| before::deed_of(line, found.tokens.start))
        .or_else(|| after::predicate(line, &found.tokens, behind))
        .filter(|told| befalls(line, told, counted))
        .or_else(|| counted.and_then(|counted| described(line, counted)))
        .or_else(|| before::toll(line, found.tokens.start, counted))
        .or_else(|| last.and_then(|last| listed(line, found, counted, last)))
        .or_else(|| counted.and_then(|counted| by_noun(line, counted)))
        .unwrap_or_else(|| Told::new(FigureKind::Other, "figure.other", found.tokens.clone()))
}

/// Whether what is counted can be the one to whom a deed is done.
fn befalls(line: &Line, told: &Told, counted: Option<&Counted>) -> bool {
    let Some(counted) = counted else {
        return true;
    };
    match told.kind {
        FigureKind::Killed | FigureKind::Injured => {
            !words::is_thing_of_war(line.lower(counted.head).trim_end_matches('s'))
        }
        FigureKind::Other => true,
        _ => counted.are_people(line),
    }
}

/// A noun that no verb makes something else: attacks, deaths, casualties.
fn by_noun_alone(line: &Line, counted: &Counted) -> Option<Told> {
    let lower = line.lower(counted.head);
    let at = counted.head..counted.head + 1;
    if matches!(lower, "casualties" | "casualty" | "losses" | "loss") {
        return Some(Told::new(FigureKind::Other, "figure.casualties", at));
    }
    if lower == "lives" {
        return Some(Told::new(FigureKind::Killed, "figure.noun", at));
    }
    let kind = words::noun(lower)?;
    let hunger = kind == FigureKind::Attacks
        && matches!(
            line.back(counted.head, 1),
            "hunger" | "labor" | "labour" | "heart"
        );
    let alone = kind == FigureKind::Attacks
        || !words::is_person(lower) && lower != "dead" && lower != "wounded" && lower != "injured";
    (alone && !hunger && is_of_people_or_attacks(kind)).then(|| Told::new(kind, "figure.noun", at))
}

const fn is_of_people_or_attacks(kind: FigureKind) -> bool {
    is_of_people(kind) || matches!(kind, FigureKind::Attacks)
}

/// The kind of the counted noun where no verb tells another.
fn by_noun(line: &Line, counted: &Counted) -> Option<Told> {
    // "police officers"
    let before = (counted.head > counted.words.start).then(|| line.back(counted.head, 1));
    let police = before.filter(|_| words::is_person(line.lower(counted.head)));
    let kind = words::noun(line.lower(counted.head)).or_else(|| words::noun(police?))?;
    Some(Told::new(
        kind,
        "figure.noun",
        counted.head..counted.head + 1,
    ))
}

/// "Twelve wounded soldiers".
fn described(line: &Line, counted: &Counted) -> Option<Told> {
    let start = counted.words.start;
    let at = start + usize::from(line.lower(start) == "other");
    let (kind, form) = words::deed(line.lower(at))?;
    let describes = at < counted.head && matches!(form, words::Form::Past | words::Form::State);
    describes.then(|| Told::new(kind, "figure.described", at..at + 1))
}

/// "Three soldiers and a civilian", "10 people, including three children": as the figure before.
fn listed(line: &Line, found: &Quantity, counted: Option<&Counted>, last: &Before) -> Option<Told> {
    if !is_of_people(last.kind) || counted.is_some_and(|c| !c.are_people(line)) {
        return None;
    }
    // "1,209 wounded, and 44 rebels have deserted": a clause of its own
    let verb = counted.map_or("", |c| line.lower(c.words.end));
    if words::is_auxiliary(verb) || words::is_be(verb) {
        return None;
    }
    let between = last.end..found.tokens.start;
    let too_far = between.len() > 10 || between.clone().any(|at| line.ends_sentence(at));
    if too_far || !is_joined(line, found, counted, &between) {
        return None;
    }
    Some(Told::new(last.kind, "figure.listed", between))
}

/// Whether the words between two figures join the later to the earlier.
fn is_joined(
    line: &Line,
    found: &Quantity,
    counted: Option<&Counted>,
    between: &Range<usize>,
) -> bool {
    let start = found.tokens.start;
    let before = line.back(start, 1);
    // "of which 700 this year"
    if counted.is_none()
        && between.len() < 6
        && line.back(start, 2) == "of"
        && matches!(before, "which" | "whom")
    {
        return true;
    }
    let joined = !between.is_empty() && between.clone().all(|at| words::joins_list(line.lower(at)));
    // "37 in ambushes, and 8 in raids"
    let near = between
        .clone()
        .any(|at| matches!(line.lower(at), "," | ";"))
        && matches!(before, "," | "and" | ";" | "including")
        && between.clone().all(|at| {
            let lower = line.lower(at);
            words::deed(lower).is_none() && !words::is_be(lower) && !line.ends_clause(at)
        });
    let including = near && before == "including";
    if counted.is_some() {
        return joined || including;
    }
    let bare = near && words::is_preposition(line.lower(found.tokens.end));
    (joined || including || bare) && joined_bare(line, found)
}

/// Whether a number without a noun may stand for people told of before.
fn joined_bare(line: &Line, found: &Quantity) -> bool {
    let behind = line.lower(found.tokens.end);
    found.wording != Wording::Article
        && (behind == "of"
            || words::is_preposition(behind)
            || line.ends_clause(found.tokens.end)
            || behind == ",")
}

/// The words that make a figure a total of all before: "bringing the toll to 30".
pub(super) fn cumulative(line: &Line, found: &Quantity) -> Option<Range<usize>> {
    let start = found.tokens.start;
    let verb = (1..=8).map_while(|steps| {
        let at = start.checked_sub(steps)?;
        (!line.ends_clause(at)).then_some(at)
    });
    let to = line.back(start, 1) == "to";
    let verb = verb.into_iter().find(|&at| {
        matches!(
            line.lower(at),
            "bringing"
                | "brings"
                | "brought"
                | "raising"
                | "raised"
                | "raises"
                | "rose"
                | "risen"
                | "climbed"
                | "taking"
                | "pushing"
                | "takes"
                | "rises"
        )
    })?;
    to.then_some(verb..start)
}
