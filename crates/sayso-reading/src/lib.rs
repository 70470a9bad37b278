//! The reading: what `sayso` finds in one document, as plain data.
//!
//! This crate is the contract between the rooms of the house and with the
//! world outside: the types, their JSON form, and the JSON Schema generated
//! from them. It does no input or output.
//!
//! Offsets have a unit that the compiler checks. Inside the program a place in
//! a text is a `Span<Bytes>` (see [`Span`]), which slices a Rust string and
//! cannot be written as JSON. In JSON it is a `Span<Scalars>`, which counts
//! Unicode scalar values. [`Reading::to_scalars`] and [`Reading::to_bytes`]
//! lead from one to the other.
//!
//! ```
//! use sayso_reading::{Document, Reader, Reading, Scalars};
//!
//! let document = Document::of_paragraphs("“We left,” he said.");
//! let reading = Reading::of(document, Reader::default());
//! let json = serde_json::to_string(&reading.to_scalars()?)?;
//! let back: Reading<Scalars> = serde_json::from_str(&json)?;
//! assert_eq!(back.to_bytes()?, reading);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A reading in bytes has no JSON form:
//!
//! ```compile_fail
//! # use sayso_reading::{Document, Reader, Reading};
//! let reading = Reading::of(Document::of_paragraphs("He left."), Reader::default());
//! serde_json::to_string(&reading);
//! ```

#![warn(clippy::indexing_slicing, clippy::string_slice)]

mod attribution;
mod calendar;
mod conventions;
mod convert;
mod document;
mod edtf;
mod entity;
mod error;
mod event;
mod event_type;
mod figure;
mod id;
mod index;
mod moment;
mod place;
mod plover;
mod precision;
mod reading;
mod schema;
mod span;
mod text;
mod time;
mod vocabulary;

pub use attribution::{
    Act, Attribution, Carrier, Certainty, Cue, Hop, QuoteForm, Score, Source, SourceKind,
};
pub use conventions::Ucdp;
pub use document::{Block, BlockKind, Document, DocumentParts};
pub use edtf::{Edtf, Season};
pub use entity::{Entity, EntityKind, Mention, MentionForm};
pub use error::ReadingError;
pub use event::{
    ContextLevel, EventContext, EventMention, Participant, Realis, Responsibility,
    ResponsibilityAct,
};
pub use event_type::{Context, EventType, Mode};
pub use figure::{Amount, Figure, FigureKind, FigureRule};
pub use id::{AttributionId, DocumentId, EntityId, EventId, FigureId, PlaceId, TimeId};
pub use index::TextIndex;
pub use moment::Moment;
pub use place::{OtherPlace, Place, PlaceLevel, PlaceRelation};
pub use plover::{Auxiliary, Plover};
pub use reading::{Reader, Reading};
pub use schema::{SCHEMA, SchemaName, reading_schema};
pub use span::{Border, Bytes, Scalars, Span, Spans, Stretch, Unit};
pub use time::{Duration, Time, TimeFrom, TimeKind};
