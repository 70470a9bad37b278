//! What is done to rows of floats between the products. Rows whose width is a multiple
//! of 16 go through 512-bit vectors where the processor has them; all others, and all
//! rows on other processors, through `rten`'s kernels.

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512;
#[cfg(target_arch = "x86_64")]
mod gelu;
mod portable;

use crate::product::{Block, Bytes, Path};

/// Rows of activations as unsigned bytes, with scale and zero point for each.
#[derive(Default)]
pub(crate) struct Quantised {
    pub(crate) bytes: Bytes,
    pub(crate) scales: Vec<f32>,
    pub(crate) zeros: Vec<f32>,
}

/// A layer norm's scale and shift for each feature.
#[derive(Clone, Copy)]
pub(crate) struct NormRef<'a> {
    pub weight: &'a [f32],
    pub bias: &'a [f32],
    pub epsilon: f32,
}

/// How integers of a product become floats: `(value - zero · sum) · scale + bias`, with
/// a scale of the row too.
pub(crate) struct Columns {
    pub scales: Vec<f32>,
    pub bias: Vec<f32>,
    /// Of each output's weights; what an activation's zero point adds to the product.
    pub sums: Vec<f32>,
}

/// What becomes of a product.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finish {
    /// It is written.
    Store,
    /// It is added to what is there.
    Add,
}

/// Where a block's rows go: to `out`, whose first row is the product's row `first`.
pub(crate) struct Target<'a> {
    pub out: &'a mut [f32],
    pub first: usize,
    pub finish: Finish,
}

fn wide(path: Path, width: usize) -> bool {
    path.wide() && width.is_multiple_of(16)
}

impl Quantised {
    fn resize(&mut self, rows: usize, width: usize) {
        self.bytes.resize(rows, width);
        self.scales.resize(rows, 0.0);
        self.zeros.resize(rows, 0.0);
    }

    /// Quantises rows, each feature multiplied by its factor in `smooth` before: a few
    /// features of a Transformer are far larger than the rest, and the factors, folded
    /// into the weights behind, keep them from coarsening the whole row (`SmoothQuant`,
    /// Xiao et al. 2023).
    pub(crate) fn fill(&mut self, path: Path, x: &[f32], smooth: &[f32]) {
        self.resize(x.len() / smooth.len(), smooth.len());
        for (row, x) in x.chunks_exact(smooth.len()).enumerate() {
            let extremes = extremes(path, x, smooth);
            self.set(path, row, x, smooth, extremes);
        }
    }

    /// The same of the Gaussian error linear unit of `x`, which takes its place there.
    pub(crate) fn fill_gelu(&mut self, path: Path, x: &mut [f32], smooth: &[f32]) {
        self.resize(x.len() / smooth.len(), smooth.len());
        for (row, x) in x.chunks_exact_mut(smooth.len()).enumerate() {
            let extremes = gelu_extremes(path, x, smooth);
            self.set(path, row, x, smooth, extremes);
        }
    }

    /// The same of normalised rows, which take their place in `x`.
    pub(crate) fn fill_norm(&mut self, path: Path, x: &mut [f32], norm: NormRef, smooth: &[f32]) {
        self.resize(x.len() / smooth.len(), smooth.len());
        for (row, x) in x.chunks_exact_mut(smooth.len()).enumerate() {
            normalise(path, x, norm);
            let extremes = extremes(path, x, smooth);
            self.set(path, row, x, smooth, extremes);
        }
    }

    fn set(&mut self, path: Path, row: usize, x: &[f32], smooth: &[f32], (low, high): (f32, f32)) {
        let (low, high) = (low.min(0.0), high.max(0.0));
        let scale = ((high - low) / 255.0).max(f32::MIN_POSITIVE);
        // within 0…255: low is not above zero, high not below
        let zero = (-low / scale).round_ties_even().clamp(0.0, 255.0);
        (self.scales[row], self.zeros[row]) = (scale, zero);
        let out = self.bytes.row_mut(row);
        #[cfg(target_arch = "x86_64")]
        if wide(path, x.len()) {
            return avx512::quantise(x, smooth, 1.0 / scale, zero, out);
        }
        portable::quantise(x, smooth, 1.0 / scale, zero, out);
    }
}

/// The least and the greatest of `x · smooth`.
fn extremes(path: Path, x: &[f32], smooth: &[f32]) -> (f32, f32) {
    #[cfg(target_arch = "x86_64")]
    if wide(path, x.len()) {
        return avx512::extremes(x, smooth);
    }
    portable::extremes(x, smooth)
}

/// The Gaussian error linear unit in place, then the least and greatest of `x · smooth`.
fn gelu_extremes(path: Path, x: &mut [f32], smooth: &[f32]) -> (f32, f32) {
    #[cfg(target_arch = "x86_64")]
    if wide(path, x.len()) {
        return gelu::gelu_extremes(x, smooth);
    }
    portable::gelu(x);
    portable::extremes(x, smooth)
}

/// The Gaussian error linear unit, in place.
pub(crate) fn gelu(path: Path, x: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if wide(path, x.len()) {
        return gelu::gelu(x);
    }
    portable::gelu(x);
}

/// Adds the Gaussian error linear unit of `x` to `z`; `x` may be changed.
pub(crate) fn add_gelu(path: Path, z: &mut [f32], x: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if wide(path, x.len()) {
        return gelu::add_gelu(z, x);
    }
    portable::gelu(x);
    z.iter_mut().zip(x).for_each(|(z, x)| *z += *x);
}

/// Normalises one row.
pub(crate) fn normalise(path: Path, x: &mut [f32], norm: NormRef) {
    #[cfg(target_arch = "x86_64")]
    if wide(path, x.len()) {
        return avx512::normalise(x, norm);
    }
    portable::normalise(x, norm);
}

/// Turns a block's integers back to floats.
pub(crate) fn dequantise(
    path: Path,
    block: &Block,
    x: &Quantised,
    columns: &Columns,
    target: &mut Target,
) {
    #[cfg(target_arch = "x86_64")]
    if wide(path, columns.bias.len()) {
        return avx512::dequantise(block, x, columns, target);
    }
    portable::dequantise(block, x, columns, target);
}
