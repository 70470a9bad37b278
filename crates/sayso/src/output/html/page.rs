//! The page around the articles.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sayso_reading::Reading;
use sha2::{Digest, Sha256};

use super::article::{Rank, article};
use crate::output::{OutputError, WholeFile, labels};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// A page under way. Articles wait in a temporary file, so that memory does not
/// grow with their number; only a line of contents is kept for each.
#[derive(Debug)]
pub struct Page {
    file: WholeFile,
    articles: BufWriter<File>,
    contents: Vec<Entry>,
    /// Held back until it is known whether it stays alone.
    first: Option<Box<Reading>>,
}

/// A line of the list of contents.
#[derive(Debug)]
struct Entry {
    title: String,
    details: String,
    attributions: usize,
}

impl Page {
    /// Begins the page that is to stand at `path`.
    ///
    /// # Errors
    /// [`OutputError::Write`] where nothing can be written there.
    pub fn create(path: &Path) -> Result<Self, OutputError> {
        let file = WholeFile::create(path)?;
        let articles = tempfile::tempfile().map_err(|cause| OutputError::write(path, cause))?;
        let articles = BufWriter::new(articles);
        Ok(Self {
            file,
            articles,
            contents: Vec::new(),
            first: None,
        })
    }

    /// Adds a document.
    ///
    /// # Errors
    /// [`OutputError::Write`] where there is no room for it.
    pub fn add(&mut self, reading: Reading) -> Result<(), OutputError> {
        if self.contents.is_empty() {
            self.contents.push(Entry::of(&reading));
            self.first = Some(Box::new(reading));
            return Ok(());
        }
        if let Some(first) = self.first.take() {
            self.spool(&article(&first, 1, Rank::AmongOthers))?;
        }
        self.contents.push(Entry::of(&reading));
        self.spool(&article(&reading, self.contents.len(), Rank::AmongOthers))
    }

    fn spool(&mut self, article: &Markup) -> Result<(), OutputError> {
        let written = self.articles.write_all(article.0.as_bytes());
        written.map_err(|cause| OutputError::write(self.file.path(), cause))
    }

    /// Writes the page to its place.
    ///
    /// # Errors
    /// [`OutputError::Write`]; then nothing stands at the path that did not stand there before.
    pub fn finish(mut self) -> Result<(), OutputError> {
        if let Some(first) = self.first.take() {
            self.spool(&article(&first, 1, Rank::Alone))?;
        }
        let Self {
            mut file,
            articles,
            contents,
            ..
        } = self;
        let written = assemble(&mut file, articles, &contents);
        written.map_err(|cause| OutputError::write(file.path(), cause))?;
        file.finish()
    }
}

impl Entry {
    fn of(reading: &Reading) -> Self {
        Self {
            title: labels::title(&reading.document),
            details: labels::details(&reading.document).join(" · "),
            attributions: reading.attributions.len(),
        }
    }
}

fn assemble(out: &mut WholeFile, articles: BufWriter<File>, contents: &[Entry]) -> io::Result<()> {
    let mut articles = articles.into_inner()?;
    articles.rewind()?;
    write!(out, "{}<body>{}<main>", head(contents).0, top(contents).0)?;
    io::copy(&mut BufReader::new(articles), out)?;
    write!(out, "</main><script>{SCRIPT}</script></body></html>")
}

/// Nothing but the style and the script in this very file may be used, and nothing asked for.
fn policy() -> String {
    let hash = |code: &str| BASE64.encode(Sha256::digest(code));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT),
    )
}

fn head(contents: &[Entry]) -> Markup {
    let title = match contents {
        [only] => only.title.clone(),
        many => labels::count(many.len(), "document"),
    };
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy());
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            meta name="generator" content={ "sayso " (env!("CARGO_PKG_VERSION")) };
            title { (title) " · who says so" }
            style { (PreEscaped(STYLE)) }
        }
    }
}

/// What stands above the articles: how to read the marks, and the list of contents.
fn top(contents: &[Entry]) -> Markup {
    html! {
        header.top {
            p.legend {
                span.s { "source" } " " span.q { "cue" } " " mark.c1 { "content" } " "
                mark.c2 { "content in content" }
            }
            @if contents.len() != 1 {
                h1 { (labels::count(contents.len(), "document")) }
                nav aria-label="documents" {
                    ol.contents {
                        @for (index, entry) in contents.iter().enumerate() {
                            li {
                                a href={ "#d" (index + 1) } { bdi { (entry.title) } }
                                span.meta {
                                    @if !entry.details.is_empty() { bdi { (entry.details) } " · " }
                                    (labels::count(entry.attributions, "attribution"))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
