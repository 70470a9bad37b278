//! What training asks of the reader: every candidate before any is thrown away, with
//! the features that its score is made of. Not for use in programs.

use std::ops::Range;

use sayso_reading::Document;

use crate::{ReadError, Reader};

/// A candidate; ranges are bytes of the document's text.
pub struct Candidate {
    /// The verb group.
    pub phrase: Range<usize>,
    /// The source, where one was found.
    pub source: Option<Range<usize>>,
    /// The content's pieces.
    pub content: Vec<Range<usize>>,
    /// What the score is computed from.
    pub features: Vec<f32>,
}

/// All candidates of a document.
///
/// # Errors
/// [`ReadError::Encode`] where the encoder fails.
pub fn candidates(reader: &Reader, document: &Document) -> Result<Vec<Candidate>, ReadError> {
    let found = reader.candidates(document)?;
    let drafts =
        crate::attributions::Attributions::drafts(document, &found.pieces, found.candidates);
    let candidate = |(draft, features): (
        crate::attributions::Draft,
        [f32; crate::attributions::FEATURES],
    )| Candidate {
        phrase: draft.phrase,
        source: draft.source,
        content: draft.content,
        features: features.to_vec(),
    };
    Ok(drafts.into_iter().map(candidate).collect())
}
