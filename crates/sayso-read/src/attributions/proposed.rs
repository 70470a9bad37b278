//! Sourceless attributions inside contents, by rules: the corpus is silent there, and the
//! network finds few of them.
//!
//! `nested.adverb`: "allegedly", "reportedly" put their sentence down to somebody.
//! `nested.noun`: "there are reports that …". `nested.passive`: "is believed to …".

use std::ops::Range;

use sayso_reading::{Attribution, AttributionId, Cue, Document, Score, Source, Spans, Stretch};

use super::lemma::lemma;
use super::quote::{Quotation, form};
use super::resolve::span;
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
const PASSIVES: &[&str] = &[
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
/// Words at which a passive's subject does not go on to the left.
const CLAUSE: &[&str] = &[
    "that", "and", "but", "because", "while", "which", "who", "when", "where", "if", "as",
];

/// What a rule found: the cue's verb group, its word, and the content's pieces.
struct Proposal {
    phrase: Range<usize>,
    word: Range<usize>,
    content: Vec<Range<usize>>,
}

/// Adds what the rules find inside the contents; `within` counts places in the list.
pub(crate) fn propose(
    document: &Document,
    quotations: &[Quotation],
    attributions: &mut Vec<Attribution>,
) {
    let text = document.text();
    let mut found: Vec<(Proposal, usize)> = Vec::new();
    for (index, outer) in attributions.iter().enumerate() {
        for piece in &outer.content.spans {
            for sentence in sentences(text, piece.range()) {
                found.extend(in_sentence(text, &sentence).into_iter().map(|p| (p, index)));
            }
        }
    }
    for (proposal, outer) in found {
        let innermost = innermost(attributions, &proposal.word).unwrap_or(outer);
        let taken = attributions.iter().any(|a| {
            a.cue.as_ref().is_some_and(|c| {
                c.phrase.start() < proposal.phrase.end && proposal.phrase.start < c.phrase.end()
            })
        });
        if !taken && let Some(made) = attribution(text, &proposal, innermost, quotations) {
            attributions.push(made);
        }
    }
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
        .min_by_key(|(_, a)| {
            a.content
                .spans
                .iter()
                .map(sayso_reading::Span::len)
                .sum::<usize>()
        })
        .map(|(i, _)| i)
}

fn in_sentence(text: &str, sentence: &Range<usize>) -> Vec<Proposal> {
    let all = words(text, sentence.clone());
    let lower: Vec<String> = all
        .iter()
        .map(|w| text.get(w.clone()).unwrap_or_default().to_lowercase())
        .collect();
    let is = |i: usize, list: &[&str]| lower.get(i).is_some_and(|w| list.contains(&w.as_str()));
    let piece = |range: Range<usize>| {
        Some(trimmed(text, range, &[',', '.', ';'])).filter(|r| !r.is_empty())
    };
    let mut out = Vec::new();
    for i in 0..all.len() {
        let word = all[i].clone();
        let rest = word.end..sentence.end;
        if is(i, ADVERBS) {
            let content = [piece(sentence.start..word.start), piece(rest)];
            out.push(Proposal {
                phrase: word.clone(),
                word,
                content: content.into_iter().flatten().collect(),
            });
        } else if is(i, NOUNS) && is(i + 1, &["that"]) && !possessed(&lower, i) {
            out.push(Proposal {
                phrase: word.clone(),
                word,
                content: piece(rest).into_iter().collect(),
            });
        } else if is(i, PASSIVES) && is(i + 1, &["to", "that"]) && i > 0 {
            let aux = i - 1 - usize::from(i > 1 && lower[i - 1].ends_with("ly"));
            if is(aux, BE) {
                let from = (0..aux)
                    .rev()
                    .find(|&k| is(k, CLAUSE))
                    .map_or(sentence.start, |k| all[k].end);
                let subject = text
                    .get(from..all[aux].start)
                    .and_then(|s| s.rfind([',', ';', ':']))
                    .map_or(from, |at| from + at + 1);
                let content = [piece(subject..all[aux].start), piece(rest)];
                out.push(Proposal {
                    phrase: all[aux].start..word.end,
                    word,
                    content: content.into_iter().flatten().collect(),
                });
            }
        }
    }
    out.retain(|p| {
        p.content
            .iter()
            .map(|r| words(text, r.clone()).len())
            .sum::<usize>()
            >= 3
    });
    out
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
        source: Source::default(),
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
