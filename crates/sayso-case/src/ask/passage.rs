//! The words of a text around those that a question asks for.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::key::Key;
use super::term::{Condition, Term};
use super::tree::Tree;

/// Words shown before and after those asked for.
const BEFORE: usize = 10;
const AFTER: usize = 18;

/// Words without letter case and diacritics, as the word indexes have them.
pub(super) fn folded(text: &str) -> Vec<String> {
    words(text)
        .filter_map(|range| text.get(range))
        .map(folded_word)
        .collect()
}

fn folded_word(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let plain: String = word.nfd().filter(|c| !is_combining_mark(*c)).collect();
    plain.to_lowercase()
}

/// Where the words of a text stand. A mark that combines belongs to its word.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_part = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(is_part)?;
        let word = text.get(start..)?;
        at = start + word.find(|c| !is_part(c)).unwrap_or(word.len());
        Some(start..at)
    })
}

/// What a question asks for in whole texts: words one after the other, folded.
pub(super) fn asked(tree: &Tree<Term>) -> Vec<Vec<String>> {
    let leaves = tree.leaves().into_iter();
    leaves
        .filter_map(|term| match &term.condition {
            Condition::Words(Key::Words | Key::Text, any) => Some(any),
            _ => None,
        })
        .flatten()
        .map(|words| folded(words))
        .filter(|words| !words.is_empty())
        .collect()
}

/// The first words of a text that are asked for, with those around them, on one line; its
/// beginning where it has none of them.
pub(super) fn around(text: &str, asked: &[Vec<String>]) -> String {
    let all: Vec<Range<usize>> = words(text).collect();
    let is = |range: &Range<usize>, word: &String| {
        let found = text.get(range.clone()).unwrap_or_default();
        if found.is_ascii() {
            found.eq_ignore_ascii_case(word)
        } else {
            folded_word(found) == *word
        }
    };
    let stands = |at: usize, asked: &[String]| {
        let rest = all.get(at..).unwrap_or_default();
        rest.len() >= asked.len() && rest.iter().zip(asked).all(|(range, word)| is(range, word))
    };
    let first = (0..all.len()).find(|at| asked.iter().any(|words| stands(*at, words)));
    let first = first.unwrap_or(0);
    let from = all
        .get(first.saturating_sub(BEFORE))
        .map_or(0, |range| range.start);
    let to = all
        .get(first + AFTER)
        .map_or(text.len(), |range| range.start);
    // marks before the first word, such as a quotation mark, belong to it
    let from = if first <= BEFORE { 0 } else { from };
    let passage: Vec<&str> = text
        .get(from..to)
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let (left, right) = (
        if from > 0 { "… " } else { "" },
        if to < text.len() { " …" } else { "" },
    );
    format!("{left}{}{right}", passage.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Two rockets fell near the old airport on Monday, the police said, and nobody was hurt by \
                        them.\n\nA café in Kirkūk was closed for the day, as its owner feared that more would fall.";

    #[test]
    fn words_are_folded() {
        assert_eq!(folded("L’Écho d'Alger"), ["l", "echo", "d", "alger"]);
        assert_eq!(folded("ÖSTERREICH"), ["osterreich"]);
        assert_eq!(folded("cafe\u{301}"), ["cafe"]);
        assert!(folded(" – ").is_empty());
    }

    #[test]
    fn the_words_asked_for_are_shown_with_those_around_them() {
        let around = |asked: &str| around(TEXT, &[folded(asked)]);
        assert_eq!(
            around("kirkuk was"),
            "… said, and nobody was hurt by them. A café in Kirkūk was closed for the day, as its owner feared that more would fall."
        );
        assert!(around("rockets").starts_with("Two rockets fell"));
        assert!(around("zebra").starts_with("Two rockets fell"));
        assert!(around("zebra").ends_with(" …"));
    }
}
