//! What was decided, thing by thing: all decisions on one attribution or event together.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;
use serde_json::Value;

use super::agreement::roots;
use super::item::Kind;
use super::journal::{self, Entry};
use crate::fetch::Current;
use crate::{Case, CaseError};

/// An attribution or event with all that people decided on it and that was not undone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// The document.
    pub document: String,
    /// What it is.
    pub kind: Kind,
    /// Its id in the reading that counts now, or in which it was decided on; `None` where its words are gone.
    pub id: Option<String>,
    /// Its words.
    pub words: String,
    /// Who published the document.
    pub publisher: Option<String>,
    /// The version of sayso that found it, or did not.
    pub reader: Option<String>,
    /// The decisions, oldest first.
    pub decisions: Vec<Judgement>,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judgement {
    /// Its number in the journal.
    pub entry: i64,
    /// When.
    pub at: String,
    /// By whom.
    pub who: String,
    /// `accept`, `reject`, `correct`, `add`.
    pub action: String,
    /// Of a correction, the field.
    pub field: Option<String>,
    /// The field before.
    pub before: Option<Value>,
    /// The field after.
    pub after: Option<Value>,
    /// A second opinion, which changes nothing.
    pub opinion: bool,
}

/// What the decisions on one thing come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is right as the reader has it.
    Accepted,
    /// It is there, and something of it was wrong.
    Corrected,
    /// There is no such thing.
    Rejected,
    /// The reader missed it.
    Missed,
}

impl Verdict {
    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Rejected => "rejected",
            Self::Missed => "missed",
        }
    }
}

impl Judged {
    /// What the decisions come to, second opinions left aside; `None` where there are only such, or where what
    /// was added was rejected again.
    pub fn verdict(&self) -> Option<Verdict> {
        let decided = || self.decisions.iter().filter(|d| !d.opinion);
        let last = decided().next_back()?;
        let is_added = decided().any(|d| d.action == "add");
        match (last.action.as_str(), is_added) {
            ("reject", true) => None,
            ("reject", false) => Some(Verdict::Rejected),
            (_, true) => Some(Verdict::Missed),
            _ if self.corrections().is_empty() => Some(Verdict::Accepted),
            _ => Some(Verdict::Corrected),
        }
    }

    /// By its name each field that is not as the reader had it, with what that was and what it is now.
    pub fn corrections(&self) -> BTreeMap<&str, (&Value, &Value)> {
        let mut out: BTreeMap<&str, (&Value, &Value)> = BTreeMap::new();
        for decision in self.decisions.iter().filter(|d| !d.opinion) {
            let Some(field) = decision.field.as_deref() else {
                continue;
            };
            let (Some(before), Some(after)) = (&decision.before, &decision.after) else {
                continue;
            };
            out.entry(field)
                .and_modify(|(_, now)| *now = after)
                .or_insert((before, after));
        }
        out.retain(|_, (before, after)| before != after);
        out
    }
}

impl Case {
    /// What was decided, thing by thing, in the order in which it was first decided on: in the whole case, or in
    /// one document.
    pub fn judged(&self, document: Option<&str>) -> Result<Vec<Judged>, CaseError> {
        let row = match document {
            Some(name) => Some(Current::of(self, name)?.document),
            None => None,
        };
        self.told(|c| judged(c, row))
    }
}

fn judged(c: &Connection, document: Option<i64>) -> rusqlite::Result<Vec<Judged>> {
    let entries = journal::entries(c, document)?;
    let undone: HashSet<i64> = entries.iter().filter_map(|e| e.undoes).collect();
    let entries: Vec<Entry> = entries
        .into_iter()
        .filter(|e| e.action != "undo" && !undone.contains(&e.id))
        .collect();
    let mut roots = roots(c, &entries)?;
    for entry in entries.iter().filter(|e| e.action == "add") {
        roots.extend(first_made(c, entry)?.map(|row| (entry.id, signed(entry.kind, row))));
    }
    let mut order: Vec<i64> = Vec::new();
    let mut out: HashMap<i64, Judged> = HashMap::new();
    for entry in entries {
        let Some(&root) = roots.get(&entry.id) else {
            continue;
        };
        let local = local_now(c, &entry)?;
        let thing = if let Some(known) = out.remove(&root) {
            known
        } else {
            order.push(root);
            begun(c, &entry, root.abs())?
        };
        out.insert(root, with(thing, entry, local));
    }
    Ok(order.iter().filter_map(|root| out.remove(root)).collect())
}

/// Rows of events are told apart from those of attributions by their sign, as `roots` has them.
const fn signed(kind: Kind, row: i64) -> i64 {
    match kind {
        Kind::Attribution => row,
        Kind::Event => -row,
    }
}

/// The row that an entry made when it was written.
fn first_made(c: &Connection, entry: &Entry) -> rusqlite::Result<Option<i64>> {
    let sql = format!(
        "SELECT min(id) FROM {} WHERE review = ?1",
        entry.kind.table()
    );
    c.prepare_cached(&sql)?
        .query_row([entry.id], |row| row.get(0))
}

/// The id of what an entry is about, where it stands now; `None` where its words are gone.
fn local_now(c: &Connection, entry: &Entry) -> rusqlite::Result<Option<String>> {
    let carried: Option<(Option<i64>, String)> = c
        .prepare_cached(
            "SELECT target, how FROM carried WHERE review = ?1 ORDER BY change DESC LIMIT 1",
        )?
        .query_row([entry.id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let row = match carried {
        Some((_, how)) if how == "lost" => return Ok(None),
        Some((Some(row), _)) => Some(row),
        _ => entry.target,
    };
    let row = match row {
        Some(row) => Some(row),
        None => first_made(c, entry)?,
    };
    let sql = format!("SELECT local FROM {} WHERE id = ?1", entry.kind.table());
    c.prepare_cached(&sql)?
        .query_row([row], |row| row.get(0))
        .optional()
}

/// What the first entry on something tells of it; `row` is the one that its reader made, or a person.
fn begun(c: &Connection, entry: &Entry, row: i64) -> rusqlite::Result<Judged> {
    let sql = format!(
        "SELECT r.version, p.name FROM {} t JOIN reading g ON g.id = t.reading JOIN reader r ON r.id = g.reader JOIN version v ON v.id = g.version LEFT JOIN publisher p ON p.id = v.publisher WHERE t.id = ?1",
        entry.kind.table()
    );
    let found: Option<(String, Option<String>)> = c
        .prepare_cached(&sql)?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (reader, publisher) = found.unzip();
    Ok(Judged {
        document: entry.document.clone(),
        kind: entry.kind,
        id: None,
        words: entry.words.clone(),
        publisher: publisher.flatten(),
        reader,
        decisions: Vec::new(),
    })
}

fn with(mut thing: Judged, entry: Entry, local: Option<String>) -> Judged {
    thing.id = local.or(thing.id);
    thing.decisions.push(Judgement {
        entry: entry.id,
        at: entry.at,
        who: entry.who,
        action: entry.action,
        field: entry.field,
        before: entry.before,
        after: entry.after,
        opinion: entry.opinion,
    });
    thing
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// An action, the field that it changes from one value to another, and whether it is an opinion.
    type Decision<'d> = (&'d str, Option<(&'d str, Value, Value)>, bool);

    fn judged(decisions: &[Decision]) -> Judged {
        let judgement = |(action, field, opinion): &Decision| {
            let (field, before, after) = match field.clone() {
                Some((field, before, after)) => (Some(field.to_owned()), Some(before), Some(after)),
                None => (None, None, None),
            };
            Judgement {
                entry: 1,
                at: String::new(),
                who: "ann".to_owned(),
                action: (*action).to_owned(),
                field,
                before,
                after,
                opinion: *opinion,
            }
        };
        Judged {
            document: "d:1".to_owned(),
            kind: Kind::Event,
            id: Some("v1".to_owned()),
            words: "struck".to_owned(),
            publisher: None,
            reader: None,
            decisions: decisions.iter().map(judgement).collect(),
        }
    }

    #[test]
    fn decisions_on_one_thing_come_to_one_verdict() {
        let mode = |before: &str, after: &str| Some(("mode", json!(before), json!(after)));
        for (decisions, expected) in [
            (vec![("accept", None, false)], Some(Verdict::Accepted)),
            (
                vec![
                    ("correct", mode("aerial", "drone"), false),
                    ("accept", None, false),
                ],
                Some(Verdict::Corrected),
            ),
            (
                vec![
                    ("correct", mode("aerial", "drone"), false),
                    ("correct", mode("drone", "aerial"), false),
                ],
                Some(Verdict::Accepted),
            ),
            (
                vec![("accept", None, false), ("reject", None, false)],
                Some(Verdict::Rejected),
            ),
            (
                vec![("accept", None, false), ("reject", None, true)],
                Some(Verdict::Accepted),
            ),
            (vec![("reject", None, true)], None),
            (vec![("add", None, false)], Some(Verdict::Missed)),
            (vec![("add", None, false), ("reject", None, false)], None),
        ] {
            assert_eq!(judged(&decisions).verdict(), expected, "{decisions:?}");
        }
    }

    #[test]
    fn a_field_corrected_twice_is_one_correction() {
        let of = |before: &str, after: &str| {
            (
                "correct",
                Some(("mode", json!(before), json!(after))),
                false,
            )
        };
        let twice = judged(&[of("aerial", "drone"), of("drone", "firearms")]);
        let told = twice.corrections();
        assert_eq!(told.len(), 1);
        assert_eq!(
            told.get("mode"),
            Some(&(&json!("aerial"), &json!("firearms")))
        );
    }
}
