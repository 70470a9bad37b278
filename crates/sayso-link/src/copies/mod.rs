//! Copies: which documents share their reporters' words.

mod cover;
mod index;
mod pairs;
mod runs;
mod tell;

pub(crate) use pairs::{Changed, update};
pub(crate) use runs::SCHEME;
pub use tell::{Copy, CopyKind, Rewrite};
pub(crate) use tell::{all, of, rewrites};
