//! Identifiers. Within a document they are a letter and a number.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::ReadingError;

macro_rules! numbered {
    ($name:ident, $letter:literal, $form:literal, $what:literal) => {
        #[doc = concat!("Identifies ", $what, " within one document; written `", $form, "` and so on")]
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
                f.write_str(Written::new($letter, self.0).as_str())
            }
        }

        impl FromStr for $name {
            type Err = ReadingError;
            fn from_str(found: &str) -> Result<Self, ReadingError> {
                found
                    .strip_prefix(char::from($letter))
                    .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
                    .and_then(|digits| digits.parse().ok())
                    .map(Self)
                    .ok_or_else(|| ReadingError::Id {
                        found: found.to_owned(),
                        form: $form,
                    })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(Written::new($letter, self.0).as_str())
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
                    "pattern": format!("^{}[0-9]+$", char::from($letter)),
                    "description": concat!("Identifies ", $what, " within one document.")
                })
            }
        }
    };
}

/// A letter and a number in writing. A case writes dozens for each document: they go past the
/// formatter, which takes longer.
struct Written {
    bytes: [u8; 11],
    from: usize,
}

impl Written {
    fn new(letter: u8, number: u32) -> Self {
        let mut bytes = [letter; 11];
        let (mut rest, mut from) = (number, bytes.len());
        for (at, place) in bytes.iter_mut().enumerate().rev() {
            if rest == 0 && from < 11 {
                from = at;
                break;
            }
            // the remainder is a digit
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
            from = at;
        }
        Self { bytes, from }
    }

    fn as_str(&self) -> &str {
        let written = self.bytes.get(self.from..).unwrap_or_default();
        std::str::from_utf8(written).unwrap_or_default()
    }
}

numbered!(AttributionId, b'a', "a1", "an attribution");
numbered!(EntityId, b'e', "e1", "an entity");
numbered!(EventId, b'v', "v1", "an event mention");
numbered!(TimeId, b't', "t1", "a time expression");
numbered!(PlaceId, b'p', "p1", "a place");
numbered!(FigureId, b'f', "f1", "a figure");

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
        assert_eq!(EntityId::new(0).to_string(), "e0");
        assert_eq!(EntityId::new(1070).to_string(), "e1070");
        assert_eq!(EntityId::new(u32::MAX).to_string(), "e4294967295");
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
