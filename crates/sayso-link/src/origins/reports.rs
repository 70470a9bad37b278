//! Whose report a document is as a whole: the one that its page credits; of a copy, that of the
//! text it copies; else its own house's.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, Result};

use sayso_read::Outlets;

use super::Origin;
use crate::decisions::Decided;
use crate::joined::Joined;

/// A document among those that copy each other.
struct Report {
    name: String,
    house: Option<String>,
    credit: Option<String>,
    at: Option<String>,
}

/// The reports of a case, with those that copy each other.
pub(crate) struct Reports {
    all: BTreeMap<i64, Report>,
    /// Of each document that is among copies, the one that stands for them.
    first: HashMap<i64, i64>,
    groups: BTreeMap<i64, Vec<i64>>,
}

impl Reports {
    pub(crate) fn of(c: &Connection) -> Result<Self> {
        let all = reports(c)?;
        let groups = groups(c)?.groups();
        let first = groups
            .iter()
            .flat_map(|(first, members)| members.iter().map(|d| (*d, *first)))
            .collect();
        Ok(Self { all, first, groups })
    }

    /// The name of the one whose report a document is as a whole.
    pub(crate) fn origin(&self, document: i64) -> String {
        self.known(document)
            .map_or_else(String::new, |(name, _)| name)
    }

    /// The document that stands for all copies of one report.
    pub(crate) fn report(&self, document: i64) -> i64 {
        self.first.get(&document).copied().unwrap_or(document)
    }

    fn known(&self, document: i64) -> Option<(String, bool)> {
        let report = self.all.get(&document)?;
        let group = self.groups.get(&self.report(document));
        let group = group.map_or(&[][..], Vec::as_slice);
        let group = group.iter().filter_map(|d| self.all.get(d));
        Some(origin(report, group))
    }
}

/// All origins: of reports, with their documents; and those who have a name from whom single
/// statements come.
pub(crate) fn all(c: &Connection, outlets: &Outlets, decided: &Decided) -> Result<Vec<Origin>> {
    let reports = Reports::of(c)?;
    let mut origins: BTreeMap<String, Origin> = BTreeMap::new();
    for (document, report) in &reports.all {
        if let Some((name, is_known)) = reports.known(*document) {
            let kind = if is_known { "publication" } else { "unstated" };
            let origin = entry(&mut origins, decided, name, kind);
            origin.documents.push(report.name.clone());
        }
    }
    let mut statements = c.prepare(
        "SELECT a.origin, a.origin_kind, d.name FROM attribution a JOIN reading g ON g.id = a.reading JOIN link_document l ON l.version = g.version JOIN document d ON d.id = l.document WHERE a.until IS NULL AND a.origin IS NOT NULL AND a.origin_kind IN ('person', 'organization', 'publication', 'document', 'channel') ORDER BY d.name",
    )?;
    let mut rows = statements.query([])?;
    while let Some(row) = rows.next()? {
        let (name, kind, document): (String, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let known = outlets.get(&name).filter(|_| kind == "publication");
        let name = known.map_or(name, |outlet| outlet.name.clone());
        let origin = entry(&mut origins, decided, name, &kind);
        origin.statements += 1;
        if !origin.documents.contains(&document) && origin.cited_in.last() != Some(&document) {
            origin.cited_in.push(document);
        }
    }
    let mut out: Vec<Origin> = origins.into_values().collect();
    for origin in &mut out {
        origin.documents.sort();
    }
    out.sort_by(|a, b| {
        let weight = |o: &Origin| (o.documents.len(), o.cited_in.len());
        weight(b).cmp(&weight(a)).then_with(|| a.name.cmp(&b.name))
    });
    Ok(out)
}

fn entry<'o>(
    origins: &'o mut BTreeMap<String, Origin>,
    decided: &Decided,
    name: String,
    kind: &str,
) -> &'o mut Origin {
    // under one key where people decided that two are one
    let key = decided
        .name_of(&name)
        .map_or_else(|| name.clone(), str::to_owned);
    let origin = origins.entry(key).or_insert_with(|| Origin {
        name: name.clone(),
        kind: kind.to_owned(),
        documents: Vec::new(),
        cited_in: Vec::new(),
        statements: 0,
    });
    if name < origin.name {
        origin.name = name;
    }
    origin
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

/// Documents that share most of their words: whole copies and what comes near to them.
fn groups(c: &Connection) -> Result<Joined> {
    let mut joined = Joined::default();
    let mut pairs = c.prepare("SELECT a, b FROM copy WHERE extent = 'whole' OR min(in_a, in_b) > 0.4 OR max(in_a, in_b) >= 0.6")?;
    let mut rows = pairs.query([])?;
    while let Some(row) = rows.next()? {
        joined.join(row.get(0)?, row.get(1)?);
    }
    Ok(joined)
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
