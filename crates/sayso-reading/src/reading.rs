//! The reading of one document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::convert::{Convert, Turn};
use crate::document::check_blocks;
use crate::{
    Attribution, Border, Bytes, Document, Entity, EventMention, Figure, Place, ReadingError,
    Scalars, SchemaName, TextIndex, Time, Unit,
};

/// What made a reading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Reader {
    /// The program's version.
    pub version: String,
    /// The weights: `sha256:` and their digest.
    pub model: String,
}

/// All that the reader found in one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Reading")]
pub struct Reading<U: Unit = Bytes> {
    /// The contract's name.
    pub schema: SchemaName,
    /// What made it.
    pub reader: Reader,
    /// The document.
    pub document: Document<U>,
    /// Persons, organizations, places and the rest.
    pub entities: Vec<Entity<U>>,
    /// Who said what.
    pub attributions: Vec<Attribution<U>>,
    /// What is told as happening.
    pub events: Vec<EventMention<U>>,
    /// When.
    pub times: Vec<Time<U>>,
    /// Where.
    pub places: Vec<Place<U>>,
    /// How many.
    pub figures: Vec<Figure<U>>,
    /// What people should know about this reading, in sentences.
    pub notes: Vec<String>,
}

impl<U: Unit> Reading<U> {
    /// A reading of `document` with nothing found yet.
    pub const fn of(document: Document<U>, reader: Reader) -> Self {
        Self {
            schema: SchemaName,
            reader,
            document,
            entities: Vec::new(),
            attributions: Vec::new(),
            events: Vec::new(),
            times: Vec::new(),
            places: Vec::new(),
            figures: Vec::new(),
            notes: Vec::new(),
        }
    }
}

impl Reading {
    /// The reading with offsets in scalar values, as JSON has it. Refused if a
    /// span lies outside the text or cuts a character.
    pub fn to_scalars(&self) -> Result<Reading<Scalars>, ReadingError> {
        let index = TextIndex::new(self.document.text());
        self.convert(&|span| index.scalar_span(span))
    }
}

impl Reading<Scalars> {
    /// The reading with offsets in bytes. Refused if a span lies outside the
    /// text, or if the blocks overlap or leave out a character.
    pub fn to_bytes(&self) -> Result<Reading, ReadingError> {
        let index = TextIndex::new(self.document.text());
        let reading = self.convert(&|span| index.byte_span(span))?;
        check_blocks(reading.document.text(), reading.document.blocks())?;
        Ok(reading)
    }
}

impl<U: Unit> Convert<U> for Reading<U> {
    type In<V: Unit> = Reading<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Reading<V>, ReadingError> {
        Ok(Reading {
            schema: self.schema,
            reader: self.reader.clone(),
            document: self.document.convert(turn)?,
            entities: self.entities.convert(turn)?,
            attributions: self.attributions.convert(turn)?,
            events: self.events.convert(turn)?,
            times: self.times.convert(turn)?,
            places: self.places.convert(turn)?,
            figures: self.figures.convert(turn)?,
            notes: self.notes.clone(),
        })
    }
}
