//! Events as they are told.

use std::collections::HashMap;

use rusqlite::{Connection, Result};
use serde::Serialize;

/// An event mention, and the event across documents that it is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InEvent {
    /// The document.
    pub id: String,
    /// The mention, by its id in the document's reading.
    pub mention: String,
    /// The event's name: its oldest mention, as `DOCUMENT#v1`.
    pub event: String,
}

/// All linked mentions, by document and place; `moved` has those of other events than were found.
pub(crate) fn all(c: &Connection, moved: &HashMap<i64, i64>) -> Result<Vec<InEvent>> {
    let mut name = c.prepare("SELECT d.name || '#' || m.local FROM event_link l JOIN document d ON d.id = l.document JOIN event_mention m ON m.id = l.mention WHERE l.mention = ?1")?;
    let mut out = Vec::new();
    let mut statement = c.prepare(
        "SELECT d.name, m.local, l.mention, l.event FROM event_link l JOIN document d ON d.id = l.document JOIN event_mention m ON m.id = l.mention ORDER BY d.name, m.start, m.id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (mention, event): (i64, i64) = (row.get(2)?, row.get(3)?);
        let event = moved.get(&mention).copied().unwrap_or(event);
        out.push(InEvent {
            id: row.get(0)?,
            mention: row.get(1)?,
            event: name.query_row([event], |row| row.get(0))?,
        });
    }
    Ok(out)
}
