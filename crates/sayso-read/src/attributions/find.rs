//! What the heads find in one window: cues, and for each its source and content.

use std::ops::Range;

use sayso_encode::{Pieces, States};

use super::decode::{Position, Roles, decode};
use crate::roles::RoleHead;
use crate::windows::words;

/// A candidate attribution; ranges count pieces of the document.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub cue: Range<usize>,
    pub roles: Roles,
    /// The cue outputs' highest probability within the cue: of any cue, of an outermost one.
    pub any: f32,
    pub outer: f32,
    /// The lowest probability of a word within the cue, and the highest right beside it:
    /// how clearly the cue is cut.
    pub weakest: f32,
    pub beside: f32,
}

/// Below this probability no word is looked at as a cue.
const FLOOR: f32 = 0.15;
/// A word belongs to a cue where it has this share of the cue's peak. Both cuts are
/// tried, the narrow and the wide; the better scored one is kept.
const SHARES: [f32; 2] = [0.85, 0.5];

/// All candidates of a window, in the order of their cues.
pub(crate) fn candidates(
    head: &RoleHead,
    pieces: &Pieces,
    window: &Range<usize>,
    states: &States,
) -> Vec<Candidate> {
    let any = probabilities(&states.any);
    let outer = probabilities(&states.outer);
    let words = words(pieces, window);
    let scores: Vec<WordScore> = words
        .iter()
        .map(|w| WordScore {
            any: peak(&any, w, |p| p.cue),
            outer: peak(&outer, w, |p| p.cue),
            begins: any[w.start].begin.max(outer[w.start].begin),
        })
        .collect();
    runs(&scores)
        .into_iter()
        .filter_map(|run| {
            let cue = words[run.start].start..words[run.end - 1].end;
            let (seen, scores_around) = head.scores(states, &cue);
            let positions: Vec<Position> = seen
                .clone()
                .map(|p| position(pieces, window, p, &cue))
                .collect();
            let mut roles = decode(&scores_around, &positions)?;
            let shift = |r: &mut Range<usize>| {
                *r = r.start + seen.start + window.start..r.end + seen.start + window.start;
            };
            roles
                .source
                .iter_mut()
                .chain(&mut roles.content)
                .for_each(shift);
            let top =
                |f: fn(&WordScore) -> f32| scores[run.clone()].iter().map(f).fold(0.0, f32::max);
            let neighbour =
                |at: Option<usize>| at.and_then(|i| scores.get(i)).map_or(0.0, WordScore::cue);
            Some(Candidate {
                weakest: scores[run.clone()]
                    .iter()
                    .map(WordScore::cue)
                    .fold(1.0, f32::min),
                beside: neighbour(run.start.checked_sub(1)).max(neighbour(Some(run.end))),
                cue: cue.start + window.start..cue.end + window.start,
                roles,
                any: top(|s| s.any),
                outer: top(|s| s.outer),
            })
        })
        .collect()
}

#[derive(Debug, Clone, Copy)]
struct CueScore {
    /// Of the piece being in a cue.
    cue: f32,
    /// Of it beginning one.
    begin: f32,
}

/// Softmax over outside, begin, inside.
fn probabilities(logits: &[f32]) -> Vec<CueScore> {
    logits
        .chunks_exact(3)
        .map(|l| {
            let top = l[0].max(l[1]).max(l[2]);
            let e = [(l[0] - top).exp(), (l[1] - top).exp(), (l[2] - top).exp()];
            let sum = e[0] + e[1] + e[2];
            CueScore {
                cue: (e[1] + e[2]) / sum,
                begin: e[1] / sum,
            }
        })
        .collect()
}

#[derive(Debug, Clone, Copy)]
struct WordScore {
    any: f32,
    outer: f32,
    begins: f32,
}

impl WordScore {
    fn cue(&self) -> f32 {
        self.any.max(self.outer)
    }
}

fn peak(scores: &[CueScore], word: &Range<usize>, f: fn(&CueScore) -> f32) -> f32 {
    scores[word.clone()].iter().map(f).fold(0.0, f32::max)
}

/// Runs of words that look like one cue each: around every peak, the words that share
/// enough of it, cut where another cue begins; the narrow cut first.
fn runs(scores: &[WordScore]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < scores.len() {
        if scores[at].cue() < FLOOR {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < scores.len() && scores[end].cue() >= FLOOR && scores[end].begins < 0.5 {
            end += 1;
        }
        let top = scores[at..end]
            .iter()
            .map(WordScore::cue)
            .fold(0.0, f32::max);
        for share in SHARES {
            let strong = |w: &usize| scores[*w].cue() >= share * top;
            if let (Some(first), Some(last)) =
                ((at..end).find(strong), (at..end).rev().find(strong))
                && out.last() != Some(&(first..last + 1))
            {
                out.push(first..last + 1);
            }
        }
        at = end;
    }
    out
}

fn position(pieces: &Pieces, window: &Range<usize>, local: usize, cue: &Range<usize>) -> Position {
    let piece = local + window.start;
    let word = pieces.words[piece];
    Position {
        starts_word: piece == window.start || pieces.words[piece - 1] != word,
        ends_word: piece + 1 == window.end || pieces.words[piece + 1] != word,
        in_cue: cue.contains(&local),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(cue: f32, begins: f32) -> WordScore {
        WordScore {
            any: cue,
            outer: 0.0,
            begins,
        }
    }

    #[test]
    fn a_peak_is_cut_narrow_and_wide_and_a_new_beginning_parts() {
        let scores = [
            score(0.5, 0.4),
            score(0.9, 0.3),
            score(0.2, 0.0),
            score(0.0, 0.0),
            score(0.8, 0.7),
            score(0.9, 0.8),
        ];
        assert_eq!(runs(&scores), [1..2, 0..2, 4..5, 5..6]);
    }
}
