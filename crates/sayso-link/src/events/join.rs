//! Mentions that hang together, joined into events and kept.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension as _, Result};
use rustc_hash::{FxHashMap, FxHashSet};

use super::cluster::clusters;
use super::compare::Scores;
use super::forest::{Forest, SURE};
use super::training::millionths;

/// Mentions that are joined as one; more are first cut at a higher score, by this step.
const TOGETHER: usize = 300;
const STEP: u32 = SURE / 50;
/// Documents that lie on the table, before it is cleared.
const HELD: usize = 10_000;

/// A mention: its document, and its place among the rows of that.
type Place = (i64, usize);

/// Finds the events of some of the mentions that have to be joined anew, and of those that hung
/// together with them.
pub(crate) fn join(c: &Connection, table: &mut Table, some: &[i64]) -> Result<()> {
    table.clear_where_full();
    let mut desk = Desk { c, table };
    let mut dirty = desk.with_their_parts(some)?;
    let mut clean = c.prepare_cached("DELETE FROM event_dirty WHERE mention = ?1")?;
    for mention in some {
        clean.execute([mention])?;
    }
    while let Some(place) = dirty.pop_first() {
        let (together, high) = desk.together(place)?;
        for place in &together {
            dirty.remove(place);
        }
        desk.part(&together, high)?;
        desk.table.done.extend(together);
    }
    Ok(())
}

/// A document with the event mentions in it, by their rows.
#[derive(Debug)]
struct Page {
    /// Its place in the order of time: whether it has no date, the date, its name.
    order: (bool, String, String),
    mentions: Vec<Mention>,
}

#[derive(Debug)]
struct Mention {
    row: i64,
    /// Its place in the text, and what parts two that start together.
    order: (i64, usize, String),
    /// The event that it is of, and what hangs together, as they are kept.
    kept: (i64, i64),
    /// Those that it may be of one event with, and how surely.
    near: Vec<(Place, u32)>,
}

/// Documents whose mentions were joined last. It serves as long as no pair is scored anew.
#[derive(Debug)]
pub(crate) struct Table {
    pages: FxHashMap<i64, Page>,
    /// Mentions with the highest step at which too much is known to hang together with them.
    too_much: FxHashMap<Place, u32>,
    /// Those that are joined.
    done: FxHashSet<Place>,
    high: u32,
    low: u32,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            pages: FxHashMap::default(),
            too_much: FxHashMap::default(),
            done: FxHashSet::default(),
            high: millionths(Forest::shipped().high),
            low: millionths(Forest::shipped().low),
        }
    }
}

impl Table {
    fn clear_where_full(&mut self) {
        if self.pages.len() > HELD {
            self.pages.clear();
        }
    }
}

/// The table, and where what does not lie on it is found.
struct Desk<'d> {
    c: &'d Connection,
    table: &'d mut Table,
}

impl Desk<'_> {
    /// Some mentions, and those with which they hung together before; without those that are joined.
    fn with_their_parts(&mut self, some: &[i64]) -> Result<BTreeSet<Place>> {
        let mut find = self
            .c
            .prepare_cached("SELECT document, part FROM event_link WHERE mention = ?1")?;
        let mut with = self
            .c
            .prepare_cached("SELECT document, mention FROM event_link WHERE part = ?1")?;
        let mut parts = BTreeSet::new();
        let mut out = BTreeSet::new();
        for mention in some {
            let found: Option<(i64, i64)> = find
                .query_row([mention], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((document, part)) = found else {
                continue;
            };
            let place = self.place(document, *mention)?;
            let Some(place) = place.filter(|place| !self.table.done.contains(place)) else {
                continue;
            };
            out.insert(place);
            if parts.insert(part) {
                let mut rows = with.query([part])?;
                while let Some(row) = rows.next()? {
                    let place = self.place(row.get(0)?, row.get(1)?)?;
                    out.extend(place.filter(|place| !self.table.done.contains(place)));
                }
            }
        }
        Ok(out)
    }

    fn place(&mut self, document: i64, mention: i64) -> Result<Option<Place>> {
        let mentions = &self.page(document)?.mentions;
        let at = mentions.binary_search_by_key(&mention, |m| m.row);
        Ok(at.ok().map(|at| (document, at)))
    }

    fn page(&mut self, document: i64) -> Result<&mut Page> {
        match self.table.pages.entry(document) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => Ok(entry.insert(Page::of(self.c, document)?)),
        }
    }

    fn near(&mut self, (document, at): Place) -> Result<&[(Place, u32)]> {
        let page = self.page(document)?;
        Ok(page.mentions.get(at).map_or(&[], |mention| &mention.near))
    }

    /// What hangs together with a mention by sure pairs, and how sure: the lowest step at which it
    /// is not too much. What hangs together at one step is part of what does at a lower one.
    fn together(&mut self, place: Place) -> Result<(BTreeSet<Place>, u32)> {
        let high = self.table.high;
        // at the last step no pair is sure enough: it stands alone
        let last = (SURE - high) / STEP + 1;
        let known = self.table.too_much.get(&place).copied();
        let mut too_low = match known {
            Some(step) => step,
            None => match self.within(place, 0)? {
                Some(found) => return Ok((found, high)),
                None => 0,
            },
        };
        let mut enough = last;
        let mut found = BTreeSet::from([place]);
        while enough - too_low > 1 {
            let step = u32::midpoint(too_low, enough);
            match self.within(place, step)? {
                Some(fewer) => {
                    enough = step;
                    found = fewer;
                }
                None => too_low = step,
            }
        }
        Ok((found, high + enough * STEP))
    }

    /// What hangs together with a mention at a step; `None` where it is too much, which is then known
    /// of all that was found.
    fn within(&mut self, place: Place, step: u32) -> Result<Option<BTreeSet<Place>>> {
        let high = self.table.high + step * STEP;
        let mut found = FxHashSet::from_iter([place]);
        let mut next = vec![place];
        while let Some(at) = next.pop() {
            for &(other, score) in self.near(at)? {
                if score >= high && found.insert(other) {
                    next.push(other);
                }
            }
            if found.len() > TOGETHER {
                for place in found {
                    let known = self.table.too_much.entry(place).or_default();
                    *known = step.max(*known);
                }
                return Ok(None);
            }
        }
        Ok(Some(found.into_iter().collect()))
    }

    /// Parts what hangs together into events, and keeps them.
    fn part(&mut self, together: &BTreeSet<Place>, high: u32) -> Result<()> {
        let mut sorted: BTreeMap<_, (Place, &Mention)> = BTreeMap::new();
        for (document, at) in together {
            let page = self.table.pages.get(document);
            if let Some((page, mention)) = page.and_then(|p| Some((p, p.mentions.get(*at)?))) {
                sorted.insert((&page.order, &mention.order), ((*document, *at), mention));
            }
        }
        let members: Vec<(Place, &Mention)> = sorted.into_values().collect();
        let numbers: HashMap<Place, usize> = members.iter().map(|(p, _)| *p).zip(0..).collect();
        let mut scores = Vec::new();
        for (i, (_, mention)) in members.iter().enumerate() {
            let near = mention.near.iter();
            scores.extend(near.filter_map(|(other, score)| {
                let j = *numbers.get(other)?;
                (i < j).then_some((i, j, *score))
            }));
        }
        let first = clusters(members.len(), &scores, high, self.table.low);
        let mut keep = self
            .c
            .prepare_cached("UPDATE event_link SET event = ?2, part = ?3 WHERE mention = ?1")?;
        let row = |at: usize| members.get(at).map_or(0, |(_, mention)| mention.row);
        let mut moved = Vec::new();
        for ((place, mention), first) in members.iter().zip(first) {
            let now = (row(first), row(0));
            if now != mention.kept {
                keep.execute((mention.row, now.0, now.1))?;
                moved.push((*place, now));
            }
        }
        for ((document, at), now) in moved {
            let page = self.table.pages.get_mut(&document);
            if let Some(mention) = page.and_then(|page| page.mentions.get_mut(at)) {
                mention.kept = now;
            }
        }
        Ok(())
    }
}

impl Page {
    fn of(c: &Connection, document: i64) -> Result<Self> {
        let order = c
            .prepare_cached("SELECT p.at IS NULL, coalesce(p.at, ''), d.name FROM link_document p JOIN document d ON d.id = p.document WHERE p.document = ?1")?
            .query_row([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut mentions: Vec<Mention> = c
            .prepare_cached("SELECT l.mention, m.start, m.local, l.event, l.part FROM event_link l JOIN event_mention m ON m.id = l.mention WHERE l.document = ?1 ORDER BY l.mention")?
            .query_map([document], |row| {
                let local: String = row.get(2)?;
                Ok(Mention {
                    row: row.get(0)?,
                    order: (row.get(1)?, local.len(), local),
                    kept: (row.get(3)?, row.get(4)?),
                    near: Vec::new(),
                })
            })?
            .collect::<Result<_>>()?;
        let mut add = |at: usize, other: Place, score| {
            if let Some(mention) = mentions.get_mut(at) {
                mention.near.push((other, score));
            }
        };
        let mut near =
            c.prepare_cached("SELECT other, scores FROM event_near WHERE document = ?1")?;
        let mut rows = near.query([document])?;
        while let Some(row) = rows.next()? {
            let other: i64 = row.get(0)?;
            for (i, j, score) in Scores::of(row.get_ref(1)?.as_blob()?).0 {
                add(i, (other, j), score);
                if other == document {
                    add(j, (other, i), score);
                }
            }
        }
        Ok(Self { order, mentions })
    }
}
