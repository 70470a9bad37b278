//! Attention by `rten`'s kernels, one head after the other so that its weights stay in
//! the cache.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::SimdOp;
use rten_tensor::NdTensorView;
use rten_vecmath::Softmax;

use super::Shape;
use crate::kernel::FLOAT;

#[derive(Default)]
pub(super) struct Scratch {
    weights: Vec<f32>,
    head: Vec<f32>,
}

pub(super) fn attention(shape: Shape, qkv: &[f32], scratch: &mut Scratch, out: &mut [f32]) {
    FLOAT.with(|gemm| attention_by(gemm, shape, qkv, scratch, out));
}

fn attention_by(
    gemm: &GemmExecutor,
    shape: Shape,
    qkv: &[f32],
    scratch: &mut Scratch,
    out: &mut [f32],
) {
    let width = shape.heads * shape.head;
    let pieces = qkv.len() / (3 * width);
    let Scratch { weights, head } = scratch;
    weights.resize(pieces * pieces, 0.0);
    head.resize(pieces * shape.head, 0.0);
    let all = NdTensorView::from_data([pieces, 3, shape.heads, shape.head], qkv);
    for index in 0..shape.heads {
        let part = |which: usize| all.slice((.., which, index));
        let (q, k, v) = (part(0), part(1), part(2));
        // sizes agree by construction, the only thing a product can complain of
        let _ = gemm.gemm(
            weights,
            GemmInputA::Unpacked(q),
            GemmInputB::Unpacked(k.transposed()),
            GemmOptions::default(),
        );
        for row in weights.chunks_exact_mut(pieces) {
            Softmax::new_mut(row).dispatch();
        }
        let a = NdTensorView::from_data([pieces, pieces], weights.as_slice());
        let _ = gemm.gemm(
            head,
            GemmInputA::Unpacked(a),
            GemmInputB::Unpacked(v),
            GemmOptions::default(),
        );
        for (target, source) in out
            .chunks_exact_mut(width)
            .zip(head.chunks_exact(shape.head))
        {
            target[index * shape.head..(index + 1) * shape.head].copy_from_slice(source);
        }
    }
}
