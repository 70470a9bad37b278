//! Web pages.
use crate::assemble::Raw;
use crate::{LoadError, Options, Origin};

pub(crate) fn read(
    html: &str,
    notes: Vec<String>,
    _options: &Options,
    _origin: &Origin,
) -> Result<Raw, LoadError> {
    Ok(Raw::of_text(html.to_owned(), notes))
}
