//! The journal of what people decided on links across documents.

use rusqlite::{Connection, OptionalExtension as _, Row};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::Reviewer;
use super::journal::{FIRST, chained};
use crate::change::{self, What};
use crate::{Case, CaseError};

/// What is decided to be one, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// Two documents are of one story.
    Story,
    /// Two event mentions are of one event.
    Event,
    /// Two names are one source's.
    Source,
    /// A source has a letter of the Admiralty Code, set by an analyst.
    Letter,
    /// A source is shown under a name that people gave it.
    Name,
}

impl LinkKind {
    /// As it is kept.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Event => "event",
            Self::Source => "source",
            Self::Letter => "letter",
            Self::Name => "name",
        }
    }

    fn of_str(word: &str) -> Option<Self> {
        [
            Self::Story,
            Self::Event,
            Self::Source,
            Self::Letter,
            Self::Name,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == word)
    }
}

/// A decision on a link, as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LinkDecision {
    /// Its number.
    pub id: i64,
    /// When, in UTC.
    pub at: String,
    /// Who decided.
    pub who: String,
    /// Why.
    pub why: Option<String>,
    /// On what.
    pub kind: LinkKind,
    /// Whether the two are one; `None` of an undoing.
    pub same: Option<bool>,
    /// The one: a document's name, JSON of where an event stands, or a source as it is told.
    pub a: String,
    /// The other; the letter; the name.
    pub b: String,
    /// Of an undoing, the entry that it undoes.
    pub undoes: Option<i64>,
}

impl LinkDecision {
    /// The two as people name them: an event as `DOCUMENT#v1` with its words.
    pub fn names(&self) -> [String; 2] {
        [&self.a, &self.b].map(|kept| {
            let place: Option<Value> = serde_json::from_str(kept).ok();
            let of = |key: &str| Some(place.as_ref()?.get(key)?.as_str()?.to_owned());
            match (of("document"), of("mention"), of("trigger")) {
                (Some(document), Some(mention), Some(words)) => {
                    format!("{document}#{mention} “{words}”")
                }
                _ => kept.clone(),
            }
        })
    }
}

const SELECT: &str = "SELECT l.id, c.at, l.who, l.why, l.kind, l.same, l.a, l.b, l.undoes, l.previous, l.sha256 FROM link_decision l JOIN change c ON c.id = l.change";

impl Case {
    /// Decides that two are one, or are not, and gives the entry's number; when this returns it is on the disk.
    pub fn decide_link(
        &mut self,
        reviewer: Reviewer,
        kind: LinkKind,
        same: bool,
        [a, b]: [&str; 2],
    ) -> Result<i64, CaseError> {
        self.journaled(reviewer, |case| {
            case.told(|c| add(c, reviewer, kind, Some(same), [a, b], None))
        })
    }

    /// Takes a decision on a link back, and gives the number of the entry that says so.
    pub fn undo_link(&mut self, reviewer: Reviewer, entry: i64) -> Result<i64, CaseError> {
        self.journaled(reviewer, |case| {
            let all = case.told(entries)?;
            let undone = all.iter().any(|e| e.undoes == Some(entry));
            let found = all.iter().find(|e| e.id == entry && e.same.is_some());
            match found {
                Some(_) if undone => Err(CaseError::Review(format!(
                    "entry {entry} of the journal of links is undone already"
                ))),
                Some(e) => case.told(|c| {
                    add(c, reviewer, e.kind, None, [&e.a, &e.b], Some(entry))
                }),
                None => Err(CaseError::Unknown(format!(
                    "{entry}: the journal of links has no such decision; `sayso relate CASE --journal` prints it"
                ))),
            }
        })
    }

    /// The journal of links, oldest first.
    pub fn link_decisions(&self) -> Result<Vec<LinkDecision>, CaseError> {
        self.told(entries)
    }
}

fn add(
    c: &Connection,
    reviewer: Reviewer,
    kind: LinkKind,
    same: Option<bool>,
    [a, b]: [&str; 2],
    undoes: Option<i64>,
) -> rusqlite::Result<i64> {
    let change = change::begin(c, What::Review)?;
    let previous: Vec<u8> = c
        .prepare_cached("SELECT sha256 FROM link_decision ORDER BY id DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?
        .unwrap_or_else(|| FIRST.to_vec());
    let at: String = c.query_row("SELECT at FROM change WHERE id = ?1", [change], |row| {
        row.get(0)
    })?;
    let id: i64 = c.query_row(
        "SELECT coalesce(max(id), 0) + 1 FROM link_decision",
        [],
        |row| row.get(0),
    )?;
    let entry = LinkDecision {
        id,
        at,
        who: reviewer.who.to_owned(),
        why: reviewer.why.map(str::to_owned),
        kind,
        same,
        a: a.to_owned(),
        b: b.to_owned(),
        undoes,
    };
    c.prepare_cached(
        "INSERT INTO link_decision (id, change, who, why, kind, same, a, b, undoes, previous, sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(rusqlite::params![
        id, change, entry.who, entry.why, kind.as_str(), same, a, b, undoes, previous,
        digest(&previous, &entry).as_slice()
    ])?;
    Ok(id)
}

fn digest(previous: &[u8], e: &LinkDecision) -> [u8; 32] {
    let kind = e.kind.as_str();
    chained(
        previous,
        &json!([e.id, e.at, e.who, e.why, kind, e.same, e.a, e.b, e.undoes]),
    )
}

fn entries(c: &Connection) -> rusqlite::Result<Vec<LinkDecision>> {
    c.prepare_cached(&format!("{SELECT} ORDER BY l.id"))?
        .query_map([], entry)?
        .collect()
}

fn entry(row: &Row) -> rusqlite::Result<LinkDecision> {
    let kind: String = row.get(4)?;
    Ok(LinkDecision {
        id: row.get(0)?,
        at: row.get(1)?,
        who: row.get(2)?,
        why: row.get(3)?,
        kind: LinkKind::of_str(&kind).unwrap_or(LinkKind::Source),
        same: row.get(5)?,
        a: row.get(6)?,
        b: row.get(7)?,
        undoes: row.get(8)?,
    })
}

/// The number of the first entry that does not follow from the one before, if there is one.
pub(crate) fn broken(c: &Connection) -> rusqlite::Result<Option<i64>> {
    let mut statement = c.prepare(&format!("{SELECT} ORDER BY l.id"))?;
    let mut rows = statement.query([])?;
    let (mut expected, mut number) = (FIRST.to_vec(), 1);
    while let Some(row) = rows.next()? {
        let entry = entry(row)?;
        let (previous, hash): (Vec<u8>, Vec<u8>) = (row.get(9)?, row.get(10)?);
        let follows = previous == expected && digest(&previous, &entry).as_slice() == hash;
        if entry.id != number || !follows {
            return Ok(Some(entry.id));
        }
        expected = hash;
        number += 1;
    }
    Ok(None)
}
