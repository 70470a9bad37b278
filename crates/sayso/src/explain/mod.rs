//! Why an attribution is what it is: its fields, each with the steps that led to its value.
//!
//! An [`Explainer`] takes a reading and its trace, as [`Reader::explain`](crate::Reader::explain)
//! gives them; [`at`] finds the attribution at a place in the text.

mod fields;
mod parts;
mod place;
mod print;

use sayso_read::{Step, Trace, sentences_of};
use sayso_reading::{
    Attribution, AttributionId, DocumentId, Reading, ReadingError, Scalars, Score, Span, TextIndex,
};
use serde::Serialize;

pub use parts::{Part, Role};
pub use place::{Lines, Place, PlaceError};
pub use print::{list, write};

use crate::output::labels::place as document_place;
use crate::output::rows::{one_line, ordered};
use fields::value;
use parts::parts;

/// Words at each end of a long stretch that are shown.
const SHORT: usize = 4;

/// Why one attribution is what it is.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// The document's path, or its identifier where it has none.
    pub document: String,
    /// The document's identifier.
    pub document_id: DocumentId,
    /// The attribution.
    pub id: AttributionId,
    /// How sure the reader is.
    pub score: Score,
    /// The sentence or sentences that its words stand in.
    pub sentence: Words,
    /// The same, cut where a source, cue or content begins or ends.
    pub parts: Vec<Part>,
    /// The attribution as `sayso read --json` writes it.
    pub attribution: Attribution<Scalars>,
    /// What was decided, field by field.
    pub fields: Vec<FieldWhy>,
}

/// A field with its value and the steps to it.
#[derive(Debug, Clone, Serialize)]
pub struct FieldWhy {
    /// The field's name.
    pub field: &'static str,
    /// Its value in words; null where there is none.
    pub value: Option<String>,
    /// The steps, in the order in which they were taken.
    pub steps: Vec<StepWhy>,
}

/// One step of the resolution.
#[derive(Debug, Clone, Serialize)]
pub struct StepWhy {
    /// Which of the attribution's steps it is, counted from 1 over all fields.
    pub number: usize,
    /// The rule or the network's head, as the manual lists it.
    pub rule: &'static str,
    /// What it concluded.
    pub note: String,
    /// The words that it looked at.
    pub words: Vec<Words>,
}

/// Words of the text and where they stand.
#[derive(Debug, Clone, Serialize)]
pub struct Words {
    /// The words, on one line.
    pub text: String,
    /// Line and column, counted from 1.
    pub line: usize,
    /// Counted in Unicode scalar values.
    pub column: usize,
    /// Where they start in `document.text`, in scalar values.
    pub start: usize,
    /// Where they end.
    pub end: usize,
}

impl Words {
    /// Where they stand.
    pub const fn place(&self) -> Place {
        Place {
            line: self.line,
            column: self.column,
        }
    }
}

impl Words {
    /// The words, the middle of a long stretch left out.
    pub fn short(&self) -> String {
        let words: Vec<_> = self.text.split(' ').collect();
        let (first, last) = (
            words.get(..SHORT),
            words.get(words.len().saturating_sub(SHORT)..),
        );
        match (first, last) {
            (Some(first), Some(last)) if words.len() > 3 * SHORT => {
                format!("{} … {}", first.join(" "), last.join(" "))
            }
            _ => self.text.clone(),
        }
    }
}

/// Finds and places the words of a text.
struct Finder<'t> {
    text: &'t str,
    lines: Lines<'t>,
    index: TextIndex<'t>,
}

impl Finder<'_> {
    fn words(&self, span: Span) -> Option<Words> {
        let text = one_line(span.slice(self.text)?);
        let scalars = self.index.scalar_span(span).ok()?;
        let Place { line, column } = self.lines.place(span.start());
        let (start, end) = (scalars.start(), scalars.end());
        Some(Words {
            text,
            line,
            column,
            start,
            end,
        })
    }
}

/// A reading with its trace, of which any attribution can be explained.
pub struct Explainer<'r> {
    reading: &'r Reading,
    trace: &'r Trace,
    finder: Finder<'r>,
    sentences: Vec<Span>,
}

impl<'r> Explainer<'r> {
    /// Of this reading, with the trace that was kept while it was made.
    pub fn new(reading: &'r Reading, trace: &'r Trace) -> Self {
        let text = reading.document.text();
        let finder = Finder {
            text,
            lines: Lines::new(text),
            index: TextIndex::new(text),
        };
        Self {
            reading,
            trace,
            finder,
            sentences: sentences_of(&reading.document),
        }
    }

    /// Why an attribution is what it is.
    ///
    /// # Errors
    /// [`ReadingError`] where its spans do not lie on the text.
    pub fn explain(&self, attribution: &Attribution) -> Result<Explanation, ReadingError> {
        let index = &self.finder.index;
        let scalars = attribution.to_scalars(index)?;
        let nowhere = ReadingError::Outside {
            unit: "bytes",
            start: 0,
            end: 0,
            length: self.finder.text.len(),
        };
        let sentence = self.sentence(attribution).ok_or(nowhere.clone())?;
        Ok(Explanation {
            document: document_place(&self.reading.document),
            document_id: self.reading.document.id.clone(),
            id: attribution.id,
            score: attribution.score,
            sentence: self.finder.words(sentence).ok_or(nowhere)?,
            parts: parts(self.finder.text, sentence, attribution),
            attribution: scalars,
            fields: self.fields(attribution),
        })
    }

    /// The fields that have a value or steps.
    pub fn fields(&self, attribution: &Attribution) -> Vec<FieldWhy> {
        let own = |step: &&Step| step.of == attribution.id.into();
        let steps: Vec<_> = self.trace.steps().iter().filter(own).collect();
        let of = |field| {
            let numbered = steps.iter().enumerate();
            let mine = numbered.filter(move |(_, step)| step.field == field);
            mine.map(|(index, step)| self.step(index + 1, step))
                .collect::<Vec<_>>()
        };
        let all = sayso_read::Field::OF_ATTRIBUTION
            .iter()
            .map(|&field| FieldWhy {
                field: field.as_str(),
                value: value(self.reading, attribution, field),
                steps: of(field),
            });
        all.filter(|why| why.value.is_some() || !why.steps.is_empty())
            .collect()
    }

    fn step(&self, number: usize, step: &Step) -> StepWhy {
        let words = step.spans.iter();
        StepWhy {
            number,
            rule: step.rule,
            note: step.note.clone(),
            words: words
                .filter_map(|&span| self.finder.words(span))
                .filter(|words| !words.text.is_empty())
                .collect(),
        }
    }

    /// From the first sentence that holds words of the attribution to the last.
    fn sentence(&self, attribution: &Attribution) -> Option<Span> {
        let pieces = pieces(attribution);
        let hull = pieces.reduce(|hull, piece| hull.cover(&piece))?;
        let touched = self.sentences.iter().filter(|s| s.overlaps(&hull));
        Some(touched.fold(hull, |whole, sentence| whole.cover(sentence)))
    }
}

/// All pieces of an attribution: source, cue, content.
fn pieces(attribution: &Attribution) -> impl Iterator<Item = Span> + '_ {
    let cue = attribution.cue.iter().flat_map(|cue| cue.spans.iter());
    let source = attribution.source.spans.iter();
    let all = source.chain(cue).chain(attribution.content.spans.iter());
    all.copied()
}

/// The innermost attribution whose source, cue or content holds the character at a byte.
pub fn at(reading: &Reading, byte: usize) -> Option<&Attribution> {
    let holding = |attribution: &Attribution| {
        let phrase = attribution.cue.as_ref().map(|cue| cue.phrase);
        let all = pieces(attribution).chain(phrase);
        let holding = all.filter(|piece| piece.range().contains(&byte));
        holding.map(|piece| piece.len()).min()
    };
    let found = ordered(reading).into_iter().filter_map(|(a, depth)| {
        let length = holding(a)?;
        Some((depth, std::cmp::Reverse(length), std::cmp::Reverse(a.id), a))
    });
    let innermost = found.max_by_key(|&(depth, length, id, _)| (depth, length, id));
    innermost.map(|(.., attribution)| attribution)
}
