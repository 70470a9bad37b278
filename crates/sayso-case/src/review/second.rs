//! What a second reviewer has not seen yet.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;
use sayso_reading::Reading;
use serde_json::Value;

use super::Target;
use super::agreement::Carried;
use super::anchor::{self, Anchor};
use super::item::{Item, Kind};
use super::journal;
use crate::fetch::Current;
use crate::{Case, CaseError};

/// Something that others decided on, as the reader found it: what they decided is not told.
#[derive(Debug, Clone, PartialEq)]
pub struct SecondLook {
    /// The first entry of the journal on it, by which it has its place in the list.
    pub entry: i64,
    /// What.
    pub target: Target,
    /// Its words.
    pub words: String,
    /// The words before them.
    pub before: String,
    /// The words after them.
    pub after: String,
    /// The item, as in the contract of readings.
    pub item: Value,
}

/// Some of what a second reviewer has not seen yet.
#[derive(Debug, Clone, PartialEq)]
pub struct SecondLooks {
    /// In the order in which they were decided on first.
    pub looks: Vec<SecondLook>,
    /// How many more there are to go through behind these.
    pub behind: usize,
}

impl Case {
    /// What others decided on and `who` did not, in the order in which it was decided on first:
    /// at most `limit`, those behind the entry `after`. Left out is what a newer reading of the text
    /// no longer has.
    pub fn second(&self, who: &str, after: i64, limit: usize) -> Result<SecondLooks, CaseError> {
        let open = self.told(|c| open_for(c, who))?;
        let begin = open.partition_point(|entry| *entry <= after);
        let mut open = open.into_iter().skip(begin);
        let mut readings: HashMap<String, Current> = HashMap::new();
        let mut looks = Vec::new();
        while looks.len() < limit {
            let Some(entry) = open.next() else {
                break;
            };
            looks.extend(self.look(entry, &mut readings)?);
        }
        Ok(SecondLooks {
            looks,
            behind: open.len(),
        })
    }

    /// What an entry is on, as the reader found it; none where that is gone.
    fn look(
        &self,
        id: i64,
        readings: &mut HashMap<String, Current>,
    ) -> Result<Option<SecondLook>, CaseError> {
        let Some(entry) = self.told(|c| journal::one(c, id))? else {
            return Ok(None);
        };
        let anchor: Anchor = serde_json::from_str(&entry.anchor).map_err(|_| self.damaged())?;
        if !readings.contains_key(&entry.document) {
            readings.insert(entry.document.clone(), Current::of(self, &entry.document)?);
        }
        let Some(current) = readings.get(&entry.document) else {
            return Ok(None);
        };
        let Some(local) = local_now(&anchor, entry.kind, &current.reading) else {
            return Ok(None);
        };
        let target = Target {
            document: entry.document,
            local,
        };
        let found = self.found_by_reader(current, &target)?;
        let now = Anchor::of(&found.item, &current.reading).map_err(|_| self.damaged())?;
        Ok(Some(SecondLook {
            entry: id,
            target,
            words: now.quote,
            before: now.before,
            after: now.after,
            item: found.json,
        }))
    }
}

/// The first entries on what others decided on and `who` did not, oldest first.
fn open_for(c: &Connection, who: &str) -> rusqlite::Result<Vec<i64>> {
    let undone = journal::undone(c, 0)?;
    let carried = Carried::of(c)?;
    let mut statement = c.prepare_cached(
        "SELECT id, who = ?1, action, kind, target FROM review WHERE target IS NOT NULL AND action <> 'undo' ORDER BY id",
    )?;
    let mut rows = statement.query([who])?;
    let (mut mine, mut others) = (HashSet::new(), Vec::new());
    // two who decide on one thing mostly decide on the same row
    let mut known: HashMap<(Kind, i64), i64> = HashMap::new();
    while let Some(row) = rows.next()? {
        let (id, is_mine, action, kind): (i64, bool, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        if undone.contains(&id) {
            continue;
        }
        let on = (
            Kind::of_str(&kind).unwrap_or(Kind::Attribution),
            row.get(4)?,
        );
        let root = match known.get(&on) {
            Some(root) => *root,
            None => carried.root(c, on.0, on.1)?,
        };
        known.insert(on, root);
        if is_mine {
            mine.insert(root);
        } else if action != "add" {
            others.push((id, root));
        }
    }
    let mut seen = mine;
    others.retain(|(_, root)| seen.insert(*root));
    Ok(others.into_iter().map(|(id, _)| id).collect())
}

/// The id that what was decided on has in a reading, found by its words.
fn local_now(anchor: &Anchor, kind: Kind, reading: &Reading) -> Option<String> {
    let moved = anchor.moved(reading.document.text())?;
    let item = Item::of_json(kind, anchor.item_in(&anchor.item, moved, reading), reading).ok()?;
    let locals: Vec<String> = match kind {
        Kind::Attribution => reading
            .attributions
            .iter()
            .map(|a| a.id.to_string())
            .collect(),
        Kind::Event => reading.events.iter().map(|e| e.id.to_string()).collect(),
    };
    let items: Vec<(i64, Item)> = locals
        .iter()
        .enumerate()
        .filter_map(|(at, local)| Some((at as i64, Item::of(kind, local, reading)?)))
        .collect();
    let at = anchor::same(&item, &items)?;
    locals.into_iter().nth(usize::try_from(at).ok()?)
}
