//! What every encoder gives.

use std::ops::Range;

use thiserror::Error;

use crate::pieces::Pieces;

/// Why a window could not be encoded.
#[derive(Debug, Error)]
pub enum EncodeError {
    /// The engine refused; with sound weights this is a fault of the program.
    #[error("the encoder failed on a window of {pieces} pieces: {cause}")]
    Engine {
        /// Length of the window.
        pieces: usize,
        /// What the engine said.
        cause: String,
    },
}

/// What the encoder says of a window: one row a piece in each matrix.
#[derive(Debug, Clone, Default)]
pub struct States {
    /// Token states, pieces × [`States::WIDTH`].
    pub states: Vec<f32>,
    /// Scores (logits) of outside, begin, inside of any cue, pieces × 3.
    pub any: Vec<f32>,
    /// The same of an outermost cue, pieces × 3.
    pub outer: Vec<f32>,
    /// Scores of the names output, pieces × [`States::NAME_LAYERS`] × [`States::NAME_LABELS`].
    pub names: Vec<f32>,
    /// Scores of outside, begin, inside of a trigger: first of an event, then of any happening
    /// at all, pieces × [`States::TRIGGERS`] × 3.
    pub happen: Vec<f32>,
    /// The share of the attributions' role head that does not depend on the cue, pieces × [`States::TOKEN`].
    pub token: Vec<f32>,
    /// The same of the events' role head.
    pub event_token: Vec<f32>,
}

impl States {
    /// Width of a token state.
    pub const WIDTH: usize = 384;
    /// Layers of names: outermost ones, and those inside them.
    pub const NAME_LAYERS: usize = 2;
    /// Labels of a layer: outside, then begin and inside of six classes.
    pub const NAME_LABELS: usize = 13;
    /// Sorts of triggers: events, and happenings of any kind.
    pub const TRIGGERS: usize = 2;
    /// Width of a role head.
    pub const ROLE: usize = 128;
    /// Width of a role head's two parts for a token.
    pub const TOKEN: usize = 2 * Self::ROLE;
}

/// From pieces to states. The same pieces give the same states, whatever ran before.
pub trait Encoder: Send + Sync {
    /// Encodes one window of a text's pieces, at most [`crate::WINDOW`] of them.
    ///
    /// # Errors
    /// [`EncodeError`] where the engine fails.
    fn encode(&self, pieces: &Pieces, window: Range<usize>) -> Result<States, EncodeError>;

    /// Another encoder of the same weights for another thread.
    fn another(&self) -> Box<dyn Encoder>;

    /// Runs work that encodes; engines that keep threads of their own run it there.
    fn run(&self, work: &mut (dyn FnMut() + Send)) {
        work();
    }
}
