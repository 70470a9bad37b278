//! The error sheet: what people corrected, rejected and added, and what that says of the reader.

mod count;

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::{Case, Judged, Verdict};
use serde::Serialize;
use serde_json::Value;

use super::coding::ways;
use super::sums::{Kept, Sums};
use crate::output::labels::{count, grouped};
use crate::serve::Site;
use crate::serve::answer::{Table, View, cell};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::parts;
use crate::serve::problem::Problem;
pub(crate) use count::Sheet;
use count::{Count, plain};

/// Corrections that are shown.
const FREQUENT: usize = 40;
/// Rejected and missed ones that are shown.
const EXAMPLES: usize = 20;
/// Publishers that are shown.
const PUBLISHERS: usize = 30;

pub(crate) async fn errors(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    asked
        .show(move |case| Ok(Page(counted_of(&site, case)?)))
        .await
}

/// What people decided, counted.
pub(crate) fn counted_of(site: &Arc<Site>, case: &Case) -> Result<Arc<Sheet>, Problem> {
    Kept::get(site, of_errors, case, counted)
}

fn of_errors(sums: &Sums) -> &Kept<Sheet> {
    &sums.errors
}

fn counted(case: &Case) -> Result<Sheet, Problem> {
    Ok(Sheet {
        lost: case.lost()?,
        ..Sheet::of(case.judged(None)?)
    })
}

/// What the page shows.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Page(Arc<Sheet>);

fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    format!(
        "{} of {} ({:.0} %)",
        grouped(part),
        grouped(whole),
        100.0 * part as f64 / whole as f64
    )
}

/// Counts with a name before each.
fn counts<'c>(title: &str, head: &str, rows: impl Iterator<Item = (&'c str, Count)>) -> Markup {
    html! {
        h2 { (title) }
        div.wide tabindex="0" role="group" aria-label=(title) {
            table.sums {
                thead { tr {
                    th scope="col" { (head) } th scope="col" { "Looked at" } th scope="col" { "Right as it was" } th scope="col" { "There, but corrected" }
                    th scope="col" { "Rejected" } th scope="col" { "Missed" }
                } }
                tbody {
                    @for (name, c) in rows {
                        tr {
                            th scope="row" { @if name.is_empty() { "unknown" } @else { bdi { (name) } } }
                            td.n { (grouped(c.looked_at)) } td.n { (share(c.accepted, c.looked_at)) } td.n { (share(c.corrected, c.looked_at)) }
                            td.n { (share(c.rejected, c.looked_at)) } td.n { (grouped(c.missed)) }
                        }
                    }
                }
            }
        }
    }
}

/// Where something stands: in its document, at its place as far as that is known.
fn at(document: &str, id: Option<&str>, words: &str) -> Markup {
    let link = id.map_or_else(
        || links::document(document),
        |id| links::within(document, id),
    );
    html! { a href=(link) { "“" bdi { (words) } "”" } }
}

impl Page {
    fn lead(&self) -> Markup {
        let sum = self
            .0
            .kinds
            .iter()
            .fold(Count::default(), |a, (_, b)| Count {
                looked_at: a.looked_at + b.looked_at,
                accepted: a.accepted + b.accepted,
                corrected: a.corrected + b.corrected,
                rejected: a.rejected + b.rejected,
                missed: a.missed + b.missed,
            });
        html! {
            @if sum.looked_at + sum.missed == 0 {
                p.lead { "Nobody has decided on anything yet, so nothing can be said of the reader's errors." }
                p { a href="/review" { "Review" } " goes through what was read, a key each." }
            } @else {
                p.lead {
                    (count(sum.looked_at, "thing")) " looked at: " (grouped(sum.accepted)) " right as the reader had it, "
                    (grouped(sum.corrected)) " corrected, " (grouped(sum.rejected)) " rejected. "
                    @if sum.missed == 0 { "Nothing that the reader missed was added." }
                    @else { (parts::capital(&parts::number(sum.missed))) " that the reader missed " @if sum.missed == 1 { "was" } @else { "were" } " added." }
                }
                p.meta { "These are shares of what people chose to look at, and no random sample of the case unless the queue was one. What was missed is known only where somebody looked for it, so it gives no share. Second opinions and decisions that were undone are not counted." }
            }
        }
    }

    fn by_field(&self) -> Markup {
        html! {
            @if !self.0.fields.is_empty() {
                h2 { "By field" }
                table {
                    thead { tr { th scope="col" { "Field" } th scope="col" { "Wrong in those that are there" } } }
                    tbody {
                        @for f in &self.0.fields {
                            tr { th scope="row" { (f.kind) " " code { (f.field) } } td.n { (share(f.corrected, f.of)) } }
                        }
                    }
                }
                h2 { "Most frequent corrections" }
                div.wide tabindex="0" role="group" aria-label="corrections" {
                    table.sums {
                        thead { tr { th scope="col" { "Field" } th scope="col" { "Before → after" } th scope="col" { "Times" } th scope="col" { "Such as" } } }
                        tbody {
                            @for c in self.0.corrections.iter().take(FREQUENT) {
                                tr {
                                    th scope="row" { (c.kind) " " code { (c.field) } }
                                    td { @match (&c.before, &c.after) { (Some(before), Some(after)) => { code { (before) } " → " code { (after) } }, _ => "other words", } }
                                    td.n { (grouped(c.times)) }
                                    td { (at(&c.document, c.id.as_deref(), &c.words)) }
                                }
                            }
                        }
                    }
                }
                @if self.0.corrections.len() > FREQUENT { p.meta { (grouped(self.0.corrections.len() - FREQUENT)) " more are in the JSON." } }
            }
        }
    }

    /// Things of one verdict, with links.
    fn examples(&self, title: &str, verdict: Verdict) -> Markup {
        let all: Vec<&Judged> = self
            .0
            .things
            .iter()
            .filter(|thing| thing.verdict() == Some(verdict))
            .collect();
        html! {
            @if !all.is_empty() {
                h2 { (title) }
                ul.lines {
                    @for thing in all.iter().rev().take(EXAMPLES) {
                        // what is rejected stands in the text no more
                        @let id = thing.id.as_deref().filter(|_| verdict != Verdict::Rejected);
                        li { (at(&thing.document, id, &thing.words)) " " span.meta { (thing.kind.as_str()) " · by " bdi { (thing.decisions.last().map_or("", |d| d.who.as_str())) } @if let Some(publisher) = &thing.publisher { " · " bdi { (publisher) } } } }
                    }
                }
                @if all.len() > EXAMPLES { p.meta { (grouped(all.len() - EXAMPLES)) " more are in the CSV." } }
            }
        }
    }

    fn lost(&self) -> Markup {
        html! {
            @if !self.0.lost.is_empty() {
                h2 { "Decisions that were lost" }
                p { "Their words are gone from the text as it is now; they change nothing until somebody decides anew." }
                ul.lines {
                    @for entry in &self.0.lost {
                        li { "“" bdi { (entry.words) } "” " span.meta { "entry " (entry.id) " · " bdi { (entry.who) } " · " (entry.action) " · " a href=(links::document(&entry.document)) { bdi { (entry.document) } } } }
                    }
                }
            }
        }
    }
}

impl View for Page {
    fn title(&self) -> String {
        "Error sheet".to_owned()
    }

    fn body(&self, _: &Around) -> Markup {
        let sheet = &self.0;
        let plural = |kind: &'static str| match kind {
            "event" => "events",
            _ => "attributions",
        };
        let named = |rows: &'_ [(String, Count)]| rows.to_vec();
        html! {
            h1 { "Error sheet" }
            (ways())
            (self.lead())
            @if !sheet.kinds.is_empty() {
                (counts("By kind", "Kind", sheet.kinds.iter().map(|(kind, c)| (plural(kind), *c))))
                (self.by_field())
                (counts("By publisher", "Publisher", named(&sheet.publishers).iter().take(PUBLISHERS).map(|(name, c)| (name.as_str(), *c))))
                (counts("By version of the reader", "Version", named(&sheet.readers).iter().map(|(name, c)| (name.as_str(), *c))))
                (self.examples("Rejected: there is no such thing", Verdict::Rejected))
                (self.examples("Missed by the reader", Verdict::Missed))
            }
            (self.lost())
        }
    }

    fn table(&self) -> Option<Table> {
        let mut table = Table::new(&[
            "document",
            "id",
            "kind",
            "words",
            "verdict",
            "field",
            "before",
            "after",
            "who",
            "publisher",
            "reader",
        ]);
        for thing in &self.0.things {
            let Some(verdict) = thing.verdict() else {
                continue;
            };
            let who = thing.decisions.iter().rfind(|d| !d.opinion);
            let mut row = |field: &str, before: String, after: String| {
                table.rows.push(vec![
                    thing.document.clone(),
                    cell(thing.id.as_ref()),
                    thing.kind.as_str().to_owned(),
                    thing.words.clone(),
                    verdict.as_str().to_owned(),
                    field.to_owned(),
                    before,
                    after,
                    who.map(|d| d.who.clone()).unwrap_or_default(),
                    cell(thing.publisher.as_ref()),
                    cell(thing.reader.as_ref()),
                ]);
            };
            let corrections = thing.corrections();
            if corrections.is_empty() {
                row("", String::new(), String::new());
            }
            let written = |value: &Value| plain(value).unwrap_or_else(|| value.to_string());
            for (field, (before, after)) in corrections {
                row(field, written(before), written(after));
            }
        }
        Some(table)
    }
}
