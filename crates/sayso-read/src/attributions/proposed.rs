//! Sourceless attributions inside contents, by rules: the corpus is silent there, and the
//! network finds few of them.
//!
//! `nested.adverb`: "allegedly", "reportedly" put their sentence down to somebody.
//! `nested.noun`: "there are reports that …". `nested.participle`: "rumours linking it to …".
//! `nested.passive`: "is believed to …".

use std::collections::BTreeSet;
use std::ops::Range;

use sayso_reading::{
    Attribution, AttributionId, Cue, Document, Score, Source, Span, Spans, Stretch,
};

use super::lemma::lemma;
use super::quote::{Quotation, form};
use super::resolve::{neighbours, span};
use crate::prose::{sentences, trimmed, words};

/// Not fitted: the corpus has no such attribution.
const SCORE: f32 = 0.5;

const ADVERBS: &[&str] = &["allegedly", "reportedly", "supposedly", "purportedly"];
const NOUNS: &[&str] = &[
    "reports",
    "rumors",
    "rumours",
    "allegations",
    "accusations",
    "claims",
    "fears",
    "speculation",
    "suspicions",
    "suggestions",
    "rumor",
    "rumour",
    "allegation",
    "claim",
];
const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being"];
pub(super) const PASSIVES: &[&str] = &[
    "believed",
    "said",
    "alleged",
    "reported",
    "thought",
    "assumed",
    "confirmed",
    "understood",
    "considered",
    "feared",
    "rumored",
    "rumoured",
    "presumed",
    "suspected",
    "deemed",
    "estimated",
];
const PARTICIPLES: &[&str] = &[
    "ascribing",
    "linking",
    "attributing",
    "accusing",
    "alleging",
    "claiming",
    "suggesting",
    "saying",
    "blaming",
    "implicating",
    "tying",
];
/// Words at which a passive's subject does not go on to the left.
const CLAUSE: &[&str] = &[
    "that", "and", "but", "because", "while", "which", "who", "when", "where", "if", "as",
];

/// What a rule found: the cue's verb group, its word, and the content's pieces.
struct Proposal {
    phrase: Range<usize>,
    word: Range<usize>,
    source: Option<Range<usize>>,
    content: Vec<Range<usize>>,
    rule: &'static str,
}

/// Adds what the rules find inside the contents; `within` counts places in the list. Gives the
/// rule by which each came, under its verb group.
pub(crate) fn propose(
    document: &Document,
    quotations: &[Quotation],
    attributions: &mut Vec<Attribution>,
) -> Vec<(Span, &'static str)> {
    let text = document.text();
    let mut rules = Vec::new();
    let mut found: Vec<(Proposal, usize)> = Vec::new();
    for (index, outer) in attributions.iter().enumerate() {
        for piece in &outer.content.spans {
            for sentence in sentences(text, piece.range()) {
                found.extend(in_sentence(text, &sentence).into_iter().map(|p| (p, index)));
            }
        }
    }
    let given = attributions.len();
    let mut made_at: BTreeSet<usize> = BTreeSet::new();
    for (proposal, outer) in found {
        let near = &attributions[neighbours(given, outer)];
        let innermost =
            innermost(near, &proposal.word).map_or(outer, |i| neighbours(given, outer).start + i);
        let taken = near.iter().filter_map(|a| a.cue.as_ref()).any(|c| {
            c.phrase.start() < proposal.phrase.end && proposal.phrase.start < c.phrase.end()
        });
        // a content inside another's brings the same words again
        let again = taken || made_at.contains(&proposal.word.start);
        if !again && let Some(made) = attribution(text, &proposal, innermost, quotations) {
            made_at.insert(proposal.word.start);
            rules.extend(made.cue.as_ref().map(|c| (c.phrase, proposal.rule)));
            attributions.push(made);
        }
    }
    rules
}

/// The attribution with the shortest content around a word.
fn innermost(attributions: &[Attribution], word: &Range<usize>) -> Option<usize> {
    attributions
        .iter()
        .enumerate()
        .filter(|(_, a)| {
            a.content
                .spans
                .iter()
                .any(|s| s.start() <= word.start && word.end <= s.end())
        })
        .min_by_key(|(_, a)| a.content.spans.iter().map(Span::len).sum::<usize>())
        .map(|(i, _)| i)
}

/// A sentence's words, as the rules look at them.
struct Clause<'a> {
    text: &'a str,
    sentence: Range<usize>,
    words: Vec<Range<usize>>,
    lower: Vec<String>,
}

fn in_sentence(text: &str, sentence: &Range<usize>) -> Vec<Proposal> {
    let words = words(text, sentence.clone());
    let lower = words
        .iter()
        .map(|w| text.get(w.clone()).unwrap_or_default().to_lowercase())
        .collect();
    let clause = Clause {
        text,
        sentence: sentence.clone(),
        words,
        lower,
    };
    (0..clause.words.len())
        .filter_map(|i| {
            clause
                .adverb(i)
                .or_else(|| clause.noun(i))
                .or_else(|| clause.participle(i))
                .or_else(|| clause.passive(i))
        })
        .filter(|p| p.content.iter().map(|r| count(text, r)).sum::<usize>() >= 3)
        .collect()
}

fn count(text: &str, range: &Range<usize>) -> usize {
    words(text, range.clone()).len()
}

impl Clause<'_> {
    fn is(&self, index: usize, list: &[&str]) -> bool {
        self.lower
            .get(index)
            .is_some_and(|w| list.contains(&w.as_str()))
    }

    fn piece(&self, range: Range<usize>) -> Option<Range<usize>> {
        let range = trimmed(self.text, range, &[',', '.', ';']);
        (!range.is_empty()).then_some(range)
    }

    /// What follows a word, up to a clause that is joined behind a comma.
    fn rest(&self, index: usize) -> Option<Range<usize>> {
        let from = self.words[index].end;
        let slice = self.text.get(from..self.sentence.end)?;
        let joined = [
            ", while ",
            ", but ",
            ", although ",
            ", and ",
            ", though ",
            ", which ",
        ]
        .iter()
        .filter_map(|mark| slice.find(mark))
        .min();
        self.piece(from..from + joined.unwrap_or(slice.len()))
    }

    fn proposal(
        &self,
        phrase: Range<usize>,
        index: usize,
        content: impl IntoIterator<Item = Option<Range<usize>>>,
        rule: &'static str,
    ) -> Proposal {
        Proposal {
            phrase,
            word: self.words[index].clone(),
            source: None,
            content: content.into_iter().flatten().collect(),
            rule,
        }
    }

    /// "Among the dead were allegedly older people".
    fn adverb(&self, i: usize) -> Option<Proposal> {
        let word = self.words[i].clone();
        self.is(i, ADVERBS).then(|| {
            let before = self.piece(self.sentence.start..word.start);
            self.proposal(word, i, [before, self.rest(i)], "nested.adverb")
        })
    }

    /// "There are reports that …".
    fn noun(&self, i: usize) -> Option<Proposal> {
        let found = self.is(i, NOUNS) && self.is(i + 1, &["that"]) && !possessed(&self.lower, i);
        found.then(|| self.proposal(self.words[i].clone(), i, [self.rest(i)], "nested.noun"))
    }

    /// "Rumours linking the attack to the army": the noun is the source, the participle the cue.
    fn participle(&self, i: usize) -> Option<Proposal> {
        let noun = i.checked_sub(1)?;
        let found =
            self.is(i, PARTICIPLES) && self.is(noun, NOUNS) && !possessed(&self.lower, noun);
        found.then(|| Proposal {
            source: Some(self.words[noun].clone()),
            ..self.proposal(
                self.words[i].clone(),
                i,
                [self.rest(i)],
                "nested.participle",
            )
        })
    }

    /// "Thousands are believed to be …": the subject before, the rest behind.
    fn passive(&self, i: usize) -> Option<Proposal> {
        if !(self.is(i, PASSIVES) && self.is(i + 1, &["to", "that"])) {
            return None;
        }
        let adverb = i > 1 && self.lower[i - 1].ends_with("ly");
        let aux = i.checked_sub(1 + usize::from(adverb))?;
        if !self.is(aux, BE) {
            return None;
        }
        let from = (0..aux)
            .rev()
            .find(|&k| self.is(k, CLAUSE))
            .map_or(self.sentence.start, |k| self.words[k].end);
        let subject = self
            .text
            .get(from..self.words[aux].start)
            .and_then(border)
            .map_or(from, |at| from + at + 1);
        let phrase = self.words[aux].start..self.words[i].end;
        let before = self.piece(subject..self.words[aux].start);
        Some(self.proposal(phrase, i, [before, self.rest(i)], "nested.passive"))
    }
}

/// The last comma, semicolon or colon that parts words ("7,000" has none).
fn border(words: &str) -> Option<usize> {
    words
        .char_indices()
        .rev()
        .find(|(at, c)| {
            matches!(c, ',' | ';' | ':') && words[at + 1..].starts_with(char::is_whitespace)
        })
        .map(|(at, _)| at)
}

/// "His claims that", "the army’s reports that": somebody is named as their source.
fn possessed(lower: &[String], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| lower[i].as_str());
    matches!(before, "his" | "her" | "its" | "their" | "my" | "our")
        || before.ends_with("’s")
        || before.ends_with("'s")
        || before.ends_with("s’")
}

fn attribution(
    text: &str,
    proposal: &Proposal,
    outer: usize,
    quotations: &[Quotation],
) -> Option<Attribution> {
    let word = text.get(proposal.word.clone())?.to_lowercase();
    Some(Attribution {
        id: AttributionId::at(0),
        within: Some(AttributionId::at(outer)),
        cue: Some(Cue {
            spans: Spans::from(span(proposal.word.clone())?),
            lemma: lemma(&word),
            phrase: span(proposal.phrase.clone())?,
        }),
        source: Source {
            spans: proposal.source.clone().and_then(span).into_iter().collect(),
            ..Source::default()
        },
        content: Stretch {
            spans: proposal.content.iter().cloned().filter_map(span).collect(),
        },
        quote: form(text, &proposal.content, quotations),
        act: None,
        certainty: None,
        hedge: None,
        negated: false,
        chain: Vec::new(),
        score: Score::clamped(SCORE),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adverbs_nouns_and_passives_are_proposed() {
        for (sentence, cue, content) in [
            (
                "Among the dead were allegedly older people",
                "allegedly",
                "Among the dead were | older people",
            ),
            (
                "They denied rumours linking the raid to the army, and left.",
                "linking",
                "the raid to the army",
            ),
            (
                "There are reports that their hands were tied.",
                "reports",
                "that their hands were tied",
            ),
            (
                "So far, 7,000 others are assumed to be under the rubble.",
                "assumed",
                "7,000 others | to be under the rubble",
            ),
        ] {
            let found = in_sentence(sentence, &(0..sentence.len()));
            let told: Vec<_> = found
                .iter()
                .map(|p| {
                    let pieces: Vec<&str> =
                        p.content.iter().map(|r| &sentence[r.clone()]).collect();
                    (&sentence[p.word.clone()], pieces.join(" | "))
                })
                .collect();
            assert_eq!(told, [(cue, content.to_owned())]);
        }
        for sentence in [
            "His claims that all is well are false.",
            "He was told to leave.",
            "The army reported that.",
        ] {
            assert!(
                in_sentence(sentence, &(0..sentence.len())).is_empty(),
                "{sentence}"
            );
        }
    }
}
