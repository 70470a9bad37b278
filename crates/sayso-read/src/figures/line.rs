//! A block of text as the rules on figures see it.

use std::ops::{Deref, Range};

use crate::numbers::{Kind, Tokens};
use crate::prose::is_abbreviation;

/// The tokens of a block, and what its letter case is worth.
pub(super) struct Line<'t> {
    tokens: Tokens<'t>,
    /// Without small letters, capitals tell nothing.
    shouted: bool,
}

impl<'t> Deref for Line<'t> {
    type Target = Tokens<'t>;
    fn deref(&self) -> &Tokens<'t> {
        &self.tokens
    }
}

impl<'t> Line<'t> {
    pub(super) fn new(text: &'t str, block: Range<usize>) -> Self {
        let slice = text.get(block.clone()).unwrap_or_default();
        Self {
            tokens: Tokens::new(text, block),
            shouted: !slice.contains(|c: char| c.is_lowercase()),
        }
    }

    /// Whether a token is a word with a capital that tells something.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        !self.shouted && self.get(at).is_some_and(|t| t.capital)
    }

    /// Whether capitals tell nothing here.
    pub(super) const fn is_shouted(&self) -> bool {
        self.shouted
    }

    /// Whether a token is a word.
    pub(super) fn is_word(&self, at: usize) -> bool {
        self.is(at, Kind::Word)
    }

    /// Whether a sentence ends with a token.
    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        let next = at + 1;
        match self.lower(at) {
            "" => true,
            "?" | "!" | "…" => self.get(next).is_none_or(|t| t.spaced),
            "." => self.get(next).is_none_or(|token| {
                let before = self.back(at, 1);
                let initial = before.len() == 1 && self.is_word(at.saturating_sub(1));
                let abbreviated = initial || is_abbreviation(before);
                token.spaced && !abbreviated && (token.capital || token.kind != Kind::Word)
                    || self.closes(next)
            }),
            _ => false,
        }
    }

    /// Whether a quotation mark behind a stop closes the sentence.
    fn closes(&self, at: usize) -> bool {
        matches!(self.lower(at), "\"" | "”" | "’" | "'") && self.tight(at)
    }

    /// Whether a clause ends with a token: at the end of a sentence, a colon, a dash.
    pub(super) fn ends_clause(&self, at: usize) -> bool {
        match self.lower(at) {
            ";" | ":" | "—" => true,
            "-" | "–" => !self.tight(at) || !self.tight(at + 1),
            _ => self.ends_sentence(at),
        }
    }
}
