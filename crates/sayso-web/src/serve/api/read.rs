//! Reading a text that is sent. Nothing of it is kept.

use axum::http::StatusCode;
use sayso_load::{Facts, LoadError, Options, from_text};
use sayso_reading::{Document, Edtf, Reading, Scalars};
use schemars::{JsonSchema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::route::{Call, Maker, Posted, of_json};
use crate::serve::adding::Piece;
use crate::serve::problem::Problem;

const EMPTY: &str = "The text holds nothing but white space; send what is to be read";

/// A text, and what is known of it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    /// The text.
    #[schemars(regex(pattern = r"\S"))]
    text: String,
    /// Its title.
    title: Option<String>,
    /// Who published it.
    publisher: Option<String>,
    /// When, in EDTF: `2024-01-26`. What `yesterday` means follows from it.
    published: Option<Edtf>,
    /// Where the page is.
    url: Option<String>,
    /// Its author.
    byline: Option<String>,
}

impl Posted for Sent {
    fn kinds() -> Vec<(&'static str, Maker)> {
        vec![
            ("application/json", SchemaGenerator::subschema_for::<Self>),
            (
                "text/plain",
                |_| json_schema!({ "type": "string", "pattern": r"\S" }),
            ),
        ]
    }

    fn of(kind: &str, body: &[u8]) -> Result<Self, Problem> {
        if kind == "application/json" {
            return of_json(body);
        }
        let text = std::str::from_utf8(body).map_err(|_| {
            Problem::refused("The text cannot be read: it is not UTF-8; send it as that")
        })?;
        Ok(Self {
            text: text.to_owned(),
            title: None,
            publisher: None,
            published: None,
            url: None,
            byline: None,
        })
    }
}

impl Sent {
    fn loaded(self) -> Result<Document, LoadError> {
        let options = Options {
            facts: Facts {
                published: self.published,
                publisher: self.publisher,
                url: self.url,
                title: self.title,
                byline: self.byline,
            },
            ..Options::default()
        };
        Ok(from_text(&self.text, &options)?.document)
    }

    /// As a document that is to be added, by its place among those that are sent.
    pub(super) fn piece(self, number: usize) -> Piece {
        let text = self.text.clone();
        let loaded = self.loaded().map_err(|error| match error {
            LoadError::Empty { .. } => EMPTY.to_owned(),
            other => other.to_string(),
        });
        Piece::new(format!("document {number}"), text.as_bytes(), loaded)
    }
}

pub(super) fn read(call: &Call, sent: Sent) -> Result<Reading<Scalars>, Problem> {
    let document = sent.loaded().map_err(|error| match error {
        LoadError::Empty { .. } => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, EMPTY),
        other => Problem::fault(other),
    })?;
    let reading = call.site.readers.read(document)?;
    reading.to_scalars().map_err(Problem::fault)
}
