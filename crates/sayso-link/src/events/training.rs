//! Labelled texts through the same code as a case: for `train/links.py` and for measuring.

use std::collections::HashMap;

use sayso_reading::{EventMention, Reading, Spans};

use super::cluster::clusters;
use super::compare::{KEPT, is_worth};
use super::described::Page;
use super::forest::{Forest, SURE};
use super::mention::{Trigger, page_of};
use super::pair::{Between, NAMES, Side, features};
use crate::stories::{Vector, raw_likeness};

/// A labelled text with its reading.
#[derive(Debug)]
pub struct Labelled {
    /// The reading.
    pub reading: Reading,
    /// Its triggers: a name for each, and where it stands.
    pub triggers: Vec<(String, Spans)>,
}

/// Two triggers, by their text and their place in it, with what they have in common.
#[derive(Debug, Clone)]
pub struct TriggerPair {
    /// Text and trigger of the one.
    pub a: (usize, usize),
    /// Text and trigger of the other.
    pub b: (usize, usize),
    /// The features that [`feature_names`] names.
    pub features: Vec<f32>,
}

/// Names of the features.
pub fn feature_names() -> Vec<&'static str> {
    NAMES.to_vec()
}

/// Texts with this much likeness are compared.
const LEAST: f64 = 0.02;

/// All pairs of triggers of some texts that are compared.
pub fn pairs(texts: &[Labelled]) -> Vec<TriggerPair> {
    let pages: Vec<(Page, Vector)> = texts
        .iter()
        .map(|text| {
            let triggers = text.triggers.iter().map(|(name, spans)| Trigger {
                local: name.clone(),
                spans: spans.clone(),
                event: found_there(&text.reading, spans),
            });
            (
                page_of(&text.reading, triggers.collect()),
                Vector::of(&text.reading.document),
            )
        })
        .collect();
    let mut out = Vec::new();
    for (i, (page, vector)) in pages.iter().enumerate() {
        for (j, (other, other_vector)) in pages.iter().enumerate().take(i + 1) {
            let likeness = (i != j).then(|| raw_likeness(&vector.terms, &other_vector.terms));
            if likeness.is_some_and(|l| l < LEAST) {
                continue;
            }
            let between = likeness.map_or(Between::One, |l| Between::two(page, other, l));
            for (x, mention) in page.mentions.iter().enumerate() {
                let all = if i == j { x } else { other.mentions.len() };
                for (y, second) in other.mentions.iter().enumerate().take(all) {
                    if !is_worth(mention, second) {
                        continue;
                    }
                    let one = Side { page, mention };
                    let two = Side {
                        page: other,
                        mention: second,
                    };
                    out.push(TriggerPair {
                        a: (i, x),
                        b: (j, y),
                        features: features(one, two, between).to_vec(),
                    });
                }
            }
        }
    }
    out
}

/// Of each trigger of some texts, text and trigger that name its event.
pub fn events(texts: &[Labelled]) -> Vec<Vec<(usize, usize)>> {
    let forest = Forest::shipped();
    let mut numbers = HashMap::new();
    let mut all = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        for x in 0..text.triggers.len() {
            numbers.insert((i, x), all.len());
            all.push((i, x));
        }
    }
    let mut scores = Vec::new();
    for pair in pairs(texts) {
        let (Some(&a), Some(&b)) = (numbers.get(&pair.a), numbers.get(&pair.b)) else {
            continue;
        };
        if let Ok(features) = pair.features.try_into() {
            let score = forest.score(&features);
            if score >= KEPT {
                scores.push((a, b, score));
            }
        }
    }
    let own = clusters(
        all.len(),
        &scores,
        millionths(forest.high),
        millionths(forest.low),
    );
    let mut own = own.into_iter().filter_map(|first| all.get(first).copied());
    texts
        .iter()
        .map(|text| own.by_ref().take(text.triggers.len()).collect())
        .collect()
}

#[expect(clippy::cast_sign_loss, reason = "thresholds lie between 0 and 1")]
pub(crate) fn millionths(share: f64) -> u32 {
    (share * f64::from(SURE)).round() as u32
}

/// The event that the reader found there: the one whose trigger overlaps most.
fn found_there<'r>(reading: &'r Reading, spans: &Spans) -> Option<&'r EventMention> {
    let shared = |event: &&EventMention| event.trigger.spans.shared(spans);
    let best = reading.events.iter().rev().max_by_key(shared)?;
    (shared(&best) > 0).then_some(best)
}
