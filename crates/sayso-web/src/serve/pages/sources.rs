//! Sources: what a named body said when. Private persons and unnamed sources have no pages.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::extract::{Query as Pairs, State};
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::{Case, Query, Rows, StatementRow};
use sayso_link::SourceNames;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::relate::ask;
use super::search;
use super::sums::{Kept, Sums};
use crate::output::labels::{count, grouped};
use crate::serve::Site;
use crate::serve::answer::{Table, View};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look;
use crate::serve::look::parts::{self, DocumentLine};
use crate::serve::problem::Problem;

/// Sources on one page.
const LIMIT: usize = 80;
/// Statements on the page of one.
const STATEMENTS: u32 = 40;
/// Sources that are kept: who said one thing in a case of millions of statements is found by searching.
const KEPT: i64 = 5000;

/// A source, and how often it is heard.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct SourceLine {
    /// As texts name it most often.
    pub name: String,
    /// As people named it.
    pub called: Option<String>,
    /// Other names, where people decided that they are one source's.
    pub also: Option<String>,
    /// What it is.
    pub kind: String,
    /// Statements that are put down to it.
    pub statements: i64,
    /// Documents in which they stand.
    pub documents: i64,
    /// Of the newest document.
    pub last: Option<String>,
}

/// The sources that have pages, the most often heard first.
#[derive(Debug, Serialize)]
pub(crate) struct Index(pub Vec<SourceLine>);

/// Counts who is heard how often.
pub(crate) fn index(case: &Case) -> Result<Index, Problem> {
    let find = || -> rusqlite::Result<Vec<SourceLine>> {
        case.connection()
            .prepare("SELECT a.source_name, a.source_kind, count(*) AS n, count(DISTINCT g.version), max(v.earliest) FROM attribution a JOIN reading g ON g.id = a.reading AND g.until IS NULL JOIN version v ON v.id = g.version AND v.until IS NULL WHERE a.until IS NULL AND a.source_name IS NOT NULL AND a.source_kind IN ('organization', 'publication', 'channel', 'document') GROUP BY a.source_name, a.source_kind ORDER BY n DESC, a.source_name LIMIT ?1")?
            .query_map([KEPT], |row| {
                Ok(SourceLine {
                    name: row.get(0)?,
                    called: None,
                    also: None,
                    kind: row.get(1)?,
                    statements: row.get(2)?,
                    documents: row.get(3)?,
                    last: row.get(4)?,
                })
            })?
            .collect()
    };
    let found = find().map_err(|e| case.error(e))?;
    Ok(Index(merged(case, found)?))
}

/// With the sources as one that people decided to be one.
fn merged(case: &Case, found: Vec<SourceLine>) -> Result<Vec<SourceLine>, Problem> {
    let names = SourceNames::of(case)?;
    let mut out: Vec<SourceLine> = Vec::with_capacity(found.len());
    let mut firsts: HashMap<String, usize> = HashMap::new();
    let mut groups: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for mut line in found {
        let all = names.with(&line.name);
        let key = all.iter().min().cloned().unwrap_or_default();
        let first = firsts.get(&key).copied().filter(|_| all.len() > 1);
        if let Some((first, known)) = first.and_then(|at| Some((at, out.get_mut(at)?))) {
            known.statements += line.statements;
            known.last = known.last.take().max(line.last);
            groups
                .entry(first)
                .or_insert_with(|| vec![known.name.clone()])
                .push(line.name);
        } else {
            firsts.insert(key, out.len());
            line.called = names.called(&line.name).map(str::to_owned);
            out.push(line);
        }
    }
    for (first, names) in groups {
        let Some(line) = out.get_mut(first) else {
            continue;
        };
        line.documents = documents_of(case, &names)?;
        let others: Vec<&str> = names.iter().skip(1).map(String::as_str).collect();
        line.also = Some(others.join("; "));
    }
    out.sort_by_key(|line| std::cmp::Reverse(line.statements));
    Ok(out)
}

/// How many documents have statements of sources with these names.
fn documents_of(case: &Case, names: &[String]) -> Result<i64, Problem> {
    let marks = vec!["?"; names.len()].join(", ");
    let sql = format!(
        "SELECT count(DISTINCT g.version) FROM attribution a JOIN reading g ON g.id = a.reading AND g.until IS NULL JOIN version v ON v.id = g.version AND v.until IS NULL WHERE a.until IS NULL AND a.source_name IN ({marks})"
    );
    let found = case
        .connection()
        .query_row(&sql, rusqlite::params_from_iter(names), |row| row.get(0));
    found.map_err(|e| case.error(e).into())
}

fn of_sources(sums: &Sums) -> &Kept<Index> {
    &sums.sources
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choice {
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub after: String,
}

/// The list.
#[derive(Debug, Serialize)]
pub(crate) struct SourceList {
    pub sources: Vec<SourceLine>,
    pub next: Option<String>,
    #[serde(skip)]
    kind: String,
}

pub(crate) async fn sources(
    State(site): State<Arc<Site>>,
    asked: Asked,
    Pairs(choice): Pairs<Choice>,
) -> Response {
    asked
        .show(move |case| list(&site, case, choice, LIMIT))
        .await
}

/// So many sources of a kind, from a place in the list on.
pub(crate) fn list(
    site: &Arc<Site>,
    case: &Case,
    choice: Choice,
    limit: usize,
) -> Result<SourceList, Problem> {
    let index = Kept::get(site, of_sources, case, index)?;
    let from: usize = match choice.after.as_str() {
        "" => 0,
        given => given.parse().map_err(|_| {
            Problem::refused(format!(
                "{given}: this is no place in the list; begin without `after`"
            ))
        })?,
    };
    let mut fitting = index
        .0
        .iter()
        .filter(|s| choice.kind.is_empty() || s.kind == choice.kind)
        .skip(from);
    let sources: Vec<SourceLine> = fitting.by_ref().take(limit).cloned().collect();
    Ok(SourceList {
        next: fitting
            .next()
            .is_some()
            .then(|| (from + sources.len()).to_string()),
        sources,
        kind: choice.kind,
    })
}

impl View for SourceList {
    fn title(&self) -> String {
        "Sources".to_owned()
    }

    fn body(&self, _: &Around) -> Markup {
        let counted = |n: i64| usize::try_from(n).unwrap_or(0);
        html! {
            h1 { "Sources" }
            p.lead { "Named bodies, outlets, channels and documents, as texts name them. Persons and unnamed sources have no pages: what they said stands in the documents." }
            nav.choices aria-label="kind" {
                ul {
                    @for (kind, words) in [("", "all"), ("organization", "organizations"), ("publication", "publications"), ("channel", "channels"), ("document", "documents")] {
                        li { a href=(links::with("/sources", &[("kind", kind)])) aria-current=[(kind == self.kind).then_some("true")] { (words) } }
                    }
                }
            }
            @if self.sources.is_empty() { p.none { "No sources of this kind." } }
            div.wide { table.sources {
                thead { tr { th scope="col" { "Source" } th.n scope="col" { "Statements" } th.n scope="col" { "Documents" } th scope="col" { "Last heard" } } }
                tbody {
                    @for source in &self.sources {
                        tr {
                            th scope="row" {
                                (parts::somebody(&source.name, &source.kind, false))
                                @if let Some(called) = &source.called { " " span.called { "shown as " bdi { (called) } } }
                                @if let Some(also) = &source.also { " " span.meta { "also as " bdi { (also) } } }
                            }
                            td.n { (grouped(counted(source.statements))) }
                            td.n { (grouped(counted(source.documents))) }
                            td { @if let Some(last) = &source.last { (parts::day(last)) } }
                        }
                    }
                }
            } }
            (look::next("/sources", &[("kind", &self.kind)], self.next.as_deref()))
        }
    }

    fn table(&self) -> Option<Table> {
        Table::of(&self.sources)
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Named {
    pub name: String,
    #[serde(default)]
    pub after: String,
}

/// One source.
#[derive(Debug, Serialize)]
pub(crate) struct Source {
    pub name: String,
    /// As people named it.
    pub called: Option<String>,
    /// Other names, where people decided that they are one source's.
    pub also: Vec<String>,
    /// The letter that an analyst set on it.
    pub letter: Option<String>,
    pub kind: String,
    pub statements: Vec<StatementRow>,
    pub next: Option<String>,
    #[serde(skip)]
    documents: HashMap<String, DocumentLine>,
}

pub(crate) async fn source(asked: Asked, Pairs(named): Pairs<Named>) -> Response {
    asked.show(move |case| said(case, &named, STATEMENTS)).await
}

/// What a source that has a page said, so many statements of it.
pub(crate) fn said(case: &Case, asked: &Named, limit: u32) -> Result<Source, Problem> {
    let name = asked.name.trim();
    let decided = SourceNames::of(case)?;
    let all = decided.with(name);
    let kind = kind_of(case, name)?.ok_or_else(|| {
        Problem::missing(format!(
            "{name}: no source of that name in the case has a page; search for source:\"{name}\""
        ))
    })?;
    let after = if asked.after.is_empty() {
        String::new()
    } else {
        format!(" after:{}", asked.after)
    };
    let spelt: Vec<String> = all.iter().map(|name| quoted(name)).collect();
    let asked = format!(
        "({}) kind:{kind} show:statements{after}",
        spelt.join(" OR ")
    );
    let answer = case.ask(&Query::parse(&asked)?.limited(limit), None)?;
    let Rows::Statements(mut statements) = answer.rows else {
        return Err(Problem::fault("statements were asked for"));
    };
    // the words may stand in the name of another, or be no name: "the company" is many
    let told = parts::named(case, &statements)?;
    statements.retain(|s| is_of(&told, s, &all));
    Ok(Source {
        name: name.to_owned(),
        called: decided.called(name).map(str::to_owned),
        also: all.into_iter().skip(1).collect(),
        letter: decided.letter(name).map(str::to_owned),
        kind,
        documents: parts::documents(case, statements.iter().map(|s| s.document.as_str()))?,
        statements,
        next: answer.next,
    })
}

/// A source as it is asked for.
fn quoted(name: &str) -> String {
    format!("source:\"{}\"", name.replace('"', "\"\""))
}

/// Whether the text of a statement gives its source one of these names, which are in lower case.
fn is_of(told: &HashMap<(String, String), String>, row: &StatementRow, names: &[String]) -> bool {
    let found = told.get(&(row.document.clone(), row.id.clone()));
    found.is_some_and(|found| names.contains(&found.to_lowercase()))
}

/// What a source of that name most often is, where it may have a page.
fn kind_of(case: &Case, name: &str) -> Result<Option<String>, Problem> {
    let asked = format!("{} show:statements limit:200", quoted(name));
    let names = [name.to_lowercase()];
    let Rows::Statements(rows) = case.ask(&Query::parse(&asked)?, None)?.rows else {
        return Ok(None);
    };
    let told = parts::named(case, &rows)?;
    let mut counts: Vec<(String, usize)> = Vec::new();
    for row in &rows {
        let is_it = is_of(&told, row, &names);
        let Some(kind) = row.source_kind.as_ref().filter(|_| is_it) else {
            continue;
        };
        match counts.iter_mut().find(|(known, _)| known == kind) {
            Some((_, n)) => *n += 1,
            None => counts.push((kind.clone(), 1)),
        }
    }
    let most = counts.into_iter().max_by_key(|(_, n)| *n);
    Ok(most
        .map(|(kind, _)| kind)
        .filter(|kind| parts::has_page(kind)))
}

impl View for Source {
    fn title(&self) -> String {
        self.called.clone().unwrap_or_else(|| self.name.clone())
    }

    fn body(&self, around: &Around) -> Markup {
        html! {
            p.kicker { (parts::capital(&self.kind)) }
            h1 { (parts::glyph(&self.kind)) bdi { (self.title()) } }
            @if self.called.is_some() { p.meta { "texts name it " bdi { (self.name) } } }
            @if !self.also.is_empty() { p.meta { "also as " bdi { (self.also.join("; ")) } " (decided by people)" } }
            @if let Some(letter) = &self.letter { p.meta { "Admiralty Code, set by an analyst: " span.letter { (letter) } } }
            p.meta.decide {
                (ask(around, "merge with another", &[("kind", "source"), ("how", "same"), ("a", &self.name)]))
                " " (ask(around, "rename", &[("kind", "name"), ("a", &self.name)]))
                " " (ask(around, "set its letter", &[("kind", "letter"), ("a", &self.name)]))
            }
            p.lead { "What it said when, as documents of the case tell it; the newest first." }
            p { a href=(links::search(&format!("source:\"{}\" act:deny", self.name))) { "What it denies" } " · "
                a href=(links::search(&format!("source:\"{}\" show:events", self.name))) { "events it tells of" } }
            @if self.statements.is_empty() { p.none { "Nothing more." } }
            p.meta { (count(self.statements.len(), "statement")) " here." }
            ul.lines { @for row in &self.statements { li { (search::statement(row, &self.documents, true)) } } }
            (look::next("/source", &[("name", &self.name)], self.next.as_deref()))
        }
    }

    fn table(&self) -> Option<Table> {
        Table::of(&self.statements)
    }
}
