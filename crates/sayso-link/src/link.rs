//! Bringing the links of a case up to date.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use sayso_case::{Case, CaseError, Sealed, sealed};
use sayso_read::{Outlets, credit, house};
use sayso_reading::Document;

use crate::LinkError;
use crate::claims::{Claim, Desk};
use crate::copies::{self, Changed, Copy, Rewrite};
use crate::decisions::{Decided, Moved};
use crate::events::{self, Described, InEvent, Shelf, Table};
use crate::origins::{self, Origin};
use crate::standings;
use crate::stories::{self, InStory, Page, Vector};

/// Documents that are linked together.
const BATCH: i64 = 2000;
/// Pairs of documents whose events are compared together.
const PAIRS: usize = 4000;
/// Event mentions that are joined together.
const MENTIONS: usize = 5000;

/// What linking did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Linked {
    /// Documents that were linked, or linked anew.
    pub documents: usize,
}

/// How far linking has come, as it is told meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many documents more were linked; their events are still to come.
    Documents(usize),
    /// So many of all pairs of documents that lie near each other have their events compared.
    Compared {
        /// Pairs that are done.
        done: usize,
        /// All pairs.
        of: usize,
    },
    /// So many of all event mentions that have to be are joined anew.
    Joined {
        /// Mentions that are done.
        done: usize,
        /// All mentions.
        of: usize,
    },
    /// So many of all claims and stories of which lists are kept, and that something touches, are put
    /// together anew.
    Told {
        /// Claims and stories that are done.
        done: usize,
        /// All of them.
        of: usize,
    },
}

/// Links the documents of cases.
#[derive(Debug, Default)]
pub struct Linker {
    outlets: Outlets,
}

/// What is linked of a document.
struct Read {
    version: i64,
    house: Option<String>,
    credit: Option<String>,
    at: Option<String>,
    day: Option<i32>,
    vector: Vector,
    text: String,
    /// Its events, described, as they are kept.
    events: Vec<u8>,
}

/// How far linking has come.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    scheme: i64,
    reading: i64,
    review: i64,
}

impl Linker {
    /// One that knows these outlets.
    pub const fn new(outlets: Outlets) -> Self {
        Self { outlets }
    }

    /// Links what came to a case, or was changed or decided on, since it was last linked. Each
    /// batch is on the disk before the next begins; `each` is told of it.
    pub fn link(&self, case: &mut Case, mut each: impl FnMut(Step)) -> Result<Linked, LinkError> {
        case.relaxed(|case| self.link_all(case, &mut each))
    }

    fn link_all(&self, case: &mut Case, each: &mut impl FnMut(Step)) -> Result<Linked, LinkError> {
        let mut done = Linked::default();
        let path = case.path().to_owned();
        let told = |e| LinkError::from(CaseError::at(&path, e));
        while is_behind(case.connection()).map_err(told)? {
            let n = case.write(|t| self.batch(t).map_err(told))?;
            done.documents += n;
            each(Step::Documents(n));
            put_away(case, n)?;
        }
        let todo = events::to_compare(case.connection()).map_err(told)?;
        let mut held = Shelf::new(&todo);
        let mut compared = 0;
        for some in todo.chunks(PAIRS) {
            case.write(|t| events::update(t, &mut held, some).map_err(told))?;
            put_away(case, some.len())?;
            compared += some.len();
            each(Step::Compared {
                done: compared,
                of: todo.len(),
            });
        }
        let todo = events::to_join(case.connection()).map_err(told)?;
        let mut table = Table::default();
        let mut joined = 0;
        for some in todo.chunks(MENTIONS) {
            case.write(|t| events::join(t, &mut table, some).map_err(told))?;
            put_away(case, some.len())?;
            joined += some.len();
            each(Step::Joined {
                done: joined,
                of: todo.len(),
            });
        }
        standings::update(case, each)?;
        Ok(done)
    }

    fn batch(&self, t: &Transaction) -> rusqlite::Result<usize> {
        let mut state = state(t)?;
        if state.scheme != copies::SCHEME {
            forget_all(t)?;
            state = State {
                scheme: copies::SCHEME,
                ..State::default()
            };
        }
        let (documents, next) = next_batch(t, state)?;
        self.relink(t, &documents)?;
        t.execute(
            "INSERT OR REPLACE INTO link_state (id, scheme, reading, review) VALUES (1, ?1, ?2, ?3)",
            (next.scheme, next.reading, next.review),
        )?;
        Ok(documents.len())
    }

    /// What is linked of a document.
    fn read(&self, sealed: Sealed) -> rusqlite::Result<Read> {
        let version = sealed.version();
        let rows = sealed.event_rows();
        let reading = sealed.open()?;
        let described = Described::new(events::page(&reading), &rows);
        let document = reading.document;
        Ok(Read {
            version,
            house: house(&document, &self.outlets),
            credit: credit(&document, &self.outlets).map(|c| c.outlet),
            at: published(&document),
            day: stories::day(&document),
            vector: Vector::of(&document),
            text: document.text().to_owned(),
            events: described.to_bytes()?,
        })
    }

    fn relink(&self, t: &Transaction, documents: &[i64]) -> rusqlite::Result<()> {
        let mut found: Vec<(i64, Sealed)> = Vec::with_capacity(documents.len());
        for document in documents {
            found.extend(sealed(t, *document)?.map(|sealed| (*document, sealed)));
        }
        let read: Vec<(i64, Read)> = found
            .into_par_iter()
            .map(|(document, sealed)| Ok((document, self.read(sealed)?)))
            .collect::<rusqlite::Result<_>>()?;
        let mut changed = Vec::with_capacity(documents.len());
        let mut told = Vec::with_capacity(documents.len());
        for (document, read) in read {
            told.push(Page {
                document,
                day: read.day,
                vector: read.vector,
            });
            let before = linked(t, document)?;
            events::keep(t, document, &read.events)?;
            let house = read.house.map(|name| house_row(t, &name)).transpose()?;
            let credit = read.credit.map(|name| house_row(t, &name)).transpose()?;
            t.prepare_cached(
                "INSERT OR REPLACE INTO link_document (document, version, house, credit, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((document, read.version, house, credit, read.at))?;
            changed.push(Changed {
                document,
                before,
                now: (read.text, house.unwrap_or(-document)),
            });
        }
        copies::update(t, &changed)?;
        let pairs = stories::update(t, &told)?;
        events::later(t, documents, &pairs)
    }
}

/// After much was written, puts the log away; after little, whoever writes next does.
pub(crate) fn put_away(case: &Case, written: usize) -> Result<(), CaseError> {
    const MUCH: usize = 1000;
    if written < MUCH {
        return Ok(());
    }
    case.put_log_away()
}

/// How many documents came, or were decided on, and how many decisions were made on links, since the
/// case was last linked.
pub fn waiting(case: &Case) -> Result<usize, LinkError> {
    let c = case.connection();
    let waiting = state(c).and_then(|state| {
        c.query_row(
            "SELECT (SELECT count(DISTINCT v.document) FROM reading g JOIN version v ON v.id = g.version WHERE g.id > ?1) + (SELECT count(DISTINCT document) FROM review WHERE id > ?2)",
            (state.reading, state.review),
            |row| row.get::<_, i64>(0),
        )
        .and_then(|documents| Ok(documents + standings::undecided(c)?))
    });
    let waiting = waiting.map_err(|e| case.error(e))?;
    Ok(usize::try_from(waiting).unwrap_or(0))
}

/// Copies among the documents of a case, by their names.
pub fn copies(case: &Case) -> Result<Vec<Copy>, LinkError> {
    is_linked(case)?;
    copies::all(case.connection()).map_err(|e| case.error(e).into())
}

/// Copies that one document is among, by its name.
pub fn copies_of(case: &Case, document: &str) -> Result<Vec<Copy>, LinkError> {
    is_linked(case)?;
    copies::of(case.connection(), document).map_err(|e| case.error(e).into())
}

/// Documents of a case that tell another outlet's report in words of their own, and say so.
pub fn rewrites(case: &Case) -> Result<Vec<Rewrite>, LinkError> {
    is_linked(case)?;
    copies::rewrites(case.connection()).map_err(|e| case.error(e).into())
}

/// The documents of a case with the stories they belong to.
pub fn stories(case: &Case) -> Result<Vec<InStory>, LinkError> {
    is_linked(case)?;
    let decided = decided(case)?;
    let told = |c| stories::all(c, &Moved::new(decided.stories(c)?));
    told(case.connection()).map_err(|e| case.error(e).into())
}

/// The event mentions of a case with the events across documents that they are of.
pub fn events(case: &Case) -> Result<Vec<InEvent>, LinkError> {
    is_linked(case)?;
    let decided = decided(case)?;
    let told = |c| events::all(c, &decided.events(c)?);
    told(case.connection()).map_err(|e| case.error(e).into())
}

/// What is claimed in the documents of a case, and what stands behind it.
pub fn claims(case: &Case) -> Result<Vec<Claim>, LinkError> {
    is_linked(case)?;
    let decided = decided(case)?;
    let told = Desk::new(case.connection(), &decided).and_then(|mut desk| desk.all());
    told.map_err(|e| case.error(e).into())
}

/// A claim, by the name of any event mention in it: `DOCUMENT#v1`.
pub fn claim(case: &Case, name: &str) -> Result<Claim, LinkError> {
    is_linked(case)?;
    let decided = decided(case)?;
    let found = Desk::new(case.connection(), &decided).and_then(|desk| desk.one(name));
    let found = found.map_err(|e| case.error(e))?;
    found.ok_or_else(|| {
        LinkError::Unknown(format!(
            "{name}: there is no such claim; `sayso claims` lists them"
        ))
    })
}

/// Who stands behind the reports of a case.
pub fn origins(case: &Case) -> Result<Vec<Origin>, LinkError> {
    is_linked(case)?;
    let decided = decided(case)?;
    origins::all(case.connection(), &Outlets::default(), &decided).map_err(|e| case.error(e).into())
}

pub(crate) fn decided(case: &Case) -> Result<Decided, LinkError> {
    let journal = case.link_decisions()?;
    let decided = Decided::of(case.connection(), &journal);
    decided.map_err(|e| case.error(e).into())
}

/// When it was published, so that what sorts sooner is earlier; `None` where the page does not say.
fn published(document: &Document) -> Option<String> {
    Some(document.published.as_ref()?.earliest()?.to_string())
}

pub(crate) fn is_linked(case: &Case) -> Result<(), LinkError> {
    let state = state(case.connection()).map_err(|e| case.error(e))?;
    if state.scheme == 0 {
        return Err(LinkError::NotLinked(case.path().to_owned()));
    }
    Ok(())
}

/// Whether something came, or was decided on, since the case was last linked; or it was linked in
/// another way.
fn is_behind(c: &Connection) -> rusqlite::Result<bool> {
    let state = state(c)?;
    let is_new: bool = c.query_row(
        "SELECT EXISTS (SELECT 1 FROM reading WHERE id > ?1) OR EXISTS (SELECT 1 FROM review WHERE id > ?2)",
        (state.reading, state.review),
        |row| row.get(0),
    )?;
    Ok(is_new || state.scheme != copies::SCHEME)
}

fn state(c: &Connection) -> rusqlite::Result<State> {
    let found = c
        .query_row(
            "SELECT scheme, reading, review FROM link_state",
            [],
            |row| {
                Ok(State {
                    scheme: row.get(0)?,
                    reading: row.get(1)?,
                    review: row.get(2)?,
                })
            },
        )
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Documents that have something new, and how far linking has come when they are linked: first
/// those with new readings, in the order in which these came, then those decided on.
fn next_batch(c: &Connection, state: State) -> rusqlite::Result<(Vec<i64>, State)> {
    let mut documents = BTreeSet::new();
    let mut next = state;
    let mut statement = c.prepare_cached(
        "SELECT g.id, v.document FROM reading g JOIN version v ON v.id = g.version WHERE g.id > ?1 ORDER BY g.id LIMIT ?2",
    )?;
    let mut rows = statement.query((state.reading, BATCH))?;
    while let Some(row) = rows.next()? {
        next.reading = row.get(0)?;
        documents.insert(row.get(1)?);
    }
    if documents.is_empty() {
        let mut statement =
            c.prepare_cached("SELECT id, document FROM review WHERE id > ?1 ORDER BY id LIMIT ?2")?;
        let mut rows = statement.query((state.review, BATCH))?;
        while let Some(row) = rows.next()? {
            next.review = row.get(0)?;
            documents.insert(row.get(1)?);
        }
    }
    Ok((documents.into_iter().collect(), next))
}

/// A document's text and house as it was linked.
fn linked(c: &Connection, document: i64) -> rusqlite::Result<Option<(String, i64)>> {
    c.prepare_cached("SELECT v.text, coalesce(l.house, -l.document) FROM link_document l JOIN version v ON v.id = l.version WHERE l.document = ?1")?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

fn house_row(c: &Connection, name: &str) -> rusqlite::Result<i64> {
    c.prepare_cached("INSERT INTO house (name) VALUES (?1) ON CONFLICT DO NOTHING")?
        .execute([name])?;
    c.prepare_cached("SELECT id FROM house WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
}

fn forget_all(c: &Connection) -> rusqlite::Result<()> {
    c.execute_batch("DELETE FROM event_dirty; DELETE FROM event_todo; DELETE FROM event_near; DELETE FROM event_link; DELETE FROM event_page; DELETE FROM story; DELETE FROM story_near; DELETE FROM story_key; DELETE FROM story_page; DELETE FROM copy; DELETE FROM copy_run; DELETE FROM link_document; DELETE FROM link_state;")?;
    standings::forget(c)
}
