//! One page for all readings: complete in one file, usable without script.

mod account;
mod article;
mod facets;
mod index;
mod lines;
mod marks;
mod page;
mod part;
mod row;
mod why;

pub(crate) use article::{Aside, Head, Rank, article, parts_of};
pub(crate) use facets::rules;
pub use page::Page;
pub(crate) use page::{SCRIPT, STYLE};
pub(crate) use why::fields;
