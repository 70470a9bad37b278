//! The start: what is in the case, what is new, what is disputed, what rests on one origin.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::{Case, Info, Query, Rows};
use sayso_link::{ClaimChoice, ClaimLine, ClaimOrder, Label, claim_lines};
use serde::Serialize;

use super::add;
use super::claims::line;
use super::search;
use super::sums::{Kept, Sums};
use crate::output::labels::{count, grouped};
use crate::serve::Site;
use crate::serve::answer::{Table, View};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::parts::{self, DocumentLine};
use crate::serve::problem::Problem;

/// Rows of each list.
const SHORT: usize = 6;
/// Claims that are looked at to find those of several reports.
const LOOKED_AT: usize = 100;

/// What the page shows.
#[derive(Debug, Serialize)]
pub(crate) struct Start {
    info: Arc<Info>,
    /// The newest documents.
    newest: Vec<DocumentLine>,
    disputed: Vec<ClaimLine>,
    /// Told by several reports, and from one origin, or from unnamed ones only.
    single: Vec<ClaimLine>,
    /// Documents that are not linked yet.
    waiting: usize,
}

pub(crate) async fn start(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    asked
        .show(move |case| {
            Ok(Start {
                info: counted(&site, case)?,
                newest: newest(case)?,
                disputed: disputed(case)?,
                single: single(case)?,
                waiting: sayso_link::waiting(case)?,
            })
        })
        .await
}

/// What is in the case, in numbers.
pub(crate) fn counted(site: &Arc<Site>, case: &Case) -> Result<Arc<Info>, Problem> {
    Kept::get(site, of_info, case, info)
}

fn of_info(sums: &Sums) -> &Kept<Info> {
    &sums.info
}

pub(crate) fn info(case: &Case) -> Result<Info, Problem> {
    let mut info = case.info()?;
    // where the file lies on this machine is nobody's business who looks at a page
    info.path = info
        .path
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .to_owned();
    Ok(info)
}

fn newest(case: &Case) -> Result<Vec<DocumentLine>, Problem> {
    let query = Query::parse(&format!("show:documents limit:{SHORT}"))?;
    let Rows::Documents(rows) = case.ask(&query, None)?.rows else {
        return Ok(Vec::new());
    };
    let named = parts::documents(case, rows.iter().map(|row| row.document.as_str()))?;
    Ok(rows
        .iter()
        .filter_map(|row| named.get(&row.document).cloned())
        .collect())
}

fn some(case: &Case, label: Label, limit: usize) -> Result<Vec<ClaimLine>, Problem> {
    let choice = ClaimChoice {
        label: Some(label),
        order: ClaimOrder::MostTold,
        limit,
        ..ClaimChoice::default()
    };
    Ok(claim_lines(case, &choice)?.items)
}

fn disputed(case: &Case) -> Result<Vec<ClaimLine>, Problem> {
    let mut all = some(case, Label::DeniedByTheAccused, SHORT)?;
    all.extend(some(case, Label::Disputed, SHORT)?);
    all.sort_by(|a, b| {
        b.standing
            .reports
            .cmp(&a.standing.reports)
            .then_with(|| b.last.cmp(&a.last))
    });
    all.truncate(SHORT);
    Ok(all)
}

fn single(case: &Case) -> Result<Vec<ClaimLine>, Problem> {
    let mut all = some(case, Label::SingleOrigin, LOOKED_AT)?;
    all.extend(some(case, Label::OnlyUnnamed, LOOKED_AT)?);
    all.retain(|claim| claim.standing.reports > 1);
    all.sort_by(|a, b| {
        b.standing
            .reports
            .cmp(&a.standing.reports)
            .then_with(|| b.last.cmp(&a.last))
    });
    all.truncate(SHORT);
    Ok(all)
}

impl View for Start {
    fn title(&self) -> String {
        "Who says so?".to_owned()
    }

    fn body(&self, around: &Around) -> Markup {
        html! {
            h1 { "Who says so?" }
            (self.sentence())
            @if self.waiting > 0 {
                p.notice { (count(self.waiting, "document")) " not linked yet: " code { "sayso link" } " brings claims and stories up to date." }
            }
            (search::form(around, false, None))
            @if self.info.documents == 0 { (add::form(around)) }
            div.lists {
                section aria-labelledby="new" {
                    h2 #new { "New" }
                    @if self.newest.is_empty() { p.none { "Nothing yet." } }
                    ul.lines { @for line in &self.newest { li { (parts::document(line)) } } }
                    p { a href=(links::search("show:documents")) { "All documents" } }
                }
                section aria-labelledby="disputed" {
                    h2 #disputed { "Disputed" }
                    @if self.disputed.is_empty() { p.none { "Nothing that somebody denies." } }
                    ul.lines { @for claim in &self.disputed { (line(claim)) } }
                    p { a href="/claims?label=disputed" { "All that is disputed" } " · "
                        a href="/claims?label=denied+by+the+accused" { "denied by the accused" } }
                }
                section aria-labelledby="single" {
                    h2 #single { "Resting on a single origin" }
                    @if self.single.is_empty() { p.none { "Nothing that several reports have from one origin." } }
                    ul.lines { @for claim in &self.single { (line(claim)) } }
                    p { a href="/claims?label=single+origin" { "All from a single origin" } " · "
                        a href="/claims?label=only+unnamed" { "only unnamed" } }
                }
            }
            @if self.info.documents > 0 { (add::form(around)) }
        }
    }

    fn table(&self) -> Option<Table> {
        Table::of(&self.newest)
    }
}

impl Start {
    /// What is in the case, in one sentence.
    fn sentence(&self) -> Markup {
        let info = &self.info;
        let counted = |n: i64| usize::try_from(n).unwrap_or(0);
        html! {
            p.lead {
                @if info.documents == 0 {
                    "The case is empty. Add documents below, or with " code { "sayso add" } "."
                } @else {
                    (count(counted(info.documents), "document"))
                    @if info.publishers > 0 { " from " (count(counted(info.publishers), "publisher")) }
                    @if let (Some(first), Some(last)) = (&info.earliest, &info.latest) {
                        ", " (parts::stretch(first, last))
                    }
                    ": " (count(counted(info.attributions), "statement")) " and "
                    (count(counted(info.events), "event")) " as they are told"
                    @if info.reviews > 0 { "; " (grouped(counted(info.reviews))) " decisions of people" }
                    "."
                }
            }
        }
    }
}
