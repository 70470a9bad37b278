//! Which documents are alike: of each, the few that are most.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension as _, Result};

use super::cluster::{Member, decay, likeness};
use super::vector::{Vector, product};

/// Documents that each one points to, whose events are compared with its own.
const NEAREST: usize = 12;
/// The first of them make stories.
pub(crate) const CLOSEST: u8 = 3;
/// Two documents with less likeness are never joined directly.
pub(crate) const LEAST: f64 = 0.06;
/// Keys that two documents share if they are compared, where they are not far apart in time.
const SHARED: u32 = 2;
/// Days from which on they share one key more, and from which on they are not compared.
const FAR: u32 = 21;
const WINDOW: i32 = 60;

/// Another document and how alike it is.
pub(crate) type Near = (i64, f64);

/// Documents on the desk: those that are compared.
pub(crate) struct Desk<'c> {
    c: &'c Connection,
    members: HashMap<i64, Member>,
    /// Place of a document in the order of time.
    orders: HashMap<i64, Order>,
}

/// Earlier sorts first; what has no day sorts last.
pub(crate) type Order = (bool, String, String);

impl<'c> Desk<'c> {
    pub(crate) fn new(c: &'c Connection) -> Self {
        Self {
            c,
            members: HashMap::new(),
            orders: HashMap::new(),
        }
    }

    /// Puts a document into the index, in place of what stood there.
    pub(crate) fn insert(
        &mut self,
        document: i64,
        day: Option<i32>,
        vector: &Vector,
    ) -> Result<()> {
        self.remove(document)?;
        self.c
            .prepare_cached(
                "INSERT INTO story_page (document, day, keys, terms) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((document, day, bytes(&vector.keys), vector.to_bytes()))?;
        let mut insert = self.c.prepare_cached(
            "INSERT OR IGNORE INTO story_key (word, day, document) VALUES (?1, ?2, ?3)",
        )?;
        for key in &vector.keys {
            insert.execute((key, day.unwrap_or(UNKNOWN), document))?;
        }
        Ok(())
    }

    /// Takes a document out of the index.
    pub(crate) fn remove(&mut self, document: i64) -> Result<()> {
        self.members.remove(&document);
        let found: Option<(Option<i32>, Vec<u8>)> = self
            .c
            .prepare_cached("SELECT day, keys FROM story_page WHERE document = ?1")?
            .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((day, keys)) = found else {
            return Ok(());
        };
        let mut delete = self.c.prepare_cached(
            "DELETE FROM story_key WHERE word = ?1 AND day = ?2 AND document = ?3",
        )?;
        for key in numbers(&keys) {
            delete.execute((key, day.unwrap_or(UNKNOWN), document))?;
        }
        self.c
            .prepare_cached("DELETE FROM story_page WHERE document = ?1")?
            .execute([document])?;
        Ok(())
    }

    /// Looks documents up, so that [`Self::member`] has them.
    pub(crate) fn look_up(&mut self, documents: impl IntoIterator<Item = i64>) -> Result<()> {
        for document in documents {
            if self.members.contains_key(&document) {
                continue;
            }
            let member = self
                .c
                .prepare_cached("SELECT day, terms FROM story_page WHERE document = ?1")?
                .query_row([document], |row| {
                    let terms: Vec<u8> = row.get(1)?;
                    Ok(Member {
                        document,
                        day: row.get(0)?,
                        terms: Vector::terms_of(&terms),
                    })
                })?;
            self.members.insert(document, member);
        }
        Ok(())
    }

    pub(crate) fn member(&self, document: i64) -> Option<&Member> {
        self.members.get(&document)
    }

    pub(crate) fn order(&mut self, document: i64) -> Result<Order> {
        if let Some(order) = self.orders.get(&document) {
            return Ok(order.clone());
        }
        let order: Order = self
            .c
            .prepare_cached("SELECT l.at IS NULL, coalesce(l.at, ''), d.name FROM link_document l JOIN document d ON d.id = l.document WHERE l.document = ?1")?
            .query_row([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        self.orders.insert(document, order.clone());
        Ok(order)
    }

    /// Documents that share keys enough to be compared with one.
    pub(crate) fn candidates(&self, document: i64) -> Result<Vec<i64>> {
        let found: Option<(Option<i32>, Vec<u8>)> = self
            .c
            .prepare_cached("SELECT day, keys FROM story_page WHERE document = ?1")?
            .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((day, keys)) = found else {
            return Ok(Vec::new());
        };
        let mut shared: BTreeMap<i64, (u32, i32)> = BTreeMap::new();
        let mut statement = self.c.prepare_cached(
            "SELECT document, day FROM story_key WHERE word = ?1 AND day BETWEEN ?2 AND ?3",
        )?;
        let spans = match day {
            Some(day) => vec![(day - WINDOW, day + WINDOW), (UNKNOWN, UNKNOWN)],
            None => vec![(i32::MIN, i32::MAX)],
        };
        for key in numbers(&keys) {
            for (from, to) in &spans {
                let mut rows = statement.query((key, from, to))?;
                while let Some(row) = rows.next()? {
                    let other = row.get(1)?;
                    shared.entry(row.get(0)?).or_insert((0, other)).0 += 1;
                }
            }
        }
        shared.remove(&document);
        Ok(shared
            .into_iter()
            .filter(|(_, (n, other))| {
                let is_far = day.is_some_and(|day| *other != UNKNOWN && day.abs_diff(*other) > FAR);
                *n >= SHARED + u32::from(is_far)
            })
            .map(|(document, _)| document)
            .collect())
    }

    /// Likeness of some pairs; all of them were looked up.
    pub(crate) fn likenesses(&self, pairs: &[(i64, i64)]) -> Vec<f64> {
        let members = &self.members;
        let one = |&(a, b): &(i64, i64)| {
            let (Some(a), Some(b)) = (members.get(&a), members.get(&b)) else {
                return 0.0;
            };
            likeness(product(&a.terms, &b.terms), decay(a.day, b.day))
        };
        pairs.par_iter().with_min_len(64).map(one).collect()
    }

    /// The most alike first; of equal ones the earlier.
    pub(crate) fn nearest(&mut self, mut near: Vec<Near>) -> Result<Vec<Near>> {
        near.retain(|(_, s)| *s >= LEAST);
        let mut sorted = Vec::with_capacity(near.len());
        for (other, s) in near {
            sorted.push((s, self.order(other)?, other));
        }
        sorted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        sorted.truncate(NEAREST);
        Ok(sorted.into_iter().map(|(s, _, other)| (other, s)).collect())
    }
}

/// The day of documents that have none.
const UNKNOWN: i32 = -1_000_000;

fn bytes(keys: &[u32]) -> Vec<u8> {
    keys.iter().flat_map(|key| key.to_le_bytes()).collect()
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let chunks = bytes.as_chunks::<4>().0;
    chunks
        .iter()
        .map(|chunk| u32::from_le_bytes(*chunk))
        .collect()
}

/// The documents that each of some points to, as kept.
pub(crate) fn kept(c: &Connection, document: i64) -> Result<Vec<Near>> {
    c.prepare_cached("SELECT other, likeness FROM story_near WHERE document = ?1 ORDER BY rank")?
        .query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Documents that point to one.
pub(crate) fn pointing(c: &Connection, document: i64) -> Result<BTreeSet<i64>> {
    c.prepare_cached("SELECT document FROM story_near WHERE other = ?1")?
        .query_map([document], |row| row.get(0))?
        .collect()
}

/// Keeps the documents that one points to.
pub(crate) fn keep(c: &Connection, document: i64, near: &[Near]) -> Result<()> {
    c.prepare_cached("DELETE FROM story_near WHERE document = ?1")?
        .execute([document])?;
    let mut insert = c.prepare_cached(
        "INSERT INTO story_near (document, other, rank, likeness) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for ((other, likeness), rank) in near.iter().zip(1_i64..) {
        insert.execute((document, other, rank, likeness))?;
    }
    Ok(())
}
