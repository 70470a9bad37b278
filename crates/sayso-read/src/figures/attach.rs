//! What a figure hangs on: the time that it holds for, and whose words it stands in.

use sayso_reading::{Attribution, AttributionId, Span, Time, TimeId, TimeKind};

use super::line::Line;
use super::quantity::Quantity;

/// How many tokens away a time may stand.
const REACH: usize = 25;

/// The times of a document, in text order.
pub(super) struct Times<'r> {
    /// By where they begin.
    list: Vec<(Span, &'r Time)>,
}

impl<'r> Times<'r> {
    pub(super) fn new(times: &'r [Time]) -> Self {
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
    pub(super) fn overlap(&self, stretch: Span) -> bool {
        self.around(stretch).next().is_some()
    }

    /// The time nearest to a quantity in its sentence and in the same words.
    pub(super) fn nearest(
        &self,
        line: &Line,
        found: &Quantity,
        within: Option<Words>,
    ) -> Option<(TimeId, Span)> {
        if self.list.is_empty() {
            return None;
        }
        let (start, end) = (found.tokens.start, found.tokens.end);
        let from = (start.saturating_sub(REACH)..start)
            .rev()
            .find(|&at| line.ends_sentence(at))
            .map_or(start.saturating_sub(REACH), |at| at + 1);
        let to = (end..(end + REACH).min(line.len()))
            .find(|&at| line.ends_sentence(at))
            .unwrap_or((end + REACH).min(line.len()));
        let sentence = line.span(from..to)?;
        let own = line.span(found.tokens.clone())?;
        self.around(sentence)
            .filter(|(_, time)| is_window(time))
            .filter(|(span, _)| within.is_none_or(|w| w.content.contains(span)))
            .min_by_key(|(span, _)| {
                // of two as near, the one behind
                if span.start() >= own.end() {
                    2 * (span.start() - own.end())
                } else {
                    2 * own.start().saturating_sub(span.end()) + 1
                }
            })
            .map(|(span, time)| (time.id, *span))
    }
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
pub(super) struct Words {
    pub id: AttributionId,
    pub content: Span,
    len: usize,
}

/// Looks up whose words a stretch stands in; asked in text order.
pub(super) struct Within {
    /// The pieces of all contents, by where they begin.
    pieces: Vec<(Span, Words)>,
    next: usize,
    open: Vec<(Span, Words)>,
}

impl Within {
    pub(super) fn new(attributions: &[Attribution]) -> Self {
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
    pub(super) fn innermost(&mut self, stretch: Span) -> Option<Words> {
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
