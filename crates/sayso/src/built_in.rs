//! The weights that the program brings with it.

use sayso_encode::Weights;
use sayso_read::{Lexicons, ReadError, Reader};

static WEIGHTS: &[u8] = include_bytes!("../../../data/reader.weights");

/// A reader with the built-in weights.
///
/// # Errors
/// [`ReadError::Weights`] where the build embedded a file that is damaged or of another format.
pub fn reader() -> Result<Reader, ReadError> {
    reader_with(Lexicons::default())
}

/// A reader with the built-in weights and these lexicons.
///
/// # Errors
/// As [`reader`].
pub fn reader_with(lexicons: Lexicons) -> Result<Reader, ReadError> {
    Reader::with(&Weights::from_static(WEIGHTS)?, lexicons)
}
