//! Attention on matrix tiles, 16 queries at a time: scores, their powers, the mixture of
//! the values. Tiles multiply 16-bit floats, so each number goes in as a sum of two (see
//! [`super::split`]) and of the four products the three that count are taken: what comes
//! out differs from 32-bit floats in the fifth digit.
//!
//! Tiles and vectors can work at the same time. So while one block's powers are taken,
//! row by row, the scores of the next and the mixture of the one before are computed,
//! a part of them with each row.

use std::arch::asm;
use std::arch::x86_64::{
    __m512, _mm512_mul_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_setzero_si512,
};
use std::f32::consts::LOG2_E;

use super::softmax;
use super::split::{self, TILE};
use crate::aligned::Aligned;
use crate::product::TileState;
use crate::rows::avx512::{load, store, vectors, vectors_mut, wide};

/// Width of a head that a tile's row holds.
pub(super) const HEAD: usize = 32;
/// Rows of a tile: queries, keys.
const SIDE: usize = 16;
/// Keys of a step: as many as a tile's row has 16-bit floats.
const STEP: usize = 2 * SIDE;

/// Memory that every call uses again.
#[derive(Default)]
pub(super) struct Scratch {
    /// For 16 queries: upper, lower; rows are queries.
    queries: Aligned<u32>,
    /// For 16 keys: upper, lower; rows are pairs of features, columns keys.
    keys: Aligned<u32>,
    /// For 32 keys: upper of the first and last 16 features, lower of both; rows are
    /// pairs of keys, columns features.
    values: Aligned<u32>,
    /// Three blocks of 16 queries on their way.
    blocks: [Block; 3],
}

/// 16 queries of a head.
#[derive(Default)]
struct Block {
    /// Queries × keys: scores at first. Then their powers, in whose place for every 32
    /// keys stand the upper parts of a row and the lower.
    scores: Aligned<f32>,
    /// Of each row's powers.
    sums: [f32; SIDE],
    /// Queries × features: of the values, as much of each as the powers say.
    mixed: Mixed,
}

#[repr(C, align(64))]
struct Mixed([f32; SIDE * HEAD]);

impl Default for Mixed {
    fn default() -> Self {
        Self([0.0; SIDE * HEAD])
    }
}

/// `heads` heads of 32; see [`super::attention`].
pub(super) fn attention(
    state: &TileState,
    heads: usize,
    qkv: &[f32],
    scratch: &mut Scratch,
    out: &mut [f32],
) {
    let width = heads * HEAD;
    let pieces = qkv.len() / (3 * width);
    let keys = pieces.next_multiple_of(STEP);
    scratch.queries.resize(keys / SIDE * 2 * TILE);
    scratch.keys.resize(keys / SIDE * 2 * TILE);
    scratch.values.resize(keys / STEP * 4 * TILE);
    for block in &mut scratch.blocks {
        block.scores.resize(SIDE * keys);
    }
    for head in 0..heads {
        let rows = |which: usize| Rows {
            all: qkv,
            offset: which * width + head * HEAD,
            stride: 3 * width,
            count: pieces,
        };
        wide!(lay_out(rows(0), rows(1), rows(2), scratch));
        let count = pieces.div_ceil(SIDE);
        // two rounds more than blocks, until the last one is through
        for round in 0..count + 2 {
            wide!(go_on(state, round, count, pieces, scratch));
            if let Some(index) = round.checked_sub(2) {
                let target = out[index * SIDE * width..].chunks_mut(width).take(SIDE);
                let block = &scratch.blocks[index % 3];
                wide!(write(
                    block,
                    target.map(|row| &mut row[head * HEAD..][..HEAD])
                ));
            }
        }
    }
}

/// One of queries, keys and values of a head.
#[derive(Clone, Copy)]
struct Rows<'a> {
    all: &'a [f32],
    offset: usize,
    stride: usize,
    count: usize,
}

impl Rows<'_> {
    /// A row's two vectors; zeros beyond the last row.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn get(&self, row: usize) -> [__m512; 2] {
        if row < self.count {
            let start = row * self.stride + self.offset;
            let row = vectors(&self.all[start..start + HEAD]);
            [load(&row[0]), load(&row[1])]
        } else {
            [_mm512_setzero_ps(); 2]
        }
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
fn lay_out(queries: Rows, keys: Rows, values: Rows, scratch: &mut Scratch) {
    lay_out_queries(queries, &mut scratch.queries);
    lay_out_keys(keys, &mut scratch.keys);
    lay_out_values(values, &mut scratch.values);
}

#[target_feature(enable = "avx512f,avx512bw")]
fn lay_out_queries(queries: Rows, out: &mut [u32]) {
    let scale = _mm512_set1_ps(LOG2_E);
    for (index, tiles) in out.as_chunks_mut::<{ 2 * TILE }>().0.iter_mut().enumerate() {
        let (upper, lower) = tiles.split_at_mut(TILE);
        let lines = upper.as_chunks_mut().0.iter_mut();
        let lines = lines.zip(lower.as_chunks_mut().0);
        for (row, (upper, lower)) in lines.enumerate() {
            // powers of two are cheaper than those of e
            let [left, right] = queries.get(index * SIDE + row);
            let parts = split::row(_mm512_mul_ps(left, scale), _mm512_mul_ps(right, scale));
            split::store(upper, parts[0]);
            split::store(lower, parts[1]);
        }
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
fn lay_out_keys(keys: Rows, out: &mut [u32]) {
    for (index, tiles) in out.as_chunks_mut::<{ 2 * TILE }>().0.iter_mut().enumerate() {
        let (mut upper, mut lower) = (
            [_mm512_setzero_si512(); SIDE],
            [_mm512_setzero_si512(); SIDE],
        );
        for (row, (upper, lower)) in upper.iter_mut().zip(&mut lower).enumerate() {
            let [left, right] = keys.get(index * SIDE + row);
            [*upper, *lower] = split::row(left, right);
        }
        let columns = [split::transposed(&upper), split::transposed(&lower)];
        for (out, column) in tiles
            .as_chunks_mut()
            .0
            .iter_mut()
            .zip(columns.as_flattened())
        {
            split::store(out, *column);
        }
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
fn lay_out_values(values: Rows, out: &mut [u32]) {
    for (index, tiles) in out.as_chunks_mut::<{ 4 * TILE }>().0.iter_mut().enumerate() {
        let (tiles, _) = tiles.as_chunks_mut::<TILE>();
        for pair in 0..SIDE {
            let row = 2 * (index * SIDE + pair);
            let (above, below) = (values.get(row), values.get(row + 1));
            for half in 0..2 {
                let [upper, lower] = split::pairs(above[half], below[half]);
                split::store(&mut tiles[half].as_chunks_mut().0[pair], upper);
                split::store(&mut tiles[2 + half].as_chunks_mut().0[pair], lower);
            }
        }
    }
}

/// One round: scores of block `round`, powers of the block before, mixture of the one
/// before that, where there are such blocks.
#[target_feature(enable = "avx512f,avx512bw")]
fn go_on(state: &TileState, round: usize, count: usize, pieces: usize, scratch: &mut Scratch) {
    let steps = scratch.keys.len() / (4 * TILE);
    // of the keys, 32 a step, with each row
    let share = steps.div_ceil(SIDE);
    let queries = scratch.queries.as_chunks::<{ 2 * TILE }>().0;
    let block_at = |back: usize| round.checked_sub(back).filter(|&index| index < count);
    if let Some(index) = block_at(2) {
        scratch.blocks[index % 3].mixed.0.fill(0.0);
    }
    for row in 0..SIDE {
        let part = (row * share).min(steps)..((row + 1) * share).min(steps);
        if let Some(index) = block_at(0) {
            let keys = scratch.keys.as_chunks().0;
            let out = &mut scratch.blocks[index % 3].scores;
            for step in part.clone() {
                scores(state, &queries[index], &keys[step], step, out);
            }
        }
        if let Some(index) = block_at(1) {
            let Block { scores, sums, .. } = &mut scratch.blocks[index % 3];
            let row_scores = &mut scores[row * steps * STEP..(row + 1) * steps * STEP];
            sums[row] = softmax::powers(row_scores, pieces - (steps - 1) * STEP);
        }
        if let Some(index) = block_at(2) {
            let values = scratch.values.as_chunks().0;
            let Block { scores, mixed, .. } = &mut scratch.blocks[index % 3];
            for step in part {
                mix(state, scores, step, &values[step], mixed);
            }
        }
    }
}

/// A block's mixture, as shares of its sums.
#[target_feature(enable = "avx512f")]
fn write<'a>(block: &Block, out: impl Iterator<Item = &'a mut [f32]>) {
    let rows = block.mixed.0.chunks_exact(HEAD).zip(block.sums);
    for (out, (mixed, sum)) in out.zip(rows) {
        let share = _mm512_set1_ps(1.0 / sum);
        for (out, mixed) in vectors_mut(out).iter_mut().zip(vectors(mixed)) {
            store(out, _mm512_mul_ps(load(mixed), share));
        }
    }
}

/// Products of 16 queries with the 32 keys of a step, to their columns of `out`.
#[inline]
fn scores(
    _state: &TileState,
    queries: &[u32; 2 * TILE],
    keys: &[u32; 4 * TILE],
    step: usize,
    out: &mut [f32],
) {
    let columns = out.len() / SIDE;
    assert!(step * STEP + STEP <= columns);
    // SAFETY: two tiles of queries and four of keys are read; 32 floats are written in each
    // of 16 rows of `columns` floats, which the assertion says are there. The tiles are laid
    // out, as the state says.
    #[allow(unsafe_code, reason = "tiles are used by instructions")]
    unsafe {
        asm!(
            "tilezero tmm0",
            "tilezero tmm1",
            "tileloadd tmm4, [{queries} + {line}]",
            "tileloadd tmm6, [{keys} + {line}]",
            "tdpbf16ps tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{keys} + {line} + 2048]",
            "tdpbf16ps tmm1, tmm4, tmm7",
            "tileloadd tmm5, [{queries} + {line} + 1024]",
            "tdpbf16ps tmm0, tmm5, tmm6",
            "tdpbf16ps tmm1, tmm5, tmm7",
            "tileloadd tmm2, [{keys} + {line} + 1024]",
            "tdpbf16ps tmm0, tmm4, tmm2",
            "tileloadd tmm3, [{keys} + {line} + 3072]",
            "tdpbf16ps tmm1, tmm4, tmm3",
            "tilestored [{out} + {stride}], tmm0",
            "tilestored [{out} + {stride} + 64], tmm1",
            queries = in(reg) queries.as_ptr(),
            keys = in(reg) keys.as_ptr(),
            out = in(reg) out.as_mut_ptr().add(step * STEP),
            line = in(reg) 64_usize,
            stride = in(reg) columns * size_of::<f32>(),
            out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
            out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
            options(nostack, preserves_flags),
        );
    }
}

/// Adds the products of 16 queries' powers with the values of a step's 32 keys.
#[inline]
fn mix(
    _state: &TileState,
    powers: &[f32],
    step: usize,
    values: &[u32; 4 * TILE],
    mixed: &mut Mixed,
) {
    let columns = powers.len() / SIDE;
    assert!(step * STEP + STEP <= columns);
    // SAFETY: 128 bytes are read in each of 16 rows of `columns` floats, which the assertion
    // says are there, and four tiles of values; the two tiles that are read and written are
    // all of `mixed`. The tiles are laid out, as the state says.
    #[allow(unsafe_code, reason = "tiles are used by instructions")]
    unsafe {
        asm!(
            "tileloadd tmm0, [{mixed} + 2 * {line}]",
            "tileloadd tmm4, [{powers} + {stride}]",
            "tileloadd tmm6, [{values} + {line}]",
            "tdpbf16ps tmm0, tmm4, tmm6",
            "tileloadd tmm1, [{mixed} + 2 * {line} + 64]",
            "tileloadd tmm7, [{values} + {line} + 1024]",
            "tdpbf16ps tmm1, tmm4, tmm7",
            "tileloadd tmm5, [{powers} + {stride} + 64]",
            "tdpbf16ps tmm0, tmm5, tmm6",
            "tdpbf16ps tmm1, tmm5, tmm7",
            "tileloadd tmm2, [{values} + {line} + 2048]",
            "tdpbf16ps tmm0, tmm4, tmm2",
            "tileloadd tmm3, [{values} + {line} + 3072]",
            "tdpbf16ps tmm1, tmm4, tmm3",
            "tilestored [{mixed} + 2 * {line}], tmm0",
            "tilestored [{mixed} + 2 * {line} + 64], tmm1",
            powers = in(reg) powers.as_ptr().add(step * STEP),
            values = in(reg) values.as_ptr(),
            mixed = in(reg) mixed.0.as_mut_ptr(),
            line = in(reg) 64_usize,
            stride = in(reg) columns * size_of::<f32>(),
            out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
            out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
            options(nostack, preserves_flags),
        );
    }
}
