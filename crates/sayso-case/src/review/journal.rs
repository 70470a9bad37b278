//! The journal: entries that are only added, each with the digest of the one before.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension as _, Row};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::item::Kind;
use crate::intake::digest;

/// The digest before the first entry.
pub(super) const FIRST: [u8; 32] = [0; 32];

/// One decision, as the journal has it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Decision")]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// When, in UTC.
    pub at: String,
    /// Who decided.
    pub who: String,
    /// Why.
    pub why: Option<String>,
    /// The document.
    pub document: String,
    /// On what.
    pub kind: Kind,
    /// `accept`, `reject`, `correct`, `add`, `undo`.
    pub action: String,
    /// Of a correction, the field.
    pub field: Option<String>,
    /// The field before.
    pub before: Option<Value>,
    /// The field after; of an addition, the item.
    pub after: Option<Value>,
    /// The words decided on.
    pub words: String,
    /// Of an undoing, the entry that it undoes.
    pub undoes: Option<i64>,
    /// A second opinion: it counts for agreement, and changes nothing else.
    pub opinion: bool,
    #[serde(skip)]
    pub(crate) target: Option<i64>,
    #[serde(skip)]
    pub(crate) anchor: String,
    #[serde(skip)]
    pub(crate) document_row: i64,
}

/// An entry to be written.
pub(crate) struct Draft<'a> {
    pub change: i64,
    pub who: &'a str,
    pub why: Option<&'a str>,
    pub document: i64,
    pub kind: Kind,
    pub target: Option<i64>,
    pub action: &'static str,
    pub field: Option<&'a str>,
    pub before: Option<&'a Value>,
    pub after: Option<&'a Value>,
    pub anchor: &'a str,
    pub undoes: Option<i64>,
    pub opinion: bool,
}

const SELECT: &str = "SELECT r.id, c.at, r.who, r.why, d.name, r.kind, r.target, r.action, r.field, r.before, r.after, r.anchor, r.undoes, r.document, r.previous, r.sha256, r.opinion FROM review r JOIN change c ON c.id = r.change JOIN document d ON d.id = r.document";

/// Adds an entry and gives its number.
pub(crate) fn add(c: &Connection, draft: &Draft) -> rusqlite::Result<i64> {
    let previous: Vec<u8> = c
        .prepare_cached("SELECT sha256 FROM review ORDER BY id DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?
        .unwrap_or_else(|| FIRST.to_vec());
    let (at, document): (String, String) = c.query_row(
        "SELECT c.at, d.name FROM change c, document d WHERE c.id = ?1 AND d.id = ?2",
        (draft.change, draft.document),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let id: i64 = c.query_row("SELECT coalesce(max(id), 0) + 1 FROM review", [], |row| {
        row.get(0)
    })?;
    let (before, after) = (
        draft.before.map(Value::to_string),
        draft.after.map(Value::to_string),
    );
    let hash = chained(
        &previous,
        &json!([
            id,
            at,
            draft.who,
            draft.why,
            document,
            draft.kind.as_str(),
            draft.target,
            draft.action,
            draft.field,
            before,
            after,
            draft.anchor,
            draft.undoes,
            draft.opinion
        ]),
    );
    c
        .prepare_cached(
            "INSERT INTO review (id, change, who, why, document, kind, target, action, field, before, after, anchor, undoes, opinion, previous, sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .execute(rusqlite::params![
            id, draft.change, draft.who, draft.why, draft.document, draft.kind.as_str(),
            draft.target, draft.action, draft.field, before, after, draft.anchor, draft.undoes,
            draft.opinion, previous, hash.as_slice()
        ])?;
    Ok(id)
}

pub(super) fn chained(previous: &[u8], entry: &Value) -> [u8; 32] {
    let mut bytes = previous.to_vec();
    bytes.extend_from_slice(entry.to_string().as_bytes());
    digest(&bytes)
}

/// The entries, oldest first: all, or those on one document.
pub(crate) fn entries(c: &Connection, document: Option<i64>) -> rusqlite::Result<Vec<Entry>> {
    let within = if document.is_some() {
        " WHERE r.document = ?1"
    } else {
        ""
    };
    c.prepare_cached(&format!("{SELECT}{within} ORDER BY r.id"))?
        .query_map(rusqlite::params_from_iter(document), entry)?
        .collect()
}

/// Entries behind one, oldest first: of all, or of one document.
pub(crate) fn part(
    c: &Connection,
    document: Option<i64>,
    after: i64,
    limit: usize,
) -> rusqlite::Result<Vec<Entry>> {
    let within = if document.is_some() {
        "r.document = ?3 AND "
    } else {
        ""
    };
    let sql = format!("{SELECT} WHERE {within}r.id > ?1 ORDER BY r.id LIMIT ?2");
    let numbers = [after, i64::try_from(limit).unwrap_or(i64::MAX)];
    c.prepare_cached(&sql)?
        .query_map(
            rusqlite::params_from_iter(numbers.into_iter().chain(document)),
            entry,
        )?
        .collect()
}

/// Entries, newest first, those before an entry or the last ones.
pub(crate) fn last(
    c: &Connection,
    before: Option<i64>,
    limit: usize,
) -> rusqlite::Result<Vec<Entry>> {
    let sql = format!("{SELECT} WHERE ?1 IS NULL OR r.id < ?1 ORDER BY r.id DESC LIMIT ?2");
    c.prepare_cached(&sql)?
        .query_map((before, limit as i64), entry)?
        .collect()
}

/// Which entries from one on are undone.
pub(crate) fn undone(c: &Connection, from: i64) -> rusqlite::Result<HashSet<i64>> {
    c.prepare_cached("SELECT undoes FROM review WHERE id > ?1 AND undoes IS NOT NULL")?
        .query_map([from], |row| row.get(0))?
        .collect()
}

/// One entry.
pub(crate) fn one(c: &Connection, id: i64) -> rusqlite::Result<Option<Entry>> {
    c.prepare_cached(&format!("{SELECT} WHERE r.id = ?1"))?
        .query_row([id], entry)
        .optional()
}

fn entry(row: &Row) -> rusqlite::Result<Entry> {
    let json = |at: usize| -> rusqlite::Result<Option<Value>> {
        let text: Option<String> = row.get(at)?;
        Ok(text.and_then(|t| serde_json::from_str(&t).ok()))
    };
    let anchor: String = row.get(11)?;
    let words = serde_json::from_str::<Value>(&anchor)
        .ok()
        .and_then(|a| Some(a.get("quote")?.as_str()?.to_owned()))
        .unwrap_or_default();
    let kind: String = row.get(5)?;
    Ok(Entry {
        id: row.get(0)?,
        at: row.get(1)?,
        who: row.get(2)?,
        why: row.get(3)?,
        document: row.get(4)?,
        kind: Kind::of_str(&kind).unwrap_or(Kind::Attribution),
        target: row.get(6)?,
        action: row.get(7)?,
        field: row.get(8)?,
        before: json(9)?,
        after: json(10)?,
        words,
        anchor,
        undoes: row.get(12)?,
        document_row: row.get(13)?,
        opinion: row.get(16)?,
    })
}

/// The number of the first entry that does not follow from the one before, if there is one.
pub(crate) fn broken(c: &Connection) -> rusqlite::Result<Option<i64>> {
    let mut statement = c.prepare(&format!("{SELECT} ORDER BY r.id"))?;
    let mut rows = statement.query([])?;
    let (mut expected, mut number) = (FIRST.to_vec(), 1);
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let (previous, hash): (Vec<u8>, Vec<u8>) = (row.get(14)?, row.get(15)?);
        let text = |at: usize| row.get::<_, Option<String>>(at);
        let whole = json!([
            id,
            text(1)?,
            text(2)?,
            text(3)?,
            text(4)?,
            text(5)?,
            row.get::<_, Option<i64>>(6)?,
            text(7)?,
            text(8)?,
            text(9)?,
            text(10)?,
            text(11)?,
            row.get::<_, Option<i64>>(12)?,
            row.get::<_, bool>(16)?
        ]);
        if id != number || previous != expected || chained(&previous, &whole).as_slice() != hash {
            return Ok(Some(id));
        }
        expected = hash;
        number += 1;
    }
    Ok(None)
}
