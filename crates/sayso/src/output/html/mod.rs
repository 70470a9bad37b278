//! One page for all readings: complete in one file, usable without script.

mod account;
mod article;
mod facets;
mod index;
mod lines;
mod marks;
mod page;
mod row;
mod why;

pub use page::Page;
