//! The tokens of a stretch of text.

use std::ops::Range;

use sayso_reading::Span;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters: a word, what an apostrophe splits off ("'s"), or dotted letters ("p.m.").
    Word,
    /// A number in digits, grouped and with a fraction where it has them.
    Digits,
    /// One character that is neither.
    Mark,
}

/// A word, a number in digits or a mark; bytes of the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What it is made of.
    pub kind: Kind,
    /// Whether white space, or nothing at all, stands before it.
    pub spaced: bool,
    /// Whether it begins with a capital letter.
    pub capital: bool,
}

/// The tokens of one stretch of a document.
#[derive(Debug)]
pub(crate) struct Tokens<'t> {
    text: &'t str,
    /// The stretch in lower case, of the same length: letters outside ASCII stay as they are.
    lower: String,
    start: usize,
    list: Vec<Token>,
}

impl<'t> Tokens<'t> {
    /// The tokens of a stretch; none where it is not one of the text.
    pub(crate) fn new(text: &'t str, stretch: Range<usize>) -> Self {
        let slice = text.get(stretch.clone()).unwrap_or_default();
        let mut list = Vec::with_capacity(slice.len() / 5);
        let mut spaced = true;
        let mut at = 0;
        while let Some(c) = slice.get(at..).and_then(|rest| rest.chars().next()) {
            if c.is_whitespace() {
                spaced = true;
                at += c.len_utf8();
                continue;
            }
            let (kind, end) = token_from(slice, at, c, spaced);
            list.push(Token {
                start: stretch.start + at,
                end: stretch.start + end,
                kind,
                spaced,
                capital: c.is_uppercase(),
            });
            spaced = false;
            at = end;
        }
        Self {
            text,
            lower: slice.to_ascii_lowercase(),
            start: stretch.start,
            list,
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at a place.
    pub(crate) fn get(&self, at: usize) -> Option<&Token> {
        self.list.get(at)
    }

    /// Its words in lower case, an apostrophe made plain; nothing outside the stretch.
    pub(crate) fn lower(&self, at: usize) -> &str {
        let Some(token) = self.list.get(at) else {
            return "";
        };
        let range = token.start - self.start..token.end - self.start;
        let lower = self.lower.get(range).unwrap_or_default();
        match lower {
            "’s" => "'s",
            "’t" => "'t",
            "’clock" => "'clock",
            _ => lower,
        }
    }

    /// The words in lower case so many places before; nothing outside the stretch.
    pub(crate) fn back(&self, at: usize, steps: usize) -> &str {
        at.checked_sub(steps).map_or("", |at| self.lower(at))
    }

    /// Its words as written.
    pub(crate) fn written(&self, at: usize) -> &'t str {
        let range = self.list.get(at).map_or(0..0, |t| t.start..t.end);
        self.text.get(range).unwrap_or_default()
    }

    /// Whether the token at a place stands there without white space before it.
    pub(crate) fn tight(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|t| !t.spaced)
    }

    /// Whether the token at a place is of this kind.
    pub(crate) fn is(&self, at: usize, kind: Kind) -> bool {
        self.list.get(at).is_some_and(|t| t.kind == kind)
    }

    /// The place behind a hyphen that joins two words, where one stands here; else the place itself.
    pub(crate) fn past_hyphen(&self, at: usize) -> usize {
        if matches!(self.lower(at), "-" | "‑") && self.tight(at) && self.tight(at + 1) {
            at + 1
        } else {
            at
        }
    }

    /// The bytes from the first of these tokens to the last; none where there is none.
    pub(crate) fn span(&self, tokens: Range<usize>) -> Option<Span> {
        let first = self.list.get(tokens.start)?;
        let last = self.list.get(tokens.end.checked_sub(1)?)?;
        Span::new(first.start, last.end).ok()
    }

    /// The first token that ends behind a byte of the document; their number where none does.
    pub(crate) fn behind(&self, byte: usize) -> usize {
        self.list.partition_point(|t| t.end <= byte)
    }
}

/// The kind of the token that begins here with this character, and its end.
fn token_from(slice: &str, at: usize, first: char, spaced: bool) -> (Kind, usize) {
    if first.is_ascii_digit() {
        return (Kind::Digits, digits_end(slice.as_bytes(), at));
    }
    if first.is_alphabetic() {
        return (Kind::Word, word_end(slice, at, first));
    }
    let behind = at + first.len_utf8();
    if matches!(first, '\'' | '’') && !spaced {
        let before = slice.get(..at).and_then(|s| s.chars().next_back());
        let end = letters_end(slice, behind);
        if end > behind && before.is_some_and(char::is_alphanumeric) {
            return (Kind::Word, end);
        }
    }
    (Kind::Mark, behind)
}

/// The end of the letters that stand from here on, marks that combine with them included.
fn letters_end(slice: &str, from: usize) -> usize {
    let rest = slice.get(from..).unwrap_or_default();
    let combines = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    rest.find(|c: char| !c.is_alphabetic() && !combines(c))
        .map_or(slice.len(), |length| from + length)
}

/// The end of a word; single letters with stops between them are one.
fn word_end(slice: &str, at: usize, first: char) -> usize {
    let mut end = letters_end(slice, at);
    let mut single = end == at + first.len_utf8();
    let mut dotted = false;
    while single && slice.as_bytes().get(end) == Some(&b'.') {
        let next = end + 1;
        let letter = slice.get(next..).and_then(|rest| rest.chars().next());
        let next_end = letters_end(slice, next);
        single = letter.is_some_and(|c| next_end == next + c.len_utf8());
        if single {
            dotted = true;
            end = next_end;
        } else if dotted {
            return next;
        }
    }
    end
}

/// The end of a number in digits: groups of three behind commas, then a fraction.
fn digits_end(bytes: &[u8], at: usize) -> usize {
    let run = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let mut end = run(at);
    if end - at <= 3 {
        while bytes.get(end) == Some(&b',') && run(end + 1) == end + 4 {
            end += 4;
        }
    }
    if bytes.get(end) == Some(&b'.') {
        let fraction = run(end + 1);
        // "10.5.2020" is a date, "1.2.3" a version
        let goes_on = bytes.get(fraction) == Some(&b'.') && run(fraction + 1) > fraction + 1;
        let came_on = at > 1 && bytes[at - 1] == b'.' && bytes[at - 2].is_ascii_digit();
        if fraction > end + 1 && !goes_on && !came_on {
            end = fraction;
        }
    }
    end
}
