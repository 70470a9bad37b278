//! Decisions as training data: readings as people left them, and what of them people looked at.

use std::collections::{BTreeMap, HashSet};

use sayso_reading::{Reading, Scalars};
use serde::Serialize;
use serde_json::Value;

use super::anchor::Anchor;
use super::journal;
use crate::{Case, CaseError};

/// A reading that people decided on. What is not listed was not looked at: it is no evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Export {
    /// The reading with all decisions, as in the contract.
    #[serde(flatten)]
    pub reading: Reading<Scalars>,
    /// By the id of an attribution or event: `accepted`, `corrected` or `added`.
    pub reviewed: BTreeMap<String, &'static str>,
    /// What the reader found and people rejected, with offsets as when it was rejected.
    pub rejected: Vec<Value>,
}

impl Case {
    /// The readings of documents on which decisions stand, in the order of the documents.
    pub fn reviewed(&self) -> Result<Vec<Export>, CaseError> {
        let entries = self.told(|c| journal::entries(c, None))?;
        let undone: HashSet<i64> = entries.iter().filter_map(|e| e.undoes).collect();
        let mut by_document: BTreeMap<i64, Vec<&journal::Entry>> = BTreeMap::new();
        for e in &entries {
            if e.action != "undo" && !e.opinion && !undone.contains(&e.id) {
                by_document.entry(e.document_row).or_default().push(e);
            }
        }
        let mut out = Vec::new();
        for entries in by_document.values() {
            let Some(first) = entries.first() else {
                continue;
            };
            let reading = self.reading(&first.document)?;
            let mut export = Export {
                reading: reading.to_scalars().map_err(|_| self.damaged())?,
                reviewed: BTreeMap::new(),
                rejected: Vec::new(),
            };
            for e in entries {
                if e.action == "reject" {
                    let anchor: Anchor =
                        serde_json::from_str(&e.anchor).map_err(|_| self.damaged())?;
                    export.rejected.push(anchor.item);
                } else {
                    let local = self.told(|c| local_now(c, e))?;
                    if let Some(local) = local {
                        let how = match e.action.as_str() {
                            "accept" => "accepted",
                            "add" => "added",
                            _ => "corrected",
                        };
                        // a correction says more than an acceptance before or after it
                        if how != "accepted" || !export.reviewed.contains_key(&local) {
                            export.reviewed.insert(local, how);
                        }
                    }
                }
            }
            out.push(export);
        }
        Ok(out)
    }
}

/// The id, in the reading that counts now, of what an entry decided on.
fn local_now(c: &rusqlite::Connection, e: &journal::Entry) -> rusqlite::Result<Option<String>> {
    use rusqlite::OptionalExtension as _;
    let table = e.kind.table();
    let sql = format!(
        "SELECT local FROM {table} WHERE until IS NULL AND (review = ?1 OR id = ?2 OR id = (SELECT target FROM carried WHERE review = ?1 ORDER BY change DESC LIMIT 1)) ORDER BY id DESC LIMIT 1"
    );
    c.prepare_cached(&sql)?
        .query_row((e.id, e.target), |row| row.get(0))
        .optional()
}
