use crate::{Bytes, ReadingError, Scalars, Span};

/// How many scalar values lie between two checkpoints.
const STRIDE: usize = 64;

/// Translates offsets of one text between bytes and Unicode scalar values.
///
/// Made in one pass over the text; each translation is a binary search and a
/// walk over at most 64 characters, and free for a text of ASCII only.
#[derive(Debug, Clone)]
pub struct TextIndex<'t> {
    text: &'t str,
    /// Byte offset of every 64th scalar value; empty where the text is ASCII.
    checkpoints: Vec<usize>,
    scalars: usize,
}

impl<'t> TextIndex<'t> {
    /// The index of `text`.
    pub fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self {
                text,
                checkpoints: Vec::new(),
                scalars: text.len(),
            };
        }
        let mut checkpoints = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut scalars = 0;
        for (byte, _) in text.char_indices() {
            if scalars % STRIDE == 0 {
                checkpoints.push(byte);
            }
            scalars += 1;
        }
        Self {
            text,
            checkpoints,
            scalars,
        }
    }

    /// Length of the text in scalar values.
    pub const fn scalars(&self) -> usize {
        self.scalars
    }

    /// How many scalar values stand before byte `byte`; nothing if that is
    /// outside the text or inside a character.
    pub fn to_scalar(&self, byte: usize) -> Option<usize> {
        if !self.text.is_char_boundary(byte) {
            return None;
        }
        if self.checkpoints.is_empty() {
            return Some(byte);
        }
        // The first checkpoint is byte 0, so there is one at or before `byte`.
        let block = self.checkpoints.partition_point(|&c| c <= byte) - 1;
        let from = *self.checkpoints.get(block)?;
        Some(block * STRIDE + self.text.get(from..byte)?.chars().count())
    }

    /// The byte where scalar value number `scalar` starts, or the text's end;
    /// nothing if that is outside the text.
    pub fn to_byte(&self, scalar: usize) -> Option<usize> {
        if scalar >= self.scalars {
            return (scalar == self.scalars).then_some(self.text.len());
        }
        if self.checkpoints.is_empty() {
            return Some(scalar);
        }
        let from = *self.checkpoints.get(scalar / STRIDE)?;
        let (step, _) = self.text.get(from..)?.char_indices().nth(scalar % STRIDE)?;
        Some(from + step)
    }

    /// The span counted in scalar values.
    pub fn scalar_span(&self, span: Span<Bytes>) -> Result<Span<Scalars>, ReadingError> {
        match (self.to_scalar(span.start()), self.to_scalar(span.end())) {
            (Some(start), Some(end)) => Span::new(start, end),
            _ => Err(ReadingError::Outside {
                unit: "bytes",
                start: span.start(),
                end: span.end(),
                length: self.text.len(),
            }),
        }
    }

    /// The span counted in bytes.
    pub fn byte_span(&self, span: Span<Scalars>) -> Result<Span<Bytes>, ReadingError> {
        match (self.to_byte(span.start()), self.to_byte(span.end())) {
            (Some(start), Some(end)) => Span::new(start, end),
            _ => Err(ReadingError::Outside {
                unit: "scalars",
                start: span.start(),
                end: span.end(),
                length: self.scalars,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_inside_a_character_or_after_the_end_have_no_translation() {
        let index = TextIndex::new("aé𝄞b");
        assert_eq!(index.scalars(), 4);
        assert_eq!(index.to_scalar(1), Some(1));
        assert_eq!(index.to_scalar(2), None);
        assert_eq!(index.to_scalar(7), Some(3));
        assert_eq!(index.to_scalar(9), None);
        assert_eq!(index.to_byte(2), Some(3));
        assert_eq!(index.to_byte(4), Some(8));
        assert_eq!(index.to_byte(5), None);
    }

    #[test]
    fn checkpoints_are_crossed_at_every_distance() {
        let text = "né".repeat(200);
        let index = TextIndex::new(&text);
        for (scalar, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.to_scalar(byte), Some(scalar));
            assert_eq!(index.to_byte(scalar), Some(byte));
        }
    }

    #[test]
    fn a_span_outside_the_text_is_refused_with_the_texts_length() {
        let index = TextIndex::new("abc");
        assert_eq!(
            index.byte_span(Span::of(1, 4)),
            Err(ReadingError::Outside {
                unit: "scalars",
                start: 1,
                end: 4,
                length: 3
            })
        );
    }
}
