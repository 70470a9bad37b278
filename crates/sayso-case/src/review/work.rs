//! A decision on its way into the tables.

use rusqlite::Connection;
use sayso_reading::{Attribution, AttributionId, EventId, EventMention, Reading};

use super::anchor::Anchor;
use super::item::{Item, Kind};
use super::journal::{self, Draft};
use crate::change::{self, What};
use crate::fetch::{self, Current};
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
        let mut words = self.words.into_inner();
        self.case.told(|c| {
            let (kept, _) = fetch::kept_reading(c, self.id)?;
            let after = fetch::decided(c, self.id, &kept)?;
            let rows = Rows {
                c,
                kept: &self.kept,
                id: self.id,
                since: self.since,
            };
            rows.events_follow(self.reading, &after, &mut words)?;
            words.write(c)
        })
    }
}

/// The rows of a reading that are changed.
pub(super) struct Rows<'p> {
    pub c: &'p Connection,
    pub kept: &'p Kept<'p>,
    /// The reading's row.
    pub id: i64,
    pub since: i64,
}

impl Rows<'_> {
    /// Events are found by the act and the source of the attribution they stand in: where that is
    /// another than before, corrected or rejected, their rows end and begin again.
    pub(super) fn events_follow(
        &self,
        before: &Reading,
        after: &Reading,
        words: &mut AllWords,
    ) -> rusqlite::Result<()> {
        let rows: Vec<(i64, String, Option<i64>, Option<String>)> = self
            .c
            .prepare_cached(
                "SELECT id, local, review, json FROM event_mention WHERE reading = ?1 AND until IS NULL",
            )?
            .query_map([self.id], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?
            .collect::<Result<_, _>>()?;
        for (row, local, review, json) in rows {
            let Some(Item::Event(event)) = Item::of(Kind::Event, &local, after) else {
                return Err(Damage.into());
            };
            let same = before.events.iter().find(|e| e.id == event.id);
            let was = attribution_of(same.unwrap_or(&event), before);
            let is = attribution_of(&event, after);
            if was == is {
                continue;
            }
            close(self.c, Kind::Event, row, self.since)?;
            let origin = Origin {
                since: self.since,
                review: review.zip(json.as_deref()),
            };
            let anew = self.kept.event(self.c, &event, is, origin, words)?;
            self.accepted(row, anew)?;
        }
        Ok(())
    }

    /// Who accepted an event accepted the row that was written for it anew.
    fn accepted(&self, row: i64, anew: i64) -> rusqlite::Result<()> {
        self.c
            .prepare_cached(
                "INSERT INTO carried (review, change, target, how) SELECT j.id, ?1, ?3, 'same place' FROM review j WHERE j.kind = 'event' AND j.action = 'accept' AND j.opinion = 0 AND (j.target = ?2 OR EXISTS (SELECT 1 FROM carried k WHERE k.review = j.id AND k.target = ?2)) ON CONFLICT (review, change) DO UPDATE SET target = excluded.target",
            )?
            .execute((self.since, row, anew))?;
        Ok(())
    }
}

/// The attribution in whose content an event stands.
fn attribution_of<'r>(event: &EventMention, reading: &'r Reading) -> Option<&'r Attribution> {
    let within = event.within?;
    reading.attributions.iter().find(|a| a.id == within)
}

/// The next free id of a reading's attributions or events.
pub(super) fn next_local(c: &Connection, kind: Kind, reading: i64) -> rusqlite::Result<String> {
    let sql = format!(
        "SELECT coalesce(max(CAST(substr(local, 2) AS INTEGER)), 0) FROM {} WHERE reading = ?1",
        kind.table()
    );
    let used: i64 = c.query_row(&sql, [reading], |row| row.get(0))?;
    let next = u32::try_from(used).unwrap_or(u32::MAX).saturating_add(1);
    Ok(match kind {
        Kind::Attribution => AttributionId::new(next).to_string(),
        Kind::Event => EventId::new(next).to_string(),
    })
}

/// Ends a row with a change.
pub(super) fn close(c: &Connection, kind: Kind, row: i64, since: i64) -> rusqlite::Result<()> {
    let sql = format!("UPDATE {} SET until = ?2 WHERE id = ?1", kind.table());
    c.prepare_cached(&sql)?.execute((row, since))?;
    Ok(())
}

/// Writes an item as a row and gives its number.
pub(super) fn write(
    c: &Connection,
    kept: &Kept,
    reading: &Reading,
    item: &Item,
    origin: Origin,
    words: &mut AllWords,
) -> rusqlite::Result<i64> {
    match item {
        Item::Attribution(a) => kept.attribution(c, a, origin, words),
        Item::Event(e) => kept.event(c, e, attribution_of(e, reading), origin, words),
    }
}
