//! Figures on labelled texts: how far a reading agrees with what people marked.
//!
//! The measures are the published ones, so that anybody can take them on their own texts:
//!
//! - **exact**: of each role (source, cue, content) precision, recall and F1 over the spans,
//!   after marks and white space at their ends are taken off;
//! - **half**: a marked and a found attribution agree if content, cue and source each share at
//!   least half of their union, in characters that are not white space; a role that is absent
//!   on both sides agrees; each has one partner at most, and as many as possible have one;
//! - **any**: the same of the content alone;
//! - recall of half by how far the content is quoted, and where the text names no source.
//!
//! [`score`] takes outermost attributions only, [`score_nested`] those inside others too.
//! Both are pure; [`read_gold`] and [`read_predictions`] bring the files, [`evaluate`] does all
//! of it for the command line.

mod align;
mod bootstrap;
mod compare;
mod error;
mod evaluation;
mod gold;
mod marked;
mod matching;
mod measures;
mod nested;
mod records;
mod report;
mod text;

pub use error::EvalError;
pub use evaluation::{Evaluation, ReadFailure, Request, Unread, evaluate};
pub use gold::{GoldDocument, Prediction, holds_attributions, read_gold, read_predictions};
pub use marked::Marked;
pub use measures::{
    ByRole, Counts, Half, Measures, OfMatchedContents, Prf, Recall, RecallByForm, score,
};
pub use nested::{Found, NestedMeasures, score_nested};
