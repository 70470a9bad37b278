//! Files that hold many documents: JSON and tables, read one record at a time.

mod json;
mod lines;
mod rows;
mod scan;
mod table;
mod values;

pub(crate) use self::json::json;
pub(crate) use self::table::table;

use sayso_reading::DocumentParts;

use self::lines::{Piece, Trouble};
use crate::assemble::Raw;
use crate::encoding::line_breaks;
use crate::{LoadError, Origin, dates};

/// What a record says, by what it is.
#[derive(Debug, Default)]
struct Fields {
    id: Option<String>,
    text: String,
    title: Option<String>,
    byline: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    url: Option<String>,
}

impl Fields {
    fn into_raw(self, path: Option<String>, mut notes: Vec<String>) -> Raw {
        let published = self.published.filter(|written| !written.trim().is_empty());
        let published = published.and_then(|written| match dates::edtf(&written) {
            Ok(date) => Some(date),
            Err(trouble) => {
                notes.push(trouble.note("the date", &written));
                None
            }
        });
        let given = |field: Option<String>| field.filter(|words| !words.trim().is_empty());
        let mut raw = Raw::of_text(line_breaks(&self.text), notes);
        raw.parts = DocumentParts {
            id: given(self.id),
            path,
            url: given(self.url),
            title: given(self.title),
            byline: given(self.byline),
            publisher: given(self.publisher),
            published,
            ..raw.parts
        };
        raw
    }
}

/// A record's bytes, or the error that stands for it.
fn piece(
    found: Result<Piece, Trouble>,
    file: &str,
    limit: u64,
    packed: bool,
) -> Result<Piece, LoadError> {
    found.map_err(|trouble| match trouble {
        Trouble::TooLong { line } => LoadError::TooLong {
            origin: Origin::line(file, line),
            limit,
        },
        Trouble::Broken(reason) if packed => LoadError::Gzip {
            origin: Origin::file(file),
            reason,
        },
        Trouble::Broken(reason) => LoadError::Unreadable {
            origin: Origin::file(file),
            reason,
        },
    })
}
