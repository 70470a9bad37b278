//! What people decided, and how far they agree.

use sayso_case::{Agreement, Case, Entry, LinkDecision, SecondLook};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::list::{Limit, List, Part};
use super::route::{Call, Nothing};
use super::token::Token;
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
    let all = case.journal(asked.document.as_deref())?;
    List::within(call, all, asked.limit, asked.cursor.as_ref(), |e| {
        e.id.to_string()
    })
}

pub(super) fn links(call: &Call, case: &Case, asked: &Part) -> Result<List<LinkDecision>, Problem> {
    let all = case.link_decisions()?;
    List::within(call, all, asked.limit, asked.cursor.as_ref(), |e| {
        e.id.to_string()
    })
}

pub(super) fn agreement(_: &Call, case: &Case, _: &Nothing) -> Result<Agreement, Problem> {
    Ok(case.agreement()?)
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
    let all = case.second(&asked.who)?.into_iter().map(Look::of).collect();
    let key = |look: &Look| format!("{}#{}", look.document, look.id);
    List::within(call, all, asked.limit, asked.cursor.as_ref(), key)
}
