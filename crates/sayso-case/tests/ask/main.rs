//! Asking a case.

#[path = "../common/mod.rs"]
mod common;

mod asking;
mod find;
mod laws;
mod report;
mod words;
