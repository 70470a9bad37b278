//! Readings made by hand, for tests of what is shown of them.

use sayso::reading::{
    Attribution, AttributionId, Block, BlockKind, Cue, Document, DocumentParts, QuoteForm, Reader,
    Reading, Score, Source, Span, Spans, Stretch,
};

/// The first place of some words in a text.
pub fn span(text: &str, words: &str) -> Span {
    let start = text
        .find(words)
        .unwrap_or_else(|| panic!("“{words}” is not in the text"));
    Span::new(start, start + words.len()).unwrap()
}

/// Pieces of a text, each by its words.
pub fn spans(text: &str, pieces: &[&str]) -> Spans {
    pieces.iter().map(|words| span(text, words)).collect()
}

/// A document with a line a block; kinds are given for the first lines, the rest are paragraphs.
pub fn document(text: &str, kinds: &[BlockKind]) -> DocumentParts {
    let mut kinds = kinds.iter().copied();
    let lines = Document::of_paragraphs(text);
    let blocks = lines.blocks().iter().map(|line| Block {
        kind: kinds.next().unwrap_or(BlockKind::Paragraph),
        ..*line
    });
    DocumentParts {
        text: text.to_owned(),
        blocks: blocks.collect(),
        ..DocumentParts::default()
    }
}

/// A reading of a document with these attributions, numbered from 1.
pub fn reading(parts: DocumentParts, attributions: Vec<Attribution>) -> Reading {
    let reader = Reader {
        version: "0.0.0".to_owned(),
        model: "sha256:0".to_owned(),
    };
    let mut reading = Reading::of(Document::new(parts).unwrap(), reader);
    reading.attributions = attributions;
    for (index, attribution) in reading.attributions.iter_mut().enumerate() {
        attribution.id = AttributionId::at(index);
    }
    reading
}

/// An attribution by its words, certain and in the author's own text.
pub fn said(
    text: &str,
    who: &[&str],
    how: Option<&str>,
    what: &[&str],
    quote: QuoteForm,
) -> Attribution {
    Attribution {
        id: AttributionId::at(0),
        within: None,
        cue: how.map(|how| Cue {
            spans: spans(text, &[how]),
            lemma: how.to_owned(),
            phrase: span(text, how),
        }),
        source: Source {
            spans: spans(text, who),
            ..Source::default()
        },
        content: Stretch {
            spans: spans(text, what),
        },
        quote,
        act: None,
        certainty: None,
        hedge: None,
        negated: false,
        chain: Vec::new(),
        score: Score::clamped(0.9),
    }
}
