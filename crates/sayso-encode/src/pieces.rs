//! Word pieces of a text with what the encoder is told about each.

use std::ops::Range;

/// Pieces of a text, structure of arrays; all vectors have the same length.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Row in the vocabulary.
    pub ids: Vec<u32>,
    /// Byte of the text at which the piece starts.
    pub starts: Vec<u32>,
    /// Byte of the text at which the piece ends.
    pub ends: Vec<u32>,
    /// Index of the word that the piece belongs to, rising.
    pub words: Vec<u32>,
    /// [`crate::Shape`] of that word.
    pub shapes: Vec<u8>,
    /// [`crate::QuoteState`] at the piece's first byte.
    pub quotes: Vec<u8>,
}

impl Pieces {
    /// Number of pieces.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// A piece's bytes in the text; empty where there is no such piece.
    #[must_use]
    pub fn bytes(&self, piece: usize) -> Range<usize> {
        match (self.starts.get(piece), self.ends.get(piece)) {
            (Some(&start), Some(&end)) => start as usize..end as usize,
            _ => 0..0,
        }
    }
}
