//! Readings out of a case again: as a reader made them, and with what people decided.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _};
use sayso_reading::{AttributionId, Reading};

use crate::intake::packed::{self, Damage, Page};
use crate::review::item::{Item, Kind};
use crate::{Case, CaseError};

/// The reading of a version that counts now, with its rows.
pub(crate) struct Current {
    pub document: i64,
    /// The reading's row.
    pub id: i64,
    pub publisher: Option<i64>,
    /// As its reader made it.
    pub reading: Reading,
}

impl Current {
    /// Of the last version of a document, by its name.
    pub(crate) fn of(case: &Case, document: &str) -> Result<Self, CaseError> {
        case.told(|c| Self::named(c, document))?.ok_or_else(|| {
            CaseError::Unknown(format!(
                "{document}: there is no such document in the case; `sayso ask CASE show:documents` lists them"
            ))
        })
    }

    fn named(c: &Connection, document: &str) -> rusqlite::Result<Option<Self>> {
        match row_of(c, document)? {
            Some(row) => Self::newest(c, row),
            None => Ok(None),
        }
    }

    /// Of the last version of a document, by its row.
    pub(crate) fn newest(c: &Connection, document: i64) -> rusqlite::Result<Option<Self>> {
        let Some((version, id)) = newest(c, document)? else {
            return Ok(None);
        };
        let (packed, page, publisher) = kept(c, version, id)?;
        Ok(Some(Self {
            document,
            id,
            publisher,
            reading: packed::restore(&packed, page)?,
        }))
    }
}

/// The rows of a document's last version and of its reading.
fn newest(c: &Connection, document: i64) -> rusqlite::Result<Option<(i64, i64)>> {
    c.prepare_cached(
        "SELECT v.id, g.id FROM version v JOIN reading g ON g.version = v.id WHERE v.document = ?1 AND v.until IS NULL AND g.until IS NULL",
    )?
    .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))
    .optional()
}

/// The row of a document, by its name or that of one of its versions.
fn row_of(c: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    let document: Option<i64> = c
        .prepare_cached("SELECT id FROM document WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    if document.is_some() {
        return Ok(document);
    }
    c.prepare_cached("SELECT document FROM version WHERE name = ?1 ORDER BY id DESC LIMIT 1")?
        .query_row([name], |row| row.get(0))
        .optional()
}

type Stored = (Vec<u8>, Page, Option<i64>);

fn kept(c: &Connection, version: i64, reading: i64) -> rusqlite::Result<Stored> {
    c.prepare_cached(
        "SELECT g.json, v.name, v.path, v.url, v.title, v.byline, p.name, v.published, v.modified, v.language, v.text, g.blocks, v.publisher FROM reading g JOIN version v ON v.id = ?1 LEFT JOIN publisher p ON p.id = v.publisher WHERE g.id = ?2",
    )?
    .query_row((version, reading), |row| {
        let page = Page {
            id: row.get(1)?,
            path: row.get(2)?,
            url: row.get(3)?,
            title: row.get(4)?,
            byline: row.get(5)?,
            publisher: row.get(6)?,
            published: row.get(7)?,
            modified: row.get(8)?,
            language: row.get(9)?,
            text: row.get(10)?,
            blocks: row.get(11)?,
        };
        Ok((row.get(0)?, page, row.get(12)?))
    })
}

/// A reading by its row, as its reader made it, with the change that brought it.
pub(crate) fn kept_reading(c: &Connection, id: i64) -> rusqlite::Result<(Reading, i64)> {
    let (version, since): (i64, i64) = c
        .prepare_cached("SELECT version, since FROM reading WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (packed, page, _) = kept(c, version, id)?;
    Ok((packed::restore(&packed, page)?, since))
}

/// A document as it counts now, still packed: opened where there is a processor to spare.
pub struct Sealed {
    version: i64,
    packed: Vec<u8>,
    page: Page,
    rows: Rows,
}

/// The last version of a document, by its row; `None` where there is none.
pub fn sealed(c: &Connection, document: i64) -> rusqlite::Result<Option<Sealed>> {
    let Some((version, reading_row)) = newest(c, document)? else {
        return Ok(None);
    };
    let (packed, page, _) = kept(c, version, reading_row)?;
    Ok(Some(Sealed {
        version,
        packed,
        page,
        rows: Rows::of(c, reading_row)?,
    }))
}

impl Sealed {
    /// The row of the version.
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// The rows of its events, by their ids in the reading.
    pub fn event_rows(&self) -> HashMap<String, i64> {
        self.rows.events()
    }

    /// Its reading, with what people decided; refused where what is kept is damaged.
    pub fn open(self) -> rusqlite::Result<Reading> {
        let reading = packed::restore(&self.packed, self.page)?;
        self.rows.decide(reading)
    }
}

impl Case {
    /// The reading of a document's last version, by the reader that read it last, with what
    /// people decided: corrected items as corrected, added ones beside them, rejected ones gone.
    pub fn reading(&self, document: &str) -> Result<Reading, CaseError> {
        let current = Current::of(self, document)?;
        self.told(|c| decided(c, current.id, &current.reading))
    }

    pub(crate) fn damaged(&self) -> CaseError {
        CaseError::Damaged(self.path().to_owned())
    }
}

/// A reading, by its row and as its reader made it, with what people decided.
pub(crate) fn decided(c: &Connection, id: i64, reading: &Reading) -> rusqlite::Result<Reading> {
    Rows::of(c, id)?.decide(reading.clone())
}

/// An item that counts now: its row, its id in the reading and, where it was corrected, JSON.
type Row = (i64, String, Option<String>);

/// The attributions and events of a reading that count now.
struct Rows([(Kind, Vec<Row>); 2]);

impl Rows {
    fn of(c: &Connection, reading: i64) -> rusqlite::Result<Self> {
        let of = |kind| Ok::<_, rusqlite::Error>((kind, rows_now(c, kind, reading)?));
        Ok(Self([of(Kind::Attribution)?, of(Kind::Event)?]))
    }

    fn events(&self) -> HashMap<String, i64> {
        let [_, (_, events)] = &self.0;
        let row = |(row, local, _): &Row| (local.clone(), *row);
        events.iter().map(row).collect()
    }

    /// Whether nobody decided anything: the items are those of the reading, in its order.
    fn are_as_read(&self, reading: &Reading) -> bool {
        let [(_, attributions), (_, events)] = &self.0;
        let same = |rows: &[Row], ids: &mut dyn Iterator<Item = String>| {
            let is = |(_, local, json): &Row| json.is_none() && ids.next().as_ref() == Some(local);
            rows.iter().all(is) && ids.next().is_none()
        };
        same(
            attributions,
            &mut reading.attributions.iter().map(|a| a.id.to_string()),
        ) && same(events, &mut reading.events.iter().map(|e| e.id.to_string()))
    }

    fn decide(self, reading: Reading) -> rusqlite::Result<Reading> {
        if self.are_as_read(&reading) {
            return Ok(reading);
        }
        let mut out = reading.clone();
        out.attributions.clear();
        out.events.clear();
        for (kind, rows) in self.0 {
            for (_, local, json) in rows {
                let item = match json {
                    Some(json) => Item::parse(kind, &json, &reading).ok(),
                    None => Item::of(kind, &local, &reading),
                };
                match item {
                    Some(Item::Attribution(a)) => out.attributions.push(a),
                    Some(Item::Event(e)) => out.events.push(e),
                    None => return Err(Damage.into()),
                }
            }
        }
        mend(&mut out, &reading);
        Ok(out)
    }
}

/// Each row that counts now.
fn rows_now(c: &Connection, kind: Kind, reading: i64) -> rusqlite::Result<Vec<Row>> {
    let sql = match kind {
        Kind::Attribution => {
            "SELECT id, local, json FROM attribution WHERE reading = ?1 AND until IS NULL ORDER BY start, id"
        }
        Kind::Event => {
            "SELECT id, local, json FROM event_mention WHERE reading = ?1 AND until IS NULL ORDER BY start, id"
        }
    };
    c.prepare_cached(sql)?
        .query_map([reading], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect()
}

/// What stood in a rejected attribution stands in the one around that, if there is one.
fn mend(reading: &mut Reading, before: &Reading) {
    let there: Vec<AttributionId> = reading.attributions.iter().map(|a| a.id).collect();
    let around = |mut within: Option<AttributionId>| {
        // a chain of rejected ones has an end: each step leaves one behind
        for _ in 0..=before.attributions.len() {
            match within {
                Some(id) if !there.contains(&id) => {
                    within = before
                        .attributions
                        .iter()
                        .find(|a| a.id == id)
                        .and_then(|a| a.within);
                }
                _ => break,
            }
        }
        within.filter(|id| there.contains(id))
    };
    for a in &mut reading.attributions {
        a.within = around(a.within);
    }
    for e in &mut reading.events {
        e.within = around(e.within);
        for r in &mut e.responsibility {
            r.attribution = around(r.attribution);
        }
    }
    for f in &mut reading.figures {
        f.within = around(f.within);
    }
}
