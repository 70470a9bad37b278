//! Readings as JSON Lines.

use sayso_reading::Reading;

use super::{OutputError, labels};

/// A reading as one line of JSON, line break included, offsets in Unicode scalar values.
///
/// Written in one go, it is never seen half at the other end of a pipe.
///
/// # Errors
/// [`OutputError::Reading`] for a span outside the text.
pub fn line(reading: &Reading) -> Result<Vec<u8>, OutputError> {
    let place = || labels::place(&reading.document);
    let written = reading.to_scalars();
    let written = written.map_err(|cause| OutputError::Reading {
        document: place(),
        cause,
    })?;
    let line = serde_json::to_vec(&written);
    let mut line = line.map_err(|cause| OutputError::Json {
        document: place(),
        cause,
    })?;
    line.push(b'\n');
    Ok(line)
}
