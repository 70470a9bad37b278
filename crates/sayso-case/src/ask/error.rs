//! What is wrong with a question, where, and what would be right.

use thiserror::Error;

/// The longest piece of a question that a message repeats.
const REPEATED: usize = 40;

/// Why a question cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("column {column}: {message}")]
pub struct QueryError {
    column: usize,
    message: String,
}

impl QueryError {
    pub(crate) fn new(column: usize, message: impl Into<String>) -> Self {
        Self {
            column,
            message: message.into(),
        }
    }

    /// Where in the question it is, in characters from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// What is wrong, and what would be right.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// A piece of a question as a message repeats it.
pub(crate) fn shortened(given: &str) -> String {
    if given.chars().count() <= REPEATED {
        return given.to_owned();
    }
    given.chars().take(REPEATED).chain("…".chars()).collect()
}

/// Of the words known, the one that somebody most likely meant.
pub(crate) fn nearest<'k>(
    given: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<&'k str> {
    let given: Vec<char> = given.to_lowercase().chars().collect();
    if given.len() > REPEATED {
        return None;
    }
    let (distance, word) = known
        .into_iter()
        .map(|word| (distance(&given, word), word))
        .min_by_key(|(distance, _)| *distance)?;
    let most = 1 + given.len().min(word.len()) / 3;
    (distance <= most).then_some(word)
}

/// How many letters have to be put in, left out, exchanged or swapped with the next.
fn distance(given: &[char], word: &str) -> usize {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=word.len()).collect();
    for (at, letter) in given.iter().enumerate() {
        let mut row = vec![at + 1];
        for (to, other) in word.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut least = (get(&above, to) + usize::from(letter != other))
                .min(get(&above, to + 1) + 1)
                .min(get(&row, to) + 1);
            let swapped = at > 0
                && to > 0
                && given.get(at - 1) == Some(other)
                && word.get(to - 1) == Some(letter);
            if swapped {
                least = least.min(get(&before, to - 1) + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(given.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_the_one_meant() {
        let known = ["source", "score", "sort", "show"];
        assert_eq!(nearest("sorce", known), Some("source"));
        assert_eq!(nearest("sohw", known), Some("show"));
        assert_eq!(nearest("SCORE", known), Some("score"));
        assert_eq!(nearest("weather", known), None);
        assert_eq!(nearest(&"s".repeat(10_000), known), None);
    }
}
