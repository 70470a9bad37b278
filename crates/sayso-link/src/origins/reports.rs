//! Whose report a document is as a whole: the one that its page credits; of a copy, that of the
//! text it copies; else its own house's.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension as _, Result, Row};

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

/// Documents whose reports are held in memory, before they are looked up anew.
const HELD: usize = 50_000;

/// The reports of a case, with those that copy each other; each is looked up when it is first asked for.
pub(crate) struct Reports<'c> {
    c: &'c Connection,
    held: RefCell<Held>,
}

#[derive(Default)]
struct Held {
    reports: HashMap<i64, Option<Rc<Report>>>,
    /// Of each document those that are copies with it, itself among them, by number.
    groups: HashMap<i64, Rc<[i64]>>,
    /// Of the first of a group, from whom the group is.
    origins: HashMap<i64, Option<(String, bool)>>,
}

impl<'c> Reports<'c> {
    pub(crate) fn new(c: &'c Connection) -> Self {
        Self {
            c,
            held: RefCell::default(),
        }
    }

    /// With all reports of the case looked up at once, for who asks for most of them.
    pub(crate) fn all(c: &'c Connection) -> Result<Self> {
        let mut held = Held::default();
        let sql = format!("{REPORT} ORDER BY l.document");
        let mut statement = c.prepare(&sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, report(row)?)))?;
        for row in rows {
            let (document, report): (i64, Report) = row?;
            held.reports.insert(document, Some(Rc::new(report)));
            held.groups.insert(document, Rc::from([document]));
        }
        for group in groups(c)?.groups().into_values() {
            let group: Rc<[i64]> = group.into();
            for document in group.iter() {
                held.groups.insert(*document, Rc::clone(&group));
            }
        }
        Ok(Self {
            c,
            held: RefCell::new(held),
        })
    }

    /// The name of the one whose report a document is as a whole.
    pub(crate) fn origin(&self, document: i64) -> Result<String> {
        let known = self.known(document)?;
        Ok(known.map_or_else(String::new, |(name, _)| name))
    }

    /// The document that stands for all copies of one report.
    pub(crate) fn report(&self, document: i64) -> Result<i64> {
        Ok(self.group(document)?.first().copied().unwrap_or(document))
    }

    /// The name of the one whose report a document is, and whether it is one of somebody.
    fn known(&self, document: i64) -> Result<Option<(String, bool)>> {
        let Some(report) = self.look_up(document)? else {
            return Ok(None);
        };
        if let Some(credit) = &report.credit {
            return Ok(Some((credit.clone(), true)));
        }
        let group = self.group(document)?;
        let first = group.first().copied().unwrap_or(document);
        if let Some(known) = self.held.borrow().origins.get(&first) {
            return Ok(known.clone());
        }
        let mut reports = Vec::with_capacity(group.len());
        for other in group.iter() {
            reports.extend(self.look_up(*other)?);
        }
        let origin = origin(reports.iter().map(Rc::as_ref).collect());
        self.held.borrow_mut().origins.insert(first, origin.clone());
        Ok(origin)
    }

    fn look_up(&self, document: i64) -> Result<Option<Rc<Report>>> {
        if let Some(known) = self.held.borrow().reports.get(&document) {
            return Ok(known.clone());
        }
        let found = self
            .c
            .prepare_cached(&format!("{REPORT} WHERE l.document = ?1"))?
            .query_row([document], report)
            .optional()?
            .map(Rc::new);
        let mut held = self.held.borrow_mut();
        if held.reports.len() >= HELD {
            *held = Held::default();
        }
        held.reports.insert(document, found.clone());
        Ok(found)
    }

    /// The documents that are copies with one, itself among them, by number.
    pub(crate) fn group(&self, document: i64) -> Result<Rc<[i64]>> {
        if let Some(known) = self.held.borrow().groups.get(&document) {
            return Ok(Rc::clone(known));
        }
        let group: Rc<[i64]> = group(self.c, document)?.into_iter().collect();
        let mut held = self.held.borrow_mut();
        for member in group.iter() {
            held.groups.insert(*member, Rc::clone(&group));
        }
        Ok(group)
    }
}

/// All origins: of reports, with their documents; and those who have a name from whom single
/// statements come.
pub(crate) fn all(c: &Connection, outlets: &Outlets, decided: &Decided) -> Result<Vec<Origin>> {
    let reports = Reports::all(c)?;
    let mut origins: BTreeMap<String, Origin> = BTreeMap::new();
    let mut documents = c.prepare("SELECT l.document, d.name FROM link_document l JOIN document d ON d.id = l.document ORDER BY l.document")?;
    let mut rows = documents.query([])?;
    while let Some(row) = rows.next()? {
        if let Some((name, is_known)) = reports.known(row.get(0)?)? {
            let kind = if is_known { "publication" } else { "unstated" };
            let origin = entry(&mut origins, decided, name, kind);
            origin.documents.push(row.get(1)?);
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
    let key = decided.name_of(&name).unwrap_or_else(|| name.clone());
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

const REPORT: &str = "SELECT l.document, d.name, h.name, k.name, l.at FROM link_document l JOIN document d ON d.id = l.document LEFT JOIN house h ON h.id = l.house LEFT JOIN house k ON k.id = l.credit";

fn report(row: &Row) -> Result<Report> {
    Ok(Report {
        name: row.get(1)?,
        house: row.get(2)?,
        credit: row.get(3)?,
        at: row.get(4)?,
    })
}

/// What makes two documents that copy each other one report: that they share most of their words.
const MOST: &str = "(extent = 'whole' OR min(in_a, in_b) > 0.4 OR max(in_a, in_b) >= 0.6)";

/// Documents that share most of their words: whole copies and what comes near to them.
fn groups(c: &Connection) -> Result<Joined> {
    let mut joined = Joined::default();
    let mut pairs = c.prepare(&format!("SELECT a, b FROM copy WHERE {MOST}"))?;
    let mut rows = pairs.query([])?;
    while let Some(row) = rows.next()? {
        joined.join(row.get(0)?, row.get(1)?);
    }
    Ok(joined)
}

/// The group of one document.
fn group(c: &Connection, document: i64) -> Result<BTreeSet<i64>> {
    let mut others = c.prepare_cached(&format!(
        "SELECT b FROM copy WHERE a = ?1 AND {MOST} UNION ALL SELECT a FROM copy WHERE b = ?1 AND {MOST}"
    ))?;
    let mut found = BTreeSet::from([document]);
    let mut next = vec![document];
    while let Some(at) = next.pop() {
        let mut rows = others.query([at])?;
        while let Some(row) = rows.next()? {
            let other = row.get(0)?;
            if found.insert(other) {
                next.push(other);
            }
        }
    }
    Ok(found)
}

/// The name of the origin of reports that copy each other, of those that credit nobody themselves; and
/// whether it is one of somebody.
fn origin(mut group: Vec<&Report>) -> Option<(String, bool)> {
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
        return Some(((*name).to_owned(), true));
    }
    let original = group.first()?;
    Some(match &original.house {
        Some(house) => (house.clone(), true),
        None => (original.name.clone(), false),
    })
}
