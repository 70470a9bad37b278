//! The contract's name and its JSON Schema.

use std::fmt;
use std::str::FromStr;

use schemars::Schema;
use schemars::generate::SchemaSettings;

use crate::text::written_as_text;
use crate::{Reading, ReadingError, Scalars};

/// The name and version of the contract; changes before anything is renamed.
pub const SCHEMA: &str = "sayso.reading/1";

/// The field `schema`: always [`SCHEMA`]; anything else is refused when read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SchemaName;

impl fmt::Display for SchemaName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(SCHEMA)
    }
}

impl FromStr for SchemaName {
    type Err = ReadingError;

    fn from_str(given: &str) -> Result<Self, ReadingError> {
        if given == SCHEMA {
            Ok(Self)
        } else {
            Err(ReadingError::Schema(given.to_owned()))
        }
    }
}

written_as_text!(SchemaName, "^sayso\\.reading/1$");

/// The JSON Schema (draft 2020-12) of a reading as it is written.
pub fn reading_schema() -> Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Reading<Scalars>>()
}
