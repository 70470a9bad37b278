//! Origins: from whom reports come.

mod reports;

use serde::Serialize;

pub(crate) use reports::{Reports, all};

/// Somebody from whom reports or statements come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Its name; what a page without a publisher is called where nothing is known.
    pub name: String,
    /// What it is, as in the contract of readings.
    pub kind: String,
    /// Documents whose report as a whole is its own, by the names of the documents: a copy is its
    /// original's, a credited agency's report the agency's.
    pub documents: Vec<String>,
    /// Documents of others in which statements of it stand.
    pub cited_in: Vec<String>,
    /// How many statements of it there are.
    pub statements: usize,
}
