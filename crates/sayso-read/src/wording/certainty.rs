//! How sure the source is of the content, as worded, and the words that weaken it.

use sayso_reading::{Act, Certainty};

use super::clause::{Clause, is_finite, main_clause};
use super::hedge::{POSSIBLY, PROBABLY, hedge, in_clause, is_month, modals};
use super::{Here, Ruling};

/// Certainty, and every word that weakens it.
pub(super) struct Found {
    pub level: Ruling<Certainty>,
    pub hedges: Vec<Ruling<Certainty>>,
}

/// Behind a statement they ask for nothing: "it works, right?"
const TAGS: &[&str] = &["right", "huh", "ok", "okay", "eh", "no", "yeah"];
/// Acts whose content is not asserted: certain unless the verb group weakens them.
const DIRECTIVE: &[Act] = &[
    Act::Urge,
    Act::Threaten,
    Act::Promise,
    Act::Decide,
    Act::TakeResponsibility,
    Act::Deny,
];

/// Certainty of the source about the content.
pub(super) fn decide(here: &Here<'_>, act: Act, negated: bool) -> Found {
    let clause = main_clause(here.words, &here.own);
    let mut hedges = in_group(here);
    if !DIRECTIVE.contains(&act) {
        hedges.extend(in_clause(here.words, &clause, act));
    } else if matches!(act, Act::Promise | Act::Threaten) {
        hedges.extend(modals(here.words, &clause));
    }
    let by_itself = [
        by_act(here, act),
        open(here, &clause, act, negated),
        by_warning(here, &clause, act),
        by_condition(here, &clause, act),
        by_lexicon(here, act),
    ];
    let weakest = by_itself
        .into_iter()
        .flatten()
        .chain(hedges.iter().cloned())
        .fold(None::<Ruling<Certainty>>, |weakest, r| match weakest {
            Some(w) if w.value >= r.value => Some(w),
            _ => Some(r),
        });
    let level = weakest.unwrap_or(Ruling {
        value: Certainty::Certain,
        rule: "certainty.plain",
        spans: Vec::new(),
        why: "no word weakens it",
    });
    Found { level, hedges }
}

fn ruling(value: Certainty, rule: &'static str, why: &'static str) -> Ruling<Certainty> {
    Ruling {
        value,
        rule,
        spans: Vec::new(),
        why,
    }
}

/// Rules `certainty.question` and `certainty.refusal`: who asks or declines tells nothing.
fn by_act(here: &Here<'_>, act: Act) -> Option<Ruling<Certainty>> {
    let (rule, why) = match act {
        Act::Ask => ("certainty.question", "who asks leaves it open"),
        Act::Decline => ("certainty.refusal", "who declines to say leaves it open"),
        _ => return None,
    };
    let mut ruling = ruling(Certainty::Unknown, rule, why);
    ruling.spans = here.cue_spans();
    Some(ruling)
}

/// Rule `certainty.open`: an embedded or quoted question, "could not confirm".
fn open(here: &Here<'_>, clause: &Clause, act: Act, negated: bool) -> Option<Ruling<Certainty>> {
    let first = here.content_word(0);
    let asked = matches!(first, "whether")
        || negated
            && matches!(
                first,
                "if" | "who" | "what" | "when" | "where" | "why" | "how" | "which"
            );
    let last = clause.main.last().and_then(|&at| here.words.get(at));
    let mark = last.is_some_and(|w| {
        let rest = here.text.get(w.span.end()..).unwrap_or_default();
        rest.starts_with('?') && !TAGS.contains(&w.lower.as_str())
    });
    let unconfirmed = act == Act::Confirm
        && negated
        && here.has_before(&["could", "couldn't", "cannot", "can't", "unable", "can"]);
    let why = "the words leave it open";
    (asked || mark || unconfirmed).then(|| Ruling {
        spans: here.spans(here.content.first().copied()),
        ..ruling(Certainty::Unknown, "certainty.open", why)
    })
}

/// Rule `certainty.warning`: what is only warned of is possible; what is told in warning is not.
fn by_warning(here: &Here<'_>, clause: &Clause, act: Act) -> Option<Ruling<Certainty>> {
    if act != Act::Warn {
        return None;
    }
    let of = |word: &str| matches!(word, "of" | "about" | "against" | "over");
    let cue_end = here.words.back(here.cue.end, 1);
    let first = here.content.first().copied()?;
    let led = of(cue_end)
        || of(here.behind())
        || of(here.words.lower(first))
        || of(here.words.back(first, 1));
    let finite = is_finite(here.words, &clause.main);
    let infinitive = here
        .content
        .iter()
        .take(8)
        .any(|&at| here.words.lower(at) == "to");
    let quoted = here.is_quoted(first);
    let bare = !finite && !infinitive && !quoted && !clause.verb;
    let future = clause.main.iter().copied().find(|&at| {
        matches!(
            here.words.lower(at),
            "will" | "would" | "won't" | "wouldn't" | "they'll" | "it'll"
        )
    });
    // what the source will do itself is a matter of its own will
    let itself = clause.main.first().is_some_and(|&at| {
        matches!(
            here.words.lower(at),
            "we" | "i" | "it" | "they" | "he" | "she" | "we'll" | "i'll" | "you"
        )
    });
    let foretold = future.filter(|_| !itself && !quoted);
    let why = "it is only warned of";
    (led || bare || foretold.is_some()).then(|| Ruling {
        spans: here.cue_spans(),
        ..ruling(Certainty::Possible, "certainty.warning", why)
    })
}

/// Rule `certainty.condition`: "if it rains, the game would end".
fn by_condition(here: &Here<'_>, clause: &Clause, act: Act) -> Option<Ruling<Certainty>> {
    let has = |list: &[&str]| {
        clause
            .main
            .iter()
            .any(|&at| list.contains(&here.words.lower(at)))
    };
    let first = clause
        .condition_first
        .filter(|_| has(&["would", "could", "might", "will", "may"]));
    let last = clause
        .condition_last
        .filter(|_| has(&["would", "could", "might"]));
    let at = first.or(last).filter(|_| !DIRECTIVE.contains(&act))?;
    let why = "it holds only on a condition";
    Some(Ruling {
        spans: here.spans([at]),
        ..ruling(Certainty::Possible, "certainty.condition", why)
    })
}

/// Rule `certainty.lexicon`: what the cue tells by itself.
fn by_lexicon(here: &Here<'_>, act: Act) -> Option<Ruling<Certainty>> {
    let entry = here.found.as_ref()?.entry;
    // where the context gave another act, the word does not mean what the lexicon says
    let meant = entry.act == act && entry.certainty != Certainty::Certain;
    meant.then(|| Ruling {
        spans: here.cue_spans(),
        ..ruling(
            entry.certainty,
            "certainty.lexicon",
            "the cue's word means it",
        )
    })
}

/// Rule `certainty.group`: weakening words in the cue's own verb group.
fn in_group(here: &Here<'_>) -> Vec<Ruling<Certainty>> {
    let words = here.words;
    let why = "a word of the verb group weakens it";
    let one = |(at, word): (usize, &str)| {
        let level = match word {
            "may" | "might" if !is_month(words, at) => Certainty::Possible,
            "could" if !matches!(words.lower(at + 1), "not" | "only" | "never") => {
                Certainty::Possible
            }
            _ if matches!(words.back(at, 1), "a" | "an" | "the") => return None,
            _ if POSSIBLY.contains(&word) => Certainty::Possible,
            _ if PROBABLY.contains(&word) => Certainty::Probable,
            "likely" | "unlikely" | "appear" | "appears" | "appeared" | "seem" | "seems"
            | "seemed" | "expected" => Certainty::Probable,
            "certainly" if words.back(at, 1) == "almost" => {
                let places = [at.saturating_sub(1), at];
                return Some(hedge(
                    words,
                    &places,
                    Certainty::Probable,
                    "certainty.group",
                    why,
                ));
            }
            _ => return None,
        };
        Some(hedge(words, &[at], level, "certainty.group", why))
    };
    here.before().filter_map(one).collect()
}
