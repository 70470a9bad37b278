//! Linear maps with 8-bit weights: activations are quantised row by row, the product
//! is of integers (exact, so the same on every processor), then scaled back.

use std::ops::Range;

use crate::product::{Matrix, Path};
use crate::rows::{self, Columns, Finish, Quantised, Target};
use crate::weights::{Weights, WeightsError};

/// `x · W + b`; `W` has 7-bit weights and a scale for each output.
pub(crate) struct Int8Linear {
    matrix: Matrix,
    columns: Columns,
}

impl Int8Linear {
    /// From the sections `NAME.weight` (inputs × outputs), `NAME.scale` and `NAME.bias`.
    pub(crate) fn load(
        weights: &Weights,
        path: Path,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, WeightsError> {
        let bytes = weights.signed(&format!("{name}.weight"), &[inputs, outputs])?;
        let signed: Vec<i8> = bytes.iter().map(|b| b.cast_signed()).collect();
        let scales = weights.floats(&format!("{name}.scale"), &[outputs])?;
        let bias = weights.floats(&format!("{name}.bias"), &[outputs])?;
        Ok(Self::new(path, &signed, inputs, scales, bias))
    }

    pub(crate) fn new(
        path: Path,
        weight: &[i8],
        inputs: usize,
        scales: Vec<f32>,
        bias: Vec<f32>,
    ) -> Self {
        let mut sums = vec![0.0; bias.len()];
        for row in weight.chunks_exact(bias.len()) {
            sums.iter_mut()
                .zip(row)
                .for_each(|(sum, &w)| *sum += f32::from(w));
        }
        Self {
            matrix: Matrix::new(path, weight, inputs, bias.len()),
            columns: Columns { scales, bias, sums },
        }
    }

    /// Rows to rows; `out` has as many.
    pub(crate) fn apply(&self, x: &Quantised, out: &mut [f32]) {
        self.finish(x, 0..x.bytes.rows(), out, Finish::Store);
    }

    /// Some of the rows to as many of `out`.
    pub(crate) fn finish(
        &self,
        x: &Quantised,
        rows: Range<usize>,
        out: &mut [f32],
        finish: Finish,
    ) {
        let path = self.matrix.path();
        let first = rows.start;
        let mut target = Target { out, first, finish };
        self.matrix.multiply(&x.bytes, rows, |block| {
            rows::dequantise(path, &block, x, &self.columns, &mut target);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, within ±1.
    fn noise(count: usize, seed: u32) -> Vec<f32> {
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
        for path in Path::available() {
            let mut quantised = Quantised::default();
            quantised.fill(path, &x, &[1.0; 384]);
            let mut got = vec![0.0; rows * outputs];
            Int8Linear::new(path, &weight, inputs, scales.clone(), bias.clone())
                .apply(&quantised, &mut got);
            for row in 0..rows {
                for column in 0..outputs {
                    let product: f32 = (0..inputs)
                        .map(|i| x[row * inputs + i] * f32::from(weight[i * outputs + column]))
                        .sum();
                    let expected = product * scales[column] + bias[column];
                    assert!(
                        (got[row * outputs + column] - expected).abs()
                            < 0.3 + 0.02 * expected.abs(),
                        "{path:?} {row} {column}"
                    );
                }
            }
        }
    }
}
