//! Which documents are alike: of each, the few that are most.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension as _, Result};

use super::Page;
use super::cluster::{Member, decay, likeness};
use super::index::{self, Changes};
use super::vector::{of_bytes, product, to_bytes};

/// Documents that each one points to, whose events are compared with its own.
const NEAREST: usize = 12;
/// The first of them make stories.
pub(crate) const CLOSEST: u8 = 3;
/// Two documents with less likeness are never joined directly.
pub(crate) const LEAST: f64 = 0.06;
/// Keys that two documents share if they are compared, where they are not far apart in time.
const SHARED: u32 = 2;
/// Days from which on they share one key more.
const FAR: u32 = 21;
/// Likeness by the shared keys alone. Of the pairs of one story that are alike enough to be joined, 1.5 per
/// cent in newscopies lie below it, 0.6 in wikiref and none in newsclusters.
const BY_KEYS: f64 = 0.0125;
/// Documents that lie on the desk, before it is cleared.
const HELD: usize = 20_000;

/// Day and keys of a document.
type Keys = (Option<i32>, Vec<(u32, u8)>);

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

    /// Puts documents into the index, each in place of what stood there.
    pub(crate) fn put(&mut self, pages: &[Page]) -> Result<()> {
        let mut changes = Changes::default();
        for page in pages {
            self.members.remove(&page.document);
            if let Some((day, keys)) = self.keys(page.document)? {
                changes.take(page.document, day, &keys);
            }
            changes.put(page.document, page.day, &page.vector.keys);
            self.c
                .prepare_cached(
                    "INSERT OR REPLACE INTO story_page (document, day, keys, terms) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute((
                    page.document,
                    page.day,
                    to_bytes(&page.vector.keys),
                    to_bytes(&page.vector.terms),
                ))?;
        }
        changes.write(self.c)
    }

    /// Day and keys of a document, as they are kept.
    fn keys(&self, document: i64) -> Result<Option<Keys>> {
        self.c
            .prepare_cached("SELECT day, keys FROM story_page WHERE document = ?1")?
            .query_row([document], |row| {
                Ok((row.get(0)?, of_bytes(row.get_ref(1)?.as_blob()?)))
            })
            .optional()
    }

    /// Looks documents up, so that [`Self::member`] has them.
    pub(crate) fn look_up(&mut self, documents: impl IntoIterator<Item = i64>) -> Result<()> {
        if self.members.len() > HELD {
            self.members.clear();
        }
        for document in documents {
            if self.members.contains_key(&document) {
                continue;
            }
            let member = self
                .c
                .prepare_cached("SELECT day, terms FROM story_page WHERE document = ?1")?
                .query_row([document], |row| {
                    Ok(Member {
                        document,
                        day: row.get(0)?,
                        terms: of_bytes(row.get_ref(1)?.as_blob()?),
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
        let Some((day, keys)) = self.keys(document)? else {
            return Ok(Vec::new());
        };
        let mut shared = index::shared(self.c, day, &keys)?;
        shared.remove(&document);
        let is_far = |other: Option<i32>| {
            let days = day.zip(other).map(|(a, b)| a.abs_diff(b));
            days.is_some_and(|days| days > FAR)
        };
        let mut out: Vec<i64> = shared
            .into_iter()
            .filter(|(_, with)| {
                with.keys >= SHARED + u32::from(is_far(with.day))
                    && likeness(with.product, decay(day, with.day)) >= BY_KEYS
            })
            .map(|(document, _)| document)
            .collect();
        out.sort_unstable();
        Ok(out)
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
        near.sort_by(|a, b| b.1.total_cmp(&a.1));
        if let Some((_, last)) = near.get(NEAREST - 1).copied() {
            near.retain(|(_, s)| *s >= last);
        }
        let mut sorted = Vec::with_capacity(near.len());
        for (other, s) in near {
            sorted.push((s, self.order(other)?, other));
        }
        sorted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        sorted.truncate(NEAREST);
        Ok(sorted.into_iter().map(|(s, _, other)| (other, s)).collect())
    }
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
