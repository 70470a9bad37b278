//! Words of a main clause that weaken it.

use sayso_reading::{Act, Certainty};

use super::Ruling;
use super::clause::{Clause, is_finite};
use super::words::{Gap, Words};

/// Adverbs that leave it possible.
pub(super) const POSSIBLY: &[&str] =
    &["possibly", "perhaps", "maybe", "potentially", "conceivably"];
/// Adverbs that make it probable.
pub(super) const PROBABLY: &[&str] = &[
    "probably",
    "presumably",
    "apparently",
    "seemingly",
    "plausibly",
    "arguably",
];
/// What one could see or could not is no guess.
const ABLE: &[&str] = &[
    "see",
    "hear",
    "feel",
    "smell",
    "remember",
    "afford",
    "only",
    "barely",
    "hardly",
    "understand",
    "taste",
    "breathe",
    "walk",
    "no",
    "never",
    "not",
    "recall",
];
const BE: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "it's", "that's", "remain", "remains",
    "remained", "seem", "seems", "seemed",
];
const MONTH: &[&str] = &[
    "in", "on", "of", "since", "last", "early", "late", "until", "by", "from", "mid", "this",
    "next", "between", "before", "after",
];
/// Behind "should" they tell what is expected, not what ought to be.
const DUE: &[&str] = &[
    "arrive", "reach", "begin", "end", "last", "return", "resume", "become", "see", "take",
];
const DUE_BE: &[&str] = &[
    "able",
    "ready",
    "over",
    "back",
    "complete",
    "completed",
    "available",
    "finished",
    "operational",
    "done",
];
/// Acts whose content may be a thing that an adjective makes possible: "fears of possible attacks".
const OF_THINGS: &[Act] = &[
    Act::Warn,
    Act::Believe,
    Act::Predict,
    Act::Report,
    Act::Claim,
];
const MODAL: &str = "a verb of possibility stands in the main clause";
const ADVERB: &str = "an adverb or adjective weakens the main clause";

/// Places in the text as the words that weaken.
pub(super) fn hedge(
    words: &Words,
    places: &[usize],
    value: Certainty,
    rule: &'static str,
    why: &'static str,
) -> Ruling<Certainty> {
    let ranges = places.iter().filter_map(|&at| words.span(at..at + 1));
    Ruling {
        value,
        rule,
        spans: ranges.collect(),
        why,
    }
}

/// Words of the content's main clause that weaken it.
pub(super) fn in_clause(words: &Words, clause: &Clause, act: Act) -> Vec<Ruling<Certainty>> {
    let main = Main {
        words,
        places: &clause.main,
    };
    let bare = !is_finite(words, &clause.main) && OF_THINGS.contains(&act);
    let mut out = modals(words, clause);
    for position in 0..clause.main.len() {
        out.extend(main.adverb(position, bare));
        out.extend(main.verb(position));
        out.extend(main.noun(position));
        out.extend(main.ignorance(position));
    }
    out.sort_by_key(|h| h.spans.first().map_or(0, sayso_reading::Span::start));
    out
}

/// Rule `certainty.modal`: may, might, could, and "must have", "should arrive".
pub(super) fn modals(words: &Words, clause: &Clause) -> Vec<Ruling<Certainty>> {
    let main = Main {
        words,
        places: &clause.main,
    };
    (0..clause.main.len())
        .filter_map(|p| main.modal(p))
        .collect()
}

/// The words of a main clause by position.
struct Main<'a> {
    words: &'a Words,
    places: &'a [usize],
}

impl Main<'_> {
    fn word(&self, position: usize) -> &str {
        self.places
            .get(position)
            .map_or("", |&at| self.words.lower(at))
    }

    fn back(&self, position: usize, back: usize) -> &str {
        position.checked_sub(back).map_or("", |p| self.word(p))
    }

    fn any_back(&self, position: usize, reach: usize, list: &[&str]) -> bool {
        (1..=reach).any(|back| list.contains(&self.back(position, back)))
    }

    fn hedge(
        &self,
        places: &[usize],
        value: Certainty,
        rule: &'static str,
        why: &'static str,
    ) -> Ruling<Certainty> {
        let at: Vec<usize> = places
            .iter()
            .filter_map(|&p| self.places.get(p).copied())
            .collect();
        hedge(self.words, &at, value, rule, why)
    }

    fn modal(&self, position: usize) -> Option<Ruling<Certainty>> {
        let (word, next) = (self.word(position), self.word(position + 1));
        let at = *self.places.get(position)?;
        let value = match word {
            "may" if !is_month(self.words, at) => Certainty::Possible,
            "might" if !is_strength(self.back(position, 1), next) => Certainty::Possible,
            "could" if !ABLE.contains(&next) && !self.is_sensed(position) => Certainty::Possible,
            "must" if next == "have" => Certainty::Probable,
            "should" if DUE.contains(&next) && next != "take" && next != "see" && next != "end" => {
                Certainty::Probable
            }
            "should" if next == "be" && DUE_BE.contains(&self.word(position + 2)) => {
                Certainty::Probable
            }
            _ => return None,
        };
        Some(self.hedge(&[position], value, "certainty.modal", MODAL))
    }

    /// "could be heard", "could also see".
    fn is_sensed(&self, position: usize) -> bool {
        let (next, after) = (self.word(position + 1), self.word(position + 2));
        matches!(after, "heard" | "seen" | "felt" | "smelled") && next == "be"
            || next == "also" && ABLE.contains(&after)
    }

    /// Rule `certainty.adverb`: possibly, perhaps, likely, possible.
    fn adverb(&self, position: usize, bare: bool) -> Option<Ruling<Certainty>> {
        let (word, next, before) = (
            self.word(position),
            self.word(position + 1),
            self.back(position, 1),
        );
        let described = matches!(
            before,
            "a" | "an" | "the" | "its" | "their" | "his" | "her" | "this"
        ) || before == "most" && self.back(position, 2) == "the";
        let predicate = self.any_back(position, 3, BE) || next == "that";
        let comparison = before == "as"
            || self.any_back(
                position,
                2,
                &["if", "soon", "broadest", "wherever", "whenever"],
            );
        let value = match word {
            _ if POSSIBLY.contains(&word) && !described => Certainty::Possible,
            _ if PROBABLY.contains(&word) && !described => Certainty::Probable,
            "likely" | "unlikely" if !described && !self.is_compared(position) => {
                Certainty::Probable
            }
            "certainly" | "certain" if position > 0 && before == "almost" => {
                return Some(self.hedge(
                    &[position - 1, position],
                    Certainty::Probable,
                    "certainty.adverb",
                    ADVERB,
                ));
            }
            "possible" if self.any_back(position, 4, &["not", "never", "isn't", "wasn't"]) => {
                return None;
            }
            "possible" if !comparison && next != "to" && (bare && position < 3 || predicate) => {
                Certainty::Possible
            }
            "potential" | "suspected" if bare && position < 3 => Certainty::Possible,
            "probable" if bare && position < 3 || predicate => Certainty::Probable,
            _ => return None,
        };
        Some(self.hedge(&[position], value, "certainty.adverb", ADVERB))
    }

    /// "more likely than others", "40 percent of likely voters".
    fn is_compared(&self, position: usize) -> bool {
        let than = self
            .places
            .get(position)
            .is_some_and(|&at| (at + 1..at + 7).any(|at| self.words.lower(at) == "than"));
        let before = self.back(position, 1);
        matches!(before, "more" | "less") && than
            || matches!(before, "of" | "by" | "for" | "among" | "with" | "from")
    }

    /// Rule `certainty.verb`: appears to, seems, is expected to, is feared, cannot be ruled out.
    fn verb(&self, position: usize) -> Option<Ruling<Certainty>> {
        let (word, next, before) = (
            self.word(position),
            self.word(position + 1),
            self.back(position, 1),
        );
        let passive = self.any_back(position, 3, BE);
        let value = match word {
            "appear" | "appears" | "appeared"
                if matches!(next, "to" | "that" | "as" | "likely" | "set") =>
            {
                Certainty::Probable
            }
            "seem" | "seems" | "seemed" => Certainty::Probable,
            "expected" if passive && before != "as" && before != "than" || next == "to" => {
                Certainty::Probable
            }
            "expect" | "expects" | "anticipate" | "anticipates"
                if !self.any_back(position, 2, &["not", "don't", "didn't"]) =>
            {
                Certainty::Probable
            }
            "feared" | "suspected" if passive => Certainty::Possible,
            "ruled" | "rule"
                if next == "out"
                    && self.any_back(
                        position,
                        5,
                        &[
                            "not", "cannot", "can't", "couldn't", "won't", "didn't", "wouldn't",
                            "haven't", "hasn't",
                        ],
                    ) =>
            {
                return Some(self.hedge(
                    &[position, position + 1],
                    Certainty::Possible,
                    "certainty.verb",
                    "a word in the main clause says how sure it is",
                ));
            }
            _ => return None,
        };
        Some(self.hedge(
            &[position],
            value,
            "certainty.verb",
            "a word in the main clause says how sure it is",
        ))
    }

    /// Rule `certainty.noun`: there is a possibility, a chance, a likelihood.
    fn noun(&self, position: usize) -> Option<Ruling<Certainty>> {
        let next = self.word(position + 1);
        let none = self.any_back(position, 2, &["no", "not", "any"]);
        let opened = matches!(next, "of" | "that")
            || self
                .places
                .get(position)
                .is_some_and(|&at| self.words.lower(at + 1) == "that");
        let value = match self.word(position) {
            "possibility" | "chance" | "chances"
                if opened
                    && !none
                    && !self.any_back(position, 3, &["had", "have", "give", "gave", "given"]) =>
            {
                Certainty::Possible
            }
            "likelihood" | "probability"
                if self.any_back(position, 4, &["there", "there's", "all"]) && !none =>
            {
                Certainty::Probable
            }
            _ => return None,
        };
        Some(self.hedge(
            &[position],
            value,
            "certainty.noun",
            "a noun says that it is not sure",
        ))
    }

    /// Rule `certainty.ignorance`: it is unclear, not known, too early to say.
    fn ignorance(&self, position: usize) -> Option<Ruling<Certainty>> {
        let (next, before) = (self.word(position + 1), self.back(position, 1));
        let why = "the words say that it is not known";
        let denied = self.any_back(
            position,
            3,
            &[
                "not", "isn't", "wasn't", "aren't", "don't", "didn't", "doesn't", "never",
            ],
        );
        let after = |words: usize| (position..position + words).collect::<Vec<_>>();
        let places = match self.word(position) {
            "unclear" => after(1),
            "uncertain" | "unsure" | "unknown" if self.any_back(position, 2, BE) => after(1),
            "clear" | "known" | "sure"
                if denied
                    && self.any_back(
                        position,
                        4,
                        &["is", "was", "isn't", "wasn't", "are", "were", "it's", "not"],
                    ) =>
            {
                after(1)
            }
            "know" if denied => after(1),
            "idea" if before == "no" => after(1),
            "early" | "soon" if before == "too" && next == "to" => after(1),
            "seen"
                if before == "be"
                    && self.back(position, 2) == "to"
                    && self.back(position, 3).starts_with("remain") =>
            {
                after(1)
            }
            _ => return None,
        };
        Some(self.hedge(&places, Certainty::Unknown, "certainty.ignorance", why))
    }
}

/// Whether "may" is the month: "in May", "May 5", or a name in the middle of a sentence.
pub(super) fn is_month(words: &Words, at: usize) -> bool {
    let Some(word) = words.get(at).filter(|w| w.capital) else {
        return false;
    };
    let number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
    let dated = number(words.lower(at + 1))
        || number(words.back(at, 1))
        || MONTH.contains(&words.back(at, 1));
    let first = words.gap(at) == Gap::Sentence;
    word.lower == "may" && (dated || !first && !word.shouted)
}

/// Whether "might" is strength: "military might", "the might of".
fn is_strength(before: &str, next: &str) -> bool {
    next == "of"
        || matches!(
            before,
            "the"
                | "military"
                | "economic"
                | "political"
                | "financial"
                | "its"
                | "their"
                | "full"
                | "industrial"
                | "naval"
        )
}
