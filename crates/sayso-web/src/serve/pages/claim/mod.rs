//! One claim: its standing as a sentence, who says it, from whom, and what speaks against it.

mod copies;

use std::collections::{BTreeMap, HashMap};

use axum::extract::{Path, Query as Pairs};
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::Case;
use sayso_link::{Claim, Disagreement, Member, Stance};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use copies::copies_among;

use super::relate::ask;
use super::search::CONTENT;
use crate::output::rows::one_line;
use crate::serve::answer::{Table, View, cell};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::parts::{self, DocumentLine};
use crate::serve::look::{graph, ledger, standing};
use crate::serve::problem::Problem;

/// Reports that a side shows at first, those that an origin does, copies under an original.
const SIDE: usize = 60;
const ORIGIN: usize = 12;
const COPIES: usize = 12;
/// Disagreements of a kind that are shown at first, and who names somebody responsible.
const DIFFER: usize = 6;
const NAMED_BY: usize = 12;

/// What the page shows.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ClaimWithDocuments")]
pub(crate) struct ClaimPage {
    #[serde(flatten)]
    claim: Claim,
    /// The documents by their names.
    documents: HashMap<String, DocumentLine>,
    /// Of each document that copies another one of them, which.
    copies: HashMap<String, String>,
    /// Whether all is on the page, however much that is.
    #[serde(skip)]
    is_whole: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Choice {
    /// Anything: all of a large claim.
    #[serde(default)]
    all: String,
}

pub(crate) async fn claim(
    asked: Asked,
    Path((local, name)): Path<(String, String)>,
    Pairs(choice): Pairs<Choice>,
) -> Response {
    asked
        .show(move |case| {
            Ok(ClaimPage {
                is_whole: !choice.all.is_empty(),
                ..of(case, &format!("{name}#{local}"))?
            })
        })
        .await
}

/// A claim by its id, with the documents that have it.
pub(crate) fn of(case: &Case, id: &str) -> Result<ClaimPage, Problem> {
    let claim = sayso_link::claim(case, id)?;
    let names: Vec<&str> = claim.members.iter().map(|m| m.document.as_str()).collect();
    Ok(ClaimPage {
        documents: parts::documents(case, names.iter().copied())?,
        copies: copies_among(case, &names)?,
        is_whole: false,
        claim,
    })
}

/// Whether the act says the same as the stance: `deny`, denies.
fn is_told(act: &str, stance: Stance) -> bool {
    matches!(
        (stance, act),
        (Stance::Claims, "take_responsibility")
            | (Stance::Denies, "deny")
            | (Stance::Accuses, "accuse")
            | (Stance::Doubts, "doubt")
    )
}

/// A stretch of time as it is compared, in words.
fn stretch(written: &str) -> String {
    let ends = written.split_once('/');
    ends.map_or_else(
        || written.to_owned(),
        |(first, last)| parts::stretch(first, last),
    )
}

/// Members from one origin, with its number in the claim.
pub(crate) fn by_origin<'c>(members: impl Iterator<Item = &'c Member>) -> Vec<Vec<&'c Member>> {
    let mut groups: BTreeMap<(bool, Option<usize>), Vec<&Member>> = BTreeMap::new();
    let mut order: Vec<(bool, Option<usize>)> = Vec::new();
    for member in members {
        let key = (member.origin_number.is_none(), member.origin_number);
        if !order.contains(&key) {
            order.push(key);
        }
        groups.entry(key).or_default().push(member);
    }
    order.iter().filter_map(|key| groups.remove(key)).collect()
}

impl ClaimPage {
    fn document(&self, name: &str) -> Markup {
        html! {
            @match self.documents.get(name) {
                Some(line) => (parts::document(line)),
                None => bdi { (name) },
            }
        }
    }

    /// A document without its day, where that stands already.
    fn report(&self, name: &str) -> Markup {
        let publisher = self
            .documents
            .get(name)
            .and_then(|d| d.publisher.as_deref());
        html! {
            a.title href=(links::document(name)) { bdi { (self.title_of(name)) } }
            @if let Some(publisher) = publisher { " " span.meta { bdi { (publisher) } } }
        }
    }

    fn title_of(&self, name: &str) -> String {
        self.documents
            .get(name)
            .map_or_else(|| name.to_owned(), |d| d.title.clone())
    }

    /// Somebody as claims tell them; whose source they are only where that is an outlet, and no
    /// document of the case that names none.
    fn called<'n>(&self, name: &'n str) -> &'n str {
        let told = name.rsplit_once(" (");
        let of = told.and_then(|(words, of)| Some((words, of.strip_suffix("’s)")?)));
        match of {
            Some((words, of)) if self.documents.contains_key(of) => words,
            _ => name,
        }
    }

    /// Who says it, or denies it: an origin each, with the reports that have it from there.
    fn side(&self, around: &Around, wanted: impl Fn(&Member) -> bool) -> Markup {
        let groups = by_origin(self.claim.members.iter().filter(|m| wanted(m)));
        let mut left = self.most(SIDE);
        let shown: Vec<(&Vec<&Member>, usize)> = groups
            .iter()
            .map_while(|group| {
                let shown = group.len().min(self.most(ORIGIN)).min(left);
                left -= shown;
                (shown > 0).then_some((group, shown))
            })
            .collect();
        let more = groups.len() - shown.len();
        html! {
            ol.origins { @for (group, shown) in shown { (self.origin(group, shown, around)) } }
            (self.more(more, "origin"))
        }
    }

    /// How many of something are shown where there may be many.
    const fn most(&self, many: usize) -> usize {
        if self.is_whole { usize::MAX } else { many }
    }

    /// What is left out, and where it is.
    fn more(&self, more: usize, what: &str) -> Markup {
        html! {
            @if more > 0 {
                p.meta { a href=(links::with(&links::claim(&self.claim.id), &[("all", "1")])) { (parts::capital(&parts::some(more, what))) " more" } }
            }
        }
    }

    fn origin(&self, group: &[&Member], shown: usize, around: &Around) -> Markup {
        let Some(first) = group.first() else {
            return html! {};
        };
        let mut names: Vec<&str> = Vec::new();
        for member in group {
            if !names.contains(&member.origin.as_str()) {
                names.push(&member.origin);
            }
        }
        let reports: Vec<&Member> = group
            .iter()
            .copied()
            .filter(|m| !self.is_folded(m, group))
            .collect();
        html! {
            li {
                h3.origin {
                    @if first.origin_number.is_none() { "No end: they have it from each other" }
                    @else {
                        (parts::somebody(&first.origin, &first.origin_kind, first.unnamed))
                        @if let Some(called) = &first.called { " " span.called { "shown as " bdi { (called) } } }
                    }
                    @if let Some(letter) = &first.letter { " " span.letter title="set by an analyst: Admiralty Code" { (letter) } }
                }
                @if names.len() > 1 {
                    p.meta { "also as " @for (at, name) in names.iter().skip(1).enumerate() { @if at > 0 { ", " } bdi { (self.called(name)) } } }
                }
                @if first.origin_number.is_some() && first.origin_kind != "unstated" {
                    p.meta.decide {
                        (ask(around, "merge with another", &[("kind", "source"), ("how", "same"), ("a", &first.origin), ("of", &self.claim.id)]))
                        @if let Some(second) = names.get(1) { " " (ask(around, "split", &[("kind", "source"), ("how", "apart"), ("a", &first.origin), ("b", second)])) }
                        " " (ask(around, "rename", &[("kind", "name"), ("a", &first.origin)]))
                    }
                }
                ul.reports {
                    @for member in reports.iter().take(shown) {
                        li {
                            (self.member(member, around))
                            (self.folded(member, group))
                        }
                    }
                }
                (self.more(reports.len().saturating_sub(shown), "report"))
            }
        }
    }

    /// Whether a member stands under the original that its document copies.
    fn is_folded(&self, member: &Member, group: &[&Member]) -> bool {
        let original = self.copies.get(&member.document);
        original.is_some_and(|original| group.iter().any(|other| other.document == *original))
    }

    fn folded(&self, original: &Member, group: &[&Member]) -> Markup {
        let copies: Vec<&&Member> = group
            .iter()
            .filter(|m| self.copies.get(&m.document) == Some(&original.document))
            .collect();
        html! {
            @if !copies.is_empty() {
                details.copies {
                    summary { (parts::capital(&parts::number(copies.len()))) @if copies.len() == 1 { " copy" } @else { " copies" } }
                    ul { @for copy in copies.iter().take(self.most(COPIES)) { li { (self.document(&copy.document)) } } }
                    (self.more(copies.len().saturating_sub(self.most(COPIES)), "copied report"))
                }
            }
        }
    }

    fn member(&self, member: &Member, around: &Around) -> Markup {
        let event = format!("{}#{}", member.document, member.mention);
        let place = member.attribution.as_deref().unwrap_or(&member.mention);
        html! {
            p { (self.document(&member.document)) }
            blockquote { a href=(links::within(&member.document, place)) { bdi { (parts::middle_out(&member.words, CONTENT)) } } }
            p.meta {
                (member.stance.as_str())
                @if let Some(act) = member.act.as_deref().filter(|act| !is_told(act, member.stance)) { " · " (act.replace('_', " ")) }
                @if let Some(sure) = &member.certainty { " · " (sure) }
                " " (parts::realis(&member.realis))
                @if !member.through.is_empty() {
                    " · " (parts::chain(member.through.iter().map(String::as_str).chain([self.called(&member.origin)])))
                }
                @if member.attribution.is_none() { " · in the page's own words" }
                " · " a href=(links::why(&member.document, place)) { "why" }
                @if event != self.claim.id && member.mention.starts_with('v') { " · " (ask(around, "tells of another event", &[("kind", "claim"), ("how", "apart"), ("a", &event), ("b", &self.claim.id)])) }
            }
        }
    }

    fn history(&self) -> Markup {
        html! {
            @if !self.claim.history.is_empty() {
                section aria-labelledby="history" {
                    h2 #history { "How it went" }
                    ol.history {
                        @for step in &self.claim.history {
                            li {
                                span.when-told { @match &step.published { Some(at) => (parts::day(at)), None => "day unknown" } }
                                " " strong { (step.what) } " by " bdi { (self.called(&step.origin)) } ", in " (self.report(&step.document))
                                @if let Some([document, sure]) = &step.before { span.meta { " (" (sure) " in " bdi { (self.title_of(document)) } ")" } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn disagreements(&self) -> Markup {
        let mut kinds: Vec<(&str, Vec<&Disagreement>)> = Vec::new();
        for d in &self.claim.disagreements {
            match kinds.iter_mut().find(|(kind, _)| *kind == d.kind) {
                Some((_, all)) => all.push(d),
                None => kinds.push((d.kind, vec![d])),
            }
        }
        html! {
            @if !kinds.is_empty() {
                section aria-labelledby="differ" {
                    h2 #differ { "Where they differ" }
                    @for (_, all) in &kinds {
                        @for d in all.iter().take(self.most(DIFFER)) { (self.against(d)) }
                        (self.more(all.len().saturating_sub(self.most(DIFFER)), "such pair"))
                    }
                }
            }
        }
    }

    /// Two that do not agree, side by side.
    fn against(&self, d: &Disagreement) -> Markup {
        html! {
            div.against {
                h3 { (parts::capital(d.kind)) }
                @for (document, [who, words]) in [(&d.a, &d.says), (&d.b, &d.against)] {
                    div {
                        p.who { bdi { (self.called(who)) } }
                        blockquote { bdi { @if d.kind == "time" { (stretch(words)) } @else { (words) } } }
                        p.meta { a href=(links::document(document)) { bdi { (self.title_of(document)) } } }
                    }
                }
            }
        }
    }

    fn responsible(&self) -> Markup {
        html! {
            @if !self.claim.responsible.is_empty() {
                section aria-labelledby="by" {
                    h2 #by { "Who is said to have done it" }
                    ul.responsible {
                        @for named in &self.claim.responsible {
                            li {
                                strong { bdi { (named.who) } }
                                ul {
                                    @for said in named.said_by.iter().take(self.most(NAMED_BY)) {
                                        li { bdi { (self.called(&said.origin)) } " " span.meta { (said.stance.as_str()) } " · " a href=(links::document(&said.document)) { bdi { (self.title_of(&said.document)) } } }
                                    }
                                }
                                (self.more(named.said_by.len().saturating_sub(self.most(NAMED_BY)), "report"))
                            }
                        }
                    }
                }
            }
        }
    }
}

impl View for ClaimPage {
    fn title(&self) -> String {
        one_line(&self.claim.about)
    }

    fn body(&self, around: &Around) -> Markup {
        let claim = &self.claim;
        let against = claim.members.iter().any(|m| !m.stance.is_for());
        html! {
            p.kicker { "Claim" @if claim.negated { ": that it did not happen" } }
            h1.standing { (standing::sentence(&claim.standing, &claim.members)) }
            blockquote.about { bdi { (parts::middle_out(&claim.about, CONTENT)) } }
            p.meta {
                (parts::label(claim.standing.label))
                @if claim.kind != "OTHER" { " " (claim.kind.to_lowercase().replace('_', " ")) " ·" }
                " Admiralty " (claim.admiralty)
                " · " a href=(links::with("/map", &[("claim", &claim.id)])) { "map" }
                @if let Some([first, last]) = &claim.time { " · " (parts::stretch(first, last)) }
                @if let Some(place) = &claim.place { " · " bdi { (place) } }
            }
            details.reasons {
                summary { "Why it stands so" }
                ul { @for reason in &claim.reasons { li { (reason) } } }
            }
            (graph::provenance(claim, &self.documents, &self.copies))
            div.sides {
                section aria-labelledby="for" {
                    h2 #for { "Who says so" }
                    (self.side(around, |m| m.stance.is_for()))
                }
                @if against {
                    section.denials aria-labelledby="not" {
                        h2 #not { "Who denies or doubts it" }
                        (self.side(around, |m| matches!(m.stance, Stance::Denies | Stance::Doubts)))
                    }
                }
            }
            (ledger::ledger(&claim.figures, |name| self.title_of(name)))
            (self.responsible())
            (self.disagreements())
            (self.history())
        }
    }

    fn table(&self) -> Option<Table> {
        let mut table = Table::new(&[
            "document",
            "title",
            "published",
            "stance",
            "act",
            "origin",
            "origin_kind",
            "unnamed",
            "origin_number",
            "through",
            "certainty",
            "realis",
            "words",
            "start",
            "end",
            "copy_of",
        ]);
        table.rows = self
            .claim
            .members
            .iter()
            .map(|m| {
                vec![
                    m.document.clone(),
                    self.title_of(&m.document),
                    cell(m.published.as_ref()),
                    m.stance.as_str().to_owned(),
                    cell(m.act.as_ref()),
                    m.origin.clone(),
                    m.origin_kind.clone(),
                    m.unnamed.to_string(),
                    cell(m.origin_number.as_ref()),
                    m.through.join(" ← "),
                    cell(m.certainty.as_ref()),
                    m.realis.clone(),
                    m.words.clone(),
                    m.start.to_string(),
                    m.end.to_string(),
                    cell(self.copies.get(&m.document)),
                ]
            })
            .collect();
        Some(table)
    }
}
