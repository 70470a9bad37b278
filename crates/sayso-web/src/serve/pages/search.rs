//! Search: a question in the language of questions, its answer, and what would narrow it.

use std::collections::{BTreeMap, HashMap};

use axum::extract::Query as Pairs;
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::{
    Answer, Case, CaseError, DocumentRow, EventRow, Query, Rows, Shown, StatementRow,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::output::labels::grouped;
use crate::serve::answer::{Table, View};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::parts::{self, DocumentLine};
use crate::serve::problem::Problem;

/// Rows on a page where the question does not say.
const LIMIT: u32 = 30;
/// Rows that are looked at to say what would narrow an answer.
const LOOKED_AT: u32 = 200;
/// Characters that are shown of what somebody says; of more, the middle is left out.
pub(crate) const CONTENT: usize = 1500;
/// Words of one facet.
const WORDS: usize = 8;

/// Questions that teach the language, with what they ask.
const EXAMPLES: [(&str, &str); 8] = [
    ("act:deny", "who denies what"),
    (
        "kind:anonymous certainty:possible",
        "what unnamed sources say may be",
    ),
    ("source:Pentagon act:deny", "what the Pentagon denies"),
    (
        "event:ASSAULT realis:planned",
        "attacks that are planned or threatened",
    ),
    ("event:ASSAULT killed>=3", "attacks with three dead or more"),
    ("act:take_responsibility", "who claims a deed"),
    (
        "\"drone strike\" published:2024-01..2024-02",
        "words, in texts of two months",
    ),
    ("(erbil OR kirkuk) -act:deny", "places, but no denials"),
];

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choice {
    #[serde(default)]
    pub q: String,
    #[serde(default, rename = "as-of")]
    pub as_of: String,
    #[serde(default)]
    pub after: String,
    /// Rows at most; else what the question says, else [`LIMIT`].
    #[serde(skip)]
    pub limit: Option<u32>,
}

/// A word by which an answer can be narrowed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FacetWord")]
pub(crate) struct Word {
    /// As it stands behind the key.
    value: String,
    /// How many of the rows that were looked at have it.
    rows: usize,
    /// The question that is narrowed by it.
    question: String,
}

/// Words of one kind.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Facet {
    /// What they tell.
    name: &'static str,
    /// The most frequent ones.
    words: Vec<Word>,
}

/// What the page shows.
#[derive(Debug, Serialize)]
pub(crate) struct Search {
    /// The question as it is understood; none where nothing was asked.
    pub question: Option<String>,
    #[serde(flatten)]
    pub answer: Option<Answer>,
    pub facets: Vec<Facet>,
    /// How many of the first rows the facets are counted over.
    pub counted: usize,
    /// Statements whose source has a name.
    #[serde(skip)]
    named: HashMap<(String, String), String>,
    /// The documents of the rows by their names.
    #[serde(skip)]
    documents: HashMap<String, DocumentLine>,
    #[serde(skip)]
    choice: Choice,
    /// What is wrong with the question.
    #[serde(skip)]
    wrong: Option<Problem>,
}

pub(crate) async fn search(mut asked: Asked, Pairs(choice): Pairs<Choice>) -> Response {
    asked.around.question.clone_from(&choice.q);
    let is_page = asked.format == crate::serve::answer::Format::Page;
    asked
        .show(move |case| match found(case, &choice) {
            // people see what is wrong beside their question
            Err(problem) if is_page && problem.column.is_some() => Ok(Search {
                question: None,
                answer: None,
                facets: Vec::new(),
                counted: 0,
                named: HashMap::new(),
                documents: HashMap::new(),
                choice,
                wrong: Some(problem),
            }),
            done => done,
        })
        .await
}

/// Asks the case, and what would narrow the answer.
pub(crate) fn found(case: &Case, choice: &Choice) -> Result<Search, Problem> {
    let mut out = Search {
        question: None,
        answer: None,
        facets: Vec::new(),
        counted: 0,
        named: HashMap::new(),
        documents: HashMap::new(),
        choice: choice.clone(),
        wrong: None,
    };
    if choice.q.trim().is_empty() {
        return Ok(out);
    }
    let given = Query::parse(&choice.q)?;
    let asked = if choice.after.is_empty() {
        given.clone()
    } else {
        Query::parse(&format!("{} after:{}", choice.q, choice.after))?
    };
    let asked = match choice.limit {
        Some(limit) => asked.limited(limit),
        None if choice.q.contains("limit:") => asked,
        None => asked.limited(LIMIT),
    };
    let as_of = match choice.as_of.trim() {
        "" => None,
        point => Some(case.point(point).map_err(|error| match error {
            CaseError::Unknown(_) => Problem::refused(error.to_string()),
            other => other.into(),
        })?),
    };
    let more = case.ask(&given.clone().limited(LOOKED_AT), as_of)?;
    out.counted = more.rows.len();
    out.facets = facets(&given, &more.rows);
    out.question = Some(given.to_string());
    let answer = case.ask(&asked, as_of)?;
    if let Rows::Statements(rows) = &answer.rows {
        out.named = parts::named(case, rows)?;
    }
    let names: Vec<&str> = match &answer.rows {
        Rows::Documents(rows) => rows.iter().map(|row| row.document.as_str()).collect(),
        Rows::Statements(rows) => rows.iter().map(|row| row.document.as_str()).collect(),
        Rows::Events(rows) => rows.iter().map(|row| row.document.as_str()).collect(),
    };
    out.documents = parts::documents(case, names)?;
    out.answer = Some(answer);
    Ok(out)
}

/// By what an answer can be narrowed, counted over its first rows.
fn facets(query: &Query, rows: &Rows) -> Vec<Facet> {
    let mut out = Vec::new();
    let mut add = |name, key: &str, words: Vec<Option<&str>>| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for word in words.into_iter().flatten() {
            *counts.entry(word).or_default() += 1;
        }
        if counts.len() < 2 {
            return;
        }
        let mut sorted: Vec<_> = counts.into_iter().collect();
        sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let words = sorted.into_iter().take(WORDS).filter_map(|(word, rows)| {
            let by = format!("{key}:\"{}\"", word.replace('"', "\"\""));
            let question = query.narrowed(&by).ok()?.to_string();
            Some(Word {
                value: word.to_owned(),
                rows,
                question,
            })
        });
        out.push(Facet {
            name,
            words: words.collect(),
        });
    };
    match rows {
        Rows::Documents(rows) => {
            add(
                "publisher",
                "publisher",
                rows.iter().map(|r| r.publisher.as_deref()).collect(),
            );
        }
        Rows::Statements(rows) => {
            add(
                "source",
                "kind",
                rows.iter().map(|r| r.source_kind.as_deref()).collect(),
            );
            add(
                "act",
                "act",
                rows.iter().map(|r| r.act.as_deref()).collect(),
            );
            add(
                "certainty",
                "certainty",
                rows.iter().map(|r| r.certainty.as_deref()).collect(),
            );
            add(
                "publisher",
                "publisher",
                rows.iter().map(|r| r.publisher.as_deref()).collect(),
            );
        }
        Rows::Events(rows) => {
            add(
                "type",
                "event",
                rows.iter().map(|r| Some(r.kind.as_str())).collect(),
            );
            add(
                "realis",
                "realis",
                rows.iter().map(|r| Some(r.realis.as_str())).collect(),
            );
            add(
                "place",
                "place",
                rows.iter().map(|r| r.place.as_deref()).collect(),
            );
            add(
                "publisher",
                "publisher",
                rows.iter().map(|r| r.publisher.as_deref()).collect(),
            );
        }
    }
    out
}

/// The search box; with examples where it is to teach.
pub(crate) fn form(around: &Around, teach: bool, as_of: Option<&str>) -> Markup {
    html! {
        form.search action="/search" role="search" {
            label for="q" { "Ask the case" }
            div.box {
                input #q type="search" name="q" value=(around.question) spellcheck="false" autocapitalize="off" placeholder="words, or who:what";
                button type="submit" { "Search" }
            }
            @if let Some(as_of) = as_of {
                details.as-of open[!as_of.is_empty()] {
                    summary { "As the case was earlier" }
                    label for="as-of" { "On a day, at a time, or after a change" }
                    input #as-of name="as-of" value=(as_of) placeholder="2026-11-28, 2026-11-28T10:00 or #12" size="32";
                }
            }
            (examples(teach))
        }
    }
}

fn examples(open: bool) -> Markup {
    html! {
        details.examples open[open] {
            summary { "How to ask" }
            ul {
                @for (question, about) in EXAMPLES {
                    li { a href=(links::search(question)) { code { (question) } } " " span.meta { (about) } }
                }
            }
            p.meta { "Words stand for themselves, keys have a colon or a sign of comparison, " code { "OR" } ", " code { "-" } " and brackets join them; "
                code { "show:documents" } ", " code { "show:statements" } " or " code { "show:events" } " says what is shown. All keys are in the manual under “Asking”." }
        }
    }
}

impl View for Search {
    fn title(&self) -> String {
        if self.choice.q.is_empty() {
            "Search".to_owned()
        } else {
            format!("Search: {}", self.choice.q)
        }
    }

    fn body(&self, around: &Around) -> Markup {
        html! {
            h1 { "Search" }
            (form(around, self.answer.is_none() && self.wrong.is_none(), Some(&self.choice.as_of)))
            @if let Some(problem) = &self.wrong {
                div.problem role="alert" {
                    p { (problem.detail) "." }
                    @if let Some(column) = problem.column { pre aria-hidden="true" { (self.choice.q) "\n" (" ".repeat(column.saturating_sub(1))) "^" } }
                }
            }
            @if let Some(answer) = &self.answer {
                div.answered {
                    (self.narrowing())
                    section.answer aria-label="answer" {
                        p.meta {
                            "Understood as " code { (self.question.as_deref().unwrap_or_default()) }
                            @if !self.choice.as_of.is_empty() { " as of " (self.choice.as_of) }
                        }
                        @if answer.rows.is_empty() { p.none { "Nothing in the case fits." } }
                        (self.rows(&answer.rows))
                        @if let Some(next) = &answer.next {
                            p.next { a rel="next" href=(links::with("/search", &[("q", &self.choice.q), ("as-of", &self.choice.as_of), ("after", next)])) { "More" } }
                        }
                        details.sql { summary { "How it was asked" } pre { (answer.sql) } }
                    }
                }
            }
        }
    }

    fn table(&self) -> Option<Table> {
        self.answer.as_ref().and_then(|answer| match &answer.rows {
            Rows::Documents(rows) => Table::of(rows),
            Rows::Statements(rows) => Table::of(rows),
            Rows::Events(rows) => Table::of(rows),
        })
    }
}

impl Search {
    /// The rows of an answer.
    fn rows(&self, rows: &Rows) -> Markup {
        let is_named = |row: &StatementRow| {
            let key = (row.document.clone(), row.id.clone());
            self.named.contains_key(&key)
        };
        html! {
            ul.lines {
                @match rows {
                    Rows::Documents(rows) => @for row in rows { li { (self.document(row)) } },
                    Rows::Statements(rows) => @for row in rows { li { (statement(row, &self.documents, is_named(row))) } },
                    Rows::Events(rows) => @for row in rows { li { (event(row, &self.documents)) } },
                }
            }
        }
    }

    fn document(&self, row: &DocumentRow) -> Markup {
        html! {
            @if let Some(line) = self.documents.get(&row.document) { (parts::document(line)) }
            p.passage { bdi { (parts::middle_out(&row.passage, CONTENT)) } }
        }
    }

    /// Another question as of the same point.
    fn link(&self, question: &str) -> String {
        links::with("/search", &[("q", question), ("as-of", &self.choice.as_of)])
    }

    fn narrowing(&self) -> Markup {
        html! {
            nav.facets aria-label="narrow" {
                @if let Some(shown) = self.answer.as_ref().map(|a| a.shown) { (self.shows(shown)) }
                @for facet in &self.facets {
                    h2 { (facet.name) }
                    ul {
                        @for word in &facet.words {
                            li { a href=(self.link(&word.question)) { bdi { (word.value.replace('_', " ")) } } " " span.meta { (grouped(word.rows)) } }
                        }
                    }
                }
                @if !self.facets.is_empty() { p.meta { "Counted over the first " (grouped(self.counted)) "." } }
            }
        }
    }

    /// The same question about documents, statements, events.
    fn shows(&self, shown: Shown) -> Markup {
        let question = self.question.as_deref().unwrap_or_default();
        html! {
            h2 { "show" }
            ul {
                @for other in [Shown::Documents, Shown::Statements, Shown::Events] {
                    @let asked = question.replace(&format!("show:{}", shown.as_str()), &format!("show:{}", other.as_str()));
                    li { a href=(self.link(&asked)) aria-current=[(other == shown).then_some("true")] { (other.as_str()) } }
                }
            }
        }
    }
}

/// A statement: who, how, what, and where it stands.
pub(crate) fn statement(
    row: &StatementRow,
    documents: &HashMap<String, DocumentLine>,
    is_named: bool,
) -> Markup {
    let kind = row.source_kind.as_deref().unwrap_or("unstated");
    html! {
        p {
            @match &row.source {
                Some(source) if is_named => (parts::somebody(source, kind, kind == "anonymous")),
                Some(source) => (parts::nobody(source, kind, kind == "anonymous")),
                None => span.none { "no source in the text" },
            }
            " " span.how { bdi { (row.cue.as_deref().unwrap_or("no cue")) } }
            @if row.negated { " " span.realis.r-denied { "not said" } }
            span.meta {
                @if let Some(act) = &row.act { " · " (act.replace('_', " ")) }
                @if let Some(sure) = &row.certainty { " · " (sure) }
            }
        }
        blockquote { a href=(links::within(&row.document, &row.id)) { bdi { (parts::middle_out(&row.content, CONTENT)) } } }
        p.meta {
            @if let Some(chain) = row.chain.as_ref().filter(|chain| chain.contains('←')) { (parts::chain(chain.split(" ← "))) " · " }
            (whence(&row.document, documents))
            " · " a href=(links::why(&row.document, &row.id)) { "why" }
        }
    }
}

/// In which document something stands, whose that is and of when.
fn whence(name: &str, documents: &HashMap<String, DocumentLine>) -> Markup {
    html! {
        @match documents.get(name) {
            Some(line) => { bdi { (line.title) } " · " (parts::whose(line.publisher.as_deref(), line.published.as_deref())) },
            None => bdi { (name) },
        }
    }
}

/// An event: what, who to whom, where, when, how many, and who tells it.
fn event(row: &EventRow, documents: &HashMap<String, DocumentLine>) -> Markup {
    let parts = [
        row.actor
            .as_ref()
            .map(|actor| html! { "by " bdi { (actor) } }),
        row.recipient
            .as_ref()
            .map(|to| html! { "to " bdi { (to) } }),
        row.place
            .as_ref()
            .map(|place| html! { "at " bdi { (place) } }),
        row.edtf.as_deref().map(parts::day),
        row.time
            .as_ref()
            .filter(|_| row.edtf.is_none())
            .map(|time| html! { bdi { (time) } }),
        row.killed_low
            .map(|low| counted("killed", low, row.killed_high.is_none())),
        row.injured_low
            .map(|low| counted("injured", low, row.injured_high.is_none())),
    ];
    html! {
        p {
            strong { a href=(links::within(&row.document, &row.id)) { bdi { (row.trigger) } } } " " (parts::realis(&row.realis))
            span.meta {
                " " (row.kind.to_lowercase().replace('_', " "))
                @if let Some(mode) = &row.mode { " · " (mode) }
            }
        }
        p { @for (at, part) in parts.iter().flatten().enumerate() { @if at > 0 { " · " } (part) } }
        p.meta {
            "according to " bdi { (row.according_to.as_deref().unwrap_or("the page itself")) } " · "
            (whence(&row.document, documents))
        }
    }
}

fn counted(what: &str, low: f64, is_open: bool) -> Markup {
    html! { (what) " " (low) @if is_open { " or more" } }
}
