//! A reading as it is kept: JSON without the document, which has a row of its own, packed.

use sayso_reading::{
    Attribution, Entity, EventMention, Figure, Place, Reader, Reading, Scalars, SchemaName, Time,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zstd::bulk::Compressor;

use crate::CaseError;

/// zstd's level: higher ones take more time than the smaller file is worth.
const LEVEL: i32 = 1;
/// The longest reading that is unpacked.
const LIMIT: usize = 1 << 30;

/// A reading ready to be written.
pub(crate) struct Packed {
    /// Its JSON, packed.
    pub json: Vec<u8>,
    /// The document's blocks, as JSON: they are what this version of the program found.
    pub blocks: String,
    /// Of both.
    pub sha256: [u8; 32],
}

/// Packs readings, one after the other.
pub(crate) struct Packer(Compressor<'static>);

#[derive(Serialize)]
struct Found<'r> {
    schema: &'r SchemaName,
    reader: &'r Reader,
    entities: &'r [Entity<Scalars>],
    attributions: &'r [Attribution<Scalars>],
    events: &'r [EventMention<Scalars>],
    times: &'r [Time<Scalars>],
    places: &'r [Place<Scalars>],
    figures: &'r [Figure<Scalars>],
    notes: &'r [String],
    document_notes: &'r [String],
}

impl Packer {
    pub(crate) fn new() -> Result<Self, CaseError> {
        let compressor = Compressor::new(LEVEL).map_err(|cause| CaseError::Reading {
            document: String::new(),
            reason: cause.to_string(),
        })?;
        Ok(Self(compressor))
    }

    pub(crate) fn pack(&mut self, reading: &Reading) -> Result<Packed, CaseError> {
        let refused = |reason: String| CaseError::Reading {
            document: reading.document.id.to_string(),
            reason,
        };
        let r = reading.to_scalars().map_err(|e| refused(e.to_string()))?;
        let found = Found {
            schema: &r.schema,
            reader: &r.reader,
            entities: &r.entities,
            attributions: &r.attributions,
            events: &r.events,
            times: &r.times,
            places: &r.places,
            figures: &r.figures,
            notes: &r.notes,
            document_notes: &r.document.notes,
        };
        let json = serde_json::to_vec(&found).map_err(|e| refused(e.to_string()))?;
        let json = self.0.compress(&json).map_err(|e| refused(e.to_string()))?;
        let blocks =
            serde_json::to_string(r.document.blocks()).map_err(|e| refused(e.to_string()))?;
        Ok(Packed {
            sha256: sha256(&json, &blocks),
            json,
            blocks,
        })
    }
}

/// The digest of a packed reading and its blocks.
pub(crate) fn sha256(json: &[u8], blocks: &str) -> [u8; 32] {
    let both = Sha256::new().chain_update(json).chain_update(blocks);
    both.finalize().into()
}

/// What a version's row says of its document.
pub(crate) struct Page {
    pub id: String,
    pub path: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub language: Option<String>,
    pub text: String,
    pub blocks: String,
}

impl Page {
    /// The document with its notes, as in the contract of readings.
    fn document(self, notes: &[String]) -> Result<Value, Damage> {
        let blocks: Value = serde_json::from_str(&self.blocks).map_err(|_| Damage)?;
        Ok(json!({
            "id": self.id, "path": self.path, "url": self.url, "title": self.title,
            "byline": self.byline, "publisher": self.publisher, "published": self.published,
            "modified": self.modified, "language": self.language, "text": self.text,
            "blocks": blocks, "notes": notes,
        }))
    }
}

/// The JSON of a packed reading.
pub(crate) fn unpack(packed: &[u8]) -> std::io::Result<Vec<u8>> {
    let length = zstd::bulk::Decompressor::upper_bound(packed).unwrap_or(LIMIT);
    zstd::bulk::decompress(packed, length.min(LIMIT))
}

/// What is kept of a reading cannot be understood.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("a kept reading is damaged")]
pub(crate) struct Damage;

impl From<Damage> for rusqlite::Error {
    fn from(damage: Damage) -> Self {
        Self::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, Box::new(damage))
    }
}

/// What was packed.
#[derive(Deserialize)]
struct Kept {
    schema: SchemaName,
    reader: Reader,
    entities: Vec<Entity<Scalars>>,
    attributions: Vec<Attribution<Scalars>>,
    events: Vec<EventMention<Scalars>>,
    times: Vec<Time<Scalars>>,
    places: Vec<Place<Scalars>>,
    figures: Vec<Figure<Scalars>>,
    notes: Vec<String>,
    #[serde(default)]
    document_notes: Vec<String>,
}

/// The whole reading again.
pub(crate) fn restore(packed: &[u8], page: Page) -> Result<Reading, Damage> {
    let json = unpack(packed).map_err(|_| Damage)?;
    let kept: Kept = serde_json::from_slice(&json).map_err(|_| Damage)?;
    let document = page.document(&kept.document_notes)?;
    let reading = Reading {
        schema: kept.schema,
        reader: kept.reader,
        document: serde_json::from_value(document).map_err(|_| Damage)?,
        entities: kept.entities,
        attributions: kept.attributions,
        events: kept.events,
        times: kept.times,
        places: kept.places,
        figures: kept.figures,
        notes: kept.notes,
    };
    reading.to_bytes().map_err(|_| Damage)
}
