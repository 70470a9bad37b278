//! Readings for people and for programs: JSON Lines, a table, a page.

pub mod table;

pub use sayso_web::output::{
    OutputError, WholeFile, account, filter, glyphs, html, json, labels, rows,
};
