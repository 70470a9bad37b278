//! Taking readings in: which document and version they are of, and their rows.

pub(crate) mod countries;
mod events;
pub(crate) mod identity;
pub(crate) mod packed;
pub(crate) mod rows;
pub(crate) mod tags;
pub(crate) mod words;

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior};
use sayso_reading::{Document, Reader, Reading};
use sha2::{Digest as _, Sha256};

use crate::change::{self, What};
use crate::review::carry;
use crate::{Case, CaseError};
use identity::Identity;
use packed::{Packed, Packer};
use rows::Kept;
use words::{AllWords, day_number};

/// A reading to take in.
#[derive(Debug, Clone)]
pub struct Intake {
    /// The reading.
    pub reading: Reading,
    /// SHA-256 of the file that its document came from, where it is known.
    pub input_sha256: Option<[u8; 32]>,
}

impl From<Reading> for Intake {
    fn from(reading: Reading) -> Self {
        Self {
            reading,
            input_sha256: None,
        }
    }
}

/// What became of a reading that was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A document that was not there.
    Added,
    /// A document whose text, or what its page says about it, was another before; both versions
    /// are kept.
    NewVersion,
    /// A text that another reader had read before; both readings are kept.
    Reread,
    /// All of it was there.
    Known,
}

impl Outcome {
    /// As it is told.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::NewVersion => "new version",
            Self::Reread => "read again",
            Self::Known => "known",
        }
    }
}

impl Case {
    /// Whether a document was read by this reader and is kept, so that it need not be read again.
    pub fn knows(&self, document: &Document, reader: &Reader) -> Result<bool, CaseError> {
        let identity = Identity::of(document);
        self.told(|c| {
            let Some(version) = identity.version(c)? else {
                return Ok(false);
            };
            c.prepare_cached(
                "SELECT 1 FROM reading g JOIN reader r ON r.id = g.reader WHERE g.version = ?1 AND r.version = ?2 AND r.model = ?3",
            )?
            .exists((version, &reader.version, &reader.model))
        })
    }

    /// Takes readings in, all of them or none; when this returns they are on the disk.
    pub fn add(&mut self, readings: &[Intake]) -> Result<Vec<Outcome>, CaseError> {
        if readings.is_empty() {
            return Ok(Vec::new());
        }
        let path = self.path().to_owned();
        let told = |e| CaseError::at(&path, e);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(told)?;
        let mut batch = Batch {
            transaction: &transaction,
            words: AllWords::new(),
            since: None,
        };
        let mut outcomes = Vec::with_capacity(readings.len());
        let mut press = Packer::new()?;
        for intake in readings {
            let packed = press.pack(&intake.reading)?;
            outcomes.push(batch.take(intake, &packed).map_err(told)?);
        }
        let Batch { words, .. } = batch;
        words.write(&transaction).map_err(told)?;
        transaction.commit().map_err(told)?;
        Ok(outcomes)
    }
}

/// Readings that are taken in together.
struct Batch<'t> {
    transaction: &'t Transaction<'t>,
    words: AllWords,
    /// The change, from the first row on that is written.
    since: Option<i64>,
}

impl Batch<'_> {
    fn since(&mut self) -> rusqlite::Result<i64> {
        if let Some(since) = self.since {
            Ok(since)
        } else {
            let since = change::begin(self.transaction, What::Add)?;
            self.since = Some(since);
            Ok(since)
        }
    }

    fn take(&mut self, intake: &Intake, packed: &Packed) -> rusqlite::Result<Outcome> {
        let document = &intake.reading.document;
        let identity = Identity::of(document);
        let reader = self.reader(&intake.reading.reader)?;
        if let Some(version) = identity.version(self.transaction)? {
            let known = self
                .transaction
                .prepare_cached("SELECT 1 FROM reading WHERE version = ?1 AND reader = ?2")?
                .exists((version, reader))?;
            if known {
                return Ok(Outcome::Known);
            }
            self.read_again(intake, packed, version, reader)?;
            return Ok(Outcome::Reread);
        }
        let since = self.since()?;
        let earlier = identity.document(self.transaction)?;
        let (outcome, row, number) = if let Some(row) = earlier {
            let last: i64 = self.transaction.query_row(
                "SELECT max(number) FROM version WHERE document = ?1",
                [row],
                |r| r.get(0),
            )?;
            self.close_versions(row, since)?;
            (Outcome::NewVersion, row, last + 1)
        } else {
            self.transaction
                .prepare_cached("INSERT INTO document (name) VALUES (?1)")?
                .execute([document.id.as_str()])?;
            (Outcome::Added, self.transaction.last_insert_rowid(), 1)
        };
        let version = self.version(intake, &identity, row, number, since)?;
        self.keep(intake, packed, version, reader, since, true)?;
        if outcome == Outcome::NewVersion {
            carry::over(self.transaction, row, since, &mut self.words)?;
        }
        Ok(outcome)
    }

    /// Adds a reading to a version that has one; the rows of the one before end.
    fn read_again(
        &mut self,
        intake: &Intake,
        packed: &Packed,
        version: i64,
        reader: i64,
    ) -> rusqlite::Result<()> {
        let since = self.since()?;
        let (document, is_now): (i64, bool) = self.transaction.query_row(
            "SELECT document, until IS NULL FROM version WHERE id = ?1",
            [version],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        close_readings(self.transaction, version, since)?;
        self.keep(intake, packed, version, reader, since, false)?;
        if is_now {
            carry::over(self.transaction, document, since, &mut self.words)?;
        } else {
            // a version that is not the last one: nothing of it counts now
            close_readings(self.transaction, version, since)?;
        }
        Ok(())
    }

    fn version(
        &self,
        intake: &Intake,
        identity: &Identity,
        document: i64,
        number: i64,
        since: i64,
    ) -> rusqlite::Result<i64> {
        let d = &intake.reading.document;
        let publisher = d
            .publisher
            .as_deref()
            .map(|p| self.publisher(p))
            .transpose()?;
        let day = |m: sayso_reading::Moment| {
            let (year, month, day) = m.date();
            format!("{year:04}-{month:02}-{day:02}")
        };
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO version (document, number, name, path, url, title, byline, publisher, published, earliest, latest, modified, language, text, words, text_sha256, sha256, input_sha256, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        )?;
        statement.execute(rusqlite::params![
            document,
            number,
            d.id.as_str(),
            d.path,
            d.url,
            d.title,
            d.byline,
            publisher,
            d.published.as_ref().map(ToString::to_string),
            d.published
                .as_ref()
                .and_then(sayso_reading::Edtf::earliest)
                .map(day),
            d.published
                .as_ref()
                .and_then(sayso_reading::Edtf::latest)
                .map(day),
            d.modified.as_ref().map(ToString::to_string),
            d.language,
            d.text(),
            d.text().split_whitespace().count() as i64,
            identity.text_sha256.as_slice(),
            identity.sha256.as_slice(),
            intake.input_sha256.as_ref().map(<[u8; 32]>::as_slice),
            since,
        ])?;
        Ok(self.transaction.last_insert_rowid())
    }

    fn keep(
        &mut self,
        intake: &Intake,
        packed: &Packed,
        version: i64,
        reader: i64,
        since: i64,
        first: bool,
    ) -> rusqlite::Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT INTO reading (version, reader, json, blocks, sha256, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((
                version,
                reader,
                &packed.json,
                &packed.blocks,
                packed.sha256.as_slice(),
                since,
            ))?;
        let id = self.transaction.last_insert_rowid();
        let d = &intake.reading.document;
        let day = day_number(d.published.as_ref().and_then(sayso_reading::Edtf::earliest));
        let publisher = d
            .publisher
            .as_deref()
            .map(|p| self.publisher(p))
            .transpose()?;
        let kept = Kept::new(&intake.reading, id, day, publisher);
        kept.write(self.transaction, since, &mut self.words)?;
        if first {
            kept.text(version, &mut self.words);
        }
        Ok(())
    }

    fn close_versions(&self, document: i64, since: i64) -> rusqlite::Result<()> {
        let open: Vec<i64> = self
            .transaction
            .prepare_cached("SELECT id FROM version WHERE document = ?1 AND until IS NULL")?
            .query_map([document], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for version in open {
            close_readings(self.transaction, version, since)?;
            self.transaction
                .prepare_cached("UPDATE version SET until = ?2 WHERE id = ?1")?
                .execute((version, since))?;
        }
        Ok(())
    }

    fn reader(&self, reader: &Reader) -> rusqlite::Result<i64> {
        let found: Option<i64> = self
            .transaction
            .prepare_cached("SELECT id FROM reader WHERE version = ?1 AND model = ?2")?
            .query_row((&reader.version, &reader.model), |row| row.get(0))
            .optional()?;
        if let Some(id) = found {
            return Ok(id);
        }
        self.transaction.execute(
            "INSERT INTO reader (version, model) VALUES (?1, ?2)",
            (&reader.version, &reader.model),
        )?;
        Ok(self.transaction.last_insert_rowid())
    }

    fn publisher(&self, name: &str) -> rusqlite::Result<i64> {
        let found: Option<i64> = self
            .transaction
            .prepare_cached("SELECT id FROM publisher WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        if let Some(id) = found {
            return Ok(id);
        }
        self.transaction
            .execute("INSERT INTO publisher (name) VALUES (?1)", [name])?;
        Ok(self.transaction.last_insert_rowid())
    }
}

/// Ends the readings of a version, and their rows, with a change.
fn close_readings(transaction: &Transaction, version: i64, since: i64) -> rusqlite::Result<()> {
    let open: Vec<i64> = transaction
        .prepare_cached("SELECT id FROM reading WHERE version = ?1 AND until IS NULL")?
        .query_map([version], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for reading in open {
        for sql in [
            "UPDATE attribution SET until = ?2 WHERE reading = ?1 AND until IS NULL",
            "UPDATE event_mention SET until = ?2 WHERE reading = ?1 AND until IS NULL",
            "UPDATE reading SET until = ?2 WHERE id = ?1",
        ] {
            transaction.prepare_cached(sql)?.execute((reading, since))?;
        }
    }
    Ok(())
}

/// SHA-256.
pub(crate) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
