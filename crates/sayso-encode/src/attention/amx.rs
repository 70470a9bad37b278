//! Attention on matrix tiles: scores, their powers and the mixture of the values for 16
//! queries at a time, all of it in the nearest cache. Tiles multiply 16-bit floats, so
//! each number goes in as a sum of two (see [`super::split`]) and of the four products
//! the three that count are taken: what comes out differs from 32-bit floats in the
//! fifth digit.

use std::arch::asm;
use std::arch::x86_64::{_mm512_mul_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_setzero_si512};
use std::f32::consts::LOG2_E;

use super::softmax;
use super::split::{self, LANES, TILE};
use crate::aligned::Aligned;
use crate::product::TileState;
use crate::rows::avx512::{load, store, vectors, vectors_mut, wide};

/// Width of a head that a tile's row holds.
pub(super) const HEAD: usize = 32;
/// Rows of a tile: queries, keys.
const SIDE: usize = 16;
/// Of a key beyond the last: its power is nothing.
const NEVER: f32 = -1e30;

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
    /// 16 queries × keys.
    scores: Aligned<f32>,
    /// For 32 keys: upper, lower; rows are queries.
    powers: Aligned<u32>,
    /// 16 queries × features.
    mixed: Aligned<f32>,
}

/// `heads` heads of 32; see [`super::attention`].
pub(super) fn attention(heads: usize, qkv: &[f32], scratch: &mut Scratch, out: &mut [f32]) {
    let width = heads * HEAD;
    let pieces = qkv.len() / (3 * width);
    let keys = pieces.next_multiple_of(2 * SIDE);
    scratch.queries.resize(keys / SIDE * 2 * TILE);
    scratch.keys.resize(keys / SIDE * 2 * TILE);
    scratch.values.resize(keys / (2 * SIDE) * 4 * TILE);
    scratch.scores.resize(SIDE * keys);
    scratch.powers.resize(keys / (2 * SIDE) * 2 * TILE);
    scratch.mixed.resize(SIDE * HEAD);
    let _state = TileState::new();
    for head in 0..heads {
        let rows = |which: usize| Rows {
            all: qkv,
            offset: which * width + head * HEAD,
            stride: 3 * width,
            count: pieces,
        };
        wide!(lay_out(rows(0), rows(1), rows(2), scratch));
        for first in (0..pieces).step_by(SIDE) {
            let count = SIDE.min(pieces - first);
            let target = &mut out[first * width + head * HEAD..];
            wide!(block(first / SIDE, pieces, scratch, target, width, count));
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

impl<'a> Rows<'a> {
    /// A row's two vectors; nothing beyond the last.
    fn get(&self, row: usize) -> Option<&'a [[f32; LANES]]> {
        let start = row * self.stride + self.offset;
        (row < self.count).then(|| vectors(&self.all[start..start + HEAD]))
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
fn lay_out(queries: Rows, keys: Rows, values: Rows, scratch: &mut Scratch) {
    let nothing = [_mm512_setzero_ps(); 2];
    let scale = _mm512_set1_ps(LOG2_E);
    for (index, tiles) in scratch
        .queries
        .as_chunks_mut::<{ 2 * TILE }>()
        .0
        .iter_mut()
        .enumerate()
    {
        for row in 0..SIDE {
            let [left, right] = queries
                .get(index * SIDE + row)
                .map_or(nothing, |r| [load(&r[0]), load(&r[1])]);
            // powers of two are cheaper than those of e
            let parts = split::row(_mm512_mul_ps(left, scale), _mm512_mul_ps(right, scale));
            for (tile, part) in tiles.as_chunks_mut::<TILE>().0.iter_mut().zip(parts) {
                split::store(&mut tile.as_chunks_mut().0[row], part);
            }
        }
    }
    for (index, tiles) in scratch
        .keys
        .as_chunks_mut::<{ 2 * TILE }>()
        .0
        .iter_mut()
        .enumerate()
    {
        let mut parts = [[_mm512_setzero_si512(); SIDE]; 2];
        for row in 0..SIDE {
            if let Some(r) = keys.get(index * SIDE + row) {
                [parts[0][row], parts[1][row]] = split::row(load(&r[0]), load(&r[1]));
            }
        }
        for (tile, part) in tiles.as_chunks_mut::<TILE>().0.iter_mut().zip(&parts) {
            for (out, column) in tile
                .as_chunks_mut()
                .0
                .iter_mut()
                .zip(split::transposed(part))
            {
                split::store(out, column);
            }
        }
    }
    for (index, tiles) in scratch
        .values
        .as_chunks_mut::<{ 4 * TILE }>()
        .0
        .iter_mut()
        .enumerate()
    {
        let (tiles, _) = tiles.as_chunks_mut::<TILE>();
        for pair in 0..SIDE {
            let row = 2 * (index * SIDE + pair);
            let [above, below] = [row, row + 1].map(|r| {
                values
                    .get(r)
                    .map_or(nothing, |r| [load(&r[0]), load(&r[1])])
            });
            for half in 0..2 {
                let parts = split::pairs(above[half], below[half]);
                split::store(&mut tiles[half].as_chunks_mut().0[pair], parts[0]);
                split::store(&mut tiles[2 + half].as_chunks_mut().0[pair], parts[1]);
            }
        }
    }
}

/// 16 queries of a head: `count` rows of 32 to `out`, whose rows are `width` long.
#[target_feature(enable = "avx512f,avx512bw")]
fn block(
    index: usize,
    pieces: usize,
    scratch: &mut Scratch,
    out: &mut [f32],
    width: usize,
    count: usize,
) {
    let queries = &scratch.queries.as_chunks::<{ 2 * TILE }>().0[index];
    let keys = scratch.scores.len() / SIDE;
    scores(queries, &scratch.keys, &mut scratch.scores);
    let (powers, _) = scratch.powers.as_chunks_mut::<TILE>();
    let mut sums = [1.0; SIDE];
    for (row, scores) in scratch
        .scores
        .chunks_exact_mut(keys)
        .enumerate()
        .take(count)
    {
        scores[pieces..].fill(NEVER);
        sums[row] = softmax::powers(scores, row, powers);
    }
    mixture(&scratch.powers, &scratch.values, &mut scratch.mixed);
    for ((out, mixed), sum) in out
        .chunks_mut(width)
        .zip(scratch.mixed.chunks_exact(HEAD))
        .zip(sums)
        .take(count)
    {
        let share = _mm512_set1_ps(1.0 / sum);
        for (out, mixed) in vectors_mut(&mut out[..HEAD]).iter_mut().zip(vectors(mixed)) {
            store(out, _mm512_mul_ps(load(mixed), share));
        }
    }
}

/// Products of 16 queries with all keys, to 16 rows of `out`.
fn scores(queries: &[u32; 2 * TILE], keys: &[u32], out: &mut [f32]) {
    let blocks = keys.len() / (2 * TILE);
    assert!(blocks > 0 && out.len() >= SIDE * SIDE * blocks);
    // SAFETY: two tiles of queries and two for each block of keys are read; each block
    // writes 16 columns of the 16 rows, `blocks` × 16 floats long, that the assertion says
    // `out` has. The caller holds a `TileState`.
    #[allow(unsafe_code, reason = "tiles are used by instructions")]
    unsafe {
        asm!(
            "tileloadd tmm4, [{queries} + {line}]",
            "tileloadd tmm5, [{queries} + {line} + 1024]",
            "2:",
            "tilezero tmm0",
            "tileloadd tmm6, [{keys} + {line}]",
            "tdpbf16ps tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{keys} + {line} + 1024]",
            "tdpbf16ps tmm0, tmm5, tmm6",
            "tdpbf16ps tmm0, tmm4, tmm7",
            "tilestored [{out} + {stride}], tmm0",
            "add {keys}, 2048",
            "add {out}, 64",
            "dec {blocks}",
            "jnz 2b",
            queries = in(reg) queries.as_ptr(),
            keys = inout(reg) keys.as_ptr() => _,
            out = inout(reg) out.as_mut_ptr() => _,
            blocks = inout(reg) blocks => _,
            line = in(reg) 64_usize,
            stride = in(reg) blocks * SIDE * size_of::<f32>(),
            out("tmm0") _, out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
            options(nostack),
        );
    }
}

/// Products of 16 queries' powers with the values, to 16 rows of 32.
fn mixture(powers: &[u32], values: &[u32], out: &mut [f32]) {
    let blocks = powers.len() / (2 * TILE);
    assert!(blocks > 0 && values.len() >= 4 * TILE * blocks && out.len() >= SIDE * HEAD);
    // SAFETY: for each block two tiles of powers and four of values are read; the assertion
    // says that they are there, and that `out` has the 16 rows of 32 floats that are
    // written. The caller holds a `TileState`.
    #[allow(unsafe_code, reason = "tiles are used by instructions")]
    unsafe {
        asm!(
            "tilezero tmm0",
            "tilezero tmm1",
            "2:",
            "tileloadd tmm4, [{powers} + {line}]",
            "tileloadd tmm6, [{values} + {line}]",
            "tdpbf16ps tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{values} + {line} + 1024]",
            "tdpbf16ps tmm1, tmm4, tmm7",
            "tileloadd tmm5, [{powers} + {line} + 1024]",
            "tdpbf16ps tmm0, tmm5, tmm6",
            "tdpbf16ps tmm1, tmm5, tmm7",
            "tileloadd tmm2, [{values} + {line} + 2048]",
            "tdpbf16ps tmm0, tmm4, tmm2",
            "tileloadd tmm3, [{values} + {line} + 3072]",
            "tdpbf16ps tmm1, tmm4, tmm3",
            "add {powers}, 2048",
            "add {values}, 4096",
            "dec {blocks}",
            "jnz 2b",
            "tilestored [{out} + 2 * {line}], tmm0",
            "tilestored [{out} + 2 * {line} + 64], tmm1",
            powers = inout(reg) powers.as_ptr() => _,
            values = inout(reg) values.as_ptr() => _,
            blocks = inout(reg) blocks => _,
            line = in(reg) 64_usize,
            out = in(reg) out.as_mut_ptr(),
            out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
            out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
            options(nostack),
        );
    }
}
