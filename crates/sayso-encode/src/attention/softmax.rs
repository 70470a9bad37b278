//! Powers of two of scores, in 512-bit vectors, as split floats in tiles.

use std::arch::x86_64::{
    __m512, _mm512_add_epi32, _mm512_add_ps, _mm512_castps_si512, _mm512_castsi512_ps,
    _mm512_fmadd_ps, _mm512_max_ps, _mm512_reduce_add_ps, _mm512_reduce_max_ps, _mm512_set1_ps,
    _mm512_setzero_ps, _mm512_slli_epi32, _mm512_sub_ps,
};

use super::split::{self, LANES, TILE};
use crate::rows::avx512::{load, vectors};

/// Added to a small number it leaves the nearest integer in the lowest bits.
const ROUND: f32 = (3_u32 << 22) as f32;

/// Of the powers of x in `2^x` for x within ±1/2, fitted for the least relative error
/// (7.5e-8), highest first.
const POWERS: [f32; 6] = [
    0.001_327_647_2,
    0.009_675_541,
    0.055_507_133,
    0.240_221_2,
    0.693_146_97,
    1.000_000_1,
];

/// `2^x` for x of zero or less; below -126 it is that of -126.
#[inline]
#[target_feature(enable = "avx512f")]
fn power_of_two(x: __m512) -> __m512 {
    let x = _mm512_max_ps(x, _mm512_set1_ps(-126.0));
    let number = _mm512_add_ps(x, _mm512_set1_ps(ROUND));
    let off = _mm512_sub_ps(x, _mm512_sub_ps(number, _mm512_set1_ps(ROUND)));
    let mut value = _mm512_set1_ps(POWERS[0]);
    for factor in &POWERS[1..] {
        value = _mm512_fmadd_ps(value, off, _mm512_set1_ps(*factor));
    }
    let exponent = _mm512_slli_epi32::<23>(_mm512_castps_si512(number));
    _mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(value), exponent))
}

/// Of one row of scores, a multiple of 32 of them: 2 to the power of each, less the
/// greatest, into row `row` of two tiles for every 32; gives their sum.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn powers(scores: &[f32], row: usize, tiles: &mut [[u32; TILE]]) -> f32 {
    let (scores, _) = vectors(scores).as_chunks::<2>();
    let mut top = [_mm512_set1_ps(f32::MIN); 2];
    for [left, right] in scores {
        top[0] = _mm512_max_ps(top[0], load(left));
        top[1] = _mm512_max_ps(top[1], load(right));
    }
    let top = _mm512_set1_ps(_mm512_reduce_max_ps(_mm512_max_ps(top[0], top[1])));
    let mut sum = [_mm512_setzero_ps(); 2];
    for ([left, right], [upper, lower]) in scores.iter().zip(tiles.as_chunks_mut().0) {
        let left = power_of_two(_mm512_sub_ps(load(left), top));
        let right = power_of_two(_mm512_sub_ps(load(right), top));
        sum = [_mm512_add_ps(sum[0], left), _mm512_add_ps(sum[1], right)];
        let parts = split::row(left, right);
        split::store(&mut upper.as_chunks_mut::<LANES>().0[row], parts[0]);
        split::store(&mut lower.as_chunks_mut::<LANES>().0[row], parts[1]);
    }
    _mm512_reduce_add_ps(_mm512_add_ps(sum[0], sum[1]))
}
