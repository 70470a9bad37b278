//! What is read with: weights and lexicons, built in or from files.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use sayso::{Lexicons, Outlets, Reader, Weights, reader_with};

use super::cli::ModelArgs;

/// The reader with the weights of a file, or with the built-in ones; with the outlets of files
/// beside the built-in ones.
pub fn reader_of(args: &ModelArgs) -> anyhow::Result<Reader> {
    // a mistake in a small file is told before the large one is opened
    let lexicons = Lexicons {
        outlets: outlets_of(&args.outlets)?,
    };
    Ok(match &args.model {
        Some(path) => Reader::with(&Weights::open(path)?, lexicons)?,
        None => reader_with(lexicons)?,
    })
}

/// The built-in outlets and those of files; of two with one name the later counts.
fn outlets_of<P: AsRef<Path>>(paths: &[P]) -> anyhow::Result<Outlets> {
    paths.iter().try_fold(Outlets::default(), |known, path| {
        let name = path.as_ref().display().to_string();
        let bytes = fs::read(path).map_err(|cause| {
            anyhow!("{name}: the file of outlets cannot be read ({cause}); check the name")
        })?;
        let text = String::from_utf8(bytes).ok();
        let text = text.with_context(|| {
            format!("{name}: the file of outlets is not in UTF-8; save it in UTF-8")
        })?;
        Ok(known.extended(&text, &name)?)
    })
}
