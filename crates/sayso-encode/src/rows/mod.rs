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

/// One of the rows, to be filled.
pub(crate) struct QuantisedRow<'a> {
    pub bytes: &'a mut [u8],
    pub scale: &'a mut f32,
    pub zero: &'a mut f32,
}

impl Quantised {
    fn resize(&mut self, rows: usize, width: usize) {
        self.bytes.resize(rows, width);
        self.scales.resize(rows, 0.0);
        self.zeros.resize(rows, 0.0);
    }

    fn rows(&mut self) -> impl Iterator<Item = QuantisedRow<'_>> {
        let numbers = self.scales.iter_mut().zip(&mut self.zeros);
        let rows = self.bytes.rows_mut().zip(numbers);
        rows.map(|(bytes, (scale, zero))| QuantisedRow { bytes, scale, zero })
    }

    /// Quantises rows, each feature multiplied by its factor in `smooth` before: a few
    /// features of a Transformer are far larger than the rest, and the factors, folded
    /// into the weights behind, keep them from coarsening the whole row (`SmoothQuant`,
    /// Xiao et al. 2023).
    pub(crate) fn fill(&mut self, path: Path, x: &[f32], smooth: &[f32]) {
        self.resize(x.len() / smooth.len(), smooth.len());
        #[cfg(target_arch = "x86_64")]
        if wide(path, smooth.len()) {
            return avx512::fill(x, smooth, self);
        }
        for (x, mut out) in x.chunks_exact(smooth.len()).zip(self.rows()) {
            portable::quantise(x, smooth, &mut out);
        }
    }

    /// The same of the Gaussian error linear unit of `x`, which takes its place there.
    pub(crate) fn fill_gelu(&mut self, path: Path, x: &mut [f32], smooth: &[f32]) {
        #[cfg(target_arch = "x86_64")]
        if wide(path, smooth.len()) {
            self.resize(x.len() / smooth.len(), smooth.len());
            return avx512::fill_gelu(x, smooth, self);
        }
        portable::gelu(x);
        self.fill(path, x, smooth);
    }

    /// The same of normalised rows, which take their place in `x`.
    pub(crate) fn fill_norm(&mut self, path: Path, x: &mut [f32], norm: NormRef, smooth: &[f32]) {
        #[cfg(target_arch = "x86_64")]
        if wide(path, smooth.len()) {
            self.resize(x.len() / smooth.len(), smooth.len());
            return avx512::fill_norm(x, norm, smooth, self);
        }
        portable::normalise(x, norm);
        self.fill(path, x, smooth);
    }
}

/// The scale and the zero point of a row whose values lie between these and zero.
#[inline]
fn scale_and_zero(low: f32, high: f32) -> (f32, f32) {
    let (low, high) = (low.min(0.0), high.max(0.0));
    let scale = ((high - low) / 255.0).max(f32::MIN_POSITIVE);
    // within 0…255: low is not above zero, high not below
    (scale, (-low / scale).round_ties_even().clamp(0.0, 255.0))
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

/// Normalises rows as wide as the norm, in place.
pub(crate) fn normalise(path: Path, x: &mut [f32], norm: NormRef) {
    #[cfg(target_arch = "x86_64")]
    if wide(path, norm.weight.len()) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Φ by the series that has only positive terms.
    fn defined_gelu(x: f64) -> f64 {
        let (mut term, mut sum) = (x, 0.0);
        for k in 0..200 {
            sum += term;
            term *= x * x / f64::from(2 * k + 3);
        }
        let density = (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
        x * (0.5 + density * sum)
    }

    #[test]
    fn the_error_linear_unit_is_that_of_the_definition_on_every_path() {
        let x: Vec<f32> = (-8000..8000).map(|i| i as f32 / 1000.0).collect();
        for path in Path::available() {
            let (mut got, mut added) = (x.clone(), x.clone());
            gelu(path, &mut got);
            add_gelu(path, &mut added, &mut x.clone());
            for ((x, got), added) in x.iter().zip(got).zip(added) {
                let expected = defined_gelu(f64::from(*x)) as f32;
                assert!(
                    (got - expected).abs() < 3e-6,
                    "{path:?} {x}: {got} {expected}"
                );
                assert!((added - x - expected).abs() < 4e-6, "{path:?} {x}: {added}");
            }
        }
    }

    #[test]
    fn large_and_odd_numbers_pass_the_error_linear_unit() {
        for path in Path::available() {
            let mut x = [0.0_f32; 16];
            x[..4].copy_from_slice(&[1e30, -1e30, 1e-30, -100.0]);
            gelu(path, &mut x);
            assert!(
                (x[0] / 1e30 - 1.0).abs() < 1e-5 && x[1].abs() < 1e24,
                "{path:?} {x:?}"
            );
            assert!(x[2..].iter().all(|v| v.abs() < 1e-4), "{path:?} {x:?}");
        }
    }

    fn numbers(count: usize) -> impl Strategy<Value = Vec<f32>> {
        prop::collection::vec(-20.0_f32..20.0, count)
    }

    proptest! {
        #[test]
        fn every_path_quantises_to_the_same_bytes(
            (width, x, smooth) in (1_usize..12).prop_flat_map(|w| {
                let width = 16 * w;
                (Just(width), numbers(3 * width), numbers(width))
            }),
        ) {
            let by = |path: Path| {
                let mut out = Quantised::default();
                out.fill(path, &x, &smooth);
                let bytes: Vec<Vec<u8>> = out.bytes.rows_mut().map(|r| r.to_vec()).collect();
                (bytes, out.scales, out.zeros)
            };
            let expected = by(Path::available()[Path::available().len() - 1]);
            for path in Path::available() {
                prop_assert_eq!(&by(path), &expected, "{:?} {}", path, width);
            }
        }

        #[test]
        fn every_path_normalises_alike(
            (x, weight, bias) in (1_usize..12)
                .prop_flat_map(|w| (numbers(2 * 16 * w), numbers(16 * w), numbers(16 * w))),
        ) {
            let norm = NormRef { weight: &weight, bias: &bias, epsilon: 1e-5 };
            let by = |path: Path| {
                let mut out = x.clone();
                normalise(path, &mut out, norm);
                out
            };
            let expected = by(Path::available()[Path::available().len() - 1]);
            for path in Path::available() {
                for (got, expected) in by(path).iter().zip(&expected) {
                    prop_assert!((got - expected).abs() < 1e-3, "{path:?}: {got} {expected}");
                }
            }
        }

        #[test]
        fn every_path_scales_back_alike(
            (columns, values) in (1_usize..6).prop_flat_map(|w| {
                (Just(16 * w), prop::collection::vec(-1_000_000_i32..1_000_000, 4 * 16 * w))
            }),
            numbers in numbers(3 * 96),
        ) {
            let part = |at: usize| numbers[at * columns..(at + 1) * columns].to_vec();
            let fitted = Columns { scales: part(0), bias: part(1), sums: part(2) };
            let mut x = Quantised::default();
            x.resize(6, 16);
            x.scales.fill(0.01);
            x.zeros.fill(7.0);
            let block = Block { rows: 2..6, columns: 0..columns, values: &values, stride: columns };
            for finish in [Finish::Store, Finish::Add] {
                let by = |path: Path| {
                    let mut out = vec![1.0; 5 * columns];
                    let mut target = Target { out: &mut out, first: 1, finish };
                    dequantise(path, &block, &x, &fitted, &mut target);
                    out
                };
                let expected = by(Path::available()[Path::available().len() - 1]);
                for path in Path::available() {
                    for (got, expected) in by(path).iter().zip(&expected) {
                        let allowed = 1e-5 * expected.abs() + 1e-3;
                        prop_assert!((got - expected).abs() < allowed, "{path:?}: {got} {expected}");
                    }
                }
            }
        }
    }
}
