//! How sure the reader is of a candidate: a logistic model over what the heads say
//! and how the candidate stands to its neighbours, fitted on texts kept aside from
//! training, so that of those scored 0.9 nine in ten are right.

use sayso_encode::{Weights, WeightsError};
use sayso_reading::QuoteForm as Quote;
use serde::Deserialize;

use super::resolve::Draft;

/// Number of features of a candidate.
pub(crate) const FEATURES: usize = 12;

#[derive(Debug, Deserialize)]
struct Settings {
    outermost: Logistic,
    nested: Logistic,
}

#[derive(Debug, Deserialize)]
struct Logistic {
    bias: f32,
    weights: Vec<f32>,
    /// From this score on a candidate is kept.
    threshold: f32,
    /// The same for one without a source: rarer and harder, and lost altogether under a common threshold.
    threshold_sourceless: f32,
}

/// How a candidate stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Standing {
    /// The probability of being right.
    pub score: f32,
    /// Log odds above its threshold; kept from 0 on.
    pub margin: f32,
}

/// The fitted models, from the weights file.
pub(crate) struct Scorer {
    outermost: Logistic,
    nested: Logistic,
}

impl Scorer {
    /// # Errors
    /// [`WeightsError::Damaged`] where the settings lack the models.
    pub(crate) fn new(weights: &Weights) -> Result<Self, WeightsError> {
        let settings: Settings = serde_json::from_value(weights.settings().clone())
            .map_err(|e| weights.damaged(format!("settings: {e}")))?;
        let Settings { outermost, nested } = settings;
        for model in [&outermost, &nested] {
            if model.weights.len() != FEATURES {
                return Err(weights.damaged(format!(
                    "settings: {} weights of {FEATURES}",
                    model.weights.len()
                )));
            }
        }
        Ok(Self { outermost, nested })
    }

    /// As an outermost attribution.
    pub(crate) fn outermost(&self, features: &[f32; FEATURES]) -> Standing {
        self.outermost.score(features)
    }

    /// As one inside another's content.
    pub(crate) fn nested(&self, features: &[f32; FEATURES]) -> Standing {
        self.nested.score(features)
    }
}

impl Logistic {
    fn score(&self, features: &[f32; FEATURES]) -> Standing {
        let sum = self
            .weights
            .iter()
            .zip(features)
            .fold(self.bias, |s, (w, f)| s + w * f);
        let sourceless = features[SOURCELESS] > 0.5;
        let threshold = if sourceless {
            self.threshold_sourceless
        } else {
            self.threshold
        };
        Standing {
            score: 1.0 / (1.0 + (-sum).exp()),
            margin: sum - odds(threshold),
        }
    }
}

/// The feature that tells a candidate without a source.
const SOURCELESS: usize = 4;

/// Log odds, kept within ±7.
fn odds(p: f32) -> f32 {
    let p = p.clamp(0.001, 0.999);
    (p / (1.0 - p)).ln()
}

/// The features of every draft of a document.
pub(crate) fn features(drafts: &[Draft]) -> Vec<[f32; FEATURES]> {
    let flag = |b: bool| if b { 1.0 } else { 0.0 };
    drafts
        .iter()
        .enumerate()
        .map(|(index, draft)| {
            let (mut around, mut rival) = (0.0_f32, 0.0_f32);
            // only neighbours in text order can share words; a few on each side are enough
            for (_, other) in drafts
                .iter()
                .enumerate()
                .take(index + 9)
                .skip(index.saturating_sub(8))
                .filter(|(i, _)| *i != index)
            {
                if other.holds(&draft.phrase) {
                    around = around.max(other.outer);
                } else if other.shared(draft) > 0.5 {
                    rival = rival.max(other.outer);
                }
            }
            [
                odds(draft.outer),
                odds(draft.any),
                draft.content_confidence,
                draft.source_confidence,
                flag(draft.source.is_none()),
                flag(draft.quote == Quote::Direct),
                flag(draft.quote == Quote::Mixed),
                (1.0 + draft.length() as f32).ln(),
                around,
                rival,
                odds(draft.weakest),
                odds(draft.beside),
            ]
        })
        .collect()
}
