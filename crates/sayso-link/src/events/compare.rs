//! Comparing the events of documents that are near each other.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use rusqlite::{Connection, Result};
use sayso_case::now;

use super::forest::{Forest, SURE};
use super::mention::{Mention, Page, page};
use super::pair::{Side, features};
use super::vectors::dot;
use crate::stories;

/// Documents whose events are held in memory.
const HELD: usize = 6000;
/// Pairs that score less are as if they were not compared.
pub(crate) const KEPT: u32 = SURE / 5;
/// Heads, or triggers, that are less alike, of other types and stems, are not compared.
const HEADS: f32 = 0.25;
const TRIGGERS: f32 = 0.35;

/// The events of a document, ready to be compared.
#[derive(Debug)]
pub(crate) struct Described {
    page: Page,
    /// Of each mention, its row.
    rows: Vec<i64>,
    terms: Vec<(u32, u8)>,
}

/// Documents whose events were looked at last.
#[derive(Debug, Default)]
pub(crate) struct Shelf(HashMap<i64, Arc<Described>>);

impl Shelf {
    fn take(&mut self, c: &Connection, documents: &BTreeSet<i64>) -> Result<()> {
        if self.0.len() + documents.len() > HELD {
            self.0.retain(|document, _| documents.contains(document));
        }
        let mut found = Vec::new();
        for document in documents.iter().filter(|d| !self.0.contains_key(d)) {
            if let Some(now) = now(c, *document)? {
                let terms = stories::kept_terms(c, *document)?;
                found.push((*document, rows(c, now.reading_row)?, terms, now.reading));
            }
        }
        let described: Vec<(i64, Described)> = found
            .into_par_iter()
            .map(|(document, rows, terms, reading)| {
                let page = page(&reading);
                let row = |m: &Mention| rows.get(&m.local).copied().unwrap_or(0);
                let rows = page.mentions.iter().map(row).collect();
                (document, Described { page, rows, terms })
            })
            .collect();
        let described = described
            .into_iter()
            .map(|(document, d)| (document, Arc::new(d)));
        self.0.extend(described);
        Ok(())
    }
}

/// Rows of the events of a reading, by their ids in it.
fn rows(c: &Connection, reading: i64) -> Result<HashMap<String, i64>> {
    c.prepare_cached("SELECT local, id FROM event_mention WHERE reading = ?1 AND until IS NULL")?
        .query_map([reading], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Compares the events of pairs of documents; those of a document with itself, and with all that
/// are near it, where both are the same.
pub(crate) fn compare(
    c: &Connection,
    shelf: &mut Shelf,
    todo: &BTreeSet<(i64, i64)>,
) -> Result<()> {
    let mut pairs: BTreeSet<(i64, i64)> = BTreeSet::new();
    for &(a, b) in todo {
        if a == b {
            forget(c, a)?;
            pairs.insert((a, a));
            for other in stories::near(c, a)? {
                pairs.insert((a.min(other), a.max(other)));
            }
        } else if stories::near(c, a)?.contains(&b) {
            pairs.insert((a, b));
        }
    }
    let documents: BTreeSet<i64> = todo
        .iter()
        .chain(&pairs)
        .flat_map(|(a, b)| [*a, *b])
        .collect();
    shelf.take(c, &documents)?;
    for (a, b) in todo
        .iter()
        .filter(|(a, b)| a != b && !pairs.contains(&(*a, *b)))
    {
        part(c, shelf, *a, *b)?;
    }
    let mut link = c.prepare_cached(
        "INSERT INTO event_link (mention, document, event, part) VALUES (?1, ?2, ?1, ?1)",
    )?;
    for (a, _) in todo.iter().filter(|(a, b)| a == b) {
        for mention in shelf.0.get(a).iter().flat_map(|described| &described.rows) {
            link.execute((mention, a))?;
            soil(c, *mention)?;
        }
    }
    let pairs: Vec<(Arc<Described>, Option<Arc<Described>>)> = pairs
        .into_iter()
        .filter_map(|(a, b)| {
            let first = shelf.0.get(&a)?.clone();
            let second = (a != b).then(|| shelf.0.get(&b).cloned());
            match second {
                Some(None) => None,
                Some(second) => Some((first, second)),
                None => Some((first, None)),
            }
        })
        .collect();
    let scores: Vec<Vec<(i64, i64, u32)>> = pairs
        .par_iter()
        .map(|(a, b)| match b {
            Some(b) => across(a, b),
            None => inside(a),
        })
        .collect();
    let mut insert =
        c.prepare_cached("INSERT OR REPLACE INTO event_pair (a, b, score) VALUES (?1, ?2, ?3)")?;
    for (a, b, score) in scores.into_iter().flatten() {
        insert.execute((a.min(b), a.max(b), score))?;
        soil(c, a)?;
        soil(c, b)?;
    }
    Ok(())
}

/// Takes down that a mention has to be joined anew.
fn soil(c: &Connection, mention: i64) -> Result<()> {
    c.prepare_cached("INSERT OR IGNORE INTO event_dirty (mention) VALUES (?1)")?
        .execute([mention])?;
    Ok(())
}

/// Takes a document's mentions and all their scores out; what hung together with them is to be
/// joined anew.
fn forget(c: &Connection, document: i64) -> Result<()> {
    c.prepare_cached(
        "INSERT OR IGNORE INTO event_dirty (mention) SELECT o.mention FROM event_link l JOIN event_link o ON o.part = l.part WHERE l.document = ?1",
    )?
    .execute([document])?;
    for sql in [
        "DELETE FROM event_pair WHERE a IN (SELECT mention FROM event_link WHERE document = ?1)",
        "DELETE FROM event_pair WHERE b IN (SELECT mention FROM event_link WHERE document = ?1)",
        "DELETE FROM event_link WHERE document = ?1",
    ] {
        c.prepare_cached(sql)?.execute([document])?;
    }
    Ok(())
}

/// Drops the scores of two documents that are no longer near each other.
fn part(c: &Connection, shelf: &Shelf, a: i64, b: i64) -> Result<()> {
    let (Some(a), Some(b)) = (shelf.0.get(&a), shelf.0.get(&b)) else {
        return Ok(());
    };
    let mut delete = c.prepare_cached("DELETE FROM event_pair WHERE a = ?1 AND b = ?2")?;
    for x in &a.rows {
        for y in &b.rows {
            if delete.execute((x.min(y), x.max(y)))? > 0 {
                soil(c, *x)?;
                soil(c, *y)?;
            }
        }
    }
    Ok(())
}

fn across(a: &Described, b: &Described) -> Vec<(i64, i64, u32)> {
    let likeness = stories::raw_likeness(&a.terms, &b.terms);
    let mut out = Vec::new();
    for (x, row) in a.page.mentions.iter().zip(&a.rows) {
        for (y, other) in b.page.mentions.iter().zip(&b.rows) {
            let score = score((&a.page, x), (&b.page, y), Some(likeness));
            out.extend(score.map(|score| (*row, *other, score)));
        }
    }
    out
}

fn inside(a: &Described) -> Vec<(i64, i64, u32)> {
    let mut out = Vec::new();
    for (at, (x, row)) in a.page.mentions.iter().zip(&a.rows).enumerate() {
        for (y, other) in a.page.mentions.iter().zip(&a.rows).skip(at + 1) {
            let score = score((&a.page, x), (&a.page, y), None);
            out.extend(score.map(|score| (*row, *other, score)));
        }
    }
    out
}

/// How surely two mentions are of one event, where that is worth keeping.
fn score(
    (page, x): (&Page, &Mention),
    (other, y): (&Page, &Mention),
    likeness: Option<f64>,
) -> Option<u32> {
    if !is_worth(x, y) {
        return None;
    }
    let side = |page, mention| Side { page, mention };
    let features = features(side(page, x), side(other, y), likeness);
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
