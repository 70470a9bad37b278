//! Who gets heard: speakers by kind and role, how directly, how much from unnamed sources and agencies.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query as Pairs, State};
use axum::response::Response;
use maud::{Markup, html};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use sayso_case::Case;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::sums::{Kept, Sums};
use crate::output::labels::{count, grouped};
use crate::serve::Site;
use crate::serve::answer::{Table, View};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::parts;
use crate::serve::problem::Problem;

/// Roles that are shown.
const ROLES: usize = 15;
/// Outlets that are shown.
const OUTLETS: usize = 100;

/// How often each word of a kind stands.
type Counts = BTreeMap<String, usize>;

/// Speakers of some documents.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub(crate) struct Speakers {
    /// Documents.
    pub documents: usize,
    /// Of them those that credit an agency or another house.
    pub credited: usize,
    /// Statements in all.
    pub statements: usize,
    /// By kind of the source.
    pub kinds: Counts,
    /// By how far they are quoted.
    pub quotes: Counts,
    /// By what the text says that the source is, the most frequent.
    pub roles: Vec<(String, usize)>,
}

impl Speakers {
    fn of_kind(&self, kind: &str) -> usize {
        self.kinds.get(kind).copied().unwrap_or(0)
    }

    fn direct(&self) -> usize {
        let of = |quote: &str| self.quotes.get(quote).copied().unwrap_or(0);
        of("direct") + of("mixed")
    }
}

/// Speakers of all documents, and of each outlet's.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Heard {
    /// Of all documents.
    pub all: Speakers,
    /// Of each outlet's, by its name; without one where it is not known.
    pub outlets: Vec<(String, Speakers)>,
}

/// Counts over the whole case.
pub(crate) fn all(case: &Case) -> Result<Heard, Problem> {
    let counted = counted(case.connection(), None);
    counted.map_err(|e| case.error(e).into())
}

fn of_heard(sums: &Sums) -> &Kept<Heard> {
    &sums.heard
}

/// Of all documents, or of those of a story.
fn counted(c: &Connection, story: Option<i64>) -> rusqlite::Result<Heard> {
    let (within, values) = match story {
        Some(story) => (
            "v.document IN (SELECT document FROM story WHERE story = ?1)",
            vec![Value::Integer(story)],
        ),
        None => ("true", Vec::new()),
    };
    let mut outlets: BTreeMap<String, Speakers> = BTreeMap::new();
    let mut all = Speakers::default();
    let sql = format!(
        "SELECT coalesce(p.name, ''), count(*), count(l.credit) FROM version v LEFT JOIN publisher p ON p.id = v.publisher LEFT JOIN link_document l ON l.document = v.document AND l.credit IS NOT l.house WHERE v.until IS NULL AND {within} GROUP BY 1"
    );
    let mut statement = c.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(&values))?;
    while let Some(row) = rows.next()? {
        let (documents, credited) = (number(row.get(1)?), number(row.get(2)?));
        for speakers in [outlets.entry(row.get(0)?).or_default(), &mut all] {
            speakers.documents += documents;
            speakers.credited += credited;
        }
    }
    let from = "FROM version v JOIN reading g ON g.version = v.id AND g.until IS NULL JOIN attribution a ON a.reading = g.id AND a.until IS NULL LEFT JOIN publisher p ON p.id = v.publisher WHERE v.until IS NULL";
    let sql = format!(
        "SELECT coalesce(p.name, ''), coalesce(a.source_kind, 'unstated'), a.quote, count(*) {from} AND {within} GROUP BY 1, 2, 3"
    );
    let mut statement = c.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(&values))?;
    while let Some(row) = rows.next()? {
        let (kind, quote): (String, String) = (row.get(1)?, row.get(2)?);
        let n = number(row.get(3)?);
        for speakers in [outlets.entry(row.get(0)?).or_default(), &mut all] {
            speakers.statements += n;
            *speakers.kinds.entry(kind.clone()).or_default() += n;
            *speakers.quotes.entry(quote.clone()).or_default() += n;
        }
    }
    let sql = format!(
        "SELECT max(a.role), count(*) AS n {from} AND {within} AND a.role IS NOT NULL GROUP BY lower(a.role) ORDER BY n DESC, 1 LIMIT {ROLES}"
    );
    all.roles = c
        .prepare(&sql)?
        .query_map(params_from_iter(&values), |row| {
            Ok((row.get(0)?, number(row.get(1)?)))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut outlets: Vec<(String, Speakers)> = outlets.into_iter().collect();
    outlets.sort_by(|a, b| {
        b.1.statements
            .cmp(&a.1.statements)
            .then_with(|| a.0.cmp(&b.0))
    });
    Ok(Heard { all, outlets })
}

fn number(n: i64) -> usize {
    usize::try_from(n).unwrap_or(0)
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choice {
    #[serde(default)]
    story: String,
}

/// What the page shows.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct WhoIsHeard {
    #[serde(flatten)]
    heard: Arc<Heard>,
    /// The story, where it is of one.
    story: Option<Named>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NamedStory")]
struct Named {
    /// The name of its oldest document.
    id: String,
    /// The title of that.
    title: String,
}

pub(crate) async fn heard(
    State(site): State<Arc<Site>>,
    asked: Asked,
    Pairs(choice): Pairs<Choice>,
) -> Response {
    asked
        .show(move |case| among(&site, case, choice.story))
        .await
}

/// Who is heard in the story that a document is in; in the whole case where none is named.
pub(crate) fn among(site: &Arc<Site>, case: &Case, story: String) -> Result<WhoIsHeard, Problem> {
    if story.is_empty() {
        return Ok(WhoIsHeard {
            heard: Kept::get(site, of_heard, case, all)?,
            story: None,
        });
    }
    let id = sayso_link::story(case, &story)?
        .first()
        .map_or(story, |first| first.story.clone());
    let find = || {
        let c = case.connection();
        let row = c.query_row("SELECT id FROM document WHERE name = ?1", [&id], |row| {
            row.get(0)
        })?;
        counted(c, Some(row))
    };
    let heard = Arc::new(find().map_err(|e| case.error(e))?);
    let title = parts::documents(case, [id.as_str()])?;
    let title = title
        .get(&id)
        .map_or_else(|| id.clone(), |line| line.title.clone());
    Ok(WhoIsHeard {
        heard,
        story: Some(Named { id, title }),
    })
}

/// A share in hundredths.
fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let hundredths = 100.0 * part as f64 / whole as f64;
    if part > 0 && hundredths < 1.0 {
        return "under 1 %".to_owned();
    }
    format!("{hundredths:.0} %")
}

/// Words with counts, each with a bar as long as its share.
fn bars<'w>(
    caption: &str,
    words: impl Iterator<Item = (&'w str, usize)>,
    whole: usize,
    glyphs: bool,
) -> Markup {
    html! {
        table.bars {
            caption { (caption) }
            tbody {
                @for (word, n) in words {
                    tr {
                        th scope="row" { @if glyphs { (parts::glyph(word)) } bdi { (word.replace('_', " ")) } }
                        td.n { (grouped(n)) }
                        td.n { (share(n, whole)) }
                        td.bar { svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" { rect x="0" y="2" height="6" width=(100 * n / whole.max(1)) {} } }
                    }
                }
            }
        }
    }
}

fn largest(counts: &Counts) -> Vec<(&str, usize)> {
    let mut sorted: Vec<(&str, usize)> =
        counts.iter().map(|(word, n)| (word.as_str(), *n)).collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    sorted
}

impl View for WhoIsHeard {
    fn title(&self) -> String {
        match &self.story {
            Some(story) => format!("Who gets heard: {}", story.title),
            None => "Who gets heard".to_owned(),
        }
    }

    fn body(&self, _: &Around) -> Markup {
        let all = &self.heard.all;
        let unnamed = all.of_kind("anonymous");
        html! {
            h1 { "Who gets heard" }
            @if let Some(story) = &self.story {
                p { "In the story " a href=(links::story(&story.id)) { bdi { (story.title) } } " · " a href="/heard" { "in the whole case" } }
            }
            p.lead {
                (count(all.statements, "statement")) " in " (count(all.documents, "document")) ": "
                (share(unnamed, all.statements)) " from unnamed sources, "
                (share(all.of_kind("unstated"), all.statements)) " without a source in the text, "
                (share(all.direct(), all.statements)) " quoted directly. "
                (share(all.credited, all.documents)) " of the documents credit an agency or another outlet."
            }
            div.columns {
                (bars("By kind of source", largest(&all.kinds).into_iter(), all.statements, true))
                (bars("By directness", largest(&all.quotes).into_iter(), all.statements, false))
                @if !all.roles.is_empty() {
                    (bars("By what texts say that they are", all.roles.iter().map(|(role, n)| (role.as_str(), *n)), all.statements, false))
                }
            }
            h2 { "By outlet" }
            div.wide tabindex="0" role="group" aria-label="by outlet" {
                table.sources {
                    thead { tr {
                        th scope="col" { "Outlet" }
                        @for words in ["Documents", "Credited to others", "Statements", "Persons", "Organizations", "Unnamed", "Direct"] {
                            th.n scope="col" { (words) }
                        }
                    } }
                    tbody {
                        @for (outlet, s) in self.heard.outlets.iter().take(OUTLETS) {
                            tr {
                                th scope="row" { @if outlet.is_empty() { "publisher unknown" } @else { a href=(links::search(&format!("publisher:\"{outlet}\" show:statements"))) { bdi { (outlet) } } } }
                                td.n { (grouped(s.documents)) }
                                td.n { (share(s.credited, s.documents)) }
                                td.n { (grouped(s.statements)) }
                                td.n { (share(s.of_kind("person"), s.statements)) }
                                td.n { (share(s.of_kind("organization"), s.statements)) }
                                td.n { (share(s.of_kind("anonymous"), s.statements)) }
                                td.n { (share(s.direct(), s.statements)) }
                            }
                        }
                    }
                }
            }
            @if self.heard.outlets.len() > OUTLETS { p.meta { (grouped(self.heard.outlets.len() - OUTLETS)) " more outlets are in the CSV." } }
        }
    }

    fn table(&self) -> Option<Table> {
        let mut table = Table::new(&[
            "outlet",
            "documents",
            "credited",
            "statements",
            "person",
            "organization",
            "publication",
            "document",
            "channel",
            "anonymous",
            "collective",
            "unstated",
            "direct",
        ]);
        table.rows = self
            .heard
            .outlets
            .iter()
            .map(|(outlet, s)| {
                let mut row = vec![
                    outlet.clone(),
                    s.documents.to_string(),
                    s.credited.to_string(),
                    s.statements.to_string(),
                ];
                let kinds = [
                    "person",
                    "organization",
                    "publication",
                    "document",
                    "channel",
                    "anonymous",
                    "collective",
                    "unstated",
                ];
                row.extend(kinds.map(|kind| s.of_kind(kind).to_string()));
                row.push(s.direct().to_string());
                row
            })
            .collect();
        Some(table)
    }
}
