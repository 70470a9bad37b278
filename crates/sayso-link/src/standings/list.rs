//! Lists of the claims that are kept.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Result, Row, params_from_iter};
use sayso_case::Case;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::claims::{Label, Standing};
use crate::link::is_linked;
use crate::{LinkError, decisions};

/// A claim in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClaimLine {
    /// The oldest mention: `DOCUMENT#v1`; or the oldest attribution: `DOCUMENT#a1`.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The word that carries it in the oldest mention.
    pub trigger: String,
    /// The words of the oldest member.
    pub about: String,
    /// What is said is that it did not happen, and nobody says that it did.
    pub negated: bool,
    /// What stands behind it.
    pub standing: Standing,
    /// Where, by the first who says.
    pub place: Option<String>,
    /// When it happened or is to happen, by the first who says: first and last possible day or time.
    pub time: Option<[String; 2]>,
    /// When the first of its documents was published, of those whose date is known.
    pub first: Option<String>,
    /// When the last of them was.
    pub last: Option<String>,
    /// The story of the document that names it, by the name of the story's oldest document.
    pub story: String,
}

/// The order of a list of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ClaimOrder {
    /// Those first that most documents have.
    #[default]
    #[serde(rename = "told")]
    MostTold,
    /// Those first of which a document was published last.
    Newest,
}

impl ClaimOrder {
    /// The column that it goes by.
    const fn column(self) -> &'static str {
        match self {
            Self::MostTold => "reports",
            Self::Newest => "last",
        }
    }

    /// What begins the name of a place in such a list.
    const fn mark(self) -> &'static str {
        match self {
            Self::MostTold => "told",
            Self::Newest => "new",
        }
    }
}

/// Which claims a list has. Only claims that several documents or origins tell, or that somebody denies or
/// doubts, are in lists; what one document tells once is found by its name only.
#[derive(Debug, Clone, Copy, Default)]
pub struct ClaimChoice<'a> {
    /// With this label.
    pub label: Option<Label>,
    /// Of the story that this document is in.
    pub story: Option<&'a str>,
    /// That this document has.
    pub document: Option<&'a str>,
    /// Of this type of events.
    pub kind: Option<&'a str>,
    /// In which order.
    pub order: ClaimOrder,
    /// So many at most.
    pub limit: usize,
    /// Behind this place, which a page of the same list gave as its `next`.
    pub after: Option<&'a str>,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// What is in it.
    pub items: Vec<T>,
    /// Where to go on; `None` where that is all.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Of rows with the names of their places, of which one more than the limit was asked for.
    pub(super) fn of(mut rows: Vec<(String, T)>, limit: usize) -> Self {
        let is_more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| is_more).map(|(at, _)| at.clone());
        Self {
            items: rows.into_iter().map(|(_, item)| item).collect(),
            next,
        }
    }
}

/// A page of claims, by what is kept when a case is linked.
///
/// # Errors
///
/// Where the case was never linked, has no document of a name that is given, or `after` is not a place
/// in this list.
pub fn claim_lines(
    case: &Case,
    choice: &ClaimChoice,
) -> std::result::Result<Page<ClaimLine>, LinkError> {
    is_linked(case)?;
    let mut asked = Asked::default();
    if let Some(label) = choice.label {
        asked.is("c.label = ?", label.as_str().to_owned());
    }
    if let Some(kind) = choice.kind {
        asked.is("c.type = ?", kind.to_owned());
    }
    let told = |e| case.error(e);
    if let Some(name) = choice.story {
        let document = document(case, name)?;
        let story = kept_story(case.connection(), document).map_err(told)?;
        asked.is("c.story = ?", story);
    }
    if let Some(name) = choice.document {
        asked.of_document(document(case, name)?);
    }
    if let Some(after) = choice.after {
        asked.after(choice.order, after)?;
    }
    let rows = asked.rows(case.connection(), choice).map_err(told)?;
    Ok(Page::of(rows, choice.limit))
}

/// The claims that a document has, the most widely told first, of those that are kept.
///
/// # Errors
///
/// Where the case was never linked, or has no such document.
pub fn claims_of(case: &Case, document: &str) -> std::result::Result<Vec<ClaimLine>, LinkError> {
    let choice = ClaimChoice {
        document: Some(document),
        limit: usize::MAX,
        ..ClaimChoice::default()
    };
    Ok(claim_lines(case, &choice)?.items)
}

/// How many claims are in lists, by label, in the order of the labels' rules.
///
/// # Errors
///
/// Where the case was never linked.
pub fn claim_counts(case: &Case) -> std::result::Result<Vec<(Label, usize)>, LinkError> {
    is_linked(case)?;
    let count = |label: Label| -> Result<(Label, usize)> {
        let found: Option<i64> = case
            .connection()
            .prepare_cached("SELECT claims FROM claim_count WHERE label = ?1")?
            .query_row([label.as_str()], |row| row.get(0))
            .optional()?;
        Ok((label, whole(found.unwrap_or(0))))
    };
    let counts: Result<Vec<_>> = Label::ALL.into_iter().map(count).collect();
    counts.map_err(|e| case.error(e).into())
}

/// What is asked of the table of claims.
#[derive(Default)]
struct Asked {
    conditions: Vec<String>,
    values: Vec<Value>,
    /// Only those of a document: they are few, and found by it.
    is_of_document: bool,
    /// Those of one story or document are few: they are sorted, and no index is followed for their order.
    is_few: bool,
}

impl Asked {
    fn is(&mut self, condition: &str, value: impl Into<Value>) {
        self.is_few |= condition.starts_with("c.story");
        self.conditions.push(condition.to_owned());
        self.values.push(value.into());
    }

    fn of_document(&mut self, document: i64) {
        self.is("k.document = ?", document);
        self.is_of_document = true;
        self.is_few = true;
    }

    /// Only what comes behind a place, which is named by the value of the order's column and the claim.
    fn after(&mut self, order: ClaimOrder, after: &str) -> std::result::Result<(), LinkError> {
        let unusable = || LinkError::Place(after.to_owned());
        let place = after.strip_prefix(order.mark());
        let place = place.and_then(|p| p.strip_prefix('~')?.split_once('~'));
        let (value, id) = place.ok_or_else(unusable)?;
        let value = match order {
            ClaimOrder::MostTold => Value::from(value.parse::<i64>().map_err(|_| unusable())?),
            ClaimOrder::Newest => Value::from(value.to_owned()),
        };
        self.conditions.push(format!(
            "({}, {}) < (?, ?)",
            self.column(order.column()),
            self.column("id")
        ));
        self.values.extend([value, Value::from(id.to_owned())]);
        Ok(())
    }

    /// A column that rows are ordered by; where rows are few, so written that no index is taken for it.
    fn column(&self, name: &str) -> String {
        let plus = if self.is_few { "+" } else { "" };
        format!("{plus}c.{name}")
    }

    fn rows(self, c: &Connection, choice: &ClaimChoice) -> Result<Vec<(String, ClaimLine)>> {
        let from = if self.is_of_document {
            "claim_document k CROSS JOIN claim c ON c.event = k.claim"
        } else {
            "claim c"
        };
        let which = match self.conditions.as_slice() {
            [] => String::new(),
            all => format!("WHERE {}", all.join(" AND ")),
        };
        let by = choice.order.column();
        let sql = format!(
            "SELECT c.id, c.type, c.\"trigger\", c.about, c.negated, c.reports, c.copies, c.origins, c.unnamed, c.deniers, c.label, c.place, c.earliest, c.latest, c.first, c.last, (SELECT name FROM document WHERE id = c.story) FROM {from} {which} ORDER BY {} DESC, {} DESC LIMIT ?",
            self.column(by),
            self.column("id")
        );
        let mut values = self.values;
        let limit = i64::try_from(choice.limit).unwrap_or(i64::MAX);
        values.push(limit.saturating_add(1).into());
        let row = |row: &Row| {
            let line = line(row)?;
            let value = match choice.order {
                ClaimOrder::MostTold => line.standing.reports.to_string(),
                ClaimOrder::Newest => line.last.clone().unwrap_or_default(),
            };
            let place = format!("{}~{value}~{}", choice.order.mark(), line.id);
            Ok((place, line))
        };
        c.prepare_cached(&sql)?
            .query_map(params_from_iter(values), row)?
            .collect()
    }
}

fn line(row: &Row) -> Result<ClaimLine> {
    let number = |at: usize| row.get(at).map(whole);
    let label: String = row.get(10)?;
    let time: (Option<String>, Option<String>) = (row.get(12)?, row.get(13)?);
    Ok(ClaimLine {
        id: row.get(0)?,
        kind: row.get(1)?,
        trigger: row.get(2)?,
        about: row.get(3)?,
        negated: row.get(4)?,
        standing: Standing {
            reports: number(5)?,
            copies: number(6)?,
            origins: number(7)?,
            unnamed: number(8)?,
            deniers: number(9)?,
            label: Label::parse(&label).unwrap_or(Label::NoOrigin),
        },
        place: row.get(11)?,
        time: time.0.zip(time.1).map(|(from, to)| [from, to]),
        first: row.get(14)?,
        last: Some(row.get(15)?).filter(|day: &String| !day.is_empty()),
        story: row.get(16)?,
    })
}

/// A count as it is kept.
pub(super) fn whole(count: i64) -> usize {
    usize::try_from(count).unwrap_or(0)
}

/// The row of a document of the case.
pub(super) fn document(case: &Case, name: &str) -> std::result::Result<i64, LinkError> {
    let found = decisions::document(case.connection(), name).map_err(|e| case.error(e))?;
    found.ok_or_else(|| {
        LinkError::Unknown(format!(
            "{name}: there is no such document in the case; `sayso stories` lists them"
        ))
    })
}

/// The story of a document, as lists have it; the document itself where it is not linked.
fn kept_story(c: &Connection, document: i64) -> Result<i64> {
    c.prepare_cached("SELECT coalesce((SELECT story FROM story_moved WHERE document = ?1), (SELECT story FROM story WHERE document = ?1), ?1)")?
        .query_row([document], |row| row.get(0))
}
