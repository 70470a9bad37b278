//! The few products that the heads need, in 32-bit floats, row by row.

use crate::aligned::Aligned;
use crate::int8::Int8Linear;
use crate::product::{BLOCK, Path};
use crate::rows::{self, Finish, NormRef, Quantised};
use crate::weights::{Weights, WeightsError};
use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

thread_local! {
    // asking the processor what it can do costs as much as a small product: once a thread
    pub(crate) static FLOAT: GemmExecutor = GemmExecutor::new();
}

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
    rows::gelu(Path::best(), x);
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
        rows::normalise(Path::best(), x, self.parts());
    }

    pub(crate) fn parts(&self) -> NormRef<'_> {
        NormRef {
            weight: &self.weight,
            bias: &self.bias,
            epsilon: self.epsilon,
        }
    }
}

/// A residual step along the rows: `z + gelu(convolution(norm(z)))`, the convolution over
/// all features, with zeros beyond the ends, in 8-bit integers.
///
/// Each tap is a product of its own, whose rows are added where the tap puts them: no
/// row is gathered or quantised twice.
pub struct Mix {
    norm: Norm,
    taps: Vec<Int8Linear>,
    bias: Vec<f32>,
    smooth: Vec<f32>,
    dilation: usize,
}

/// Memory that a [`Mix`] uses again from call to call.
#[derive(Default)]
pub struct MixScratch {
    quantised: Quantised,
    normed: Aligned<f32>,
    sums: Aligned<f32>,
}

impl Mix {
    /// From the sections `NAME.conv.weight` ((taps × width) × width), `NAME.conv.scale`
    /// and `NAME.conv.bias`.
    ///
    /// # Errors
    /// [`WeightsError`] where they are missing or of another shape.
    pub fn load(
        weights: &Weights,
        name: &str,
        norm: Norm,
        taps: usize,
        dilation: usize,
    ) -> Result<Self, WeightsError> {
        let width = norm.weight.len();
        let bytes = weights.signed(&format!("{name}.conv.weight"), &[taps * width, width])?;
        let signed: Vec<i8> = bytes.iter().map(|b| b.cast_signed()).collect();
        let scales = weights.floats(&format!("{name}.conv.scale"), &[width])?;
        let bias = weights.floats(&format!("{name}.conv.bias"), &[width])?;
        Ok(Self::new(
            Path::best(),
            norm,
            &signed,
            &scales,
            bias,
            dilation,
        ))
    }

    fn new(
        path: Path,
        norm: Norm,
        weight: &[i8],
        scales: &[f32],
        bias: Vec<f32>,
        dilation: usize,
    ) -> Self {
        let width = bias.len();
        let tap = |weight| Int8Linear::new(path, weight, width, scales.to_vec(), vec![0.0; width]);
        Self {
            norm,
            taps: weight.chunks_exact(width * width).map(tap).collect(),
            smooth: vec![1.0; width],
            bias,
            dilation,
        }
    }

    /// Changes rows of `z` in place.
    pub fn apply(&self, z: &mut [f32], scratch: &mut MixScratch) {
        let MixScratch {
            quantised,
            normed,
            sums,
        } = scratch;
        normed.resize(z.len());
        normed.copy_from_slice(z);
        quantised.fill_norm(Path::best(), normed, self.norm.parts(), &self.smooth);
        sums.resize(z.len());
        self.convolve(quantised, sums);
        rows::add_gelu(Path::best(), z, sums);
    }

    fn convolve(&self, x: &Quantised, out: &mut [f32]) {
        let width = self.bias.len();
        let rows = out.len() / width;
        let back = self.dilation * (self.taps.len() / 2);
        for (block, out) in out.chunks_mut(BLOCK * width).enumerate() {
            for row in out.chunks_exact_mut(width) {
                row.copy_from_slice(&self.bias);
            }
            let (first, end) = (block * BLOCK, block * BLOCK + out.len() / width);
            for (tap, linear) in self.taps.iter().enumerate() {
                // row r takes the tap's product of row r + ahead - back
                let ahead = tap * self.dilation;
                let from = (first + ahead).saturating_sub(back);
                let upto = (end + ahead).saturating_sub(back).min(rows);
                let skipped = (back + from) - (first + ahead);
                if from < upto {
                    linear.finish(x, from..upto, &mut out[skipped * width..], Finish::Add);
                }
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
        for path in Path::available() {
            for width in [1, 16] {
                // each feature for itself, three taps two rows apart: the row before counts
                // once, the row behind ten times
                let mut weight = vec![0; 3 * width * width];
                for i in 0..width {
                    weight[i * width + i] = 1;
                    weight[(2 * width + i) * width + i] = 10;
                }
                let norm = Norm {
                    weight: vec![1.0; width],
                    bias: vec![0.0; width],
                    epsilon: Norm::EPSILON,
                };
                let mix = Mix::new(path, norm, &weight, &vec![1.0; width], vec![0.5; width], 2);
                let rows = 70;
                let x: Vec<f32> = (0..rows * width).map(|i| (i / width) as f32).collect();
                let mut quantised = Quantised::default();
                quantised.fill(path, &x, &mix.smooth);
                let mut out = vec![0.0; x.len()];
                mix.convolve(&quantised, &mut out);
                for (at, got) in out.iter().enumerate() {
                    let row = at / width;
                    let before = row.checked_sub(2).map_or(0.0, |r| r as f32);
                    let behind = if row + 2 < rows {
                        (row + 2) as f32
                    } else {
                        0.0
                    };
                    let expected = before + 10.0 * behind + 0.5;
                    assert!(
                        (got - expected).abs() < 0.2,
                        "{path:?} {row}: {got} {expected}"
                    );
                }
            }
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
