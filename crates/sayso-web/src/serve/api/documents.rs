//! Documents, each with its reading, and what links it to others.

use sayso_case::{Case, DocumentRow, Query, Rows};
use sayso_link::{ClaimChoice, ClaimLine, Copy, Page, claim_lines, copies_of};
use sayso_reading::{Reading, Scalars};
use schemars::JsonSchema;
use serde::Deserialize;

use super::list::{Limit, List, Part};
use super::route::Call;
use super::token::Token;
use crate::serve::pages::stories;
use crate::serve::problem::Problem;

pub(super) fn documents(
    call: &Call,
    case: &Case,
    asked: &Part,
) -> Result<List<DocumentRow>, Problem> {
    let after = call.place(asked.cursor.as_ref())?;
    let after = after.map(|after| format!(" after:{after}"));
    let question = format!("show:documents{}", after.unwrap_or_default());
    let query = Query::parse(&question)?.limited(asked.limit.rows());
    let answer = case.ask(&query, None)?;
    let Rows::Documents(rows) = answer.rows else {
        return Err(Problem::fault("documents were asked for"));
    };
    Ok(List::of(call, rows, answer.next.as_deref()))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    /// The document's name in the case, percent-encoded.
    id: String,
}

pub(super) fn document(_: &Call, case: &Case, asked: &Named) -> Result<Reading<Scalars>, Problem> {
    case.reading(&asked.id)?
        .to_scalars()
        .map_err(Problem::fault)
}

pub(super) fn story(_: &Call, case: &Case, asked: &Named) -> Result<stories::Story, Problem> {
    stories::of(case, asked.id.clone())
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfOne {
    /// The document's name in the case, percent-encoded.
    id: String,
    #[serde(default)]
    limit: Limit,
    cursor: Option<Token>,
}

pub(super) fn claims(call: &Call, case: &Case, asked: &OfOne) -> Result<List<ClaimLine>, Problem> {
    let after = call.place(asked.cursor.as_ref())?;
    let choice = ClaimChoice {
        document: Some(&asked.id),
        limit: asked.limit.rows() as usize,
        after: after.as_deref(),
        ..ClaimChoice::default()
    };
    let Page { items, next } = claim_lines(case, &choice)?;
    Ok(List::of(call, items, next.as_deref()))
}

pub(super) fn copies(call: &Call, case: &Case, asked: &OfOne) -> Result<List<Copy>, Problem> {
    let all = copies_of(case, &asked.id)?;
    let other = |copy: &Copy| {
        let is_first = copy.a == asked.id;
        if is_first { &copy.b } else { &copy.a }.clone()
    };
    List::within(call, all, asked.limit, asked.cursor.as_ref(), other)
}
