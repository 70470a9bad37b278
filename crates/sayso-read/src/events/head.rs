//! What the heads say of events: triggers, and for each its kind, its realis, and the words
//! that play a part in it.

use std::ops::Range;

use sayso_encode::kernel::{Linear, gelu, log_softmax};
use sayso_encode::{Pieces, States, Weights, WeightsError};
use sayso_reading::{EventType, Mode, Realis};
use serde::Deserialize;

use super::roles::{Argument, decode};
use crate::roles::{EVENTS, RoleHead, mean_state};
use crate::windows::words;

/// What the weights file says of events beside its tensors.
#[derive(Debug, Deserialize)]
struct Settings {
    events: Fitted,
}

#[derive(Debug, Deserialize)]
struct Fitted {
    /// Type, or type and mode, in the order of the head's outputs.
    kinds: Vec<String>,
    /// From this probability on a trigger of an event is kept, and one of any happening.
    threshold: f32,
    happening: f32,
    /// Violence is told only where the trigger and the type together are this sure.
    assault: f32,
    /// The score is the logistic function of bias + weight × log odds of the trigger.
    bias: f32,
    weight: f32,
}

/// Width of the map from a trigger's state to its kind and realis.
const INNER: usize = 256;

/// The heads' weights and what was fitted to them.
pub(crate) struct EventHead {
    facts: Linear,
    told: Linear,
    roles: RoleHead,
    kinds: Vec<(EventType, Option<Mode>)>,
    fitted: Fitted,
}

/// A trigger with all that the heads say of it.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// The trigger's bytes.
    pub trigger: Range<usize>,
    /// Whether it is an event, or only a happening of another kind.
    pub event: bool,
    /// How sure the head is, calibrated on texts kept aside.
    pub score: f32,
    pub event_type: EventType,
    /// How sure the head is of the type.
    pub type_share: f32,
    pub mode: Option<Mode>,
    /// Probabilities in the order of [`Realis::ALL`].
    pub realis: [f32; 6],
    pub arguments: Vec<Argument>,
}

impl Candidate {
    /// The likeliest realis and its probability.
    pub(crate) fn likeliest(&self) -> (Realis, f32) {
        let mut best = (Realis::Unknown, f32::MIN);
        for (realis, p) in Realis::ALL.iter().zip(self.realis) {
            if p > best.1 {
                best = (*realis, p);
            }
        }
        best
    }

    /// The probability of one realis.
    pub(crate) fn chance(&self, realis: Realis) -> f32 {
        Realis::ALL
            .iter()
            .position(|r| *r == realis)
            .map_or(0.0, |at| self.realis[at])
    }
}

impl EventHead {
    /// # Errors
    /// [`WeightsError`] where tensors or settings are missing.
    pub(crate) fn new(weights: &Weights) -> Result<Self, WeightsError> {
        let Settings { events: fitted } = serde_json::from_value(weights.settings().clone())
            .map_err(|e| weights.damaged(format!("settings: {e}")))?;
        let kinds = fitted
            .kinds
            .iter()
            .map(|k| kind(k).ok_or_else(|| weights.damaged(format!("settings: event kind {k}"))))
            .collect::<Result<Vec<_>, _>>()?;
        let linear = |name: &str, inputs, outputs| {
            let weight = weights.floats(&format!("{name}.weight"), &[inputs, outputs])?;
            let bias = weights.floats(&format!("{name}.bias"), &[outputs])?;
            Linear::new(&weight, bias)
                .ok_or_else(|| weights.damaged(format!("section {name} is empty")))
        };
        Ok(Self {
            facts: linear("event.facts", States::WIDTH, INNER)?,
            told: linear("event.told", INNER, kinds.len() + Realis::ALL.len())?,
            roles: RoleHead::new(weights, EVENTS)?,
            kinds,
            fitted,
        })
    }

    /// The candidates of one window in text order; happenings that are no events, and violence
    /// that is not sure, only if wanted.
    pub(crate) fn find(
        &self,
        pieces: &Pieces,
        window: &Range<usize>,
        states: &States,
        happenings: bool,
    ) -> Vec<Candidate> {
        let words = words(pieces, window);
        let scores: Vec<[WordScore; 2]> = words.iter().map(|w| word_scores(states, w)).collect();
        let mut found: Vec<(Range<usize>, bool)> = runs(&scores, 0, self.fitted.threshold)
            .map(|r| (r, true))
            .collect();
        if happenings {
            let others: Vec<_> = runs(&scores, 1, self.fitted.happening)
                .filter(|r| {
                    !found
                        .iter()
                        .any(|(f, _)| f.start < r.end && r.start < f.end)
                })
                .collect();
            found.extend(others.into_iter().map(|r| (r, false)));
            found.sort_by_key(|(r, _)| r.start);
        }
        found
            .into_iter()
            .filter_map(|(run, event)| {
                let p = scores[run.clone()]
                    .iter()
                    .map(|s| s[usize::from(!event)].inside)
                    .fold(0.0, f32::max);
                let local = words[run.start].start..words[run.end - 1].end;
                let candidate = self.candidate(pieces, window, states, &local, event, p);
                (happenings || self.is_sure(&candidate, p)).then_some(candidate)
            })
            .collect()
    }

    /// Whether an act of violence is sure enough to be told; other types are told as found.
    fn is_sure(&self, candidate: &Candidate, p: f32) -> bool {
        !candidate.event
            || candidate.event_type != EventType::Assault
            || p * candidate.type_share >= self.fitted.assault
    }

    fn candidate(
        &self,
        pieces: &Pieces,
        window: &Range<usize>,
        states: &States,
        trigger: &Range<usize>,
        event: bool,
        p: f32,
    ) -> Candidate {
        let mut hidden = self.facts.apply(&mean_state(states, trigger));
        gelu(&mut hidden);
        let mut told = self.told.apply(&hidden);
        let (kinds, realis) = told.split_at_mut(self.kinds.len());
        log_softmax(kinds, self.kinds.len());
        log_softmax(realis, Realis::ALL.len());
        let (event_type, type_share, mode) = if event {
            self.kind(kinds)
        } else {
            (EventType::Other, 0.0, None)
        };
        let arguments = if event {
            let (seen, scores) = self.roles.scores(states, trigger);
            decode(pieces, window, &seen, &scores, trigger)
        } else {
            Vec::new()
        };
        let mut chances = [0.0; 6];
        for (chance, log) in chances.iter_mut().zip(realis.iter()) {
            *chance = log.exp();
        }
        let bytes = |local: usize| pieces.bytes(local + window.start);
        Candidate {
            trigger: bytes(trigger.start).start..bytes(trigger.end - 1).end,
            event,
            score: self.score(p),
            event_type,
            type_share,
            mode,
            realis: chances,
            arguments,
        }
    }

    /// The likeliest type, its modes taken together, with its share; and its likeliest mode.
    fn kind(&self, logs: &[f32]) -> (EventType, f32, Option<Mode>) {
        let share =
            |event_type: EventType| -> f32 { self.of(logs, event_type).map(|(_, p)| p).sum() };
        let (best, p) = EventType::ALL.iter().map(|t| (*t, share(*t))).fold(
            (EventType::Other, 0.0),
            |best, next| {
                if next.1 > best.1 { next } else { best }
            },
        );
        let mode = self
            .of(logs, best)
            .fold(
                (None, f32::MIN),
                |best, next| {
                    if next.1 > best.1 { next } else { best }
                },
            )
            .0;
        (best, p, mode)
    }

    /// The modes of a type with their probabilities.
    fn of(&self, logs: &[f32], event_type: EventType) -> impl Iterator<Item = (Option<Mode>, f32)> {
        self.kinds
            .iter()
            .zip(logs)
            .filter(move |((t, _), _)| *t == event_type)
            .map(|((_, mode), log)| (*mode, log.exp()))
    }

    fn score(&self, p: f32) -> f32 {
        let odds = (p.clamp(1e-6, 1.0 - 1e-6) / (1.0 - p.clamp(1e-6, 1.0 - 1e-6))).ln();
        1.0 / (1.0 + (-(self.fitted.bias + self.fitted.weight * odds)).exp())
    }
}

/// `TYPE` or `TYPE/mode`.
fn kind(words: &str) -> Option<(EventType, Option<Mode>)> {
    let (event_type, mode) = words
        .split_once('/')
        .map_or((words, None), |(t, m)| (t, Some(m)));
    let event_type = EventType::ALL
        .iter()
        .copied()
        .find(|t| t.as_str() == event_type)?;
    match mode {
        None => Some((event_type, None)),
        Some(mode) => {
            let found = event_type
                .modes()
                .iter()
                .copied()
                .find(|m| m.as_str() == mode)?;
            Some((event_type, Some(found)))
        }
    }
}

/// How likely a word is in a trigger, and begins one.
#[derive(Debug, Clone, Copy)]
struct WordScore {
    inside: f32,
    begins: f32,
}

/// Of an event, and of any happening; a word is as likely as its likeliest piece.
fn word_scores(states: &States, word: &Range<usize>) -> [WordScore; 2] {
    let mut out = [WordScore {
        inside: 0.0,
        begins: 0.0,
    }; 2];
    for (n, piece) in word.clone().enumerate() {
        let row = &states.happen[piece * States::TRIGGERS * 3..(piece + 1) * States::TRIGGERS * 3];
        for (score, logits) in out.iter_mut().zip(row.chunks_exact(3)) {
            let top = logits.iter().copied().fold(f32::MIN, f32::max);
            let e = [0, 1, 2].map(|i: usize| (logits[i] - top).exp());
            let sum = e[0] + e[1] + e[2];
            score.inside = score.inside.max((e[1] + e[2]) / sum);
            if n == 0 {
                score.begins = if e[1] > e[2] { e[1] / sum } else { 0.0 };
            }
        }
    }
    out
}

/// Runs of words that are likely enough, parted where one begins; ranges of words.
fn runs(
    scores: &[[WordScore; 2]],
    sort: usize,
    threshold: f32,
) -> impl Iterator<Item = Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, score) in scores.iter().enumerate() {
        let score = score[sort];
        if score.inside < threshold {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.end == at && score.begins == 0.0 => last.end = at + 1,
            _ => out.push(at..at + 1),
        }
    }
    out.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_types_with_their_own_modes() {
        assert_eq!(kind("AID"), Some((EventType::Aid, None)));
        assert_eq!(
            kind("ASSAULT/drone"),
            Some((EventType::Assault, Some(Mode::Drone)))
        );
        assert_eq!(kind("AID/drone"), None);
        assert_eq!(kind("WAR"), None);
    }

    #[test]
    fn a_run_is_parted_where_a_trigger_begins() {
        let word = |inside, begins| [WordScore { inside, begins }; 2];
        let scores = [
            word(0.9, 0.8),
            word(0.8, 0.0),
            word(0.7, 0.6),
            word(0.1, 0.0),
            word(0.6, 0.0),
        ];
        let found: Vec<_> = runs(&scores, 0, 0.5).collect();
        assert_eq!(found, [0..2, 2..3, 4..5]);
    }
}
