//! What people decided, and how far they agree.

use std::sync::Arc;

use sayso_case::{Agreement, Case, Entry, LinkDecision, SecondLook};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::list::{Limit, List, Part};
use super::route::{Call, Nothing};
use super::token::Token;
use crate::serve::pages::coding::agreement::reached;
use crate::serve::problem::Problem;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Decisions {
    /// Only those on this document.
    document: Option<String>,
    #[serde(default)]
    limit: Limit,
    cursor: Option<Token>,
}

pub(super) fn decisions(
    call: &Call,
    case: &Case,
    asked: &Decisions,
) -> Result<List<Entry>, Problem> {
    let after = entry_at(call, asked.cursor.as_ref())?;
    let limit = asked.limit.rows() as usize;
    let mut items = case.entries(asked.document.as_deref(), after, limit + 1)?;
    let is_more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| is_more).map(|e| e.id.to_string());
    Ok(List::of(call, items, next.as_deref()))
}

/// The entry behind which a page begins.
fn entry_at(call: &Call, cursor: Option<&Token>) -> Result<i64, Problem> {
    let place = call.place(cursor)?;
    let read = |place: String| {
        let refused =
            |_| Problem::refused("cursor: this is no place in this list; begin without it");
        place.parse().map_err(refused)
    };
    place.map_or(Ok(0), read)
}

pub(super) fn links(call: &Call, case: &Case, asked: &Part) -> Result<List<LinkDecision>, Problem> {
    let all = case.link_decisions()?;
    List::within(call, all, asked.limit, asked.cursor.as_ref(), |e| {
        e.id.to_string()
    })
}

pub(super) fn agreement(call: &Call, case: &Case, _: &Nothing) -> Result<Arc<Agreement>, Problem> {
    reached(&call.site, case)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Second {
    /// Who is to look: what they decided on themselves is left out.
    who: String,
    #[serde(default)]
    limit: Limit,
    cursor: Option<Token>,
}

/// Something that others decided on, as the reader found it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SecondLook")]
pub(super) struct Look {
    /// The document.
    document: String,
    /// Its id within the document's reading.
    id: String,
    /// Its words.
    words: String,
    /// The words before them.
    before: String,
    /// The words after them.
    after: String,
    /// The item, as in the contract of readings.
    item: Value,
}

impl Look {
    fn of(look: SecondLook) -> Self {
        Self {
            document: look.target.document,
            id: look.target.local,
            words: look.words,
            before: look.before,
            after: look.after,
            item: look.item,
        }
    }
}

pub(super) fn second(call: &Call, case: &Case, asked: &Second) -> Result<List<Look>, Problem> {
    let after = entry_at(call, asked.cursor.as_ref())?;
    let found = case.second(&asked.who, after, asked.limit.rows() as usize)?;
    let next = found.looks.last().filter(|_| found.behind > 0);
    let next = next.map(|look| look.entry.to_string());
    let items = found.looks.into_iter().map(Look::of).collect();
    Ok(List::of(call, items, next.as_deref()))
}
