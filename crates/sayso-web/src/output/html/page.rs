//! The page around the articles.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sayso_read::Trace;
use sayso_reading::Reading;
use sha2::{Digest, Sha256};

use super::article::{Aside, Head, Rank, article};
use super::facets::{Tally, rules};
use super::index::Index;
use crate::output::filter::Filter;
use crate::output::{OutputError, WholeFile, labels};

pub(crate) const STYLE: &str = include_str!("style.css");
pub(crate) const SCRIPT: &str = include_str!("script.js");

/// A page under way. Articles wait in a temporary file, so that memory does not
/// grow with their number; only a line of contents and the index of sources are kept.
#[derive(Debug)]
pub struct Page {
    file: WholeFile,
    articles: BufWriter<File>,
    around: Around,
    /// Held back until it is known whether it stays alone.
    first: Option<Box<(Reading, Option<Trace>)>>,
}

/// What stands around the articles.
#[derive(Debug, Default)]
struct Around {
    contents: Vec<Entry>,
    index: Index,
    tally: Tally,
    /// The filter that the page was made with; empty where there was none.
    only: String,
}

/// A line of the list of contents.
#[derive(Debug)]
struct Entry {
    title: String,
    details: String,
    attributions: usize,
}

impl Page {
    /// Begins the page that is to stand at `path`; it says that the readings added to it hold
    /// only what fits the filter.
    ///
    /// # Errors
    /// [`OutputError::Write`] where nothing can be written there.
    pub fn create(path: &Path, filter: &Filter) -> Result<Self, OutputError> {
        let file = WholeFile::create(path)?;
        let articles = tempfile::tempfile().map_err(|cause| OutputError::write(path, cause))?;
        let articles = BufWriter::new(articles);
        Ok(Self {
            file,
            articles,
            around: Around {
                only: filter.to_string(),
                ..Around::default()
            },
            first: None,
        })
    }

    /// Adds a document; with the trace of its reading, the page tells why each attribution is
    /// what it is.
    ///
    /// # Errors
    /// [`OutputError::Write`] where there is no room for it.
    pub fn add(&mut self, reading: Reading, trace: Option<Trace>) -> Result<(), OutputError> {
        let number = self.around.contents.len() + 1;
        self.around.contents.push(Entry::of(&reading));
        self.around.index.add(&reading, number);
        for attribution in &reading.attributions {
            self.around.tally.add(attribution);
        }
        if number == 1 {
            self.first = Some(Box::new((reading, trace)));
            return Ok(());
        }
        if let Some(first) = self.first.take() {
            let (reading, trace) = *first;
            let head = Head::of(&reading.document, Rank::AmongOthers);
            self.spool(&article(&reading, aside(trace.as_ref()), 1, &head))?;
        }
        let head = Head::of(&reading.document, Rank::AmongOthers);
        self.spool(&article(&reading, aside(trace.as_ref()), number, &head))
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
            let (reading, trace) = *first;
            let head = Head::of(&reading.document, Rank::Alone);
            self.spool(&article(&reading, aside(trace.as_ref()), 1, &head))?;
        }
        let Self {
            mut file,
            articles,
            around,
            ..
        } = self;
        let written = assemble(&mut file, articles, &around);
        written.map_err(|cause| OutputError::write(file.path(), cause))?;
        file.finish()
    }
}

fn aside(trace: Option<&Trace>) -> Aside<'_> {
    trace.map_or(Aside::Nothing, Aside::Why)
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

fn assemble(out: &mut WholeFile, articles: BufWriter<File>, around: &Around) -> io::Result<()> {
    let mut articles = articles.into_inner()?;
    articles.rewind()?;
    write!(out, "{}<body>{}<main>", head(around).0, top(around).0)?;
    io::copy(&mut BufReader::new(articles), out)?;
    let index = around.index.section(around.contents.len());
    let left = around.tally.left();
    write!(out, "{}</main>{}", index.0, left.0)?;
    write!(out, "<script>{SCRIPT}</script></body></html>")
}

/// Nothing but the style and the script in this very file may be used, and nothing asked for.
fn policy(style: &str) -> String {
    let hash = |code: &str| BASE64.encode(Sha256::digest(code));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(SCRIPT),
    )
}

fn head(around: &Around) -> Markup {
    let title = match around.contents.as_slice() {
        [only] => only.title.clone(),
        many => labels::count(many.len(), "document"),
    };
    let style = format!("{STYLE}{}", rules());
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy(&style));
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            meta name="generator" content={ "sayso " (env!("CARGO_PKG_VERSION")) };
            title { (title) " · who says so" }
            style { (PreEscaped(style)) }
        }
    }
}

/// What stands above the articles: how to read the marks, the list of contents, the filters.
fn top(around: &Around) -> Markup {
    html! {
        header.top {
            p.legend {
                span.s { "source" } " " span.s.u { "unnamed source" } " " span.q { "cue" } " "
                mark.c1 { "content" } " " mark.c2 { "content in content" } " "
                span.happened { "what" } " " span.when { "when" } " " span.where { "where" } " " span.many { "how many" }
            }
            @if around.contents.len() != 1 {
                h1 { (labels::count(around.contents.len(), "document")) }
                (contents(&around.contents))
            }
            @if !around.only.is_empty() {
                p.only {
                    @if around.contents.is_empty() { "Nothing fits " } @else { "Only attributions that fit " }
                    bdi { (around.only) }
                    @if around.contents.is_empty() { "." } @else { " are on this page." }
                }
            }
            div.tools {
                @if !around.index.is_empty() { a href="#sources" { "Sources" } }
                (around.tally.boxes())
            }
        }
    }
}

fn contents(contents: &[Entry]) -> Markup {
    html! {
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
