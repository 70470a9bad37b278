//! Identifiers. Within a document they are a letter and a number.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::ReadingError;

macro_rules! numbered {
    ($name:ident, $letter:literal, $what:literal) => {
        #[doc = concat!("Identifies ", $what, " within one document; written `", $letter, "1`, `", $letter, "2`…")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The identifier of the thing number `number`, counted from 1.
            pub const fn new(number: u32) -> Self {
                Self(number)
            }

            /// The identifier of the thing at `index` of its list, counted from 0.
            pub const fn at(index: usize) -> Self {
                Self(index as u32 + 1)
            }

            /// Its number.
            pub const fn number(self) -> u32 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = ReadingError;
            fn from_str(found: &str) -> Result<Self, ReadingError> {
                found
                    .strip_prefix($letter)
                    .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
                    .and_then(|digits| digits.parse().ok())
                    .map(Self)
                    .ok_or_else(|| ReadingError::Id {
                        found: found.to_owned(),
                        form: concat!($letter, "1"),
                    })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Cow::<str>::deserialize(deserializer)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "pattern": concat!("^", $letter, "[0-9]+$"),
                    "description": concat!("Identifies ", $what, " within one document.")
                })
            }
        }
    };
}

numbered!(AttributionId, "a", "an attribution");
numbered!(EntityId, "e", "an entity");
numbered!(EventId, "v", "an event mention");
numbered!(TimeId, "t", "a time expression");
numbered!(PlaceId, "p", "a place");
numbered!(FigureId, "f", "a figure");

/// Identifies a document: the one its input gave, or one made from its text and url.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct DocumentId(String);

impl DocumentId {
    /// The identifier that the input gave.
    pub fn given(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// `d:` and the first 16 hexadecimal digits of SHA-256 over the text, a zero
    /// byte and the url (nothing where there is none).
    pub fn of_text(text: &str, url: Option<&str>) -> Self {
        let mut hash = Sha256::new();
        hash.update(text);
        hash.update([0]);
        hash.update(url.unwrap_or_default());
        let mut id = String::from("d:");
        for byte in hash.finalize().iter().take(8) {
            // Two digits a byte, leading zero kept.
            id.extend(
                [byte >> 4, byte & 15].map(|n| char::from_digit(n.into(), 16).unwrap_or('0')),
            );
        }
        Self(id)
    }

    /// The identifier's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_identifiers_print_and_parse() {
        assert_eq!(AttributionId::at(0).to_string(), "a1");
        assert_eq!("v12".parse(), Ok(EventId::new(12)));
        for wrong in ["", "a", "12", "b1", "a+1", "a1x", "a99999999999"] {
            assert!(wrong.parse::<AttributionId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_documents_identifier_depends_on_text_and_url() {
        // The first 16 digits of `printf 'a\0' | sha256sum`.
        assert_eq!(
            DocumentId::of_text("a", None).as_str(),
            "d:ffe9aaeaa2a2d504"
        );
        assert_ne!(
            DocumentId::of_text("a", None),
            DocumentId::of_text("a", Some("u"))
        );
        assert_ne!(
            DocumentId::of_text("ab", None),
            DocumentId::of_text("a", Some("b"))
        );
    }
}
