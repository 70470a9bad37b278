//! Rows in 512-bit vectors. Every function here is called only where [`Path::wide`]
//! holds and the width is a multiple of 16; elements behind a last whole vector would
//! be left as they are.
//!
//! [`Path::wide`]: crate::product::Path::wide

use std::arch::x86_64::{
    __m512, __m512i, _mm_storeu_si128, _mm512_add_epi32, _mm512_add_ps, _mm512_cvtepi32_ps,
    _mm512_cvtps_epi32, _mm512_cvtusepi32_epi8, _mm512_fmadd_ps, _mm512_fnmadd_ps, _mm512_loadu_ps,
    _mm512_loadu_si512, _mm512_max_epi32, _mm512_max_ps, _mm512_min_ps, _mm512_mul_ps,
    _mm512_packs_epi32, _mm512_packus_epi16, _mm512_permutexvar_epi32, _mm512_reduce_add_ps,
    _mm512_reduce_max_ps, _mm512_reduce_min_ps, _mm512_set1_epi32, _mm512_set1_ps,
    _mm512_setr_epi32, _mm512_setzero_ps, _mm512_setzero_si512, _mm512_storeu_ps,
    _mm512_storeu_si512, _mm512_sub_ps,
};

use super::gelu::Gelu;
use super::{Columns, Finish, NormRef, Quantised, QuantisedRow, Target, scale_and_zero};
use crate::product::Block;

/// Floats in a vector.
pub(crate) const LANES: usize = 16;

/// Calls a function that needs the instruction set.
macro_rules! wide {
    ($call:expr) => {{
        // SAFETY: only called where `Path::wide` holds, so the processor has the instructions
        #[allow(unsafe_code, reason = "the instruction set was asked for")]
        unsafe {
            $call
        }
    }};
}
pub(crate) use wide;

#[inline]
#[target_feature(enable = "avx512f")]
pub(crate) fn load(x: &[f32; LANES]) -> __m512 {
    // SAFETY: 16 floats are read
    #[allow(unsafe_code, reason = "loads take a pointer")]
    unsafe {
        _mm512_loadu_ps(x.as_ptr())
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
pub(crate) fn store(out: &mut [f32; LANES], x: __m512) {
    // SAFETY: 16 floats are written
    #[allow(unsafe_code, reason = "stores take a pointer")]
    unsafe {
        _mm512_storeu_ps(out.as_mut_ptr(), x);
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load_integers(x: &[i32; LANES]) -> __m512i {
    // SAFETY: 16 integers are read
    #[allow(unsafe_code, reason = "loads take a pointer")]
    unsafe {
        _mm512_loadu_si512(x.as_ptr().cast())
    }
}

/// Vectors of a slice; whole ones only.
#[inline]
pub(crate) fn vectors(x: &[f32]) -> &[[f32; LANES]] {
    x.as_chunks().0
}

/// The same to write to.
#[inline]
pub(crate) fn vectors_mut(x: &mut [f32]) -> &mut [[f32; LANES]] {
    x.as_chunks_mut().0
}

/// The least and the greatest of what passes, zero with them.
struct Extremes {
    low: __m512,
    high: __m512,
}

impl Extremes {
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn new() -> Self {
        Self {
            low: _mm512_setzero_ps(),
            high: _mm512_setzero_ps(),
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn pass(&mut self, x: __m512) {
        self.low = _mm512_min_ps(self.low, x);
        self.high = _mm512_max_ps(self.high, x);
    }
}

/// What passes by turns, so that no value has to wait for the one before.
#[inline]
#[target_feature(enable = "avx512f")]
fn together(all: [Extremes; 4]) -> (f32, f32) {
    let [a, b, c, d] = all;
    let low = _mm512_min_ps(_mm512_min_ps(a.low, b.low), _mm512_min_ps(c.low, d.low));
    let high = _mm512_max_ps(_mm512_max_ps(a.high, b.high), _mm512_max_ps(c.high, d.high));
    (_mm512_reduce_min_ps(low), _mm512_reduce_max_ps(high))
}

/// See [`Quantised::fill`].
pub(super) fn fill(x: &[f32], smooth: &[f32], out: &mut Quantised) {
    wide!(fill_wide(x, smooth, out));
}

#[target_feature(enable = "avx512f,avx512bw")]
fn fill_wide(x: &[f32], smooth: &[f32], out: &mut Quantised) {
    for (x, mut out) in x.chunks_exact(smooth.len()).zip(out.rows()) {
        quantise(x, smooth, extremes(x, smooth), &mut out);
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn extremes(x: &[f32], smooth: &[f32]) -> (f32, f32) {
    let mut all = std::array::from_fn::<_, 4, _>(|_| Extremes::new());
    let (fours, rest) = vectors(x).as_chunks::<4>();
    let (smooth_fours, smooth_rest) = vectors(smooth).as_chunks::<4>();
    for (x, smooth) in fours.iter().zip(smooth_fours) {
        for i in 0..4 {
            all[i].pass(_mm512_mul_ps(load(&x[i]), load(&smooth[i])));
        }
    }
    for (x, smooth) in rest.iter().zip(smooth_rest) {
        all[0].pass(_mm512_mul_ps(load(x), load(smooth)));
    }
    together(all)
}

/// Quantises a row whose values lie between the extremes.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn quantise(x: &[f32], smooth: &[f32], (low, high): (f32, f32), out: &mut QuantisedRow) {
    let (scale, zero) = scale_and_zero(low, high);
    (*out.scale, *out.zero) = (scale, zero);
    let (inverse, zero) = (_mm512_set1_ps(1.0 / scale), _mm512_set1_epi32(zero as i32));
    let integers = |x: &_, smooth: &_| {
        let value = _mm512_mul_ps(_mm512_mul_ps(load(x), load(smooth)), inverse);
        _mm512_add_epi32(_mm512_cvtps_epi32(value), zero)
    };
    let (fours, rest) = vectors(x).as_chunks::<4>();
    let (smooth_fours, smooth_rest) = vectors(smooth).as_chunks::<4>();
    let (lines, bytes) = out.bytes.as_chunks_mut::<{ 4 * LANES }>();
    // packing goes by quarters of a vector; this puts them in order
    let order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    for ((x, smooth), out) in fours.iter().zip(smooth_fours).zip(lines) {
        let upper = _mm512_packs_epi32(integers(&x[0], &smooth[0]), integers(&x[1], &smooth[1]));
        let lower = _mm512_packs_epi32(integers(&x[2], &smooth[2]), integers(&x[3], &smooth[3]));
        let bytes = _mm512_permutexvar_epi32(order, _mm512_packus_epi16(upper, lower));
        // SAFETY: 64 bytes are written
        #[allow(unsafe_code, reason = "stores take a pointer")]
        unsafe {
            _mm512_storeu_si512(out.as_mut_ptr().cast(), bytes);
        }
    }
    let bytes = bytes.as_chunks_mut::<LANES>().0;
    for ((x, smooth), out) in rest.iter().zip(smooth_rest).zip(bytes) {
        let value = _mm512_max_epi32(integers(x, smooth), _mm512_setzero_si512());
        // SAFETY: 16 bytes are written
        #[allow(unsafe_code, reason = "stores take a pointer")]
        unsafe {
            _mm_storeu_si128(out.as_mut_ptr().cast(), _mm512_cvtusepi32_epi8(value));
        }
    }
}

/// See [`Quantised::fill_gelu`].
pub(super) fn fill_gelu(x: &mut [f32], smooth: &[f32], out: &mut Quantised) {
    wide!(fill_gelu_wide(x, smooth, out));
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq")]
fn fill_gelu_wide(x: &mut [f32], smooth: &[f32], out: &mut Quantised) {
    let gelu = Gelu::new();
    for (x, mut out) in x.chunks_exact_mut(smooth.len()).zip(out.rows()) {
        let mut all = std::array::from_fn::<_, 4, _>(|_| Extremes::new());
        for (x, smooth) in vectors_mut(x).iter_mut().zip(vectors(smooth)) {
            let value = gelu.apply(load(x));
            store(x, value);
            all[0].pass(_mm512_mul_ps(value, load(smooth)));
        }
        quantise(x, smooth, together(all), &mut out);
    }
}

/// See [`Quantised::fill_norm`].
pub(super) fn fill_norm(x: &mut [f32], norm: NormRef, smooth: &[f32], out: &mut Quantised) {
    wide!(fill_norm_wide(x, norm, smooth, out));
}

#[target_feature(enable = "avx512f,avx512bw")]
fn fill_norm_wide(x: &mut [f32], norm: NormRef, smooth: &[f32], out: &mut Quantised) {
    for (x, mut out) in x.chunks_exact_mut(smooth.len()).zip(out.rows()) {
        normalise_row(x, norm);
        quantise(x, smooth, extremes(x, smooth), &mut out);
    }
}

/// Normalises rows as wide as the norm.
pub(super) fn normalise(x: &mut [f32], norm: NormRef) {
    wide!(normalise_wide(x, norm));
}

#[target_feature(enable = "avx512f")]
fn normalise_wide(x: &mut [f32], norm: NormRef) {
    for x in x.chunks_exact_mut(norm.weight.len()) {
        normalise_row(x, norm);
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn normalise_row(x: &mut [f32], norm: NormRef) {
    let width = x.len() as f32;
    let mean = sum(x, |x| x) / width;
    let middle = _mm512_set1_ps(mean);
    let square = |x| {
        let off = _mm512_sub_ps(x, middle);
        _mm512_mul_ps(off, off)
    };
    let scale = 1.0 / (sum(x, square) / width + norm.epsilon).sqrt();
    let scale = _mm512_set1_ps(scale);
    let parts = vectors(norm.weight).iter().zip(vectors(norm.bias));
    for (x, (weight, bias)) in vectors_mut(x).iter_mut().zip(parts) {
        let value = _mm512_mul_ps(_mm512_sub_ps(load(x), middle), scale);
        store(x, _mm512_fmadd_ps(value, load(weight), load(bias)));
    }
}

/// The sum of what `f` makes of a row's vectors, by four sums so that none has to wait.
#[inline]
#[target_feature(enable = "avx512f")]
fn sum(x: &[f32], f: impl Fn(__m512) -> __m512) -> f32 {
    let mut sums = [_mm512_setzero_ps(); 4];
    let (fours, rest) = vectors(x).as_chunks::<4>();
    for x in fours {
        for i in 0..4 {
            sums[i] = _mm512_add_ps(sums[i], f(load(&x[i])));
        }
    }
    for x in rest {
        sums[0] = _mm512_add_ps(sums[0], f(load(x)));
    }
    let [left, right] = [0, 2].map(|i| _mm512_add_ps(sums[i], sums[i + 1]));
    _mm512_reduce_add_ps(_mm512_add_ps(left, right))
}

pub(super) fn dequantise(block: &Block, x: &Quantised, columns: &Columns, target: &mut Target) {
    match target.finish {
        Finish::Store => wide!(dequantise_wide::<false>(block, x, columns, target)),
        Finish::Add => wide!(dequantise_wide::<true>(block, x, columns, target)),
    }
}

#[target_feature(enable = "avx512f")]
fn dequantise_wide<const ADD: bool>(
    block: &Block,
    x: &Quantised,
    columns: &Columns,
    target: &mut Target,
) {
    let mut column = block.columns.start;
    while column + 2 * LANES <= block.columns.end {
        dequantise_columns::<ADD, 2>(block, column, x, columns, target);
        column += 2 * LANES;
    }
    if column < block.columns.end {
        dequantise_columns::<ADD, 1>(block, column, x, columns, target);
    }
}

/// `N` vectors of each of a block's rows.
#[inline]
#[target_feature(enable = "avx512f")]
fn dequantise_columns<const ADD: bool, const N: usize>(
    block: &Block,
    column: usize,
    x: &Quantised,
    columns: &Columns,
    target: &mut Target,
) {
    let outputs = columns.bias.len();
    let of = |all: &[f32]| {
        let part = vectors(&all[column..column + N * LANES]);
        std::array::from_fn::<_, N, _>(|i| load(&part[i]))
    };
    let (scales, sums, bias) = (of(&columns.scales), of(&columns.sums), of(&columns.bias));
    let start = (block.rows.start - target.first) * outputs + column;
    let out = target.out[start..].chunks_mut(outputs);
    let values = block.values[column - block.columns.start..].chunks(block.stride);
    let rows = block.rows.clone();
    let of_rows = x.scales[rows.clone()].iter().zip(&x.zeros[rows]);
    for ((out, values), (scale, zero)) in out.zip(values).zip(of_rows) {
        let (scale, zero) = (_mm512_set1_ps(*scale), _mm512_set1_ps(*zero));
        let out = vectors_mut(&mut out[..N * LANES]);
        let (values, _) = values[..N * LANES].as_chunks();
        for i in 0..N {
            let value = _mm512_cvtepi32_ps(load_integers(&values[i]));
            let value = _mm512_fnmadd_ps(zero, sums[i], value);
            let value = _mm512_fmadd_ps(value, _mm512_mul_ps(scale, scales[i]), bias[i]);
            let value = if ADD {
                _mm512_add_ps(load(&out[i]), value)
            } else {
                value
            };
            store(&mut out[i], value);
        }
    }
}
