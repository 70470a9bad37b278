//! Do the tables say what the readings say? Each reading's rows are made anew in a case in memory
//! and compared, column by column, with those that are kept.

use rusqlite::types::Value;
use rusqlite::{Connection, Row};
use sayso_reading::Reading;

use crate::fetch;
use crate::intake::rows::{Kept, Origin};
use crate::intake::words::AllWords;
use crate::review::item::{Item, Kind};
use crate::schema;

/// What of an attribution's row has to be as in its item.
const ATTRIBUTION: &str = "local, within, source, source_name, source_kind, role, condition, cue, lemma, act, certainty, negated, quote, content, start, \"end\", hedge, origin, origin_kind, score, (SELECT group_concat(h.position || '|' || coalesce(h.name, '') || '|' || h.kind || '|' || coalesce(h.\"by\", '') || '|' || h.words, char(10)) FROM (SELECT * FROM hop WHERE attribution = t.id ORDER BY position) h)";

/// The same of an event's. Events are written anew where the attribution around them is corrected:
/// all their rows say the same but whose content they stand in.
const EVENT: &str = "local, \"trigger\", start, \"end\", type, mode, realis, actor, recipient, place, country, geonames, lat, lon, time_words, edtf, earliest, latest, killed_low, killed_high, injured_low, injured_high, score, (SELECT group_concat(r.position || '|' || r.act || '|' || r.who, char(10)) FROM (SELECT * FROM responsibility WHERE event = t.id ORDER BY position) r)";

/// Statements whose rows have to be the same, and what differs where they are not. `?1` is the
/// reading, `?2` the change that brought it.
fn compared() -> [(&'static str, String); 8] {
    let of = |columns: &str, table: &str, which: &str| {
        format!("SELECT DISTINCT {columns} FROM {table} t WHERE reading = ?1 AND {which}")
    };
    [
        (
            "an entity",
            of(
                "local, kind, name, describes, mentions",
                "entity",
                "?2 ORDER BY local",
            ),
        ),
        (
            "a note",
            of("position, text", "note", "?2 ORDER BY position"),
        ),
        (
            "a figure",
            of(
                "local, kind, low, high, rule, unit, words, within, event",
                "figure",
                "?2 ORDER BY local",
            ),
        ),
        (
            "an attribution",
            of(
                ATTRIBUTION,
                "attribution",
                "since = ?2 AND review IS NULL ORDER BY id",
            ),
        ),
        (
            "an event",
            of(
                EVENT,
                "event_mention",
                "review IS NULL AND ?2 ORDER BY local, id",
            ),
        ),
        (
            "an event",
            of(
                "local, within",
                "event_mention",
                "id IN (SELECT min(id) FROM event_mention WHERE reading = ?1 AND review IS NULL GROUP BY local) AND ?2 ORDER BY local",
            ),
        ),
        // those that people's decisions made hold their item
        (
            "a corrected attribution",
            of(
                &format!("review, {ATTRIBUTION}"),
                "attribution",
                "review IS NOT NULL AND ?2 ORDER BY review",
            ),
        ),
        (
            "a corrected event",
            of(
                &format!("review, {EVENT}"),
                "event_mention",
                "review IS NOT NULL AND ?2 ORDER BY review",
            ),
        ),
    ]
}

/// Makes rows anew.
pub(super) struct Anew {
    memory: Connection,
    compared: [(&'static str, String); 8],
}

impl Anew {
    pub(super) fn new() -> rusqlite::Result<Self> {
        let mut memory = Connection::open_in_memory()?;
        schema::upgrade(&mut memory, &schema::STEPS)?;
        // nothing but rows of one reading is ever there
        memory.pragma_update(None, "foreign_keys", false)?;
        Ok(Self {
            memory,
            compared: compared(),
        })
    }

    /// What of the rows of a reading differs from it: the kind of the first such row.
    pub(super) fn differs(
        &self,
        c: &Connection,
        id: i64,
    ) -> rusqlite::Result<Option<&'static str>> {
        let (reading, since) = fetch::kept_reading(c, id)?;
        self.memory.execute_batch("BEGIN")?;
        let found = self.compared(c, id, since, &reading);
        self.memory.execute_batch("ROLLBACK")?;
        found
    }

    fn compared(
        &self,
        c: &Connection,
        id: i64,
        since: i64,
        reading: &Reading,
    ) -> rusqlite::Result<Option<&'static str>> {
        let kept = Kept::new(reading, id, 0, None);
        kept.write(&self.memory, since, &mut AllWords::new())?;
        if !self.decided(c, id, reading, &kept)? {
            return Ok(Some("a corrected item"));
        }
        for (what, sql) in &self.compared {
            if rows(c, sql, id, since)? != rows(&self.memory, sql, id, since)? {
                return Ok(Some(what));
            }
        }
        Ok(None)
    }

    /// Writes the rows that decisions made; `false` where one holds no item.
    fn decided(
        &self,
        c: &Connection,
        id: i64,
        reading: &Reading,
        kept: &Kept,
    ) -> rusqlite::Result<bool> {
        for kind in [Kind::Attribution, Kind::Event] {
            let sql = format!(
                "SELECT json, since, review FROM {} WHERE reading = ?1 AND review IS NOT NULL ORDER BY id",
                kind.table()
            );
            let mut statement = c.prepare_cached(&sql)?;
            let mut decided = statement.query([id])?;
            while let Some(row) = decided.next()? {
                let json: Option<String> = row.get(0)?;
                let json = json.unwrap_or_default();
                let origin = Origin {
                    since: row.get(1)?,
                    review: Some((row.get(2)?, &json)),
                };
                let mut words = AllWords::new();
                match Item::parse(kind, &json, reading) {
                    Ok(Item::Attribution(a)) => {
                        kept.attribution(&self.memory, &a, origin, &mut words)?
                    }
                    // its words for searching are not compared: whose content it is in does not count
                    Ok(Item::Event(e)) => kept.event(&self.memory, &e, None, origin, &mut words)?,
                    Err(_) => return Ok(false),
                };
            }
        }
        Ok(true)
    }
}

fn rows(c: &Connection, sql: &str, id: i64, since: i64) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut statement = c.prepare_cached(sql)?;
    let columns = statement.column_count();
    let row = |row: &Row| (0..columns).map(|at| row.get(at)).collect();
    statement.query_map((id, since), row)?.collect()
}
