//! Care of a case: is it sound, a copy, a smaller file, what is in it.

mod backup;
mod check;
mod compact;
mod info;
mod rows;

pub use check::Finding;
pub use compact::Compacted;
pub use info::{Info, ReaderInfo};
