//! Mentions that hang together, joined into events and kept.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, Result};

use super::cluster::clusters;
use super::forest::{Forest, SURE};
use super::training::millionths;

/// Mentions that are joined as one; more are first cut at a higher score, by this step.
const TOGETHER: usize = 300;
const STEP: u32 = SURE / 50;

/// Place of a mention in the order of time: of its document, then in the text.
type Order = (bool, String, String, i64, i64, String);

/// Mentions that are joined in one go.
const BATCH: i64 = 5000;

/// Finds the events of some of the mentions that have to be joined anew, and of those that hung
/// together with them; gives how many there were.
pub(crate) fn join(c: &Connection) -> Result<usize> {
    let given: Vec<i64> = c
        .prepare_cached("SELECT mention FROM event_dirty LIMIT ?1")?
        .query_map([BATCH], |row| row.get(0))?
        .collect::<Result<_>>()?;
    let mut dirty: BTreeSet<i64> = BTreeSet::new();
    let mut with = c.prepare_cached(
        "SELECT o.mention FROM event_link l JOIN event_link o ON o.part = l.part WHERE l.mention = ?1",
    )?;
    let mut clean = c.prepare_cached("DELETE FROM event_dirty WHERE mention = ?1")?;
    for mention in &given {
        clean.execute([mention])?;
        if dirty.contains(mention) {
            continue;
        }
        let mut rows = with.query([mention])?;
        while let Some(row) = rows.next()? {
            dirty.insert(row.get(0)?);
        }
    }
    let mut keep = c.prepare_cached(
        "UPDATE event_link SET event = ?2, part = ?3 WHERE mention = ?1 AND (event <> ?2 OR part <> ?3)",
    )?;
    let mut orders = Orders::default();
    let mut edges = Edges::new(c);
    while let Some(mention) = dirty.pop_first() {
        let (together, high) = edges.together(mention)?;
        let mut sorted: BTreeMap<Order, i64> = BTreeMap::new();
        for mention in &together {
            sorted.insert(orders.of(c, *mention)?, *mention);
        }
        let members: Vec<i64> = sorted.into_values().collect();
        let low = millionths(Forest::shipped().low);
        let first = clusters(members.len(), &scores(c, &members)?, high, low);
        let part = members.first().copied().unwrap_or(mention);
        for (mention, first) in members.iter().zip(first) {
            keep.execute((mention, members.get(first), part))?;
            dirty.remove(mention);
        }
    }
    Ok(given.len())
}

/// Places of documents in the order of time, once looked up.
#[derive(Default)]
struct Orders(HashMap<i64, (bool, String, String)>);

impl Orders {
    fn of(&mut self, c: &Connection, mention: i64) -> Result<Order> {
        let (document, start, length): (i64, i64, i64) = c
            .prepare_cached("SELECT l.document, m.start, length(m.local) FROM event_link l JOIN event_mention m ON m.id = l.mention WHERE l.mention = ?1")?
            .query_row([mention], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let (undated, at, name) = match self.0.entry(document) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(
                c.prepare_cached("SELECT p.at IS NULL, coalesce(p.at, ''), d.name FROM link_document p JOIN document d ON d.id = p.document WHERE p.document = ?1")?
                    .query_row([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?,
            ),
        };
        let local: String = c
            .prepare_cached("SELECT local FROM event_mention WHERE id = ?1")?
            .query_row([mention], |row| row.get(0))?;
        Ok((*undated, at.clone(), name.clone(), start, length, local))
    }
}

/// Sure pairs of mentions, once looked up.
struct Edges<'c> {
    c: &'c Connection,
    known: HashMap<i64, Vec<(i64, u32)>>,
    high: u32,
}

impl<'c> Edges<'c> {
    fn new(c: &'c Connection) -> Self {
        Self {
            c,
            known: HashMap::new(),
            high: millionths(Forest::shipped().high),
        }
    }

    fn of(&mut self, mention: i64) -> Result<&[(i64, u32)]> {
        let entry = match self.known.entry(mention) {
            Entry::Occupied(entry) => return Ok(entry.into_mut()),
            Entry::Vacant(entry) => entry,
        };
        let found = self
            .c
            .prepare_cached("SELECT b, score FROM event_pair WHERE a = ?1 AND score >= ?2 UNION ALL SELECT a, score FROM event_pair WHERE b = ?1 AND score >= ?2")?
            .query_map((mention, self.high), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_>>()?;
        Ok(entry.insert(found))
    }

    /// What hangs together with a mention by sure pairs, and how sure: the lowest step at which it
    /// is not too much. What hangs together at one step is part of what does at a lower one.
    fn together(&mut self, mention: i64) -> Result<(BTreeSet<i64>, u32)> {
        if let Some(found) = self.within(mention, self.high)? {
            return Ok((found, self.high));
        }
        // at the last step no pair is sure enough: it stands alone
        let (mut too_low, mut enough) = (0, (SURE - self.high) / STEP + 1);
        let mut found = BTreeSet::from([mention]);
        while enough - too_low > 1 {
            let step = u32::midpoint(too_low, enough);
            match self.within(mention, self.high + step * STEP)? {
                Some(fewer) => {
                    enough = step;
                    found = fewer;
                }
                None => too_low = step,
            }
        }
        Ok((found, self.high + enough * STEP))
    }

    fn within(&mut self, mention: i64, high: u32) -> Result<Option<BTreeSet<i64>>> {
        let mut found = BTreeSet::from([mention]);
        let mut next = vec![mention];
        while let Some(at) = next.pop() {
            for &(other, score) in self.of(at)? {
                if score >= high && found.insert(other) {
                    next.push(other);
                    if found.len() > TOGETHER {
                        return Ok(None);
                    }
                }
            }
        }
        Ok(Some(found))
    }
}

/// All scores among some mentions, by their places.
fn scores(c: &Connection, members: &[i64]) -> Result<HashMap<(usize, usize), u32>> {
    let places: HashMap<i64, usize> = members.iter().copied().zip(0..).collect();
    let mut statement = c.prepare_cached("SELECT b, score FROM event_pair WHERE a = ?1")?;
    let mut out = HashMap::new();
    for (at, member) in members.iter().enumerate() {
        let mut rows = statement.query([member])?;
        while let Some(row) = rows.next()? {
            if let Some(&other) = places.get(&row.get(0)?) {
                out.insert((at.min(other), at.max(other)), row.get(1)?);
            }
        }
    }
    Ok(out)
}
