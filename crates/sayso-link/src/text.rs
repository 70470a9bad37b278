//! A text as words: what copies are found by.

use std::ops::Range;

/// A run of letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// Of its letters in lower case.
    pub hash: u64,
    /// Where it stands, in characters of the text.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Between quotation marks.
    pub quoted: bool,
}

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 6);
    let quoted = quotations(text);
    let mut quoted = quoted.iter().peekable();
    let mut open: Option<(u64, u32, usize)> = None;
    let mut at = 0;
    for (byte, c) in text.char_indices() {
        if c.is_alphanumeric() || c == '_' {
            let (hash, start, first) = open.unwrap_or((FNV_OFFSET, at, byte));
            open = Some((hashed(hash, c), start, first));
        } else if let Some((hash, start, first)) = open.take() {
            out.push(word(hash, start..at, first, &mut quoted));
        }
        at += 1;
    }
    if let Some((hash, start, first)) = open {
        out.push(word(hash, start..at, first, &mut quoted));
    }
    out
}

fn word<'q>(
    hash: u64,
    place: Range<u32>,
    byte: usize,
    quotations: &mut std::iter::Peekable<impl Iterator<Item = &'q Range<usize>>>,
) -> Word {
    while quotations.next_if(|q| q.end <= byte).is_some() {}
    Word {
        hash,
        start: place.start,
        end: place.end,
        quoted: quotations.peek().is_some_and(|q| q.start <= byte),
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// FNV-1a over the bytes of the lower-case letter: the same on every machine, for it is kept.
fn hashed(hash: u64, c: char) -> u64 {
    let byte = |hash: u64, b: u8| (hash ^ u64::from(b)).wrapping_mul(FNV_PRIME);
    if c.is_ascii() {
        return byte(hash, c.to_ascii_lowercase() as u8);
    }
    let mut buffer = [0; 4];
    c.to_lowercase().fold(hash, |hash, lower| {
        lower.encode_utf8(&mut buffer).bytes().fold(hash, byte)
    })
}

/// The hash of a word given in letters, as [`words`] makes it.
#[cfg(test)]
pub(crate) fn hash_of(word: &str) -> u64 {
    word.chars().fold(FNV_OFFSET, hashed)
}

/// Stretches between quotation marks, marks included, in bytes; one that is not closed ends with
/// its line.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(['“', '"'])) {
        let start = from + found;
        let (mark, close) = if text[start..].starts_with('"') {
            (1, '"')
        } else {
            ('“'.len_utf8(), '”')
        };
        from = start + mark;
        let rest = text.get(from..).unwrap_or_default();
        if let Some(end) = rest.find([close, '\n']) {
            let length = rest[end..].chars().next().map_or(1, char::len_utf8);
            from += end + length;
            out.push(start..from);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, bool)> {
        words(text)
            .iter()
            .map(|w| {
                let letters = text.chars().skip(w.start as usize);
                let letters: String = letters.take((w.end - w.start) as usize).collect();
                assert_eq!(w.hash, hash_of(&letters));
                (letters, w.quoted)
            })
            .collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits_and_know_whether_they_are_quoted() {
        let found = told("Élan “vital”, he said: \"12 o'clock\"");
        let expected = [
            ("Élan", false),
            ("vital", true),
            ("he", false),
            ("said", false),
            ("12", true),
            ("o", true),
            ("clock", true),
        ];
        assert_eq!(found, expected.map(|(w, q)| (w.to_owned(), q)));
    }

    #[test]
    fn a_quotation_that_is_not_closed_ends_with_its_line_or_is_none() {
        let found = told("\"Go\nhome \"now");
        let expected = [("Go", true), ("home", false), ("now", false)];
        assert_eq!(found, expected.map(|(w, q)| (w.to_owned(), q)));
    }

    #[test]
    fn capitals_do_not_count() {
        assert_eq!(hash_of("ÉLAN"), hash_of("élan"));
        assert_ne!(hash_of("elan"), hash_of("élan"));
    }
}
