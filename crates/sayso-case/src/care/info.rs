//! What is in a case.

use rusqlite::Connection;
use serde::Serialize;

use crate::{Case, CaseError, schema};

/// What is in a case, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Info {
    /// Where it is.
    pub path: String,
    /// Version of its tables.
    pub schema: i64,
    /// Bytes of the file and its log.
    pub bytes: u64,
    /// Documents.
    pub documents: i64,
    /// Their versions.
    pub versions: i64,
    /// Readings, also those that others replaced.
    pub readings: i64,
    /// Attributions that count now.
    pub attributions: i64,
    /// Event mentions that count now.
    pub events: i64,
    /// Publishers.
    pub publishers: i64,
    /// Decisions of people.
    pub reviews: i64,
    /// Decisions that could not be carried over to a changed text.
    pub reviews_lost: i64,
    /// First day of publication, where one is known.
    pub earliest: Option<String>,
    /// Last day of publication.
    pub latest: Option<String>,
    /// When it was made, in UTC.
    pub created: String,
    /// When it was changed last, in UTC.
    pub changed: String,
    /// What read, with how many readings that count now.
    pub readers: Vec<ReaderInfo>,
}

/// A reader whose readings are in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReaderInfo {
    /// The program's version.
    pub version: String,
    /// Its weights.
    pub model: String,
    /// Readings that count now.
    pub readings: i64,
}

impl Case {
    /// What is in the case.
    pub fn info(&self) -> Result<Info, CaseError> {
        let bytes = self.bytes()?;
        let reviews_lost = self.lost()?.len() as i64;
        let path = self.path().display().to_string();
        self.told(|c| {
            let count = |sql: &str| c.query_row(sql, [], |row| row.get::<_, i64>(0));
            let (earliest, latest) = c.query_row(
                "SELECT min(earliest), max(latest) FROM version WHERE until IS NULL",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let (created, changed) = c.query_row(
                "SELECT min(at), max(at) FROM change",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            Ok(Info {
                path,
                schema: schema::VERSION,
                bytes,
                documents: count("SELECT count(*) FROM document")?,
                versions: count("SELECT count(*) FROM version")?,
                readings: count("SELECT count(*) FROM reading")?,
                attributions: count("SELECT count(*) FROM attribution WHERE until IS NULL")?,
                events: count("SELECT count(*) FROM event_mention WHERE until IS NULL")?,
                publishers: count("SELECT count(*) FROM publisher")?,
                reviews: count("SELECT count(*) FROM review")?,
                reviews_lost,
                earliest,
                latest,
                created,
                changed,
                readers: readers(c)?,
            })
        })
    }
}

fn readers(c: &Connection) -> rusqlite::Result<Vec<ReaderInfo>> {
    c.prepare(
        "SELECT r.version, r.model, count(g.id) FROM reader r LEFT JOIN reading g ON g.reader = r.id AND g.until IS NULL GROUP BY r.id ORDER BY r.id",
    )?
    .query_map([], |row| {
        Ok(ReaderInfo {
            version: row.get(0)?,
            model: row.get(1)?,
            readings: row.get(2)?,
        })
    })?
    .collect()
}
