//! Mentions that hang together, joined into events and kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, Result};

use super::cluster::clusters;
use super::compare::Compared;
use super::forest::{Forest, SURE};
use super::training::millionths;

/// Mentions that are joined as one; more are first cut at a higher score, by this step.
const TOGETHER: usize = 2000;
const STEP: u32 = SURE / 50;

/// Place of a mention in the order of time: of its document, then in the text.
type Order = (bool, String, String, i64, i64);

/// Finds the events of the mentions that were compared, and of those that hang together with
/// them.
pub(crate) fn join(c: &Connection, done: &Compared) -> Result<()> {
    let mut dirty: BTreeSet<i64> = done.touched.clone();
    for (document, mentions) in &done.mentions {
        let mut gone = c.prepare_cached("SELECT mention FROM event_link WHERE document = ?1")?;
        let gone: Vec<i64> = gone
            .query_map([document], |row| row.get(0))?
            .collect::<Result<_>>()?;
        dirty.extend(gone);
        dirty.extend(mentions.iter().map(|(mention, _)| *mention));
    }
    let mut with = c.prepare_cached(
        "SELECT mention FROM event_link WHERE part = (SELECT part FROM event_link WHERE mention = ?1)",
    )?;
    for mention in dirty.clone() {
        let mut rows = with.query([mention])?;
        while let Some(row) = rows.next()? {
            dirty.insert(row.get(0)?);
        }
    }
    for (document, mentions) in &done.mentions {
        c.prepare_cached("DELETE FROM event_link WHERE document = ?1")?
            .execute([document])?;
        let mut insert = c.prepare_cached(
            "INSERT INTO event_link (mention, document, event, part) VALUES (?1, ?2, ?1, ?1)",
        )?;
        for (mention, _) in mentions {
            insert.execute((mention, document))?;
        }
    }
    let mut keep =
        c.prepare_cached("UPDATE event_link SET event = ?2, part = ?3 WHERE mention = ?1")?;
    while let Some(mention) = dirty.pop_first() {
        if order(c, mention)?.is_none() {
            continue;
        }
        let (together, high) = together(c, mention)?;
        let mut sorted: BTreeMap<Order, i64> = BTreeMap::new();
        for mention in &together {
            if let Some(order) = order(c, *mention)? {
                sorted.insert(order, *mention);
            }
        }
        let members: Vec<i64> = sorted.into_values().collect();
        let first = clusters(
            members.len(),
            &scores(c, &members)?,
            high,
            millionths(Forest::shipped().low),
        );
        let part = members.first().copied().unwrap_or(mention);
        for (mention, first) in members.iter().zip(first) {
            keep.execute((mention, members.get(first), part))?;
            dirty.remove(mention);
        }
    }
    Ok(())
}

/// `None` where the mention is not linked, or no longer.
fn order(c: &Connection, mention: i64) -> Result<Option<Order>> {
    use rusqlite::OptionalExtension as _;
    c.prepare_cached(
        "SELECT p.at IS NULL, coalesce(p.at, ''), d.name, m.start, length(m.local), m.local FROM event_link l JOIN event_mention m ON m.id = l.mention JOIN link_document p ON p.document = l.document JOIN document d ON d.id = l.document WHERE l.mention = ?1",
    )?
    .query_row([mention], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
    })
    .optional()
}

/// What hangs together with a mention by sure pairs, and how sure: the lowest step at which it is
/// not too much.
fn together(c: &Connection, mention: i64) -> Result<(BTreeSet<i64>, u32)> {
    let mut high = millionths(Forest::shipped().high);
    loop {
        if let Some(found) = within(c, mention, high)? {
            return Ok((found, high));
        }
        high += STEP;
    }
}

fn within(c: &Connection, mention: i64, high: u32) -> Result<Option<BTreeSet<i64>>> {
    let mut edges = c.prepare_cached(
        "SELECT b FROM event_pair WHERE a = ?1 AND score >= ?2 UNION ALL SELECT a FROM event_pair WHERE b = ?1 AND score >= ?2",
    )?;
    let mut found = BTreeSet::from([mention]);
    let mut next = vec![mention];
    while let Some(at) = next.pop() {
        let mut rows = edges.query((at, high))?;
        while let Some(row) = rows.next()? {
            let other = row.get(0)?;
            if found.insert(other) {
                next.push(other);
                if found.len() > TOGETHER {
                    return Ok(None);
                }
            }
        }
    }
    Ok(Some(found))
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
