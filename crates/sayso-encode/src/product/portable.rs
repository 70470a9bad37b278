//! Products by `rten`'s kernels, for processors without those that this crate writes for.

use std::mem::MaybeUninit;
use std::ops::Range;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmUninitOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

use super::{BLOCK, Block, Bytes};

thread_local! {
    // asking the processor what it can do costs as much as a small product: once a thread
    static INT8: GemmExecutor<u8, i8, i32> = GemmExecutor::new();
}

/// The weights as `rten` packs them.
pub(super) struct Weights(PackedBMatrix<i8>);

impl Weights {
    pub(super) fn new(weight: &[i8], inputs: usize, outputs: usize) -> Self {
        let matrix = NdTensorView::from_data([inputs, outputs], weight);
        Self(INT8.with(|gemm| gemm.prepack_b(matrix)))
    }

    pub(super) fn multiply(
        &self,
        x: &Bytes,
        rows: Range<usize>,
        outputs: usize,
        take: &mut impl FnMut(Block),
    ) {
        let mut buffer: Vec<MaybeUninit<i32>> = vec![MaybeUninit::uninit(); BLOCK * outputs];
        let mut gathered = Vec::new();
        for first in rows.clone().step_by(BLOCK) {
            let block = first..rows.end.min(first + BLOCK);
            gathered.clear();
            let bytes = x.adjacent(block.clone()).unwrap_or_else(|| {
                for row in block.clone() {
                    gathered.extend_from_slice(x.row(row));
                }
                gathered.as_slice()
            });
            let a = NdTensorView::from_data([block.len(), x.width], bytes);
            let product = INT8.with(|gemm| {
                gemm.gemm_uninit(
                    &mut buffer[..block.len() * outputs],
                    GemmInputA::Unpacked(a),
                    GemmInputB::Packed(&self.0),
                    GemmUninitOptions::default(),
                )
            });
            // sizes agree by construction, the only thing the product can complain of
            if let Ok(values) = product {
                take(Block {
                    rows: block,
                    columns: 0..outputs,
                    values,
                    stride: outputs,
                });
            }
        }
    }
}
