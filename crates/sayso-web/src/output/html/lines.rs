//! A document's blocks as the lines of a page.

use std::ops::Range;

use sayso_reading::{Block, BlockKind, Document};

/// Blocks that stand on one line of the text, such as a dateline and its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLine {
    /// The function of the line as a whole.
    pub kind: BlockKind,
    /// Its blocks, in text order; at least one.
    pub blocks: Vec<Block>,
}

impl PageLine {
    /// The bytes from its first block to its last.
    pub fn range(&self) -> Range<usize> {
        let start = self.blocks.first().map_or(0, |block| block.span.start());
        let end = self.blocks.last().map_or(0, |block| block.span.end());
        start..end
    }
}

/// The document's lines, in text order.
pub fn lines(document: &Document) -> Vec<PageLine> {
    let mut lines: Vec<PageLine> = Vec::new();
    for &block in document.blocks() {
        match lines
            .last_mut()
            .filter(|line| same_line(document.text(), line, block))
        {
            Some(line) => {
                if is_margin(line.kind) {
                    line.kind = block.kind;
                }
                line.blocks.push(block);
            }
            None => lines.push(PageLine {
                kind: block.kind,
                blocks: vec![block],
            }),
        }
    }
    lines
}

fn same_line(text: &str, line: &PageLine, block: Block) -> bool {
    let between = text.get(line.range().end..block.span.start());
    // Page furniture is set apart even where it stands on the same line.
    let apart = (line.kind == BlockKind::Boilerplate) != (block.kind == BlockKind::Boilerplate);
    !apart && between.is_some_and(|between| !between.contains('\n'))
}

/// Blocks that go before or after the words of a line without being them.
const fn is_margin(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Dateline | BlockKind::Byline | BlockKind::Credit
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_reading::{DocumentParts, Span};

    #[test]
    fn a_dateline_stands_on_its_paragraphs_line() {
        let text = "Title\nROME — It rained.\n(AP)";
        let piece = |kind, words: &str| {
            let start = text.find(words).unwrap();
            Block {
                kind,
                span: Span::new(start, start + words.len()).unwrap(),
            }
        };
        let blocks = vec![
            piece(BlockKind::Headline, "Title"),
            piece(BlockKind::Dateline, "ROME —"),
            piece(BlockKind::Paragraph, "It rained."),
            piece(BlockKind::Credit, "(AP)"),
        ];
        let parts = DocumentParts {
            text: text.into(),
            blocks,
            ..DocumentParts::default()
        };
        let lines = lines(&Document::new(parts).unwrap());
        let kinds: Vec<_> = lines
            .iter()
            .map(|line| (line.kind, line.blocks.len()))
            .collect();
        let expected = [
            (BlockKind::Headline, 1),
            (BlockKind::Paragraph, 2),
            (BlockKind::Credit, 1),
        ];
        assert_eq!(kinds, expected);
    }
}
