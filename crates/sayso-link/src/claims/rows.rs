//! What a case holds of the mentions of events: who tells them, and how.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, Result, Row};

/// A mention of an event, as a document tells it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Telling {
    /// The mention that names the event.
    pub event: i64,
    pub mention: i64,
    pub document: i64,
    pub name: String,
    pub local: String,
    pub trigger: String,
    pub start: i64,
    pub end: i64,
    pub kind: String,
    pub realis: String,
    pub actor: Option<String>,
    pub place: Option<String>,
    pub country: Option<String>,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub reading: i64,
    /// In whose content it stands; `None` in the author's words.
    pub by: Option<Attribution>,
    /// When the document was published.
    pub at: Option<String>,
    pub house: Option<String>,
}

/// An attribution with the carriers of what it says.
#[derive(Debug, Clone)]
pub(crate) struct Attribution {
    pub id: i64,
    pub local: String,
    pub act: Option<String>,
    pub certainty: Option<String>,
    pub is_negated: bool,
    pub source: Option<String>,
    pub source_name: Option<String>,
    pub source_kind: Option<String>,
    pub role: Option<String>,
    pub content: String,
    pub start: i64,
    pub end: i64,
    pub hops: Vec<Hop>,
}

impl Attribution {
    /// Whether its content leaves open what it is about: "whether the dam held", "who fired".
    pub(crate) fn is_question(&self) -> bool {
        let first = self.content.split_whitespace().next().unwrap_or_default();
        let first = first.to_lowercase();
        [
            "whether", "if", "who", "where", "why", "how", "what", "when", "which",
        ]
        .contains(&first.as_str())
    }
}

/// A carrier.
#[derive(Debug, Clone)]
pub(crate) struct Hop {
    pub name: Option<String>,
    pub kind: String,
    pub words: String,
}

const TELLINGS: &str = "SELECT l.event, l.mention, l.document, d.name, m.local, m.\"trigger\", m.start, m.\"end\", m.type, m.realis, m.actor, m.place, m.country, m.earliest, m.latest, m.reading, p.at, h.name, a.id, a.local, a.act, a.certainty, a.negated, a.source, a.source_name, a.source_kind, coalesce(a.role, (SELECT e.describes FROM entity e WHERE e.reading = a.reading AND e.name = a.source_name AND e.describes IS NOT NULL LIMIT 1)), a.start, a.\"end\", a.content
FROM event_link l
JOIN document d ON d.id = l.document
JOIN event_mention m ON m.id = l.mention
JOIN link_document p ON p.document = l.document
LEFT JOIN house h ON h.id = p.house
LEFT JOIN attribution a ON a.reading = m.reading AND a.local = m.within AND a.until IS NULL";

/// All tellings of a case, or of one event, by event; of each event in the order of time.
pub(crate) fn tellings(c: &Connection, event: Option<i64>) -> Result<BTreeMap<i64, Vec<Telling>>> {
    let hops = hops(c, event)?;
    let which = if event.is_some() {
        "WHERE l.event = ?1"
    } else {
        "WHERE ?1 IS NULL"
    };
    let sql = format!("{TELLINGS} {which} ORDER BY p.at IS NULL, p.at, d.name, m.start, m.id");
    let mut out: BTreeMap<i64, Vec<Telling>> = BTreeMap::new();
    let mut statement = c.prepare(&sql)?;
    let mut rows = statement.query([event])?;
    while let Some(row) = rows.next()? {
        let mut telling = telling(row)?;
        if let Some(by) = &mut telling.by {
            by.hops = hops.get(&by.id).cloned().unwrap_or_default();
        }
        out.entry(telling.event).or_default().push(telling);
    }
    Ok(out)
}

fn telling(row: &Row) -> Result<Telling> {
    let id: Option<i64> = row.get(18)?;
    let by = id.map(|id| attribution(row, id)).transpose()?;
    Ok(Telling {
        event: row.get(0)?,
        mention: row.get(1)?,
        document: row.get(2)?,
        name: row.get(3)?,
        local: row.get(4)?,
        trigger: row.get(5)?,
        start: row.get(6)?,
        end: row.get(7)?,
        kind: row.get(8)?,
        realis: row.get(9)?,
        actor: row.get(10)?,
        place: row.get(11)?,
        country: row.get(12)?,
        earliest: row.get(13)?,
        latest: row.get(14)?,
        reading: row.get(15)?,
        at: row.get(16)?,
        house: row.get(17)?,
        by,
    })
}

fn attribution(row: &Row, id: i64) -> Result<Attribution> {
    Ok(Attribution {
        id,
        local: row.get(19)?,
        act: row.get(20)?,
        certainty: row.get(21)?,
        is_negated: row.get(22)?,
        source: row.get(23)?,
        source_name: row.get(24)?,
        source_kind: row.get(25)?,
        role: row.get(26)?,
        content: row.get(29)?,
        start: row.get(27)?,
        end: row.get(28)?,
        hops: Vec::new(),
    })
}

/// The carriers of attributions that hold events, in the order of the chain.
fn hops(c: &Connection, event: Option<i64>) -> Result<HashMap<i64, Vec<Hop>>> {
    let which = if event.is_some() {
        "l.event = ?1"
    } else {
        "?1 IS NULL"
    };
    let sql = format!(
        "SELECT h.attribution, h.name, h.kind, h.words FROM hop h WHERE h.attribution IN (SELECT a.id FROM event_link l JOIN event_mention m ON m.id = l.mention JOIN attribution a ON a.reading = m.reading AND a.local = m.within AND a.until IS NULL WHERE {which}) ORDER BY h.attribution, h.position"
    );
    let mut out: HashMap<i64, Vec<Hop>> = HashMap::new();
    let mut statement = c.prepare(&sql)?;
    let mut rows = statement.query([event])?;
    while let Some(row) = rows.next()? {
        let hop = Hop {
            name: row.get(1)?,
            kind: row.get(2)?,
            words: row.get(3)?,
        };
        out.entry(row.get(0)?).or_default().push(hop);
    }
    Ok(out)
}
