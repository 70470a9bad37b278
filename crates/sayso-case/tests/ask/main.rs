//! Asking a case.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

#[path = "../common/mod.rs"]
mod common;

mod asking;
mod find;
mod laws;
mod report;
mod words;
