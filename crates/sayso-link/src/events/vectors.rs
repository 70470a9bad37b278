//! A vector for each word, from a table of word pieces that was distilled from the encoder
//! (`train/vectors.py`).

use std::collections::HashMap;
use std::sync::OnceLock;

const TABLE: &[u8] = include_bytes!("../../../../data/vectors.bin");
const MARK: &[u8] = b"SAYSOVEC1\n";
/// Numbers of a vector.
pub(crate) const WIDTH: usize = 128;
/// Letters of the longest word that is looked up.
const LONGEST: usize = 100;

/// A vector of length one, or of zeros where there are no words.
pub(crate) type Vector = [f32; WIDTH];

/// Of each piece, its scale and its numbers.
type Rows = HashMap<&'static [u8], (f32, &'static [u8])>;

/// The table.
pub(crate) struct Vectors {
    rows: Rows,
    unknown: Vector,
}

impl Vectors {
    /// The table that ships; a test reads it.
    pub(crate) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Vectors> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let rows = rows(TABLE).unwrap_or_default();
            let mut vectors = Self {
                rows,
                unknown: [0.0; WIDTH],
            };
            vectors.unknown = vectors.row(b"[UNK]").unwrap_or([0.0; WIDTH]);
            vectors
        })
    }

    fn row(&self, piece: &[u8]) -> Option<Vector> {
        let (scale, numbers) = self.rows.get(piece)?;
        let mut out = [0.0; WIDTH];
        for (to, from) in out.iter_mut().zip(*numbers) {
            *to = f32::from(from.cast_signed()) * scale;
        }
        Some(out)
    }

    /// Of a word in lower case: the mean of its pieces, the longest first (`WordPiece`).
    pub(crate) fn word(&self, word: &str) -> Vector {
        if word.len() > LONGEST {
            return unit(self.unknown);
        }
        let mut sum = [0.0; WIDTH];
        let mut at = 0;
        let mut piece = Vec::with_capacity(word.len() + 2);
        while at < word.len() {
            let ends = (at + 1..=word.len())
                .rev()
                .filter(|end| word.is_char_boundary(*end));
            let found = ends.into_iter().find_map(|end| {
                piece.clear();
                if at > 0 {
                    piece.extend_from_slice(b"##");
                }
                piece.extend_from_slice(word.get(at..end)?.as_bytes());
                Some((end, self.row(&piece)?))
            });
            let Some((end, row)) = found else {
                return unit(self.unknown);
            };
            add(&mut sum, &row, 1.0);
            at = end;
        }
        unit(sum)
    }
}

fn rows(table: &'static [u8]) -> Option<Rows> {
    let mut rest = table.strip_prefix(MARK)?;
    let count = u32::from_le_bytes(*rest.first_chunk::<4>()?) as usize;
    let width = u32::from_le_bytes(*rest.get(4..)?.first_chunk::<4>()?) as usize;
    rest = rest.get(8..)?;
    let mut pieces = Vec::with_capacity(count);
    for _ in 0..count {
        let (length, more) = rest.split_first()?;
        let (piece, more) = more.split_at_checked(usize::from(*length))?;
        pieces.push(piece);
        rest = more;
    }
    let mut out = HashMap::with_capacity(count);
    for piece in pieces {
        let scale = f32::from_le_bytes(*rest.first_chunk::<4>()?);
        let (row, more) = rest.get(4..)?.split_at_checked(width)?;
        out.insert(piece, (scale, row));
        rest = more;
    }
    (width == WIDTH && rest.is_empty()).then_some(out)
}

/// Adds a vector, so many times.
pub(crate) fn add(sum: &mut Vector, more: &Vector, times: f32) {
    for (to, from) in sum.iter_mut().zip(more) {
        *to += from * times;
    }
}

/// Brings a vector to the length one.
pub(crate) fn unit(mut vector: Vector) -> Vector {
    let length = dot(&vector, &vector).sqrt();
    if length > 0.0 {
        for x in &mut vector {
            *x /= length;
        }
    }
    vector
}

/// The cosine of two vectors of length one.
pub(crate) fn dot(a: &Vector, b: &Vector) -> f32 {
    // sixteen sums side by side, that they may be added at once
    let mut sums = [0.0_f32; 16];
    let (a, b) = (a.as_chunks::<16>().0, b.as_chunks::<16>().0);
    for (a, b) in a.iter().zip(b) {
        for (sum, (x, y)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += x * y;
        }
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_mean_much_the_same_lie_near_each_other() {
        let vectors = Vectors::shipped();
        assert!(vectors.rows.len() > 30_000, "{}", vectors.rows.len());
        let alike = |a, b| dot(&vectors.word(a), &vectors.word(b));
        assert!(alike("missile", "rocket") > 0.5);
        assert!(alike("missile", "rocket") > alike("missile", "resign") + 0.3);
        assert!((alike("zhezkazgan", "zhezkazgan") - 1.0).abs() < 1e-4);
        assert!((alike("日本語", "ж") - alike("ж", "日本語")).abs() < 1e-6);
    }
}
