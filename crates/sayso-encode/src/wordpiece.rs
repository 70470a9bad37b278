//! Uncased `WordPiece` (Devlin et al. 2019), equal by test to the tokenizer that
//! training used, with byte offsets into the text as it is.

use rustc_hash::FxHashMap;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::features::{Shape, quote_states};
use crate::pieces::Pieces;

/// A word of more characters than this is unknown as a whole.
const LONGEST_WORD: usize = 100;

/// The pieces a text is cut into.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    starting: FxHashMap<Box<[u8]>, u32>,
    continuing: FxHashMap<Box<[u8]>, u32>,
    unknown: u32,
}

/// A word being gathered: its folded bytes, and for each folded character where
/// it ends there and which bytes of the text it came from.
#[derive(Default)]
struct Word {
    folded: Vec<u8>,
    ends: Vec<u32>,
    from: Vec<(u32, u32)>,
}

impl Word {
    fn push(&mut self, c: char, from: (u32, u32)) {
        let mut buffer = [0; 4];
        self.folded
            .extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        self.ends.push(self.folded.len() as u32);
        self.from.push(from);
    }

    fn clear(&mut self) {
        self.folded.clear();
        self.ends.clear();
        self.from.clear();
    }
}

/// What a character does to the cutting of words.
enum Role {
    Drop,
    Space,
    Alone,
    Letter,
}

impl Vocabulary {
    /// From the pieces in order of their rows; pieces that continue a word begin with `##`.
    #[must_use]
    pub fn new<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut starting, mut continuing) = (FxHashMap::default(), FxHashMap::default());
        let mut unknown = 0;
        for (row, piece) in (0_u32..).zip(pieces) {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continuing.insert(rest.as_bytes().into(), row),
                _ => starting.insert(piece.as_bytes().into(), row),
            };
            if piece == "[UNK]" {
                unknown = row;
            }
        }
        Self {
            starting,
            continuing,
            unknown,
        }
    }

    /// Cuts a text. Offsets are bytes of `text`; texts are bounded by the loader to well under 4 GiB.
    #[must_use]
    pub fn cut(&self, text: &str) -> Pieces {
        let mut pieces = Pieces::default();
        let mut word = Word::default();
        for (at, c) in text.char_indices() {
            let from = (at as u32, (at + c.len_utf8()) as u32);
            match role(c) {
                Role::Drop => {}
                Role::Space => self.finish(&mut word, text, &mut pieces),
                Role::Alone => {
                    self.finish(&mut word, text, &mut pieces);
                    word.push(c, from);
                    self.finish(&mut word, text, &mut pieces);
                }
                Role::Letter if c.is_ascii() => word.push(c.to_ascii_lowercase(), from),
                Role::Letter => fold(c, |d| word.push(d, from)),
            }
        }
        self.finish(&mut word, text, &mut pieces);
        let states = quote_states(text);
        pieces.quotes = pieces
            .starts
            .iter()
            .map(|&s| states.get(s as usize).map_or(0, |&q| q as u8))
            .collect();
        pieces
    }

    /// Longest match first over one word; a word without a match is unknown as a whole.
    fn finish(&self, word: &mut Word, text: &str, pieces: &mut Pieces) {
        if word.ends.is_empty() {
            return;
        }
        let first = pieces.len();
        let number = pieces.words.last().map_or(0, |w| w + 1);
        let mut done = 0;
        let count = word.ends.len();
        while done < count && count <= LONGEST_WORD {
            let start = if done == 0 {
                0
            } else {
                word.ends[done - 1] as usize
            };
            let table = if done == 0 {
                &self.starting
            } else {
                &self.continuing
            };
            let found = (done..count).rev().find_map(|last| {
                let row = table.get(&word.folded[start..word.ends[last] as usize])?;
                Some((last, *row))
            });
            let Some((last, row)) = found else { break };
            push(pieces, row, word.from[done].0, word.from[last].1, number);
            done = last + 1;
        }
        if done < count {
            pieces.ids.truncate(first);
            pieces.starts.truncate(first);
            pieces.ends.truncate(first);
            pieces.words.truncate(first);
            push(
                pieces,
                self.unknown,
                word.from[0].0,
                word.from[count - 1].1,
                number,
            );
        }
        let whole = word.from[0].0 as usize..word.from[count - 1].1 as usize;
        let shape = Shape::of(text.get(whole).unwrap_or_default()) as u8;
        pieces.shapes.resize(pieces.len(), shape);
        word.clear();
    }
}

fn push(pieces: &mut Pieces, id: u32, start: u32, end: u32, word: u32) {
    pieces.ids.push(id);
    pieces.starts.push(start);
    pieces.ends.push(end);
    pieces.words.push(word);
}

fn role(c: char) -> Role {
    if c.is_ascii() {
        return match c {
            '\t' | '\n' | '\r' | ' ' => Role::Space,
            _ if c.is_ascii_control() => Role::Drop,
            _ if c.is_ascii_punctuation() => Role::Alone,
            _ => Role::Letter,
        };
    }
    if c == '\u{fffd}' || c.general_category_group() == GeneralCategoryGroup::Other {
        Role::Drop
    } else if c.is_whitespace() {
        Role::Space
    } else if c.general_category_group() == GeneralCategoryGroup::Punctuation || is_han(c) {
        Role::Alone
    } else {
        Role::Letter
    }
}

/// Canonical decomposition without non-spacing marks, in lower case.
fn fold(c: char, mut emit: impl FnMut(char)) {
    decompose_canonical(c, |d| {
        if !(is_combining_mark(d) && d.general_category() == GeneralCategory::NonspacingMark) {
            d.to_lowercase().for_each(&mut emit);
        }
    });
}

/// Ideographs stand alone, as in the tokenizer that the base was trained with.
fn is_han(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x2_0000..=0x2_A6DF | 0x2_A700..=0x2_B73F
        | 0x2_B740..=0x2_B81F | 0x2_B920..=0x2_CEAF | 0xF900..=0xFAFF | 0x2_F800..=0x2_FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiny() -> Vocabulary {
        Vocabulary::new(["[UNK]", "the", "mil", "##itia", "cafe", ",", "said", "##s"])
    }

    #[test]
    fn pieces_keep_their_bytes() {
        let text = "The Café, militias";
        let pieces = tiny().cut(text);
        let words: Vec<&str> = (0..pieces.len()).map(|i| &text[pieces.bytes(i)]).collect();
        assert_eq!(words, ["The", "Café", ",", "mil", "itia", "s"]);
        assert_eq!(pieces.ids, [1, 4, 5, 2, 3, 7]);
        assert_eq!(pieces.words, [0, 1, 2, 3, 3, 3]);
    }

    #[test]
    fn a_word_without_pieces_is_unknown_as_a_whole() {
        let pieces = tiny().cut("milk");
        assert_eq!(
            (pieces.ids.as_slice(), pieces.bytes(0)),
            (&[0_u32][..], 0..4)
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut_into_rising_pieces(text in "\\PC{0,200}") {
            let pieces = tiny().cut(&text);
            for i in 0..pieces.len() {
                let bytes = pieces.bytes(i);
                proptest::prop_assert!(bytes.start < bytes.end && text.get(bytes.clone()).is_some());
                proptest::prop_assert!(i == 0 || pieces.bytes(i - 1).end <= bytes.start || pieces.words[i - 1] == pieces.words[i]);
            }
            proptest::prop_assert_eq!(pieces.shapes.len(), pieces.len());
            proptest::prop_assert_eq!(pieces.quotes.len(), pieces.len());
        }
    }
}
