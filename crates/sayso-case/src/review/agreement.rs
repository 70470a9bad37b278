//! How far reviewers agree: Cohen's kappa of two, Krippendorff's alpha of all.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension as _};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::anchor::Anchor;
use super::item::Kind;
use super::journal::{self, Entry};
use crate::{Case, CaseError};

/// Fields of which each has one of a few values, so that agreement can be counted.
const FIELDS: [&str; 7] = [
    "act",
    "certainty",
    "source.kind",
    "quote",
    "type",
    "mode",
    "realis",
];

/// How far reviewers agree.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Agreement {
    /// Who decided.
    pub reviewers: Vec<String>,
    /// Attributions and events that two or more decided on.
    pub items: usize,
    /// Krippendorff's alpha (nominal) of accept, correct, reject; null where it is not defined.
    pub alpha: Option<f64>,
    /// Each two reviewers.
    pub pairs: Vec<Pair>,
    /// Krippendorff's alpha (nominal) of the value that each stands by, field by field.
    pub fields: Vec<FieldAgreement>,
    /// What they differ on.
    pub disagreements: Vec<Disagreement>,
}

/// Something that reviewers differ on.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Disagreement {
    /// The document.
    pub document: String,
    /// The id in the reading as it was first decided on.
    pub id: String,
    /// Its words.
    pub words: String,
    /// On what: `verdict`, or a field.
    pub on: String,
    /// What each says.
    pub said: BTreeMap<String, String>,
}

/// How far two reviewers agree on accept, correct, reject.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PairAgreement")]
pub struct Pair {
    /// One.
    pub a: String,
    /// The other.
    pub b: String,
    /// What both decided on.
    pub items: usize,
    /// How often they decided alike.
    pub agreed: usize,
    /// Cohen's kappa; null where it is not defined.
    pub kappa: Option<f64>,
}

/// How far reviewers agree on a field.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FieldAgreement {
    /// Which field.
    pub field: String,
    /// What two or more stand by a value of.
    pub items: usize,
    /// Krippendorff's alpha.
    pub alpha: Option<f64>,
}

/// What each reviewer says of each item.
type Told = BTreeMap<i64, BTreeMap<String, String>>;

impl Case {
    /// How far reviewers agree on what more than one of them decided on.
    pub fn agreement(&self) -> Result<Agreement, CaseError> {
        let (entries, roots) = self.told(|c| {
            let entries = standing(c)?;
            let roots = roots(c, &entries)?;
            Ok((entries, roots))
        })?;
        let verdicts = verdicts(&entries, &roots);
        let reviewers: BTreeSet<&String> = verdicts.values().flat_map(|v| v.keys()).collect();
        let reviewers: Vec<String> = reviewers.into_iter().cloned().collect();
        let mut pairs = Vec::new();
        for (at, a) in reviewers.iter().enumerate() {
            for b in reviewers.iter().skip(at + 1) {
                pairs.push(pair(&verdicts, a, b));
            }
        }
        let mut disagreements = differing(&entries, &roots, "verdict", &verdicts);
        let fields = FIELDS
            .into_iter()
            .map(|field| {
                let told = values(&entries, &roots, field);
                disagreements.extend(differing(&entries, &roots, field, &told));
                FieldAgreement {
                    field: field.to_owned(),
                    items: shared(&told),
                    alpha: alpha(&told),
                }
            })
            .filter(|f| f.items > 0)
            .collect();
        Ok(Agreement {
            items: shared(&verdicts),
            alpha: alpha(&verdicts),
            reviewers,
            pairs,
            fields,
            disagreements,
        })
    }
}

/// The entries on something that was there, without those that were undone.
pub(super) fn standing(c: &Connection) -> rusqlite::Result<Vec<Entry>> {
    let entries = journal::entries(c, None)?;
    let undone: HashSet<i64> = entries.iter().filter_map(|e| e.undoes).collect();
    Ok(entries
        .into_iter()
        .filter(|e| e.target.is_some() && e.action != "undo" && !undone.contains(&e.id))
        .collect())
}

/// What reviewers say differently.
fn differing(
    entries: &[Entry],
    roots: &HashMap<i64, i64>,
    on: &str,
    told: &Told,
) -> Vec<Disagreement> {
    told.iter()
        .filter(|(_, said)| said.values().collect::<BTreeSet<_>>().len() > 1)
        .filter_map(|(root, said)| {
            let first = entries.iter().find(|e| roots.get(&e.id) == Some(root))?;
            let anchor: Anchor = serde_json::from_str(&first.anchor).ok()?;
            let id = anchor
                .item
                .get("id")
                .and_then(Value::as_str)
                .unwrap_or_default();
            Some(Disagreement {
                document: first.document.clone(),
                id: id.to_owned(),
                words: anchor.quote,
                on: on.to_owned(),
                said: said.clone(),
            })
        })
        .collect()
}

/// For each entry the row that the reader made and that it is about in the end: corrected rows
/// lead back to those they were made from, attributions counted apart from events.
pub(super) fn roots(c: &Connection, entries: &[Entry]) -> rusqlite::Result<HashMap<i64, i64>> {
    let carried = Carried::of(c)?;
    let on = |entry: &Entry| Some((entry.id, entry.kind, entry.target?));
    entries
        .iter()
        .filter_map(on)
        .map(|(id, kind, target)| Ok((id, carried.root(c, kind, target)?)))
        .collect()
}

/// Rows of newer readings that decisions were carried to, with the rows that these were on first.
pub(super) struct Carried(HashMap<(Kind, i64), i64>);

impl Carried {
    pub(super) fn of(c: &Connection) -> rusqlite::Result<Self> {
        // of several decisions on one row the first counts: it is inserted last
        let mut statement = c.prepare_cached("SELECT r.kind, k.target, r.target FROM carried k JOIN review r ON r.id = k.review WHERE k.target IS NOT NULL AND r.target IS NOT NULL ORDER BY k.review DESC")?;
        let rows = statement.query_map([], |row| {
            let kind: String = row.get(0)?;
            let kind = Kind::of_str(&kind).unwrap_or(Kind::Attribution);
            Ok(((kind, row.get(1)?), row.get(2)?))
        })?;
        Ok(Self(rows.collect::<rusqlite::Result<_>>()?))
    }

    /// The row that the reader made and that one of a kind goes back to.
    pub(super) fn root(&self, c: &Connection, kind: Kind, mut row: i64) -> rusqlite::Result<i64> {
        let sql = format!(
            "SELECT r.target FROM {} t JOIN review r ON r.id = t.review WHERE t.id = ?1 AND r.target IS NOT NULL",
            kind.table()
        );
        // rows lead to older ones only
        loop {
            let made: Option<i64> = c
                .prepare_cached(&sql)?
                .query_row([row], |r| r.get(0))
                .optional()?;
            let before = match made {
                Some(before) => Some(before),
                None => self.0.get(&(kind, row)).copied(),
            };
            match before {
                Some(before) if before < row => row = before,
                _ => break,
            }
        }
        // an event that was written anew is the one it was
        let first = format!(
            "SELECT coalesce(min(b.id), ?1) FROM {table} a JOIN {table} b ON b.reading = a.reading AND b.local = a.local AND b.review IS NULL WHERE a.id = ?1 AND a.review IS NULL",
            table = kind.table()
        );
        row = c.prepare_cached(&first)?.query_row([row], |r| r.get(0))?;
        Ok(if kind == Kind::Event { -row } else { row })
    }
}

/// The last word of each reviewer on each item.
fn verdicts(entries: &[Entry], roots: &HashMap<i64, i64>) -> Told {
    let mut out = Told::new();
    for entry in entries {
        if let Some(root) = roots.get(&entry.id) {
            let of = out.entry(*root).or_default();
            let kept = of.get(&entry.who).map(String::as_str);
            // who corrects a field and then accepts the result has corrected it
            if !(kept == Some("correct") && entry.action == "accept") {
                of.insert(entry.who.clone(), entry.action.clone());
            }
        }
    }
    out
}

/// The value of a field that each reviewer stands by: what they corrected it to, or what they
/// left when they accepted the item or corrected another field.
fn values(entries: &[Entry], roots: &HashMap<i64, i64>, field: &str) -> Told {
    let mut out = Told::new();
    for entry in entries {
        let Some(root) = roots.get(&entry.id) else {
            continue;
        };
        let of = out.entry(*root).or_default();
        if entry.action == "reject" {
            of.remove(&entry.who);
            continue;
        }
        let value = if entry.field.as_deref() == Some(field) {
            entry.after.clone()
        } else {
            serde_json::from_str::<Anchor>(&entry.anchor)
                .ok()
                .and_then(|a| {
                    a.item
                        .pointer(&format!("/{}", field.replace('.', "/")))
                        .cloned()
                })
        };
        if let Some(value) = value.as_ref().and_then(Value::as_str) {
            of.insert(entry.who.clone(), value.to_owned());
        }
    }
    out
}

fn shared(told: &Told) -> usize {
    told.values().filter(|v| v.len() > 1).count()
}

fn pair(told: &Told, a: &str, b: &str) -> Pair {
    let both: Vec<(&str, &str)> = told
        .values()
        .filter_map(|v| Some((v.get(a)?.as_str(), v.get(b)?.as_str())))
        .collect();
    Pair {
        a: a.to_owned(),
        b: b.to_owned(),
        items: both.len(),
        agreed: both.iter().filter(|(x, y)| x == y).count(),
        kappa: kappa(&both),
    }
}

/// Cohen (1960): agreement beyond what the two would reach by chance.
fn kappa(both: &[(&str, &str)]) -> Option<f64> {
    let n = both.len() as f64;
    let labels: BTreeSet<&str> = both.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let share =
        |of: &dyn Fn(&(&str, &str)) -> bool| both.iter().filter(|p| of(p)).count() as f64 / n;
    let agreed = share(&|(a, b)| a == b);
    let chance: f64 = labels
        .iter()
        .map(|l| share(&|(a, _)| a == l) * share(&|(_, b)| b == l))
        .sum();
    (n > 0.0 && chance < 1.0).then(|| (agreed - chance) / (1.0 - chance))
}

/// Krippendorff (2011), nominal data with missing values: one minus observed over expected
/// disagreement.
fn alpha(told: &Told) -> Option<f64> {
    let mut coincidences: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    for unit in told.values().filter(|v| v.len() > 1) {
        let values: Vec<&str> = unit.values().map(String::as_str).collect();
        let weight = 1.0 / (values.len() - 1) as f64;
        for (i, a) in values.iter().enumerate() {
            for (j, b) in values.iter().enumerate() {
                if i != j {
                    *coincidences.entry((a, b)).or_default() += weight;
                }
            }
        }
    }
    let mut totals: BTreeMap<&str, f64> = BTreeMap::new();
    for ((a, _), n) in &coincidences {
        *totals.entry(a).or_default() += n;
    }
    let n: f64 = totals.values().sum();
    let observed: f64 = coincidences
        .iter()
        .filter(|((a, b), _)| a != b)
        .map(|(_, n)| n)
        .sum();
    let expected: f64 = totals
        .iter()
        .flat_map(|(a, x)| {
            totals
                .iter()
                .filter(move |(b, _)| a != *b)
                .map(move |(_, y)| x * y)
        })
        .sum();
    (n > 1.0 && expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(rows: &[&[(&str, &str)]]) -> Told {
        let row = |r: &&[(&str, &str)]| {
            r.iter()
                .map(|(w, v)| ((*w).to_owned(), (*v).to_owned()))
                .collect()
        };
        rows.iter()
            .enumerate()
            .map(|(at, r)| (at as i64, row(r)))
            .collect()
    }

    #[test]
    fn kappa_of_a_table_known_from_the_literature() {
        // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: 0.4
        let mut both = vec![("yes", "yes"); 20];
        both.extend(vec![("yes", "no"); 5]);
        both.extend(vec![("no", "yes"); 10]);
        both.extend(vec![("no", "no"); 15]);
        assert!((kappa(&both).unwrap() - 0.4).abs() < 1e-9);
        assert_eq!(kappa(&[("yes", "yes")]), None);
        assert_eq!(kappa(&[]), None);
    }

    #[test]
    fn alpha_of_nominal_data_with_missing_values() {
        // Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: 0.743
        let columns = [
            "1 1 - 1", "2 2 3 2", "3 3 3 3", "3 3 3 3", "2 2 2 2", "1 2 3 4", "4 4 4 4", "1 1 2 1",
            "2 2 2 2", "- 5 5 5", "- - 1 1", "- - 3 -",
        ];
        let rows: Vec<Vec<(&str, &str)>> = columns
            .iter()
            .map(|c| {
                let each = ["A", "B", "C", "D"].into_iter().zip(c.split(' '));
                each.filter(|(_, v)| *v != "-").collect()
            })
            .collect();
        let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
        assert!((alpha(&told(&rows)).unwrap() - 0.743).abs() < 0.001);
    }
}
