//! Comparing the events of documents that are near each other.

use std::collections::{BTreeSet, HashMap, HashSet};

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension as _, Result};

use super::described::{Described, Mention, Page};
use super::forest::{Forest, SURE};

use super::pair::{Between, Side, features};
use super::training::millionths;
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

/// A document, ready to be compared: its events, and the terms that tell how alike it is to another.
#[derive(Debug)]
struct Held {
    described: Described,
    terms: Vec<(u32, u8)>,
}

/// Documents whose events were looked at last.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    held: HashMap<i64, Held>,
    /// Documents whose turn is still to come: they will be compared with all that are near them.
    later: HashSet<i64>,
}

impl Shelf {
    /// For the pairs of documents that are to be compared.
    pub(crate) fn new(todo: &[(i64, i64)]) -> Self {
        Self {
            held: HashMap::new(),
            later: itself(todo).collect(),
        }
    }

    /// The mentions of two documents that hang together by these scores. A lower score counts only
    /// between mentions that do so by others.
    fn hanging_together(&self, a: i64, b: i64, scores: &Scores) -> BTreeSet<i64> {
        let rows = |document| {
            let held = self.held.get(&document);
            held.map_or(&[][..], |h| &h.described.rows)
        };
        let (a, b) = (rows(a), rows(b));
        let high = millionths(Forest::shipped().high);
        let sure = scores.0.iter().filter(|(.., score)| *score >= high);
        sure.flat_map(|(i, j, _)| [a.get(*i), b.get(*j)])
            .flatten()
            .copied()
            .collect()
    }

    fn take(&mut self, c: &Connection, documents: &BTreeSet<i64>) -> Result<()> {
        if self.held.len() + documents.len() > HELD {
            self.held.retain(|document, _| documents.contains(document));
        }
        for document in documents {
            if self.held.contains_key(document) {
                continue;
            }
            if let Some(described) = Described::kept(c, *document)? {
                let terms = stories::kept_terms(c, *document)?;
                self.held.insert(*document, Held { described, terms });
            }
        }
        Ok(())
    }
}

/// Documents that are to be compared with all that are near them.
fn itself(todo: &[(i64, i64)]) -> impl Iterator<Item = i64> {
    todo.iter().filter(|(a, b)| a == b).map(|(a, _)| *a)
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
        for mention in shelf.held.get(&a).iter().flat_map(|h| &h.described.rows) {
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

/// Scores pairs of documents, and keeps what is worth it; gives the mentions that now hang together.
fn keep(c: &Connection, shelf: &Shelf, pairs: &BTreeSet<(i64, i64)>) -> Result<BTreeSet<i64>> {
    let scored: Vec<(i64, i64, Scores)> = pairs
        .par_iter()
        .filter_map(|&(a, b)| {
            let (first, second) = (shelf.held.get(&a)?, shelf.held.get(&b)?);
            let scores = if a == b {
                inside(&first.described.page)
            } else {
                across(first, second)
            };
            (!scores.0.is_empty()).then_some((a, b, scores))
        })
        .collect();
    let mut insert = c.prepare_cached(
        "INSERT OR REPLACE INTO event_near (document, other, scores) VALUES (?1, ?2, ?3)",
    )?;
    let mut out = BTreeSet::new();
    for (a, b, scores) in scored {
        insert.execute((a, b, scores.to_bytes()))?;
        if a != b {
            insert.execute((b, a, scores.turned().to_bytes()))?;
        }
        out.extend(shelf.hanging_together(a, b, &scores));
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
        "DELETE FROM event_near WHERE (document, other) IN (SELECT other, document FROM event_near WHERE document = ?1)",
        "DELETE FROM event_near WHERE document = ?1",
        "DELETE FROM event_link WHERE document = ?1",
    ] {
        c.prepare_cached(sql)?.execute([document])?;
    }
    Ok(())
}

/// Drops the scores of two documents that are no longer near each other; gives the mentions that
/// hung together by them.
fn part(c: &Connection, shelf: &Shelf, a: i64, b: i64) -> Result<BTreeSet<i64>> {
    let mut delete = c.prepare_cached(
        "DELETE FROM event_near WHERE document = ?1 AND other = ?2 RETURNING scores",
    )?;
    let kept: Option<Vec<u8>> = delete.query_row((a, b), |row| row.get(0)).optional()?;
    let Some(kept) = kept else {
        return Ok(BTreeSet::new());
    };
    delete.query_row((b, a), |_| Ok(()))?;
    Ok(shelf.hanging_together(a, b, &Scores::of(&kept)))
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

    /// Seen from the other document.
    fn turned(&self) -> Self {
        Self(
            self.0
                .iter()
                .map(|(i, j, score)| (*j, *i, *score))
                .collect(),
        )
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

fn across(a: &Held, b: &Held) -> Scores {
    let (page, other) = (&a.described.page, &b.described.page);
    let likeness = stories::raw_likeness(&a.terms, &b.terms);
    let between = Between::two(page, other, likeness);
    let mut out = Vec::new();
    for (i, x) in page.mentions.iter().take(MENTIONS).enumerate() {
        for (j, y) in other.mentions.iter().take(MENTIONS).enumerate() {
            let score = score((page, x), (other, y), between);
            out.extend(score.map(|score| (i, j, score)));
        }
    }
    Scores(out)
}

fn inside(page: &Page) -> Scores {
    let mut out = Vec::new();
    for (i, x) in page.mentions.iter().take(MENTIONS).enumerate() {
        for (j, y) in page.mentions.iter().take(MENTIONS).enumerate().skip(i + 1) {
            let score = score((page, x), (page, y), Between::One);
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

/// Whether two mentions have enough in common to be compared: a look that costs little. "Dozens of
/// attacks" are not the attack: a part is not the whole.
pub(crate) fn is_worth(x: &Mention, y: &Mention) -> bool {
    let is_part =
        |part: &Mention, whole: &Mention| whole.is_many && whole.singular == Some(part.head);
    if is_part(x, y) || is_part(y, x) {
        return false;
    }
    x.stem == y.stem
        || (x.kind.is_some() && x.kind == y.kind)
        || dot(&x.words.head_vector, &y.words.head_vector) >= HEADS
        || dot(&x.words.vector, &y.words.vector) >= TRIGGERS
}
