//! Rows in 512-bit vectors. Every function here is called only where [`Path::wide`]
//! holds and the width is a multiple of 16; elements behind a last whole vector would
//! be left as they are.
//!
//! [`Path::wide`]: crate::product::Path::wide

use std::arch::x86_64::{
    __m512, __m512i, _mm_storeu_si128, _mm512_add_epi32, _mm512_add_ps, _mm512_cvtepi32_ps,
    _mm512_cvtps_epi32, _mm512_cvtusepi32_epi8, _mm512_fmadd_ps, _mm512_fnmadd_ps, _mm512_loadu_ps,
    _mm512_loadu_si512, _mm512_max_epi32, _mm512_max_ps, _mm512_min_ps, _mm512_mul_ps,
    _mm512_reduce_add_ps, _mm512_reduce_max_ps, _mm512_reduce_min_ps, _mm512_set1_epi32,
    _mm512_set1_ps, _mm512_setzero_ps, _mm512_setzero_si512, _mm512_storeu_ps, _mm512_sub_ps,
};

use super::{Columns, Finish, NormRef, Quantised, Target};
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

pub(super) fn extremes(x: &[f32], smooth: &[f32]) -> (f32, f32) {
    wide!(extremes_wide(x, smooth))
}

#[target_feature(enable = "avx512f")]
fn extremes_wide(x: &[f32], smooth: &[f32]) -> (f32, f32) {
    let (mut low, mut high) = (_mm512_setzero_ps(), _mm512_setzero_ps());
    for (x, smooth) in vectors(x).iter().zip(vectors(smooth)) {
        let value = _mm512_mul_ps(load(x), load(smooth));
        low = _mm512_min_ps(low, value);
        high = _mm512_max_ps(high, value);
    }
    (_mm512_reduce_min_ps(low), _mm512_reduce_max_ps(high))
}

pub(super) fn quantise(x: &[f32], smooth: &[f32], inverse: f32, zero: f32, out: &mut [u8]) {
    wide!(quantise_wide(x, smooth, inverse, zero, out));
}

#[target_feature(enable = "avx512f")]
fn quantise_wide(x: &[f32], smooth: &[f32], inverse: f32, zero: f32, out: &mut [u8]) {
    let (inverse, zero) = (_mm512_set1_ps(inverse), _mm512_set1_epi32(zero as i32));
    let parts = vectors(x).iter().zip(vectors(smooth));
    for ((x, smooth), out) in parts.zip(out.as_chunks_mut::<LANES>().0) {
        let value = _mm512_mul_ps(_mm512_mul_ps(load(x), load(smooth)), inverse);
        let value = _mm512_add_epi32(_mm512_cvtps_epi32(value), zero);
        let bytes = _mm512_cvtusepi32_epi8(_mm512_max_epi32(value, _mm512_setzero_si512()));
        // SAFETY: 16 bytes are written
        #[allow(unsafe_code, reason = "stores take a pointer")]
        unsafe {
            _mm_storeu_si128(out.as_mut_ptr().cast(), bytes);
        }
    }
}

pub(super) fn normalise(x: &mut [f32], norm: NormRef) {
    wide!(normalise_wide(x, norm));
}

#[target_feature(enable = "avx512f")]
fn normalise_wide(x: &mut [f32], norm: NormRef) {
    let width = x.len() as f32;
    let mut sum = [_mm512_setzero_ps(); 2];
    for (index, x) in vectors(x).iter().enumerate() {
        sum[index % 2] = _mm512_add_ps(sum[index % 2], load(x));
    }
    let mean = _mm512_set1_ps(_mm512_reduce_add_ps(_mm512_add_ps(sum[0], sum[1])) / width);
    let mut squares = [_mm512_setzero_ps(); 2];
    for (index, x) in vectors(x).iter().enumerate() {
        let off = _mm512_sub_ps(load(x), mean);
        squares[index % 2] = _mm512_fmadd_ps(off, off, squares[index % 2]);
    }
    let variance = _mm512_reduce_add_ps(_mm512_add_ps(squares[0], squares[1])) / width;
    let scale = _mm512_set1_ps(1.0 / (variance + norm.epsilon).sqrt());
    let parts = vectors(norm.weight).iter().zip(vectors(norm.bias));
    for (x, (weight, bias)) in vectors_mut(x).iter_mut().zip(parts) {
        let value = _mm512_mul_ps(_mm512_sub_ps(load(x), mean), scale);
        store(x, _mm512_fmadd_ps(value, load(weight), load(bias)));
    }
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
    let outputs = columns.bias.len();
    for column in block.columns.clone().step_by(2 * LANES) {
        // a panel has one vector or two
        let range = column..(column + 2 * LANES).min(block.columns.end);
        let scales = vectors(&columns.scales[range.clone()]);
        let sums = vectors(&columns.sums[range.clone()]);
        let bias = vectors(&columns.bias[range.clone()]);
        let offset = column - block.columns.start;
        for (row, values) in block.rows.clone().zip(block.values.chunks(block.stride)) {
            let start = (row - target.first) * outputs + column;
            let out = vectors_mut(&mut target.out[start..start + range.len()]);
            let values = values[offset..offset + range.len()].as_chunks().0;
            let scale = _mm512_set1_ps(x.scales[row]);
            let zero = _mm512_set1_ps(x.zeros[row]);
            for (at, (out, value)) in out.iter_mut().zip(values).enumerate() {
                let value = _mm512_cvtepi32_ps(load_integers(value));
                let value = _mm512_fnmadd_ps(zero, load(&sums[at]), value);
                let scale = _mm512_mul_ps(scale, load(&scales[at]));
                let value = _mm512_fmadd_ps(value, scale, load(&bias[at]));
                let old = if ADD { load(out) } else { _mm512_setzero_ps() };
                store(
                    out,
                    if ADD {
                        _mm512_add_ps(old, value)
                    } else {
                        value
                    },
                );
            }
        }
    }
}
