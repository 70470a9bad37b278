//! A decision on its way into the tables.

use sayso_reading::{Attribution, Reading};

use super::anchor::Anchor;
use super::item::{Item, Kind};
use super::journal::{self, Draft};
use crate::change::{self, What};
use crate::fetch::Current;
use crate::intake::packed::Damage;
use crate::intake::rows::{Kept, Origin};
use crate::intake::words::{AllWords, day_number};
use crate::{Case, CaseError};

/// A decision on its way into the tables; its transaction has begun.
pub(super) struct Work<'c> {
    case: &'c Case,
    /// The reading's row.
    id: i64,
    kept: Kept<'c>,
    reading: &'c Reading,
    words: std::cell::RefCell<AllWords>,
    pub(super) since: i64,
}

impl<'c> Work<'c> {
    pub(super) fn begin(case: &'c Case, current: &'c Current) -> Result<Self, CaseError> {
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

    pub(super) fn journal(&self, draft: &Draft) -> Result<i64, CaseError> {
        self.case.told(|c| journal::add(c, draft))
    }

    pub(super) fn close(&self, kind: Kind, row: i64) -> Result<(), CaseError> {
        self.case.told(|c| close(c, kind, row, self.since))
    }

    pub(super) fn open(&self, kind: Kind, item: &Item, entry: i64) -> Result<(), CaseError> {
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

    pub(super) fn write_events_anew(&self, within: &Attribution) -> Result<(), CaseError> {
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
    pub(super) fn reopen(&self, anchor: &Anchor, kind: Kind, entry: i64) -> Result<(), CaseError> {
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

    pub(super) fn end(self) -> Result<(), CaseError> {
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
