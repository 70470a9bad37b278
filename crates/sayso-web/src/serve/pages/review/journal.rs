//! The journals: what people decided on readings and on links, with a way back.

use std::collections::HashSet;

use axum::extract::Query as Pairs;
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::{Case, Entry, LinkDecision, LinkKind};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::output::rows::one_line;
use crate::serve::answer::{Table, View, cell};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::{self, parts};
use crate::serve::problem::Problem;
use crate::serve::writing::{self, Linking, Sent};

/// Entries on a page.
const LIMIT: usize = 50;
/// Characters of a value that was set.
const SHORT: usize = 80;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choice {
    #[serde(default)]
    after: String,
    /// The same in the journal of links.
    #[serde(default)]
    links: String,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Journal {
    /// Newest first.
    decisions: Vec<Entry>,
    next: Option<String>,
    /// On links, newest first.
    links: Vec<LinkDecision>,
    next_links: Option<String>,
    #[serde(skip)]
    undone: HashSet<i64>,
    #[serde(skip)]
    undone_links: HashSet<i64>,
    #[serde(skip)]
    choice: Choice,
}

pub(crate) async fn journal(asked: Asked, Pairs(choice): Pairs<Choice>) -> Response {
    asked.show(move |case| Journal::of(case, choice)).await
}

/// The number of an entry before which a page begins.
fn number(given: &str) -> Result<Option<i64>, Problem> {
    if given.is_empty() {
        return Ok(None);
    }
    given.parse().map(Some).map_err(|_| {
        Problem::refused(format!(
            "{given}: this is no number of an entry; begin without it"
        ))
    })
}

impl Journal {
    fn of(case: &Case, choice: Choice) -> Result<Self, Problem> {
        let (before, links_before) = (number(&choice.after)?, number(&choice.links)?);
        let mut decisions = case.last_entries(before, LIMIT + 1)?;
        let is_more = decisions.len() > LIMIT;
        decisions.truncate(LIMIT);
        let next = decisions.last().filter(|_| is_more);
        let mut links = case.link_decisions()?;
        let undone_links = links.iter().filter_map(|l| l.undoes).collect();
        links.retain(|link| links_before.is_none_or(|before| link.id < before));
        links.reverse();
        let is_more = links.len() > LIMIT;
        links.truncate(LIMIT);
        let next_links = links.last().filter(|_| is_more);
        Ok(Self {
            next_links: next_links.map(|link| link.id.to_string()),
            undone_links,
            choice,
            next: next.map(|entry| entry.id.to_string()),
            undone: case.undone(&decisions)?,
            decisions,
            links,
        })
    }
}

impl View for Journal {
    fn title(&self) -> String {
        "Journal".to_owned()
    }

    fn body(&self, around: &Around) -> Markup {
        html! {
            h1 { "Journal" }
            p.lead { "What people decided, who and why. Entries are only added: what is undone stays, with the entry that undid it." }
            (writing::only_looks(around))
            @if around.form.is_some() && around.who.is_empty() { p.meta { "Who has decided on something under a name can take decisions back here." } }
            @if self.decisions.is_empty() { p.none { "Nobody has decided on a statement or an event yet. " a href="/review" { "Begin the review" } "." } }
            ul.lines {
                @for entry in &self.decisions {
                    li {
                        (decision(entry))
                        " " a href=(links::document(&entry.document)) { "in its document" }
                        @if is_open(entry, &self.undone) { (undo(around, Which::Decision, entry.id, "/journal")) }
                    }
                }
            }
            (look::next("/journal", &[("links", &self.choice.links)], self.next.as_deref()))
            @if !self.links.is_empty() {
                section aria-labelledby="links" {
                    h2 #links { "On links across documents" }
                    ul.lines {
                        @for entry in &self.links {
                            li {
                                (link(entry))
                                @if entry.undoes.is_none() && !self.undone_links.contains(&entry.id) { (undo(around, Which::Link, entry.id, "/journal")) }
                            }
                        }
                    }
                    @if let Some(next) = &self.next_links {
                        p.next { a href=(links::with("/journal", &[("after", &self.choice.after), ("links", next)])) { "More on links" } }
                    }
                }
            }
        }
    }

    fn table(&self) -> Option<Table> {
        let mut table = Table::new(&[
            "entry", "at", "who", "why", "document", "kind", "action", "field", "before", "after",
            "words", "undoes", "opinion",
        ]);
        table.rows = self
            .decisions
            .iter()
            .map(|e| {
                vec![
                    e.id.to_string(),
                    e.at.clone(),
                    e.who.clone(),
                    cell(e.why.as_ref()),
                    e.document.clone(),
                    e.kind.as_str().to_owned(),
                    e.action.clone(),
                    cell(e.field.as_ref()),
                    cell(e.before.as_ref()),
                    cell(e.after.as_ref()),
                    e.words.clone(),
                    cell(e.undoes.as_ref()),
                    e.opinion.to_string(),
                ]
            })
            .collect();
        Some(table)
    }
}

/// Whether a decision still counts, so that it can be undone.
pub(crate) fn is_open(entry: &Entry, undone: &HashSet<i64>) -> bool {
    entry.action != "undo" && !undone.contains(&entry.id)
}

/// Which journal an entry stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Decision,
    Link,
}

/// A button that takes a decision back.
pub(crate) fn undo(around: &Around, which: Which, entry: i64, back: &str) -> Markup {
    let journal = match which {
        Which::Decision => "entry",
        Which::Link => "link",
    };
    html! {
        @if around.form.is_some() && !around.who.is_empty() {
            form.undo action="/undo" method="post" {
                (writing::word(around))
                input type="hidden" name="who" value=(around.who);
                input type="hidden" name="back" value=(back);
                button name=(journal) value=(entry) { "Undo " (entry) }
            }
        }
    }
}

pub(crate) async fn take_back(form: Sent) -> Response {
    let linking = if form.has("link") {
        Linking::First
    } else {
        Linking::Beside
    };
    form.act(linking, |case, form| {
        let reviewer = form.reviewer()?;
        let number = |key: &str| {
            form.get(key)
                .parse::<i64>()
                .map_err(|_| Problem::refused("The form does not say which decision to undo"))
        };
        if form.has("link") {
            case.undo_link(reviewer, number("link")?)?;
        } else {
            case.decide(reviewer, &sayso_case::Action::Undo(number("entry")?))?;
        }
        Ok(local(form.get("back")).to_owned())
    })
    .await
}

/// An address of this server, and of no other.
pub(crate) fn local(address: &str) -> &str {
    let is_local = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(['\\', '\r', '\n', '\t']);
    if is_local { address } else { "/journal" }
}

/// An entry of the journal.
pub(crate) fn decision(entry: &Entry) -> Markup {
    html! {
        span.meta { (entry.id) " · " (parts::day(&entry.at)) } " " bdi { (entry.who) } " " strong { (did(&entry.action)) }
        @if entry.opinion { " " span.meta { "(second opinion)" } }
        @if let Some(field) = entry.field.as_ref().filter(|_| entry.action == "correct") {
            " " (field.replace('.', ", ")) ": "
            @if let Some(before) = short(entry.before.as_ref()) { (before) " → " }
            (short(entry.after.as_ref()).unwrap_or_else(|| "other words".to_owned()))
        }
        @if let Some(undone) = entry.undoes { " entry " (undone) }
        " “" bdi { (cut(&entry.words)) } "”"
        @if let Some(why) = &entry.why { " " span.meta { "because: " bdi { (why) } } }
    }
}

fn did(action: &str) -> &str {
    match action {
        "accept" => "accepted",
        "reject" => "rejected",
        "correct" => "corrected",
        "add" => "added",
        "undo" => "undid",
        other => other,
    }
}

/// A value in a few words; none where it only says where words stand.
fn short(value: Option<&Value>) -> Option<String> {
    match value {
        None | Some(Value::Null) => Some("unknown".to_owned()),
        Some(Value::String(words)) => Some(words.replace('_', " ")),
        Some(Value::Bool(true)) => Some("yes".to_owned()),
        Some(Value::Bool(false)) => Some("no".to_owned()),
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(_) => None,
    }
}

fn cut(words: &str) -> String {
    let line = one_line(words);
    let short: String = line.chars().take(SHORT).collect();
    if short == line {
        line
    } else {
        format!("{short}…")
    }
}

/// An entry of the journal of links.
pub(crate) fn link(entry: &LinkDecision) -> Markup {
    let [a, b] = entry.names();
    html! {
        span.meta { (entry.id) " · " (parts::day(&entry.at)) } " " bdi { (entry.who) } ": "
        @match (entry.undoes, entry.kind, entry.same) {
            (Some(undone), ..) => { strong { "undid" } " entry " (undone) },
            (None, LinkKind::Letter, _) => { bdi { (a) } " " strong { "has the letter " (b) } },
            (None, LinkKind::Name, _) => { bdi { (a) } " " strong { "is shown as " bdi { (b) } } },
            (None, _, Some(true)) => { strong { "one " (entry.kind.as_str()) ": " } bdi { (a) } " and " bdi { (b) } },
            (None, ..) => { strong { "not one " (entry.kind.as_str()) ": " } bdi { (a) } " and " bdi { (b) } },
        }
        @if let Some(why) = &entry.why { " " span.meta { "because: " bdi { (why) } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_site() {
        assert_eq!(local("/claim/v1/d%3A1?x=1"), "/claim/v1/d%3A1?x=1");
        for bad in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "",
            "x",
        ] {
            assert_eq!(local(bad), "/journal", "{bad}");
        }
    }
}
