//! Events across documents: which mentions are of one happening.
//!
//! The mentions of documents near each other are compared in pairs, by a small forest that ships;
//! those that hang together by sure pairs are joined, the best first. The oldest mention names an
//! event. What comes changes only what hangs together with it.

mod cluster;
mod compare;
mod forest;
mod join;
mod mention;
mod pair;
mod tell;
pub mod training;
mod vectors;
mod words;

pub(crate) use words::stem;

use std::collections::BTreeSet;

use rusqlite::{Connection, Result};

pub(crate) use compare::Shelf;
pub(crate) use join::join;
pub use tell::InEvent;
pub(crate) use tell::all;

/// Pairs of documents that are done together.
const BATCH: i64 = 2000;

/// Takes down that the events of some documents are to be compared with those near them, and
/// which pairs of documents are now near each other or no longer.
pub(crate) fn later(c: &Connection, documents: &[i64], pairs: &BTreeSet<(i64, i64)>) -> Result<()> {
    let mut insert = c.prepare_cached("INSERT OR IGNORE INTO event_todo (a, b) VALUES (?1, ?2)")?;
    for document in documents {
        insert.execute((document, document))?;
    }
    for pair in pairs {
        insert.execute(*pair)?;
    }
    Ok(())
}

/// Compares some of what was taken down; gives how many documents, or pairs of them, that were.
pub(crate) fn update(c: &Connection, shelf: &mut Shelf) -> Result<usize> {
    // by stories, so that what is compared lies together
    let todo: BTreeSet<(i64, i64)> = c
        .prepare_cached(
            "SELECT t.a, t.b FROM event_todo t JOIN story s ON s.document = t.a ORDER BY s.story, t.a, t.b LIMIT ?1",
        )?
        .query_map([BATCH], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    compare::compare(c, shelf, &todo)?;
    let mut delete = c.prepare_cached("DELETE FROM event_todo WHERE a = ?1 AND b = ?2")?;
    for pair in &todo {
        delete.execute(*pair)?;
    }
    Ok(todo.len())
}
