//! The weights that the program brings with it.

use sayso_encode::Weights;
use sayso_read::{ReadError, Reader};

static WEIGHTS: &[u8] = include_bytes!("../../../data/reader.weights");

/// A reader with the built-in weights.
///
/// # Errors
/// [`ReadError::Weights`] where the build embedded a file that is damaged or of another format.
pub fn reader() -> Result<Reader, ReadError> {
    Reader::new(&Weights::from_static(WEIGHTS)?)
}
