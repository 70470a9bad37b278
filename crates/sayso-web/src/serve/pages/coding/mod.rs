//! The coding sheet: events of the case in the columns of ACLED, UCDP and PLOVER, as far as texts tell them.

mod acled;
pub(crate) mod agreement;
mod cell;
pub(crate) mod countries;
mod line;
mod plover;
mod profile;
mod told;
mod ucdp;

use axum::extract::Query as Pairs;
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::{Case, Judged, Query, Rows};
use sayso_link::{ClaimChoice, ClaimOrder};
use serde::{Deserialize, Serialize};

use crate::output::labels::count;
use crate::serve::answer::{Format, Table, View};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::{self, parts};
use crate::serve::problem::Problem;
use cell::Cell;
use line::{Desk, Line, STANDING, TRACE};
use profile::{Codable, Profile};

/// Rows on a page.
const LIMIT: u32 = 20;
/// Rows of the data and of the table.
const ROWS: u32 = 200;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choice {
    #[serde(default)]
    profile: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    rows: String,
    #[serde(default)]
    after: String,
}

/// What the page shows.
#[derive(Debug, Serialize)]
pub(crate) struct Sheet {
    profile: Profile,
    /// The question; none where a row is a claim.
    question: Option<String>,
    rows: Vec<Line>,
    next: Option<String>,
    /// Mentions of these documents that people rejected.
    rejected: Vec<Judged>,
    #[serde(skip)]
    choice: Choice,
}

pub(crate) async fn sheet(asked: Asked, Pairs(choice): Pairs<Choice>) -> Response {
    let limit = if asked.format == Format::Page {
        LIMIT
    } else {
        ROWS
    };
    asked.show(move |case| Sheet::of(case, choice, limit)).await
}

impl Sheet {
    fn of(case: &Case, choice: Choice, limit: u32) -> Result<Self, Problem> {
        let profile = Profile::of(&choice.profile).ok_or_else(|| {
            Problem::refused(format!(
                "{}: there is no such profile; take acled, ucdp or plover",
                choice.profile
            ))
        })?;
        match choice.rows.as_str() {
            "" | "mentions" => Self::of_mentions(case, profile, choice, limit),
            "claims" => Self::of_claims(case, profile, choice, limit),
            other => Err(Problem::refused(format!(
                "{other}: rows are mentions or claims"
            ))),
        }
    }

    fn of_mentions(
        case: &Case,
        profile: Profile,
        choice: Choice,
        limit: u32,
    ) -> Result<Self, Problem> {
        let query = question(&choice, limit)?;
        let answer = case.ask(&query, None)?;
        let Rows::Events(found) = answer.rows else {
            return Err(Problem::refused(
                "A sheet has events in it; leave out `show:`, or write show:events",
            ));
        };
        let mut desk = Desk::new(case, profile);
        let mut rows = Vec::new();
        for event in &found {
            rows.extend(desk.line(&event.document, &event.id, None)?);
        }
        Ok(Self {
            profile,
            question: Some(query.to_string()),
            rows,
            next: answer.next,
            rejected: desk.rejected(),
            choice,
        })
    }

    fn of_claims(
        case: &Case,
        profile: Profile,
        choice: Choice,
        limit: u32,
    ) -> Result<Self, Problem> {
        if !choice.q.trim().is_empty() {
            return Err(Problem::refused(
                "Claims are not asked for by a question; leave out `q`, or ask for rows=mentions",
            ));
        }
        let claims = sayso_link::claim_lines(
            case,
            &ClaimChoice {
                order: ClaimOrder::Newest,
                limit: usize::try_from(limit).unwrap_or(1),
                after: Some(choice.after.as_str()).filter(|after| !after.is_empty()),
                ..ClaimChoice::default()
            },
        )?;
        let mut desk = Desk::new(case, profile);
        let mut rows = Vec::new();
        for claim in claims.items {
            let id = claim.id.clone();
            // what is only said, and no event tells, is named by its attribution
            if let Some((document, local)) = id.rsplit_once('#').filter(|(_, l)| l.starts_with('v'))
            {
                rows.extend(desk.line(document, local, Some(claim))?);
            }
        }
        Ok(Self {
            profile,
            question: None,
            rows,
            next: claims.next,
            rejected: desk.rejected(),
            choice,
        })
    }

    fn is_claims(&self) -> bool {
        self.question.is_none()
    }

    /// Another sheet of the same.
    fn link(&self, profile: Profile, rows: &str) -> String {
        let q = if rows == "claims" {
            ""
        } else {
            self.choice.q.as_str()
        };
        links::with(
            "/coding",
            &[("profile", profile.as_str()), ("q", q), ("rows", rows)],
        )
    }

    fn choices(&self) -> Markup {
        let rows = if self.is_claims() { "claims" } else { "" };
        html! {
            nav.choices aria-label="dataset" {
                ul {
                    @for profile in Profile::ALL {
                        li { a href=(self.link(profile, rows)) aria-current=[(profile == self.profile).then_some("true")] { (profile.title()) } }
                    }
                }
            }
            nav.choices aria-label="rows" {
                ul {
                    li { a href=(self.link(self.profile, "")) aria-current=[(!self.is_claims()).then_some("true")] { "a row for each mention" } }
                    li { a href=(self.link(self.profile, "claims")) aria-current=[self.is_claims().then_some("true")] { "a row for each claim that several tell" } }
                }
            }
            @if !self.is_claims() {
                form.search action="/coding" {
                    label for="q" { "Which events" }
                    input type="hidden" name="profile" value=(self.profile.as_str());
                    div.box {
                        input #q type="search" name="q" value=(self.choice.q) spellcheck="false" autocapitalize="off" placeholder="all; or event:ASSAULT killed>=1";
                        button type="submit" { "Show" }
                    }
                }
            }
        }
    }

    fn about(&self) -> Markup {
        html! {
            details.examples {
                summary { "What is filled, and what is not" }
                p { (self.profile.codebook()) }
                p { "What a reading holds is filled in as the codebook writes it. “coder” is the coder's to fill: a judgement, or a number of the dataset's own. “unknown”: this text does not tell it. Both are empty in the CSV, which has all columns, and behind them (" code { "sayso_…" } ") the document, the words, the source and what people decided." }
                @if self.is_claims() { p { "A row is filled from the oldest mention of its event; the figures that others give stand in the claim's ledger. Events that one document tells once are among the mentions." } }
                p { "JSON and CSV have " (ROWS) " rows; " code { "limit:1000" } " in the question asks for more, " code { "next" } " in the JSON leads on." }
                @if self.profile == Profile::Acled { (mapping()) }
            }
        }
    }

    fn rejections(&self) -> Markup {
        html! {
            @if !self.rejected.is_empty() {
                section aria-labelledby="rejected" {
                    h2 #rejected { "Rejected in these documents" }
                    ul.lines {
                        @for thing in &self.rejected {
                            li {
                                "“" bdi { (thing.words) } "” "
                                span.meta { "by " bdi { (thing.decisions.last().map_or("", |d| d.who.as_str())) } " · " a href=(links::document(&thing.document)) { bdi { (thing.document) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The question, its place in the answer, and what it is about.
fn question(choice: &Choice, limit: u32) -> Result<Query, Problem> {
    let mut words = choice.q.trim().to_owned();
    if !words.contains("show:") {
        words.push_str(" show:events");
    }
    if !choice.after.is_empty() {
        words = format!("{words} after:{}", choice.after);
    }
    let query = Query::parse(words.trim())?;
    Ok(if choice.q.contains("limit:") {
        query
    } else {
        query.limited(limit)
    })
}

/// How types are mapped.
fn mapping() -> Markup {
    html! {
        div.wide tabindex="0" role="group" aria-label="how types are mapped" {
            table {
                caption { "What PLOVER's type and mode come to; all others are “?”" }
                thead { tr { th scope="col" { "PLOVER" } th scope="col" { "Event type" } th scope="col" { "Sub-event type" } th scope="col" { "Note" } } }
                tbody {
                    @for m in acled::MAPPED {
                        tr { th scope="row" { (m.kind.as_str()) " " (m.mode.as_str()) } td { (m.event) } td { (m.sub.unwrap_or("?")) } td { (m.why) } }
                    }
                }
            }
        }
    }
}

/// A column of a row.
fn column(name: &str, cell: &Cell) -> Markup {
    // the types are what a coder looks for first
    let is_type = matches!(name, "disorder_type" | "event_type" | "sub_event_type");
    html! {
        div {
            dt { (name) }
            dd {
                @match cell {
                    Cell::Filled(value) => bdi { (value) },
                    Cell::Coder if is_type => span.open title="the coder decides" { "?" },
                    Cell::Coder | Cell::Unknown => span.open { (cell.open().unwrap_or_default()) },
                }
            }
        }
    }
}

/// Columns that are the coder's in every row: they are named once.
fn never_filled(rows: &[Line]) -> Vec<&'static str> {
    let Some(first) = rows.first() else {
        return Vec::new();
    };
    let is_coders = |name: &str| {
        rows.iter().all(|row| {
            let cell = row.columns.0.iter().find(|(n, _)| *n == name);
            cell.is_some_and(|(_, cell)| *cell == Cell::Coder)
        })
    };
    let names = first.columns.0.iter().map(|(name, _)| *name);
    names
        .filter(|name| !name.ends_with("event_type") && is_coders(name))
        .collect()
}

fn row(line: &Line, left_out: &[&str]) -> Markup {
    let is_out = matches!(line.codable, Codable::No(_));
    let untold = line
        .columns
        .0
        .iter()
        .filter(|(_, cell)| *cell == Cell::Unknown);
    let unknown: Vec<&str> = untold.map(|(name, _)| *name).collect();
    html! {
        article.coded.out[is_out] {
            h3 {
                a href=(links::within(&line.document, &line.id)) { bdi { (line.words) } } " " (parts::realis(line.realis))
                " " span.meta { (line.kind.to_lowercase()) @if let Some(mode) = line.mode { " · " (mode) } " · " (line.codable.words()) }
            }
            blockquote { bdi { (line.sentence) } }
            p.meta {
                "according to " bdi { (line.source.said_by.as_deref().unwrap_or("the page itself")) }
                @if let Some(origin) = line.source.origin.as_ref().filter(|o| line.source.said_by.as_ref() != Some(o)) { " ← " bdi { (origin) } }
                " · " a href=(links::document(&line.document)) { bdi { (line.source.title) } } " "
                (parts::whose(line.source.publisher.as_deref(), line.source.published.as_deref()))
                " · " a href=(links::why(&line.document, &line.id)) { "why" }
            }
            @if let Some(claim) = &line.claim {
                p.meta {
                    a href=(links::claim(&claim.id)) { (parts::capital(&parts::some(claim.standing.reports, "report"))) }
                    @if claim.standing.copies > 0 { ", " (parts::number(claim.standing.copies)) " of them copied" }
                    ", " (parts::some(claim.standing.origins, "named origin"))
                    @if claim.standing.unnamed > 0 { ", " (parts::number(claim.standing.unnamed)) " unnamed" }
                    " " (parts::label(claim.standing.label))
                }
            }
            dl.columns-of { @for (name, cell) in line.columns.0.iter().filter(|(name, cell)| *cell != Cell::Unknown && !left_out.contains(name)) { (column(name, cell)) } }
            @if !unknown.is_empty() { p.meta { span.open { "unknown" } ": " @for (at, name) in unknown.iter().enumerate() { @if at > 0 { ", " } code { (name) } } } }
            @if !line.figures.is_empty() { p.meta { "figures in the text: " bdi { (line.figures.join("; ")) } } }
            p.meta {
                @if line.decided.is_empty() { "nobody decided on it" } @else { bdi { (line.decided_words()) } }
                " · " a href=(links::review(&line.document, &line.id)) { "review" }
            }
        }
    }
}

/// The pages for coders.
pub(crate) fn ways() -> Markup {
    html! {
        p.meta { a href="/coding" { "Coding sheet" } " · " a href="/coding/agreement" { "Agreement of coders" } " · " a href="/errors" { "Error sheet" } " · " a href="/map" { "Map" } }
    }
}

impl View for Sheet {
    fn title(&self) -> String {
        format!("Coding sheet: {}", self.profile.title())
    }

    fn body(&self, _: &Around) -> Markup {
        let left_out = never_filled(&self.rows);
        let out = self
            .rows
            .iter()
            .filter(|r| matches!(r.codable, Codable::No(_)))
            .count();
        let pairs = [
            ("profile", self.choice.profile.as_str()),
            ("q", self.choice.q.as_str()),
            ("rows", self.choice.rows.as_str()),
        ];
        html! {
            h1 { "Coding sheet" }
            (ways())
            (self.choices())
            (self.about())
            @if self.rows.is_empty() { p.none { "Nothing in the case fits." } }
            @else {
                p.meta {
                    (count(self.rows.len(), if self.is_claims() { "claim" } else { "mention" })) " here"
                    @if out > 0 { ", " (out) " of them not codable under " (self.profile.title()) }
                    "."
                    @if !left_out.is_empty() { " Left to the coder in all of them: " @for (at, name) in left_out.iter().enumerate() { @if at > 0 { ", " } code { (name) } } "." }
                }
            }
            @if !self.rows.is_empty() { h2.sr { "Rows" } }
            @for line in &self.rows { (row(line, &left_out)) }
            (look::next("/coding", &pairs, self.next.as_deref()))
            (self.rejections())
        }
    }

    fn table(&self) -> Option<Table> {
        let standing: &[&'static str] = if self.is_claims() { &STANDING } else { &[] };
        let head = [self.profile.columns(), &TRACE, standing].concat();
        let mut table = Table::new(&head);
        table.rows = self.rows.iter().map(Line::cells).collect();
        Some(table)
    }
}
