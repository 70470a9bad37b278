//! Rows of any width on any processor, by `rten`'s kernels.

use std::mem::MaybeUninit;

use rten_simd::{SimdOp, SimdUnaryOp};
use rten_vecmath::{
    ExtendInit, Gelu, MinMax, Normalize, NormalizeOptions, Quantize, Sum, SumSquareSub,
};

use super::{Columns, Finish, NormRef, Quantised, QuantisedRow, Target, scale_and_zero};
use crate::product::Block;

fn smoothed(x: &[f32], smooth: &[f32]) -> Vec<f32> {
    x.iter().zip(smooth).map(|(x, s)| x * s).collect()
}

#[allow(clippy::cast_sign_loss)] // the zero point is within 0…255
pub(super) fn quantise(x: &[f32], smooth: &[f32], out: &mut QuantisedRow) {
    let x = smoothed(x, smooth);
    let (low, high) = MinMax::new(&x).dispatch();
    let (scale, zero) = scale_and_zero(low, high);
    (*out.scale, *out.zero) = (scale, zero);
    let mut bytes = Vec::with_capacity(x.len());
    bytes.extend_init(|spare: &mut [MaybeUninit<u8>]| {
        Quantize::new(&x, &mut spare[..x.len()], 1.0 / scale, zero as u8).dispatch()
    });
    out.bytes.copy_from_slice(&bytes);
}

pub(super) fn gelu(x: &mut [f32]) {
    Gelu {}.map_mut(x);
}

pub(super) fn normalise(x: &mut [f32], norm: NormRef) {
    let width = norm.weight.len();
    for row in x.chunks_exact_mut(width) {
        let mean = Sum::new(row).dispatch() / width as f32;
        let variance = SumSquareSub::new(row, mean).dispatch() / width as f32;
        let options = NormalizeOptions {
            pre_scale_bias: mean,
            scale: 1.0 / (variance + norm.epsilon).sqrt(),
            element_scale: Some(norm.weight),
            element_bias: Some(norm.bias),
            ..NormalizeOptions::default()
        };
        Normalize::new_mut(row, options).dispatch();
    }
}

pub(super) fn dequantise(block: &Block, x: &Quantised, columns: &Columns, target: &mut Target) {
    let outputs = columns.bias.len();
    let range = block.columns.clone();
    let (scales, sums) = (&columns.scales[range.clone()], &columns.sums[range.clone()]);
    let bias = &columns.bias[range.clone()];
    for (row, values) in block.rows.clone().zip(block.values.chunks(block.stride)) {
        let start = (row - target.first) * outputs;
        let out = &mut target.out[start + range.start..start + range.end];
        let (scale, zero) = (x.scales[row], x.zeros[row]);
        let parts = values.iter().zip(scales).zip(sums).zip(bias);
        for (out, (((&value, s), sum), bias)) in out.iter_mut().zip(parts) {
            let value = (value as f32 - zero * sum) * (s * scale) + bias;
            match target.finish {
                Finish::Store => *out = value,
                Finish::Add => *out += value,
            }
        }
    }
}
