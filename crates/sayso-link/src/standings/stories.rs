//! Stories: a list of them, and the documents of one.

use rusqlite::{Connection, Result};
use sayso_case::Case;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::{Page, document, whole};
use crate::LinkError;
use crate::decisions::Moved;
use crate::link::{decided, is_linked};
use crate::stories::{self, InStory};

/// A story in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StoryLine {
    /// The name of its oldest document.
    pub id: String,
    /// The title of that.
    pub title: Option<String>,
    /// How many documents it has.
    pub documents: usize,
    /// When the first of them was published, of those whose date is known.
    pub first: Option<String>,
    /// When the last of them was.
    pub last: Option<String>,
}

/// The order of a list of stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StoryOrder {
    /// Those first of which a document was published last.
    #[default]
    Newest,
    /// Those first that have most documents.
    Largest,
}

impl StoryOrder {
    /// What begins the name of a place in such a list.
    const fn mark(self) -> &'static str {
        match self {
            Self::Newest => "new",
            Self::Largest => "large",
        }
    }
}

const SELECT: &str = "SELECT s.name, (SELECT v.title FROM link_document l JOIN version v ON v.id = l.version WHERE l.document = s.story), s.documents, s.first, s.last FROM story_sum s";

/// A page of stories, by what is kept when a case is linked; `after` is the place that a page of the same list
/// gave as its `next`.
///
/// # Errors
///
/// Where the case was never linked, or `after` is not a place in this list.
pub fn story_lines(
    case: &Case,
    order: StoryOrder,
    after: Option<&str>,
    limit: usize,
) -> std::result::Result<Page<StoryLine>, LinkError> {
    is_linked(case)?;
    let place = after.map(|after| Place::of(order, after)).transpose()?;
    let rows = lines(case.connection(), order, place, limit).map_err(|e| case.error(e))?;
    Ok(Page::of(rows, limit))
}

/// A place in a list of stories.
struct Place {
    documents: i64,
    last: String,
    name: String,
}

impl Place {
    fn of(order: StoryOrder, after: &str) -> std::result::Result<Self, LinkError> {
        let parts: Vec<&str> = after.splitn(4, '~').collect();
        let place = match parts.as_slice() {
            [mark, documents, last, name] if *mark == order.mark() => {
                documents.parse().ok().map(|documents| Self {
                    documents,
                    last: (*last).to_owned(),
                    name: (*name).to_owned(),
                })
            }
            _ => None,
        };
        place.ok_or_else(|| LinkError::Place(after.to_owned()))
    }
}

fn lines(
    c: &Connection,
    order: StoryOrder,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<(String, StoryLine)>> {
    let (by, behind) = match order {
        StoryOrder::Newest => (
            "s.last DESC, s.name DESC",
            "?2 IS NOT NULL AND (s.last, s.name) < (?3, ?4)",
        ),
        StoryOrder::Largest => (
            "s.documents DESC, s.last DESC, s.name DESC",
            "(s.documents, s.last, s.name) < (?2, ?3, ?4)",
        ),
    };
    let which = match &after {
        Some(_) => format!("WHERE {behind}"),
        None => "WHERE ?2 IS NULL AND ?3 IS NULL AND ?4 IS NULL".to_owned(),
    };
    let sql = format!("{SELECT} {which} ORDER BY {by} LIMIT ?1");
    let limit = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let place = after.map_or((None, None, None), |place| {
        (Some(place.documents), Some(place.last), Some(place.name))
    });
    c.prepare_cached(&sql)?
        .query_map((limit, place.0, place.1, place.2), |row| {
            let last: String = row.get(4)?;
            let documents: i64 = row.get(2)?;
            let id: String = row.get(0)?;
            let place = format!("{}~{documents}~{last}~{id}", order.mark());
            let line = StoryLine {
                id,
                title: row.get(1)?,
                documents: whole(documents),
                first: row.get(3)?,
                last: Some(last).filter(|day| !day.is_empty()),
            };
            Ok((place, line))
        })?
        .collect()
}

/// The documents of the story that a document is in, in the order of time, with what people decided laid over;
/// none where the document is not linked.
///
/// # Errors
///
/// Where the case was never linked, or has no such document.
pub fn story(case: &Case, name: &str) -> std::result::Result<Vec<InStory>, LinkError> {
    is_linked(case)?;
    let document = document(case, name)?;
    let decided = decided(case)?;
    let found = |c| stories::one(c, &Moved::new(decided.stories(c)?), document);
    found(case.connection()).map_err(|e| case.error(e).into())
}
