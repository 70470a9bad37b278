//! What is in a case.

use rusqlite::{Connection, OptionalExtension as _};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Case, CaseError, schema};

/// What is in a case, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
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
    /// Entries of the journal: decisions of people.
    pub reviews: i64,
    /// SHA-256 of the last entry, which holds those of all before it. Who notes it elsewhere can
    /// tell later whether entries were taken away.
    pub journal: Option<String>,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
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
            // of most the last day is the first; the others have an index of their own
            let (earliest, latest) = c.query_row(
                "SELECT (SELECT min(earliest) FROM version WHERE until IS NULL), max(coalesce((SELECT max(earliest) FROM version WHERE until IS NULL), ''), coalesce((SELECT max(latest) FROM version WHERE published IS NOT NULL AND latest IS NOT earliest AND until IS NULL), ''))",
                [],
                |row| {
                    let latest: String = row.get(1)?;
                    Ok((row.get(0)?, (!latest.is_empty()).then_some(latest)))
                },
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
                attributions: count("SELECT (SELECT count(*) FROM attribution) - (SELECT count(*) FROM attribution WHERE until IS NOT NULL)")?,
                events: count("SELECT (SELECT count(*) FROM event_mention) - (SELECT count(*) FROM event_mention WHERE until IS NOT NULL)")?,
                publishers: count("SELECT count(*) FROM publisher")?,
                reviews: count("SELECT count(*) FROM review")?,
                journal: c
                    .query_row("SELECT lower(hex(sha256)) FROM review ORDER BY id DESC LIMIT 1", [], |row| row.get(0))
                    .optional()?,
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
