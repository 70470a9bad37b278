//! Linear maps with 8-bit weights: activations are quantised row by row, the product
//! is of integers (exact, so the same on every processor), then scaled back.

use std::mem::MaybeUninit;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmUninitOptions, PackedBMatrix};
use rten_simd::ops::{BitOps, NumOps, ToFloat};
use rten_simd::{Isa, SimdOp};
use rten_tensor::NdTensorView;
use rten_vecmath::{ExtendInit, MinMax, Quantize};

use crate::weights::{Weights, WeightsError};

thread_local! {
    // asking the processor what it can do costs as much as a small product: once a thread
    static INT8: GemmExecutor<u8, i8, i32> = GemmExecutor::new();
    pub(crate) static FLOAT: GemmExecutor = GemmExecutor::new();
}

/// Rows that are multiplied at once, so that the integers stay in the nearest cache.
const BLOCK: usize = 64;

/// `x · W + b`; `W` has 7-bit weights and a scale for each output.
pub(crate) struct Int8Linear {
    packed: PackedBMatrix<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// Of each output's weights; what an activation's zero point adds to the product.
    sums: Vec<f32>,
    inputs: usize,
}

/// Rows of activations as unsigned bytes, with scale and zero point for each.
#[derive(Default)]
pub(crate) struct Quantised {
    bytes: Vec<u8>,
    scales: Vec<f32>,
    zeros: Vec<f32>,
}

impl Quantised {
    /// Quantises rows, each feature multiplied by its factor in `smooth` before: a few
    /// features of a Transformer are far larger than the rest, and the factors, folded
    /// into the weights behind, keep them from coarsening the whole row (`SmoothQuant`,
    /// Xiao et al. 2023).
    pub(crate) fn fill(&mut self, x: &[f32], smooth: &[f32]) {
        let width = smooth.len();
        self.bytes.clear();
        self.bytes.reserve(x.len());
        self.scales.clear();
        self.zeros.clear();
        let mut smoothed = vec![0.0; width];
        for row in x.chunks_exact(width) {
            smoothed
                .iter_mut()
                .zip(row.iter().zip(smooth))
                .for_each(|(s, (x, f))| *s = x * f);
            let row = smoothed.as_slice();
            let (low, high) = MinMax::new(row).dispatch();
            let (low, high) = (low.min(0.0), high.max(0.0));
            let scale = ((high - low) / 255.0).max(f32::MIN_POSITIVE);
            #[allow(clippy::cast_sign_loss)] // within 0…255: low is not above zero, high not below
            let zero = (-low / scale).round_ties_even().clamp(0.0, 255.0) as u8;
            self.bytes.extend_init(|spare| {
                Quantize::new(row, &mut spare[..width], 1.0 / scale, zero).dispatch()
            });
            self.scales.push(scale);
            self.zeros.push(f32::from(zero));
        }
    }
}

/// Scales integers back: `(source - zero · sum) · row scale · column scale + bias`.
struct Dequantise<'a> {
    source: &'a [i32],
    target: &'a mut [f32],
    scale: f32,
    zero: f32,
    linear: &'a Int8Linear,
}

impl SimdOp for Dequantise<'_> {
    type Output = ();

    #[inline(always)] // as rten-simd asks: the instruction set is chosen at the caller
    #[allow(clippy::inline_always)]
    fn eval<I: Isa>(self, isa: I) {
        let Int8Linear {
            scales, bias, sums, ..
        } = self.linear;
        let (floats, integers) = (isa.f32(), isa.i32());
        let step = floats.len();
        let (scale, less) = (floats.splat(self.scale), floats.splat(-self.zero));
        let whole = self.source.len() / step * step;
        for at in (0..whole).step_by(step) {
            let value = integers.to_float(integers.load(&self.source[at..]));
            let value = floats.mul_add(floats.load(&sums[at..]), less, value);
            let both = floats.mul(floats.load(&scales[at..]), scale);
            floats.store(
                floats.mul_add(value, both, floats.load(&bias[at..])),
                &mut self.target[at..],
            );
        }
        for at in whole..self.source.len() {
            let value = self.source[at] as f32 - self.zero * sums[at];
            self.target[at] = value.mul_add(scales[at] * self.scale, bias[at]);
        }
    }
}

impl Int8Linear {
    /// From the sections `NAME.weight` (inputs × outputs), `NAME.scale` and `NAME.bias`.
    pub(crate) fn load(
        weights: &Weights,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, WeightsError> {
        let bytes = weights.signed(&format!("{name}.weight"), &[inputs, outputs])?;
        let signed: Vec<i8> = bytes.iter().map(|b| b.cast_signed()).collect();
        let scales = weights.floats(&format!("{name}.scale"), &[outputs])?;
        let bias = weights.floats(&format!("{name}.bias"), &[outputs])?;
        Ok(Self::new(&signed, inputs, scales, bias))
    }

    pub(crate) fn new(weight: &[i8], inputs: usize, scales: Vec<f32>, bias: Vec<f32>) -> Self {
        let packed =
            INT8.with(|gemm| gemm.prepack_b(NdTensorView::from_data([inputs, bias.len()], weight)));
        let sum = |column| {
            weight
                .iter()
                .skip(column)
                .step_by(bias.len())
                .map(|&w| f32::from(w))
                .sum()
        };
        let sums = (0..bias.len()).map(sum).collect();
        Self {
            packed,
            scales,
            bias,
            sums,
            inputs,
        }
    }

    /// Rows to rows; `out` keeps its memory from call to call.
    pub(crate) fn apply(&self, x: &Quantised, out: &mut Vec<f32>) {
        let outputs = self.bias.len();
        out.resize(x.scales.len() * outputs, 0.0);
        self.blocks(x, |first, integers| {
            for (row, source) in integers.chunks_exact(outputs).enumerate() {
                let target = &mut out[(first + row) * outputs..(first + row + 1) * outputs];
                let (scale, zero) = (x.scales[first + row], x.zeros[first + row]);
                Dequantise {
                    source,
                    target,
                    scale,
                    zero,
                    linear: self,
                }
                .dispatch();
            }
        });
    }

    /// The integer products, a block of rows at a time: the block's first row, its values.
    fn blocks(&self, x: &Quantised, mut take: impl FnMut(usize, &[i32])) {
        let outputs = self.bias.len();
        let mut buffer: Vec<MaybeUninit<i32>> = vec![MaybeUninit::uninit(); BLOCK * outputs];
        for first in (0..x.scales.len()).step_by(BLOCK) {
            let rows = BLOCK.min(x.scales.len() - first);
            let bytes = &x.bytes[first * self.inputs..(first + rows) * self.inputs];
            let a = NdTensorView::from_data([rows, self.inputs], bytes);
            let (target, b) = (
                &mut buffer[..rows * outputs],
                GemmInputB::Packed(&self.packed),
            );
            let product = INT8.with(|gemm| {
                gemm.gemm_uninit(
                    target,
                    GemmInputA::Unpacked(a),
                    b,
                    GemmUninitOptions::default(),
                )
            });
            // sizes agree by construction, the only thing the product can complain of
            if let Ok(integers) = product {
                take(first, integers);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, within ±1.
    pub(crate) fn noise(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        (0..count)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / (1 << 23) as f32 - 1.0
            })
            .collect()
    }

    #[test]
    fn the_product_is_that_of_floats_up_to_rounding() {
        let (rows, inputs, outputs) = (70, 384, 48);
        let x: Vec<f32> = noise(rows * inputs, 1)
            .iter()
            .enumerate()
            .map(|(i, v)| v + (i / inputs) as f32 / 10.0)
            .collect();
        let weight: Vec<i8> = noise(inputs * outputs, 2)
            .iter()
            .map(|v| (v * 63.0) as i8)
            .collect();
        let scales: Vec<f32> = noise(outputs, 3)
            .iter()
            .map(|v| 0.01 + v.abs() / 100.0)
            .collect();
        let bias = noise(outputs, 4);
        let (mut quantised, mut got) = (Quantised::default(), Vec::new());
        quantised.fill(&x, &[1.0; 384]);
        Int8Linear::new(&weight, inputs, scales.clone(), bias.clone()).apply(&quantised, &mut got);
        for row in 0..rows {
            for column in 0..outputs {
                let product: f32 = (0..inputs)
                    .map(|i| x[row * inputs + i] * f32::from(weight[i * outputs + column]))
                    .sum();
                let expected = product * scales[column] + bias[column];
                assert!(
                    (got[row * outputs + column] - expected).abs() < 0.3 + 0.02 * expected.abs(),
                    "{row} {column}"
                );
            }
        }
    }
}
