//! Tokens of places in lists: nobody but this program needs to know what is in them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::serve::problem::Problem;

/// Bytes of the digest of what the list was asked for with.
const DIGEST: usize = 6;

/// Where to go on in a list: the `next` of the page before, with all other parameters as they were, but for
/// `limit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub(super) struct Token(String);

impl Token {
    /// Of a place in the list that an operation gives with these parameters.
    pub(super) fn of(operation: &str, parameters: &[(String, String)], place: &str) -> Self {
        let mut bytes = digest(operation, parameters);
        bytes.extend_from_slice(place.as_bytes());
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The place, where it is one of this list.
    pub(super) fn place(
        &self,
        operation: &str,
        parameters: &[(String, String)],
    ) -> Result<String, Problem> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.0).ok();
        let place = bytes.as_deref().and_then(|bytes| {
            let place = bytes.strip_prefix(digest(operation, parameters).as_slice())?;
            String::from_utf8(place.to_vec()).ok()
        });
        place.ok_or_else(|| {
            Problem::refused(
                "cursor: this is no place in this list with these parameters; begin without it",
            )
        })
    }
}

fn digest(operation: &str, parameters: &[(String, String)]) -> Vec<u8> {
    let mut digest = Sha256::new();
    let pairs = parameters.iter().flat_map(|(key, value)| [key, value]);
    for part in std::iter::once(operation).chain(pairs.map(String::as_str)) {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let whole = digest.finalize();
    whole.get(..DIGEST).unwrap_or_default().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
        given
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_token_stands_for_its_place_in_its_list_only() {
        let list = pairs(&[("label", "disputed")]);
        let token = Token::of("claims", &list, "told~3~d:1#v2");
        assert_eq!(token.place("claims", &list).unwrap(), "told~3~d:1#v2");
        assert!(
            token
                .0
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        );
        for (operation, parameters) in [
            ("stories", list.as_slice()),
            ("claims", &[]),
            ("claims", &pairs(&[("label", "circular")])),
            ("claims", &pairs(&[("labeldisputed", "")])),
        ] {
            assert!(
                token.place(operation, parameters).is_err(),
                "{operation} {parameters:?}"
            );
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for given in ["", "x", "AAAA", "told~3~d:1", "%", "////////////"] {
            let refused = Token(given.to_owned()).place("claims", &[]).unwrap_err();
            assert_eq!(refused.status.as_u16(), 400, "{given}");
        }
    }
}
