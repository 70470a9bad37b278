//! Powers of two of scores, in 512-bit vectors, as split floats.

use std::arch::x86_64::{
    __m512, _mm512_add_epi32, _mm512_add_ps, _mm512_castps_si512, _mm512_castsi512_ps,
    _mm512_fmadd_ps, _mm512_mask_blend_ps, _mm512_max_ps, _mm512_reduce_add_ps,
    _mm512_reduce_max_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_slli_epi32, _mm512_sub_ps,
};

use super::split;
use crate::rows::avx512::{load, store, vectors_mut};

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

/// Scores that are this far below the greatest weigh nothing. Powers much smaller than
/// this one's would leave rests that processors add up slowly (subnormal numbers).
const LEAST: f32 = -90.0;

/// `2^(x - top)` for a whole number `top`; `shift` is [`ROUND`] less `top`.
#[inline]
#[target_feature(enable = "avx512f")]
fn power_of_two(x: __m512, shift: __m512) -> __m512 {
    let number = _mm512_add_ps(x, shift);
    let off = _mm512_sub_ps(x, _mm512_sub_ps(number, shift));
    let mut value = _mm512_set1_ps(POWERS[0]);
    for factor in &POWERS[1..] {
        value = _mm512_fmadd_ps(value, off, _mm512_set1_ps(*factor));
    }
    let exponent = _mm512_slli_epi32::<23>(_mm512_castps_si512(number));
    _mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(value), exponent))
}

/// Of one row of scores, a multiple of 32 of them: in their place 2 to the power of each,
/// less the greatest, as split floats, for every 32 the upper parts and then the lower;
/// gives the sum of the powers. Of the last 32 the first `last` count.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn powers(scores: &mut [f32], last: usize) -> f32 {
    let Some((end, scores)) = vectors_mut(scores).as_chunks_mut::<2>().0.split_last_mut() else {
        return 1.0;
    };
    let mask = u32::MAX >> (32 - last.clamp(1, 32));
    let never = _mm512_set1_ps(f32::MIN);
    let final_two = [
        _mm512_mask_blend_ps(mask as u16, never, load(&end[0])),
        _mm512_mask_blend_ps((mask >> 16) as u16, never, load(&end[1])),
    ];
    let mut top = final_two;
    for [left, right] in scores.iter() {
        top[0] = _mm512_max_ps(top[0], load(left));
        top[1] = _mm512_max_ps(top[1], load(right));
    }
    // a whole number leaves the fractions of the scores as they are
    let top = _mm512_reduce_max_ps(_mm512_max_ps(top[0], top[1])).ceil();
    let (floor, shift) = (_mm512_set1_ps(top + LEAST), _mm512_set1_ps(ROUND - top));
    let mut sum = [_mm512_setzero_ps(); 2];
    let mut take = |a: __m512, b: __m512, out: &mut [_; 2]| {
        let a = power_of_two(_mm512_max_ps(a, floor), shift);
        let b = power_of_two(_mm512_max_ps(b, floor), shift);
        sum = [_mm512_add_ps(sum[0], a), _mm512_add_ps(sum[1], b)];
        let [upper, lower] = split::row(a, b);
        store(&mut out[0], _mm512_castsi512_ps(upper));
        store(&mut out[1], _mm512_castsi512_ps(lower));
    };
    for two in scores {
        take(load(&two[0]), load(&two[1]), two);
    }
    take(final_two[0], final_two[1], end);
    _mm512_reduce_add_ps(_mm512_add_ps(sum[0], sum[1]))
}
