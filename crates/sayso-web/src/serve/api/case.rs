//! The case as a whole: what is in it, questions to it, who speaks in it.

use std::sync::Arc;

use sayso_case::{Case, Info, Rows, Shown, StatementRow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::{Limit, List};
use super::route::{Call, Nothing};
use super::token::Token;
use crate::serve::pages::{heard, search, sources, start};
use crate::serve::problem::Problem;

pub(super) fn info(call: &Call, case: &Case, _: &Nothing) -> Result<Arc<Info>, Problem> {
    start::counted(&call.site, case)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// The question, in the language of questions: words, and keys such as `act:deny`, `event:ASSAULT`,
    /// `show:events`.
    #[schemars(regex(pattern = r"\S"))]
    q: String,
    /// As of when: a day, a time, or the number of a change (`#12`); now where it is left out.
    #[serde(rename = "as-of")]
    as_of: Option<String>,
    /// How many rows at most; where it is left out, what the question says, else 30.
    limit: Option<Limit>,
    cursor: Option<Token>,
}

/// An answer of the case.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Answer")]
pub(super) struct Answered {
    /// The question as it is understood.
    question: String,
    /// What the rows are.
    shown: Shown,
    /// The rows.
    items: Rows,
    /// What `cursor` has to be to get the next rows; null where these are the last.
    next: Option<Token>,
    /// What would narrow the answer.
    facets: Vec<search::Facet>,
    /// How many of the first rows the facets are counted over.
    counted: usize,
    /// The SQL that found the rows, with the values bound to it.
    sql: String,
}

pub(super) fn ask(call: &Call, case: &Case, asked: &Question) -> Result<Answered, Problem> {
    let choice = search::Choice {
        after: call.place(asked.cursor.as_ref())?.unwrap_or_default(),
        q: asked.q.clone(),
        as_of: asked.as_of.clone().unwrap_or_default(),
        limit: asked.limit.map(Limit::rows),
    };
    let found = search::found(case, &choice)?;
    let (Some(question), Some(answer)) = (found.question, found.answer) else {
        return Err(Problem::refused("q: nothing is asked; write words or keys"));
    };
    Ok(Answered {
        question,
        shown: answer.shown,
        next: call.token(answer.next.as_deref()),
        items: answer.rows,
        facets: found.facets,
        counted: found.counted,
        sql: answer.sql,
    })
}

/// Kinds of sources that have pages.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Organization,
    Publication,
    Channel,
    Document,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Publication => "publication",
            Self::Channel => "channel",
            Self::Document => "document",
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Sources {
    /// Only those of this kind.
    kind: Option<Kind>,
    #[serde(default)]
    limit: Limit,
    cursor: Option<Token>,
}

pub(super) fn sources(
    call: &Call,
    case: &Case,
    asked: &Sources,
) -> Result<List<sources::SourceLine>, Problem> {
    let choice = sources::Choice {
        kind: asked.kind.map_or("", Kind::as_str).to_owned(),
        after: call.place(asked.cursor.as_ref())?.unwrap_or_default(),
    };
    let list = sources::list(&call.site, case, choice, asked.limit.rows() as usize)?;
    Ok(List::of(call, list.sources, list.next.as_deref()))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    /// The name, as texts have it.
    name: String,
    #[serde(default)]
    limit: Limit,
    cursor: Option<Token>,
}

/// What a named body, outlet, channel or document said when.
#[derive(Serialize, JsonSchema)]
pub(super) struct SourceSaid {
    /// Its name.
    name: String,
    /// The name that people gave it, where they gave it one.
    called: Option<String>,
    /// Other names, where people decided that they are one source's.
    also: Vec<String>,
    /// The letter that an analyst set on it (Admiralty Code, A to F).
    letter: Option<String>,
    /// What it is.
    kind: String,
    /// What it said, the newest first.
    items: Vec<StatementRow>,
    /// What `cursor` has to be to get the next statements; null where these are the last.
    next: Option<Token>,
}

pub(super) fn source(call: &Call, case: &Case, asked: &Source) -> Result<SourceSaid, Problem> {
    let named = sources::Named {
        name: asked.name.clone(),
        after: call.place(asked.cursor.as_ref())?.unwrap_or_default(),
    };
    let said = sources::said(case, &named, asked.limit.rows())?;
    Ok(SourceSaid {
        name: said.name,
        called: said.called,
        also: said.also,
        letter: said.letter,
        kind: said.kind,
        items: said.statements,
        next: call.token(said.next.as_deref()),
    })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Heard {
    /// Only in the story that this document is in.
    story: Option<String>,
}

pub(super) fn heard(call: &Call, case: &Case, asked: &Heard) -> Result<heard::WhoIsHeard, Problem> {
    heard::among(&call.site, case, asked.story.clone().unwrap_or_default())
}
