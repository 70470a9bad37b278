//! Review: what people decide on attributions and events, kept in a journal.
//!
//! A decision never changes a row of a reading: the row ends with the change, and another, made
//! from the corrected item, begins. The journal has who, when and why.

mod agreement;
mod anchor;
pub(crate) mod carry;
mod export;
mod field;
mod found;
pub(crate) mod item;
pub(crate) mod journal;
mod judged;
pub(crate) mod links;
mod second;
mod work;

use std::collections::HashSet;

use rusqlite::OptionalExtension as _;
use serde_json::Value;

pub use agreement::{Agreement, Disagreement, Pair};
pub use export::Export;
pub use item::Kind;
pub use journal::Entry;
pub use judged::{Judged, Judgement, Verdict};
pub use links::{LinkDecision, LinkKind};
pub use second::{SecondLook, SecondLooks};

use crate::fetch::{self, Current};
use crate::{Case, CaseError};
use anchor::Anchor;
use item::Item;
use journal::Draft;
use work::Work;

/// An attribution or event of a document: `DOCUMENT#a3`, `DOCUMENT#v1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The document's name.
    pub document: String,
    /// The id within its reading.
    pub local: String,
}

impl Target {
    /// Takes `DOCUMENT#a3` apart; `None` where it is nothing of the kind.
    pub fn parse(given: &str) -> Option<Self> {
        let (document, local) = given.rsplit_once('#')?;
        (!document.is_empty() && Kind::of_local(local).is_some()).then(|| Self {
            document: document.to_owned(),
            local: local.to_owned(),
        })
    }
}

/// What is decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// It is right.
    Accept(Target),
    /// There is no such thing.
    Reject(Target),
    /// One of its fields is to be this.
    Correct {
        /// Of what.
        target: Target,
        /// Which field, such as `act` or `source.kind`.
        field: String,
        /// The field's value from now on, as in the contract of readings; words for spans.
        value: Value,
    },
    /// Something was missed.
    Add {
        /// In which document.
        document: String,
        /// What.
        kind: Kind,
        /// The item as in the contract of readings, or only its known fields, with words for what
        /// stands in the text; its id is given here.
        item: Value,
    },
    /// An earlier decision is to count no more.
    Undo(i64),
}

/// Who decides, and why.
#[derive(Debug, Clone, Copy)]
pub struct Reviewer<'a> {
    /// A name or sign.
    pub who: &'a str,
    /// In words.
    pub why: Option<&'a str>,
}

impl Case {
    /// Decides and gives the entry's number; when this returns it is on the disk.
    pub fn decide(&mut self, reviewer: Reviewer, action: &Action) -> Result<i64, CaseError> {
        self.journaled(reviewer, |case| case.act(reviewer, action, false))
    }

    /// Takes down what a second reviewer thinks of something as the reader found it, whatever
    /// others decided, and gives the entry's number. It counts for agreement and changes nothing
    /// else; where reviewers differ, a decision settles it.
    pub fn opine(&mut self, reviewer: Reviewer, action: &Action) -> Result<i64, CaseError> {
        if matches!(action, Action::Add { .. }) {
            return Err(CaseError::Review(
                "a second opinion is on what the reader found; add what was missed as a decision"
                    .to_owned(),
            ));
        }
        self.journaled(reviewer, |case| case.act(reviewer, action, true))
    }

    /// Does something for the journal as a whole or not at all.
    fn journaled(
        &mut self,
        reviewer: Reviewer,
        work: impl FnOnce(&Self) -> Result<i64, CaseError>,
    ) -> Result<i64, CaseError> {
        if reviewer.who.trim().is_empty() {
            return Err(CaseError::Review(
                "a decision needs a name: say who decides".to_owned(),
            ));
        }
        let path = self.path().to_owned();
        // held from the first look on, so that what is decided on is still there at the end
        let begun = self.told(|c| c.execute_batch("BEGIN IMMEDIATE"));
        begun?;
        let done = work(self);
        let ending = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended = self.connection.execute_batch(ending);
        let entry = done?;
        ended.map_err(|e| CaseError::at(&path, e))?;
        Ok(entry)
    }

    /// Decides, or takes down an opinion; the transaction has begun.
    fn act(&self, reviewer: Reviewer, action: &Action, opinion: bool) -> Result<i64, CaseError> {
        let on = |target, word, field: Option<(&str, &Value)>| {
            self.on(reviewer, target, word, field, opinion)
        };
        match action {
            Action::Accept(target) => on(target, "accept", None),
            Action::Reject(target) => on(target, "reject", None),
            Action::Correct {
                target,
                field,
                value,
            } => on(target, "correct", Some((field, value))),
            Action::Add {
                document,
                kind,
                item,
            } => self.add_item(reviewer, document, *kind, item),
            Action::Undo(entry) => self.undo(reviewer, *entry),
        }
    }

    fn on(
        &self,
        reviewer: Reviewer,
        target: &Target,
        action: &'static str,
        field: Option<(&str, &Value)>,
        opinion: bool,
    ) -> Result<i64, CaseError> {
        let (current, found) = if opinion {
            let current = Current::of(self, &target.document)?;
            let found = self.found_by_reader(&current, target)?;
            (current, found)
        } else {
            let current = self.current(&target.document)?;
            let found = self.found(&current, target)?;
            (current, found)
        };
        let corrected = field
            .map(|(field, value)| found.corrected(field, value))
            .transpose()?;
        let anchor = found.anchor(&current.reading)?;
        let work = Work::begin(self, &current)?;
        let entry = work.journal(&Draft {
            change: work.since,
            who: reviewer.who,
            why: reviewer.why,
            document: current.document,
            kind: found.kind,
            target: Some(found.row),
            action,
            field: corrected.as_ref().map(|c| c.field.as_str()),
            before: corrected.as_ref().map(|c| &c.before),
            after: corrected.as_ref().map(|c| &c.after),
            anchor: &anchor,
            undoes: None,
            opinion,
        })?;
        if opinion {
            return Ok(entry);
        }
        if action != "accept" {
            work.close(found.kind, found.row)?;
        }
        if let Some(corrected) = &corrected {
            work.open(found.kind, &corrected.item, entry)?;
        }
        work.end()?;
        Ok(entry)
    }

    fn add_item(
        &self,
        reviewer: Reviewer,
        document: &str,
        kind: Kind,
        item: &Value,
    ) -> Result<i64, CaseError> {
        let current = self.current(document)?;
        let refused =
            |reason| CaseError::Review(format!("{document}: this cannot be added: {reason}"));
        let mut value = field::drafted(kind, item, &current.reading).map_err(refused)?;
        let local = self.told(|c| work::next_local(c, kind, current.id))?;
        if let Some(fields) = value.as_object_mut() {
            fields.insert("id".to_owned(), Value::String(local));
        }
        let parsed = Item::of_json(kind, value.clone(), &current.reading).map_err(refused)?;
        parsed.check(&current.reading).map_err(refused)?;
        let anchor = Anchor::of(&parsed, &current.reading).map_err(refused)?;
        let anchor = serde_json::to_string(&anchor).map_err(|e| refused(e.to_string()))?;
        let work = Work::begin(self, &current)?;
        let entry = work.journal(&Draft {
            change: work.since,
            who: reviewer.who,
            why: reviewer.why,
            document: current.document,
            kind,
            target: None,
            action: "add",
            field: None,
            before: None,
            after: Some(&value),
            anchor: &anchor,
            undoes: None,
            opinion: false,
        })?;
        work.open(kind, &parsed, entry)?;
        work.end()?;
        Ok(entry)
    }

    /// What an entry did is done back; what was decided after it on the same thing goes first.
    fn undo(&self, reviewer: Reviewer, undone: i64) -> Result<i64, CaseError> {
        let refused = |reason: String| CaseError::Review(format!("entry {undone}: {reason}"));
        let entry = self.told(|c| journal::one(c, undone))?.ok_or_else(|| {
            CaseError::Unknown(format!(
                "entry {undone}: there is no such entry; `sayso review CASE --journal` lists them"
            ))
        })?;
        let again: Option<i64> = self.told(|c| {
            c.query_row("SELECT id FROM review WHERE undoes = ?1", [undone], |row| {
                row.get(0)
            })
            .optional()
        })?;
        if let Some(again) = again {
            return Err(refused(format!("entry {again} has undone it already")));
        }
        if entry.action == "undo" {
            return Err(refused("it undoes another; decide anew instead".to_owned()));
        }
        let current = self.current(&entry.document)?;
        let anchor: Anchor = serde_json::from_str(&entry.anchor).map_err(|_| self.damaged())?;
        // where the decision stands now: its own row, or the one it was carried to
        let made: Option<i64> = self.told(|c| standing(c, &entry, current.id))?;
        let work = Work::begin(self, &current)?;
        let id = work.journal(&Draft {
            change: work.since,
            who: reviewer.who,
            why: reviewer.why,
            document: current.document,
            kind: entry.kind,
            target: made.or(entry.target),
            action: "undo",
            field: entry.field.as_deref(),
            before: entry.after.as_ref(),
            after: entry.before.as_ref(),
            anchor: &entry.anchor,
            undoes: Some(undone),
            opinion: entry.opinion,
        })?;
        if entry.opinion {
            return Ok(id);
        }
        match (entry.action.as_str(), made) {
            ("accept", _) => {}
            ("reject", _) => work.reopen(&anchor, entry.kind, id)?,
            (_, None) => {
                return Err(refused(
                    "what it made was changed or rejected later; undo that first".to_owned(),
                ));
            }
            ("add", Some(row)) => work.close(entry.kind, row)?,
            (_, Some(row)) => {
                work.close(entry.kind, row)?;
                work.reopen(&anchor, entry.kind, id)?;
            }
        }
        work.end()?;
        Ok(id)
    }

    /// What counts now of a document, with all that was decided on it.
    fn current(&self, document: &str) -> Result<Current, CaseError> {
        let current = Current::of(self, document)?;
        let reading = self.told(|c| fetch::decided(c, current.id, &current.reading))?;
        Ok(Current { reading, ..current })
    }

    /// Decisions that could not be carried over to the text as it is now: its words are gone.
    pub fn lost(&self) -> Result<Vec<Entry>, CaseError> {
        let lost: Vec<i64> = self.told(|c| {
            c.prepare_cached(
                "SELECT k.review FROM carried k WHERE k.how = 'lost' AND k.change = (SELECT max(change) FROM carried WHERE review = k.review) AND NOT EXISTS (SELECT 1 FROM review u WHERE u.undoes = k.review) ORDER BY k.review",
            )?
            .query_map([], |row| row.get(0))?
            .collect()
        })?;
        let mut out = Vec::with_capacity(lost.len());
        for id in lost {
            out.extend(self.told(|c| journal::one(c, id))?);
        }
        Ok(out)
    }

    /// The journal, oldest first: all of it, or what was decided on one document.
    pub fn journal(&self, document: Option<&str>) -> Result<Vec<Entry>, CaseError> {
        let row = match document {
            Some(name) => Some(Current::of(self, name)?.document),
            None => None,
        };
        self.told(|c| journal::entries(c, row))
    }

    /// Entries of the journal, oldest first: those behind an entry, of all or of one document.
    pub fn entries(
        &self,
        document: Option<&str>,
        after: i64,
        limit: usize,
    ) -> Result<Vec<Entry>, CaseError> {
        let row = match document {
            Some(name) => Some(Current::of(self, name)?.document),
            None => None,
        };
        self.told(|c| journal::part(c, row, after, limit))
    }

    /// The last entries of the journal, newest first, or those before an entry.
    pub fn last_entries(&self, before: Option<i64>, limit: usize) -> Result<Vec<Entry>, CaseError> {
        self.told(|c| journal::last(c, before, limit))
    }

    /// Which of some entries are undone.
    pub fn undone(&self, entries: &[Entry]) -> Result<HashSet<i64>, CaseError> {
        // an entry is undone by a later one
        let from = entries.iter().map(|e| e.id).min().unwrap_or(i64::MAX);
        self.told(|c| journal::undone(c, from))
    }

    /// One entry of the journal.
    pub fn entry(&self, id: i64) -> Result<Option<Entry>, CaseError> {
        self.told(|c| journal::one(c, id))
    }
}

/// The row that an entry made or left, if it still counts in a reading.
fn standing(
    c: &rusqlite::Connection,
    entry: &Entry,
    reading: i64,
) -> rusqlite::Result<Option<i64>> {
    let table = entry.kind.table();
    c.prepare_cached(&format!(
        "SELECT id FROM {table} WHERE reading = ?1 AND review = ?2 AND until IS NULL"
    ))?
    .query_row((reading, entry.id), |row| row.get(0))
    .optional()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_name_a_document_and_an_id() {
        let told = |given| Target::parse(given).map(|t| (t.document, t.local));
        assert_eq!(told("d:1#a3"), Some(("d:1".to_owned(), "a3".to_owned())));
        assert_eq!(told("a#b#v12"), Some(("a#b".to_owned(), "v12".to_owned())));
        assert_eq!(told("d:1"), None);
        assert_eq!(told("d:1#t1"), None);
        assert_eq!(told("#a1"), None);
    }
}
