//! What is read with: weights and lexicons, built in or from files.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::anyhow;
use sayso::{CueLexicon, Gazetteer, Lexicons, Outlets, Reader, Weights, reader_with};

use super::cli::ModelArgs;

/// The reader with the weights of a file, or with the built-in ones; with the cues and outlets
/// of files beside the built-in ones.
pub fn reader_of(args: &ModelArgs) -> anyhow::Result<Reader> {
    // a mistake in a small file is told before the large one is opened
    let lexicons = Lexicons {
        cues: cues_of(args.lexicon.as_deref())?,
        outlets: outlets_of(&args.outlets)?,
        gazetteer: gazetteer_of(args)?,
    };
    let reader = match &args.model {
        Some(path) => Reader::with(&Weights::open(path)?, lexicons)?,
        None => reader_with(lexicons)?,
    };
    Ok(reader.happenings(args.happenings))
}

/// The built-in cues and those of a file.
fn cues_of(path: Option<&Path>) -> anyhow::Result<CueLexicon> {
    let known = CueLexicon::default();
    let Some(path) = path else {
        return Ok(known);
    };
    let text = text_of(path, "lexicon", "cues")?;
    Ok(known.extended(&path.display().to_string(), &text)?)
}

/// The built-in outlets and those of files; of two with one name the later counts.
fn outlets_of<P: AsRef<Path>>(paths: &[P]) -> anyhow::Result<Outlets> {
    paths.iter().try_fold(Outlets::default(), |known, path| {
        let path = path.as_ref();
        let text = text_of(path, "file of outlets", "outlets")?;
        Ok(known.extended(&text, &path.display().to_string())?)
    })
}

/// The built-in gazetteer or that of a file, with the places of the user's files.
fn gazetteer_of(args: &ModelArgs) -> anyhow::Result<Gazetteer> {
    let known = match &args.gazetteer {
        Some(path) => Gazetteer::open(path)?,
        None => Gazetteer::built_in()?,
    };
    args.places.iter().try_fold(known, |known, path| {
        let text = text_of(path, "file of places", "places")?;
        Ok(known.with_own(&text, &path.display().to_string())?)
    })
}

/// The text of a file; `what` it is and what it is `of`, for the sentence about a bad one.
fn text_of(path: &Path, what: &str, of: &str) -> anyhow::Result<String> {
    let name = path.display();
    let bytes = fs::read(path).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => anyhow!("{name}: there is no such {what}; check the name"),
        _ => anyhow!("{name}: the {what} cannot be read ({cause}); name a file of {of}"),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let before = error
            .as_bytes()
            .iter()
            .take(error.utf8_error().valid_up_to());
        let line = 1 + before.filter(|&&b| b == b'\n').count();
        anyhow!("{name}:{line}: the {what} is not in UTF-8; save it in UTF-8")
    })
}
