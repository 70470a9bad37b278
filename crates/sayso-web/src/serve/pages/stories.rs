//! Stories: documents about one matter in one stretch of time.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::Case;
use sayso_link::{
    ClaimChoice, ClaimLine, ClaimOrder, InStory, Page, StoryLine, StoryOrder, claim_lines,
    story_lines,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::claims::{line, table};
use super::relate::ask;
use crate::output::labels::count;
use crate::serve::answer::{Table, View};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::parts::DocumentLine;
use crate::serve::look::timeline::{Bar, timeline};
use crate::serve::look::{self, parts};
use crate::serve::problem::Problem;

/// Stories on one page.
const LIMIT: usize = 50;
/// Claims of a story on its page.
const CLAIMS: usize = 60;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choice {
    #[serde(default)]
    order: String,
    #[serde(default)]
    after: String,
}

/// The list.
#[derive(Debug, Serialize)]
pub(crate) struct StoryList {
    stories: Vec<StoryLine>,
    next: Option<String>,
    /// The documents that name them.
    #[serde(skip)]
    lines: HashMap<String, DocumentLine>,
    #[serde(skip)]
    order: String,
}

pub(crate) async fn stories(asked: Asked, Query(choice): Query<Choice>) -> Response {
    asked
        .show(move |case| {
            let order = match choice.order.as_str() {
                "" | "newest" => StoryOrder::Newest,
                "largest" => StoryOrder::Largest,
                other => {
                    return Err(Problem::refused(format!(
                        "{other}: stories can be put in order by newest or largest"
                    )));
                }
            };
            let after = (!choice.after.is_empty()).then_some(choice.after.as_str());
            let Page { items, next } = story_lines(case, order, after, LIMIT)?;
            Ok(StoryList {
                lines: parts::documents(case, items.iter().map(|s| s.id.as_str()))?,
                stories: items,
                next,
                order: choice.order,
            })
        })
        .await
}

impl View for StoryList {
    fn title(&self) -> String {
        "Stories".to_owned()
    }

    fn body(&self, _: &Around) -> Markup {
        let largest = self.order == "largest";
        html! {
            h1 { "Stories" }
            p.lead { "Documents about one matter in one stretch of time; the oldest names it." }
            p.meta {
                @if largest { "The largest first; " a href="/stories" { "the newest first" } }
                @else { "The newest first; " a href="/stories?order=largest" { "the largest first" } }
            }
            @if self.stories.is_empty() { p.none { "No documents yet." } }
            ul.lines {
                @for story in &self.stories {
                    li {
                        a.title href=(links::story(&story.id)) { bdi { (self.lines.get(&story.id).map_or(story.id.as_str(), |line| line.title.as_str())) } }
                        " " span.meta {
                            (count(story.documents, "document"))
                            @if let (Some(first), Some(last)) = (&story.first, &story.last) { " · " (parts::stretch(first, last)) }
                        }
                    }
                }
            }
            (look::next("/stories", &[("order", &self.order)], self.next.as_deref()))
        }
    }

    fn table(&self) -> Option<Table> {
        Table::of(&self.stories)
    }
}

/// One story.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Story {
    /// The name of its oldest document.
    id: String,
    /// Its documents, the oldest first.
    documents: Vec<InStory>,
    /// The same by their names, as they are shown.
    #[serde(skip)]
    lines: HashMap<String, DocumentLine>,
    /// What is claimed in it, the most told first.
    claims: Vec<ClaimLine>,
    /// Whether it has more claims than are here.
    has_more: bool,
}

pub(crate) async fn story(asked: Asked, Path(name): Path<String>) -> Response {
    asked.show(move |case| of(case, name)).await
}

/// The story that a document is in.
pub(crate) fn of(case: &Case, name: String) -> Result<Story, Problem> {
    let documents = sayso_link::story(case, &name)?;
    let id = documents.first().map_or(name, |first| first.story.clone());
    let choice = ClaimChoice {
        story: Some(&id),
        order: ClaimOrder::MostTold,
        limit: CLAIMS,
        ..ClaimChoice::default()
    };
    let Page { items, next } = claim_lines(case, &choice)?;
    Ok(Story {
        lines: parts::documents(case, documents.iter().map(|d| d.id.as_str()))?,
        documents,
        claims: items,
        has_more: next.is_some(),
        id,
    })
}

impl Story {
    fn bars(&self) -> Vec<Bar<'_>> {
        let mut bars: Vec<Bar> = self
            .claims
            .iter()
            .filter_map(|claim| {
                let [first, last] = claim.time.as_ref()?;
                Some(Bar {
                    words: &claim.about,
                    link: links::claim(&claim.id),
                    first,
                    last,
                    told: claim.first.as_deref(),
                    is_disputed: claim.standing.deniers > 0,
                })
            })
            .collect();
        bars.sort_by_key(|bar| (bar.first, bar.last));
        bars
    }
}

impl View for Story {
    fn title(&self) -> String {
        let first = self.documents.first().and_then(|d| self.lines.get(&d.id));
        first.map_or_else(|| self.id.clone(), |line| line.title.clone())
    }

    fn body(&self, around: &Around) -> Markup {
        let days = (
            self.documents
                .iter()
                .filter_map(|d| d.published.as_deref())
                .min(),
            self.documents
                .iter()
                .filter_map(|d| d.published.as_deref())
                .max(),
        );
        html! {
            p.kicker { "Story" }
            h1 { bdi { (self.title()) } }
            p.lead {
                (count(self.documents.len(), "document"))
                @if let (Some(first), Some(last)) = days { ", " (parts::stretch(first, last)) }
                ". " a href=(links::with("/heard", &[("story", &self.id)])) { "Who gets heard in it" }
                " · " a href=(links::with("/map", &[("story", &self.id)])) { "map" }
            }
            section aria-labelledby="claims" {
                h2 #claims { "What is claimed" }
                @if self.claims.is_empty() { p.none { "Nothing that two of its documents tell, or somebody denies." } }
                ul.lines.claims { @for claim in &self.claims { (line(claim)) } }
                @if self.has_more { p.meta { "Only the " (CLAIMS) " most told are here." } }
            }
            (timeline(&self.bars()))
            section aria-labelledby="documents" {
                h2 #documents { "Documents" }
                ul.lines {
                    @for document in &self.documents {
                        @if let Some(line) = self.lines.get(&document.id) {
                            li {
                                (parts::document(line))
                                @if let Some(other) = self.documents.iter().find(|d| d.id != document.id) {
                                    " " (ask(around, "not of this story", &[("kind", "story"), ("how", "apart"), ("a", &document.id), ("b", &other.id)]))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn table(&self) -> Option<Table> {
        Some(table(&self.claims))
    }
}
