//! Links across documents as people decide on them: two sources are one or are not, a source is shown
//! under another name, two mentions are of one event, two documents of one story.

use axum::extract::Query as Pairs;
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::{Case, LinkDecision, LinkKind};
use sayso_link::{relate, set_letter, set_name};
use serde::{Deserialize, Serialize};

use super::review::journal::{self, Which, local, undo};
use crate::serve::answer::View;
use crate::serve::asked::{Around, Asked};
use crate::serve::look::parts;
use crate::serve::problem::Problem;
use crate::serve::writing::{self, Linking, Sent};

/// Decisions at the foot of the page; all of them are in the journal.
const LAST: usize = 10;

/// What somebody came for: from a claim's page with its names filled in.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choice {
    /// `source`, `name`, `letter`, `claim`, `story`.
    #[serde(default)]
    kind: String,
    /// `same` or `apart`.
    #[serde(default)]
    how: String,
    #[serde(default)]
    a: String,
    #[serde(default)]
    b: String,
    /// A claim whose origins are offered.
    #[serde(default)]
    of: String,
    #[serde(default)]
    back: String,
}

/// A form of the page.
struct Form {
    kind: &'static str,
    title: &'static str,
    /// What is known of the two, where it can be one thing or the other.
    hows: &'static [(&'static str, &'static str)],
    labels: [&'static str; 2],
}

const FORMS: [Form; 5] = [
    Form {
        kind: "source",
        title: "Merge or split sources",
        hows: &[("same", "are one source"), ("apart", "are two sources")],
        labels: ["This source, as texts name it", "and this one"],
    },
    Form {
        kind: "name",
        title: "Rename a source",
        hows: &[],
        labels: ["This source, as texts name it", "is to be shown as"],
    },
    Form {
        kind: "letter",
        title: "Set a source’s letter of the Admiralty Code",
        hows: &[],
        labels: ["This source, as texts name it", "has the letter (A to F)"],
    },
    Form {
        kind: "claim",
        title: "Merge or split claims",
        hows: &[
            ("same", "tell of one event"),
            ("apart", "tell of two events"),
        ],
        labels: ["This mention of an event (DOCUMENT#v1)", "and this one"],
    },
    Form {
        kind: "story",
        title: "Merge or split stories",
        hows: &[
            ("same", "are of one story"),
            ("apart", "are not of one story"),
        ],
        labels: ["This document", "and this one"],
    },
];

/// What the page shows.
#[derive(Debug, Serialize)]
pub(crate) struct Relate {
    /// The last decisions on links, newest first.
    decisions: Vec<LinkDecision>,
    /// Names of sources that may be meant.
    sources: Vec<String>,
    #[serde(skip)]
    all: usize,
    #[serde(skip)]
    choice: Choice,
}

pub(crate) async fn show(asked: Asked, Pairs(choice): Pairs<Choice>) -> Response {
    asked
        .show(move |case| {
            let mut decisions = case.link_decisions()?;
            decisions.reverse();
            Ok(Relate {
                sources: origins(case, &choice.of)?,
                all: decisions.len(),
                decisions,
                choice,
            })
        })
        .await
}

/// Those from whom a claim comes.
fn origins(case: &Case, claim: &str) -> Result<Vec<String>, Problem> {
    if claim.is_empty() {
        return Ok(Vec::new());
    }
    let claim = sayso_link::claim(case, claim)?;
    let mut names: Vec<String> = claim.members.into_iter().map(|m| m.origin).collect();
    names.sort();
    names.dedup();
    Ok(names)
}

impl Relate {
    fn form(&self, form: &Form, around: &Around) -> Markup {
        let choice = &self.choice;
        let is_meant = choice.kind == form.kind;
        let given = |value: &'static str| is_meant && choice.how == value;
        let of_source = matches!(form.kind, "source" | "name" | "letter");
        let id = |name: &str| format!("{}-{name}", form.kind);
        html! {
            details open[is_meant || (choice.kind.is_empty() && form.kind == "source")] {
                summary { (form.title) }
                form.facts action="/relate" method="post" {
                    (writing::word(around))
                    input type="hidden" name="kind" value=(form.kind);
                    input type="hidden" name="back" value=(choice.back);
                    label for=(id("a")) { (form.labels[0]) }
                    input id=(id("a")) name="a" required dir="auto" value=[is_meant.then_some(&choice.a)] list=[of_source.then_some("origins")];
                    label for=(id("b")) { (form.labels[1]) }
                    input id=(id("b")) name="b" required dir="auto" value=[is_meant.then_some(&choice.b)] list=[(form.kind == "source").then_some("origins")];
                    @if !form.hows.is_empty() {
                        label for=(id("how")) { "They" }
                        select id=(id("how")) name="how" {
                            @for (value, words) in form.hows { option value=(value) selected[given(value)] { (words) } }
                        }
                    }
                    label for=(id("why")) { "Why" }
                    input id=(id("why")) name="why" maxlength="500" required;
                    (writing::who(around, &id("who")))
                    p { button { "Decide" } }
                }
            }
        }
    }
}

impl View for Relate {
    fn title(&self) -> String {
        "Links".to_owned()
    }

    fn body(&self, around: &Around) -> Markup {
        let undone: Vec<i64> = self.decisions.iter().filter_map(|d| d.undoes).collect();
        html! {
            h1 { "What belongs together" }
            p.lead { "What you decide wins over what was found, lasts whatever comes later, and can be undone. Give a reason: others will read it." }
            (writing::only_looks(around))
            @if around.form.is_some() {
                datalist id="origins" { @for name in &self.sources { option value=(name) {} } }
                div.links { @for form in &FORMS { (self.form(form, around)) } }
            }
            section aria-labelledby="decided" {
                h2 #decided { "Decided" }
                @if self.decisions.is_empty() { p.none { "Nothing is decided on links yet." } }
                ul.lines {
                    @for entry in self.decisions.iter().take(LAST) {
                        li {
                            (journal::link(entry))
                            @if entry.undoes.is_none() && !undone.contains(&entry.id) { (undo(around, Which::Link, entry.id, "/relate")) }
                        }
                    }
                }
                @if self.all > LAST { p { a href="/journal" { "All decisions" } } }
            }
        }
    }
}

pub(crate) async fn decide(form: Sent) -> Response {
    form.act(Linking::First, |case, form| {
        let by = form.reviewer()?;
        let (a, b) = (form.get("a"), form.get("b"));
        let kind = match form.get("kind") {
            "name" => {
                set_name(case, by, a, b)?;
                None
            }
            "letter" => {
                set_letter(case, by, a, b)?;
                None
            }
            "source" => Some(LinkKind::Source),
            "claim" => Some(LinkKind::Event),
            "story" => Some(LinkKind::Story),
            other => {
                return Err(Problem::refused(format!(
                    "{other}: links are of sources, claims and stories"
                )));
            }
        };
        if let Some(kind) = kind {
            let is_one = match form.get("how") {
                "same" => true,
                "apart" => false,
                _ => return Err(Problem::refused("Say whether they are one or not")),
            };
            relate(case, by, kind, is_one, [a, b])?;
        }
        let back = form.get("back");
        Ok(if back.is_empty() {
            "/relate"
        } else {
            local(back)
        }
        .to_owned())
    })
    .await
}

/// A link to this page with names filled in; nothing where who asks may not write.
pub(crate) fn ask(around: &Around, words: &str, pairs: &[(&str, &str)]) -> Markup {
    let back = parts::here(around);
    let all: Vec<(&str, &str)> = pairs
        .iter()
        .copied()
        .chain([("back", back.as_str())])
        .collect();
    html! {
        @if around.form.is_some() {
            a.relate href=(crate::serve::links::with("/relate", &all)) { (words) }
        }
    }
}
