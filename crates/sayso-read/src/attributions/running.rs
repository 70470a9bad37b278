//! Rule `quote.running`: a quotation that no cue introduces goes on from the speaker before.
//!
//! A line that is a quotation as a whole, and that no attribution's content covers,
//! belongs to the last quoted speaker of the lines before it; nothing but such
//! lines may stand between.

use std::ops::Range;

use sayso_reading::{
    Attribution, AttributionId, Document, QuoteForm as Quote, Score, Span, Spans, Stretch,
};

use super::quote::{Quotation, near};
use super::resolve::{neighbours, span, unresolved};

/// Not fitted: the corpus puts such a line under the cue before it and has none without a cue.
const SCORE: f32 = 0.5;

/// Adds an attribution without a cue for each such line.
pub(crate) fn tie(
    document: &Document,
    quotations: &[Quotation],
    attributions: &mut Vec<Attribution>,
) {
    let text = document.text();
    let mut speaker: Option<Spans> = None;
    let outermost = |a: &&Attribution| a.within.is_none() && a.cue.is_some();
    let mut cued: Vec<Attribution> = attributions.iter().filter(outermost).cloned().collect();
    cued.sort_by_key(cue_start);
    for block in document.blocks().iter().filter(|b| b.kind.is_content()) {
        let line = block.span.range();
        let from = cued.partition_point(|a| cue_start(a) < line.start);
        let to = cued.partition_point(|a| cue_start(a) < line.end);
        let inside = &cued[from..to.max(from)];
        let near = &cued[neighbours(cued.len(), from)];
        let whole = whole_quotation(text, &line, quotations);
        match (whole, inside.is_empty(), &speaker) {
            (true, true, Some(source)) if !covered(near, &line) => {
                let Some(span) = content(text, &line) else {
                    continue;
                };
                let made = attribution(source.clone(), span, attributions.len());
                attributions.push(made);
            }
            (true, true, _) => {}
            _ => speaker = last_quoted(inside),
        }
    }
}

fn cue_start(attribution: &Attribution) -> usize {
    attribution.cue.as_ref().map_or(0, |c| c.phrase.start())
}

/// Whether all words of a line stand between quotation marks that begin with the line.
fn whole_quotation(text: &str, line: &Range<usize>, quotations: &[Quotation]) -> bool {
    let Some(first) = near(quotations, line)
        .iter()
        .find(|q| !q.single && q.outer.start == line.start)
    else {
        return false;
    };
    text.get(first.outer.end..line.end)
        .is_some_and(|rest| !rest.contains(char::is_alphanumeric))
}

/// Whether outermost contents already hold most of the line.
fn covered(attributions: &[Attribution], line: &Range<usize>) -> bool {
    let pieces = attributions.iter().flat_map(|a| a.content.spans.iter());
    let common: usize = pieces
        .map(|s| {
            s.end()
                .min(line.end)
                .saturating_sub(s.start().max(line.start))
        })
        .sum();
    2 * common >= line.len()
}

/// The source of the line's last quoted attribution.
fn last_quoted(inside: &[Attribution]) -> Option<Spans> {
    let quoted = inside.iter().rev().find(|a| a.quote != Quote::Indirect)?;
    (!quoted.source.spans.is_empty()).then(|| quoted.source.spans.clone())
}

fn content(text: &str, line: &Range<usize>) -> Option<Span> {
    let words = text.get(line.clone())?.trim_end();
    span(line.start..line.start + words.len())
}

fn attribution(source: Spans, content: Span, index: usize) -> Attribution {
    Attribution {
        id: AttributionId::at(index),
        within: None,
        cue: None,
        source: unresolved(source),
        content: Stretch {
            spans: content.into(),
        },
        quote: Quote::Direct,
        act: None,
        certainty: None,
        hedge: None,
        negated: false,
        chain: Vec::new(),
        score: Score::clamped(SCORE),
    }
}
