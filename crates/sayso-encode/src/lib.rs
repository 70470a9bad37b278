//! Text → word pieces → token states.
//!
//! [`Weights`] is the file that training writes, [`Vocabulary`] cuts text into
//! [`Pieces`], an [`Encoder`] turns a window of pieces into [`States`], and
//! [`kernel`] holds the few products that the heads need. This is the only room
//! that may say `unsafe`: for mapping a file, and for the processor's instructions
//! in `aligned`, `product`, `rows` and `attention`, each place with its reason.

mod aligned;
mod attention;
mod encoder;
mod features;
mod file_bytes;
mod int8;
pub mod kernel;
mod pieces;
mod product;
mod rows;
mod transformer;
mod weights;
mod wordpiece;

/// What this processor multiplies with: `amx`, `avx512` or `portable`. The integers are the
/// same; floats between them round differently, which tips a close decision now and then.
#[must_use]
pub fn kernels() -> &'static str {
    product::Path::best().name()
}

pub use encoder::{EncodeError, Encoder, States};
pub use features::{QuoteState, Shape, quote_states};
pub use file_bytes::FileBytes;
pub use pieces::Pieces;
pub use transformer::Transformer;
pub use weights::{Weights, WeightsError};
pub use wordpiece::Vocabulary;

/// Pieces that one window holds at most (training packed to the same size).
pub const WINDOW: usize = 320;
