//! Asking: a small language over documents, statements and events.
//!
//! A question is read into a tree ([`Query::parse`]), the tree becomes one statement of SQL over
//! a word index (`plan`), and its rows are given out typed (`row`). The language is told in the
//! manual under "Asking".

mod complete;
mod error;
mod interval;
mod key;
mod lex;
mod parse;
mod passage;
mod plan;
mod print;
mod row;
mod term;
mod token;
mod tree;
mod value;

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

pub use complete::{Suggestion, complete};
pub use error::QueryError;
pub use row::{Answer, DocumentRow, EventRow, Rows, StatementRow};

use crate::{Case, CaseError, Point};
use key::Of;
use term::Term;
use token::Page;
use tree::Tree;

/// Rows of an answer where nothing is said.
const LIMIT: u32 = 50;
/// The most rows of an answer.
const MOST: u32 = 10_000;

/// What an answer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// Documents, each in the version that counts.
    Documents,
    /// Statements: who says what.
    Statements,
    /// Events as texts tell them.
    Events,
}

impl Shown {
    /// The word behind `show:`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Statements => "statements",
            Self::Events => "events",
        }
    }

    /// What a question is about that does not say it.
    fn of(tree: &Tree<Term>) -> Self {
        let leaves = tree.leaves();
        let any = |fits: fn(Of) -> bool| leaves.iter().any(|term| fits(term.condition.of()));
        if any(|of| of == Of::Event) {
            Self::Events
        } else if any(|of| of != Of::Document) {
            Self::Statements
        } else {
            Self::Documents
        }
    }
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Newest,
    Oldest,
    Score,
}

/// A question.
///
/// Written out it is the same question again:
///
/// ```
/// use sayso_case::Query;
///
/// let query = Query::parse("kirkuk (act:deny OR killed>=3) limit:10")?;
/// assert_eq!(query.to_string(), "kirkuk (act:deny OR killed>=3) show:events limit:10");
/// assert_eq!(Query::parse(&query.to_string())?, query);
/// # Ok::<(), sayso_case::QueryError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    tree: Tree<Term>,
    shown: Shown,
    sort: Sort,
    limit: u32,
    after: Option<Page>,
}

impl Query {
    /// Reads a question.
    pub fn parse(question: &str) -> Result<Self, QueryError> {
        parse::query(question)
    }

    /// What its answer shows.
    pub fn shown(&self) -> Shown {
        self.shown
    }

    /// The same question where more has to hold; what its answer shows stays, from the first row on.
    ///
    /// ```
    /// use sayso_case::Query;
    ///
    /// let query = Query::parse("kirkuk OR erbil limit:5")?.narrowed("act:deny")?;
    /// assert_eq!(query.to_string(), "(kirkuk OR erbil) act:deny show:documents limit:5");
    /// # Ok::<(), sayso_case::QueryError>(())
    /// ```
    pub fn narrowed(&self, by: &str) -> Result<Self, QueryError> {
        let more = Self::parse(by)?;
        Ok(Self {
            tree: Tree::all(vec![self.tree.clone(), more.tree]),
            after: None,
            ..self.clone()
        })
    }

    /// The same question with so many rows at most in its answer.
    #[must_use]
    pub fn limited(mut self, rows: u32) -> Self {
        self.limit = rows.clamp(1, MOST);
        self
    }

    /// How many rows its answer has at most.
    pub const fn limit(&self) -> u32 {
        self.limit
    }

    /// The SQL by which a case is asked, with the values that are bound to it.
    pub fn explain(&self, case: &Case, as_of: Option<Point>) -> Result<String, CaseError> {
        let statement = case.told(|c| plan::statement(c, self, as_of))?;
        Ok(statement.to_string())
    }
}

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(question: &str) -> Result<Self, QueryError> {
        Self::parse(question)
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tree = self.tree.to_string();
        if !tree.is_empty() {
            write!(f, "{tree} ")?;
        }
        write!(f, "show:{}", self.shown.as_str())?;
        match self.sort {
            Sort::Newest => {}
            Sort::Oldest => f.write_str(" sort:oldest")?,
            Sort::Score => f.write_str(" sort:score")?,
        }
        if self.limit != LIMIT {
            write!(f, " limit:{}", self.limit)?;
        }
        match &self.after {
            Some(page) => write!(f, " after:{page}"),
            None => Ok(()),
        }
    }
}

impl Case {
    /// Answers a question, as of now or of an earlier point.
    pub fn ask(&self, query: &Query, as_of: Option<Point>) -> Result<Answer, CaseError> {
        self.told(|c| {
            let statement = plan::statement(c, query, as_of)?;
            row::answer(c, query, &statement)
        })
    }
}
