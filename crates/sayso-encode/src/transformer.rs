//! The reference encoder: `MiniLM`'s layers on the kernels of `rten`, on one thread.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_tensor::NdTensorView;
use rten_vecmath::{Gelu, Softmax};

use crate::encoder::{EncodeError, Encoder, States};
use crate::int8::{FLOAT, Int8Linear, Quantised};
use crate::kernel::Norm;
use crate::pieces::Pieces;
use crate::weights::{Weights, WeightsError};

const WIDTH: usize = States::WIDTH;
const INNER: usize = 4 * WIDTH;
const LAYERS: usize = 6;
const HEADS: usize = 12;
const HEAD: usize = WIDTH / HEADS;
const PLACES: usize = 512;
/// Of the base's layer norms.
const EPSILON: f32 = 1e-12;

struct Layer {
    qkv: Smoothed,
    out: Smoothed,
    norm1: Norm,
    up: Smoothed,
    down: Smoothed,
    norm2: Norm,
}

/// A linear map with the factors that its inputs are multiplied by.
struct Smoothed {
    smooth: Vec<f32>,
    linear: Int8Linear,
}

/// An output for every piece: a hidden layer and scores.
struct Head {
    hidden: Int8Linear,
    last: crate::kernel::Linear,
}

struct Model {
    weights: Weights,
    vocabulary: usize,
    scales: Vec<f32>,
    positions: Vec<f32>,
    shapes: Vec<f32>,
    quotes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    smooth: Vec<f32>,
    any: Head,
    outer: Head,
    names: Head,
    token: Int8Linear,
}

/// The encoder on one thread. The kernels split work over a pool where they can, so
/// each encoder has a pool of one thread and documents run side by side instead.
pub struct Transformer {
    model: Arc<Model>,
    pool: Option<Arc<ThreadPool>>,
    scratch: Mutex<Scratch>,
}

/// Memory that every window uses again; fresh pages cost more than some of the products.
#[derive(Default)]
struct Scratch {
    quantised: Quantised,
    qkv: Vec<f32>,
    weights: Vec<f32>,
    head: Vec<f32>,
    mixed: Vec<f32>,
    inner: Vec<f32>,
    out: Vec<f32>,
}

impl Transformer {
    /// Loads and lays out the weights.
    ///
    /// # Errors
    /// [`WeightsError`] where sections are missing or of the wrong shape.
    pub fn new(weights: &Weights) -> Result<Self, WeightsError> {
        let norm = |name: &str| -> Result<Norm, WeightsError> {
            let weight = weights.floats(&format!("{name}.weight"), &[WIDTH])?;
            Ok(Norm {
                weight,
                bias: weights.floats(&format!("{name}.bias"), &[WIDTH])?,
                epsilon: EPSILON,
            })
        };
        let layer = |index: usize| -> Result<Layer, WeightsError> {
            let linear = |part: &str, inputs, outputs| {
                Smoothed::load(weights, &format!("layer{index}.{part}"), inputs, outputs)
            };
            Ok(Layer {
                qkv: linear("qkv", WIDTH, 3 * WIDTH)?,
                out: linear("out", WIDTH, WIDTH)?,
                norm1: norm(&format!("layer{index}.norm1"))?,
                up: linear("up", WIDTH, INNER)?,
                down: linear("down", INNER, WIDTH)?,
                norm2: norm(&format!("layer{index}.norm2"))?,
            })
        };
        let head = |name: &str, scores: usize| -> Result<Head, WeightsError> {
            let last = weights.floats(&format!("{name}.last.weight"), &[WIDTH, scores])?;
            let bias = weights.floats(&format!("{name}.last.bias"), &[scores])?;
            let last = crate::kernel::Linear::new(&last, bias)
                .ok_or_else(|| weights.damaged(format!("an empty output {name}")))?;
            Ok(Head {
                hidden: Int8Linear::load(weights, &format!("{name}.hidden"), WIDTH, WIDTH)?,
                last,
            })
        };
        let vocabulary = weights.bytes("words.scale", "f32")?.len() / 4;
        weights.signed("words", &[vocabulary, WIDTH])?;
        let model = Model {
            scales: weights.floats("words.scale", &[vocabulary])?,
            positions: weights.floats("positions", &[PLACES, WIDTH])?,
            shapes: weights.floats("shapes", &[6, WIDTH])?,
            quotes: weights.floats("quotes", &[3, WIDTH])?,
            norm: norm("norm")?,
            layers: (0..LAYERS).map(layer).collect::<Result<_, _>>()?,
            smooth: weights.floats("heads.smooth", &[WIDTH])?,
            any: head("any", 3)?,
            outer: head("outer", 3)?,
            names: head("names", States::NAME_LAYERS * States::NAME_LABELS)?,
            token: Int8Linear::load(weights, "token", WIDTH, States::TOKEN)?,
            weights: weights.clone(),
            vocabulary,
        };
        Ok(Self {
            model: Arc::new(model),
            pool: one_thread(),
            scratch: Mutex::default(),
        })
    }
}

/// Where the system refuses a thread the work runs on the caller's, with the same result.
fn one_thread() -> Option<Arc<ThreadPool>> {
    ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .ok()
        .map(Arc::new)
}

impl Model {
    /// The sum of the embeddings, pieces × width.
    fn embed(&self, pieces: &Pieces, window: Range<usize>) -> Result<Vec<f32>, WeightsError> {
        let words = self.weights.signed("words", &[self.vocabulary, WIDTH])?;
        let mut out = Vec::with_capacity(window.len() * WIDTH);
        for (place, piece) in window.enumerate() {
            let id = pieces
                .ids
                .get(piece)
                .map_or(0, |&i| i as usize)
                .min(self.vocabulary - 1);
            let scale = self.scales[id];
            let shape = pieces
                .shapes
                .get(piece)
                .map_or(0, |&s| usize::from(s).min(5));
            let quote = pieces
                .quotes
                .get(piece)
                .map_or(0, |&q| usize::from(q).min(2));
            let rows = row(&self.positions, place.min(PLACES - 1))
                .iter()
                .zip(row(&self.shapes, shape))
                .zip(row(&self.quotes, quote))
                .zip(&words[id * WIDTH..(id + 1) * WIDTH]);
            out.extend(rows.map(|(((p, s), q), w)| p + s + q + f32::from(w.cast_signed()) * scale));
        }
        Ok(out)
    }

    fn forward(
        &self,
        pieces: &Pieces,
        window: Range<usize>,
        scratch: &mut Scratch,
    ) -> Result<States, WeightsError> {
        let mut x = self.embed(pieces, window)?;
        self.norm.apply(&mut x);
        for layer in &self.layers {
            layer.forward(&mut x, scratch);
        }
        scratch.quantised.fill(&x, &self.smooth);
        let any = self.any.forward(scratch);
        let outer = self.outer.forward(scratch);
        let names = self.names.forward(scratch);
        let mut token = Vec::new();
        self.token.apply(&scratch.quantised, &mut token);
        Ok(States {
            any,
            outer,
            names,
            token,
            states: x,
        })
    }
}

fn row(table: &[f32], index: usize) -> &[f32] {
    &table[index * WIDTH..(index + 1) * WIDTH]
}

impl Head {
    /// From the states as quantised in `scratch`.
    fn forward(&self, scratch: &mut Scratch) -> Vec<f32> {
        self.hidden.apply(&scratch.quantised, &mut scratch.out);
        Gelu {}.map_mut(&mut scratch.out);
        self.last.apply(&scratch.out)
    }
}

impl Smoothed {
    fn load(
        weights: &Weights,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, WeightsError> {
        let smooth = weights.floats(&format!("{name}.smooth"), &[inputs])?;
        Ok(Self {
            smooth,
            linear: Int8Linear::load(weights, name, inputs, outputs)?,
        })
    }

    fn apply(&self, x: &[f32], quantised: &mut Quantised, out: &mut Vec<f32>) {
        quantised.fill(x, &self.smooth);
        self.linear.apply(quantised, out);
    }
}

impl Layer {
    fn forward(&self, x: &mut [f32], scratch: &mut Scratch) {
        self.qkv.apply(x, &mut scratch.quantised, &mut scratch.qkv);
        attention(scratch);
        self.out
            .apply(&scratch.mixed, &mut scratch.quantised, &mut scratch.out);
        add(x, &scratch.out);
        self.norm1.apply(x);
        self.up.apply(x, &mut scratch.quantised, &mut scratch.inner);
        Gelu {}.map_mut(&mut scratch.inner);
        self.down
            .apply(&scratch.inner, &mut scratch.quantised, &mut scratch.out);
        add(x, &scratch.out);
        self.norm2.apply(x);
    }
}

fn add(x: &mut [f32], y: &[f32]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
}

/// Scaled dot-product attention from `qkv` to `mixed`, one head after the other so that
/// its weights stay in the cache. `qkv` is pieces × (queries, keys, values), the scale
/// lies in the queries.
fn attention(scratch: &mut Scratch) {
    FLOAT.with(|gemm| attention_by(gemm, scratch));
}

fn attention_by(gemm: &GemmExecutor, scratch: &mut Scratch) {
    let Scratch {
        qkv,
        weights,
        head: out,
        mixed,
        ..
    } = scratch;
    let pieces = qkv.len() / (3 * WIDTH);
    weights.resize(pieces * pieces, 0.0);
    out.resize(pieces * HEAD, 0.0);
    mixed.resize(pieces * WIDTH, 0.0);
    let all = NdTensorView::from_data([pieces, 3, HEADS, HEAD], qkv.as_slice());
    for head in 0..HEADS {
        let part = |which: usize| all.slice((.., which, head));
        let (q, k, v) = (part(0), part(1), part(2));
        // sizes agree by construction, the only thing a product can complain of
        let _ = gemm.gemm(
            weights,
            GemmInputA::Unpacked(q),
            GemmInputB::Unpacked(k.transposed()),
            GemmOptions::default(),
        );
        for row in weights.chunks_exact_mut(pieces) {
            Softmax::new_mut(row).dispatch();
        }
        let a = NdTensorView::from_data([pieces, pieces], weights.as_slice());
        let _ = gemm.gemm(
            out,
            GemmInputA::Unpacked(a),
            GemmInputB::Unpacked(v),
            GemmOptions::default(),
        );
        for (target, source) in mixed.chunks_exact_mut(WIDTH).zip(out.chunks_exact(HEAD)) {
            target[head * HEAD..(head + 1) * HEAD].copy_from_slice(source);
        }
    }
}

impl Encoder for Transformer {
    fn encode(&self, pieces: &Pieces, window: Range<usize>) -> Result<States, EncodeError> {
        let length = window.len();
        if length == 0 {
            return Ok(States::default());
        }
        let mut scratch = self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        self.model
            .forward(pieces, window, &mut scratch)
            .map_err(|e| EncodeError::Engine {
                pieces: length,
                cause: e.to_string(),
            })
    }

    fn another(&self) -> Box<dyn Encoder> {
        Box::new(Self {
            model: Arc::clone(&self.model),
            pool: one_thread(),
            scratch: Mutex::default(),
        })
    }

    fn run(&self, work: &mut (dyn FnMut() + Send)) {
        match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attention_is_that_of_the_definition() {
        let pieces = 5;
        let qkv: Vec<f32> = (0..pieces * 3 * WIDTH)
            .map(|i| ((i * 37 % 101) as f32 - 50.0) / 60.0)
            .collect();
        let mut scratch = Scratch {
            qkv: qkv.clone(),
            ..Scratch::default()
        };
        attention(&mut scratch);
        let got = scratch.mixed;
        let at = |piece: usize, which: usize, head: usize, i: usize| {
            qkv[(piece * 3 + which) * WIDTH + head * HEAD + i]
        };
        for (query, head) in [(0, 0), (3, 7), (4, 11)] {
            let scores: Vec<f32> = (0..pieces)
                .map(|k| {
                    (0..HEAD)
                        .map(|i| at(query, 0, head, i) * at(k, 1, head, i))
                        .sum::<f32>()
                        .exp()
                })
                .collect();
            let total: f32 = scores.iter().sum();
            for i in 0..HEAD {
                let expected: f32 = (0..pieces)
                    .map(|k| scores[k] / total * at(k, 2, head, i))
                    .sum();
                assert!(
                    (got[query * WIDTH + head * HEAD + i] - expected).abs() < 1e-4,
                    "{query} {head} {i}"
                );
            }
        }
    }
}
