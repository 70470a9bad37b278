//! Which document a text is, and which of its versions.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension as _};
use sayso_reading::{Document, DocumentId, Edtf};

use super::digest;

/// Words of a stretch by which texts are compared.
const STRETCH: usize = 5;

/// What a document is known by.
pub(crate) struct Identity<'d> {
    document: &'d Document,
    /// Of its text.
    pub text_sha256: [u8; 32],
    /// Of its text and all that its page says: what differs in any of it is another version.
    pub sha256: [u8; 32],
    /// Its id was made from its text and url: a changed text has another.
    made: bool,
}

impl<'d> Identity<'d> {
    pub(crate) fn of(document: &'d Document) -> Self {
        let made = document.id.as_str().starts_with("d:")
            && DocumentId::of_text(document.text(), document.url.as_deref()) == document.id;
        let text_sha256 = digest(document.text().as_bytes());
        let date = |date: &Option<Edtf>| date.as_ref().map(ToString::to_string);
        let sha256 = Facts {
            name: document.id.as_str(),
            url: document.url.as_deref(),
            title: document.title.as_deref(),
            byline: document.byline.as_deref(),
            publisher: document.publisher.as_deref(),
            published: date(&document.published).as_deref(),
            modified: date(&document.modified).as_deref(),
            language: document.language.as_deref(),
        }
        .sha256(&text_sha256);
        Self {
            document,
            text_sha256,
            sha256,
            made,
        }
    }

    /// The version with this id, this text and the same said about it, if it is kept.
    pub(crate) fn version(&self, connection: &Connection) -> rusqlite::Result<Option<i64>> {
        connection
            .prepare_cached("SELECT id FROM version WHERE name = ?1 AND sha256 = ?2")?
            .query_row((self.document.id.as_str(), self.sha256.as_slice()), |row| {
                row.get(0)
            })
            .optional()
    }

    /// The document of which this text is a new version: the one with the same id; of texts whose
    /// id is made from their words, the one with the same url, or taken from the same file
    /// with much the same words.
    pub(crate) fn document(&self, connection: &Connection) -> rusqlite::Result<Option<i64>> {
        let named = connection
            .prepare_cached("SELECT document FROM version WHERE name = ?1")?
            .query_row([self.document.id.as_str()], |row| row.get(0))
            .optional()?;
        if named.is_some() || !self.made {
            return Ok(named);
        }
        if let Some(url) = &self.document.url {
            return connection
                .prepare_cached("SELECT document FROM version WHERE url = ?1 AND name LIKE 'd:%' ORDER BY id DESC LIMIT 1")?
                .query_row([url], |row| row.get(0))
                .optional();
        }
        let Some(path) = &self.document.path else {
            return Ok(None);
        };
        let last: Option<(i64, String)> = connection
            .prepare_cached(
                "SELECT document, text FROM version WHERE path = ?1 AND url IS NULL AND name LIKE 'd:%' ORDER BY id DESC LIMIT 1",
            )?
            .query_row([path], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(last
            .filter(|(_, text)| is_alike(text, self.document.text()))
            .map(|(document, _)| document))
    }
}

/// What a page says of its text, as a version's row has it.
pub(crate) struct Facts<'f> {
    pub name: &'f str,
    pub url: Option<&'f str>,
    pub title: Option<&'f str>,
    pub byline: Option<&'f str>,
    pub publisher: Option<&'f str>,
    pub published: Option<&'f str>,
    pub modified: Option<&'f str>,
    pub language: Option<&'f str>,
}

impl Facts<'_> {
    /// The digest of these and of the text, which has one of its own: of a JSON array of them all,
    /// in this order, the text's digest last, in hexadecimal digits.
    pub(crate) fn sha256(&self, text_sha256: &[u8]) -> [u8; 32] {
        let text = hexadecimal(text_sha256);
        let all = serde_json::json!([
            self.name,
            self.url,
            self.title,
            self.byline,
            self.publisher,
            self.published,
            self.modified,
            self.language,
            text
        ]);
        digest(all.to_string().as_bytes())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// Whether two texts share at least half of the stretches of the shorter one.
fn is_alike(a: &str, b: &str) -> bool {
    let (a, b) = (stretches(a), stretches(b));
    let least = a.len().min(b.len());
    2 * a.intersection(&b).count() >= least.max(1)
}

fn stretches(text: &str) -> HashSet<Vec<&str>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(STRETCH).map(<[&str]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_a_sentence_more_is_alike_and_another_is_not() {
        let first = "Two rockets fell near the airport on Monday, police said. Nobody was hurt.";
        let longer = format!("{first} A group said later that it had fired them at soldiers.");
        let other =
            "The central bank left its rates unchanged on Monday, as had been expected by all.";
        assert!(is_alike(first, &longer));
        assert!(!is_alike(first, other));
        assert!(!is_alike("", other));
    }
}
