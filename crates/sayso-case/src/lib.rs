//! The case file: documents, readings, and what people decided on them, in one `SQLite` file.
//!
//! Readings are added and never overwritten; each row names the change that brought it and the
//! one that replaced it, so that a question can be asked as of any earlier time. The tables are
//! documented in `docs/schema.md`, the language of questions in the manual.

#![expect(
    clippy::cast_possible_wrap,
    reason = "SQLite's integers have a sign; no count of words or rows comes near 2^63"
)]

mod ask;
mod care;
mod case;
mod change;
mod error;
mod fetch;
mod intake;
mod review;
mod schema;

pub use ask::{
    Answer, DocumentRow, EventRow, Query, QueryError, Rows, Shown, StatementRow, Suggestion,
    complete,
};
pub use care::{Compacted, Finding, Info, ReaderInfo};
pub use case::{Case, Open};
pub use change::Point;
pub use error::CaseError;
pub use fetch::{Sealed, sealed};
pub use intake::{Intake, Outcome};
pub use review::{
    Action, Agreement, Disagreement, Entry, Export, Judged, Judgement, Kind, LinkDecision,
    LinkKind, Pair, Reviewer, SecondLook, SecondLooks, Target, Verdict,
};
pub use schema::documented as schema;
