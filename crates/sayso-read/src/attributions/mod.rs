//! Attributions: source, cue and content, nested.

mod cue;
mod decode;
mod find;
mod lemma;
mod nested;
mod proposed;
mod quote;
mod resolve;
mod running;
mod score;
mod tell;

use std::ops::Range;

use sayso_encode::{Pieces, States, Weights, WeightsError};
use sayso_reading::{Attribution, Document};

pub(crate) use cue::LIGHT;
#[cfg(test)]
pub(crate) use cue::trim;
pub(crate) use find::Candidate;
pub(crate) use lemma::{forms, lemma};
pub(crate) use resolve::{Draft, span};
pub(crate) use score::FEATURES;
use score::Scorer;

use crate::roles::{self, RoleHead};
use crate::trace::Trace;

/// The head and what decides over its findings.
pub(crate) struct Attributions {
    head: RoleHead,
    scorer: Scorer,
}

impl Attributions {
    /// # Errors
    /// [`WeightsError`] where tensors or settings are missing.
    pub(crate) fn new(weights: &Weights) -> Result<Self, WeightsError> {
        Ok(Self {
            head: RoleHead::new(weights, roles::ATTRIBUTIONS)?,
            scorer: Scorer::new(weights)?,
        })
    }

    /// Candidates of one window.
    pub(crate) fn find(
        &self,
        pieces: &Pieces,
        window: &Range<usize>,
        states: &States,
    ) -> Vec<Candidate> {
        find::candidates(&self.head, pieces, window, states)
    }

    /// The attributions of a document, in the order of their words; `knows` tells whether the
    /// lexicon has a cue within a stretch.
    pub(crate) fn resolve(
        &self,
        document: &Document,
        pieces: &Pieces,
        candidates: Vec<Candidate>,
        knows: &dyn Fn(&Range<usize>) -> bool,
        trace: &mut Trace,
    ) -> Vec<Attribution> {
        let found = resolve::drafts(document, pieces, candidates);
        resolve::resolve(&self.scorer, document, &found, knows, trace)
    }

    /// Each candidate as a draft, with the features its score is made of.
    pub(crate) fn drafts(
        document: &Document,
        pieces: &Pieces,
        candidates: Vec<Candidate>,
    ) -> Vec<(resolve::Draft, [f32; FEATURES])> {
        let drafts = resolve::drafts(document, pieces, candidates).drafts;
        let features = score::features(&drafts);
        drafts.into_iter().zip(features).collect()
    }
}
