//! How an attribution is worded: act, certainty with its hedges, negation.
//!
//! The lexicon tells what a cue means by itself; named rules look at its verb group and
//! at the content's main clause. No network is asked.

mod act;
mod certainty;
mod clause;
mod deed;
mod hedge;
mod lexicon;
mod negation;
mod words;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use sayso_reading::{Attribution, AttributionId, Document, Span, Stretch};

use crate::attributions::{LIGHT, lemma};
use crate::trace::{Field, Trace};
pub(crate) use lexicon::verbs;
pub use lexicon::{CueLexicon, LexiconError};
use lexicon::{Match, Part};
use words::{Gap, Words};

/// A decision, the rule that made it, and the words it looked at.
#[derive(Debug, Clone)]
struct Ruling<T> {
    value: T,
    rule: &'static str,
    spans: Vec<Span>,
    why: &'static str,
}

/// The words of a document and the lexicon, to ask whether there is a known cue in a stretch.
pub(crate) struct KnownCues<'a> {
    words: Words,
    lexicon: &'a CueLexicon,
}

impl<'a> KnownCues<'a> {
    pub(crate) fn new(text: &str, lexicon: &'a CueLexicon) -> Self {
        Self {
            words: Words::new(text),
            lexicon,
        }
    }

    /// Whether an entry of the lexicon begins within the stretch.
    pub(crate) fn within(&self, stretch: &std::ops::Range<usize>) -> bool {
        Span::new(stretch.start, stretch.end).is_ok_and(|span| {
            self.words
                .within(span)
                .any(|at| !self.lexicon.at(&self.words, at).is_empty())
        })
    }
}

/// Fills act, certainty, hedge and negation of every attribution.
pub(crate) fn fill(
    document: &Document,
    lexicon: &CueLexicon,
    attributions: &mut [Attribution],
    trace: &mut Trace,
) {
    let words = Words::new(document.text());
    let mut children: HashMap<AttributionId, Vec<&Attribution>> = HashMap::new();
    for attribution in attributions.iter() {
        if let Some(outer) = attribution.within {
            children.entry(outer).or_default().push(attribution);
        }
    }
    let nested: Vec<Vec<Span>> = attributions
        .iter()
        .map(|a| inner(a, children.get(&a.id).map_or(&[], Vec::as_slice)))
        .collect();
    for (attribution, nested) in attributions.iter_mut().zip(&nested) {
        let here = Here::new(document.text(), &words, lexicon, attribution, nested);
        let act = act::decide(&here);
        let negated = negation::decide(&here, act.value);
        let certainty = certainty::decide(&here, act.value, negated.is_some());
        let (id, base) = (attribution.id, here.own_base());
        let stance = here.found.as_ref().map(|f| f.entry.stance);
        trace.step(id, Field::Act, act.rule, act.spans, || {
            let stance = stance.map_or_else(String::new, |s| format!("; stance {}", s.as_str()));
            format!("{}: {}{stance}", act.value, act.why)
        });
        if let Some(negated) = &negated {
            trace.step(
                id,
                Field::Negated,
                negated.rule,
                negated.spans.clone(),
                || negated.why.to_owned(),
            );
        }
        let level = certainty.level;
        trace.step(id, Field::Certainty, level.rule, level.spans, || {
            format!("{}: {}", level.value, level.why)
        });
        for hedge in &certainty.hedges {
            trace.step(id, Field::Hedge, hedge.rule, hedge.spans.clone(), || {
                format!("{}: {}", hedge.value, hedge.why)
            });
        }
        let spans: sayso_reading::Spans =
            certainty.hedges.into_iter().flat_map(|h| h.spans).collect();
        attribution.hedge = (!spans.is_empty()).then_some(Stretch { spans });
        attribution.act = Some(act.value);
        attribution.certainty = Some(level.value);
        attribution.negated = negated.is_some();
        if let (Some(cue), Some(base)) = (&mut attribution.cue, base) {
            trace.step(id, Field::Cue, "cue.own", [cue.phrase], || {
                format!("the base form is {base}, as the given lexicon has it")
            });
            cue.lemma = base;
        }
    }
}

/// The contents and cues of the attributions within one, but for those that put its whole content once more.
fn inner(outer: &Attribution, children: &[&Attribution]) -> Vec<Span> {
    let size = outer.content.spans.len();
    children
        .iter()
        .filter(|a| a.content.spans.shared(&outer.content.spans) * 10 < size * 9)
        .flat_map(|a| {
            a.content
                .spans
                .iter()
                .copied()
                .chain(a.cue.iter().map(|c| c.phrase))
        })
        .collect()
}

/// An attribution among the words of its text.
struct Here<'a> {
    text: &'a str,
    words: &'a Words,
    lexicon: &'a CueLexicon,
    attribution: &'a Attribution,
    /// The words that carry the act; none where there is no cue.
    cue: Range<usize>,
    /// The word that carries the act: the cue's first, or one behind it where the lexicon
    /// does not know the cue: "failed to mention".
    head: usize,
    /// The words before it that belong to its verb group, with what stands between.
    group: Range<usize>,
    /// The content's words.
    content: Vec<usize>,
    /// The content's words that stand in no other attribution within this one.
    own: Vec<usize>,
    /// What the lexicon says of the cue.
    found: Option<Match<'a>>,
}

impl<'a> Here<'a> {
    fn new(
        text: &'a str,
        words: &'a Words,
        lexicon: &'a CueLexicon,
        attribution: &'a Attribution,
        nested: &[Span],
    ) -> Self {
        let cue = attribution.cue.as_ref();
        let phrase = cue.map_or(0..0, |c| words.within(c.phrase));
        let cue = cue
            .and_then(|c| c.spans.hull())
            .map_or(0..0, |hull| words.within(hull));
        let content: Vec<usize> = attribution
            .content
            .spans
            .iter()
            .flat_map(|&piece| words.within(piece))
            .collect();
        let own = |&&at: &&usize| {
            words
                .get(at)
                .is_some_and(|w| !nested.iter().any(|n| n.overlaps(&w.span)))
        };
        let found = look_up(lexicon, words, &phrase, &cue);
        let head = match &found {
            Some(m) if m.words.start >= cue.end => m.words.start,
            _ => cue.start,
        };
        Self {
            text,
            words,
            lexicon,
            head,
            attribution,
            group: group(words, &phrase, head),
            own: content.iter().filter(own).copied().collect(),
            found,
            content,
            cue,
        }
    }

    /// The base form of the word that carries the act.
    fn base(&self) -> String {
        lemma(self.words.lower(self.head))
    }

    /// The base form by a user's lexicon, where the built-in rules give another.
    fn own_base(&self) -> Option<String> {
        let cue = self.attribution.cue.as_ref()?;
        let entry = self.found.as_ref().map(|f| f.entry)?;
        (entry.added && entry.part == Part::Verb && cue.lemma != entry.cue)
            .then(|| entry.cue.clone())
    }

    /// The words of the verb group before the cue.
    fn before(&self) -> impl DoubleEndedIterator<Item = (usize, &str)> {
        self.group.clone().map(|at| (at, self.words.lower(at)))
    }

    fn has_before(&self, list: &[&str]) -> bool {
        self.before().any(|(_, w)| list.contains(&w))
    }

    /// The content's word at a position, in lower case.
    fn content_word(&self, position: usize) -> &str {
        self.content
            .get(position)
            .map_or("", |&at| self.words.lower(at))
    }

    /// Whether a word in a place of the source is on a list.
    fn source_has(&self, list: &[&str]) -> bool {
        self.attribution
            .source
            .spans
            .iter()
            .flat_map(|&piece| self.words.within(piece))
            .any(|at| list.contains(&self.words.lower(at)))
    }

    /// The spans of single words.
    fn spans(&self, places: impl IntoIterator<Item = usize>) -> Vec<Span> {
        places
            .into_iter()
            .filter_map(|at| self.words.get(at).map(|w| w.span))
            .collect()
    }

    fn cue_spans(&self) -> Vec<Span> {
        let cue = self.attribution.cue.as_ref();
        cue.map_or_else(Vec::new, |c| c.spans.iter().copied().collect())
    }
}

/// Verbs that help, and words that stand among them before a cue.
const HELPERS: &[&str] = &[
    "am",
    "are",
    "be",
    "been",
    "being",
    "can",
    "cannot",
    "could",
    "did",
    "do",
    "does",
    "had",
    "has",
    "have",
    "having",
    "is",
    "may",
    "might",
    "must",
    "shall",
    "should",
    "was",
    "were",
    "will",
    "would",
    "to",
    "not",
    "never",
    "no",
    "longer",
    "yet",
    "also",
    "so",
    "far",
    "even",
    "ever",
    "still",
    "now",
    "just",
    "appear",
    "appears",
    "appeared",
    "appearing",
    "seem",
    "seems",
    "seemed",
    "likely",
    "unlikely",
    "perhaps",
    "maybe",
    "almost",
    "declined",
    "refused",
    "declining",
    "refusing",
    "decline",
    "refuse",
    "refuses",
    "declines",
    "unable",
    "unwilling",
    "fail",
    "failed",
    "fails",
    "failing",
    "without",
    "hardly",
    "neither",
    "nor",
    "stopped",
    "stops",
    "stopping",
    "short",
    "of",
    "expected",
    "immediate",
    "official",
    "independent",
    "public",
    "further",
    "explicit",
    "direct",
    "formal",
    "any",
];

/// The words before the one that carries the act that belong to its verb group.
fn group(words: &Words, phrase: &Range<usize>, head: usize) -> Range<usize> {
    let mut start = head;
    while start > 0 && words.gap(start) < Gap::Strong {
        let word = words.lower(start - 1);
        let helps = HELPERS.contains(&word) || word.ends_with("n't") || word.ends_with("ly");
        if !helps || words.gap(start) == Gap::Comma && !word.ends_with("ly") {
            break;
        }
        start -= 1;
    }
    start.min(phrase.start)..head
}

/// The lexicon's entry for a cue: the one with the most words; of two nouns and verbs that
/// are spelled alike the one that fits the word before.
fn look_up<'l>(
    lexicon: &'l CueLexicon,
    words: &Words,
    phrase: &Range<usize>,
    cue: &Range<usize>,
) -> Option<Match<'l>> {
    let starts = phrase.start.min(cue.start).saturating_sub(2)..phrase.end.max(cue.end);
    let matches: Vec<Match<'l>> = starts.flat_map(|at| lexicon.at(words, at)).collect();
    let best = |touching: bool| {
        let some = matches
            .iter()
            .filter(|m| touching == (m.words.start < cue.end && cue.start < m.words.end));
        some.filter(|m| touching || phrase.contains(&m.words.start))
            .max_by_key(|m| rank(words, m, cue))
            .cloned()
    };
    best(true).or_else(|| best(false))
}

/// What makes one entry a better reading of a cue than another.
fn rank(
    words: &Words,
    m: &Match<'_>,
    cue: &Range<usize>,
) -> (usize, bool, std::cmp::Reverse<usize>, bool) {
    let spoken = m.entry.cue.split(' ').filter(|w| *w != "…").count();
    let light = m.entry.part == Part::Verb && spoken == 1 && LIGHT.contains(&m.entry.cue.as_str());
    let noun = m.entry.part == Part::Noun;
    let fits = noun == nominal(words, m.words.start);
    (
        spoken,
        !light || cue.len() == 1,
        std::cmp::Reverse(m.words.start.abs_diff(cue.start)),
        fits,
    )
}

/// Whether a word stands where a noun does: behind an article, a possessive, "of".
fn nominal(words: &Words, at: usize) -> bool {
    let before = words.back(at, 1);
    before.ends_with("'s")
        || before.ends_with("s'")
        || matches!(
            before,
            "a" | "an"
                | "the"
                | "his"
                | "her"
                | "its"
                | "their"
                | "our"
                | "my"
                | "your"
                | "no"
                | "any"
                | "some"
                | "this"
                | "that"
                | "these"
                | "those"
                | "of"
                | "despite"
                | "amid"
                | "such"
                | "similar"
                | "many"
                | "several"
                | "immediate"
                | "growing"
                | "repeated"
        )
}
