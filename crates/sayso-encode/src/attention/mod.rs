//! Scaled dot-product attention.

#[cfg(target_arch = "x86_64")]
mod amx;
mod portable;
#[cfg(target_arch = "x86_64")]
mod softmax;
#[cfg(target_arch = "x86_64")]
mod split;

use crate::product::Path;

/// Memory that every call uses again.
#[derive(Default)]
pub(crate) struct Scratch {
    #[cfg(target_arch = "x86_64")]
    amx: amx::Scratch,
    portable: portable::Scratch,
}

/// Heads and their width.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub heads: usize,
    pub head: usize,
}

/// From `qkv`, pieces × (queries, keys, values) with the scale in the queries, to `out`,
/// pieces × width.
pub(crate) fn attention(
    path: Path,
    shape: Shape,
    qkv: &[f32],
    scratch: &mut Scratch,
    out: &mut [f32],
) {
    #[cfg(target_arch = "x86_64")]
    if shape.head == amx::HEAD
        && let Some(state) = path.tiles()
    {
        return amx::attention(&state, shape.heads, qkv, &mut scratch.amx, out);
    }
    portable::attention(shape, qkv, &mut scratch.portable, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_the_definition() {
        let shape = Shape { heads: 3, head: 32 };
        let width = shape.heads * shape.head;
        for pieces in [1, 5, 16, 33, 320] {
            let qkv: Vec<f32> = (0..pieces * 3 * width)
                .map(|i| ((i * 37 % 101) as f32 - 50.0) / 40.0)
                .collect();
            for path in Path::available() {
                // memory of an earlier call has to make no difference
                let mut scratch = Scratch::default();
                let mut out = vec![0.0; 40 * width];
                attention(path, shape, &qkv_of(40, width), &mut scratch, &mut out);
                let mut got = vec![0.0; pieces * width];
                attention(path, shape, &qkv, &mut scratch, &mut got);
                for (got, expected) in got.iter().zip(defined(shape, &qkv)) {
                    assert!(
                        (got - expected).abs() < 1e-4,
                        "{path:?} {pieces}: {got} {expected}"
                    );
                }
            }
        }
    }

    fn qkv_of(pieces: usize, width: usize) -> Vec<f32> {
        vec![9.0; pieces * 3 * width]
    }

    fn defined(shape: Shape, qkv: &[f32]) -> Vec<f32> {
        let width = shape.heads * shape.head;
        let pieces = qkv.len() / (3 * width);
        let at = |piece: usize, which: usize, head: usize, i: usize| {
            f64::from(qkv[(piece * 3 + which) * width + head * shape.head + i])
        };
        let mut out = Vec::new();
        for query in 0..pieces {
            for head in 0..shape.heads {
                let scores: Vec<f64> = (0..pieces)
                    .map(|k| {
                        (0..shape.head)
                            .map(|i| at(query, 0, head, i) * at(k, 1, head, i))
                            .sum()
                    })
                    .collect();
                let top = scores.iter().copied().fold(f64::MIN, f64::max);
                let total: f64 = scores.iter().map(|s| (s - top).exp()).sum();
                for i in 0..shape.head {
                    let sum: f64 = (0..pieces)
                        .map(|k| (scores[k] - top).exp() / total * at(k, 2, head, i))
                        .sum();
                    out.push(sum as f32);
                }
            }
        }
        out
    }
}
