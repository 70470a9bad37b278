//! What the tests on marked texts share.

use sayso_reading::{
    Attribution, AttributionId, Cue, QuoteForm, Score, Source, Span, Spans, Stretch,
};

use crate::attributions::trim;

/// An outermost attribution with these words, nothing about it decided.
pub(crate) fn attribution(
    text: &str,
    number: usize,
    source: &[Span],
    phrase: Option<Span>,
    content: &[Span],
) -> Attribution {
    let cue = phrase.map(|phrase| {
        let cue = trim(text, phrase.range());
        Cue {
            spans: Span::new(cue.words.start, cue.words.end)
                .expect("in order")
                .into(),
            lemma: cue.lemma,
            phrase,
        }
    });
    Attribution {
        id: AttributionId::at(number),
        within: None,
        cue,
        source: Source {
            spans: Spans::from_pieces(source.iter().copied()),
            ..Source::default()
        },
        content: Stretch {
            spans: Spans::from_pieces(content.iter().copied()),
        },
        quote: QuoteForm::Indirect,
        act: None,
        certainty: None,
        hedge: None,
        negated: false,
        chain: Vec::new(),
        score: Score::clamped(1.0),
    }
}
