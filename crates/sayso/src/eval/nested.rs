//! The figures of all attributions, those inside another's content too.

use serde::Serialize;

use super::align::align;
use super::bootstrap::resampled;
use super::compare::{Compared, CueWidth, Overlap, Roles, Tally, overlaps};
use super::marked::Marked;
use super::matching::{Edge, greedy_then_greatest};
use super::measures::Prf;
use super::text::Text;
use super::{GoldDocument, Prediction};

const SEED: u32 = 20_240_128;

/// Precision, recall and F1 with what they are made from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// Precision, recall, F1, per cent.
    #[serde(flatten)]
    pub prf: Prf,
    /// Where 95 of 100 resamples of the documents have their F1; nothing for fewer than two
    /// documents.
    pub f1_95: Option<[f64; 2]>,
    /// How many were found.
    pub right: usize,
    /// How many were found that nobody marked.
    pub spurious: usize,
    /// How many were marked and not found.
    pub missed: usize,
}

/// The figures of all attributions, outermost and nested.
///
/// Cues are compared by the smallest words that carry the act. What the gold holds doubtful
/// neither helps nor hurts. A prediction whose text is not the gold's counts as absent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NestedMeasures {
    /// Content, cue and source each share at least half of their union, in characters.
    pub half: Found,
    /// The same asked of the content alone.
    pub content: Found,
}

/// Scores all attributions of every gold document.
pub fn score_nested(gold: &[GoldDocument], predicted: &[Prediction]) -> NestedMeasures {
    let (mut half, mut content) = (Vec::new(), Vec::new());
    for (document, prediction) in gold.iter().zip(align(gold, predicted).predictions) {
        let same_text = |p: &&Prediction| p.text.as_ref().is_none_or(|t| *t == document.text);
        let found = prediction.filter(same_text);
        let found = found.map_or(&[][..], |p| &p.attributions);
        let text = Text::new(&document.text);
        let gold = all(&text, &document.attributions);
        let found = all(&text, found);
        half.push(tally(&text, &gold, &found, whole));
        content.push(tally(&text, &gold, &found, |_, overlaps| {
            by_content(overlaps)
        }));
    }
    NestedMeasures {
        half: Found::of(&half),
        content: Found::of(&content),
    }
}

impl Found {
    fn of(documents: &[Tally]) -> Self {
        let mut total = Tally::default();
        for tally in documents {
            total.add(*tally);
        }
        Self {
            prf: Prf::of(total),
            f1_95: interval(documents),
            right: total.right,
            spurious: total.predicted - total.right,
            missed: total.gold - total.right,
        }
    }
}

fn interval(documents: &[Tally]) -> Option<[f64; 2]> {
    if documents.len() < 2 {
        return None;
    }
    let rows: Vec<[usize; 2]> = (documents.iter())
        .map(|tally| [tally.right, tally.gold + tally.predicted])
        .collect();
    let values = resampled(&rows, SEED, |[right, all]| {
        (all > 0).then(|| 200.0 * right as f64 / all as f64)
    });
    let at = |part: usize| values.get(part * values.len() / 1000).copied();
    Some([at(25)?, at(975)?])
}

fn all<'m>(text: &Text, side: &'m [Marked]) -> Vec<Compared<'m>> {
    let compared = |marked| Compared::new(text, marked, CueWidth::Smallest);
    side.iter().map(compared).collect()
}

/// How much a pair weighs; nothing where the two do not agree.
type Weight = fn(&Compared, &Roles<Overlap>) -> Option<f64>;

fn by_content(overlaps: &Roles<Overlap>) -> Option<f64> {
    let content = overlaps.content;
    (content.shared > 0 && content.agrees()).then(|| content.share())
}

/// All three roles agree; of doubtful gold the content is enough.
fn whole(gold: &Compared, overlaps: &Roles<Overlap>) -> Option<f64> {
    if overlaps.iter().all(|overlap| overlap.agrees()) {
        let Roles {
            source,
            cue,
            content,
        } = overlaps;
        return Some(content.share() + cue.share() + source.share());
    }
    by_content(overlaps).filter(|_| gold.marked.doubtful)
}

/// Counts one document: first the gold that is sure is matched, then the doubtful gold with
/// what is left, so that neither of the two counts.
fn tally(text: &Text, gold: &[Compared], found: &[Compared], weight: Weight) -> Tally {
    let mut open = vec![true; found.len()];
    let mut match_those = |doubtful: bool| {
        let mut edges: Vec<Edge<f64>> = Vec::new();
        for (g, gold) in gold.iter().enumerate() {
            for ((p, found), open) in found.iter().enumerate().zip(&open) {
                if gold.marked.doubtful == doubtful && *open {
                    let weight = weight(gold, &overlaps(text, gold, found));
                    edges.extend(weight.map(|weight| (g, p, weight)));
                }
            }
        }
        let pairs = greedy_then_greatest(edges);
        for (_, p) in pairs.iter() {
            if let Some(open) = open.get_mut(p) {
                *open = false;
            }
        }
        pairs.len()
    };
    let right = match_those(false);
    match_those(true);
    let spurious = open.iter().filter(|open| **open).count();
    Tally {
        gold: gold.iter().filter(|gold| !gold.marked.doubtful).count(),
        predicted: right + spurious,
        right,
    }
}
