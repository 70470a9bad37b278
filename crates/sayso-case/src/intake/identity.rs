//! Which document a text is, and which of its versions.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension as _};
use sayso_reading::{Document, DocumentId};

use super::digest;

/// Words of a stretch by which texts are compared.
const STRETCH: usize = 5;

/// What a document is known by.
pub(crate) struct Identity<'d> {
    document: &'d Document,
    sha256: [u8; 32],
    /// Its id was made from its text and url: a changed text has another.
    made: bool,
}

impl<'d> Identity<'d> {
    pub(crate) fn of(document: &'d Document) -> Self {
        let made = DocumentId::of_text(document.text(), document.url.as_deref()) == document.id;
        Self {
            document,
            sha256: digest(document.text().as_bytes()),
            made,
        }
    }

    /// The version with this id and this text, if it is kept.
    pub(crate) fn version(&self, connection: &Connection) -> rusqlite::Result<Option<i64>> {
        connection
            .prepare_cached("SELECT id FROM version WHERE name = ?1 AND text_sha256 = ?2")?
            .query_row((self.document.id.as_str(), self.sha256.as_slice()), |row| row.get(0))
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
        let other = "The central bank left its rates unchanged on Monday, as had been expected by all.";
        assert!(is_alike(first, &longer));
        assert!(!is_alike(first, other));
        assert!(!is_alike("", other));
    }
}
