//! Claims: what is told of one event across documents, in a list.

use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use sayso_link::{ClaimChoice, ClaimLine, ClaimOrder, Label, Page, claim_counts, claim_lines};
use serde::{Deserialize, Serialize};

use crate::output::labels::grouped;
use crate::serve::answer::{Table, View, cell};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::{self, parts, standing};
use crate::serve::problem::Problem;

/// Claims on one page.
const LIMIT: usize = 40;

/// What may be asked of the list.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choice {
    #[serde(default)]
    label: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    after: String,
}

impl Choice {
    fn label(&self) -> Result<Option<Label>, Problem> {
        if self.label.is_empty() {
            return Ok(None);
        }
        let known = Label::ALL
            .into_iter()
            .find(|label| label.as_str() == self.label);
        known.map(Some).ok_or_else(|| {
            let words: Vec<&str> = Label::ALL.iter().map(|l| l.as_str()).collect();
            Problem::refused(format!(
                "{}: there is no such label; there are {}",
                self.label,
                words.join(", ")
            ))
        })
    }

    fn order(&self) -> Result<ClaimOrder, Problem> {
        match self.order.as_str() {
            "" | "told" => Ok(ClaimOrder::MostTold),
            "newest" => Ok(ClaimOrder::Newest),
            other => Err(Problem::refused(format!(
                "{other}: claims can be put in order by told or newest"
            ))),
        }
    }
}

/// What the page shows.
#[derive(Debug, Serialize)]
pub(crate) struct ClaimList {
    claims: Vec<ClaimLine>,
    /// What `after` has to be to get the next ones.
    next: Option<String>,
    /// How many claims have which label.
    labels: Vec<(Label, usize)>,
    #[serde(skip)]
    choice: Choice,
}

pub(crate) async fn claims(asked: Asked, Query(choice): Query<Choice>) -> Response {
    asked
        .show(move |case| {
            let wanted = ClaimChoice {
                label: choice.label()?,
                kind: (!choice.kind.is_empty()).then_some(choice.kind.as_str()),
                order: choice.order()?,
                limit: LIMIT,
                after: (!choice.after.is_empty()).then_some(choice.after.as_str()),
                ..ClaimChoice::default()
            };
            let Page { items, next } = claim_lines(case, &wanted)?;
            Ok(ClaimList {
                claims: items,
                next,
                labels: claim_counts(case)?,
                choice,
            })
        })
        .await
}

/// One claim in a list.
pub(crate) fn line(claim: &ClaimLine) -> Markup {
    html! {
        li.claim {
            a.about href=(links::claim(&claim.id)) { bdi { (claim.about) } }
            p.meta {
                (parts::label(claim.standing.label)) " "
                (standing::counts(&claim.standing))
                @if let Some(place) = &claim.place { " " bdi { (place) } "." }
                @if let Some([first, last]) = &claim.time { " " (parts::stretch(first, last)) "." }
            }
        }
    }
}

/// Claims as a table.
pub(crate) fn table(claims: &[ClaimLine]) -> Table {
    let mut table = Table::new(&[
        "id",
        "about",
        "type",
        "label",
        "reports",
        "copies",
        "named_origins",
        "unnamed_origins",
        "deniers",
        "place",
        "earliest",
        "latest",
        "first_told",
        "last_told",
    ]);
    table.rows = claims
        .iter()
        .map(|c| {
            let s = &c.standing;
            let time = |at: usize| {
                c.time
                    .as_ref()
                    .and_then(|t| t.get(at))
                    .cloned()
                    .unwrap_or_default()
            };
            vec![
                c.id.clone(),
                c.about.clone(),
                c.kind.clone(),
                s.label.as_str().to_owned(),
                s.reports.to_string(),
                s.copies.to_string(),
                s.origins.to_string(),
                s.unnamed.to_string(),
                s.deniers.to_string(),
                cell(c.place.as_ref()),
                time(0),
                time(1),
                cell(c.first.as_ref()),
                cell(c.last.as_ref()),
            ]
        })
        .collect();
    table
}

impl View for ClaimList {
    fn title(&self) -> String {
        if self.choice.label.is_empty() {
            "Claims".to_owned()
        } else {
            format!("Claims: {}", self.choice.label)
        }
    }

    fn body(&self, _: &Around) -> Markup {
        let choice = &self.choice;
        let all: usize = self.labels.iter().map(|(_, n)| n).sum();
        html! {
            h1 { (self.title()) }
            p.lead { "What several reports tell, or somebody denies. A claim that one report tells once stands in its document." }
            nav.choices aria-label="standing" {
                ul {
                    li { a href=(links::with("/claims", &[("order", &choice.order)])) aria-current=[choice.label.is_empty().then_some("true")] { "all " span.meta { (grouped(all)) } } }
                    @for (label, n) in &self.labels {
                        @let here = label.as_str() == choice.label;
                        li { a href=(links::with("/claims", &[("label", label.as_str()), ("order", &choice.order)])) aria-current=[here.then_some("true")] { (label.as_str()) " " span.meta { (grouped(*n)) } } }
                    }
                }
                p.meta {
                    @if choice.order == "newest" {
                        "The newest first; " a href=(links::with("/claims", &[("label", &choice.label)])) { "most told first" }
                    } @else {
                        "Most told first; " a href=(links::with("/claims", &[("label", &choice.label), ("order", "newest")])) { "the newest first" }
                    }
                }
            }
            @if self.claims.is_empty() { p.none { "No claims." } }
            ul.lines.claims { @for claim in &self.claims { (line(claim)) } }
            (look::next("/claims", &[("label", &choice.label), ("type", &choice.kind), ("order", &choice.order)], self.next.as_deref()))
        }
    }

    fn table(&self) -> Option<Table> {
        Some(table(&self.claims))
    }
}
