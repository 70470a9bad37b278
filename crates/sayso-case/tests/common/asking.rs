//! Asking a case in tests.

use sayso_case::{Answer, Case, Point, Query, Rows};

use super::report::{Report, reports};
use super::{Fresh, intake};

/// The ids of the documents of an answer, without `r:`.
pub fn names(answer: &Answer) -> Vec<&str> {
    let of = match &answer.rows {
        Rows::Documents(rows) => rows.iter().map(|r| &r.document).collect::<Vec<_>>(),
        Rows::Statements(rows) => rows.iter().map(|r| &r.document).collect(),
        Rows::Events(rows) => rows.iter().map(|r| &r.document).collect(),
    };
    of.into_iter()
        .map(|id| id.trim_start_matches("r:"))
        .collect()
}

pub fn asked_as_of(case: &Case, question: &str, point: Option<Point>) -> String {
    let query = Query::parse(question).unwrap_or_else(|e| panic!("{question}: {e}"));
    let answer = case
        .ask(&query, point)
        .unwrap_or_else(|e| panic!("{question}: {e}"));
    names(&answer).join(" ")
}

pub fn asked(case: &Case, question: &str) -> String {
    asked_as_of(case, question, None)
}

/// Four reports, told in `common/report.rs`; from the newest: visit, strike, raid, protest.
pub fn four() -> Fresh {
    let mut fresh = Fresh::new();
    let readings: Vec<_> = reports().iter().map(Report::reading).collect();
    fresh.case.add(&intake(&readings)).unwrap();
    fresh
}
