//! The few products that the heads need, in 32-bit floats, row by row.

use crate::int8::{FLOAT, Int8Linear, Quantised};
use crate::weights::{Weights, WeightsError};
use rten_gemm::{BiasVector, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_tensor::NdTensorView;
use rten_vecmath::{Gelu, Normalize, NormalizeOptions, Sum, SumSquareSub};

/// `x · W + b` with `W` laid out for the processor at hand.
pub struct Linear {
    packed: PackedBMatrix<f32>,
    bias: Vec<f32>,
    inputs: usize,
}

impl Linear {
    /// From a matrix of inputs × outputs, row by row, and a bias for each output;
    /// `None` where the sizes do not fit.
    #[must_use]
    pub fn new(weight: &[f32], bias: Vec<f32>) -> Option<Self> {
        let outputs = bias.len();
        let inputs = weight
            .len()
            .checked_div(outputs)
            .filter(|n| n * outputs == weight.len())?;
        let packed =
            FLOAT.with(|gemm| gemm.prepack_b(NdTensorView::from_data([inputs, outputs], weight)));
        Some(Self {
            packed,
            bias,
            inputs,
        })
    }

    /// Rows of inputs to rows of outputs; a last row that is not whole is left out.
    #[must_use]
    pub fn apply(&self, x: &[f32]) -> Vec<f32> {
        let rows = x.len() / self.inputs.max(1);
        let mut out = vec![0.0; rows * self.bias.len()];
        let a = NdTensorView::from_data([rows, self.inputs], &x[..rows * self.inputs]);
        let options = GemmOptions {
            bias: Some(BiasVector::Row(&self.bias)),
            ..GemmOptions::default()
        };
        // sizes agree by construction, the only thing the product can complain of
        let _ = FLOAT.with(|gemm| {
            gemm.gemm(
                &mut out,
                GemmInputA::Unpacked(a),
                GemmInputB::Packed(&self.packed),
                options,
            )
        });
        out
    }
}

/// The Gaussian error linear unit, in place.
pub fn gelu(x: &mut [f32]) {
    Gelu {}.map_mut(x);
}

/// A layer norm's scale and shift for each feature.
pub struct Norm {
    /// Scale.
    pub weight: Vec<f32>,
    /// Shift.
    pub bias: Vec<f32>,
    /// Added to the variance.
    pub epsilon: f32,
}

impl Norm {
    /// What `PyTorch` adds to the variance where nothing else is said.
    pub const EPSILON: f32 = 1e-5;

    /// Normalises each row of `x` in place.
    pub fn apply(&self, x: &mut [f32]) {
        let width = self.weight.len();
        for row in x.chunks_exact_mut(width) {
            let mean = Sum::new(row).dispatch() / width as f32;
            let variance = SumSquareSub::new(row, mean).dispatch() / width as f32;
            let options = NormalizeOptions {
                pre_scale_bias: mean,
                scale: 1.0 / (variance + self.epsilon).sqrt(),
                element_scale: Some(&self.weight),
                element_bias: Some(&self.bias),
                ..NormalizeOptions::default()
            };
            Normalize::new_mut(row, options).dispatch();
        }
    }
}

/// A convolution along the rows over all features, zeros beyond the ends, in 8-bit integers.
///
/// One product gives what every row adds through every tap; the shifted sums follow.
/// (Gathering the taps first would quantise and pack each row once a tap.)
pub struct Convolution {
    linear: Int8Linear,
    bias: Vec<f32>,
    smooth: Vec<f32>,
    dilation: usize,
}

/// Memory that a [`Convolution`] uses again from call to call.
#[derive(Default)]
pub struct ConvolutionScratch {
    quantised: Quantised,
    parts: Vec<f32>,
}

impl Convolution {
    /// From the sections `NAME.weight` ((taps × width) × width), `NAME.scale` and `NAME.bias`.
    ///
    /// # Errors
    /// [`WeightsError`] where they are missing or of another shape.
    pub fn load(
        weights: &Weights,
        name: &str,
        width: usize,
        taps: usize,
        dilation: usize,
    ) -> Result<Self, WeightsError> {
        let bytes = weights.signed(&format!("{name}.weight"), &[taps * width, width])?;
        let signed: Vec<i8> = bytes.iter().map(|b| b.cast_signed()).collect();
        let scales = weights.floats(&format!("{name}.scale"), &[width])?;
        let bias = weights.floats(&format!("{name}.bias"), &[width])?;
        Ok(Self::new(&signed, &scales, bias, dilation))
    }

    fn new(weight: &[i8], scales: &[f32], bias: Vec<f32>, dilation: usize) -> Self {
        let width = bias.len();
        let taps = weight.len() / (width * width);
        // (tap × input) × output becomes input × (tap × output)
        let mut turned = vec![0; weight.len()];
        for (row, outputs) in weight.chunks_exact(width).enumerate() {
            let (tap, input) = (row / width, row % width);
            turned[(input * taps + tap) * width..][..width].copy_from_slice(outputs);
        }
        let linear = Int8Linear::new(&turned, width, scales.repeat(taps), vec![0.0; taps * width]);
        Self {
            linear,
            smooth: vec![1.0; width],
            bias,
            dilation,
        }
    }

    /// Rows of `x` to rows of `out`.
    pub fn apply(&self, x: &[f32], scratch: &mut ConvolutionScratch, out: &mut Vec<f32>) {
        let width = self.bias.len();
        let rows = x.len() / width;
        scratch.quantised.fill(x, &self.smooth);
        self.linear.apply(&scratch.quantised, &mut scratch.parts);
        let all = scratch.parts.len() / rows.max(1);
        let taps = all / width;
        out.clear();
        for row in 0..rows {
            out.extend_from_slice(&self.bias);
            let target = &mut out[row * width..];
            for tap in 0..taps {
                let from = (row + tap * self.dilation).checked_sub(self.dilation * (taps / 2));
                let Some(from) = from.filter(|&f| f < rows) else {
                    continue;
                };
                let part = &scratch.parts[from * all + tap * width..][..width];
                target.iter_mut().zip(part).for_each(|(t, p)| *t += p);
            }
        }
    }
}

/// Natural logarithms of the softmax of each row of `width` values, in place.
pub fn log_softmax(x: &mut [f32], width: usize) {
    for row in x.chunks_exact_mut(width) {
        let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum = row.iter().map(|v| (v - top).exp()).sum::<f32>().ln() + top;
        for value in row.iter_mut() {
            *value -= sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_map_multiplies_and_adds() {
        let linear = Linear::new(&[1.0, 2.0, 3.0, 4.0], vec![0.5, -0.5]).expect("sizes fit");
        assert_eq!(linear.apply(&[1.0, 1.0, 0.0, 2.0]), [4.5, 5.5, 6.5, 7.5]);
    }

    #[test]
    fn a_convolution_looks_to_both_sides() {
        // one feature, three taps: the row before counts once, the row behind ten times
        let convolution = Convolution::new(&[1, 0, 10], &[1.0], vec![0.0], 1);
        let mut out = Vec::new();
        convolution.apply(
            &[1.0, 2.0, 3.0],
            &mut ConvolutionScratch::default(),
            &mut out,
        );
        for (got, expected) in out.iter().zip([20.0, 31.0, 2.0]) {
            assert!((got - expected).abs() < 0.2, "{out:?}");
        }
    }

    #[test]
    fn a_norm_centres_and_scales() {
        let norm = Norm {
            weight: vec![1.0, 1.0],
            bias: vec![0.0, 1.0],
            epsilon: Norm::EPSILON,
        };
        let mut x = [1.0, 3.0];
        norm.apply(&mut x);
        assert!((x[0] + 1.0).abs() < 1e-3 && (x[1] - 2.0).abs() < 1e-3);
    }
}
