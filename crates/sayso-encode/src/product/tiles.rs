//! What the two kernels for byte products share: weights in tiles, and the order of work.
//!
//! A tile holds 64 inputs of 16 outputs: 16 lines, each with four neighbouring inputs of
//! every output. Two tiles side by side make a panel of 32 outputs; a panel's tiles lie
//! one behind the other from the first input to the last.

use std::ops::Range;

use super::{BLOCK, Block, Bytes, SLACK, STEP};
use crate::aligned::Aligned;

/// Outputs in a panel, and rows that a kernel takes at once.
pub(super) const SIDE: usize = 32;
/// Bytes of a tile.
pub(super) const TILE: usize = 1024;
/// Outputs in a tile.
const LANES: usize = 16;
/// Neighbouring inputs that one lane sums.
const GROUP: usize = 4;

const _: () = assert!(SLACK >= SIDE && BLOCK.is_multiple_of(SIDE) && STEP * LANES == TILE);

/// The weights in tiles.
pub(super) struct Weights {
    tiles: Aligned<i8>,
    /// Tiles one behind the other in a panel.
    steps: usize,
}

/// Results of one block, `SIDE` × `SIDE`.
#[repr(C, align(64))]
pub(super) struct Results(pub(super) [i32; SIDE * SIDE]);

/// What a kernel reads: `SIDE` rows of `steps` × 64 bytes, and a panel of as many tiles.
pub(super) struct Operands<'a> {
    /// The rows, `steps` × 64 bytes from one to the next.
    pub(super) rows: &'a [u8],
    pub(super) panel: &'a [i8],
    pub(super) steps: usize,
}

impl Weights {
    pub(super) fn new(weight: &[i8], inputs: usize, outputs: usize) -> Self {
        let steps = inputs.div_ceil(STEP);
        let mut tiles = Aligned::zeros(outputs.div_ceil(SIDE) * steps * 2 * TILE);
        for (input, row) in weight.chunks_exact(outputs).enumerate() {
            let (step, line, place) = (input / STEP, input % STEP / GROUP, input % GROUP);
            for (output, &value) in row.iter().enumerate() {
                let (panel, half, column) = (output / SIDE, output % SIDE / LANES, output % LANES);
                let tile = (panel * steps + step) * 2 + half;
                tiles[tile * TILE + (line * LANES + column) * GROUP + place] = value;
            }
        }
        Self { tiles, steps }
    }
}

/// Goes over `rows` of `x` in blocks and hands over each one's results. A block's rows
/// stay in the nearest cache while the panels pass. Results are taken one block late, so
/// that the processor works on them and on the next product at the same time.
pub(super) fn multiply(
    weights: &Weights,
    outputs: usize,
    x: &Bytes,
    rows: Range<usize>,
    kernel: impl Fn(&Operands, &mut Results),
    take: &mut impl FnMut(Block),
) {
    let mut results = [const { Results([0; SIDE * SIDE]) }; 2];
    let [mut now, mut before] = results.each_mut();
    let mut waiting: Option<(Range<usize>, Range<usize>)> = None;
    let mut hand_over = |place: Option<(Range<usize>, Range<usize>)>, results: &Results| {
        if let Some((rows, columns)) = place {
            take(Block {
                values: &results.0[..rows.len() * SIDE],
                rows,
                columns,
                stride: SIDE,
            });
        }
    };
    let (steps, stride) = (weights.steps, weights.steps * STEP);
    for first in rows.clone().step_by(BLOCK) {
        let block = first..rows.end.min(first + BLOCK);
        for (index, panel) in weights.tiles.chunks_exact(steps * 2 * TILE).enumerate() {
            let columns = index * SIDE..outputs.min((index + 1) * SIDE);
            for start in block.clone().step_by(SIDE) {
                // `Bytes` has this many rows behind the last one
                let rows = &x.data[start * stride..(start + SIDE) * stride];
                kernel(&Operands { rows, panel, steps }, now);
                let place = (start..block.end.min(start + SIDE), columns.clone());
                hand_over(waiting.replace(place), before);
                std::mem::swap(&mut now, &mut before);
            }
        }
    }
    hand_over(waiting, before);
}
