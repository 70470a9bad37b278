use sayso_reading::{Document, Edtf};

use crate::Origin;

/// How to load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Which columns of tables and fields of JSON records hold what.
    pub columns: Columns,
    /// Whether to keep what main-text extraction leaves out of a page, as boilerplate.
    pub full_page: bool,
    /// What is known about the one text that is loaded; it goes before what the page says.
    pub facts: Facts,
    /// The longest file or record that is held in memory, in bytes; a page may have a quarter of it.
    pub limit: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            columns: Columns::default(),
            full_page: false,
            facts: Facts::default(),
            limit: 64 * 1024 * 1024,
        }
    }
}

/// Which columns of tables and fields of JSON records hold what. Letter case does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The document's identifier.
    pub id: String,
    /// The text.
    pub text: String,
    /// The title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When it was published; `None` takes `published`, or else `date`.
    pub date: Option<String>,
    /// Where the page was.
    pub url: String,
}

impl Default for Columns {
    fn default() -> Self {
        Self {
            id: "id".to_owned(),
            text: "text".to_owned(),
            title: "title".to_owned(),
            publisher: "publisher".to_owned(),
            date: None,
            url: "url".to_owned(),
        }
    }
}

/// What is told about a text from outside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// When it was published.
    pub published: Option<Edtf>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where the page was.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its author.
    pub byline: Option<String>,
}

impl Facts {
    /// Whether nothing is told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A document, and where in the input it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The document.
    pub document: Document,
    /// Where it stood.
    pub origin: Origin,
}
