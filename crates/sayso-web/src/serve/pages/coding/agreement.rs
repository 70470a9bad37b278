//! How far coders agree, and what they differ on.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::{Agreement, Case, Disagreement};
use serde::Serialize;

use super::ways;
use crate::output::labels::{count, grouped};
use crate::serve::Site;
use crate::serve::answer::{Table, View};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::parts;
use crate::serve::pages::sums::{Kept, Sums};
use crate::serve::problem::Problem;

/// Disagreements that are shown.
const SHOWN: usize = 100;
/// Below so many things, a figure of agreement says little.
const FEW: usize = 30;

/// What the page shows.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Page(Arc<Agreement>);

pub(crate) async fn agreement(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    asked
        .show(move |case| Ok(Page(reached(&site, case)?)))
        .await
}

/// How far reviewers agree.
pub(crate) fn reached(site: &Arc<Site>, case: &Case) -> Result<Arc<Agreement>, Problem> {
    Kept::get(site, of_agreement, case, counted)
}

fn of_agreement(sums: &Sums) -> &Kept<Agreement> {
    &sums.agreement
}

fn counted(case: &Case) -> Result<Agreement, Problem> {
    Ok(case.agreement()?)
}

/// A figure, or why there is none.
fn figure(value: Option<f64>) -> String {
    let written = |v: f64| format!("{:.2}", (v * 100.0).round() / 100.0 + 0.0);
    value.map_or_else(|| "not defined".to_owned(), written)
}

impl Page {
    fn lead(&self) -> Markup {
        let a = &self.0;
        html! {
            @if a.reviewers.is_empty() {
                p.lead { "Nobody has decided on anything yet." }
                p { a href="/review?q=show:events" { "Review the events" } ", a key each." }
            } @else if a.items == 0 {
                p.lead { "Nobody has looked a second time yet: what " (parts::number(a.reviewers.len())) @if a.reviewers.len() == 1 { " coder" } @else { " coders" } " decided, nobody else decided on." }
                p { a href="/review?second=1" { "A second look" } " goes through what others decided on, without telling what they decided." }
            } @else {
                p.lead {
                    (parts::capital(&parts::some(a.items, "thing"))) " that two or more of " (count(a.reviewers.len(), "coder")) " decided on. "
                    @match a.alpha {
                        Some(alpha) => { "Krippendorff's alpha of accept, correct and reject: " (figure(Some(alpha))) "." },
                        None => "All decisions are alike, so that alpha is not defined: chance alone would do as well.",
                    }
                }
                @if a.items < FEW { p.meta { "That is few: below " (FEW) " things, a figure of agreement says little." } }
            }
        }
    }

    fn pairs(&self) -> Markup {
        html! {
            @if self.0.items > 0 {
                h2 { "Two by two" }
                table {
                    thead { tr { th scope="col" { "Coders" } th scope="col" { "Both decided" } th scope="col" { "Alike" } th scope="col" { "Cohen's kappa" } } }
                    tbody {
                        @for pair in &self.0.pairs {
                            tr {
                                th scope="row" { bdi { (pair.a) } " and " bdi { (pair.b) } }
                                td.n { (grouped(pair.items)) } td.n { (grouped(pair.agreed)) }
                                td.n { @if pair.items == 0 { "nothing in common" } @else { (figure(pair.kappa)) } }
                            }
                        }
                    }
                }
            }
            @if !self.0.fields.is_empty() {
                h2 { "Field by field" }
                table {
                    thead { tr { th scope="col" { "Field" } th scope="col" { "Values of two or more" } th scope="col" { "Krippendorff's alpha" } } }
                    tbody {
                        @for field in &self.0.fields {
                            tr { th scope="row" { code { (field.field) } } td.n { (grouped(field.items)) } td.n { (figure(field.alpha)) } }
                        }
                    }
                }
            }
        }
    }

    fn disagreements(&self) -> Markup {
        let all = &self.0.disagreements;
        html! {
            @if self.0.items > 0 {
                section aria-labelledby="differ" {
                    h2 #differ { "Where they differ" }
                    @if all.is_empty() { p.none { "Nowhere." } }
                    @for d in all.iter().take(SHOWN) { (differing(d)) }
                    @if all.len() > SHOWN { p.meta { (grouped(all.len() - SHOWN)) " more are in the CSV." } }
                }
            }
        }
    }
}

fn differing(d: &Disagreement) -> Markup {
    html! {
        div.against {
            h3 { a href=(links::within(&d.document, &d.id)) { "“" bdi { (d.words) } "”" } " " span.meta { (d.on) " · " bdi { (d.document) } } }
            @for (who, said) in &d.said { div { p.who { bdi { (who) } } p { code { (said) } } } }
        }
    }
}

impl View for Page {
    fn title(&self) -> String {
        "Agreement of coders".to_owned()
    }

    fn body(&self, _: &Around) -> Markup {
        html! {
            h1 { "Agreement of coders" }
            (ways())
            (self.lead())
            (self.pairs())
            (self.disagreements())
            p.meta { "Counted over attributions and events, decisions and second opinions, each coder's last word. Alpha and kappa are nominal; 1 is full agreement, 0 what chance would give." }
        }
    }

    fn table(&self) -> Option<Table> {
        let mut table = Table::new(&["document", "id", "words", "on", "who", "said"]);
        for d in &self.0.disagreements {
            for (who, said) in &d.said {
                let cells = [&d.document, &d.id, &d.words, &d.on, who, said];
                table.rows.push(cells.map(Clone::clone).to_vec());
            }
        }
        Some(table)
    }
}
