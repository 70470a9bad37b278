//! Whether the attribution itself is denied: "did not say", "no group has claimed".

use sayso_reading::Act;

use super::{Here, Ruling};

/// Words that deny the verb behind them.
const NOT: &[&str] = &[
    "not", "never", "cannot", "neither", "nor", "hardly", "without",
];
/// Behind "not" they take the denial back: "not only said".
const ONLY: &[&str] = &["only", "just", "merely", "simply"];
/// Sources that are nobody.
const NOBODY: &[&str] = &["no", "nobody", "none", "neither", "nobody's"];

/// The rule that denies an attribution; nothing where none does.
///
/// A refusal is an act, so only "did not decline" denies one; so is a denial.
pub(super) fn decide(here: &Here<'_>, act: Act) -> Option<Ruling<()>> {
    if here.cue.is_empty() {
        return None;
    }
    if act == Act::Decline && !matches!(here.base().as_str(), "decline" | "refuse") {
        return None;
    }
    in_group(here)
        .or_else(|| inside(here))
        .or_else(|| nobody(here))
        .or_else(|| inverted(here))
}

fn denied(rule: &'static str, here: &Here<'_>, at: usize, why: &'static str) -> Ruling<()> {
    Ruling {
        value: (),
        rule,
        spans: here.spans([at]),
        why,
    }
}

/// Rule `negation.auxiliary` and its kin: a word before the cue, in its verb group.
pub(super) fn in_group(here: &Here<'_>) -> Option<Ruling<()>> {
    for (at, word) in here.before() {
        let next = here.words.lower(at + 1);
        // "hard not to wonder"
        if matches!(here.words.back(at, 1), "hard" | "difficult" | "impossible") {
            continue;
        }
        if (NOT.contains(&word) || word.ends_with("n't")) && !ONLY.contains(&next) {
            let why = "the verb group denies the act";
            return Some(denied("negation.auxiliary", here, at, why));
        }
        let why = "the words before the cue say that the act has not come about";
        let short = word == "short" && next == "of";
        let failed = word.starts_with("fail") && next == "to";
        let yet = word == "yet" && next == "to";
        if short || failed || yet {
            return Some(denied("negation.unfulfilled", here, at, why));
        }
        if word == "no" && (next == "longer" || here.nominal()) {
            let why = "there is none of what the cue names";
            return Some(denied("negation.none", here, at, why));
        }
    }
    None
}

/// Rule `negation.none` inside the cue: "made no mention of".
fn inside(here: &Here<'_>) -> Option<Ruling<()>> {
    let at = here
        .cue
        .clone()
        .skip(1)
        .find(|&at| here.words.lower(at) == "no")?;
    let secret = matches!(here.words.lower(at + 1), "secret" | "bones" | "doubt");
    let why = "there is none of what the cue names";
    (!secret).then(|| denied("negation.none", here, at, why))
}

/// Rule `negation.nobody`: the source is nobody: "no faction has claimed".
fn nobody(here: &Here<'_>) -> Option<Ruling<()>> {
    let first = here.attribution.source.spans.pieces().first()?;
    let at = here.words.within(*first).start;
    let (word, next) = (here.words.lower(at), here.words.lower(at + 1));
    // "No 10 said" names the prime minister's office
    let number = next.starts_with(|c: char| c.is_ascii_digit());
    let not_one = word == "not" && matches!(next, "one" | "a");
    let is = NOBODY.contains(&word) && !number || not_one;
    is.then(|| denied("negation.nobody", here, at, "the source is nobody"))
}

/// Rule `negation.inverted`: "nor did the ministry say".
fn inverted(here: &Here<'_>) -> Option<Ruling<()>> {
    let start = here.words.sentence_start(here.cue.start);
    let from = here.cue.start.saturating_sub(9).max(start);
    let at = (from..here.cue.start).rev().find(|&at| {
        let next = here.words.lower(at + 1);
        matches!(here.words.lower(at), "nor" | "neither" | "never")
            && matches!(
                next,
                "did" | "has" | "have" | "had" | "does" | "do" | "is" | "was" | "would" | "will"
            )
    })?;
    let why = "the clause begins with a denial";
    Some(denied("negation.inverted", here, at, why))
}
