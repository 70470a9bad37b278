//! From candidates to attributions: edges, nesting, which are kept, how they are put.

use std::ops::Range;

use sayso_encode::Pieces;
use sayso_reading::{
    Attribution, AttributionId, BlockKind, Cue, Document, QuoteForm as Quote, Score, Source, Span,
    Spans, Stretch,
};

use super::cue::trim;
use super::find::Candidate;
use super::nested;
use super::proposed;
use super::quote::{Quotation, form, near, quotations, with_marks};
use super::running;
use super::score::{Scorer, Standing, features};
use super::tell;
use crate::trace::Trace;

/// A candidate in bytes of the text.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub phrase: Range<usize>,
    pub source: Option<Range<usize>>,
    pub content: Vec<Range<usize>>,
    pub quote: Quote,
    pub any: f32,
    pub outer: f32,
    pub weakest: f32,
    pub beside: f32,
    pub source_confidence: f32,
    pub content_confidence: f32,
}

impl Draft {
    /// Whether a stretch lies within one piece of the content.
    pub(crate) fn holds(&self, inner: &Range<usize>) -> bool {
        self.content
            .iter()
            .any(|c| c.start <= inner.start && inner.end <= c.end)
    }

    /// Bytes of content.
    pub(crate) fn length(&self) -> usize {
        self.content.iter().map(Range::len).sum()
    }

    /// Share of the two contents' union that they have in common.
    pub(crate) fn shared(&self, other: &Self) -> f32 {
        let common: usize = self
            .content
            .iter()
            .flat_map(|a| {
                other
                    .content
                    .iter()
                    .map(|b| a.end.min(b.end).saturating_sub(a.start.max(b.start)))
            })
            .sum();
        common as f32 / (self.length() + other.length() - common).max(1) as f32
    }
}

/// A document's drafts and its quotations.
pub(crate) struct Drafts {
    pub drafts: Vec<Draft>,
    pub quotations: Vec<Quotation>,
}

/// Candidates as bytes, their edges set by the rules on blocks, quotation marks and stops.
pub(crate) fn drafts(document: &Document, pieces: &Pieces, candidates: Vec<Candidate>) -> Drafts {
    let text = document.text();
    let quotations = quotations(text);
    let bytes =
        |r: &Range<usize>| pieces.bytes(r.start).start..pieces.bytes(r.end.saturating_sub(1)).end;
    let mut drafts: Vec<Draft> = candidates
        .into_iter()
        .filter_map(|c| {
            let phrase = within_block(document, bytes(&c.cue), None);
            let content: Vec<Range<usize>> = c
                .roles
                .content
                .iter()
                .map(|r| {
                    edges(
                        text,
                        &content_block(document, bytes(r), &phrase),
                        &phrase,
                        &quotations,
                    )
                })
                .filter(|r| {
                    text.get(r.clone())
                        .is_some_and(|w| w.contains(char::is_alphanumeric))
                })
                .collect();
            let source = c
                .roles
                .source
                .as_ref()
                .map(|r| within_block(document, bytes(r), Some(&phrase)))
                .map(|r| without_stop(text, in_one_sentence(text, r), &[]))
                // a mark alone names nobody
                .filter(|r| {
                    text.get(r.clone()).is_some_and(|w| {
                        w.contains(char::is_alphanumeric)
                            && !matches!(w, "there" | "There" | "Do" | "do" | "Let" | "Please")
                    })
                });
            let quote = form(text, &content, &quotations);
            (!content.is_empty()).then_some(Draft {
                phrase,
                source,
                quote,
                content,
                any: c.any,
                outer: c.outer,
                weakest: c.weakest,
                beside: c.beside,
                source_confidence: c.roles.source_confidence,
                content_confidence: c.roles.content_confidence,
            })
        })
        .collect();
    drafts.sort_by_key(|d| (d.phrase.start, d.phrase.end));
    Drafts { drafts, quotations }
}

/// Rule `source.sentence`: a source ends where its sentence does.
fn in_one_sentence(text: &str, range: Range<usize>) -> Range<usize> {
    crate::prose::sentences(text, range.clone())
        .into_iter()
        .next()
        .unwrap_or(range)
}

/// Rule `block.border`: a source or a cue lies in one block; of one that runs over a
/// border the part in the cue's block stays, else the longest.
fn within_block(
    document: &Document,
    range: Range<usize>,
    cue: Option<&Range<usize>>,
) -> Range<usize> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let touched = document.blocks_in(&range).iter();
    for block in touched.filter(|b| b.kind.is_content()) {
        let part = range.start.max(block.span.start())..range.end.min(block.span.end());
        if part.start < part.end {
            if cue.is_some_and(|c| block.span.start() <= c.start && c.end <= block.span.end()) {
                return part;
            }
            parts.push(part);
        }
    }
    parts.into_iter().max_by_key(Range::len).unwrap_or(range)
}

/// The same for a piece of content, which may go on over paragraphs that follow each other.
fn content_block(document: &Document, range: Range<usize>, cue: &Range<usize>) -> Range<usize> {
    let mut touched = document.blocks_in(&range).iter();
    if touched.all(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::List)) {
        return range;
    }
    within_block(document, range, Some(cue))
}

/// A piece of content with its marks and without the sentence's stop, never over the cue.
fn edges(
    text: &str,
    fragment: &Range<usize>,
    phrase: &Range<usize>,
    quotations: &[Quotation],
) -> Range<usize> {
    let near = near(quotations, fragment);
    let marked = with_marks(text, fragment, near);
    let crosses = marked.start < phrase.end && phrase.start < marked.end;
    without_stop(text, if crosses { fragment.clone() } else { marked }, near)
}

/// Rule `content.stop`: final stops and commas outside quotation marks are not part of it.
fn without_stop(text: &str, range: Range<usize>, quotations: &[Quotation]) -> Range<usize> {
    let Some(slice) = text.get(range.clone()) else {
        return range;
    };
    let trimmed =
        slice.trim_end_matches(|c: char| matches!(c, '.' | ',' | ';' | ':') || c.is_whitespace());
    let end = range.start + trimmed.len();
    let marked = quotations
        .iter()
        .any(|q| q.open && q.inner.start < range.end && range.end <= q.inner.end);
    // an abbreviation keeps its stop: "the U.S."
    let abbreviation = slice[trimmed.len()..].starts_with('.')
        && trimmed
            .rsplit(|c: char| c.is_whitespace())
            .next()
            .is_some_and(|w| w.contains('.') || w.chars().count() == 1);
    match () {
        () if trimmed.is_empty() || marked => range,
        () if abbreviation => range.start..end + 1,
        () => range.start..end,
    }
}

/// A draft that is kept, with its place among the others.
struct Kept<'a> {
    draft: &'a Draft,
    parent: Option<usize>,
    score: f32,
}

/// Decides, nests, and writes out.
pub(crate) fn resolve(
    scorer: &Scorer,
    document: &Document,
    found: &Drafts,
    knows: &dyn Fn(&Range<usize>) -> bool,
    trace: &mut Trace,
) -> Vec<Attribution> {
    let text = document.text();
    let kept = keep(scorer, text, &found.drafts, knows);
    let mut out: Vec<Attribution> = kept.iter().map(|k| write(text, k)).collect();
    let rules = proposed::propose(document, &found.quotations, &mut out);
    running::tie(document, &found.quotations, &mut out);
    let mut out = number(out);
    tell::tell(&out, &rules, trace);
    nested::mend(document, &found.quotations, &mut out, trace);
    out
}

/// Which drafts are kept: first as outermost ones, then those inside a kept content.
///
/// Rule `cue.known`: inside another's content only a cue that the lexicon knows counts. The
/// corpus is silent there, and the network guesses more freely than it was taught.
fn keep<'a>(
    scorer: &Scorer,
    text: &str,
    drafts: &'a [Draft],
    knows: &dyn Fn(&Range<usize>) -> bool,
) -> Vec<Kept<'a>> {
    let features = features(drafts);
    let is_deed = |d: &Draft| deed(text, d);
    let outermost: Vec<Standing> = features.iter().map(|f| scorer.outermost(f)).collect();
    let nested: Vec<Standing> = features.iter().map(|f| scorer.nested(f)).collect();
    let mut order: Vec<usize> = best_cuts(drafts, &outermost);
    // longer contents first: a parent is decided before what stands in it
    order.sort_by_key(|&i| (usize::MAX - drafts[i].length(), i));
    let mut kept = vec![false; drafts.len()];
    let mut parents = vec![None; drafts.len()];
    for &index in &order {
        let parent = parent(drafts, &kept, index);
        let standing = if parent.is_some() {
            nested[index]
        } else {
            outermost[index]
        };
        kept[index] = standing.margin >= 0.0
            && (parent.is_none() || knows(&drafts[index].phrase) && !is_deed(&drafts[index]))
            && !asks_not_to_be_named(text, &drafts[index]);
        parents[index] = parent;
    }
    let position: Vec<usize> = kept
        .iter()
        .scan(0, |n, &k| {
            let at = *n;
            *n += usize::from(k);
            Some(at)
        })
        .collect();
    (0..drafts.len())
        .filter(|&i| kept[i])
        .map(|i| Kept {
            draft: &drafts[i],
            parent: parents[i].map(|p: usize| position[p]),
            score: if parents[i].is_some() {
                nested[i]
            } else {
                outermost[i]
            }
            .score,
        })
        .collect()
}

/// Rule `cue.deed`: "plans to attack", "is trying to" tell of what is done, not of what is said.
fn deed(text: &str, draft: &Draft) -> bool {
    const DEEDS: &[&str] = &[
        "plan",
        "plans",
        "planned",
        "planning",
        "try",
        "tries",
        "tried",
        "trying",
        "seek",
        "seeks",
        "sought",
        "seeking",
        "attempt",
        "attempts",
        "attempted",
        "attempting",
        "prepared",
        "preparing",
    ];
    let phrase = text
        .get(draft.phrase.clone())
        .unwrap_or_default()
        .to_lowercase();
    let infinitive = draft
        .content
        .first()
        .and_then(|r| text.get(r.clone()))
        .is_some_and(|w| w.starts_with("to "));
    infinitive && phrase.split_whitespace().any(|w| DEEDS.contains(&w))
}

/// Rule `source.condition`: "asked not to be identified" is why a source is unnamed.
fn asks_not_to_be_named(text: &str, draft: &Draft) -> bool {
    let content = draft
        .content
        .first()
        .and_then(|r| text.get(r.clone()))
        .unwrap_or_default();
    let passive = ["not to be ", "to be ", "to remain ", "to be not "]
        .iter()
        .find_map(|start| content.strip_prefix(start));
    passive.is_some_and(|rest| {
        [
            "named",
            "identified",
            "quoted by name",
            "anonymous",
            "unnamed",
        ]
        .iter()
        .any(|end| rest.starts_with(end))
    }) || content == "anonymity"
}

/// Places in a list in text order that may stand in one window of the encoder with this one: a
/// window has so many pieces, and a cue at most two cuts.
pub(super) fn neighbours(length: usize, index: usize) -> Range<usize> {
    const SPAN: usize = 2 * sayso_encode::WINDOW;
    index.saturating_sub(SPAN)..length.min(index + SPAN + 1)
}

/// The kept draft with the shortest content around this one's cue.
fn parent(drafts: &[Draft], kept: &[bool], index: usize) -> Option<usize> {
    let draft = &drafts[index];
    neighbours(drafts.len(), index)
        .filter(|&i| {
            i != index
                && kept[i]
                && drafts[i].holds(&draft.phrase)
                && !draft.holds(&drafts[i].phrase)
        })
        .min_by_key(|&i| (drafts[i].length(), i))
}

/// Drafts lie in the order of their cues, so that a rival is a near neighbour.
const NEAR: usize = 5;

/// Of drafts whose cues overlap only the best scored stays: they are cuts of one cue.
fn best_cuts(drafts: &[Draft], standings: &[Standing]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by(|&a, &b| {
        standings[b]
            .margin
            .total_cmp(&standings[a].margin)
            .then(a.cmp(&b))
    });
    let mut taken = vec![false; drafts.len()];
    let mut out: Vec<usize> = Vec::new();
    for index in order {
        let phrase = &drafts[index].phrase;
        let rival = |i: usize| {
            taken[i] && drafts[i].phrase.start < phrase.end && phrase.start < drafts[i].phrase.end
        };
        let near = index.saturating_sub(NEAR)..drafts.len().min(index + NEAR + 1);
        if !near.into_iter().any(rival) {
            taken[index] = true;
            out.push(index);
        }
    }
    out
}

fn write(text: &str, kept: &Kept<'_>) -> Attribution {
    let draft = kept.draft;
    let cue = trim(text, draft.phrase.clone());
    let source = draft.source.clone().and_then(span);
    Attribution {
        id: AttributionId::at(0),
        within: kept.parent.map(AttributionId::at),
        cue: span(cue.phrase).map(|phrase| Cue {
            spans: span(cue.words).map_or_else(|| phrase.into(), Spans::from),
            lemma: cue.lemma,
            phrase,
        }),
        source: unresolved(source.into_iter().collect()),
        content: Stretch {
            spans: draft.content.iter().cloned().filter_map(span).collect(),
        },
        quote: draft.quote,
        act: None,
        certainty: None,
        hedge: None,
        negated: false,
        chain: Vec::new(),
        score: Score::clamped(kept.score),
    }
}

/// A source of which only the words are known.
pub(super) fn unresolved(spans: Spans) -> Source {
    Source {
        spans,
        entity: None,
        kind: None,
        role: None,
        condition: None,
    }
}

/// The range as a span; ranges here never end before they start.
pub(crate) fn span(range: Range<usize>) -> Option<Span> {
    Span::new(range.start, range.end).ok()
}

/// Orders by the first words and gives the final identifiers.
fn number(mut attributions: Vec<Attribution>) -> Vec<Attribution> {
    let place = |a: &Attribution| {
        let cue = a.cue.as_ref().map(|c| c.phrase);
        let at = cue
            .or_else(|| a.content.spans.hull())
            .map_or((0, 0), |s| (s.start(), s.end()));
        (at, a.cue.is_none())
    };
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|&i| place(&attributions[i]));
    let mut rank = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        rank[old] = new;
    }
    for (old, attribution) in attributions.iter_mut().enumerate() {
        attribution.id = AttributionId::at(rank[old]);
        attribution.within = attribution.within.and_then(|w| {
            rank.get(w.number() as usize - 1)
                .map(|&r| AttributionId::at(r))
        });
    }
    attributions.sort_by_key(|a| a.id);
    attributions
}
