//! What is decided on, as it is in the case.

use rusqlite::OptionalExtension as _;
use sayso_reading::Reading;
use serde_json::Value;

use super::anchor::Anchor;
use super::item::{Item, Kind};
use super::{Target, field};
use crate::fetch::Current;
use crate::{Case, CaseError};

/// Something to decide on, as it is now.
pub(super) struct Found {
    pub(super) target: Target,
    pub(super) kind: Kind,
    pub(super) row: i64,
    pub(super) item: Item,
    pub(super) json: Value,
    pub(super) reading: Reading,
}

/// A correction, ready to be written.
pub(super) struct Corrected {
    pub(super) field: String,
    pub(super) before: Value,
    pub(super) after: Value,
    pub(super) item: Item,
}

impl Found {
    pub(super) fn anchor(&self, reading: &Reading) -> Result<String, CaseError> {
        let refused =
            |reason: String| CaseError::Review(format!("{}: {reason}", self.target.document));
        let anchor = Anchor::of(&self.item, reading).map_err(refused)?;
        serde_json::to_string(&anchor).map_err(|e| refused(e.to_string()))
    }

    pub(super) fn corrected(&self, field: &str, value: &Value) -> Result<Corrected, CaseError> {
        let Target { document, local } = &self.target;
        let refused = |reason: String| {
            CaseError::Review(format!(
                "{document}#{local}: {field} cannot be that: {reason}"
            ))
        };
        let mut json = self.json.clone();
        let before = field::set(&mut json, field, value, &self.reading).map_err(refused)?;
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

impl Case {
    pub(super) fn found(&self, current: &Current, target: &Target) -> Result<Found, CaseError> {
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
    pub(super) fn found_by_reader(
        &self,
        current: &Current,
        target: &Target,
    ) -> Result<Found, CaseError> {
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
            reading: current.reading.clone(),
        })
    }
}

fn unknown(target: &Target) -> CaseError {
    CaseError::Review(format!(
        "{}#{}: there is no such attribution or event; `sayso ask CASE id:{}` lists them",
        target.document, target.local, target.document
    ))
}
