//! One document: its text with marks, who says what beside it, and what the case knows of it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use axum::extract::{Path, Query as Pairs, State};
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::{Case, Entry};
use sayso_link::{ClaimLine, copies_of};
use sayso_reading::{Reading, Scalars, Span};
use serde::{Deserialize, Serialize};

use super::claims::line;
use super::review::{self, journal};
use crate::explain::{Subject, named};
use crate::output::html::{Aside, Head, Rank, article, parts_of};
use crate::output::labels::{self, count, grouped};
use crate::output::rows::{one_line, rows};
use crate::serve::Site;
use crate::serve::answer::{Format, Table, View, cell};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::parts::{self, DocumentLine};
use crate::serve::problem::Problem;
use crate::serve::readers::Readers;

/// What the page shows; as data, the reading as the contract has it.
#[derive(Serialize)]
pub(crate) struct Document {
    #[serde(flatten)]
    written: Reading<Scalars>,
    #[serde(skip)]
    reading: Reading,
    #[serde(skip)]
    line: DocumentLine,
    /// The parts of its text, and which of them is shown.
    #[serde(skip)]
    parts: Vec<Range<usize>>,
    #[serde(skip)]
    part: usize,
    #[serde(skip)]
    story: Option<DocumentLine>,
    /// How many documents that story has.
    #[serde(skip)]
    told_in: usize,
    #[serde(skip)]
    claims: Vec<ClaimLine>,
    #[serde(skip)]
    copies: Vec<(DocumentLine, bool)>,
    #[serde(skip)]
    versions: usize,
    #[serde(skip)]
    journal: Vec<Entry>,
}

/// Which part of a long text: by its number, or by what stands in it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choice {
    part: Option<usize>,
    #[serde(default)]
    see: String,
}

pub(crate) async fn document(
    State(site): State<Arc<Site>>,
    asked: Asked,
    Path(name): Path<String>,
    Pairs(choice): Pairs<Choice>,
) -> Response {
    let is_page = asked.format == Format::Page;
    asked
        .show(move |case| {
            let document = Document::of(case, &name, &choice)?;
            if is_page {
                Readers::ahead(&site, &document.reading.document);
            }
            Ok(document)
        })
        .await
}

/// The parts of a text, and which of them is asked for, counted from 0.
fn part(reading: &Reading, choice: &Choice) -> Result<(Vec<Range<usize>>, usize), Problem> {
    let parts = parts_of(&reading.document);
    let seen = named(&choice.see).and_then(|item| Subject::of(reading, item));
    let start = seen.and_then(|seen| seen.pieces().iter().map(Span::start).min());
    let at = match (choice.part, start) {
        (Some(number), _) => number.checked_sub(1),
        (None, Some(start)) => parts.iter().position(|part| part.contains(&start)),
        (None, None) => Some(0),
    };
    let at = at
        .filter(|at| *at < parts.len())
        .ok_or_else(|| Problem::missing(format!("This text has {}", count(parts.len(), "part"))))?;
    Ok((parts, at))
}

impl Document {
    fn of(case: &Case, name: &str, choice: &Choice) -> Result<Self, Problem> {
        let reading = case.reading(name)?;
        let (parts, part) = part(&reading, choice)?;
        let written = reading.to_scalars().map_err(Problem::fault)?;
        let is_fault = |error: &sayso_link::LinkError| {
            !matches!(
                error,
                sayso_link::LinkError::NotLinked(_) | sayso_link::LinkError::Unknown(_)
            )
        };
        // what is not linked yet is shown without links
        let story = match sayso_link::story(case, name) {
            Err(error) if is_fault(&error) => return Err(error.into()),
            done => done.unwrap_or_default(),
        };
        let claims = match sayso_link::claims_of(case, name) {
            Err(error) if is_fault(&error) => return Err(error.into()),
            done => done.unwrap_or_default(),
        };
        let copies = match copies_of(case, name) {
            Err(error) if is_fault(&error) => return Err(error.into()),
            done => done.unwrap_or_default(),
        };
        let copies: Vec<(String, bool)> = copies
            .into_iter()
            .map(|c| (if c.a == name { c.b } else { c.a }, c.extent == "whole"))
            .collect();
        let names = copies.iter().map(|(name, _)| name.as_str());
        let first = story.first().map(|first| first.story.as_str());
        let all = names.chain(first).chain([name]);
        let lines: HashMap<String, DocumentLine> = parts::documents(case, all)?;
        let line = lines.get(name).cloned();
        Ok(Self {
            parts,
            part,
            line: line.ok_or_else(|| Problem::missing(format!("{name}: no such document")))?,
            story: first.and_then(|first| lines.get(first).cloned()),
            told_in: story.len(),
            claims,
            copies: copies
                .iter()
                .filter_map(|(name, whole)| Some((lines.get(name)?.clone(), *whole)))
                .collect(),
            versions: versions(case, name)?,
            journal: case.journal(Some(name))?,
            written,
            reading,
        })
    }

    fn id(&self) -> &str {
        self.reading.document.id.as_str()
    }

    /// What the case knows of the document as a whole.
    fn about(&self) -> Markup {
        html! {
            div.around-document {
                p.kicker { "Document" }
                @if let Some(story) = self.story.as_ref().filter(|_| self.told_in > 1) {
                    p { "One of " (count(self.told_in, "document")) " of the story " a href=(links::story(&story.id)) { bdi { (story.title) } } }
                }
                @if !self.copies.is_empty() {
                    details.copies open[self.copies.len() < 4] {
                        summary { "Shares its words with " (count(self.copies.len(), "document")) }
                        ul.lines { @for (copy, whole) in &self.copies { li { (parts::document(copy)) span.meta { " · " @if *whole { "whole" } @else { "in part" } } } } }
                    }
                }
                @if self.versions > 1 { p.meta { (count(self.versions, "version")) " of it are in the case; this is the last." } }
            }
        }
    }

    /// The way to the other parts of a long text.
    fn turn(&self) -> Markup {
        let (number, last) = (self.part + 1, self.parts.len());
        let link = |number: usize, rel: &str, words: &str| {
            html! { li { a href=(links::part_of(self.id(), number)) rel=(rel) { (words) } } }
        };
        html! {
            @if last > 1 {
                nav.choices aria-label="parts of the text" {
                    ul {
                        li { "Part " (grouped(number)) " of " (grouped(last)) }
                        @if number > 1 { (link(1, "start", "the first")) (link(number - 1, "prev", "the one before")) }
                        @if number < last { (link(number + 1, "next", "the next")) (link(last, "last", "the last")) }
                    }
                }
            }
        }
    }

    fn decided(&self) -> Markup {
        html! {
            @if !self.journal.is_empty() {
                section aria-labelledby="journal" {
                    h2 #journal { "What people decided" }
                    ul.lines { @for entry in &self.journal { li { (journal::decision(entry)) } } }
                }
            }
        }
    }
}

fn versions(case: &Case, name: &str) -> Result<usize, Problem> {
    let n: i64 = case
        .connection()
        .prepare_cached(
            "SELECT count(*) FROM version v JOIN document d ON d.id = v.document WHERE d.name = ?1",
        )
        .and_then(|mut find| find.query_row([name], |row| row.get(0)))
        .map_err(|e| case.error(e))?;
    Ok(usize::try_from(n).unwrap_or(0))
}

impl View for Document {
    fn title(&self) -> String {
        self.line.title.clone()
    }

    fn body(&self, around: &Around) -> Markup {
        let id = self.id();
        let may_write = around.form.is_some();
        let made = |attribution: &sayso_reading::Attribution| {
            let local = attribution.id.to_string();
            html! {
                span.aside {
                    a href=(links::why(id, &local)) { "why" }
                    @if may_write { " · " a href=(links::review(id, &local)) { "review" } }
                }
            }
        };
        let document = &self.reading.document;
        let day = document.published.as_ref().map(labels::day);
        // where the file lies on this machine is nobody's business who looks at a page
        let file = document
            .path
            .as_deref()
            .and_then(|path| path.rsplit(['/', '\\']).next());
        let details = [self.line.publisher.clone(), day, file.map(one_line)];
        let head = Head {
            rank: Rank::Alone,
            title: self.line.title.clone(),
            details: details.into_iter().flatten().collect(),
            part: self
                .parts
                .get(self.part)
                .cloned()
                .filter(|_| self.parts.len() > 1),
        };
        html! {
            (self.about())
            (self.turn())
            (article(&self.reading, Aside::Made(&made), 1, &head))
            (self.turn())
            @if !self.claims.is_empty() {
                section aria-labelledby="claims" {
                    h2 #claims { "Claims in it" }
                    ul.lines.claims { @for claim in &self.claims { (line(claim)) } }
                }
            }
            (self.decided())
            (review::missed_form(around, id, &links::document(id)))
        }
    }

    fn table(&self) -> Option<Table> {
        let mut table = Table::new(&[
            "id",
            "within_depth",
            "source",
            "source_words",
            "kind",
            "unnamed",
            "role",
            "chain",
            "cue",
            "act",
            "certainty",
            "negated",
            "quote",
            "content",
            "score",
        ]);
        table.rows = rows(&self.reading)
            .into_iter()
            .map(|r| {
                vec![
                    r.id.to_string(),
                    r.depth.to_string(),
                    cell(r.who.as_ref()),
                    cell(r.named_as.as_ref()),
                    cell(r.kind.as_ref()),
                    r.unnamed.to_string(),
                    cell(r.role.as_ref()),
                    r.chain.join(" ← "),
                    cell(r.how.as_ref()),
                    cell(r.act.as_ref()),
                    cell(r.certainty.as_ref()),
                    r.negated.to_string(),
                    r.quote.to_string(),
                    r.what,
                    r.percent,
                ]
            })
            .collect();
        Some(table)
    }
}
