//! What people decided on links: that two documents are of one story, two mentions of one event,
//! two names one source's, or that they are not.
//!
//! Decisions are laid over what is found whenever it is told, so that they win and last, whatever
//! comes later.

mod moved;
mod parted;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension as _, Result};
use sayso_case::{Case, LinkDecision, LinkKind, Reviewer, Target};
use serde::{Deserialize, Serialize};

use crate::LinkError;
use crate::events::Scores;
pub(crate) use moved::Moved;
use parted::parted;

/// Characters of a name that people give.
const LONGEST_NAME: usize = 200;

/// Two of a kind, and whether they are one.
type Pair<T> = (bool, T, T);

/// Where an event stands that was decided on: found again by its words when the document is read
/// anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    document: String,
    mention: String,
    start: i64,
    trigger: String,
}

/// The decisions that count, the newest first.
#[derive(Debug, Default)]
pub(crate) struct Decided {
    stories: Vec<Pair<i64>>,
    events: Vec<Pair<i64>>,
    sources: Vec<Pair<String>>,
    /// Sources, each with the letter that an analyst set on it.
    letters: Vec<(String, String)>,
    /// Sources, each with the name that people gave it.
    names: Vec<(String, String)>,
}

impl Decided {
    pub(crate) fn of(c: &Connection, journal: &[LinkDecision]) -> Result<Self> {
        let undone: BTreeSet<i64> = journal.iter().filter_map(|e| e.undoes).collect();
        let mut out = Self::default();
        for entry in journal.iter().rev().filter(|e| !undone.contains(&e.id)) {
            let Some(same) = entry.same else { continue };
            match entry.kind {
                LinkKind::Story => {
                    let (a, b) = (document(c, &entry.a)?, document(c, &entry.b)?);
                    out.stories.extend(a.zip(b).map(|(a, b)| (same, a, b)));
                }
                LinkKind::Event => {
                    let (a, b) = (mention(c, &entry.a)?, mention(c, &entry.b)?);
                    out.events.extend(a.zip(b).map(|(a, b)| (same, a, b)));
                }
                LinkKind::Source => out.sources.push((same, key(&entry.a), key(&entry.b))),
                LinkKind::Letter => out.letters.push((key(&entry.a), entry.b.clone())),
                LinkKind::Name => out.names.push((key(&entry.a), entry.b.clone())),
            }
        }
        Ok(out)
    }

    /// What people decided on two names of sources, or what follows: who is one with one that is one with
    /// another is one with that, but where it was decided otherwise. `None` where nothing follows.
    pub(crate) fn are_one(&self, a: &str, b: &str) -> Option<bool> {
        if self.sources.is_empty() {
            return None;
        }
        let (a, b) = (key(a), key(b));
        let follows = || group(&a, &self.joined()).contains(&b).then_some(true);
        self.decided_on(&a, &b).or_else(follows)
    }

    /// The newest decision on just these two.
    fn decided_on(&self, a: &str, b: &str) -> Option<bool> {
        let found = self
            .sources
            .iter()
            .find(|(_, x, y)| (x == a && y == b) || (x == b && y == a));
        found.map(|(same, ..)| *same)
    }

    /// Names of sources that were decided to be one's, two by two.
    pub(crate) fn joined(&self) -> impl Iterator<Item = [&str; 2]> + Clone {
        let joined = self
            .sources
            .iter()
            .filter(|(_, a, b)| self.decided_on(a, b) == Some(true));
        joined.map(|(_, a, b)| [a.as_str(), b.as_str()])
    }

    /// The letter that an analyst set on a source last.
    pub(crate) fn letter(&self, name: &str) -> Option<&str> {
        let name = key(name);
        let found = self.letters.iter().find(|(of, _)| *of == name);
        found.map(|(_, letter)| letter.as_str())
    }

    /// The name that people gave a source last, it or one that they decided to be one with it.
    pub(crate) fn called(&self, name: &str) -> Option<&str> {
        let all = self.with(name);
        let found = self.names.iter().find(|(of, _)| all.contains(of));
        found.map(|(_, called)| called.as_str())
    }

    /// The names of all sources that are one with a source by what people decided, as they are compared, itself
    /// first.
    pub(crate) fn with(&self, name: &str) -> Vec<String> {
        let name = key(name);
        let mut all = group(&name, &self.joined());
        all.retain(|other| self.decided_on(&name, other) != Some(false));
        all
    }

    /// The name that stands for a source among those decided to be one with it: the first by letters.
    pub(crate) fn name_of(&self, name: &str) -> Option<String> {
        let all = self.with(name);
        let others = all.len() > 1;
        all.into_iter().min().filter(|_| others)
    }

    /// Of each document whose story people changed, the document that names its story now.
    pub(crate) fn stories(&self, c: &Connection) -> Result<HashMap<i64, i64>> {
        let mut groups: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let mut find = c.prepare_cached("SELECT story FROM story WHERE document = ?1")?;
        let mut all = c.prepare_cached(
            "SELECT t.document FROM story t JOIN link_document l ON l.document = t.document JOIN document d ON d.id = t.document WHERE t.story = ?1 ORDER BY l.at IS NULL, l.at, d.name",
        )?;
        for end in ends(&self.stories) {
            let story: Option<i64> = find.query_row([end], |row| row.get(0)).optional()?;
            if let Some(story) = story.filter(|s| !groups.contains_key(s)) {
                let members = all.query_map([story], |row| row.get(0))?;
                groups.insert(story, members.collect::<Result<_>>()?);
            }
        }
        let mut edges = Vec::new();
        let mut near =
            c.prepare_cached("SELECT other, likeness FROM story_near WHERE document = ?1")?;
        for document in groups.values().flatten() {
            let found = near.query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for row in found {
                let (other, likeness): (i64, f64) = row?;
                edges.push((millionths(likeness), *document, other));
            }
        }
        let order = |c: &Connection, document: i64| -> Result<(bool, String, String)> {
            c.prepare_cached("SELECT l.at IS NULL, coalesce(l.at, ''), d.name FROM link_document l JOIN document d ON d.id = l.document WHERE l.document = ?1")?
                .query_row([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        };
        named(c, &groups, &self.stories, &edges, order)
    }

    /// Of each mention whose event people changed, the mention that names its event now.
    pub(crate) fn events(&self, c: &Connection) -> Result<HashMap<i64, i64>> {
        let mut groups: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let mut documents: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let mut find = c.prepare_cached("SELECT event FROM event_link WHERE mention = ?1")?;
        let mut all =
            c.prepare_cached("SELECT mention, document FROM event_link WHERE event = ?1")?;
        let mut rows = c.prepare_cached(
            "SELECT mention FROM event_link WHERE document = ?1 ORDER BY mention",
        )?;
        for end in ends(&self.events) {
            let event: Option<i64> = find.query_row([end], |row| row.get(0)).optional()?;
            let Some(event) = event.filter(|e| !groups.contains_key(e)) else {
                continue;
            };
            let found = all.query_map([event], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for row in found {
                let (mention, document): (i64, i64) = row?;
                groups.entry(event).or_default().push(mention);
                if let std::collections::btree_map::Entry::Vacant(entry) = documents.entry(document)
                {
                    let of = rows.query_map([document], |row| row.get(0))?;
                    entry.insert(of.collect::<Result<_>>()?);
                }
            }
        }
        let mut edges = Vec::new();
        let mut near = c.prepare_cached(
            "SELECT other, scores FROM event_near WHERE document = ?1 AND other >= ?1",
        )?;
        for (document, mentions) in &documents {
            let found = near.query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for row in found {
                let (other, scores): (i64, Vec<u8>) = row?;
                let Some(others) = documents.get(&other) else {
                    continue;
                };
                for (i, j, score) in Scores::of(&scores).0 {
                    let pair = mentions.get(i).zip(others.get(j));
                    edges.extend(pair.map(|(a, b)| (score, *a, *b)));
                }
            }
        }
        let order = |c: &Connection, mention: i64| -> Result<(bool, String, String, i64, i64)> {
            c.prepare_cached("SELECT p.at IS NULL, coalesce(p.at, ''), d.name, m.start, m.id FROM event_link l JOIN event_mention m ON m.id = l.mention JOIN link_document p ON p.document = l.document JOIN document d ON d.id = l.document WHERE l.mention = ?1")?
                .query_row([mention], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        };
        named(c, &groups, &self.events, &edges, order)
    }
}

/// All names that hang together with one by pairs, itself first.
pub(crate) fn group<'n>(
    name: &str,
    pairs: &(impl Iterator<Item = [&'n str; 2]> + Clone),
) -> Vec<String> {
    let mut all = vec![name.to_owned()];
    let mut at = 0;
    while let Some(known) = all.get(at).cloned() {
        for [a, b] in pairs.clone() {
            for (one, other) in [(a, b), (b, a)] {
                if one == known && !all.iter().any(|n| n == other) {
                    all.push(other.to_owned());
                }
            }
        }
        at += 1;
    }
    all
}

/// Groups as people want them; of each member the first in the order of time.
fn named<O: Ord>(
    c: &Connection,
    groups: &BTreeMap<i64, Vec<i64>>,
    decisions: &[Pair<i64>],
    edges: &[(u32, i64, i64)],
    order: impl Fn(&Connection, i64) -> Result<O>,
) -> Result<HashMap<i64, i64>> {
    let mut sorted: Vec<(O, i64)> = Vec::new();
    for member in groups.values().flatten() {
        sorted.push((order(c, *member)?, *member));
    }
    sorted.sort();
    let members: Vec<i64> = sorted.into_iter().map(|(_, member)| member).collect();
    let groups: Vec<Vec<i64>> = groups.values().cloned().collect();
    Ok(parted(&members, &groups, decisions, edges))
}

fn ends(decisions: &[Pair<i64>]) -> BTreeSet<i64> {
    decisions.iter().flat_map(|(_, a, b)| [*a, *b]).collect()
}

#[expect(clippy::cast_sign_loss, reason = "likeness lies between 0 and 1")]
fn millionths(likeness: f64) -> u32 {
    (likeness * 1e6).round() as u32
}

/// How a source that is named as claims tell it stands in documents: "officials
/// (Fjord Times’s)", "Marat Ospanbek, director of Altyn-Sai".
pub(crate) fn spellings(name: &str) -> [&str; 2] {
    let words = name.rsplit_once(" (").map_or(name, |(words, _)| words);
    let bare = words.split_once(", ").map_or(words, |(bare, _)| bare);
    [words, bare]
}

/// A source's name as it is compared.
pub(crate) fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

pub(crate) fn document(c: &Connection, name: &str) -> Result<Option<i64>> {
    c.prepare_cached("SELECT id FROM document WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()
}

/// The mention that stands where one stood when it was decided on, or else the nearest of the same words.
fn mention(c: &Connection, place: &str) -> Result<Option<i64>> {
    let Ok(place) = serde_json::from_str::<Place>(place) else {
        return Ok(None);
    };
    c.prepare_cached("SELECT l.mention FROM event_link l JOIN document d ON d.id = l.document JOIN event_mention m ON m.id = l.mention WHERE d.name = ?1 AND m.\"trigger\" = ?2 ORDER BY abs(m.start - ?3), m.id LIMIT 1")?
        .query_row((place.document, place.trigger, place.start), |row| row.get(0))
        .optional()
}

/// Decides that two are one, or are not, and gives the entry's number in the journal of links.
pub fn relate(
    case: &mut Case,
    reviewer: Reviewer,
    kind: LinkKind,
    same: bool,
    names: [&str; 2],
) -> Result<i64, LinkError> {
    let mut ends = Vec::with_capacity(2);
    for name in names {
        let found = end(case.connection(), kind, name).map_err(|e| case.error(e))?;
        ends.push(found.ok_or_else(|| unknown(kind, name))?);
    }
    let [a, b] = ends.as_slice() else {
        return Err(unknown(kind, ""));
    };
    if a == b {
        return Err(LinkError::Unknown(format!(
            "{}: both are the same one; name two",
            names[0]
        )));
    }
    Ok(case.decide_link(reviewer, kind, same, [a.as_str(), b.as_str()])?)
}

/// Sets a letter of the Admiralty Code, from A to F, on a source, and gives the entry's number in the
/// journal of links.
pub fn set_letter(
    case: &mut Case,
    reviewer: Reviewer,
    source: &str,
    letter: &str,
) -> Result<i64, LinkError> {
    let letter = letter.trim().to_uppercase();
    if !["A", "B", "C", "D", "E", "F"].contains(&letter.as_str()) {
        return Err(LinkError::Unknown(format!(
            "{letter}: that is no letter of the Admiralty Code; give one from A to F"
        )));
    }
    let kind = LinkKind::Letter;
    let found = end(case.connection(), kind, source).map_err(|e| case.error(e))?;
    let name = found.ok_or_else(|| unknown(kind, source))?;
    Ok(case.decide_link(reviewer, kind, true, [&name, &letter])?)
}

/// Gives a source the name by which it is shown, and gives the entry's number in the journal of
/// links. What texts call it stays beside it.
pub fn set_name(
    case: &mut Case,
    reviewer: Reviewer,
    source: &str,
    name: &str,
) -> Result<i64, LinkError> {
    let name = name.trim();
    let is_name = !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(char::is_control);
    if !is_name {
        return Err(LinkError::Unknown(format!(
            "a name has 1 to {LONGEST_NAME} characters on one line; give another for {source}"
        )));
    }
    let kind = LinkKind::Name;
    let found = end(case.connection(), kind, source).map_err(|e| case.error(e))?;
    let source = found.ok_or_else(|| unknown(kind, source))?;
    Ok(case.decide_link(reviewer, kind, true, [&source, name])?)
}

/// One of the two as the journal keeps it; `None` where the case has nothing of that name.
fn end(c: &Connection, kind: LinkKind, name: &str) -> Result<Option<String>> {
    match kind {
        LinkKind::Story => Ok(document(c, name)?.map(|_| name.to_owned())),
        LinkKind::Event => {
            let Some(target) = Target::parse(name) else {
                return Ok(None);
            };
            let place = c
                .prepare_cached("SELECT m.start, m.\"trigger\" FROM event_link l JOIN document d ON d.id = l.document JOIN event_mention m ON m.id = l.mention WHERE d.name = ?1 AND m.local = ?2")?
                .query_row((&target.document, &target.local), |row| {
                    Ok(Place {
                        document: target.document.clone(),
                        mention: target.local.clone(),
                        start: row.get(0)?,
                        trigger: row.get(1)?,
                    })
                })
                .optional()?;
            Ok(place.and_then(|place| serde_json::to_string(&place).ok()))
        }
        LinkKind::Source | LinkKind::Letter | LinkKind::Name => {
            let known: bool = c
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM hop WHERE name IN (?1, ?2) OR words IN (?1, ?2)) OR EXISTS (SELECT 1 FROM attribution WHERE source_name IN (?1, ?2) OR source IN (?1, ?2) OR origin IN (?1, ?2)) OR EXISTS (SELECT 1 FROM house WHERE name IN (?1, ?2))")?
                .query_row(spellings(name), |row| row.get(0))?;
            Ok(known.then(|| name.trim().to_owned()))
        }
    }
}

fn unknown(kind: LinkKind, name: &str) -> LinkError {
    LinkError::Unknown(match kind {
        LinkKind::Story => {
            format!("{name}: there is no such document in the case; `sayso stories` lists them")
        }
        LinkKind::Event => format!(
            "{name}: there is no such event, linked, in the case; name one as DOCUMENT#v1, as `sayso claims` does"
        ),
        LinkKind::Source | LinkKind::Letter | LinkKind::Name => format!(
            "{name}: nothing in the case is said by a source of that name; give it as `sayso claim` tells it"
        ),
    })
}

/// What people decided on the names of sources.
pub struct SourceNames(Decided);

impl SourceNames {
    /// As it is decided now.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case) -> std::result::Result<Self, LinkError> {
        let journal = case.link_decisions()?;
        let decided = Decided::of(case.connection(), &journal).map_err(|e| case.error(e))?;
        Ok(Self(decided))
    }

    /// The name that people gave a source; `None` where they gave none.
    pub fn called(&self, name: &str) -> Option<&str> {
        self.0.called(name)
    }

    /// The names that people decided to be one source's, in lower case, the given one first.
    pub fn with(&self, name: &str) -> Vec<String> {
        self.0.with(name)
    }

    /// The letter that an analyst set on a source; `None` where nobody did.
    pub fn letter(&self, name: &str) -> Option<&str> {
        self.0.letter(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(sources: &[(bool, &str, &str)]) -> Decided {
        Decided {
            sources: sources
                .iter()
                .map(|(same, a, b)| (*same, key(a), key(b)))
                .collect(),
            ..Decided::default()
        }
    }

    #[test]
    fn who_is_one_with_one_of_them_is_one_with_all() {
        let decided = decided(&[
            (true, "IRGC", "the Guards"),
            (true, "the Guards", "Pasdaran"),
        ]);
        assert_eq!(decided.are_one("irgc", "Pasdaran"), Some(true));
        assert_eq!(decided.are_one("IRGC", "Hezbollah"), None);
        assert_eq!(decided.with("Pasdaran"), ["pasdaran", "the guards", "irgc"]);
        assert_eq!(decided.name_of("Pasdaran").as_deref(), Some("irgc"));
        assert_eq!(decided.name_of("Hezbollah"), None);
    }

    #[test]
    fn what_was_decided_on_two_goes_before_what_follows_and_the_newest_counts() {
        let apart = decided(&[(false, "A", "C"), (true, "A", "B"), (true, "B", "C")]);
        assert_eq!(apart.are_one("A", "C"), Some(false));
        assert_eq!(apart.with("A"), ["a", "b"]);
        // the newest stands first
        let parted = decided(&[(false, "A", "B"), (true, "A", "B"), (true, "B", "C")]);
        assert_eq!(parted.are_one("A", "B"), Some(false));
        assert_eq!(parted.are_one("A", "C"), None);
    }
}
