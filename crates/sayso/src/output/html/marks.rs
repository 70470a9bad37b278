//! The marks of sources, cues and contents in a text, as elements that nest.
//!
//! Marks may overlap in any way. Where one crosses another, it is closed and
//! opened again, so that the elements are always balanced and no character is
//! lost or doubled.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::ops::Range;

use maud::Render;
use sayso_reading::{Attribution, Spans};

/// Darker than this no nested content gets.
const DARKEST: usize = 3;

/// What a stretch of text is to its attribution, from the outside in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Content,
    Source,
    Cue,
}

/// A stretch of text that is to be marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    start: usize,
    end: usize,
    role: Role,
    depth: usize,
    /// The attribution's place in the list, counted from 0.
    row: usize,
}

impl Mark {
    /// Of two marks on one place, the one with the smaller key stands outside.
    fn key(&self) -> (usize, Reverse<usize>, Role, usize, usize) {
        (
            self.start,
            Reverse(self.end),
            self.role,
            self.depth,
            self.row,
        )
    }

    /// The bytes it covers.
    pub const fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The attribution's place in the list, counted from 0.
    pub const fn row(&self) -> usize {
        self.row
    }
}

/// The marks of all attributions, in text order; stretches that do not lie on the text are left out.
pub fn marks(text: &str, attributions: &[(&Attribution, usize)]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (row, &(attribution, depth)) in attributions.iter().enumerate() {
        let mut add = |spans: &Spans, role| {
            let pieces = spans.iter().filter(|piece| piece.slice(text).is_some());
            marks.extend(pieces.map(|piece| Mark {
                start: piece.start(),
                end: piece.end(),
                role,
                depth,
                row,
            }));
        };
        add(&attribution.content.spans, Role::Content);
        add(&attribution.source.spans, Role::Source);
        if let Some(cue) = &attribution.cue {
            add(&cue.spans, Role::Cue);
        }
    }
    marks.sort_by_key(Mark::key);
    marks
}

/// Names of the elements that belong to an attribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The row in the list; also what joins all its words.
    pub row: String,
    /// Its first words in the text.
    pub words: String,
    /// Its number in the list, as printed.
    pub number: usize,
    /// What the page's filters go by.
    pub facets: String,
    /// Whether its source is kept unnamed.
    pub unnamed: bool,
}

/// Writes a text from front to back, with its marks.
#[derive(Debug)]
pub struct Marker<'t> {
    text: &'t str,
    marks: &'t [Mark],
    names: &'t [Names],
    /// The first mark not yet reached.
    next: usize,
    /// Marks that cover the place reached, outermost first.
    here: Vec<&'t Mark>,
    /// Marks whose elements are open, outermost first.
    open: Vec<&'t Mark>,
    /// Attributions whose first words, and whose first link, have been written.
    named: Vec<bool>,
    linked: Vec<bool>,
}

impl<'t> Marker<'t> {
    /// A marker at the start of the text. `names` has one entry for each row.
    pub fn new(text: &'t str, marks: &'t [Mark], names: &'t [Names]) -> Self {
        Self {
            text,
            marks,
            names,
            next: 0,
            here: Vec::new(),
            open: Vec::new(),
            named: vec![false; names.len()],
            linked: vec![false; names.len()],
        }
    }

    /// Writes the characters of `range`, which must not begin before an earlier one ended.
    /// Every element opened is closed again.
    pub fn write(&mut self, out: &mut String, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            self.reach(at);
            let ends = self.here.iter().map(|mark| mark.end);
            let starts = self.marks.get(self.next).map(|mark| mark.start);
            let end = ends.chain(starts).fold(range.end, usize::min);
            self.stretch(out, at..end, at == range.start);
            at = end;
        }
        self.close_to(out, 0);
    }

    /// Moves on to a place in the text: which marks cover it?
    fn reach(&mut self, at: usize) {
        self.here.retain(|mark| mark.end > at);
        while let Some(mark) = self.marks.get(self.next).filter(|mark| mark.start <= at) {
            self.next += 1;
            if mark.end > at {
                // Marks come in the order of their keys, so the innermost is always last.
                self.here.push(mark);
            }
        }
    }

    /// Writes a stretch under which no mark begins or ends.
    fn stretch(&mut self, out: &mut String, range: Range<usize>, first: bool) {
        let pairs = self.open.iter().zip(&self.here);
        let kept = pairs.take_while(|(open, here)| open == here).count();
        self.close_to(out, kept);
        for index in kept..self.here.len() {
            let Some(&mark) = self.here.get(index) else {
                break;
            };
            let goes_on = mark.start < range.start && !first;
            self.open(out, mark, goes_on);
        }
        let words = self.text.get(range).unwrap_or_default();
        // A blank is no name for a link; content is for reading, its source and cue lead on.
        let innermost = self.here.last().filter(|_| !words.trim().is_empty());
        let link = innermost.filter(|mark| mark.role != Role::Content);
        match link.and_then(|mark| Some((mark.row, self.names.get(mark.row)?))) {
            Some((row, names)) => {
                let _ = write!(out, "<a href=\"#{}\"", names.row);
                // One stop of the tab key for an attribution is enough.
                if self
                    .linked
                    .get_mut(row)
                    .is_some_and(|linked| std::mem::replace(linked, true))
                {
                    out.push_str(" tabindex=\"-1\"");
                }
                out.push('>');
                words.render_to(out);
                out.push_str("</a>");
            }
            None => words.render_to(out),
        }
    }

    fn open(&mut self, out: &mut String, mark: &'t Mark, goes_on: bool) {
        let after = if goes_on { " k" } else { "" };
        let _ = match mark.role {
            Role::Content => {
                write!(
                    out,
                    "<mark class=\"c{}{after}\"",
                    (mark.depth + 1).min(DARKEST)
                )
            }
            Role::Source => {
                let names = self.names.get(mark.row);
                let unnamed = names.is_some_and(|names| names.unnamed);
                let unnamed = if unnamed { " u" } else { "" };
                write!(out, "<span class=\"s{unnamed}{after}\"")
            }
            Role::Cue => write!(out, "<span class=\"q{after}\""),
        };
        if let Some(names) = self.names.get(mark.row) {
            let _ = write!(out, " data-a=\"{}\" data-f=\"{}\"", names.row, names.facets);
            if self
                .named
                .get_mut(mark.row)
                .is_some_and(|named| !std::mem::replace(named, true))
            {
                let _ = write!(out, " id=\"{}\" data-n=\"{}\"", names.words, names.number);
            }
        }
        out.push('>');
        self.open.push(mark);
    }

    /// Closes elements from the inside until only the outer `kept` are open.
    fn close_to(&mut self, out: &mut String, kept: usize) {
        while self.open.len() > kept {
            let content = self
                .open
                .pop()
                .is_some_and(|mark| mark.role == Role::Content);
            out.push_str(if content { "</mark>" } else { "</span>" });
        }
    }
}
