//! The marks of sources, cues, contents, times, places and figures in a text, as elements that nest.
//!
//! Marks may overlap in any way. Where one crosses another, it is closed and
//! opened again, so that the elements are always balanced and no character is
//! lost or doubled.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::ops::Range;

use maud::Render;
use sayso_reading::{Attribution, Spans};

use super::account::class;
use crate::output::account::{Mention, Question};

/// Darker than this no nested content gets.
const DARKEST: usize = 3;

/// What a stretch of text is, from the outside in: to its attribution, or an answer by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Content,
    Source,
    Cue,
    Fact(Question),
}

impl Role {
    const fn is_fact(self) -> bool {
        matches!(self, Self::Fact(_))
    }
}

/// A stretch of text that is to be marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    start: usize,
    end: usize,
    role: Role,
    depth: usize,
    /// The place of its names, counted from 0.
    owner: usize,
}

impl Mark {
    /// Of two marks on one place, the one with the smaller key stands outside.
    fn key(&self) -> (usize, Reverse<usize>, Role, usize, usize) {
        (
            self.start,
            Reverse(self.end),
            self.role,
            self.depth,
            self.owner,
        )
    }

    /// The bytes it covers.
    pub const fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The place of its names, counted from 0.
    pub const fn owner(&self) -> usize {
        self.owner
    }
}

/// The marks of all attributions, and behind them of all times, places and figures, in text
/// order; stretches that do not lie on the text are left out. Their names have the same order:
/// first the attributions'.
pub fn marks<'m>(
    text: &str,
    attributions: &[(&Attribution, usize)],
    facts: impl Iterator<Item = (Question, &'m Mention)>,
) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut add = |spans: &Spans, role, depth, owner| {
        let pieces = spans.iter().filter(|piece| piece.slice(text).is_some());
        marks.extend(pieces.map(|piece| Mark {
            start: piece.start(),
            end: piece.end(),
            role,
            depth,
            owner,
        }));
    };
    for (owner, &(attribution, depth)) in attributions.iter().enumerate() {
        add(&attribution.content.spans, Role::Content, depth, owner);
        add(&attribution.source.spans, Role::Source, depth, owner);
        if let Some(cue) = &attribution.cue {
            add(&cue.spans, Role::Cue, depth, owner);
        }
    }
    for (index, (question, mention)) in facts.enumerate() {
        let owner = attributions.len() + index;
        add(&mention.spans, Role::Fact(question), 0, owner);
    }
    marks.sort_by_key(Mark::key);
    marks
}

/// Names of the elements that belong to an attribution, or to words for a time, place or figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Names {
    /// Of an attribution.
    Attribution(RowNames),
    /// Of a time, place or figure.
    Fact {
        /// Its row in the tables, which it may share with others; also what joins their words.
        row: String,
        /// These words in the text.
        words: String,
        /// What is told of the words under the pointer.
        title: String,
    },
}

impl Names {
    fn row(&self) -> &str {
        match self {
            Self::Attribution(names) => &names.row,
            Self::Fact { row, .. } => row,
        }
    }
}

/// Names of the elements that belong to an attribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowNames {
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
    /// Owners of names whose first words, and whose first link, have been written.
    named: Vec<bool>,
    linked: Vec<bool>,
}

impl<'t> Marker<'t> {
    /// A marker at the start of the text. `names` has one entry for each owner of marks.
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
        // A blank is no name for a link.
        let link = self.leads_on().filter(|_| !words.trim().is_empty());
        match link.and_then(|mark| Some((mark, self.names.get(mark.owner)?))) {
            Some((mark, names)) => {
                let _ = write!(out, "<a href=\"#{}\"", names.row());
                // One stop of the tab key for an attribution is enough; the tables have their own.
                let linked = self.linked.get_mut(mark.owner);
                let again = linked.is_some_and(|linked| std::mem::replace(linked, true));
                if again || mark.role.is_fact() {
                    out.push_str(" tabindex=\"-1\"");
                }
                out.push('>');
                words.render_to(out);
                out.push_str("</a>");
            }
            None => words.render_to(out),
        }
    }

    /// The mark whose row the place reached leads to: the source or cue, else the innermost time,
    /// place or figure. Content is for reading.
    fn leads_on(&self) -> Option<&'t Mark> {
        let (facts, others): (Vec<_>, Vec<_>) = self
            .here
            .iter()
            .copied()
            .partition(|mark| mark.role.is_fact());
        let spoken = others.last().copied();
        let spoken = spoken.filter(|mark| mark.role != Role::Content);
        spoken.or_else(|| facts.last().copied())
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
                let names = self.names.get(mark.owner);
                let is_unnamed =
                    |names: &Names| matches!(names, Names::Attribution(names) if names.unnamed);
                let unnamed = if names.is_some_and(is_unnamed) {
                    " u"
                } else {
                    ""
                };
                write!(out, "<span class=\"s{unnamed}{after}\"")
            }
            Role::Cue => write!(out, "<span class=\"q{after}\""),
            Role::Fact(question) => write!(out, "<span class=\"{}\"", class(question)),
        };
        let named = self.named.get_mut(mark.owner);
        let first = named.is_some_and(|named| !std::mem::replace(named, true));
        if let Some(names) = self.names.get(mark.owner) {
            let _ = write!(out, " data-a=\"{}\"", names.row());
            identify(out, names, first);
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

/// What else a mark's element says of itself, and on the first its name.
fn identify(out: &mut String, names: &Names, first: bool) {
    match names {
        Names::Attribution(names) => {
            let _ = write!(out, " data-f=\"{}\"", names.facets);
            if first {
                let _ = write!(out, " id=\"{}\" data-n=\"{}\"", names.words, names.number);
            }
        }
        Names::Fact { words, title, .. } => {
            if first {
                let _ = write!(out, " id=\"{words}\"");
            }
            out.push_str(" title=\"");
            title.render_to(out);
            out.push('"');
        }
    }
}
