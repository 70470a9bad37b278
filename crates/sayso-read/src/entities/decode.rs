//! The names output: two layers of labels over the pieces, decoded exactly.

use std::ops::Range;

use sayso_encode::{Pieces, States};

/// What the network takes a name for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NameClass {
    Person,
    Place,
    Organization,
    Group,
    Document,
    VesselOrWeapon,
}

impl NameClass {
    /// In the order of the network's labels.
    const ALL: [Self; 6] = [
        Self::Person,
        Self::Place,
        Self::Organization,
        Self::Group,
        Self::Document,
        Self::VesselOrWeapon,
    ];
}

/// Labels of a layer: outside, then begin and inside of each class.
const LABELS: usize = States::NAME_LABELS;

/// A name as the network found it; bytes of the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub range: Range<usize>,
    pub class: NameClass,
    /// Stands in a longer name.
    pub inner: bool,
    /// Mean probability of its labels.
    pub confidence: f32,
}

/// The names of one window, outermost and inner ones, in no order.
pub(crate) fn names(pieces: &Pieces, window: &Range<usize>, states: &States) -> Vec<Found> {
    let mut out = Vec::new();
    for layer in 0..States::NAME_LAYERS {
        let rows: Vec<[f32; LABELS]> = states
            .names
            .chunks_exact(States::NAME_LAYERS * LABELS)
            .map(|row| log_softmax(&row[layer * LABELS..(layer + 1) * LABELS]))
            .collect();
        for (range, class, confidence) in runs(&rows) {
            let (first, last) = whole_words(pieces, window, range);
            let (start, end) = (pieces.bytes(first).start, pieces.bytes(last).end);
            out.push(Found {
                range: start..end,
                class,
                inner: layer > 0,
                confidence,
            });
        }
    }
    out
}

fn log_softmax(scores: &[f32]) -> [f32; LABELS] {
    let mut out = [0.0; LABELS];
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
    let log = top + sum.ln();
    for (o, s) in out.iter_mut().zip(scores) {
        *o = s - log;
    }
    out
}

/// The likeliest legal sequence of labels (Viterbi), as runs of one class.
fn runs(rows: &[[f32; LABELS]]) -> Vec<(Range<usize>, NameClass, f32)> {
    let Some(first) = rows.first() else {
        return Vec::new();
    };
    let mut best = *first;
    for inside in (2..LABELS).step_by(2) {
        best[inside] = f32::MIN / 2.0;
    }
    let mut back = vec![[0_u8; LABELS]; rows.len()];
    for (row, back) in rows.iter().zip(back.iter_mut()).skip(1) {
        let top = argmax(&best);
        let mut next = [0.0; LABELS];
        for label in 0..LABELS {
            // inside follows begin or inside of its own class, all else may follow anything
            let from = match label {
                inside if inside > 0 && inside % 2 == 0 => {
                    if best[inside - 1] >= best[inside] {
                        inside - 1
                    } else {
                        inside
                    }
                }
                _ => top,
            };
            next[label] = best[from] + row[label];
            #[allow(clippy::cast_possible_truncation)] // there are 13 labels
            (back[label] = from as u8);
        }
        best = next;
    }
    let mut path = vec![argmax(&best)];
    for row in back.iter().skip(1).rev() {
        let last = path[path.len() - 1];
        path.push(usize::from(row[last]));
    }
    path.reverse();
    collect(rows, &path)
}

fn collect(rows: &[[f32; LABELS]], path: &[usize]) -> Vec<(Range<usize>, NameClass, f32)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < path.len() {
        let label = path[at];
        if label.is_multiple_of(2) {
            at += 1;
            continue;
        }
        let end = (at + 1..path.len())
            .find(|&i| path[i] != label + 1)
            .unwrap_or(path.len());
        let sure: f32 = (at..end).map(|i| rows[i][path[i]].exp()).sum();
        out.push((
            at..end,
            NameClass::ALL[(label - 1) / 2],
            sure / (end - at) as f32,
        ));
        at = end;
    }
    out
}

fn argmax(scores: &[f32; LABELS]) -> usize {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best
}

/// First and last piece of the words that a run of a window's pieces touches.
pub(crate) fn whole_words(
    pieces: &Pieces,
    window: &Range<usize>,
    run: Range<usize>,
) -> (usize, usize) {
    let (mut first, mut last) = (window.start + run.start, window.start + run.end - 1);
    while first > window.start && pieces.words[first - 1] == pieces.words[first] {
        first -= 1;
    }
    while last + 1 < window.end && pieces.words[last + 1] == pieces.words[last] {
        last += 1;
    }
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: usize) -> [f32; LABELS] {
        let mut scores = [0.0; LABELS];
        scores[label] = 5.0;
        log_softmax(&scores)
    }

    #[test]
    fn a_name_begins_with_begin_and_keeps_its_class() {
        // inside of an organization cannot follow outside: it is read as what else is likely
        let rows = [row(0), row(1), row(2), row(3), row(0), row(6)];
        let found: Vec<_> = runs(&rows).into_iter().map(|(r, c, _)| (r, c)).collect();
        assert_eq!(
            found[..2],
            [(1..3, NameClass::Person), (3..4, NameClass::Place)]
        );
        assert!(found.get(2).is_none_or(|(r, _)| r.start >= 4));
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        assert!(runs(&[]).is_empty());
    }
}
