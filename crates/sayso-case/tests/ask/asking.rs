//! Asking a case in tests.

use sayso_case::{Answer, Case, Point, Query, Rows};

use crate::common::{Fresh, intake};
use crate::report::{Report, reports};

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

/// The query plan of an answer's statement, step by step.
pub fn query_plan(fresh: &Fresh, sql: &str) -> String {
    let sql = sql.split("\n?1 = ").next().unwrap_or_default();
    let connection = rusqlite::Connection::open(fresh.path()).expect("the case");
    let mut plan = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .expect("a statement");
    let values = vec![rusqlite::types::Null; plan.parameter_count()];
    let steps = plan.query_map(rusqlite::params_from_iter(values), |row| {
        row.get::<_, String>(3)
    });
    steps
        .expect("a plan")
        .map(|step| step.expect("a step"))
        .collect::<Vec<_>>()
        .join("\n")
}
