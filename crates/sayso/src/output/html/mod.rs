//! One page for all readings: complete in one file, usable without script.

mod article;
mod lines;
mod marks;
mod page;

pub use page::Page;
