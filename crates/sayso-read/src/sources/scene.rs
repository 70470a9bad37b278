//! The text as far as antecedents are looked for in it: sentences, and who was mentioned where.

use std::ops::Range;

use sayso_reading::{BlockKind, Document};

use crate::prose::sentences;

/// How many sentences back an antecedent may stand.
const REACH: usize = 7;

/// The sentences of the blocks that are read, in text order.
pub(crate) struct Scene {
    sentences: Vec<Range<usize>>,
    headlines: Vec<Range<usize>>,
}

impl Scene {
    pub(crate) fn new(document: &Document) -> Self {
        let text = document.text();
        let sentences = document
            .blocks()
            .iter()
            .filter(|b| b.kind.is_content())
            .flat_map(|b| sentences(text, b.span.range()))
            .collect();
        let headlines = document
            .blocks()
            .iter()
            .filter(|b| matches!(b.kind, BlockKind::Headline | BlockKind::Subheading))
            .map(|b| b.span.range())
            .collect();
        Self {
            sentences,
            headlines,
        }
    }

    /// Whether a byte stands in a headline.
    pub(crate) fn is_headline(&self, at: usize) -> bool {
        self.headlines.iter().any(|h| h.contains(&at))
    }

    /// The number of the sentence that holds a byte, or of the last one before it.
    pub(crate) fn number(&self, at: usize) -> usize {
        self.sentences
            .partition_point(|s| s.start <= at)
            .saturating_sub(1)
    }

    /// The sentence that holds a byte.
    pub(crate) fn sentence(&self, at: usize) -> Range<usize> {
        self.sentences
            .get(self.number(at))
            .cloned()
            .unwrap_or(at..at)
    }

    /// The stretches in which an antecedent of a word at `at` is looked for, nearest first:
    /// its own sentence up to it, then the sentences before.
    pub(crate) fn before(&self, at: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        let own = self.number(at);
        (own.saturating_sub(REACH)..=own)
            .rev()
            .filter_map(move |n| {
                let s = self.sentences.get(n)?;
                Some(if n == own {
                    s.start..at.max(s.start)
                } else {
                    s.clone()
                })
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_stretch_comes_first() {
        let text = "One left. Two came.\nThree said he stayed.";
        let scene = Scene::new(&Document::of_paragraphs(text));
        let at = text.find("he stayed").expect("there");
        let got: Vec<_> = scene.before(at).map(|r| &text[r]).collect();
        assert_eq!(got, ["Three said ", "Two came.", "One left."]);
    }
}
