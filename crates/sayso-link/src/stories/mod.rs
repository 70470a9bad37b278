//! Stories: documents about one matter in one stretch of time.
//!
//! Each document points to the few others that are most like it. What hangs together by that is
//! parted by average link; the oldest member names a story. A document that comes changes only
//! what hangs together with it, and the same documents give the same stories in any order.

mod cluster;
mod index;
mod near;
mod vector;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension as _, Result, Row};
use sayso_reading::Document;

use crate::decisions::Moved;
use cluster::{Member, clusters};
use near::{CLOSEST, Desk, LEAST, Near};
pub(crate) use vector::{Rarity, Vector, hash, lower_words};

/// Documents that are parted as one; more are first cut at a higher likeness, by this factor.
const TOGETHER: usize = 400;
const STEP: f64 = 1.1;
/// Documents whose words are less alike have no events in common: on the training topics of ECB+ 3 per
/// cent of the pairs of one event stand in such, and 35 per cent of the others.
const ALIKE: f64 = 0.1;
/// The same where it is not known when one of them was published: two raids in two years are told in
/// much the same words.
const ALIKE_UNDATED: f64 = 0.16;
/// How far below the likeness at which documents hang together clusters are still joined.
const BELOW: f64 = 0.75;

/// A document that comes or changes.
pub(crate) struct Page {
    pub document: i64,
    /// Of publication, where it is known.
    pub day: Option<i32>,
    pub vector: Vector,
}

/// Day of publication, counted from 0000-01-01, where it is known to the day.
pub(crate) fn day(document: &Document) -> Option<i32> {
    let published = document.published.as_ref()?;
    let (earliest, latest) = (published.earliest()?.date(), published.latest()?.date());
    (earliest == latest).then(|| {
        let (year, month, day) = earliest;
        days(year.into(), month.into(), day.into())
    })
}

/// Days from 0000-03-01 on in the Gregorian calendar.
fn days(year: i32, month: i32, day: i32) -> i32 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
}

/// How alike two documents are by their words alone, from 0 to 1.
pub(crate) fn raw_likeness(a: &[(u32, u8)], b: &[(u32, u8)]) -> f64 {
    cluster::likeness(vector::product(a, b), 1.0)
}

/// Brings the stories of some documents up to date, and of those that hang together with them.
/// Gives the pairs of documents that are now near each other, or no longer.
pub(crate) fn update(c: &Connection, pages: &[Page]) -> Result<BTreeSet<(i64, i64)>> {
    let mut desk = Desk::new(c);
    let changed: BTreeSet<i64> = pages.iter().map(|p| p.document).collect();
    // those that have to look for their nearest anew
    let mut anew = changed.clone();
    for page in pages {
        anew.extend(near::pointing(c, page.document)?);
    }
    desk.put(pages)?;
    let mut lists = Lists::default();
    for &document in &anew {
        let candidates = desk.candidates(document)?;
        desk.look_up(candidates.iter().copied().chain([document]))?;
        let pairs: Vec<(i64, i64)> = candidates.iter().map(|other| (document, *other)).collect();
        let near: Vec<Near> = candidates
            .into_iter()
            .zip(desk.likenesses(&pairs))
            .collect();
        if changed.contains(&document) {
            for &(other, likeness) in near
                .iter()
                .filter(|(o, s)| *s >= LEAST && !anew.contains(o))
            {
                let mut with = lists.now(c, other)?;
                with.push((document, likeness));
                lists.set(c, other, desk.nearest(with)?)?;
            }
        }
        lists.set(c, document, desk.nearest(near)?)?;
    }
    let mut ends = lists.ends();
    ends.extend(&changed);
    let dirty = with_their_parts(c, &ends)?;
    for (document, (_, near)) in &lists.0 {
        near::keep(c, *document, near)?;
    }
    part(c, &mut desk, dirty)?;
    Ok(lists.pairs())
}

/// The documents near some, before and now.
#[derive(Default)]
struct Lists(BTreeMap<i64, (Vec<Near>, Vec<Near>)>);

impl Lists {
    fn now(&self, c: &Connection, document: i64) -> Result<Vec<Near>> {
        match self.0.get(&document) {
            Some((_, now)) => Ok(now.clone()),
            None => near::kept(c, document),
        }
    }

    fn set(&mut self, c: &Connection, document: i64, near: Vec<Near>) -> Result<()> {
        match self.0.entry(document) {
            Entry::Occupied(mut entry) => entry.get_mut().1 = near,
            Entry::Vacant(entry) => {
                let before = near::kept(c, document)?;
                if before != near {
                    entry.insert((before, near));
                }
            }
        }
        Ok(())
    }

    /// Both ends of the edges that make stories and came, went or changed.
    fn ends(&self) -> BTreeSet<i64> {
        let mut out = BTreeSet::new();
        for (document, (before, now)) in &self.0 {
            let closest = |near: &[Near]| {
                near.iter()
                    .take(CLOSEST.into())
                    .copied()
                    .collect::<Vec<_>>()
            };
            let (before, now) = (closest(before), closest(now));
            let others = before.iter().chain(&now);
            let moved = others.filter(|near| !(before.contains(near) && now.contains(near)));
            for (other, _) in moved {
                out.extend([*document, *other]);
            }
        }
        out
    }

    /// Pairs of documents that are near each other now or were before, and not both.
    fn pairs(&self) -> BTreeSet<(i64, i64)> {
        let mut out = BTreeSet::new();
        for (document, (before, now)) in &self.0 {
            let has = |near: &[Near], other: i64| near.iter().any(|(o, _)| *o == other);
            for (other, _) in before.iter().chain(now) {
                if has(before, *other) != has(now, *other) {
                    out.insert((*document.min(other), *document.max(other)));
                }
            }
        }
        out
    }
}

/// The documents near one whose events are compared with its own: of those that it points to and
/// those that point to it the ones whose words are alike, whatever the days between them.
pub(crate) fn near(c: &Connection, document: i64) -> Result<BTreeSet<i64>> {
    let mut find = c.prepare_cached(
        "SELECT n.other, n.likeness, a.day, b.day FROM story_near n JOIN story_page a ON a.document = n.document JOIN story_page b ON b.document = n.other WHERE n.document = ?1 UNION ALL SELECT n.document, n.likeness, a.day, b.day FROM story_near n JOIN story_page a ON a.document = n.document JOIN story_page b ON b.document = n.other WHERE n.other = ?1",
    )?;
    let mut rows = find.query([document])?;
    let mut out = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let (likeness, a, b): (f64, Option<i32>, Option<i32>) =
            (row.get(1)?, row.get(2)?, row.get(3)?);
        let least = match (a, b) {
            (Some(_), Some(_)) => ALIKE,
            _ => ALIKE_UNDATED,
        };
        if likeness >= least * cluster::decay(a, b) {
            out.insert(row.get(0)?);
        }
    }
    Ok(out)
}

/// The terms of a document as they are kept.
pub(crate) fn kept_terms(c: &Connection, document: i64) -> Result<Vec<(u32, u8)>> {
    let terms: Vec<u8> = c
        .prepare_cached("SELECT terms FROM story_page WHERE document = ?1")?
        .query_row([document], |row| row.get(0))?;
    Ok(vector::of_bytes(&terms))
}

/// Some documents and those with which they hung together before.
fn with_their_parts(c: &Connection, ends: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
    let mut out = ends.clone();
    let mut statement = c.prepare_cached(
        "SELECT document FROM story WHERE part = (SELECT part FROM story WHERE document = ?1)",
    )?;
    for end in ends {
        let mut rows = statement.query([end])?;
        while let Some(row) = rows.next()? {
            out.insert(row.get(0)?);
        }
    }
    Ok(out)
}

/// Finds the stories of some documents.
fn part(c: &Connection, desk: &mut Desk, mut dirty: BTreeSet<i64>) -> Result<()> {
    let mut insert = c.prepare_cached(
        "INSERT OR REPLACE INTO story (document, story, part) VALUES (?1, ?2, ?3)",
    )?;
    while let Some(&document) = dirty.first() {
        let (together, least) = together(c, document)?;
        desk.look_up(together.iter().copied())?;
        let mut sorted = Vec::with_capacity(together.len());
        for member in &together {
            sorted.push((desk.order(*member)?, *member));
        }
        sorted.sort();
        let members: Vec<Member> = sorted
            .iter()
            .filter_map(|(_, member)| desk.member(*member).cloned())
            .collect();
        let part = members.first().map_or(document, |m| m.document);
        let first = clusters(&members, BELOW * least);
        for (member, first) in members.iter().zip(first) {
            let story = members.get(first).map_or(member.document, |m| m.document);
            insert.execute((member.document, story, part))?;
            dirty.remove(&member.document);
        }
        dirty.remove(&document);
    }
    Ok(())
}

/// What hangs together with a document, and at which likeness: the lowest step at which it is not
/// too much.
fn together(c: &Connection, document: i64) -> Result<(BTreeSet<i64>, f64)> {
    let mut least = LEAST;
    loop {
        if let Some(found) = within(c, document, least)? {
            return Ok((found, least));
        }
        least *= STEP;
    }
}

fn within(c: &Connection, document: i64, least: f64) -> Result<Option<BTreeSet<i64>>> {
    let mut edges = c.prepare_cached(
        "SELECT other FROM story_near WHERE document = ?1 AND likeness >= ?2 AND rank <= ?3 UNION SELECT document FROM story_near WHERE other = ?1 AND likeness >= ?2 AND rank <= ?3",
    )?;
    let mut found = BTreeSet::from([document]);
    let mut next = vec![document];
    while let Some(at) = next.pop() {
        let mut rows = edges.query((at, least, CLOSEST))?;
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

/// A document and the story it belongs to, named by its oldest member.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct InStory {
    /// The document.
    pub id: String,
    /// The name of the story's oldest document.
    pub story: String,
    /// Its title.
    pub title: Option<String>,
    /// Who published it, as far as known.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<String>,
}

const ROWS: &str = "SELECT d.id, t.story, d.name, v.title, h.name, l.at FROM story t JOIN document d ON d.id = t.document JOIN link_document l ON l.document = t.document JOIN version v ON v.id = l.version LEFT JOIN house h ON h.id = l.house";

/// A document, its story, and how it is told: the name of the story is still to be found.
type Told = (i64, i64, InStory);

fn told(row: &Row, moved: &Moved) -> Result<Told> {
    let (document, story): (i64, i64) = (row.get(0)?, row.get(1)?);
    let told = InStory {
        id: row.get(2)?,
        story: String::new(),
        title: row.get(3)?,
        publisher: row.get(4)?,
        published: row.get(5)?,
    };
    Ok((document, moved.of(document).unwrap_or(story), told))
}

/// All documents with their stories, by the story and the time; `moved` has those of other stories
/// than were found.
pub(crate) fn all(c: &Connection, moved: &Moved) -> Result<Vec<InStory>> {
    let rows = c
        .prepare(ROWS)?
        .query_map([], |row| told(row, moved))?
        .collect::<Result<_>>()?;
    Ok(sorted(rows))
}

/// The documents of one's story, by the time; `moved` has those of other stories than were found.
pub(crate) fn one(c: &Connection, moved: &Moved, document: i64) -> Result<Vec<InStory>> {
    let found: Option<i64> = c
        .prepare_cached("SELECT story FROM story WHERE document = ?1")?
        .query_row([document], |row| row.get(0))
        .optional()?;
    let Some(story) = moved.of(document).or(found) else {
        return Ok(Vec::new());
    };
    let mut rows: Vec<Told> = c
        .prepare_cached(&format!("{ROWS} WHERE t.story = ?1"))?
        .query_map([story], |row| told(row, moved))?
        .collect::<Result<_>>()?;
    rows.retain(|(_, of, _)| *of == story);
    let mut other = c.prepare_cached(&format!("{ROWS} WHERE t.document = ?1"))?;
    for member in moved.members_of(story) {
        if rows.iter().all(|(document, ..)| document != member) {
            rows.extend(
                other
                    .query_row([member], |row| told(row, moved))
                    .optional()?,
            );
        }
    }
    Ok(sorted(rows))
}

/// Names each story by its oldest document, and sorts.
fn sorted(mut rows: Vec<Told>) -> Vec<InStory> {
    let place = |told: &InStory| {
        (
            told.published.is_none(),
            told.published.clone(),
            told.id.clone(),
        )
    };
    let firsts: HashMap<i64, _> = rows
        .iter()
        .map(|(document, _, told)| (*document, place(told)))
        .collect();
    for (_, story, told) in &mut rows {
        if let Some((_, _, name)) = firsts.get(story) {
            told.story.clone_from(name);
        }
    }
    rows.sort_by_cached_key(|(_, story, told)| (firsts.get(story).cloned(), place(told)));
    rows.into_iter().map(|(_, _, told)| told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        assert_eq!(days(2025, 3, 1) - days(2025, 2, 28), 1);
        assert_eq!(days(2024, 3, 1) - days(2024, 2, 28), 2);
        assert_eq!(days(2026, 1, 1) - days(2025, 1, 1), 365);
    }
}
