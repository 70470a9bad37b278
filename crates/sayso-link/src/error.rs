use std::path::PathBuf;

use sayso_case::CaseError;
use thiserror::Error;

/// Why documents could not be linked, or the links not be told.
#[derive(Debug, Error)]
pub enum LinkError {
    /// The case.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// Nothing was linked yet.
    #[error("{0}: nothing in it is linked yet; run `sayso link` on it")]
    NotLinked(PathBuf),
    /// Nothing of that name.
    #[error("{0}")]
    Unknown(String),
    /// A place in a list from which it cannot be gone on with.
    #[error(
        "{0}: this is no place in this list; take the one that its last page gave, or begin again without one"
    )]
    Place(String),
}
