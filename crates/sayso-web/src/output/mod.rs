//! Readings for people and for programs: JSON Lines, a page, and the words that both share with the table.

use std::io;
use std::path::{Path, PathBuf};

use sayso_reading::ReadingError;
use thiserror::Error;

pub mod account;
pub mod filter;
pub mod glyphs;
pub mod html;
pub mod json;
pub mod labels;
pub mod rows;
mod whole;

pub use whole::WholeFile;

/// Why a reading could not be written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OutputError {
    /// A file cannot be made.
    #[error("{}: cannot write it ({cause}); nothing was left there", path.display())]
    Write {
        /// Where the file was to stand.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A reading points outside its own text.
    #[error("{document}: this reading cannot be written ({cause})")]
    Reading {
        /// The document's path or identifier.
        document: String,
        /// What does not fit.
        cause: ReadingError,
    },
    /// A reading has no JSON form.
    #[error("{document}: this reading cannot be written as JSON ({cause})")]
    Json {
        /// The document's path or identifier.
        document: String,
        /// What the writer of JSON says.
        cause: serde_json::Error,
    },
}

impl OutputError {
    pub(crate) fn write(path: &Path, cause: io::Error) -> Self {
        Self::Write {
            path: path.to_owned(),
            cause,
        }
    }
}
