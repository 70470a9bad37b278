//! 512-bit vectors with products of four bytes a lane (AVX-512 VNNI).

use std::arch::x86_64::{
    __m512i, _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512,
    _mm512_storeu_si512,
};

use super::STEP;
use super::tiles::{Operands, Results, SIDE, TILE};

/// Rows that are summed at once: with two vectors a row they leave registers for the rest.
const ROWS: usize = 8;
/// Neighbouring bytes that one lane sums.
const GROUP: usize = 4;
/// Bytes of a vector.
const LINE: usize = 64;

/// Whether the processor has what the 512-bit kernels of this crate use.
pub(super) fn available() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512vnni")
}

/// One block.
pub(super) fn kernel(operands: &Operands, results: &mut Results) {
    // SAFETY: the layout that leads here is made only where `available` said yes
    #[allow(unsafe_code, reason = "the instruction set was asked for")]
    unsafe {
        wide(operands, results);
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn wide(operands: &Operands, results: &mut Results) {
    let Operands { rows, panel, steps } = *operands;
    let (panel, _) = panel.as_chunks::<LINE>();
    let groups = steps * STEP / GROUP;
    // four neighbouring bytes of a row, as each lane is to have them
    let fours = rows.as_chunks::<GROUP>().0.chunks_exact(ROWS * groups);
    for (fours, out) in fours.zip(results.0.chunks_exact_mut(ROWS * SIDE)) {
        let rows: [&[[u8; GROUP]]; ROWS] =
            std::array::from_fn(|row| &fours[row * groups..(row + 1) * groups]);
        let mut sums = [[_mm512_setzero_si512(); 2]; ROWS];
        for (step, tiles) in panel.chunks_exact(2 * TILE / LINE).enumerate() {
            let (left, right) = tiles.split_at(TILE / LINE);
            let first = step * STEP / GROUP;
            let rows = rows.map(|row| &row[first..first + STEP / GROUP]);
            for (group, (left, right)) in left.iter().zip(right).enumerate() {
                let (left, right) = (load(left), load(right));
                for (row, sums) in rows.iter().zip(&mut sums) {
                    let x = _mm512_set1_epi32(i32::from_le_bytes(row[group]));
                    sums[0] = _mm512_dpbusd_epi32(sums[0], x, left);
                    sums[1] = _mm512_dpbusd_epi32(sums[1], x, right);
                }
            }
        }
        let (out, _) = out.as_chunks_mut::<{ SIDE / 2 }>();
        for (out, &sum) in out.iter_mut().zip(sums.as_flattened()) {
            store(out, sum);
        }
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load(x: &[i8; LINE]) -> __m512i {
    // SAFETY: 64 bytes are read
    #[allow(unsafe_code, reason = "loads take a pointer")]
    unsafe {
        _mm512_loadu_si512(x.as_ptr().cast())
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store(out: &mut [i32; SIDE / 2], x: __m512i) {
    // SAFETY: 64 bytes are written
    #[allow(unsafe_code, reason = "stores take a pointer")]
    unsafe {
        _mm512_storeu_si512(out.as_mut_ptr().cast(), x);
    }
}
