//! Events as they are told.

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

/// All linked mentions, by document and place.
pub(crate) fn all(c: &Connection) -> Result<Vec<InEvent>> {
    c.prepare(
        "SELECT d.name, m.local, f.name || '#' || e.local FROM event_link l JOIN document d ON d.id = l.document JOIN event_mention m ON m.id = l.mention JOIN event_mention e ON e.id = l.event JOIN event_link n ON n.mention = l.event JOIN document f ON f.id = n.document ORDER BY d.name, m.start, m.id",
    )?
    .query_map([], |row| {
        Ok(InEvent {
            id: row.get(0)?,
            mention: row.get(1)?,
            event: row.get(2)?,
        })
    })?
    .collect()
}
