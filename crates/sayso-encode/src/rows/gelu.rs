//! The Gaussian error linear unit in 512-bit vectors: `x·Φ(x) = x/2 + |x|·(Φ(|x|) - 1/2)`,
//! with `Φ - 1/2` as a cubic in each of 32 intervals, whose coefficients two registers
//! apiece hold. It is within 5e-7 of the definition.

use std::arch::x86_64::{
    __m512, _mm512_abs_ps, _mm512_add_ps, _mm512_castps_si512, _mm512_fmadd_ps, _mm512_fmsub_ps,
    _mm512_min_ps, _mm512_mul_ps, _mm512_permutex2var_ps, _mm512_set1_ps, _mm512_setzero_ps,
    _mm512_sub_ps,
};
use std::f64::consts::PI;
use std::sync::LazyLock;

use super::avx512::{LANES, load, store, vectors, vectors_mut, wide};

const INTERVALS: usize = 2 * LANES;
/// Width of an interval; the middles are its multiples.
const WIDTH: f64 = 0.18;
/// Beyond this `Φ` is 1 to the precision of a float.
const END: f32 = (WIDTH * (INTERVALS as f64 - 0.51)) as f32;
/// Added to a small number it leaves the nearest integer in the lowest bits.
const ROUND: f32 = (3_u32 << 22) as f32;

/// Coefficients of the powers of the distance from an interval's middle, in intervals.
static TABLE: LazyLock<[[f32; INTERVALS]; 4]> = LazyLock::new(|| {
    let cubics: [[f64; 4]; INTERVALS] = std::array::from_fn(|i| cubic(i as f64 * WIDTH));
    std::array::from_fn(|power| cubics.map(|c| c[power] as f32))
});

/// Taylor's series at the middle up to the fourth power, which is then put in terms of
/// the lower ones as evenly as an interval allows (Chebyshev).
fn cubic(middle: f64) -> [f64; 4] {
    let density = (-middle * middle / 2.0).exp() / (2.0 * PI).sqrt();
    // Φ - 1/2 = φ · (x + x³/3 + x⁵/(3·5) + …)
    let (mut term, mut sum) = (middle, 0.0);
    for k in 0..80 {
        sum += term;
        term *= middle * middle / f64::from(2 * k + 3);
    }
    let (m2, h) = (middle * middle, WIDTH);
    let fourth = density * (3.0 * middle - m2 * middle) / 24.0 * h.powi(4);
    [
        density * sum - fourth / 128.0,
        density * h,
        -density * middle / 2.0 * h * h + fourth / 4.0,
        density * (m2 - 1.0) / 6.0 * h.powi(3),
    ]
}

/// The table in registers.
pub(super) struct Gelu([[__m512; 2]; 4]);

impl Gelu {
    #[inline]
    #[target_feature(enable = "avx512f")]
    pub(super) fn new() -> Self {
        let mut out = [[_mm512_setzero_ps(); 2]; 4];
        for (out, powers) in out.iter_mut().zip(&*TABLE) {
            for (out, values) in out.iter_mut().zip(vectors(powers)) {
                *out = load(values);
            }
        }
        Self(out)
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq")]
    pub(super) fn apply(&self, x: __m512) -> __m512 {
        let size = _mm512_abs_ps(x);
        let inside = _mm512_min_ps(size, _mm512_set1_ps(END));
        let (inverse, round) = (_mm512_set1_ps((1.0 / WIDTH) as f32), _mm512_set1_ps(ROUND));
        let number = _mm512_fmadd_ps(inside, inverse, round);
        let off = _mm512_fmsub_ps(inside, inverse, _mm512_sub_ps(number, round));
        let index = _mm512_castps_si512(number);
        let [c0, c1, c2, c3] = self.0.map(|[a, b]| _mm512_permutex2var_ps(a, index, b));
        let value = _mm512_fmadd_ps(c3, off, c2);
        let value = _mm512_fmadd_ps(value, off, c1);
        let value = _mm512_fmadd_ps(value, off, c0);
        _mm512_fmadd_ps(size, value, _mm512_mul_ps(x, _mm512_set1_ps(0.5)))
    }
}

pub(super) fn gelu(x: &mut [f32]) {
    wide!(gelu_wide(x));
}

#[target_feature(enable = "avx512f,avx512dq")]
fn gelu_wide(x: &mut [f32]) {
    let gelu = Gelu::new();
    for x in vectors_mut(x) {
        store(x, gelu.apply(load(x)));
    }
}

/// Added to `z`.
pub(super) fn add_gelu(z: &mut [f32], x: &[f32]) {
    wide!(add_gelu_wide(z, x));
}

#[target_feature(enable = "avx512f,avx512dq")]
fn add_gelu_wide(z: &mut [f32], x: &[f32]) {
    let gelu = Gelu::new();
    for (z, x) in vectors_mut(z).iter_mut().zip(vectors(x)) {
        store(z, _mm512_add_ps(load(z), gelu.apply(load(x))));
    }
}
