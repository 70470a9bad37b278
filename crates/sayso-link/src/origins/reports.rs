//! Whose report a document is as a whole: the one that its page credits; of a copy, that of the
//! text it copies; else its own house's.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, Result};

use super::Origin;

/// A document among those that copy each other.
struct Report {
    name: String,
    house: Option<String>,
    credit: Option<String>,
    at: Option<String>,
}

/// All origins of reports, with their documents.
pub(crate) fn all(c: &Connection) -> Result<Vec<Origin>> {
    let reports = reports(c)?;
    let groups = groups(c, &reports)?;
    let mut origins: BTreeMap<(String, bool), Vec<String>> = BTreeMap::new();
    for (document, report) in &reports {
        let group = groups.get(document).map_or(&[][..], Vec::as_slice);
        let (name, is_known) = origin(report, group.iter().filter_map(|d| reports.get(d)));
        origins
            .entry((name, is_known))
            .or_default()
            .push(report.name.clone());
    }
    Ok(origins
        .into_iter()
        .map(|((name, is_known), mut documents)| {
            documents.sort();
            Origin {
                name,
                kind: if is_known { "publication" } else { "unstated" },
                documents,
            }
        })
        .collect())
}

fn reports(c: &Connection) -> Result<BTreeMap<i64, Report>> {
    c.prepare(
        "SELECT l.document, d.name, h.name, k.name, l.at FROM link_document l JOIN document d ON d.id = l.document LEFT JOIN house h ON h.id = l.house LEFT JOIN house k ON k.id = l.credit",
    )?
    .query_map([], |row| {
        let report = Report {
            name: row.get(1)?,
            house: row.get(2)?,
            credit: row.get(3)?,
            at: row.get(4)?,
        };
        Ok((row.get(0)?, report))
    })?
    .collect()
}

/// Of each document, those with which it shares most of its words: whole copies and what comes
/// near to them.
fn groups(c: &Connection, reports: &BTreeMap<i64, Report>) -> Result<HashMap<i64, Vec<i64>>> {
    let mut first: HashMap<i64, i64> = reports.keys().map(|d| (*d, *d)).collect();
    let root = |first: &HashMap<i64, i64>, mut d: i64| {
        while let Some(&up) = first.get(&d).filter(|up| **up != d) {
            d = up;
        }
        d
    };
    let mut pairs = c.prepare("SELECT a, b FROM copy WHERE extent = 'whole' OR min(in_a, in_b) > 0.4 OR max(in_a, in_b) >= 0.6")?;
    let mut rows = pairs.query([])?;
    while let Some(row) = rows.next()? {
        let (a, b) = (root(&first, row.get(0)?), root(&first, row.get(1)?));
        first.insert(a.max(b), a.min(b));
    }
    let mut members: HashMap<i64, Vec<i64>> = HashMap::new();
    for document in reports.keys() {
        members
            .entry(root(&first, *document))
            .or_default()
            .push(*document);
    }
    Ok(members
        .into_values()
        .filter(|all| all.len() > 1)
        .flat_map(|all| all.clone().into_iter().map(move |d| (d, all.clone())))
        .collect())
}

/// The name of a report's origin, and whether it is one of somebody.
fn origin<'r>(report: &'r Report, group: impl Iterator<Item = &'r Report>) -> (String, bool) {
    if let Some(credit) = &report.credit {
        return (credit.clone(), true);
    }
    let mut group: Vec<&Report> = group.collect();
    group.sort_by_key(|r| (r.at.is_none(), r.at.as_deref(), r.name.as_str()));
    // the one that most of the copies credit, of equal ones the one credited first
    let mut credited: Vec<(&str, usize)> = Vec::new();
    for credit in group.iter().filter_map(|r| r.credit.as_deref()) {
        match credited.iter_mut().find(|(name, _)| *name == credit) {
            Some((_, n)) => *n += 1,
            None => credited.push((credit, 1)),
        }
    }
    let most = credited.iter().map(|(_, n)| *n).max();
    let most = credited.iter().find(|(_, n)| Some(*n) == most);
    if let Some((name, _)) = most {
        return ((*name).to_owned(), true);
    }
    let original = group.first().copied().unwrap_or(report);
    match &original.house {
        Some(house) => (house.clone(), true),
        None => (original.name.clone(), false),
    }
}
