//! A text as the measures look at it: which characters count, and where a span really begins.

use sayso_reading::{Scalars, Span};
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Marks that belong to neither side of a span's border.
const MARKS: &str = "\"“”„‟«»‹›‘’‚‛'`´,.;:";

/// A half-open range of characters that is not empty.
pub(super) type Piece = (usize, usize);

/// A text in characters, with a running count of those that are not white space.
pub(super) struct Text {
    characters: Vec<char>,
    /// How many of the characters before each offset are not white space.
    solid_before: Vec<usize>,
}

/// A set of characters of one text, white space apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Solid {
    /// In text order, none overlapping another.
    pieces: Vec<Piece>,
    /// How many characters the pieces hold, white space apart.
    size: usize,
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let mut solid_before = Vec::with_capacity(characters.len() + 1);
        let mut count = 0;
        solid_before.push(count);
        for character in &characters {
            count += usize::from(!is_space(*character));
            solid_before.push(count);
        }
        Self {
            characters,
            solid_before,
        }
    }

    /// The spans cut to the text, in text order; what is empty then is dropped.
    pub(super) fn cut(&self, spans: &[Span<Scalars>]) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = spans
            .iter()
            .map(|span| (span.start(), span.end().min(self.characters.len())))
            .filter(|(start, end)| start < end)
            .collect();
        pieces.sort_unstable();
        pieces
    }

    /// The pieces as a set of characters.
    pub(super) fn solid(&self, pieces: &[Piece]) -> Solid {
        let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
        for &(start, end) in pieces {
            match joined.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        let size = joined.iter().map(|piece| self.solids_in(*piece)).sum();
        Solid {
            pieces: joined,
            size,
        }
    }

    /// How many characters two sets share.
    pub(super) fn shared(&self, one: &Solid, other: &Solid) -> usize {
        let (mut ours, mut theirs) = (one.pieces.iter().peekable(), other.pieces.iter().peekable());
        let mut shared = 0;
        while let (Some(&&a), Some(&&b)) = (ours.peek(), theirs.peek()) {
            let common = (a.0.max(b.0), a.1.min(b.1));
            if common.0 < common.1 {
                shared += self.solids_in(common);
            }
            if a.1 <= b.1 {
                ours.next();
            } else {
                theirs.next();
            }
        }
        shared
    }

    /// The unit of exact scoring: each piece without the marks and white space at its ends,
    /// pieces joined where no letter or digit stands between them. A piece of marks alone is
    /// kept only where all pieces are such.
    pub(super) fn exact(&self, pieces: &[Piece]) -> Vec<Piece> {
        let trimmed: Vec<Piece> = pieces.iter().filter_map(|p| self.trimmed(*p)).collect();
        let mut kept: Vec<Piece> = trimmed
            .iter()
            .copied()
            .filter(|p| self.has_word(*p))
            .collect();
        if kept.is_empty() {
            kept = trimmed;
        }
        kept.sort_unstable();
        let mut joined: Vec<Piece> = Vec::with_capacity(kept.len());
        for (start, end) in kept {
            match joined.last_mut() {
                Some(last) if !self.has_word((last.1, start)) => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        joined
    }

    /// Without marks and white space at both ends; without white space alone where marks are
    /// all it has; nothing where it is all white space.
    fn trimmed(&self, piece: Piece) -> Option<Piece> {
        self.trim(piece, |c| is_space(c) || MARKS.contains(c))
            .or_else(|| self.trim(piece, is_space))
    }

    fn trim(&self, (start, end): Piece, dropped: impl Fn(char) -> bool) -> Option<Piece> {
        let characters = self.characters.get(start..end)?;
        let first = characters.iter().position(|c| !dropped(*c))?;
        let last = characters.iter().rposition(|c| !dropped(*c))?;
        Some((start + first, start + last + 1))
    }

    /// Whether a letter or digit stands in the range; an overturned range has none.
    fn has_word(&self, (start, end): Piece) -> bool {
        self.characters
            .get(start..end)
            .is_some_and(|part| part.iter().any(|c| is_word(*c)))
    }

    fn solids_in(&self, (start, end): Piece) -> usize {
        let before = |offset: usize| self.solid_before.get(offset).copied().unwrap_or_default();
        before(end).saturating_sub(before(start))
    }
}

impl Solid {
    /// How many characters are in it.
    pub(super) const fn size(&self) -> usize {
        self.size
    }

    /// Whether it has no character.
    pub(super) const fn is_empty(&self) -> bool {
        self.size == 0
    }
}

/// White space, the four separators of ASCII among it: what Python's `str.isspace` holds for
/// such, so that these figures and the published ones are the same.
fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{1c}'..='\u{1f}')
}

/// A letter or a digit, by general category as in Python's `str.isalnum`: combining marks,
/// which [`char::is_alphanumeric`] takes for letters in some scripts, are none.
fn is_word(character: char) -> bool {
    matches!(
        character.general_category_group(),
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str, pieces: &[Piece]) -> Vec<Piece> {
        Text::new(text).exact(pieces)
    }

    #[test]
    fn marks_and_spaces_at_the_ends_do_not_count() {
        assert_eq!(exact(" “We won,” ", &[(0, 11)]), [(2, 8)]);
        assert_eq!(exact("It rained.", &[(0, 10)]), [(0, 9)]);
    }

    #[test]
    fn pieces_join_over_marks_but_not_over_words() {
        assert_eq!(exact("one, two", &[(0, 4), (4, 8)]), [(0, 8)]);
        assert_eq!(exact("one — two", &[(0, 3), (6, 9)]), [(0, 9)]);
        assert_eq!(exact("one or two", &[(0, 3), (7, 10)]), [(0, 3), (7, 10)]);
        assert_eq!(exact("one two six", &[(0, 11), (4, 7)]), [(0, 11)]);
    }

    #[test]
    fn a_piece_of_marks_alone_is_kept_only_without_words() {
        assert_eq!(exact("Ann: Yes", &[(3, 4)]), [(3, 4)]);
        assert_eq!(exact("Ann: Yes", &[(0, 3), (3, 5)]), [(0, 3)]);
        assert_eq!(exact("a  b", &[(1, 3)]), []);
    }

    #[test]
    fn sets_count_characters_without_white_space() {
        let text = Text::new("“Ja”, 😀 é\n  x");
        let whole = text.solid(&[(0, 13)]);
        assert_eq!(whole.size(), 8);
        let parts = text.solid(&[(0, 6), (3, 7), (10, 13)]);
        assert_eq!((parts.size(), text.shared(&whole, &parts)), (7, 7));
        assert!(text.solid(&[(9, 12)]).is_empty());
    }

    #[test]
    fn spans_are_cut_to_the_text() {
        let text = Text::new("abc");
        let spans = [(2, 9), (0, 1), (3, 5)].map(|(s, e)| Span::new(s, e).unwrap());
        assert_eq!(text.cut(&spans), [(0, 1), (2, 3)]);
    }
}
