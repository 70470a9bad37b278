//! The role heads: which pieces around one cue are its source and its content, which around
//! one trigger are its actor, its place and so on.

use std::ops::Range;

use sayso_encode::kernel::{Linear, Mix, MixScratch, Norm, gelu, log_softmax};
use sayso_encode::{States, Weights, WeightsError};

const WIDTH: usize = States::ROLE;
const TAPS: usize = 5;
const DILATIONS: [usize; 2] = [1, 3];

/// Which of the two heads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Where its tensors stand in the weights file.
    name: &'static str,
    /// Pieces on either side of the start of the cue or trigger that it sees.
    reach: usize,
    /// Labels that it tells apart.
    pub labels: usize,
    /// Its share of the encoder's output.
    tokens: fn(&States) -> &[f32],
}

/// Around cues: outside, then source and content as begin, inside, end, unit.
pub(crate) const ATTRIBUTIONS: Shape = Shape {
    name: "roles",
    reach: 128,
    labels: 9,
    tokens: |states| &states.token,
};

/// Around triggers: outside, then begin and inside of five roles.
pub(crate) const EVENTS: Shape = Shape {
    name: "event.roles",
    reach: 64,
    labels: 11,
    tokens: |states| &states.event_token,
};

/// A head's weights, shared by all threads.
pub(crate) struct RoleHead {
    shape: Shape,
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
    pub(crate) fn new(weights: &Weights, shape: Shape) -> Result<Self, WeightsError> {
        let of = |part: &str| format!("{}.{part}", shape.name);
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
            let name = of(&format!("mix{index}"));
            let norm = norm(&format!("{name}.norm"))?;
            Mix::load(weights, &name, norm, TAPS, dilation)
        };
        Ok(Self {
            shape,
            cue: linear(&of("cue"), States::WIDTH, States::TOKEN)?,
            distance: weights.floats(&of("distance"), &[2 * shape.reach, WIDTH])?,
            inside: weights.floats(&of("inside"), &[WIDTH])?,
            first: norm(&of("first"))?,
            mixes: DILATIONS
                .into_iter()
                .enumerate()
                .map(mix)
                .collect::<Result<_, _>>()?,
            last: norm(&of("last"))?,
            out: linear(&of("out"), WIDTH, shape.labels)?,
        })
    }

    /// Log probabilities around a cue or trigger of a window, and the range of the window's
    /// pieces that they stand for (positions × labels).
    pub(crate) fn scores(&self, states: &States, cue: &Range<usize>) -> (Range<usize>, Vec<f32>) {
        let pieces = (self.shape.tokens)(states).len() / States::TOKEN;
        let mut z = self.entry(states, cue, pieces);
        let mut scratch = MixScratch::default();
        for mix in &self.mixes {
            mix.apply(&mut z, &mut scratch);
        }
        let seen = self.seen(cue, pieces);
        let first = seen.start + self.shape.reach - cue.start;
        let mut z = z[first * WIDTH..(first + seen.len()) * WIDTH].to_vec();
        self.last.apply(&mut z);
        gelu(&mut z);
        let mut scores = self.out.apply(&z);
        log_softmax(&mut scores, self.shape.labels);
        (seen, scores)
    }

    /// What the head starts from; positions outside the window are zero.
    fn entry(&self, states: &States, cue: &Range<usize>, pieces: usize) -> Vec<f32> {
        let both = self.cue.apply(&mean_state(states, cue));
        let (shift, gate) = both.split_at(WIDTH);
        let mut z = vec![0.0_f32; 2 * self.shape.reach * WIDTH];
        let seen = self.seen(cue, pieces);
        let first = seen.start + self.shape.reach - cue.start;
        let inside = &mut z[first * WIDTH..(first + seen.len()) * WIDTH];
        let places = seen.zip(self.distance[first * WIDTH..].chunks_exact(WIDTH));
        for ((piece, distance), row) in places.zip(inside.chunks_exact_mut(WIDTH)) {
            let token =
                &(self.shape.tokens)(states)[piece * States::TOKEN..(piece + 1) * States::TOKEN];
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

    /// The window's pieces that the head sees from a cue.
    fn seen(&self, cue: &Range<usize>, pieces: usize) -> Range<usize> {
        let reach = self.shape.reach;
        cue.start.saturating_sub(reach)..(cue.start + reach).min(pieces)
    }
}

/// The mean of the states of some pieces of a window.
pub(crate) fn mean_state(states: &States, pieces: &Range<usize>) -> Vec<f32> {
    let mut mean = vec![0.0_f32; States::WIDTH];
    let rows = &states.states[pieces.start * States::WIDTH..pieces.end * States::WIDTH];
    for row in rows.chunks_exact(States::WIDTH) {
        mean.iter_mut()
            .zip(row)
            .for_each(|(m, v)| *m += v / pieces.len() as f32);
    }
    mean
}
