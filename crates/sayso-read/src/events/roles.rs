//! The words that play a part in an event: the likeliest legal sequence of the role head's labels.

use std::ops::Range;

use sayso_encode::Pieces;

use crate::entities::whole_words;
use crate::roles::EVENTS;

const LABELS: usize = EVENTS.labels;

/// The part that words play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Actor,
    Recipient,
    Place,
    Time,
    Figure,
}

impl Part {
    /// In the order of the head's labels.
    const ALL: [Self; 5] = [
        Self::Actor,
        Self::Recipient,
        Self::Place,
        Self::Time,
        Self::Figure,
    ];
}

/// Words that play a part.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Argument {
    pub part: Part,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Mean probability of its labels.
    pub confidence: f32,
}

/// The arguments around a trigger. `seen` are the window's pieces that `scores` (log
/// probabilities, positions × labels) stand for. No argument lies in the trigger; edges are
/// those of words.
pub(super) fn decode(
    pieces: &Pieces,
    window: &Range<usize>,
    seen: &Range<usize>,
    scores: &[f32],
    trigger: &Range<usize>,
) -> Vec<Argument> {
    let legal = |local: usize, label: usize| -> bool {
        let piece = local + window.start;
        let first = local == 0 || pieces.words[piece - 1] != pieces.words[piece];
        label == 0 || (!trigger.contains(&local) && (first || label.is_multiple_of(2)))
    };
    let path = best_path(seen.clone(), scores, legal);
    let mut out: Vec<(usize, Range<usize>, f32)> = Vec::new();
    for (at, &label) in path.iter().enumerate() {
        if label == 0 {
            continue;
        }
        let (class, log) = ((label - 1) / 2, scores[at * LABELS + label]);
        match out.last_mut() {
            Some(last) if label % 2 == 0 && last.0 == class && last.1.end == at => {
                last.1.end = at + 1;
                last.2 += log;
            }
            _ => out.push((class, at..at + 1, log)),
        }
    }
    out.into_iter()
        .map(|(class, run, sum)| {
            let (first, last) =
                whole_words(pieces, window, seen.start + run.start..seen.start + run.end);
            Argument {
                part: Part::ALL[class],
                range: pieces.bytes(first).start..pieces.bytes(last).end,
                confidence: (sum / run.len() as f32).exp(),
            }
        })
        .collect()
}

/// The likeliest sequence of labels in which inside follows begin or inside of its own part.
fn best_path(
    seen: Range<usize>,
    scores: &[f32],
    legal: impl Fn(usize, usize) -> bool,
) -> Vec<usize> {
    const NEVER: f32 = f32::MIN / 4.0;
    let mut best = [NEVER; LABELS];
    let mut back: Vec<[usize; LABELS]> = Vec::with_capacity(seen.len());
    for (at, local) in seen.enumerate() {
        let row = &scores[at * LABELS..(at + 1) * LABELS];
        let top = (0..LABELS).fold(0, |b, l| if best[l] > best[b] { l } else { b });
        let mut next = [NEVER; LABELS];
        let mut from = [0; LABELS];
        for label in 0..LABELS {
            let inside = label > 0 && label % 2 == 0;
            let (before, sum) = if inside {
                let before = if best[label - 1] >= best[label] {
                    label - 1
                } else {
                    label
                };
                (before, if at == 0 { NEVER } else { best[before] })
            } else {
                (top, if at == 0 { 0.0 } else { best[top] })
            };
            from[label] = before;
            if legal(local, label) {
                next[label] = sum + row[label];
            }
        }
        best = next;
        back.push(from);
    }
    let mut path = vec![0; back.len()];
    let mut label = (0..LABELS).fold(0, |b, l| if best[l] > best[b] { l } else { b });
    for at in (0..path.len()).rev() {
        path[at] = label;
        label = back[at][label];
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn inside_follows_its_own_part_and_triggers_stay_free(
            scores in prop::collection::vec(-8.0_f32..0.0, 0..20 * LABELS),
            trigger in 0_usize..20,
        ) {
            let count = scores.len() / LABELS;
            let path = best_path(0..count, &scores, |at, label| label == 0 || at != trigger);
            prop_assert_eq!(path.len(), count);
            for (at, &label) in path.iter().enumerate() {
                if at == trigger {
                    prop_assert_eq!(label, 0);
                }
                if label > 0 && label % 2 == 0 {
                    prop_assert!(at > 0 && (path[at - 1] == label || path[at - 1] == label - 1));
                }
            }
        }
    }
}
