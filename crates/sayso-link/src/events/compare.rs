//! Comparing the events of documents that are near each other.

use std::collections::{BTreeSet, HashMap, HashSet};

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension as _, Result};
use sayso_case::sealed;

use super::forest::{Forest, SURE};
use super::mention::{Mention, Page, page};
use super::pair::{Between, Side, features};
use super::vectors::dot;
use crate::stories;

/// Documents whose events are held in memory.
const HELD: usize = 6000;
/// Mentions of a document that are compared.
const MENTIONS: usize = u16::MAX as usize;
/// Pairs that score less are as if they were not compared.
pub(crate) const KEPT: u32 = SURE / 5;
/// Heads, or triggers, that are less alike, of other types and stems, are not compared.
const HEADS: f32 = 0.25;
const TRIGGERS: f32 = 0.35;

/// The events of a document, ready to be compared.
#[derive(Debug)]
pub(crate) struct Described {
    /// With the mentions in the order of their rows.
    page: Page,
    rows: Vec<i64>,
    terms: Vec<(u32, u8)>,
}

/// Documents whose events were looked at last.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    described: HashMap<i64, Described>,
    /// Documents whose turn is still to come: they will be compared with all that are near them.
    later: HashSet<i64>,
}

impl Shelf {
    /// For the pairs of documents that are to be compared.
    pub(crate) fn new(todo: &[(i64, i64)]) -> Self {
        Self {
            described: HashMap::new(),
            later: itself(todo).collect(),
        }
    }

    /// Rows of mentions of a document, by their places among these.
    fn rows(&self, document: i64, places: impl Iterator<Item = usize>) -> Vec<i64> {
        let described = self.described.get(&document);
        let rows = described.map_or(&[][..], |d| &d.rows);
        places.filter_map(|at| rows.get(at).copied()).collect()
    }

    fn take(&mut self, c: &Connection, documents: &BTreeSet<i64>) -> Result<()> {
        if self.described.len() + documents.len() > HELD {
            self.described
                .retain(|document, _| documents.contains(document));
        }
        let mut found = Vec::new();
        for document in documents.iter().filter(|d| !self.described.contains_key(d)) {
            if let Some(sealed) = sealed(c, *document)? {
                let terms = stories::kept_terms(c, *document)?;
                found.push((*document, rows(c, sealed.reading_row())?, terms, sealed));
            }
        }
        let described: Vec<(i64, Described)> = found
            .into_par_iter()
            .map(|(document, rows, terms, sealed)| {
                let mut page = page(&sealed.open()?);
                let row = |m: &Mention| rows.get(&m.local).copied();
                page.mentions.retain(|m| row(m).is_some());
                page.mentions.sort_by_key(row);
                let rows = page.mentions.iter().filter_map(row).collect();
                Ok((document, Described { page, rows, terms }))
            })
            .collect::<Result<_>>()?;
        self.described.extend(described);
        Ok(())
    }
}

/// Documents that are to be compared with all that are near them.
fn itself(todo: &[(i64, i64)]) -> impl Iterator<Item = i64> {
    todo.iter().filter(|(a, b)| a == b).map(|(a, _)| *a)
}

/// Rows of the events of a reading, by their ids in it.
fn rows(c: &Connection, reading: i64) -> Result<HashMap<String, i64>> {
    c.prepare_cached("SELECT local, id FROM event_mention WHERE reading = ?1 AND until IS NULL")?
        .query_map([reading], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Compares the events of pairs of documents; those of a document with itself, and with all that
/// are near it, where both are the same.
pub(crate) fn compare(c: &Connection, shelf: &mut Shelf, todo: &[(i64, i64)]) -> Result<()> {
    for document in itself(todo) {
        shelf.later.remove(&document);
        forget(c, document)?;
    }
    let pairs = near_now(c, shelf, todo)?;
    let documents: BTreeSet<i64> = todo
        .iter()
        .chain(&pairs)
        .flat_map(|(a, b)| [*a, *b])
        .collect();
    shelf.take(c, &documents)?;
    let mut touched = BTreeSet::new();
    for (a, b) in todo.iter().filter(|pair| !pairs.contains(pair)) {
        touched.extend(part(c, shelf, *a, *b)?);
    }
    let mut link = c.prepare_cached(
        "INSERT INTO event_link (mention, document, event, part) VALUES (?1, ?2, ?1, ?1)",
    )?;
    for a in itself(todo) {
        for mention in shelf.described.get(&a).iter().flat_map(|d| &d.rows) {
            link.execute((mention, a))?;
            touched.insert(*mention);
        }
    }
    touched.extend(keep(c, shelf, &pairs)?);
    let mut soil = c.prepare_cached("INSERT OR IGNORE INTO event_dirty (mention) VALUES (?1)")?;
    for mention in touched {
        soil.execute([mention])?;
    }
    Ok(())
}

/// The pairs of documents that are compared now: those near each other of which none has its turn
/// later.
fn near_now(c: &Connection, shelf: &Shelf, todo: &[(i64, i64)]) -> Result<BTreeSet<(i64, i64)>> {
    let is_now = |document: &i64| !shelf.later.contains(document);
    let mut pairs = BTreeSet::new();
    for &(a, b) in todo {
        if a == b {
            pairs.insert((a, a));
            let others = stories::near(c, a)?;
            let others = others.into_iter().filter(is_now);
            pairs.extend(others.map(|other| (a.min(other), a.max(other))));
        } else if is_now(&a) && is_now(&b) && stories::near(c, a)?.contains(&b) {
            pairs.insert((a, b));
        }
    }
    Ok(pairs)
}

/// Scores pairs of documents, and keeps what is worth it; gives the mentions that have a score.
fn keep(c: &Connection, shelf: &Shelf, pairs: &BTreeSet<(i64, i64)>) -> Result<BTreeSet<i64>> {
    let scored: Vec<(i64, i64, Scores)> = pairs
        .par_iter()
        .filter_map(|&(a, b)| {
            let (first, second) = (shelf.described.get(&a)?, shelf.described.get(&b)?);
            let scores = if a == b {
                inside(first)
            } else {
                across(first, second)
            };
            (!scores.0.is_empty()).then_some((a, b, scores))
        })
        .collect();
    let mut insert =
        c.prepare_cached("INSERT OR REPLACE INTO event_near (a, b, scores) VALUES (?1, ?2, ?3)")?;
    let mut out = BTreeSet::new();
    for (a, b, scores) in scored {
        insert.execute((a, b, scores.to_bytes()))?;
        out.extend(shelf.rows(a, scores.0.iter().map(|(i, ..)| *i)));
        out.extend(shelf.rows(b, scores.0.iter().map(|(_, j, _)| *j)));
    }
    Ok(out)
}

/// Takes a document's mentions and all their scores out; what hung together with them is to be
/// joined anew.
fn forget(c: &Connection, document: i64) -> Result<()> {
    c.prepare_cached(
        "INSERT OR IGNORE INTO event_dirty (mention) SELECT o.mention FROM event_link l JOIN event_link o ON o.part = l.part WHERE l.document = ?1",
    )?
    .execute([document])?;
    for sql in [
        "DELETE FROM event_near WHERE a = ?1",
        "DELETE FROM event_near WHERE b = ?1",
        "DELETE FROM event_link WHERE document = ?1",
    ] {
        c.prepare_cached(sql)?.execute([document])?;
    }
    Ok(())
}

/// Drops the scores of two documents that are no longer near each other; gives the mentions that
/// had one.
fn part(c: &Connection, shelf: &Shelf, a: i64, b: i64) -> Result<BTreeSet<i64>> {
    let kept: Option<Vec<u8>> = c
        .prepare_cached("DELETE FROM event_near WHERE a = ?1 AND b = ?2 RETURNING scores")?
        .query_row((a, b), |row| row.get(0))
        .optional()?;
    let Some(kept) = kept else {
        return Ok(BTreeSet::new());
    };
    let scores = Scores::of(&kept).0;
    let mut out = BTreeSet::new();
    out.extend(shelf.rows(a, scores.iter().map(|(i, ..)| *i)));
    out.extend(shelf.rows(b, scores.iter().map(|(_, j, _)| *j)));
    Ok(out)
}

/// How surely mentions of two documents, or of one, are of one event: by their places among the
/// rows of their documents.
#[derive(Debug, Default)]
pub(crate) struct Scores(pub Vec<(usize, usize, u32)>);

impl Scores {
    /// As they are kept.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let entry = |&[i, k, j, l, score @ ..]: &[u8; 8]| {
            let place = |bytes| u16::from_le_bytes(bytes).into();
            (place([i, k]), place([j, l]), u32::from_le_bytes(score))
        };
        Self(bytes.as_chunks::<8>().0.iter().map(entry).collect())
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(8 * self.0.len());
        for (i, j, score) in &self.0 {
            for place in [i, j] {
                out.extend(u16::try_from(*place).unwrap_or(u16::MAX).to_le_bytes());
            }
            out.extend(score.to_le_bytes());
        }
        out
    }
}

fn across(a: &Described, b: &Described) -> Scores {
    let likeness = stories::raw_likeness(&a.terms, &b.terms);
    let between = Between::two(&a.page, &b.page, likeness);
    let mut out = Vec::new();
    for (i, x) in a.page.mentions.iter().take(MENTIONS).enumerate() {
        for (j, y) in b.page.mentions.iter().take(MENTIONS).enumerate() {
            let score = score((&a.page, x), (&b.page, y), between);
            out.extend(score.map(|score| (i, j, score)));
        }
    }
    Scores(out)
}

fn inside(a: &Described) -> Scores {
    let mut out = Vec::new();
    for (i, x) in a.page.mentions.iter().take(MENTIONS).enumerate() {
        for (j, y) in a
            .page
            .mentions
            .iter()
            .take(MENTIONS)
            .enumerate()
            .skip(i + 1)
        {
            let score = score((&a.page, x), (&a.page, y), Between::One);
            out.extend(score.map(|score| (i, j, score)));
        }
    }
    Scores(out)
}

/// How surely two mentions are of one event, where that is worth keeping.
fn score(
    (page, x): (&Page, &Mention),
    (other, y): (&Page, &Mention),
    between: Between,
) -> Option<u32> {
    if !is_worth(x, y) {
        return None;
    }
    let side = |page, mention| Side { page, mention };
    let features = features(side(page, x), side(other, y), between);
    let score = Forest::shipped().score(&features);
    (score >= KEPT).then_some(score)
}

/// Whether two mentions have enough in common to be compared: a look that costs little.
pub(crate) fn is_worth(x: &Mention, y: &Mention) -> bool {
    x.stem == y.stem
        || (x.kind.is_some() && x.kind == y.kind)
        || dot(&x.head_vector, &y.head_vector) >= HEADS
        || dot(&x.trigger_vector, &y.trigger_vector) >= TRIGGERS
}
