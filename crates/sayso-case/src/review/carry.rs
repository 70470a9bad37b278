//! Decisions carried over to another reading or another version of a text.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;
use sayso_reading::Reading;
use serde_json::Value;

use super::anchor::{self, Anchor};
use super::item::{Item, Kind};
use super::journal::{self, Entry};
use super::work::{Rows, close, next_local, write};
use crate::fetch::{self, Current};
use crate::intake::packed::Damage;
use crate::intake::rows::{Kept, Origin};
use crate::intake::words::{AllWords, day_number};

/// Carries what was decided on a document over to the reading of it that counts now. Each decision
/// leaves a line in `carried`, also where its words are gone.
pub(crate) fn over(
    c: &Connection,
    document: i64,
    since: i64,
    words: &mut AllWords,
) -> rusqlite::Result<()> {
    let entries = journal::entries(c, Some(document))?;
    if entries.is_empty() {
        return Ok(());
    }
    let Some(current) = Current::newest(c, document)? else {
        return Ok(());
    };
    let day = current
        .reading
        .document
        .published
        .as_ref()
        .and_then(sayso_reading::Edtf::earliest);
    let kept = Kept::new(
        &current.reading,
        current.id,
        day_number(day),
        current.publisher,
    );
    let undone: HashSet<i64> = entries.iter().filter_map(|e| e.undoes).collect();
    let standing = |e: &&Entry| e.action != "undo" && !e.opinion && !undone.contains(&e.id);
    // an event is found by the attribution it stands in: those first
    for kind in [Kind::Attribution, Kind::Event] {
        let mut carrier = Carrier {
            c,
            since,
            kept: &kept,
            reading: &current.reading,
            id: current.id,
            rows: rows(c, kind, &current)?,
            places: HashMap::new(),
            words,
        };
        for entry in entries.iter().filter(standing).filter(|e| e.kind == kind) {
            carrier.carry(entry)?;
        }
    }
    let after = fetch::decided(c, current.id, &current.reading)?;
    let rows = Rows {
        c,
        kept: &kept,
        id: current.id,
        since,
    };
    rows.events_follow(&current.reading, &after, words)
}

/// The rows of one kind in the new reading, with what they say.
fn rows(c: &Connection, kind: Kind, current: &Current) -> rusqlite::Result<Vec<(i64, Item)>> {
    let sql = format!(
        "SELECT id, local FROM {} WHERE reading = ?1 AND until IS NULL",
        kind.table()
    );
    let found: Vec<(i64, String)> = c
        .prepare_cached(&sql)?
        .query_map([current.id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    found
        .into_iter()
        .map(|(row, local)| {
            let item = Item::of(kind, &local, &current.reading).ok_or(Damage)?;
            Ok((row, item))
        })
        .collect()
}

struct Carrier<'c> {
    c: &'c Connection,
    since: i64,
    kept: &'c Kept<'c>,
    reading: &'c Reading,
    /// Its row.
    id: i64,
    /// Of the new reading, those that count.
    rows: Vec<(i64, Item)>,
    /// From rows that were decided on to those that now stand for them.
    places: HashMap<i64, i64>,
    words: &'c mut AllWords,
}

impl Carrier<'_> {
    fn carry(&mut self, entry: &Entry) -> rusqlite::Result<()> {
        let anchor: Anchor = serde_json::from_str(&entry.anchor).map_err(|_| Damage)?;
        let Some(moved) = anchor.moved(self.reading.document.text()) else {
            return self.note(entry, None, "lost");
        };
        let how = if moved == 0 { "same place" } else { "moved" };
        let json = anchor.item_in(&anchor.item, moved, self.reading);
        let Ok(item) = Item::of_json(entry.kind, json.clone(), self.reading) else {
            return self.note(entry, None, "lost");
        };
        let known = entry.target.and_then(|t| self.places.get(&t).copied());
        let target = known.or_else(|| anchor::same(&item, &self.rows));
        let row = match entry.action.as_str() {
            "reject" => {
                if let Some(row) = target {
                    self.end(entry.kind, row)?;
                }
                None
            }
            // a person said that it is there: it is, also where the reader does not find it
            "accept" => match target {
                Some(row) => Some(row),
                None => Some(self.begin_anew(json, entry)?),
            },
            "add" => Some(self.begin_anew(json, entry)?),
            _ => {
                let Some(corrected) = self.corrected(entry, &anchor, target, json, moved) else {
                    return self.note(entry, None, "lost");
                };
                Some(if let Some(row) = target {
                    self.end(entry.kind, row)?;
                    self.begin(&corrected, entry)?
                } else {
                    let json = corrected.to_json(self.reading).map_err(|_| Damage)?;
                    self.begin_anew(json, entry)?
                })
            }
        };
        if let Some(row) = row {
            self.stands(entry, row)?;
        }
        self.note(entry, row, how)
    }

    /// The reader's item, or else the one decided on, with the corrected field.
    fn corrected(
        &self,
        entry: &Entry,
        anchor: &Anchor,
        target: Option<i64>,
        decided: Value,
        moved: i64,
    ) -> Option<Item> {
        let found = target.and_then(|row| self.rows.iter().find(|(r, _)| *r == row));
        let mut json = match found {
            Some((_, item)) => item.to_json(self.reading).ok()?,
            None => decided,
        };
        // what a correction names is moved and renamed as the item is
        let field = entry.field.as_deref()?;
        let mut after = entry.after.clone()?;
        anchor::shift(&mut after, moved);
        let mut place = &mut json;
        for part in field.split('.') {
            place = place.get_mut(part)?;
        }
        *place = anchor.renamed(after, self.reading);
        Item::of_json(entry.kind, json, self.reading).ok()
    }

    fn end(&mut self, kind: Kind, row: i64) -> rusqlite::Result<()> {
        self.rows.retain(|(r, _)| *r != row);
        close(self.c, kind, row, self.since)
    }

    /// Something that this reading does not have: under an id that nothing in it has.
    fn begin_anew(&mut self, mut json: Value, entry: &Entry) -> rusqlite::Result<i64> {
        let local = next_local(self.c, entry.kind, self.id)?;
        if let Some(id) = json.get_mut("id") {
            *id = Value::String(local);
        }
        let item = Item::of_json(entry.kind, json, self.reading).map_err(|_| Damage)?;
        self.begin(&item, entry)
    }

    fn begin(&mut self, item: &Item, entry: &Entry) -> rusqlite::Result<i64> {
        let json = item.to_json(self.reading).map_err(|_| Damage)?.to_string();
        let origin = Origin {
            since: self.since,
            review: Some((entry.id, &json)),
        };
        let row = write(self.c, self.kept, self.reading, item, origin, self.words)?;
        self.rows.push((row, item.clone()));
        Ok(row)
    }

    /// Later decisions on what this one decided on, or on what it made, go to `row`.
    fn stands(&mut self, entry: &Entry, row: i64) -> rusqlite::Result<()> {
        self.places.extend(entry.target.map(|t| (t, row)));
        let sql = format!("SELECT id FROM {} WHERE review = ?1", entry.kind.table());
        let made: Vec<i64> = self
            .c
            .prepare_cached(&sql)?
            .query_map([entry.id], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        self.places.extend(made.into_iter().map(|m| (m, row)));
        Ok(())
    }

    fn note(&self, entry: &Entry, target: Option<i64>, how: &str) -> rusqlite::Result<()> {
        self.c
            .prepare_cached("INSERT OR REPLACE INTO carried (review, change, target, how) VALUES (?1, ?2, ?3, ?4)")?
            .execute((entry.id, self.since, target, how))?;
        Ok(())
    }
}
