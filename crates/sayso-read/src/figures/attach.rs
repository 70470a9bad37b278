//! What a figure hangs on: the time that it holds for, and whose words it stands in.

use std::ops::Range;

use sayso_reading::{Attribution, AttributionId, Span, Time, TimeId, TimeKind};

use super::line::Line;

/// How many tokens away a time may stand.
const REACH: usize = 25;

/// What the figures of a document hang on; asked in text order.
pub(super) struct Attach<'r> {
    times: Times<'r>,
    within: Within,
}

/// Where a quantity stands.
pub(super) struct Place<'a> {
    pub line: &'a Line<'a>,
    /// Its tokens.
    pub tokens: &'a Range<usize>,
    /// The tokens from the figure before to the one behind.
    pub gap: Range<usize>,
}

/// What one figure hangs on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attached {
    /// The time, and where it stands.
    pub time: Option<(TimeId, Span)>,
    pub within: Option<AttributionId>,
}

impl<'r> Attach<'r> {
    pub(super) fn new(times: &'r [Time], attributions: &[Attribution]) -> Self {
        Self {
            times: Times::new(times),
            within: Within::new(attributions),
        }
    }

    /// Whether a stretch has something in common with a time.
    pub(super) fn is_in_time(&self, stretch: Span) -> bool {
        self.times.overlap(stretch)
    }

    /// What a figure hangs on; each stands behind the one asked for before.
    pub(super) fn of(&mut self, place: &Place, span: Span) -> Attached {
        let within = self.within.innermost(span);
        Attached {
            time: self.times.nearest(place, within),
            within: within.map(|w| w.id),
        }
    }
}

/// The times of a document, in text order.
struct Times<'r> {
    /// By where they begin.
    list: Vec<(Span, &'r Time)>,
}

impl<'r> Times<'r> {
    fn new(times: &'r [Time]) -> Self {
        let mut list: Vec<_> = times
            .iter()
            .filter_map(|time| Some((time.spans.hull()?, time)))
            .collect();
        list.sort_by_key(|(span, _)| *span);
        Self { list }
    }

    /// Those that may overlap with a stretch or lie in it.
    fn around(&self, stretch: Span) -> impl Iterator<Item = &(Span, &'r Time)> {
        let from = self
            .list
            .partition_point(|(span, _)| span.start() < stretch.start());
        // times do not nest, so only the one before can reach in
        self.list
            .iter()
            .skip(from.saturating_sub(1))
            .take_while(move |(span, _)| span.start() < stretch.end())
            .filter(move |(span, _)| span.end() > stretch.start())
    }

    /// Whether a stretch has something in common with a time.
    fn overlap(&self, stretch: Span) -> bool {
        self.around(stretch).next().is_some()
    }

    /// The time that a quantity holds for: of its sentence and in the same words. One behind it
    /// before one in front, and both before one that another figure stands nearer to.
    fn nearest(&self, at: &Place, within: Option<Words>) -> Option<(TimeId, Span)> {
        if self.list.is_empty() {
            return None;
        }
        let own = at.line.span(at.tokens.clone())?;
        self.around(sentence(at.line, at.tokens)?)
            .filter(|(_, time)| is_window(time))
            .filter(|(span, _)| within.is_none_or(|w| w.content.contains(span)))
            .min_by_key(|(span, _)| {
                let behind = span.start() >= own.end();
                let tokens = if behind {
                    at.tokens.end..at.line.behind(span.start())
                } else {
                    at.line.behind(span.end())..at.tokens.start
                };
                let free = at.gap.start <= tokens.start && tokens.end <= at.gap.end;
                let own_clause = free && !tokens.clone().any(|i| opens_clause(at.line, i));
                let rank = match (own_clause, behind, free) {
                    (true, true, _) => 0,
                    (_, false, true) => 1,
                    _ => 2,
                };
                (rank, tokens.len())
            })
            .map(|(span, time)| (time.id, *span))
    }
}

/// The bytes of the sentence around a quantity, as far as a time of it is looked for.
fn sentence(line: &Line, tokens: &Range<usize>) -> Option<Span> {
    let first = tokens.start.saturating_sub(REACH);
    let last = (tokens.end + REACH).min(line.len());
    let from = (first..tokens.start)
        .rev()
        .find(|&at| line.ends_sentence(at))
        .map_or(first, |at| at + 1);
    let to = (tokens.end..last)
        .find(|&at| line.ends_sentence(at))
        .unwrap_or(last);
    line.span(from..to)
}

/// Words behind which a time tells of something else.
fn opens_clause(line: &Line, at: usize) -> bool {
    matches!(
        line.lower(at),
        "which" | "that" | "who" | "when" | "where" | "after" | "while" | "but" | ";"
    )
}

/// Whether a count can hold for a time: for a date or a stretch between two, not for a mere length.
fn is_window(time: &Time) -> bool {
    match time.kind {
        TimeKind::Date | TimeKind::Time | TimeKind::Interval => true,
        TimeKind::Duration | TimeKind::Set => time.edtf.is_some(),
    }
}

/// The content of an attribution.
#[derive(Debug, Clone, Copy)]
struct Words {
    id: AttributionId,
    content: Span,
    len: usize,
}

/// Looks up whose words a stretch stands in; asked in text order.
struct Within {
    /// The pieces of all contents, by where they begin.
    pieces: Vec<(Span, Words)>,
    next: usize,
    open: Vec<(Span, Words)>,
}

impl Within {
    fn new(attributions: &[Attribution]) -> Self {
        let mut pieces = Vec::new();
        for attribution in attributions {
            let spans = &attribution.content.spans;
            let Some(content) = spans.hull() else {
                continue;
            };
            let words = Words {
                id: attribution.id,
                content,
                len: spans.len(),
            };
            pieces.extend(spans.iter().map(|piece| (*piece, words)));
        }
        pieces.sort_by_key(|(piece, _)| *piece);
        Self {
            pieces,
            next: 0,
            open: Vec::new(),
        }
    }

    /// The shortest content that holds a stretch; each stretch begins no earlier than the last.
    fn innermost(&mut self, stretch: Span) -> Option<Words> {
        while let Some((piece, words)) = self.pieces.get(self.next)
            && piece.start() <= stretch.start()
        {
            self.open.push((*piece, *words));
            self.next += 1;
        }
        self.open.retain(|(piece, _)| piece.end() > stretch.start());
        self.open
            .iter()
            .filter(|(piece, _)| piece.contains(&stretch))
            .min_by_key(|(_, words)| words.len)
            .map(|(_, words)| *words)
    }
}
