//! Who says so? Reads news reports and shows, for every statement in them, who said it.
//!
//! ```
//! use sayso::{Options, from_bytes, reader};
//!
//! let reader = reader()?;
//! for loaded in from_bytes("note.txt", "“It is over,” Ann Lee said.".as_bytes(), &Options::default()) {
//!     let reading = reader.read(loaded?.document)?;
//!     for row in sayso::output::rows::rows(&reading) {
//!         println!("{} · {} · {}", row.who.unwrap_or_default(), row.how.unwrap_or_default(), row.what);
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The types of a reading are in [`reading`]; the ways to write one in [`output`]; why its fields
//! have their values in [`explain`]; the figures on labelled texts in [`eval`].

mod built_in;
pub mod eval;
pub mod explain;
pub mod output;

pub use built_in::{reader, reader_with};
pub use sayso_case as case;
pub use sayso_encode::{Weights, WeightsError};
pub use sayso_link as link;
pub use sayso_load::{Columns, Facts, LoadError, Loaded, Options, Origin, from_bytes, load};
pub use sayso_read::{
    CueLexicon, Failure, Field, Gazetteer, GazetteerError, Item, LexiconError, Lexicons, Outlets,
    OutletsError, ReadError, Reader, Step, Trace, explain_all, read_all,
};
pub use sayso_reading as reading;
pub use sayso_reading::{Attribution, Document, Reading};
pub use sayso_web as web;
