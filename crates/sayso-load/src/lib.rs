//! Files, pages and streams become documents.
//!
//! [`load`] takes what a person names (files, folders, patterns, `-` for standard input) and
//! gives one document after the other, holding one file or record at a time. Whatever cannot be
//! loaded becomes a [`LoadError`], one sentence; the rest goes on.
//!
//! Plain text, web pages (also saved as MHTML or by `SingleFile`), mails, PDF and Word documents are
//! read, and of what holds many documents JSON Lines, JSON, tables (CSV, TSV), feeds (RSS, Atom)
//! and archives of the web (WARC, WACZ); all of it also compressed with gzip. Each text is divided into blocks by function: see [`explain_blocks`].

mod archive;
mod assemble;
mod blocks;
mod dates;
mod docx;
mod encoding;
mod error;
mod feed;
mod format;
mod gzip;
mod inputs;
mod language;
mod mail;
mod options;
mod page;
mod pdf;
mod properties;
mod records;
mod sidecar;
mod source;
mod xml;
mod zipped;

use std::io::{self, BufReader, Cursor};
use std::iter;
use std::path::Path;
use std::sync::Arc;

pub use blocks::{ExplainedBlock, explain_blocks};
pub use error::{LoadError, Origin};
pub use options::{Columns, Facts, Loaded, Options};

use assemble::Raw;
use format::Format;
use inputs::{Input, Inputs, is_pattern};
use sidecar::{Sidecars, sidecars};
use source::Source;

type Documents = Box<dyn Iterator<Item = Result<Loaded, LoadError>> + Send>;

/// Loads what is named: files, folders (with all folders in them, in the order of names, without
/// hidden files), patterns such as `news/*.txt`, and `-` for standard input.
///
/// Beside a text, `NAME.toml` next to `NAME.txt` and `sayso.toml` in its folder may tell when and
/// by whom it was published (keys: published, publisher, url, title, byline). The first goes
/// before what a page says of itself, the second only fills gaps.
pub fn load<I, S>(
    inputs: I,
    options: &Options,
) -> impl Iterator<Item = Result<Loaded, LoadError>> + Send + use<I, S>
where
    I: IntoIterator<Item = S>,
    S: Into<String>,
{
    let named: Vec<String> = inputs.into_iter().map(Into::into).collect();
    let options = Arc::new(options.clone());
    let refused =
        (!options.facts.is_empty() && !is_one(&named)).then_some(Err(LoadError::FactsForMany));
    let named = if refused.is_some() { Vec::new() } else { named };
    let documents = Inputs::new(named).flat_map(move |input| {
        let opened = input.and_then(open);
        opened.map_or_else(failed, |source| documents(source, Arc::clone(&options)))
    });
    refused.into_iter().chain(documents)
}

/// Loads bytes as if they were a file of that name. Nothing beside it is looked for.
pub fn from_bytes(name: &str, bytes: &[u8], options: &Options) -> Vec<Result<Loaded, LoadError>> {
    let reader = Cursor::new(bytes.to_vec());
    let source = Source::of_reader(
        name.to_owned(),
        Some(name.to_owned()),
        reader,
        Sidecars::default(),
    );
    source
        .map_or_else(failed, |source| {
            documents(source, Arc::new(options.clone()))
        })
        .collect()
}

/// Takes a text that is at hand as one document; of the options only the facts count.
///
/// # Errors
/// [`LoadError::Empty`] where it holds nothing but white space.
pub fn from_text(text: &str, options: &Options) -> Result<Loaded, LoadError> {
    let text = encoding::line_breaks(text.trim_start_matches('\u{FEFF}'));
    let mut raw = Raw::of_text(text, Vec::new());
    raw.overrule(&options.facts);
    raw.assemble(Origin::file("the text"))
}

/// Whether the names stand for one file or stream.
fn is_one(named: &[String]) -> bool {
    match named {
        [name] => {
            let path = Path::new(name);
            !path.is_dir() && (path.exists() || !is_pattern(name))
        }
        _ => false,
    }
}

fn open(input: Input) -> Result<Source, LoadError> {
    match input {
        Input::File(path) => Source::of_file(&path, sidecars(&path)?),
        Input::Stream => {
            let reader = BufReader::new(io::stdin());
            Source::of_reader(
                "standard input".to_owned(),
                None,
                reader,
                Sidecars::default(),
            )
        }
    }
}

fn failed(error: LoadError) -> Documents {
    Box::new(iter::once(Err(error)))
}

fn documents(source: Source, options: Arc<Options>) -> Documents {
    if !options.facts.is_empty() && !source.format.is_single() {
        return failed(LoadError::FactsForMany);
    }
    let name = source.name.clone();
    match source.format {
        Format::JsonLines | Format::Json => not_empty(&name, records::json(source, options)),
        Format::Table(_) => not_empty(&name, records::table(source, options)),
        Format::Feed => {
            feed::entries(source, &options).map_or_else(failed, |entries| not_empty(&name, entries))
        }
        Format::Warc => not_empty(&name, archive::warc(source, options)),
        Format::Wacz => archive::wacz(source, options)
            .map_or_else(failed, |captures| not_empty(&name, captures)),
        Format::Xml => failed(LoadError::OtherXml {
            origin: Origin::file(&name),
        }),
        Format::Text
        | Format::Page
        | Format::SavedPage
        | Format::Mail
        | Format::Pdf
        | Format::Docx => Box::new(iter::once(single(source, &options))),
    }
}

/// The documents of a file, or the sentence that it holds none.
fn not_empty(
    name: &str,
    found: impl Iterator<Item = Result<Loaded, LoadError>> + Send + 'static,
) -> Documents {
    let mut found = found.peekable();
    match found.peek() {
        Some(_) => Box::new(found),
        None => failed(LoadError::Empty {
            origin: Origin::file(name),
        }),
    }
}

/// The document of a file that holds one.
fn single(mut source: Source, options: &Options) -> Result<Loaded, LoadError> {
    let origin = Origin::file(&source.name);
    let bytes = source.read_whole(options.limit)?;
    let mut raw = match source.format {
        Format::SavedPage => mail::saved_page(&bytes, options, &origin)?,
        Format::Mail => mail::letter(&bytes, options, &origin)?,
        Format::Pdf => pdf::read(&bytes, options, &origin)?,
        Format::Docx => docx::read(bytes, options, &origin)?,
        format => {
            let decoded = encoding::decode(&bytes, &origin)?;
            if decoded.text.trim().is_empty() {
                return Err(LoadError::Empty { origin });
            }
            if format == Format::Page {
                page::read(&decoded.text, decoded.notes, options, &origin)?
            } else {
                Raw::of_text(decoded.text, decoded.notes)
            }
        }
    };
    raw.parts.path = source.path;
    raw.overrule(&source.told.own);
    raw.fill(&source.told.folder);
    raw.overrule(&options.facts);
    raw.assemble(origin)
}
