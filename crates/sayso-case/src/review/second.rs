//! What a second reviewer has not seen yet.

use std::collections::{HashMap, HashSet};

use sayso_reading::Reading;
use serde_json::Value;

use super::Target;
use super::agreement::{roots, standing};
use super::anchor::{self, Anchor};
use super::item::{Item, Kind};
use crate::fetch::Current;
use crate::{Case, CaseError};

/// Something that others decided on, as the reader found it: what they decided is not told.
#[derive(Debug, Clone, PartialEq)]
pub struct SecondLook {
    /// What.
    pub target: Target,
    /// Its words.
    pub words: String,
    /// The words before them.
    pub before: String,
    /// The words after them.
    pub after: String,
    /// The item, as in the contract of readings.
    pub item: Value,
}

impl Case {
    /// What others decided on and `who` did not, in the order in which it was decided on first.
    /// Left out is what a newer reading of the text no longer has.
    pub fn second(&self, who: &str) -> Result<Vec<SecondLook>, CaseError> {
        let (entries, roots) = self.told(|c| {
            let entries = standing(c)?;
            let roots = roots(c, &entries)?;
            Ok((entries, roots))
        })?;
        let mine: HashSet<i64> = entries
            .iter()
            .filter(|e| e.who == who)
            .filter_map(|e| roots.get(&e.id).copied())
            .collect();
        let mut seen = HashSet::new();
        let mut readings: HashMap<String, Current> = HashMap::new();
        let mut out = Vec::new();
        for entry in entries.iter().filter(|e| e.who != who && e.action != "add") {
            let Some(root) = roots.get(&entry.id) else {
                continue;
            };
            if mine.contains(root) || !seen.insert(*root) {
                continue;
            }
            let anchor: Anchor = serde_json::from_str(&entry.anchor).map_err(|_| self.damaged())?;
            if !readings.contains_key(&entry.document) {
                readings.insert(entry.document.clone(), Current::of(self, &entry.document)?);
            }
            let Some(current) = readings.get(&entry.document) else {
                continue;
            };
            let Some(local) = local_now(&anchor, entry.kind, &current.reading) else {
                continue;
            };
            let target = Target {
                document: entry.document.clone(),
                local,
            };
            let found = self.found_by_reader(current, &target)?;
            let now = Anchor::of(&found.item, &current.reading).map_err(|_| self.damaged())?;
            out.push(SecondLook {
                target,
                words: now.quote,
                before: now.before,
                after: now.after,
                item: found.json,
            });
        }
        Ok(out)
    }
}

/// The id that what was decided on has in a reading, found by its words.
fn local_now(anchor: &Anchor, kind: Kind, reading: &Reading) -> Option<String> {
    let moved = anchor.moved(reading.document.text())?;
    let item = Item::of_json(kind, anchor.item_in(&anchor.item, moved, reading), reading).ok()?;
    let locals: Vec<String> = match kind {
        Kind::Attribution => reading
            .attributions
            .iter()
            .map(|a| a.id.to_string())
            .collect(),
        Kind::Event => reading.events.iter().map(|e| e.id.to_string()).collect(),
    };
    let items: Vec<(i64, Item)> = locals
        .iter()
        .enumerate()
        .filter_map(|(at, local)| Some((at as i64, Item::of(kind, local, reading)?)))
        .collect();
    let at = anchor::same(&item, &items)?;
    locals.into_iter().nth(usize::try_from(at).ok()?)
}
