//! Floats as sums of two 16-bit floats, laid out in tiles. The first has a float's upper
//! half, the second what is then missing, again its upper half: 16 bits of the number
//! stand, where one 16-bit float has 8.

use std::arch::x86_64::{
    __m512, __m512i, _mm512_and_si512, _mm512_castps_si512, _mm512_castsi512_ps,
    _mm512_loadu_si512, _mm512_or_si512, _mm512_permutex2var_epi16, _mm512_set1_epi32,
    _mm512_setzero_si512, _mm512_shuffle_i32x4, _mm512_srli_epi32, _mm512_storeu_si512,
    _mm512_sub_ps, _mm512_unpackhi_epi32, _mm512_unpackhi_epi64, _mm512_unpacklo_epi32,
    _mm512_unpacklo_epi64,
};

/// 32-bit lanes of a tile's row: pairs of 16-bit floats.
pub(super) const LANES: usize = 16;
/// Lanes of a tile.
pub(super) const TILE: usize = 16 * LANES;

/// The words of two vectors that hold the upper halves of their floats.
static UPPER: [u16; 2 * LANES] = {
    let mut out = [0; 2 * LANES];
    let mut at = 0;
    while at < out.len() {
        out[at] = 2 * at as u16 + 1;
        at += 1;
    }
    out
};

/// What `x` lacks where only the upper halves are kept.
#[inline]
#[target_feature(enable = "avx512f")]
fn rest(x: __m512) -> __m512 {
    let upper = _mm512_and_si512(_mm512_castps_si512(x), _mm512_set1_epi32(-0x1_0000));
    _mm512_sub_ps(x, _mm512_castsi512_ps(upper))
}

/// 32 neighbouring floats: the upper parts in order, and the lower.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn row(left: __m512, right: __m512) -> [__m512i; 2] {
    // SAFETY: 64 bytes are read
    #[allow(unsafe_code, reason = "loads take a pointer")]
    let words = unsafe { _mm512_loadu_si512(UPPER.as_ptr().cast()) };
    let take = |left, right| {
        _mm512_permutex2var_epi16(_mm512_castps_si512(left), words, _mm512_castps_si512(right))
    };
    [take(left, right), take(rest(left), rest(right))]
}

/// Two rows of 16 floats, one above the other: pairs of each column, the upper parts and
/// the lower.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn pairs(above: __m512, below: __m512) -> [__m512i; 2] {
    let mask = _mm512_set1_epi32(-0x1_0000);
    let take = |above, below| {
        _mm512_or_si512(
            _mm512_srli_epi32::<16>(_mm512_castps_si512(above)),
            _mm512_and_si512(_mm512_castps_si512(below), mask),
        )
    };
    [take(above, below), take(rest(above), rest(below))]
}

#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn store(out: &mut [u32; LANES], x: __m512i) {
    // SAFETY: 64 bytes are written
    #[allow(unsafe_code, reason = "stores take a pointer")]
    unsafe {
        _mm512_storeu_si512(out.as_mut_ptr().cast(), x);
    }
}

/// Rows to columns, of 32-bit lanes.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn transposed(rows: &[__m512i; LANES]) -> [__m512i; LANES] {
    let zero = _mm512_setzero_si512();
    let (mut a, mut b) = ([zero; LANES], [zero; LANES]);
    // lanes of two rows, then of four, within each quarter of a vector
    for i in 0..LANES / 2 {
        a[2 * i] = _mm512_unpacklo_epi32(rows[2 * i], rows[2 * i + 1]);
        a[2 * i + 1] = _mm512_unpackhi_epi32(rows[2 * i], rows[2 * i + 1]);
    }
    for i in 0..LANES / 4 {
        for j in 0..2 {
            let (upper, lower) = (a[4 * i + j], a[4 * i + j + 2]);
            b[4 * i + 2 * j] = _mm512_unpacklo_epi64(upper, lower);
            b[4 * i + 2 * j + 1] = _mm512_unpackhi_epi64(upper, lower);
        }
    }
    // b[4i + j], quarter q: column 4q + j of rows 4i to 4i + 3; now the quarters
    for j in 0..4 {
        let (first, second) = (b[j], b[4 + j]);
        let (third, fourth) = (b[8 + j], b[12 + j]);
        let even = _mm512_shuffle_i32x4::<0b10_00_10_00>(first, second);
        let odd = _mm512_shuffle_i32x4::<0b11_01_11_01>(first, second);
        let even_below = _mm512_shuffle_i32x4::<0b10_00_10_00>(third, fourth);
        let odd_below = _mm512_shuffle_i32x4::<0b11_01_11_01>(third, fourth);
        a[j] = _mm512_shuffle_i32x4::<0b10_00_10_00>(even, even_below);
        a[8 + j] = _mm512_shuffle_i32x4::<0b11_01_11_01>(even, even_below);
        a[4 + j] = _mm512_shuffle_i32x4::<0b10_00_10_00>(odd, odd_below);
        a[12 + j] = _mm512_shuffle_i32x4::<0b11_01_11_01>(odd, odd_below);
    }
    a
}
