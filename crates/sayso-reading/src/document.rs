//! A document: its text in blocks, and what its page says about itself.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::convert::{Convert, Turn};
use crate::vocabulary::vocabulary;
use crate::{Border, Bytes, DocumentId, Edtf, ReadingError, Span, Unit};

vocabulary! {
    /// What a stretch of a document is for.
    BlockKind {
        /// The title over the text.
        Headline = "headline",
        /// A title inside the text, or a second line under the headline.
        Subheading = "subheading",
        /// Place, and often day and agency, before the first sentence.
        Dateline = "dateline",
        /// Who wrote it, and when.
        Byline = "byline",
        /// Whose text or picture it is.
        Credit = "credit",
        /// Running text.
        Paragraph = "paragraph",
        /// Words under a picture.
        Caption = "caption",
        /// An item of a list.
        List = "list",
        /// What belongs to the page and not to the report: kept, never read as content.
        Boilerplate = "boilerplate",
    }
}

impl BlockKind {
    /// Whether attributions, events and the rest are looked for in it.
    pub const fn is_content(self) -> bool {
        matches!(
            self,
            Self::Headline | Self::Subheading | Self::Paragraph | Self::Caption | Self::List
        )
    }
}

/// A stretch of a document by function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Block")]
pub struct Block<U: Unit = Bytes> {
    /// Its function.
    pub kind: BlockKind,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span<U>,
}

impl<U: Unit> Convert<U> for Block<U> {
    type In<V: Unit> = Block<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Block<V>, ReadingError> {
        Ok(Block {
            kind: self.kind,
            span: turn(self.span)?,
        })
    }
}

/// What a document is made of; [`Document::new`] checks it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentParts {
    /// The identifier that the input gave; without one it is made from text and url.
    pub id: Option<String>,
    /// The path as given; none for standard input.
    pub path: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The title that the page or the record gives.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// When it was last changed.
    pub modified: Option<Edtf>,
    /// The language, as an ISO 639-1 code.
    pub language: Option<String>,
    /// The text.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// What people should know about how it was loaded, in sentences.
    pub notes: Vec<String>,
}

/// One text with what its page says about itself.
///
/// With spans in bytes, its blocks are in order, do not overlap, lie on
/// characters of the text, and hold every character that is not white space.
/// With spans in scalar values, as read from JSON, that is checked by
/// [`Reading::to_bytes`](crate::Reading::to_bytes).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Document")]
pub struct Document<U: Unit = Bytes> {
    /// Stable: made from text and url, or the one the input gave.
    pub id: DocumentId,
    /// The path as given; null for standard input.
    pub path: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The title that the page or the record gives.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// When it was published; null where the page does not say.
    pub published: Option<Edtf>,
    /// When it was last changed; null where the page does not say.
    pub modified: Option<Edtf>,
    /// The language, as an ISO 639-1 code; null where it cannot be told.
    pub language: Option<String>,
    /// The text that all spans point into.
    text: String,
    /// The text's stretches by function; every character that is not white space lies in one.
    blocks: Vec<Block<U>>,
    /// What people should know about how it was loaded, in sentences.
    pub notes: Vec<String>,
}

impl Document {
    /// The document of these parts; refused if the blocks do not fit the text.
    pub fn new(parts: DocumentParts) -> Result<Self, ReadingError> {
        check_blocks(&parts.text, &parts.blocks)?;
        let id = parts.id.map_or_else(
            || DocumentId::of_text(&parts.text, parts.url.as_deref()),
            DocumentId::given,
        );
        Ok(Self {
            id,
            path: parts.path,
            url: parts.url,
            title: parts.title,
            byline: parts.byline,
            publisher: parts.publisher,
            published: parts.published,
            modified: parts.modified,
            language: parts.language,
            text: parts.text,
            blocks: parts.blocks,
            notes: parts.notes,
        })
    }

    /// Says where the page was; a document whose id is made from text and url gets the one that fits.
    pub fn set_url(&mut self, url: Option<String>) {
        let is_made = self.id == DocumentId::of_text(&self.text, self.url.as_deref());
        self.url = url;
        if is_made {
            self.id = DocumentId::of_text(&self.text, self.url.as_deref());
        }
    }

    /// A document of `text` alone, each line that is not blank a paragraph.
    pub fn of_paragraphs(text: impl Into<String>) -> Self {
        let text = text.into();
        let mut blocks = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let words = line.trim();
            if !words.is_empty() {
                let from = start + (line.len() - line.trim_start().len());
                blocks.push(Block {
                    kind: BlockKind::Paragraph,
                    span: Span::of(from, from + words.len()),
                });
            }
            start += line.len();
        }
        Self {
            id: DocumentId::of_text(&text, None),
            path: None,
            url: None,
            title: None,
            byline: None,
            publisher: None,
            published: None,
            modified: None,
            language: None,
            text,
            blocks,
            notes: Vec::new(),
        }
    }
}

impl<U: Unit> Document<U> {
    /// The text that all spans point into.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text's stretches by function, in text order.
    pub fn blocks(&self) -> &[Block<U>] {
        &self.blocks
    }

    /// The blocks that have something in common with a stretch, in text order.
    pub fn blocks_in(&self, stretch: &Range<usize>) -> &[Block<U>] {
        let from = self
            .blocks
            .partition_point(|b| b.span.end() <= stretch.start);
        let to = self
            .blocks
            .partition_point(|b| b.span.start() < stretch.end);
        self.blocks.get(from..to).unwrap_or_default()
    }
}

impl<U: Unit> Convert<U> for Document<U> {
    type In<V: Unit> = Document<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Document<V>, ReadingError> {
        Ok(Document {
            id: self.id.clone(),
            path: self.path.clone(),
            url: self.url.clone(),
            title: self.title.clone(),
            byline: self.byline.clone(),
            publisher: self.publisher.clone(),
            published: self.published.clone(),
            modified: self.modified.clone(),
            language: self.language.clone(),
            text: self.text.clone(),
            blocks: self.blocks.convert(turn)?,
            notes: self.notes.clone(),
        })
    }
}

/// Whether the blocks are in order, apart, on characters, and hold all that is not white space.
pub(crate) fn check_blocks(text: &str, blocks: &[Block]) -> Result<(), ReadingError> {
    let mut end = 0;
    for block in blocks {
        let span = block.span;
        if span.start() < end {
            return Err(ReadingError::BlocksOverlap {
                start: span.start(),
            });
        }
        if span.slice(text).is_none() {
            return Err(ReadingError::Outside {
                unit: Bytes::NAME,
                start: span.start(),
                end: span.end(),
                length: text.len(),
            });
        }
        check_blank(text, end, span.start())?;
        end = span.end();
    }
    check_blank(text, end, text.len())
}

fn check_blank(text: &str, start: usize, end: usize) -> Result<(), ReadingError> {
    let between = text.get(start..end).unwrap_or_default();
    match between.char_indices().find(|(_, c)| !c.is_whitespace()) {
        Some((step, _)) => Err(ReadingError::NoBlock { at: start + step }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, blocks: &[(usize, usize)]) -> DocumentParts {
        DocumentParts {
            text: text.into(),
            blocks: blocks
                .iter()
                .map(|&(start, end)| Block {
                    kind: BlockKind::Paragraph,
                    span: Span::of(start, end),
                })
                .collect(),
            ..DocumentParts::default()
        }
    }

    #[test]
    fn blocks_must_hold_the_text_in_order() {
        assert!(Document::new(parts("ab cd\n", &[(0, 2), (3, 5)])).is_ok());
        let error = |blocks| Document::new(parts("éb cd", blocks)).unwrap_err();
        assert_eq!(error(&[(0, 3)]), ReadingError::NoBlock { at: 4 });
        assert_eq!(
            error(&[(0, 4), (3, 6)]),
            ReadingError::BlocksOverlap { start: 3 }
        );
        assert_eq!(
            error(&[(0, 7)]),
            ReadingError::Outside {
                unit: "bytes",
                start: 0,
                end: 7,
                length: 6
            }
        );
        assert!(matches!(error(&[(0, 1)]), ReadingError::Outside { .. }));
    }

    #[test]
    fn paragraphs_are_the_lines_without_their_margins() {
        let document = Document::of_paragraphs("  One.\n\n\tTwo é. \r\nThree");
        let words: Vec<_> = document
            .blocks()
            .iter()
            .filter_map(|b| b.span.slice(document.text()))
            .collect();
        assert_eq!(words, ["One.", "Two é.", "Three"]);
        assert_eq!(check_blocks(document.text(), document.blocks()), Ok(()));
    }

    #[test]
    fn the_inputs_identifier_is_kept() {
        let mut given = parts("", &[]);
        given.id = Some("x-7".into());
        assert_eq!(Document::new(given).unwrap().id.as_str(), "x-7");
        assert!(
            Document::new(parts("", &[]))
                .unwrap()
                .id
                .as_str()
                .starts_with("d:")
        );
    }
}
