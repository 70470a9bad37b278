//! What events are about: PLOVER's contexts, from words of the paragraph and the document.
//!
//! One telling word, or two weak ones, give a paragraph its context; a context of a third of
//! the paragraphs, and of two at least, is the document's.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use sayso_reading::{Context, ContextLevel, Document, EventContext, EventId, Span};

use crate::attributions::span;
use crate::prose::words;
use crate::trace::{Field, Trace};

const TABLE: &str = include_str!("../../../../data/contexts.tsv");
/// What makes a paragraph's context; a telling word counts as much as two weak ones.
const ENOUGH: usize = 2;

/// Words of a row behind its first one, its context, and how much it tells.
type Row = (Vec<&'static str>, Context, usize);

/// Rows by their first word.
static ROWS: LazyLock<HashMap<&'static str, Vec<Row>>> = LazyLock::new(|| {
    let mut out: HashMap<&str, Vec<Row>> = HashMap::new();
    for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(context), Some(weight), Some(phrase)) =
            (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let Some(context) = Context::ALL.iter().copied().find(|c| c.as_str() == context) else {
            continue;
        };
        let mut parts = phrase.split(' ');
        if let Some(first) = parts.next() {
            let weight = if weight == "telling" { ENOUGH } else { 1 };
            out.entry(first)
                .or_default()
                .push((parts.collect(), context, weight));
        }
    }
    out
});

/// The contexts of a document and of each of its paragraphs.
pub(super) struct Contexts {
    /// Blocks with the contexts found in them and the words that tell of each.
    paragraphs: Vec<(Span, BTreeMap<Context, Vec<Span>>)>,
    document: Vec<Context>,
}

impl Contexts {
    pub(super) fn new(document: &Document) -> Self {
        let paragraphs: Vec<_> = document
            .blocks()
            .iter()
            .filter(|b| b.kind.is_content())
            .map(|b| (b.span, found(document.text(), b.span)))
            .collect();
        let mut counts: BTreeMap<Context, usize> = BTreeMap::new();
        for context in paragraphs.iter().flat_map(|(_, found)| found.keys()) {
            *counts.entry(*context).or_default() += 1;
        }
        let least = paragraphs.len().div_ceil(3).max(2);
        Self {
            document: counts
                .into_iter()
                .filter(|(_, n)| *n >= least)
                .map(|(c, _)| c)
                .collect(),
            paragraphs,
        }
    }

    /// Those of an event: its paragraph's, then those that only its document has.
    pub(super) fn of(&self, trigger: Span, id: EventId, trace: &mut Trace) -> Vec<EventContext> {
        let at = self
            .paragraphs
            .partition_point(|(s, _)| s.end() <= trigger.start());
        let mut out = Vec::new();
        if let Some((_, found)) = self
            .paragraphs
            .get(at)
            .filter(|(s, _)| s.contains(&trigger))
        {
            for (name, words) in found {
                trace.step(
                    id,
                    Field::Contexts,
                    "event.context",
                    words.iter().copied(),
                    || format!("{name}, by words of the paragraph"),
                );
                out.push(EventContext {
                    name: *name,
                    level: ContextLevel::Paragraph,
                });
            }
        }
        for name in &self.document {
            if !out.iter().any(|c| c.name == *name) {
                trace.step(id, Field::Contexts, "event.context", None, || {
                    format!("{name}, by words of a third of the paragraphs")
                });
                out.push(EventContext {
                    name: *name,
                    level: ContextLevel::Document,
                });
            }
        }
        out
    }
}

/// The contexts of a stretch, each with the words that tell of it.
fn found(text: &str, block: Span) -> BTreeMap<Context, Vec<Span>> {
    let tokens = words(text, block.range());
    let lower: Vec<String> = tokens
        .iter()
        .map(|t| {
            text.get(t.clone())
                .unwrap_or_default()
                .to_lowercase()
                .replace('’', "'")
        })
        .map(|t| t.strip_suffix("'s").map_or(t.clone(), str::to_owned))
        .collect();
    let mut out: BTreeMap<Context, (usize, Vec<Span>)> = BTreeMap::new();
    for (at, word) in lower.iter().enumerate() {
        for (rest, context, weight) in ROWS.get(word.as_str()).into_iter().flatten() {
            let end = at + rest.len();
            let same = lower
                .get(at + 1..=end)
                .is_some_and(|next| next.iter().zip(rest).all(|(a, b)| a == b));
            if same && let Some(words) = span(tokens[at].start..tokens[end].end) {
                let entry = out.entry(*context).or_default();
                entry.0 += weight;
                entry.1.push(words);
            }
        }
    }
    out.into_iter()
        .filter(|(_, (sum, _))| *sum >= ENOUGH)
        .map(|(context, (_, words))| (context, words))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_context_and_a_weight() {
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<_> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert!(
                Context::ALL.iter().any(|c| c.as_str() == cells[0]),
                "{line}"
            );
            assert!(matches!(cells[1], "telling" | "weak"), "{line}");
            assert_eq!(cells[2], cells[2].to_lowercase(), "{line}");
        }
    }

    #[test]
    fn one_telling_word_or_two_weak_ones() {
        let of = |text: &str| -> Vec<Context> {
            found(text, Span::new(0, text.len()).unwrap())
                .into_keys()
                .collect()
        };
        assert_eq!(of("Prisoners of war were exchanged near the border."), []);
        assert_eq!(of("The army fired on a village."), [Context::Military]);
        assert_eq!(of("Inspectors measured enriched uranium."), [Context::Cbrn]);
    }
}
