//! Which documents are compared, and what comes of it.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use rusqlite::{Connection, Result};

use super::cover::{Shared, Text};
use super::index::{self, Holder, Standing, Touched};

/// Shared runs, each in more than a few documents, that are reason to compare two.
const FREQUENT: usize = 12;

/// A document that comes or changes.
pub(crate) struct Changed {
    pub document: i64,
    /// Text and house as it was linked before.
    pub before: Option<(String, i64)>,
    /// Text and house as they are now.
    pub now: (String, i64),
}

type Pair = (i64, i64);

/// Brings the copies of some documents up to date, and of those whose standing they change.
pub(crate) fn update(c: &Connection, changed: &[Changed]) -> Result<()> {
    let texts: Vec<(Option<Text>, Text)> = changed
        .par_iter()
        .map(|d| {
            let before = d.before.as_ref().map(|(text, _)| Text::new(text));
            (before, Text::new(&d.now.0))
        })
        .collect();
    let mut out: BTreeMap<u64, Vec<Holder>> = BTreeMap::new();
    let mut into: BTreeMap<u64, Vec<Holder>> = BTreeMap::new();
    for (d, (before, now)) in changed.iter().zip(&texts) {
        if let (Some((_, house)), Some(text)) = (&d.before, before) {
            for run in &text.sampled {
                out.entry(*run).or_default().push((d.document, *house));
            }
        }
        for run in &now.sampled {
            into.entry(*run).or_default().push((d.document, d.now.1));
        }
    }
    let touched = index::change(c, &out, &into)?;
    let mut work = Work {
        c,
        runs: touched,
        desk: Desk::default(),
    };
    for (d, (_, now)) in changed.iter().zip(texts) {
        forget(c, d.document)?;
        work.desk.texts.insert(d.document, now);
    }
    let mut pairs = candidates(changed, &work.runs);
    pairs.extend(work.flipped()?);
    work.compare(&pairs)
}

fn forget(c: &Connection, document: i64) -> Result<()> {
    for sql in [
        "DELETE FROM copy WHERE a = ?1",
        "DELETE FROM copy WHERE b = ?1",
    ] {
        c.prepare_cached(sql)?.execute([document])?;
    }
    Ok(())
}

/// Pairs of a changed document and another that share reason enough to compare them.
fn candidates(changed: &[Changed], runs: &BTreeMap<u64, Touched>) -> BTreeSet<Pair> {
    let new: BTreeSet<i64> = changed.iter().map(|d| d.document).collect();
    let mut pairs = BTreeSet::new();
    let mut frequent: HashMap<Pair, usize> = HashMap::new();
    for touched in runs.values() {
        let is_rare = match touched.now {
            Standing::Rare => true,
            Standing::Frequent => false,
            Standing::House | Standing::Common => continue,
        };
        for (x, _) in touched.holders.iter().filter(|(d, _)| new.contains(d)) {
            for (y, _) in touched.holders.iter().filter(|(y, _)| y != x) {
                let pair = (*x.min(y), *x.max(y));
                if is_rare {
                    pairs.insert(pair);
                } else {
                    *frequent.entry(pair).or_default() += 1;
                }
            }
        }
    }
    // a pair of two new documents was counted from both sides
    pairs.extend(frequent.into_iter().filter_map(|((x, y), n)| {
        let sides = 1 + usize::from(new.contains(&x) && new.contains(&y));
        (n >= FREQUENT * sides).then_some((x, y))
    }));
    pairs
}

/// What is looked up while documents are compared.
struct Work<'c> {
    c: &'c Connection,
    runs: BTreeMap<u64, Touched>,
    desk: Desk,
}

/// Texts that lie side by side, with the names and houses of their documents.
#[derive(Default)]
struct Desk {
    texts: HashMap<i64, Text>,
    about: HashMap<i64, (String, i64)>,
}

type Standings = HashMap<u64, Standing>;

impl Work<'_> {
    /// Pairs of documents that did not change, but that share a run which now counts otherwise.
    fn flipped(&self) -> Result<BTreeSet<Pair>> {
        let mut pairs = BTreeSet::new();
        for touched in self.runs.values().filter(|t| t.before != t.now) {
            let held: Vec<i64> = touched.holders.iter().map(|(d, _)| *d).collect();
            if touched.now.weight() > touched.before.weight() {
                for (at, x) in held.iter().enumerate() {
                    pairs.extend(held.iter().skip(at + 1).map(|y| (*x.min(y), *x.max(y))));
                }
                continue;
            }
            // it only counts for less: what was no copy is none
            for x in &held {
                let kept = self
                    .c
                    .prepare_cached("SELECT a, b FROM copy WHERE a = ?1 OR b = ?1")?
                    .query_map([x], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect::<Result<Vec<Pair>>>()?;
                pairs.extend(kept.into_iter().map(|(a, b)| (a.min(b), a.max(b))));
            }
        }
        Ok(pairs)
    }

    fn compare(&mut self, pairs: &BTreeSet<Pair>) -> Result<()> {
        for (x, y) in pairs {
            for document in [*x, *y] {
                self.look_up(document)?;
            }
        }
        let mut standings: Standings = self.runs.iter().map(|(run, t)| (*run, t.now)).collect();
        // runs of documents that did not change themselves
        for (x, y) in pairs {
            for run in self.desk.common(*x, *y) {
                if let Entry::Vacant(place) = standings.entry(run) {
                    place.insert(Standing::of(&index::holders(self.c, run)?));
                }
            }
        }
        let desk = &self.desk;
        let found: Vec<(Pair, Option<Row>)> = pairs
            .par_iter()
            .map(|pair| (*pair, desk.row(*pair, &standings)))
            .collect();
        let mut insert = self.c.prepare_cached(
            "INSERT OR REPLACE INTO copy (a, b, extent, in_a, in_b, shared) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        let mut remove = self
            .c
            .prepare_cached("DELETE FROM copy WHERE (a = ?1 AND b = ?2) OR (a = ?2 AND b = ?1)")?;
        for ((x, y), row) in found {
            match row {
                Some(r) => {
                    insert.execute((r.a, r.b, r.extent, r.in_a, r.in_b, r.shared))?;
                }
                None => {
                    remove.execute((x, y))?;
                }
            }
        }
        Ok(())
    }

    fn look_up(&mut self, document: i64) -> Result<()> {
        if !self.desk.about.contains_key(&document) {
            let about = self
                .c
                .prepare_cached("SELECT d.name, coalesce(l.house, -d.id) FROM document d JOIN link_document l ON l.document = d.id WHERE d.id = ?1")?
                .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
            self.desk.about.insert(document, about);
        }
        if !self.desk.texts.contains_key(&document) {
            let text: String = self
                .c
                .prepare_cached("SELECT v.text FROM link_document l JOIN version v ON v.id = l.version WHERE l.document = ?1")?
                .query_row([document], |row| row.get(0))?;
            self.desk.texts.insert(document, Text::new(&text));
        }
        Ok(())
    }
}

impl Desk {
    /// Runs that stand in the index for both of two documents.
    fn common(&self, x: i64, y: i64) -> Vec<u64> {
        let (Some(x), Some(y)) = (self.texts.get(&x), self.texts.get(&y)) else {
            return Vec::new();
        };
        let is_in_y = |run: &&u64| y.sampled.binary_search(run).is_ok();
        x.sampled.iter().filter(is_in_y).copied().collect()
    }

    /// What two documents share, if that makes a copy.
    fn row(&self, (x, y): Pair, standings: &Standings) -> Option<Row> {
        let standing = |run: &u64| standings.get(run).copied();
        let common = self.common(x, y);
        let of = |wanted| {
            common
                .iter()
                .filter(|run| standing(run) == Some(wanted))
                .count()
        };
        if of(Standing::Rare) == 0 && of(Standing::Frequent) < FREQUENT {
            return None;
        }
        let ((name_x, house_x), (name_y, house_y)) = (self.about.get(&x)?, self.about.get(&y)?);
        let (a, b) = if name_x < name_y { (x, y) } else { (y, x) };
        let (text_a, text_b) = (self.texts.get(&a)?, self.texts.get(&b)?);
        let is_one_house = house_x == house_y;
        let shared = Shared::of(text_a, text_b, |run| match standing(&run) {
            Some(Standing::House) => true,
            Some(Standing::Common) => is_one_house,
            _ => false,
        });
        let extent = shared.extent(text_a, text_b)?;
        let share = |covered: usize, text: &Text| covered as f64 / text.words.len().max(1) as f64;
        Some(Row {
            a,
            b,
            extent: extent.as_str(),
            in_a: share(shared.in_a, text_a),
            in_b: share(shared.in_b, text_b),
            shared: stretches(&shared, text_a, text_b),
        })
    }
}

struct Row {
    a: i64,
    b: i64,
    extent: &'static str,
    in_a: f64,
    in_b: f64,
    shared: String,
}

/// The shared stretches in characters of both texts, as JSON.
fn stretches(shared: &Shared, a: &Text, b: &Text) -> String {
    let place = |text: &Text, first: usize, words: usize| {
        let start = text.words.get(first).map_or(0, |w| w.start);
        let end = text.words.get(first + words - 1).map_or(start, |w| w.end);
        [start, end]
    };
    let all: Vec<[[u32; 2]; 2]> = shared
        .blocks
        .iter()
        .map(|block| {
            [
                place(a, block.a, block.words),
                place(b, block.b, block.words),
            ]
        })
        .collect();
    serde_json::to_string(&all).unwrap_or_default()
}
