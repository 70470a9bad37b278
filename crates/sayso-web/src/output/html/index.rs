//! The index of a page: who is a source in which document, and how often.
//!
//! Names are put together as they are written. A source without a name is a line of its own
//! document: nothing tells whether two of them are the same.

use std::collections::BTreeMap;

use maud::{Markup, html};
use sayso_reading::{Attribution, Reading, SourceKind, Span};

use super::row::chain;
use crate::output::glyphs::UNICODE;
use crate::output::labels::count;
use crate::output::rows::{
    NO_SOURCE, entity_name, hop_words, is_unnamed, one_line, ordered, words,
};

/// Where a source is heard: a document, and the numbers and anchors of its rows.
#[derive(Debug, Clone, Default)]
struct Heard {
    document: usize,
    rows: Vec<(usize, String)>,
}

/// A source of one document that has no name.
#[derive(Debug)]
struct Nameless {
    words: Option<String>,
    kind: Option<SourceKind>,
    unnamed: bool,
    chain: Vec<String>,
    heard: Heard,
}

/// What tells the nameless of one document apart: the words that the reader resolved them to.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key(Option<SourceKind>, Vec<(usize, usize)>);

/// The sources of all documents of a page.
#[derive(Debug, Default)]
pub struct Index {
    /// By name in lower case, name as written, and kind.
    named: BTreeMap<(String, String, Option<SourceKind>), Vec<Heard>>,
    nameless: Vec<Nameless>,
}

impl Index {
    /// Adds the sources of a document; `number` counts documents from 1.
    pub fn add(&mut self, reading: &Reading, number: usize) {
        let text = reading.document.text();
        let mut here: BTreeMap<Key, usize> = BTreeMap::new();
        for (row, (attribution, _)) in ordered(reading).into_iter().enumerate() {
            let anchor = (row + 1, format!("d{number}{}", attribution.id));
            let source = &attribution.source;
            if let Some(name) = source.entity.and_then(|id| entity_name(reading, id)) {
                let name = one_line(name);
                let key = (name.to_lowercase(), name, source.kind);
                let heard = self.named.entry(key).or_default();
                match heard.last_mut().filter(|heard| heard.document == number) {
                    Some(heard) => heard.rows.push(anchor),
                    None => heard.push(Heard {
                        document: number,
                        rows: vec![anchor],
                    }),
                }
                continue;
            }
            let next = self.nameless.len();
            let at = *here.entry(key(attribution)).or_insert(next);
            if at == next {
                self.nameless.push(nameless(text, attribution, number));
            }
            if let Some(line) = self.nameless.get_mut(at) {
                line.heard.rows.push(anchor);
            }
        }
    }

    /// Whether there is no source at all.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty() && self.nameless.is_empty()
    }

    /// The section of the page.
    pub fn section(&self, documents: usize) -> Markup {
        let several = documents > 1;
        html! {
            @if !self.is_empty() {
                section #sources aria-labelledby="sourcest" {
                    h2 #sourcest { "Sources" }
                    @if !self.named.is_empty() {
                        h3 { "With a name" }
                        @if several {
                            p.meta { "As they are written: the same name in two documents need not be the same source." }
                        }
                        ul.index {
                            @for ((_, name, kind), heard) in &self.named { (named(name, *kind, heard, several)) }
                        }
                    }
                    @if !self.nameless.is_empty() {
                        h3 { "Without a name" }
                        @if several {
                            p.meta { "Each line is of one document: nothing tells whether two of them are the same." }
                        }
                        ul.index { @for line in &self.nameless { (self::line(line, several)) } }
                    }
                }
            }
        }
    }
}

/// The origin's words, which the reader gives alike to all attributions of one source.
fn key(attribution: &Attribution) -> Key {
    let origin = attribution.chain.last().filter(|hop| hop.name.is_none());
    let spans = origin.map_or(&attribution.source.spans, |hop| &hop.spans);
    let places = spans.iter().map(|span: &Span| (span.start(), span.end()));
    Key(attribution.source.kind, places.collect())
}

fn nameless(text: &str, attribution: &Attribution, document: usize) -> Nameless {
    let hops = attribution.chain.iter();
    let hops: Vec<_> = hops.map(|hop| hop_words(text, hop)).collect();
    let origin = attribution.chain.last().filter(|hop| hop.name.is_none());
    let own = || words(text, &attribution.source.spans);
    Nameless {
        words: origin.and_then(|hop| words(text, &hop.spans)).or_else(own),
        kind: attribution.source.kind,
        unnamed: is_unnamed(attribution),
        chain: if hops.len() > 1 { hops } else { Vec::new() },
        heard: Heard {
            document,
            rows: Vec::new(),
        },
    }
}

fn named(name: &str, kind: Option<SourceKind>, heard: &[Heard], several: bool) -> Markup {
    let total = heard.iter().map(|heard| heard.rows.len()).sum();
    html! {
        li {
            (glyph(kind)) bdi.name { (name) } " "
            span.meta {
                @if let Some(kind) = kind { (kind) "\u{a0}· " }
                (count(total, "attribution"))
            }
            @for heard in heard { (places(heard, several)) }
        }
    }
}

fn line(line: &Nameless, several: bool) -> Markup {
    html! {
        li.u[line.unnamed] {
            @match &line.words {
                Some(words) => { (glyph(line.kind)) bdi.name { (words) } },
                None => span.none { "– " (NO_SOURCE) },
            }
            " "
            @if line.unnamed { span.unnamed { "unnamed" } " " }
            span.meta {
                @if let Some(kind) = line.kind.filter(|_| line.words.is_some() && !line.unnamed) { (kind) "\u{a0}· " }
                (count(line.heard.rows.len(), "attribution"))
            }
            @if !line.chain.is_empty() { p.chain { (chain(&line.chain)) } }
            (places(&line.heard, several))
        }
    }
}

fn glyph(kind: Option<SourceKind>) -> Markup {
    html! {
        @if let Some(kind) = kind { span.glyph aria-hidden="true" { (UNICODE.kind(kind)) " " } }
    }
}

/// Links to the rows of a document.
fn places(heard: &Heard, several: bool) -> Markup {
    html! {
        p.places {
            @if several { a href={ "#d" (heard.document) } { "document " (heard.document) } ": " }
            @for (number, anchor) in &heard.rows {
                a href={ "#" (anchor) } aria-label={ "attribution " (number) } { (number) } " "
            }
        }
    }
}
