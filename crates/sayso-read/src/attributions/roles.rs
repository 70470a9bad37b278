//! The role head: which pieces around one cue are its source, which its content.

use std::ops::Range;

use sayso_encode::kernel::{Linear, Mix, MixScratch, Norm, gelu, log_softmax};
use sayso_encode::{States, Weights, WeightsError};

use super::decode::LABELS;

/// Pieces before a cue's start that the head sees.
pub(crate) const BACK: usize = 128;
/// Pieces from a cue's start on that the head sees.
pub(crate) const AHEAD: usize = 128;
const REACH: usize = BACK + AHEAD;
const WIDTH: usize = States::ROLE;
const TAPS: usize = 5;
const DILATIONS: [usize; 2] = [1, 3];

/// The head's weights, shared by all threads.
pub(crate) struct RoleHead {
    cue: Linear,
    distance: Vec<f32>,
    inside: Vec<f32>,
    first: Norm,
    mixes: Vec<Mix>,
    last: Norm,
    out: Linear,
}

impl RoleHead {
    /// # Errors
    /// [`WeightsError`] where tensors are missing.
    pub(crate) fn new(weights: &Weights) -> Result<Self, WeightsError> {
        let norm = |name: &str| -> Result<Norm, WeightsError> {
            Ok(Norm {
                weight: weights.floats(&format!("{name}.weight"), &[WIDTH])?,
                bias: weights.floats(&format!("{name}.bias"), &[WIDTH])?,
                epsilon: Norm::EPSILON,
            })
        };
        let linear = |name: &str, inputs: usize, outputs: usize| -> Result<Linear, WeightsError> {
            let weight = weights.floats(&format!("{name}.weight"), &[inputs, outputs])?;
            let bias = weights.floats(&format!("{name}.bias"), &[outputs])?;
            Linear::new(&weight, bias)
                .ok_or_else(|| weights.damaged(format!("section {name} is empty")))
        };
        let mix = |(index, dilation): (usize, usize)| -> Result<Mix, WeightsError> {
            let name = format!("roles.mix{index}");
            let norm = norm(&format!("{name}.norm"))?;
            Mix::load(weights, &name, norm, TAPS, dilation)
        };
        Ok(Self {
            cue: linear("roles.cue", States::WIDTH, States::TOKEN)?,
            distance: weights.floats("roles.distance", &[REACH, WIDTH])?,
            inside: weights.floats("roles.inside", &[WIDTH])?,
            first: norm("roles.first")?,
            mixes: DILATIONS
                .into_iter()
                .enumerate()
                .map(mix)
                .collect::<Result<_, _>>()?,
            last: norm("roles.last")?,
            out: linear("roles.out", WIDTH, LABELS)?,
        })
    }

    /// Log probabilities around a cue of a window, and the range of the window's
    /// pieces that they stand for (positions × [`LABELS`]).
    pub(crate) fn scores(&self, states: &States, cue: &Range<usize>) -> (Range<usize>, Vec<f32>) {
        let pieces = states.token.len() / States::TOKEN;
        let mut z = self.entry(states, cue, pieces);
        let mut scratch = MixScratch::default();
        for mix in &self.mixes {
            mix.apply(&mut z, &mut scratch);
        }
        let seen = seen(cue, pieces);
        let first = seen.start + BACK - cue.start;
        let mut z = z[first * WIDTH..(first + seen.len()) * WIDTH].to_vec();
        self.last.apply(&mut z);
        gelu(&mut z);
        let mut scores = self.out.apply(&z);
        log_softmax(&mut scores, LABELS);
        (seen, scores)
    }

    /// What the head starts from; positions outside the window are zero.
    fn entry(&self, states: &States, cue: &Range<usize>, pieces: usize) -> Vec<f32> {
        let mut mean = vec![0.0_f32; States::WIDTH];
        for row in states.states[cue.start * States::WIDTH..cue.end * States::WIDTH]
            .chunks_exact(States::WIDTH)
        {
            mean.iter_mut()
                .zip(row)
                .for_each(|(m, v)| *m += v / cue.len() as f32);
        }
        let both = self.cue.apply(&mean);
        let (shift, gate) = both.split_at(WIDTH);
        let mut z = vec![0.0_f32; REACH * WIDTH];
        let seen = seen(cue, pieces);
        let first = seen.start + BACK - cue.start;
        let inside = &mut z[first * WIDTH..(first + seen.len()) * WIDTH];
        let places = seen.zip(self.distance[first * WIDTH..].chunks_exact(WIDTH));
        for ((piece, distance), row) in places.zip(inside.chunks_exact_mut(WIDTH)) {
            let token = &states.token[piece * States::TOKEN..(piece + 1) * States::TOKEN];
            let (plain, gated) = token.split_at(WIDTH);
            let flag = if cue.contains(&piece) { 1.0 } else { 0.0 };
            let parts = plain
                .iter()
                .zip(gated)
                .zip(shift)
                .zip(gate)
                .zip(distance)
                .zip(&self.inside);
            for (value, (((((p, g), s), t), d), i)) in row.iter_mut().zip(parts) {
                *value = p + s + d + g * t + flag * i;
            }
        }
        self.first.apply(inside);
        gelu(inside);
        z
    }
}

/// The window's pieces that the head sees from a cue.
fn seen(cue: &Range<usize>, pieces: usize) -> Range<usize> {
    cue.start.saturating_sub(BACK)..(cue.start + AHEAD).min(pieces)
}
