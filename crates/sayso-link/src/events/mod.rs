//! Events across documents: which mentions are of one happening.
//!
//! The mentions of documents near each other are compared in pairs, by a small forest that ships;
//! those that hang together by sure pairs are joined, the best first. The oldest mention names an
//! event. What comes changes only what hangs together with it.

mod cluster;
mod compare;
mod described;
mod forest;
mod join;
mod mention;
mod pair;
mod tell;
pub mod training;
mod vectors;
mod words;

pub(crate) use described::{Bag, Described, keep};
pub(crate) use mention::{bag_of, page};
pub(crate) use words::stem;

use std::collections::BTreeSet;

use rusqlite::{Connection, Result};

pub(crate) use compare::{Scores, Shelf};
pub(crate) use join::{Table, join};
pub use tell::InEvent;
pub(crate) use tell::all;

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

/// The pairs of documents whose events are to be compared, by stories, so that what is compared
/// lies together.
pub(crate) fn to_compare(c: &Connection) -> Result<Vec<(i64, i64)>> {
    c.prepare(
        "SELECT t.a, t.b FROM event_todo t JOIN story s ON s.document = t.a ORDER BY s.story, t.a, t.b",
    )?
    .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
    .collect()
}

/// Compares some of them.
pub(crate) fn update(c: &Connection, shelf: &mut Shelf, some: &[(i64, i64)]) -> Result<()> {
    compare::compare(c, shelf, some)?;
    let mut delete = c.prepare_cached("DELETE FROM event_todo WHERE a = ?1 AND b = ?2")?;
    for pair in some {
        delete.execute(*pair)?;
    }
    Ok(())
}

/// The mentions that have to be joined anew, by stories; those first that are linked no more.
pub(crate) fn to_join(c: &Connection) -> Result<Vec<i64>> {
    c.prepare(
        "SELECT e.mention FROM event_dirty e LEFT JOIN event_link l ON l.mention = e.mention LEFT JOIN story s ON s.document = l.document ORDER BY s.story, l.document, e.mention",
    )?
    .query_map([], |row| row.get(0))?
    .collect()
}
