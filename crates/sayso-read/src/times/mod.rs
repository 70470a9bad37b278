//! When: expressions of time, and the days, minutes and lengths that they come to.
//!
//! A grammar reads expressions from the tokens of each block, from left to right, the longest that
//! begins with a token. What is relative is resolved against the date of publication, or against the
//! date that the text told before; without either it stays unresolved, never guessed.

mod calendar;
mod grammar;
mod holidays;
mod tense;
#[cfg(test)]
mod tests;
mod value;
mod words;

use std::cell::Cell;

use sayso_reading::{BlockKind, Document, Span, Time, TimeFrom, TimeId};

use crate::numbers::{Kind, Tokens};
use crate::trace::{Field, Trace};
use calendar::Unit;
use grammar::{Anchor, Found, Grammar, Reference};

/// The expressions of time of a document, in text order; neither weights nor lexicons are needed.
pub fn times_of(document: &Document) -> Vec<Time> {
    fill(document, &mut Trace::default())
}

/// The expressions of time of a document, in text order, with the steps that led to them.
pub(crate) fn fill(document: &Document, trace: &mut Trace) -> Vec<Time> {
    let reference = published(document).or_else(|| of_dateline(document));
    let mut out = Vec::new();
    let (mut anchor, mut quarter) = (None, None);
    for block in document.blocks().iter().filter(|b| b.kind.is_content()) {
        let tokens = Tokens::new(document.text(), block.span.range());
        let mut at = 0;
        while at < tokens.len() {
            let grammar = Grammar {
                tokens: &tokens,
                reference,
                anchor,
                quarter,
                depth: Cell::new(0),
            };
            let found = may_begin(&tokens, at)
                .then(|| grammar.expression(at))
                .flatten();
            let Some(found) = found else {
                at += 1;
                continue;
            };
            if let Some(when) = found.value.when.filter(|w| w.first.is_some()) {
                let from = found.value.from;
                anchor = Some(Anchor { when, from });
                // Reports compare with earlier quarters, but are of the latest one that they tell.
                let later = quarter.is_none_or(|q: Anchor| q.when.first <= when.first);
                if later && Grammar::is_quarter(&when) {
                    quarter = anchor;
                }
            }
            if let Some(span) = tokens.span(at..found.end) {
                let id = TimeId::at(out.len());
                tell(id, span, &found, trace);
                out.extend(time(id, span, &found, document.text()));
            }
            at = found.end.max(at + 1);
        }
    }
    out
}

/// The time as it stands in the reading.
fn time(id: TimeId, span: Span, found: &Found, text: &str) -> Option<Time> {
    let value = &found.value;
    let when = value.when.as_ref();
    Some(Time {
        id,
        spans: span.into(),
        kind: value.kind,
        edtf: when.and_then(value::When::edtf),
        earliest: when.and_then(value::When::earliest),
        latest: when.and_then(value::When::latest),
        duration: value.length.as_ref().and_then(value::Length::iso),
        from: value.from,
        text: span.slice(text)?.to_owned(),
    })
}

/// Tells the steps that led to a time.
fn tell(id: TimeId, span: Span, found: &Found, trace: &mut Trace) {
    let value = &found.value;
    trace.step(id, Field::Found, found.form, [span], || {
        "an expression of time".to_owned()
    });
    trace.step(id, Field::Kind, found.form, [span], || {
        value.kind.to_string()
    });
    trace.step(id, Field::Value, value.rule, [span], || {
        match value.when.as_ref().and_then(value::When::edtf) {
            Some(edtf) => format!("{edtf}, from {}", value.from),
            None => format!("no date, from {}", value.from),
        }
    });
    if let Some(length) = value.length.as_ref().and_then(value::Length::iso) {
        trace.step(id, Field::Duration, found.form, [span], || {
            length.to_string()
        });
    }
}

/// The date of publication, as exactly as it is known.
fn published(document: &Document) -> Option<Reference> {
    let published = document.published.as_ref()?;
    let (first, last) = (published.earliest()?.date(), published.latest()?.date());
    let known = match (first, last) {
        _ if first == last => Unit::Day,
        ((y1, m1, _), (y2, m2, _)) if (y1, m1) == (y2, m2) => Unit::Month,
        ((y1, ..), (y2, ..)) if y1 == y2 => Unit::Year,
        _ => return None,
    };
    let day = calendar::day(first.0, first.1, first.2)?;
    Some(Reference {
        day,
        known,
        from: TimeFrom::Published,
    })
}

/// The date of the dateline, where it tells the year.
fn of_dateline(document: &Document) -> Option<Reference> {
    let mut lines = document
        .blocks()
        .iter()
        .filter(|b| b.kind == BlockKind::Dateline);
    lines.find_map(|block| {
        let tokens = Tokens::new(document.text(), block.span.range());
        let grammar = Grammar {
            tokens: &tokens,
            reference: None,
            anchor: None,
            quarter: None,
            depth: Cell::new(0),
        };
        (0..tokens.len()).find_map(|at| grammar.full_day(at))
    })
}

/// Whether an expression can begin with a token: a quick look that leaves out most words.
fn may_begin(tokens: &Tokens, at: usize) -> bool {
    if tokens.is(at, Kind::Digits) {
        return true;
    }
    if tokens.is(at, Kind::Mark) {
        return matches!(tokens.lower(at), "'" | "’" | "‘" | "½" | "`");
    }
    let word = tokens.lower(at);
    if !words::is_lead(word) {
        return words::may_begin(word);
    }
    // "the", "in" and the like lead to a time only where one of its words is near
    (at + 1..at + 5).any(|next| {
        let word = tokens.lower(next);
        tokens.is(next, Kind::Digits)
            || matches!(word, "future" | "moment" | "while" | "near" | "½")
            || !words::is_lead(word) && words::may_begin(word)
    })
}
