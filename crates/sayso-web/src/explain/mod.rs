//! Why something is what it is: its fields, each with the steps that led to its value.
//!
//! An [`Explainer`] takes a reading and its trace, as [`Reader::explain`](sayso_read::Reader::explain)
//! gives them. A [`Subject`] is what it explains: an attribution, a time, a place or a figure;
//! [`at`] finds the one at a place in the text.

mod fields;
mod listed;
mod parts;
mod place;
mod subject;

use sayso_read::{Step, Trace, sentences_of};
use sayso_reading::{
    Attribution, DocumentId, Reading, ReadingError, Score, Span, Spans, TextIndex,
};
use serde::Serialize;

pub use listed::{Listed, listed};
pub use parts::{Part, Role};
pub use place::{Lines, Place, PlaceError};
pub use subject::{Subject, Written, at, name_of, named};

use crate::output::labels::place as document_place;
use crate::output::rows::one_line;
use fields::value;
use parts::parts;

/// Words at each end of a long stretch that are shown.
const SHORT: usize = 4;

/// Why one thing is what it is.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// The document's path, or its identifier where it has none.
    pub document: String,
    /// The document's identifier.
    pub document_id: DocumentId,
    /// Its identifier.
    pub id: String,
    /// How sure the reader is; null where that has no number.
    pub score: Option<Score>,
    /// The sentence or sentences that its words stand in.
    pub sentence: Words,
    /// The same, cut where words of another role begin or end.
    pub parts: Vec<Part>,
    /// Itself.
    #[serde(flatten)]
    pub written: Written,
    /// What was decided, field by field.
    pub fields: Vec<FieldWhy>,
    /// The times, places and figures in an attribution's content, in this order.
    pub holds: Vec<Held>,
}

/// A time, place or figure within an attribution's content.
#[derive(Debug, Clone, Serialize)]
pub struct Held {
    /// Its identifier.
    pub id: String,
    /// Its words.
    pub words: Words,
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
    /// Which of its steps it is, counted from 1 over all fields.
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

/// A reading with its trace, of which anything can be explained.
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

    /// Why something is what it is.
    ///
    /// # Errors
    /// [`ReadingError`] where its spans do not lie on the text.
    pub fn explain(&self, subject: Subject<'_>) -> Result<Explanation, ReadingError> {
        let written = subject.written(&self.finder.index)?;
        let nowhere = ReadingError::Outside {
            unit: "bytes",
            start: 0,
            end: 0,
            length: self.finder.text.len(),
        };
        let sentence = self.sentence(subject).ok_or(nowhere.clone())?;
        Ok(Explanation {
            document: document_place(&self.reading.document),
            document_id: self.reading.document.id.clone(),
            id: name_of(subject.id()),
            score: subject.score(),
            sentence: self.finder.words(sentence).ok_or(nowhere)?,
            parts: parts(self.finder.text, sentence, subject),
            written,
            fields: self.fields(subject),
            holds: match subject {
                Subject::Attribution(attribution) => self.held(attribution),
                _ => Vec::new(),
            },
        })
    }

    /// The fields that have a value or steps.
    pub fn fields(&self, subject: Subject<'_>) -> Vec<FieldWhy> {
        let own = |step: &&Step| subject.is_of(step);
        let steps: Vec<_> = self.trace.steps().iter().filter(own).collect();
        let of = |field| {
            let numbered = steps.iter().enumerate();
            let mine = numbered.filter(move |(_, step)| step.field == field);
            mine.map(|(index, step)| self.step(index + 1, step))
                .collect::<Vec<_>>()
        };
        let all = subject.fields().iter().map(|&field| FieldWhy {
            field: field.as_str(),
            value: value(self.reading, subject, field),
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

    /// The times, places and figures whose words stand in an attribution's content.
    fn held(&self, attribution: &Attribution) -> Vec<Held> {
        let content = &attribution.content.spans;
        let inside = |subject: &Subject<'_>| {
            let words: Spans = subject.pieces().into_iter().collect();
            !words.is_empty() && content.covers(&words)
        };
        let held = Subject::facts(self.reading).filter(inside);
        held.filter_map(|subject| {
            let words: Spans = subject.pieces().into_iter().collect();
            Some(Held {
                id: name_of(subject.id()),
                words: self.finder.words(words.hull()?)?,
            })
        })
        .collect()
    }

    /// From the first sentence that holds words of the subject to the last.
    fn sentence(&self, subject: Subject<'_>) -> Option<Span> {
        let pieces = subject.pieces().into_iter();
        let hull = pieces.reduce(|hull, piece| hull.cover(&piece))?;
        let touched = self.sentences.iter().filter(|s| s.overlaps(&hull));
        Some(touched.fold(hull, |whole, sentence| whole.cover(sentence)))
    }
}
