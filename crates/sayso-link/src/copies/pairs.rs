//! Which documents are compared, and what comes of it.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use rusqlite::{Connection, Result};
use rustc_hash::{FxHashMap, FxHashSet};

use super::cover::{Shared, Text};
use super::index::{self, Holder, Standing, Touched};

/// Shared runs, each in few documents, that are reason to compare two: texts that share one have eighteen
/// words in a row in common at most, which is no copy unless one of them is short.
const RARE: usize = 2;
/// The same, where each is in more than a few.
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
            let holder = holder(d.document, *house, text);
            for run in &text.sampled {
                out.entry(*run).or_default().push(holder);
            }
        }
        let holder = holder(d.document, d.now.1, now);
        for run in &now.sampled {
            into.entry(*run).or_default().push(holder);
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

const fn holder(document: i64, house: i64, text: &Text) -> Holder {
    Holder {
        document,
        house,
        is_short: text.is_short(),
    }
}

/// Runs that two documents share.
#[derive(Debug, Clone, Copy, Default)]
struct Common {
    rare: usize,
    frequent: usize,
    /// Whether one of them is short.
    is_short: bool,
}

impl Common {
    const fn count(&mut self, standing: Standing) {
        match standing {
            Standing::Few => self.rare += RARE,
            Standing::Rare => self.rare += 1,
            Standing::Frequent => self.frequent += 1,
            Standing::House | Standing::Common => {}
        }
    }

    /// Whether they are reason enough to compare the two.
    const fn is_reason(self) -> bool {
        self.rare >= RARE || (self.rare > 0 && self.is_short) || self.frequent >= FREQUENT
    }
}

/// Pairs of a changed document and another that share reason enough to compare them.
fn candidates(changed: &[Changed], runs: &BTreeMap<u64, Touched>) -> BTreeSet<Pair> {
    let new: FxHashSet<i64> = changed.iter().map(|d| d.document).collect();
    let mut pairs: FxHashMap<Pair, Common> = FxHashMap::default();
    for touched in runs.values().filter(|t| t.now.weight() > 0) {
        let mut at = touched.holders.iter();
        while let Some(x) = at.next() {
            let is_new = new.contains(&x.document);
            for y in at.clone().filter(|y| is_new || new.contains(&y.document)) {
                let pair = (x.document.min(y.document), x.document.max(y.document));
                let common = pairs.entry(pair).or_default();
                common.count(touched.now);
                common.is_short |= x.is_short || y.is_short;
            }
        }
    }
    let are_reason = pairs.into_iter().filter(|(_, common)| common.is_reason());
    are_reason.map(|(pair, _)| pair).collect()
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
            let held: Vec<i64> = touched.holders.iter().map(|h| h.document).collect();
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
        let is_short = |document| self.texts.get(&document).is_some_and(Text::is_short);
        let mut common = Common {
            is_short: is_short(x) || is_short(y),
            ..Common::default()
        };
        for standing in self.common(x, y).iter().filter_map(standing) {
            common.count(standing);
        }
        if !common.is_reason() {
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
