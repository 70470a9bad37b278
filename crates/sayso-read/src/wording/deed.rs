//! Deeds of violence: who takes one on himself, and who puts one down to another.

use sayso_reading::Act;

use super::act::{ruling, with_words};
use super::clause::is_finite;
use super::{Here, Ruling};

/// Deeds of violence that somebody takes on himself or puts down to another, as nouns.
const DEED: &[&str] = &[
    "attack",
    "attacks",
    "strike",
    "strikes",
    "airstrike",
    "airstrikes",
    "bombing",
    "bombings",
    "bomb",
    "assault",
    "assaults",
    "ambush",
    "ambushes",
    "killing",
    "killings",
    "shooting",
    "shootings",
    "raid",
    "raids",
    "explosion",
    "explosions",
    "blast",
    "blasts",
    "assassination",
    "assassinations",
    "operation",
    "operations",
    "massacre",
    "hijacking",
    "kidnapping",
    "abduction",
    "barrage",
    "shelling",
    "hack",
    "violence",
    "murder",
    "murders",
    "stabbing",
    "arson",
    "sabotage",
];
/// The same as verbs in -ing.
const DOING: &[&str] = &[
    "launching",
    "attacking",
    "striking",
    "targeting",
    "bombing",
    "killing",
    "firing",
    "shooting",
    "shelling",
    "hitting",
    "carrying",
    "downing",
    "destroying",
    "seizing",
    "ambushing",
    "conducting",
    "hacking",
    "planting",
    "detonating",
    "assassinating",
];
/// The same as participles.
const DONE: &[&str] = &[
    "killed",
    "struck",
    "hit",
    "targeted",
    "attacked",
    "fired",
    "launched",
    "shot",
    "bombed",
    "destroyed",
    "downed",
    "carried",
    "shelled",
    "ambushed",
    "conducted",
    "hacked",
    "detonated",
    "assassinated",
    "wounded",
    "sunk",
    "blown",
];
const SELF: &[&str] = &[
    "it", "they", "he", "she", "we", "i", "its", "their", "his", "her",
];

/// Rule `act.responsibility`: claiming an attack, or responsibility for it.
pub(super) fn responsibility(here: &Here<'_>, listed: Option<Act>) -> Option<Ruling<Act>> {
    if listed == Some(Act::TakeResponsibility) {
        return None;
    }
    let base = here.base();
    let claims = base == "claim";
    let behind =
        here.cue.start + 1..(here.cue.end + 6).min(here.words.sentence_end(here.cue.start));
    let near = behind
        .clone()
        .chain(here.content.iter().copied().take(6))
        .find(|&at| matches!(here.words.lower(at), "responsibility" | "credit"));
    let takes = matches!(
        base.as_str(),
        "claim" | "take" | "accept" | "assume" | "admit" | "acknowledge" | "declare"
    );
    let why = "the source takes a deed on itself";
    if let Some(at) = near.filter(|_| takes) {
        let ruling = ruling(here, Act::TakeResponsibility, "act.responsibility", why);
        return Some(with_words(ruling, here, &[at]));
    }
    let at = claims.then(|| own_deed(here)).flatten()?;
    let ruling = ruling(here, Act::TakeResponsibility, "act.responsibility", why);
    Some(with_words(ruling, here, &[at]))
}

/// The word for a deed that the content puts down to the source itself.
fn own_deed(here: &Here<'_>) -> Option<usize> {
    let word = |position| here.content_word(position);
    let place = |position: usize| here.content.get(position).copied();
    if DOING.contains(&word(0)) {
        return place(0);
    }
    // "to have killed", "that it had carried out the attack"
    let from = usize::from(word(0) == "that");
    let to_have = word(0) == "to" && word(1) == "have";
    let itself = SELF.contains(&word(from));
    if to_have || itself {
        let done = (from + 1..from + 4).find(|&p| DONE.contains(&word(p)));
        let whole = |p: &usize| to_have || word(*p) == "carried" || word(*p) == "conducted";
        let behind =
            (from + 1..from + 4).find(|&p| word(p) == "behind" || word(p) == "responsible");
        return done.filter(whole).or(behind).and_then(place);
    }
    // "the attack", "dozens of drone strikes", but no clause of its own; "claims of attacks" only allege
    let of = |word: &str| word == "of";
    if of(here.behind()) || of(word(0)) || of(here.words.back(here.cue.end, 1)) {
        return None;
    }
    if is_finite(here.words, &here.own) {
        return None;
    }
    (0..6).find(|&p| DEED.contains(&word(p))).and_then(place)
}

/// Rule `act.blame`: putting a deed of violence down to somebody.
pub(super) fn blame(here: &Here<'_>) -> Option<Ruling<Act>> {
    let base = here.base();
    let links = matches!(
        base.as_str(),
        "attribute" | "ascribe" | "link" | "trace" | "tie" | "connect" | "pin"
    );
    let at = here
        .content
        .iter()
        .copied()
        .find(|&at| DEED.contains(&here.words.lower(at)));
    let why = "a deed of violence is put down to somebody";
    let at = at.filter(|_| links)?;
    Some(with_words(
        ruling(here, Act::Accuse, "act.blame", why),
        here,
        &[at],
    ))
}
