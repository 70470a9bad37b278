//! A text's words, with what stands between them.

use std::ops::Range;

use sayso_reading::Span;

/// A word and its place.
#[derive(Debug)]
pub(super) struct Word {
    pub span: Span,
    /// In lower case, with a plain apostrophe.
    pub lower: String,
    /// Begins with a capital letter.
    pub capital: bool,
    /// Has no small letter and more than one letter.
    pub shouted: bool,
    /// What stands between the word before and this one.
    before: Gap,
}

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing but white space, hyphens, quotation marks.
    Close,
    /// A comma.
    Comma,
    /// A dash, colon, semicolon or bracket.
    Strong,
    /// The end of a sentence or line.
    Sentence,
}

/// Words before whose stop no sentence ends.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "gen", "maj", "col", "lt", "sgt", "capt", "cpl", "adm", "brig", "sen",
    "rep", "gov", "st", "prof", "rev", "hon", "no", "vs", "jr", "sr", "inc", "ltd", "co", "corp",
    "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec",
];

/// All words of a text, in its order.
#[derive(Debug)]
pub(super) struct Words {
    words: Vec<Word>,
}

impl Words {
    pub(super) fn new(text: &str) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut start = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            let inner = c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
            match start {
                None if inner => start = Some(at),
                Some(from) if !inner => {
                    words.extend(word(text, from..at, words.last()));
                    start = None;
                }
                _ => {}
            }
        }
        Self { words }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Word> {
        self.words.get(at)
    }

    /// The word in lower case; nothing outside the text.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.lower.as_str())
    }

    /// The word `back` places before.
    pub(super) fn back(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.lower(at))
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        self.words.get(at).map_or(Gap::Sentence, |w| w.before)
    }

    /// The words that lie in a span, at least in part.
    pub(super) fn within(&self, span: Span) -> Range<usize> {
        let start = self.words.partition_point(|w| w.span.end() <= span.start());
        let end = self.words.partition_point(|w| w.span.start() < span.end());
        start..end.max(start)
    }

    /// The first word of the sentence in which a word stands.
    pub(super) fn sentence_start(&self, at: usize) -> usize {
        (1..=at)
            .rev()
            .find(|&i| self.gap(i) == Gap::Sentence)
            .unwrap_or(0)
    }

    /// One past the last word of the sentence in which a word stands.
    pub(super) fn sentence_end(&self, at: usize) -> usize {
        (at + 1..self.len())
            .find(|&i| self.gap(i) == Gap::Sentence)
            .unwrap_or(self.len())
    }

    /// The span over words.
    pub(super) fn span(&self, range: Range<usize>) -> Option<Span> {
        let first = self.get(range.start)?;
        let last = self.get(range.end.checked_sub(1)?)?;
        Span::new(first.span.start(), last.span.end()).ok()
    }
}

fn word(text: &str, range: Range<usize>, last: Option<&Word>) -> Option<Word> {
    let slice = text.get(range.clone())?;
    let written = slice.trim_matches(['\'', '’', '-']);
    let start = range.start + slice.find(written).filter(|_| !written.is_empty())?;
    let span = Span::new(start, start + written.len()).ok()?;
    let capital = written.chars().next().is_some_and(char::is_uppercase);
    let gap = text.get(last.map_or(0, |w| w.span.end())..start)?;
    Some(Word {
        span,
        lower: written.to_lowercase().replace('’', "'"),
        capital,
        shouted: written.chars().count() > 1 && !written.chars().any(char::is_lowercase),
        before: before(gap, last, capital),
    })
}

fn before(gap: &str, last: Option<&Word>, capital: bool) -> Gap {
    let Some(last) = last else {
        return Gap::Sentence;
    };
    // a straight or curly quotation mark that opens may stand before a sentence's first word
    let spaced = gap.contains(char::is_whitespace) || gap.contains(['"', '”', '“']);
    let abbreviation = gap.trim() == "."
        && (last.lower.chars().count() == 1 || ABBREVIATIONS.contains(&last.lower.as_str()));
    if gap.contains('\n') || gap.contains(['.', '?', '!']) && spaced && capital && !abbreviation {
        Gap::Sentence
    } else if gap.contains(['—', '–', ':', ';', '(', ')', '[', ']', '…'])
        || gap.contains(" -")
        || gap.contains(['?', '!'])
    {
        Gap::Strong
    } else if gap.contains(',') {
        Gap::Comma
    } else {
        Gap::Close
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_but_not_after_abbreviations() {
        let words = Words::new("He left. Gen. Smith of the U.S. Army didn’t, she said: “No.” Then");
        let starts: Vec<&str> = (0..words.len())
            .filter(|&i| words.gap(i) == Gap::Sentence)
            .map(|i| words.lower(i))
            .collect();
        assert_eq!(starts, ["he", "gen", "then"]);
        assert_eq!(words.lower(9), "didn't");
        assert_eq!(words.gap(10), Gap::Comma);
        assert_eq!(words.gap(12), Gap::Strong);
    }
}
