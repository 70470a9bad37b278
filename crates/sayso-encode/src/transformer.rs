//! The reference encoder: `MiniLM`'s layers on this crate's kernels, on one thread.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::aligned::Aligned;
use crate::attention::{self, attention};
use crate::encoder::{EncodeError, Encoder, States};
use crate::int8::Int8Linear;
use crate::kernel::Norm;
use crate::pieces::Pieces;
use crate::product::{BLOCK, Path};
use crate::rows::{Finish, Quantised, gelu};
use crate::weights::{Weights, WeightsError};

const WIDTH: usize = States::WIDTH;
const INNER: usize = 4 * WIDTH;
const LAYERS: usize = 6;
const HEADS: usize = 12;
const HEAD: usize = WIDTH / HEADS;
const HEADED: attention::Shape = attention::Shape {
    heads: HEADS,
    head: HEAD,
};
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
    path: Path,
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
    happen: Head,
    token: Int8Linear,
    event_token: Int8Linear,
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
    x: Aligned<f32>,
    quantised: Quantised,
    qkv: Aligned<f32>,
    attention: attention::Scratch,
    mixed: Aligned<f32>,
    /// Of one block of rows.
    inner: Aligned<f32>,
    hidden: Aligned<f32>,
}

impl Transformer {
    /// Loads and lays out the weights.
    ///
    /// # Errors
    /// [`WeightsError`] where sections are missing or of the wrong shape.
    pub fn new(weights: &Weights) -> Result<Self, WeightsError> {
        Self::on(Path::best(), weights)
    }

    fn on(path: Path, weights: &Weights) -> Result<Self, WeightsError> {
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
                Smoothed::load(
                    weights,
                    path,
                    &format!("layer{index}.{part}"),
                    inputs,
                    outputs,
                )
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
                hidden: Int8Linear::load(weights, path, &format!("{name}.hidden"), WIDTH, WIDTH)?,
                last,
            })
        };
        let token = |name: &str| Int8Linear::load(weights, path, name, WIDTH, States::TOKEN);
        let vocabulary = weights.bytes("words.scale", "f32")?.len() / 4;
        weights.signed("words", &[vocabulary, WIDTH])?;
        let model = Model {
            path,
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
            happen: head("happen", States::TRIGGERS * 3)?,
            token: token("token")?,
            event_token: token("event.token")?,
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
    fn embed(
        &self,
        pieces: &Pieces,
        window: Range<usize>,
        out: &mut [f32],
    ) -> Result<(), WeightsError> {
        let words = self.weights.signed("words", &[self.vocabulary, WIDTH])?;
        for ((place, piece), out) in window.enumerate().zip(out.chunks_exact_mut(WIDTH)) {
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
            for (out, (((p, s), q), w)) in out.iter_mut().zip(rows) {
                *out = p + s + q + f32::from(w.cast_signed()) * scale;
            }
        }
        Ok(())
    }

    fn forward(
        &self,
        pieces: &Pieces,
        window: Range<usize>,
        scratch: &mut Scratch,
    ) -> Result<States, WeightsError> {
        let length = window.len();
        scratch.x.resize(length * WIDTH);
        self.embed(pieces, window, &mut scratch.x)?;
        self.norm.apply(&mut scratch.x);
        for layer in &self.layers {
            layer.forward(self.path, scratch);
        }
        scratch.quantised.fill(self.path, &scratch.x, &self.smooth);
        let any = self.any.forward(self.path, scratch);
        let outer = self.outer.forward(self.path, scratch);
        let names = self.names.forward(self.path, scratch);
        let happen = self.happen.forward(self.path, scratch);
        let mut token = vec![0.0; length * States::TOKEN];
        self.token.apply(&scratch.quantised, &mut token);
        let mut event_token = vec![0.0; length * States::TOKEN];
        self.event_token.apply(&scratch.quantised, &mut event_token);
        Ok(States {
            any,
            outer,
            names,
            happen,
            token,
            event_token,
            states: scratch.x.to_vec(),
        })
    }
}

fn row(table: &[f32], index: usize) -> &[f32] {
    &table[index * WIDTH..(index + 1) * WIDTH]
}

impl Head {
    /// From the states as quantised in `scratch`.
    fn forward(&self, path: Path, scratch: &mut Scratch) -> Vec<f32> {
        scratch.hidden.resize(scratch.x.len());
        self.hidden.apply(&scratch.quantised, &mut scratch.hidden);
        gelu(path, &mut scratch.hidden);
        self.last.apply(&scratch.hidden)
    }
}

impl Smoothed {
    fn load(
        weights: &Weights,
        path: Path,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, WeightsError> {
        let smooth = weights.floats(&format!("{name}.smooth"), &[inputs])?;
        Ok(Self {
            smooth,
            linear: Int8Linear::load(weights, path, name, inputs, outputs)?,
        })
    }
}

impl Layer {
    /// From states to states, in `scratch.x`. What follows the attention goes by blocks
    /// of rows, so that the wide inner layer never leaves the second cache.
    fn forward(&self, path: Path, scratch: &mut Scratch) {
        let Scratch {
            x,
            quantised,
            qkv,
            mixed,
            inner,
            ..
        } = scratch;
        qkv.resize(3 * x.len());
        mixed.resize(x.len());
        quantised.fill(path, x, &self.qkv.smooth);
        self.qkv.linear.apply(quantised, qkv);
        attention(path, HEADED, qkv, &mut scratch.attention, mixed);
        for (x, mixed) in x.chunks_mut(BLOCK * WIDTH).zip(mixed.chunks(BLOCK * WIDTH)) {
            let rows = 0..x.len() / WIDTH;
            quantised.fill(path, mixed, &self.out.smooth);
            let out = &self.out.linear;
            out.finish(quantised, rows.clone(), x, Finish::Add);
            quantised.fill_norm(path, x, self.norm1.parts(), &self.up.smooth);
            inner.resize(rows.len() * INNER);
            self.up.linear.apply(quantised, inner);
            quantised.fill_gelu(path, inner, &self.down.smooth);
            self.down.linear.finish(quantised, rows, x, Finish::Add);
            self.norm2.apply(x);
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
