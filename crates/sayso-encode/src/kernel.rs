//! The few products that the heads need, in 32-bit floats, row by row.

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_tensor::NdTensorView;
use crate::int8::{Int8Linear, Quantised};
use crate::weights::{Weights, WeightsError};
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
        let inputs = weight.len().checked_div(outputs).filter(|n| n * outputs == weight.len())?;
        let gemm: GemmExecutor = GemmExecutor::new();
        let packed = gemm.prepack_b(NdTensorView::from_data([inputs, outputs], weight));
        Some(Self { packed, bias, inputs })
    }

    /// Rows of inputs to rows of outputs; a last row that is not whole is left out.
    #[must_use]
    pub fn apply(&self, x: &[f32]) -> Vec<f32> {
        let rows = x.len() / self.inputs.max(1);
        let mut out = vec![0.0; rows * self.bias.len()];
        let a = NdTensorView::from_data([rows, self.inputs], &x[..rows * self.inputs]);
        let options = GemmOptions { bias: Some(BiasVector::Row(&self.bias)), ..GemmOptions::default() };
        // sizes agree by construction, the only thing the product can complain of
        let _ = GemmExecutor::<f32>::new().gemm(&mut out, GemmInputA::Unpacked(a), GemmInputB::Packed(&self.packed), options);
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
    /// What PyTorch adds to the variance where nothing else is said.
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
pub struct Convolution {
    linear: Int8Linear,
    width: usize,
    taps: usize,
    dilation: usize,
}

/// Memory that a [`Convolution`] uses again from call to call.
#[derive(Default)]
pub struct ConvolutionScratch {
    gathered: Vec<f32>,
    quantised: Quantised,
}

impl Convolution {
    /// From the sections `NAME.weight` ((taps × width) × width), `NAME.scale` and `NAME.bias`.
    ///
    /// # Errors
    /// [`WeightsError`] where they are missing or of another shape.
    pub fn load(weights: &Weights, name: &str, width: usize, taps: usize, dilation: usize) -> Result<Self, WeightsError> {
        Ok(Self { linear: Int8Linear::load(weights, name, taps * width, width)?, width, taps, dilation })
    }

    /// Rows of `x` to rows of `out`.
    pub fn apply(&self, x: &[f32], scratch: &mut ConvolutionScratch, out: &mut Vec<f32>) {
        let rows = x.len() / self.width;
        let gathered = &mut scratch.gathered;
        gathered.clear();
        for row in 0..rows {
            for tap in 0..self.taps {
                let from = (row + tap * self.dilation).checked_sub(self.dilation * (self.taps / 2));
                match from.filter(|&f| f < rows) {
                    Some(f) => gathered.extend_from_slice(&x[f * self.width..(f + 1) * self.width]),
                    None => gathered.resize(gathered.len() + self.width, 0.0),
                }
            }
        }
        scratch.quantised.fill(gathered, &vec![1.0; self.taps * self.width]);
        self.linear.apply(&scratch.quantised, out);
    }
}

/// Natural logarithms of the softmax of each row of `width` values, in place.
pub fn log_softmax(x: &mut [f32], width: usize) {
    for row in x.chunks_exact_mut(width) {
        let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum = row.iter().map(|v| (v - top).exp()).sum::<f32>().ln() + top;
        row.iter_mut().for_each(|v| *v -= sum);
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
        let linear = Int8Linear::new(&[1, 0, 10], 3, vec![1.0], vec![0.0]);
        let convolution = Convolution { linear, width: 1, taps: 3, dilation: 1 };
        let mut out = Vec::new();
        convolution.apply(&[1.0, 2.0, 3.0], &mut ConvolutionScratch::default(), &mut out);
        for (got, expected) in out.iter().zip([20.0, 31.0, 2.0]) {
            assert!((got - expected).abs() < 0.2, "{out:?}");
        }
    }

    #[test]
    fn a_norm_centres_and_scales() {
        let norm = Norm { weight: vec![1.0, 1.0], bias: vec![0.0, 1.0], epsilon: Norm::EPSILON };
        let mut x = [1.0, 3.0];
        norm.apply(&mut x);
        assert!((x[0] + 1.0).abs() < 1e-3 && (x[1] - 2.0).abs() < 1e-3);
    }
}
