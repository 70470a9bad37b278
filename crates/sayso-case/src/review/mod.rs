//! Review: what people decide on attributions and events, kept in a journal.
//!
//! A decision never changes a row of a reading: the row ends with the change, and another, made
//! from the corrected item, begins. The journal has who, when and why.

mod agreement;
mod anchor;
pub(crate) mod carry;
mod export;
pub(crate) mod item;
pub(crate) mod journal;
mod second;

use rusqlite::OptionalExtension as _;
use sayso_reading::{Attribution, AttributionId, EventId, Reading};
use serde_json::Value;

pub use agreement::{Agreement, Disagreement, Pair};
pub use export::Export;
pub use item::Kind;
pub use journal::Entry;
pub use second::Open as SecondLook;

use crate::change::{self, What};
use crate::fetch::Current;
use crate::intake::packed::Damage;
use crate::intake::rows::{Kept, Origin};
use crate::intake::words::{AllWords, day_number};
use crate::{Case, CaseError};
use anchor::Anchor;
use item::Item;
use journal::Draft;

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
        /// The item as in the contract of readings; its id is given here.
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
        self.journaled(reviewer, |case| case.decide_begun(reviewer, action))
    }

    /// Takes down what a second reviewer thinks of something as the reader found it, whatever
    /// others decided, and gives the entry's number. It counts for agreement and changes nothing
    /// else; where reviewers differ, a decision settles it.
    pub fn opine(&mut self, reviewer: Reviewer, action: &Action) -> Result<i64, CaseError> {
        self.journaled(reviewer, |case| match action {
            Action::Accept(target) => case.opine_on(reviewer, target, "accept", |_| Ok(None)),
            Action::Reject(target) => case.opine_on(reviewer, target, "reject", |_| Ok(None)),
            Action::Correct {
                target,
                field,
                value,
            } => case.opine_on(reviewer, target, "correct", |found| {
                found.corrected(field, value).map(Some)
            }),
            Action::Undo(entry) => case.undo(reviewer, *entry),
            Action::Add { .. } => Err(CaseError::Review(
                "a second opinion is on what the reader found; add what was missed as a decision"
                    .to_owned(),
            )),
        })
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

    fn decide_begun(&self, reviewer: Reviewer, action: &Action) -> Result<i64, CaseError> {
        match action {
            Action::Accept(target) => self.on(reviewer, target, "accept", |_| Ok(None)),
            Action::Reject(target) => self.on(reviewer, target, "reject", |_| Ok(None)),
            Action::Correct {
                target,
                field,
                value,
            } => self.on(reviewer, target, "correct", |found| {
                found.corrected(field, value).map(Some)
            }),
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
        correct: impl FnOnce(&Found) -> Result<Option<Corrected>, CaseError>,
    ) -> Result<i64, CaseError> {
        let current = self.current(&target.document)?;
        let found = self.found(&current, target)?;
        let corrected = correct(&found)?;
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
            opinion: false,
        })?;
        if action != "accept" {
            work.close(found.kind, found.row)?;
        }
        if let Some(corrected) = corrected {
            work.open(found.kind, &corrected.item, entry)?;
            if let Item::Attribution(a) = &corrected.item {
                work.write_events_anew(a)?;
            }
        }
        work.end()?;
        Ok(entry)
    }

    fn opine_on(
        &self,
        reviewer: Reviewer,
        target: &Target,
        action: &'static str,
        correct: impl FnOnce(&Found) -> Result<Option<Corrected>, CaseError>,
    ) -> Result<i64, CaseError> {
        let current = Current::of(self, &target.document)?;
        let found = self.found_by_reader(&current, target)?;
        let corrected = correct(&found)?;
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
            opinion: true,
        })?;
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
        let mut value = item.clone();
        let local = self.next_local(kind, current.id)?;
        if let Some(fields) = value.as_object_mut() {
            fields.insert("id".to_owned(), Value::String(local));
        }
        let refused =
            |reason| CaseError::Review(format!("{document}: this cannot be added: {reason}"));
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
            refused("there is no such entry; `sayso review CASE --journal` lists them".to_owned())
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
            work.end()?;
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
        let reading = self.decided(&current)?;
        Ok(Current { reading, ..current })
    }

    fn found(&self, current: &Current, target: &Target) -> Result<Found, CaseError> {
        let kind = Kind::of_local(&target.local).ok_or_else(|| unknown(target))?;
        let sql = format!(
            "SELECT id, json FROM {} WHERE reading = ?1 AND local = ?2 AND until IS NULL",
            kind.table()
        );
        let row: Option<(i64, Option<String>)> = self.told(|c| {
            c.prepare_cached(&sql)?
                .query_row((current.id, &target.local), |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()
        })?;
        let (row, json) = row.ok_or_else(|| unknown(target))?;
        let item = match json {
            Some(json) => Item::parse(kind, &json, &current.reading).map_err(|_| self.damaged())?,
            None => {
                Item::of(kind, &target.local, &current.reading).ok_or_else(|| self.damaged())?
            }
        };
        self.item_found(current, target, kind, row, item)
    }

    /// Something as the reader found it, whatever was decided on it.
    fn found_by_reader(&self, current: &Current, target: &Target) -> Result<Found, CaseError> {
        let kind = Kind::of_local(&target.local).ok_or_else(|| unknown(target))?;
        let item =
            Item::of(kind, &target.local, &current.reading).ok_or_else(|| unknown(target))?;
        let sql = format!(
            "SELECT min(id) FROM {} WHERE reading = ?1 AND local = ?2 AND review IS NULL",
            kind.table()
        );
        let row: Option<i64> =
            self.told(|c| c.query_row(&sql, (current.id, &target.local), |row| row.get(0)))?;
        let row = row.ok_or_else(|| self.damaged())?;
        self.item_found(current, target, kind, row, item)
    }

    fn item_found(
        &self,
        current: &Current,
        target: &Target,
        kind: Kind,
        row: i64,
        item: Item,
    ) -> Result<Found, CaseError> {
        let json = item.to_json(&current.reading).map_err(|_| self.damaged())?;
        Ok(Found {
            target: target.clone(),
            kind,
            row,
            item,
            json,
            text: current.reading.document.text().to_owned(),
            reading: current.reading.clone(),
        })
    }

    /// The next free id of a reading's attributions or events.
    fn next_local(&self, kind: Kind, id: i64) -> Result<String, CaseError> {
        let sql = format!(
            "SELECT coalesce(max(CAST(substr(local, 2) AS INTEGER)), 0) FROM {} WHERE reading = ?1",
            kind.table()
        );
        let used: i64 = self.told(|c| c.query_row(&sql, [id], |row| row.get(0)))?;
        let next = u32::try_from(used).unwrap_or(u32::MAX).saturating_add(1);
        Ok(match kind {
            Kind::Attribution => AttributionId::new(next).to_string(),
            Kind::Event => EventId::new(next).to_string(),
        })
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
}

fn unknown(target: &Target) -> CaseError {
    CaseError::Review(format!(
        "{}#{}: there is no such attribution or event; `sayso ask CASE id:{}` lists them",
        target.document, target.local, target.document
    ))
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

/// Something to decide on, as it is now.
struct Found {
    target: Target,
    kind: Kind,
    row: i64,
    item: Item,
    json: Value,
    text: String,
    reading: Reading,
}

/// A correction, ready to be written.
struct Corrected {
    field: String,
    before: Value,
    after: Value,
    item: Item,
}

impl Found {
    fn anchor(&self, reading: &Reading) -> Result<String, CaseError> {
        let refused =
            |reason: String| CaseError::Review(format!("{}: {reason}", self.target.document));
        let anchor = Anchor::of(&self.item, reading).map_err(refused)?;
        serde_json::to_string(&anchor).map_err(|e| refused(e.to_string()))
    }

    fn corrected(&self, field: &str, value: &Value) -> Result<Corrected, CaseError> {
        let Target { document, local } = &self.target;
        let refused = |reason: String| {
            CaseError::Review(format!(
                "{document}#{local}: {field} cannot be that: {reason}"
            ))
        };
        let mut json = self.json.clone();
        let before = item::set(&mut json, field, value, &self.text).map_err(refused)?;
        let item = Item::of_json(self.kind, json.clone(), &self.reading).map_err(refused)?;
        item.check(&self.reading).map_err(refused)?;
        let json = item.to_json(&self.reading).map_err(refused)?;
        let pointer = format!("/{}", field.replace('.', "/"));
        let after = json.pointer(&pointer).cloned().unwrap_or(Value::Null);
        Ok(Corrected {
            field: field.to_owned(),
            before,
            after,
            item,
        })
    }
}

/// A decision on its way into the tables; its transaction has begun.
pub(super) struct Work<'c> {
    case: &'c Case,
    /// The reading's row.
    id: i64,
    kept: Kept<'c>,
    reading: &'c Reading,
    words: std::cell::RefCell<AllWords>,
    since: i64,
}

impl<'c> Work<'c> {
    fn begin(case: &'c Case, current: &'c Current) -> Result<Self, CaseError> {
        let since = case.told(|c| change::begin(c, What::Review))?;
        let day = current
            .reading
            .document
            .published
            .as_ref()
            .and_then(sayso_reading::Edtf::earliest);
        Ok(Self {
            case,
            id: current.id,
            kept: Kept::new(
                &current.reading,
                current.id,
                day_number(day),
                current.publisher,
            ),
            reading: &current.reading,
            words: std::cell::RefCell::new(AllWords::new()),
            since,
        })
    }

    fn journal(&self, draft: &Draft) -> Result<i64, CaseError> {
        self.case.told(|c| journal::add(c, draft))
    }

    fn close(&self, kind: Kind, row: i64) -> Result<(), CaseError> {
        self.case.told(|c| close(c, kind, row, self.since))
    }

    fn open(&self, kind: Kind, item: &Item, entry: i64) -> Result<(), CaseError> {
        let json = item
            .to_json(self.reading)
            .map_err(|_| self.case.damaged())?;
        let json = json.to_string();
        let origin = Origin {
            since: self.since,
            review: Some((entry, &json)),
        };
        debug_assert!(matches!(
            (kind, item),
            (Kind::Attribution, Item::Attribution(_)) | (Kind::Event, Item::Event(_))
        ));
        self.case.told(|c| {
            write(
                c,
                &self.kept,
                self.reading,
                item,
                origin,
                &mut self.words.borrow_mut(),
            )
        })?;
        Ok(())
    }

    fn write_events_anew(&self, within: &Attribution) -> Result<(), CaseError> {
        self.case.told(|c| {
            let place = Place {
                c,
                kept: &self.kept,
                reading: self.reading,
                id: self.id,
                since: self.since,
            };
            place.write_events_anew(within, &mut self.words.borrow_mut())
        })
    }

    /// The item as it was when it was decided on.
    fn reopen(&self, anchor: &Anchor, kind: Kind, entry: i64) -> Result<(), CaseError> {
        let gone = || {
            CaseError::Review(
                "the text changed since, and what was decided on is no longer in it".to_owned(),
            )
        };
        let moved = anchor
            .moved(self.reading.document.text())
            .ok_or_else(gone)?;
        let item = match Item::of_json(kind, anchor.item.clone(), self.reading) {
            Ok(item) if moved == 0 => item,
            _ => Item::of_json(
                kind,
                anchor.item_in(&anchor.item, moved, self.reading),
                self.reading,
            )
            .map_err(|_| gone())?,
        };
        self.open(kind, &item, entry)
    }

    fn end(self) -> Result<(), CaseError> {
        let words = self.words.into_inner();
        self.case.told(|c| words.write(c))
    }
}

/// A reading whose rows are changed.
pub(super) struct Place<'p> {
    pub c: &'p rusqlite::Connection,
    pub kept: &'p Kept<'p>,
    pub reading: &'p Reading,
    /// The reading's row.
    pub id: i64,
    pub since: i64,
}

impl Place<'_> {
    /// Events are found by the act and the source of the attribution they stand in: where that
    /// changes, their rows end and begin again.
    pub(super) fn write_events_anew(
        &self,
        within: &Attribution,
        words: &mut AllWords,
    ) -> rusqlite::Result<()> {
        let rows: Vec<(i64, String, Option<i64>, Option<String>)> = self
            .c
            .prepare_cached(
                "SELECT id, local, review, json FROM event_mention WHERE reading = ?1 AND within = ?2 AND until IS NULL",
            )?
            .query_map((self.id, within.id.to_string()), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?
            .collect::<Result<_, _>>()?;
        for (row, local, review, json) in rows {
            let item = match &json {
                Some(json) => Item::parse(Kind::Event, json, self.reading).ok(),
                None => Item::of(Kind::Event, &local, self.reading),
            };
            let Some(Item::Event(event)) = item else {
                return Err(Damage.into());
            };
            close(self.c, Kind::Event, row, self.since)?;
            let origin = Origin {
                since: self.since,
                review: review.zip(json.as_deref()),
            };
            self.kept
                .event(self.c, &event, Some(within), origin, words)?;
        }
        Ok(())
    }
}

/// Ends a row with a change.
pub(super) fn close(
    c: &rusqlite::Connection,
    kind: Kind,
    row: i64,
    since: i64,
) -> rusqlite::Result<()> {
    let sql = format!("UPDATE {} SET until = ?2 WHERE id = ?1", kind.table());
    c.prepare_cached(&sql)?.execute((row, since))?;
    Ok(())
}

/// Writes an item as a row and gives its number.
pub(super) fn write(
    c: &rusqlite::Connection,
    kept: &Kept,
    reading: &Reading,
    item: &Item,
    origin: Origin,
    words: &mut AllWords,
) -> rusqlite::Result<i64> {
    match item {
        Item::Attribution(a) => kept.attribution(c, a, origin, words),
        Item::Event(e) => {
            let within = e
                .within
                .and_then(|id| reading.attributions.iter().find(|a| a.id == id));
            kept.event(c, e, within, origin, words)
        }
    }
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
