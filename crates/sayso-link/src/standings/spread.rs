//! What has to be put together anew, when a document comes or changes or people decide on links.

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension as _, Result};

use super::keep::Now;
use crate::decisions::{Moved, group, key, spellings};
use crate::origins::Reports;

/// Takes down what decisions changed that were not known of, and what the known ones change now that
/// links are others; `known` is the last entry of the journal that it follows.
pub(super) fn decided_on(c: &Connection, now: &Now, known: i64) -> Result<()> {
    moved(c, &now.events, &EVENTS)?;
    moved(c, &now.stories, &STORIES)?;
    sources(c, now)?;
    c.execute(
        "INSERT OR REPLACE INTO claim_state (id, decision) VALUES (1, ?1)",
        [known],
    )?;
    Ok(())
}

/// What tells of two sources that may be one now, or may have been: all that hang together by decisions, those
/// that are new or taken back among them.
fn sources(c: &Connection, now: &Now) -> Result<()> {
    let new = new_sources(c)?;
    if new.is_empty() {
        return Ok(());
    }
    let pairs = new.iter().map(|[a, b]| [a.as_str(), b.as_str()]);
    let pairs = pairs.chain(now.decided.joined());
    let mut documents: HashMap<String, HashSet<i64>> = HashMap::new();
    let mut seen: HashSet<String> = HashSet::new();
    for [name, _] in &new {
        let all = group(name, &pairs);
        if !seen.insert(all.iter().min().cloned().unwrap_or_default()) {
            continue;
        }
        for one in &all {
            documents.insert(one.clone(), with_source(c, one)?);
        }
        for (at, one) in all.iter().enumerate() {
            for other in all.iter().skip(at + 1) {
                if let Some((one, other)) = documents.get(one).zip(documents.get(other)) {
                    shared(c, [one, other])?;
                }
            }
        }
    }
    // people may have joined what is told by the one and by the other
    soil(c, EVENTS.dirty, now.events.firsts())
}

/// The tables of what people move.
struct Tables {
    /// Where each was, when what is kept was made.
    before: &'static str,
    keep: &'static str,
    forget: &'static str,
    /// Where one was found.
    found: &'static str,
    dirty: &'static str,
    /// Adds to what is dirty that to which people moved members of it.
    follow: &'static str,
}

const EVENTS: Tables = Tables {
    before: "SELECT mention, event FROM claim_moved",
    keep: "INSERT OR REPLACE INTO claim_moved (mention, event) VALUES (?1, ?2)",
    forget: "DELETE FROM claim_moved WHERE mention = ?1",
    found: "SELECT event FROM event_link WHERE mention = ?1",
    dirty: "INSERT OR IGNORE INTO claim_dirty (event) VALUES (?1)",
    follow: "INSERT OR IGNORE INTO claim_dirty (event) SELECT m.event FROM claim_moved m JOIN event_link l ON l.mention = m.mention WHERE l.event IN (SELECT event FROM claim_dirty)",
};
const STORIES: Tables = Tables {
    before: "SELECT document, story FROM story_moved",
    keep: "INSERT OR REPLACE INTO story_moved (document, story) VALUES (?1, ?2)",
    forget: "DELETE FROM story_moved WHERE document = ?1",
    found: "SELECT story FROM story WHERE document = ?1",
    dirty: "INSERT OR IGNORE INTO story_dirty (story) VALUES (?1)",
    follow: "INSERT OR IGNORE INTO story_dirty (story) SELECT m.story FROM story_moved m JOIN story s ON s.document = m.document WHERE s.story IN (SELECT story FROM story_dirty)",
};

/// Takes down what is moved otherwise than before: where it was, where it is, where it was found.
fn moved(c: &Connection, now: &Moved, tables: &Tables) -> Result<()> {
    let before: HashMap<i64, i64> = c
        .prepare(tables.before)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    let mut found = c.prepare_cached(tables.found)?;
    let all: BTreeSet<i64> = before.keys().chain(now.members()).copied().collect();
    for member in all {
        let (was, is) = (before.get(&member).copied(), now.of(member));
        if was == is {
            continue;
        }
        let found: Option<i64> = found.query_row([member], |row| row.get(0)).optional()?;
        soil(c, tables.dirty, was.into_iter().chain(is).chain(found))?;
        match is {
            Some(first) => c.prepare_cached(tables.keep)?.execute((member, first))?,
            None => c.prepare_cached(tables.forget)?.execute([member])?,
        };
    }
    Ok(())
}

fn soil(c: &Connection, sql: &str, what: impl IntoIterator<Item = i64>) -> Result<()> {
    let mut insert = c.prepare_cached(sql)?;
    for one in what {
        insert.execute([one])?;
    }
    Ok(())
}

/// Pairs of sources that were decided on, or a decision on whom was taken back, since it was last looked.
/// The letter of a source stands in no list.
fn new_sources(c: &Connection) -> Result<Vec<[String; 2]>> {
    c.prepare("SELECT a, b FROM link_decision WHERE id > coalesce((SELECT decision FROM claim_state), 0) AND kind = 'source'")?
        .query_map([], |row| {
            let (a, b): (String, String) = (row.get(0)?, row.get(1)?);
            Ok([key(&a), key(&b)])
        })?
        .collect()
}

/// Documents from which, or from one cited in which, a source of a name may be told: those that have it in
/// their words, and those that are its reports, or copies of such.
fn with_source(c: &Connection, name: &str) -> Result<HashSet<i64>> {
    let spellings = spellings(name).map(key);
    let phrases: Vec<String> = spellings
        .iter()
        .map(|words| format!("\"{}\"", words.replace(['"', '\0'], " ")))
        .collect();
    let asked = format!("{{source origin}} : ({})", phrases.join(" OR "));
    let mut out: HashSet<i64> = c
        .prepare_cached("SELECT v.document FROM attribution_words w JOIN attribution a ON a.id = w.rowid & ((1 << 40) - 1) JOIN reading g ON g.id = a.reading JOIN version v ON v.id = g.version WHERE attribution_words MATCH ?1")?
        .query_map([asked], |row| row.get(0))?
        .collect::<Result<_>>()?;
    let mut pages = c.prepare_cached("SELECT l.document, h.name, k.name, d.name FROM link_document l JOIN document d ON d.id = l.document LEFT JOIN house h ON h.id = l.house LEFT JOIN house k ON k.id = l.credit")?;
    let reports = Reports::new(c);
    let mut rows = pages.query([])?;
    while let Some(row) = rows.next()? {
        let names: [Option<String>; 3] = [row.get(1)?, row.get(2)?, row.get(3)?];
        let is = |name: &String| spellings.contains(&key(name));
        if names.iter().flatten().any(is) {
            out.extend(reports.group(row.get(0)?)?.iter());
        }
    }
    Ok(out)
}

/// Takes down the events and the stories that have documents of both of two sets.
fn shared(c: &Connection, [a, b]: [&HashSet<i64>; 2]) -> Result<()> {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    for (all, with, dirty) in [
        (
            "SELECT DISTINCT event FROM event_link WHERE document = ?1",
            "SELECT document FROM event_link WHERE event = ?1",
            EVENTS.dirty,
        ),
        (
            "SELECT story FROM story WHERE document = ?1",
            "SELECT document FROM story WHERE story = ?1",
            STORIES.dirty,
        ),
    ] {
        let mut all = c.prepare_cached(all)?;
        let mut with = c.prepare_cached(with)?;
        let mut seen = HashSet::new();
        for document in few {
            let rows = all.query_map([document], |row| row.get(0))?;
            for whole in rows.collect::<Result<Vec<i64>>>()? {
                if !seen.insert(whole) {
                    continue;
                }
                let members = with.query_map([whole], |row| row.get(0))?;
                let members = members.collect::<Result<Vec<i64>>>()?;
                if members.iter().any(|member| many.contains(member)) {
                    soil(c, dirty, [whole])?;
                }
            }
        }
    }
    Ok(())
}

/// Takes down all events and the stories of some documents, and of those that are copies with them: from
/// whom a report is hangs on all of its copies.
pub(super) fn spread(c: &Connection, some: &[i64]) -> Result<()> {
    let reports = Reports::new(c);
    let mut events = c.prepare_cached(
        "INSERT OR IGNORE INTO claim_dirty (event) SELECT event FROM event_link WHERE document = ?1",
    )?;
    let mut stories = c.prepare_cached(
        "INSERT OR IGNORE INTO story_dirty (story) SELECT story FROM story WHERE document = ?1",
    )?;
    let mut done = c.prepare_cached("DELETE FROM claim_todo WHERE document = ?1")?;
    let mut seen = HashSet::new();
    for document in some {
        for member in reports.group(*document)?.iter() {
            if seen.insert(*member) {
                events.execute([member])?;
                stories.execute([member])?;
            }
        }
        done.execute([document])?;
    }
    Ok(())
}

/// Adds, to the events and stories that are to be looked at, those to which people moved members of them.
pub(super) fn follow(c: &Connection) -> Result<()> {
    for tables in [EVENTS, STORIES] {
        c.execute(tables.follow, [])?;
    }
    Ok(())
}
