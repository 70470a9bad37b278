//! What can go wrong with labelled texts and their readings.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why no figures can be given.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EvalError {
    /// A file cannot be opened or read to its end.
    #[error("{}: cannot be read: {cause}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A folder stands where files are expected.
    #[error("{}: a folder; name the files in it, as in {}", file.display(), file.join("*.json").display())]
    Folder {
        /// The folder.
        file: PathBuf,
    },
    /// A line is longer than any labelled text.
    #[error(
        "{}, line {line}: the line is longer than {} MiB; write one document a line",
        file.display(),
        limit >> 20
    )]
    TooLong {
        /// The file.
        file: PathBuf,
        /// Where the line starts, counted from 1.
        line: usize,
        /// The most bytes a document may have.
        limit: usize,
    },
    /// A document is no JSON.
    #[error("{}, line {line}, column {column}: broken JSON ({cause})", file.display())]
    Json {
        /// The file.
        file: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
        /// What the parser says.
        cause: String,
    },
    /// A document lacks something, or holds it in a form that is not known.
    #[error("{}, line {line}: {what}", file.display())]
    Record {
        /// The file.
        file: PathBuf,
        /// Where the document starts, counted from 1.
        line: usize,
        /// What is wrong and what is expected.
        what: String,
    },
    /// A file has no document.
    #[error("{}: no labelled text in it; expected one JSON object a line", file.display())]
    Empty {
        /// The file.
        file: PathBuf,
    },
    /// The texts that were to be read now could not be.
    #[error(transparent)]
    Reading(Box<dyn std::error::Error + Send + Sync>),
}
