//! The reader: a [`Document`] becomes a [`Reading`].
//!
//! The network finds cues and, for each, its source and its content; rules that have
//! names pair quotation marks and tie what the network leaves loose; resolution nests
//! the attributions and scores them. Reading never fails on content: what cannot be
//! read is left out and noted.

mod attributions;
mod chains;
mod entities;
mod events;
mod figures;
#[cfg(test)]
mod marked;
mod numbers;
mod parallel;
#[cfg(test)]
mod passages;
mod places;
mod prose;
mod roles;
mod sources;
mod times;
mod trace;
pub mod training;
mod windows;
mod wording;

use std::sync::Arc;

use sayso_encode::{
    EncodeError, Encoder, Pieces, Transformer, Vocabulary, WINDOW, Weights, WeightsError,
};
use sayso_reading::{Document, Reading};
use thiserror::Error;

pub use parallel::{Failure, explain_all, read_all};
pub use places::{Gazetteer, GazetteerError, pack};
pub use prose::{sentence_around, sentences_of};
pub use times::times_of;
pub use trace::{Field, Item, Step, Trace};
pub use wording::{CueLexicon, LexiconError};

use attributions::{Attributions, Candidate};
pub use chains::{Credit, Outlet, Outlets, OutletsError, credit, house};
use events::EventHead;

/// Why a document could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The weights cannot be used.
    #[error(transparent)]
    Weights(#[from] WeightsError),
    /// The encoder failed.
    #[error("{document}: {cause}")]
    Encode {
        /// The document's path or identifier.
        document: String,
        /// What failed.
        cause: EncodeError,
    },
}

/// Lists of words that the reader looks things up in; the default holds the built-in ones.
#[derive(Debug, Clone, Default)]
pub struct Lexicons {
    /// The cues and what each tells.
    pub cues: CueLexicon,
    /// News outlets and agencies.
    pub outlets: Outlets,
    /// Places.
    pub gazetteer: Gazetteer,
}

/// Reads documents, one at a time; [`Reader::another`] gives one for a further thread.
pub struct Reader {
    encoder: Box<dyn Encoder>,
    shared: Arc<Shared>,
    happenings: bool,
}

/// What all threads share.
struct Shared {
    vocabulary: Vocabulary,
    attributions: Attributions,
    events: EventHead,
    lexicons: Lexicons,
    model: String,
}

impl Reader {
    /// A reader with these weights and the built-in lexicons.
    ///
    /// # Errors
    /// [`ReadError::Weights`] where tensors or settings are missing.
    pub fn new(weights: &Weights) -> Result<Self, ReadError> {
        Self::with(weights, Lexicons::default())
    }

    /// A reader with these weights and lexicons.
    ///
    /// # Errors
    /// As [`Reader::new`].
    pub fn with(weights: &Weights, lexicons: Lexicons) -> Result<Self, ReadError> {
        let encoder = Transformer::new(weights)?;
        let pieces = weights.bytes("vocabulary", "bytes")?;
        let pieces =
            std::str::from_utf8(pieces).map_err(|e| weights.damaged(format!("vocabulary: {e}")))?;
        let shared = Shared {
            vocabulary: Vocabulary::new(pieces.split('\n')),
            attributions: Attributions::new(weights)?,
            events: EventHead::new(weights)?,
            lexicons,
            model: weights.identity(),
        };
        Ok(Self {
            encoder: Box::new(encoder),
            shared: Arc::new(shared),
            happenings: false,
        })
    }

    /// Whether everything that is told to happen is given as an event, `OTHER` where no type of
    /// PLOVER covers it; else only what one covers, accidents, disasters and elections.
    #[must_use]
    pub fn happenings(mut self, all: bool) -> Self {
        self.happenings = all;
        self
    }

    /// A reader with the same weights for another thread.
    #[must_use]
    pub fn another(&self) -> Self {
        Self {
            encoder: self.encoder.another(),
            shared: Arc::clone(&self.shared),
            happenings: self.happenings,
        }
    }

    /// What names the weights: `sha256:` and a hash.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.shared.model
    }

    /// Reads a document.
    ///
    /// # Errors
    /// [`ReadError::Encode`] where the encoder fails, which sound weights do not make it do.
    pub fn read(&self, document: Document) -> Result<Reading, ReadError> {
        self.traced(document, &mut Trace::default())
    }

    /// Reads a document and tells the steps by which every field got its value.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn explain(&self, document: Document) -> Result<(Reading, Trace), ReadError> {
        let mut trace = Trace::kept();
        let reading = self.traced(document, &mut trace)?;
        Ok((reading, trace))
    }

    fn traced(&self, document: Document, trace: &mut Trace) -> Result<Reading, ReadError> {
        let mut out = None;
        let mut document = Some(document);
        self.encoder
            .run(&mut || out = document.take().map(|d| self.read_here(d, trace)));
        match out {
            Some(result) => result,
            None => Ok(self.empty(Document::of_paragraphs(String::new()))),
        }
    }

    /// Reads on the thread that the encoder runs on.
    fn read_here(&self, document: Document, trace: &mut Trace) -> Result<Reading, ReadError> {
        let found = self.candidates(&document)?;
        let cues = wording::KnownCues::new(document.text(), &self.shared.lexicons.cues);
        let mut attributions = self.shared.attributions.resolve(
            &document,
            &found.pieces,
            found.candidates,
            &|stretch| cues.within(stretch),
            trace,
        );
        let outlets = &self.shared.lexicons.outlets;
        let mut registry = entities::Registry::new(&document, &found.names, outlets);
        let scene = sources::Scene::new(&document);
        let cast = sources::fill(&document, &mut registry, &mut attributions, &scene, trace);
        wording::fill(
            &document,
            &self.shared.lexicons.cues,
            &mut attributions,
            trace,
        );
        chains::nest(&scene, &mut attributions, trace);
        chains::fill(
            &document,
            &registry,
            &scene,
            &cast,
            // the agency itself may be the author of a page that names no publisher
            chains::house(&document, outlets)
                .and_then(|_| chains::credit(&document, outlets)?.words),
            &mut attributions,
            trace,
        );
        let places = places::fill(
            &document,
            &found.names,
            &registry,
            &attributions,
            &self.shared.lexicons.gazetteer,
            trace,
        );
        let entities = registry.finish(document.text());
        let times = times::fill(&document, trace);
        let figures = figures::fill(&document, &times, &attributions, trace);
        let around = events::Around {
            document: &document,
            scene: &scene,
            attributions: &attributions,
            entities: &entities,
            places: &places,
            times: &times,
            figures: &figures,
        };
        let events = events::fill(&around, &found.events, trace);
        let mut reading = self.empty(document);
        reading.times = times;
        reading.events = events;
        reading.figures = figures;
        reading.attributions = attributions;
        reading.entities = entities;
        reading.places = places;
        Ok(reading)
    }

    fn empty(&self, document: Document) -> Reading {
        let reader = sayso_reading::Reader {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: self.shared.model.clone(),
        };
        Reading::of(document, reader)
    }

    /// What the heads find, before anything is decided.
    fn candidates(&self, document: &Document) -> Result<Found, ReadError> {
        let text = document.text();
        let pieces = readable(document, &self.shared.vocabulary.cut(text));
        let (mut candidates, mut names, mut events) = (Vec::new(), Vec::new(), Vec::new());
        for window in windows::windows(text, &pieces, WINDOW) {
            let states = self
                .encoder
                .encode(&pieces, window.clone())
                .map_err(|cause| ReadError::Encode {
                    document: document
                        .path
                        .clone()
                        .unwrap_or_else(|| document.id.to_string()),
                    cause,
                })?;
            candidates.extend(self.shared.attributions.find(&pieces, &window, &states));
            names.extend(entities::names(&pieces, &window, &states));
            let found = self
                .shared
                .events
                .find(&pieces, &window, &states, self.happenings);
            events.extend(found);
        }
        Ok(Found {
            pieces,
            candidates,
            names,
            events,
        })
    }
}

/// A document's pieces and the candidates among them.
struct Found {
    pieces: Pieces,
    candidates: Vec<Candidate>,
    names: Vec<entities::Found>,
    events: Vec<events::Candidate>,
}

/// The pieces of the blocks that are read: boilerplate, credits and the like are not.
fn readable(document: &Document, pieces: &Pieces) -> Pieces {
    let mut out = Pieces::default();
    let mut blocks = document.blocks().iter().peekable();
    for piece in 0..pieces.len() {
        let bytes = pieces.bytes(piece);
        while blocks.next_if(|b| b.span.end() <= bytes.start).is_some() {}
        if blocks
            .peek()
            .is_some_and(|b| b.kind.is_content() && b.span.start() <= bytes.start)
        {
            out.ids.push(pieces.ids[piece]);
            out.starts.push(pieces.starts[piece]);
            out.ends.push(pieces.ends[piece]);
            out.words.push(pieces.words[piece]);
            out.shapes.push(pieces.shapes[piece]);
            out.quotes.push(pieces.quotes[piece]);
        }
    }
    out
}
