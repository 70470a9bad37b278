//! The best legal reading of the role head's scores: one stretch of source at most,
//! one to three stretches of content, none of them inside the cue, all on word edges.
//! Exact (Viterbi over a small automaton), so equal scores give equal readings.

use std::ops::Range;

use crate::roles::ATTRIBUTIONS;

const LABELS: usize = ATTRIBUTIONS.labels;
const SOURCE: usize = 1;
const CONTENT: usize = 5;
const BEGIN: usize = 0;
const INSIDE: usize = 1;
const END: usize = 2;
const UNIT: usize = 3;

/// Stretches of content that one attribution may have.
const FRAGMENTS: usize = 3;

/// Added (in log probability) to readings with a source, taken off for each stretch of
/// content. Labels are scored one by one, so a stretch whose place is in doubt loses to
/// none at all; most attributions have a source. Chosen on texts kept aside.
const SOURCE_BONUS: f32 = 1.5;
const FRAGMENT_COST: f32 = 1.0;

/// What is known of one position beside its scores.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Position {
    /// A word begins here.
    pub starts_word: bool,
    /// A word ends here.
    pub ends_word: bool,
    /// Part of the cue: neither source nor content.
    pub in_cue: bool,
}

/// Stretches of positions, and how sure the head is of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Roles {
    pub source: Option<Range<usize>>,
    pub content: Vec<Range<usize>>,
    /// Mean log probability of the labels of source and content.
    pub source_confidence: f32,
    pub content_confidence: f32,
}

/// A state of the automaton: what the position is part of, whether a source has been
/// seen, how many stretches of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    part: Part,
    sourced: bool,
    fragments: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Outside,
    Source,
    Content,
}

impl State {
    const COUNT: usize = 3 * 2 * (FRAGMENTS + 1);
    const START: Self = Self {
        part: Part::Outside,
        sourced: false,
        fragments: 0,
    };

    fn index(self) -> usize {
        (self.part as usize * 2 + usize::from(self.sourced)) * (FRAGMENTS + 1) + self.fragments
    }

    fn of(index: usize) -> Self {
        let (rest, fragments) = (index / (FRAGMENTS + 1), index % (FRAGMENTS + 1));
        let part = [Part::Outside, Part::Source, Part::Content][rest / 2 % 3];
        Self {
            part,
            sourced: rest % 2 == 1,
            fragments,
        }
    }
}

/// The moves from a state: the label of the next position and the state behind it.
/// `Source` and `Content` mean "inside a stretch that goes on".
fn moves(state: State, at: Position, mut visit: impl FnMut(usize, State)) {
    match state.part {
        Part::Outside => {
            visit(0, state);
            if at.in_cue || !at.starts_word {
                return;
            }
            if !state.sourced {
                let next = State {
                    sourced: true,
                    ..state
                };
                visit(
                    SOURCE + BEGIN,
                    State {
                        part: Part::Source,
                        ..next
                    },
                );
                if at.ends_word {
                    visit(SOURCE + UNIT, next);
                }
            }
            if state.fragments < FRAGMENTS {
                let next = State {
                    fragments: state.fragments + 1,
                    ..state
                };
                visit(
                    CONTENT + BEGIN,
                    State {
                        part: Part::Content,
                        ..next
                    },
                );
                if at.ends_word {
                    visit(CONTENT + UNIT, next);
                }
            }
        }
        Part::Source | Part::Content if at.in_cue => {}
        Part::Source => {
            visit(SOURCE + INSIDE, state);
            if at.ends_word {
                visit(
                    SOURCE + END,
                    State {
                        part: Part::Outside,
                        ..state
                    },
                );
            }
        }
        Part::Content => {
            visit(CONTENT + INSIDE, state);
            if at.ends_word {
                visit(
                    CONTENT + END,
                    State {
                        part: Part::Outside,
                        ..state
                    },
                );
            }
        }
    }
}

/// Decodes log probabilities, positions × [`LABELS`]; `None` where no content fits.
pub(crate) fn decode(scores: &[f32], positions: &[Position]) -> Option<Roles> {
    let mut best = [f32::NEG_INFINITY; State::COUNT];
    best[State::START.index()] = 0.0;
    // for each position and state: the state before it and the label taken
    let mut back: Vec<[(u8, u8); State::COUNT]> = Vec::with_capacity(positions.len());
    for (row, &at) in scores.chunks_exact(LABELS).zip(positions) {
        let mut next = [f32::NEG_INFINITY; State::COUNT];
        let mut from = [(0, 0); State::COUNT];
        for (index, &score) in best.iter().enumerate().filter(|(_, s)| s.is_finite()) {
            moves(State::of(index), at, |label, state| {
                let value = score + row[label];
                let target = state.index();
                if value > next[target] {
                    next[target] = value;
                    from[target] = (index as u8, label as u8);
                }
            });
        }
        best = next;
        back.push(from);
    }
    for (index, score) in best.iter_mut().enumerate() {
        let State {
            sourced, fragments, ..
        } = State::of(index);
        *score += if sourced { SOURCE_BONUS } else { 0.0 } - FRAGMENT_COST * fragments as f32;
    }
    let last = (0..State::COUNT)
        .filter(|&i| {
            best[i].is_finite() && State::of(i).part == Part::Outside && State::of(i).fragments > 0
        })
        .reduce(|a, b| if best[b] > best[a] { b } else { a })?;
    Some(gather(&labels(&back, last), scores))
}

fn labels(back: &[[(u8, u8); State::COUNT]], last: usize) -> Vec<usize> {
    let mut state = last;
    let mut out: Vec<usize> = back
        .iter()
        .rev()
        .map(|from| {
            let (previous, label) = from[state];
            state = usize::from(previous);
            usize::from(label)
        })
        .collect();
    out.reverse();
    out
}

fn gather(labels: &[usize], scores: &[f32]) -> Roles {
    let mut roles = Roles {
        source: None,
        content: Vec::new(),
        source_confidence: 0.0,
        content_confidence: 0.0,
    };
    let mut sums = [(0.0_f32, 0.0_f32); 2];
    let mut start = 0;
    for (position, &label) in labels.iter().enumerate().filter(|(_, l)| **l > 0) {
        let content = label >= CONTENT;
        let step = label - if content { CONTENT } else { SOURCE };
        let sum = &mut sums[usize::from(content)];
        *sum = (sum.0 + scores[position * LABELS + label], sum.1 + 1.0);
        if matches!(step, BEGIN | UNIT) {
            start = position;
        }
        if matches!(step, END | UNIT) {
            if content {
                roles.content.push(start..position + 1);
            } else {
                roles.source = Some(start..position + 1);
            }
        }
    }
    roles.source_confidence = sums[0].0 / sums[0].1.max(1.0);
    roles.content_confidence = sums[1].0 / sums[1].1.max(1.0);
    roles
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORD: Position = Position {
        starts_word: true,
        ends_word: true,
        in_cue: false,
    };

    /// Scores that favour one label at each position.
    fn favouring(labels: &[usize]) -> Vec<f32> {
        labels
            .iter()
            .flat_map(|&l| (0..LABELS).map(move |k| if k == l { -0.1 } else { -3.0 }))
            .collect()
    }

    #[test]
    fn a_discontinuous_content_and_its_source() {
        let roles = decode(&favouring(&[5, 7, 0, 4, 0, 8]), &[WORD; 6]).expect("content");
        assert_eq!(
            (roles.source, roles.content),
            (Some(3..4), vec![0..2, 5..6])
        );
    }

    #[test]
    fn stray_labels_do_not_make_illegal_stretches() {
        let roles = decode(&favouring(&[6, 6, 0, 5, 7]), &[WORD; 5]).expect("content");
        assert!(roles.content.iter().all(|c| c.start < c.end) && roles.content.contains(&(3..5)));
    }

    #[test]
    fn nothing_fits_where_all_is_cue() {
        assert_eq!(
            decode(
                &favouring(&[5, 7]),
                &[Position {
                    in_cue: true,
                    ..WORD
                }; 2]
            ),
            None
        );
    }

    proptest! {
        #[test]
        fn stretches_are_legal(
            scores in prop::collection::vec(-9.0_f32..0.0, 9..270),
            words in prop::collection::vec((any::<bool>(), any::<bool>(), 0..20_u8), 30),
        ) {
            let count = scores.len() / LABELS;
            let positions: Vec<Position> = words.iter().take(count)
                .map(|&(starts_word, ends_word, cue)| Position { starts_word, ends_word, in_cue: cue == 0 }).collect();
            if let Some(roles) = decode(&scores[..count * LABELS], &positions) {
                prop_assert!((1..=FRAGMENTS).contains(&roles.content.len()));
                prop_assert!(roles.content.windows(2).all(|w| w[0].end <= w[1].start));
                for stretch in roles.content.iter().chain(&roles.source) {
                    prop_assert!(positions[stretch.start].starts_word && positions[stretch.end - 1].ends_word);
                    prop_assert!(!positions[stretch.clone()].iter().any(|p| p.in_cue));
                }
            }
        }
    }
}
