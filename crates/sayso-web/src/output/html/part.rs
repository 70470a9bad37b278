//! A text that is too long for one page comes in parts.

use std::ops::Range;

use sayso_reading::{Block, Span};

use super::lines::PageLine;

/// Characters of a part at most: with all that stands beside them, they make a page of some 100 kB.
const MOST: usize = 6_000;
/// A text that is longer by so much is still shown whole.
const SPARE: usize = MOST / 6;

/// The bytes of each part, in text order; of a text that is not long there is one. A part ends where a line ends, or
/// at least a word.
pub fn parts(text: &str, lines: &[PageLine]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(end) = cut(text, start, lines) {
        parts.push(start..end);
        start = end;
    }
    parts.push(start..text.len());
    parts
}

/// Where the part that begins at a place ends, if it is not the last.
fn cut(text: &str, start: usize, lines: &[PageLine]) -> Option<usize> {
    let rest = text.get(start..)?;
    let place = |chars: usize| rest.char_indices().nth(chars).map(|(at, _)| start + at);
    place(MOST + SPARE)?;
    let (least, most) = (place(MOST / 2)?, place(MOST)?);
    let after = lines.partition_point(|line| line.range().end <= most);
    let line = after.checked_sub(1).and_then(|at| lines.get(at));
    let line = line.map(|line| line.range().end);
    let word = text.get(least..most)?.rfind(char::is_whitespace);
    let word = word.map(|at| least + at);
    line.filter(|end| *end > least).or(word).or(Some(most))
}

/// The lines of a part, the first and the last cut to it.
pub fn within(lines: Vec<PageLine>, part: &Range<usize>) -> Vec<PageLine> {
    let cut = |block: &Block| {
        let span = block.span.range();
        let (start, end) = (span.start.max(part.start), span.end.min(part.end));
        let span = Span::new(start, end).ok().filter(|_| start < end)?;
        Some(Block { span, ..*block })
    };
    let lines = lines.into_iter().map(|line| PageLine {
        blocks: line.blocks.iter().filter_map(cut).collect(),
        ..line
    });
    lines.filter(|line| !line.blocks.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::html::lines::lines;
    use proptest::prelude::*;
    use sayso_reading::{BlockKind, Document, DocumentParts};

    fn document(text: &str) -> Document {
        let span = Span::new(0, text.len()).unwrap();
        let blocks = vec![Block {
            kind: BlockKind::Paragraph,
            span,
        }];
        Document::new(DocumentParts {
            text: text.to_owned(),
            blocks,
            ..DocumentParts::default()
        })
        .unwrap()
    }

    #[test]
    fn what_is_not_long_is_shown_whole() {
        let text = "w".repeat(MOST + SPARE);
        assert_eq!(parts(&text, &[]), vec![0..text.len()]);
    }

    #[test]
    fn a_long_line_is_cut_between_words() {
        let text = "seven words ".repeat(MOST / 4);
        let text = text.trim_end();
        let lines = lines(&document(text));
        let parts = parts(text, &lines);
        assert!(parts.len() > 2);
        for part in &parts {
            assert!(text[part.clone()].chars().count() <= MOST + SPARE);
            assert!(!text[..part.end].ends_with("wor"));
        }
        let cut = within(lines, &parts[1]);
        assert_eq!(cut[0].range(), parts[1]);
    }

    proptest! {
        #[test]
        fn parts_are_the_whole_text(word in "[a-zäあ ]{1,9}", times in 1_usize..9000) {
            let text = word.repeat(times);
            let parts = parts(&text, &[]);
            let joined: String = parts.iter().map(|part| &text[part.clone()]).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
