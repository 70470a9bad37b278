//! The rows of an answer.

use rusqlite::{Connection, Row, params_from_iter};
use schemars::JsonSchema;
use serde::Serialize;

use super::plan::Statement;
use super::token::Page;
use super::{Query, Shown, Sort, passage};

/// What a case answers to a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// What is shown.
    pub shown: Shown,
    /// The rows.
    pub rows: Rows,
    /// What the question has to say as `after:` to get the next rows; `None`: there are no more.
    pub next: Option<String>,
    /// The SQL that found them, with the values bound to it.
    pub sql: String,
}

/// Rows of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Rows {
    /// Of `show:documents`.
    Documents(Vec<DocumentRow>),
    /// Of `show:statements`.
    Statements(Vec<StatementRow>),
    /// Of `show:events`.
    Events(Vec<EventRow>),
}

impl Rows {
    /// How many.
    pub fn len(&self) -> usize {
        match self {
            Self::Documents(rows) => rows.len(),
            Self::Statements(rows) => rows.len(),
            Self::Events(rows) => rows.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Declares a row whose fields are read in the order in which they stand.
macro_rules! rows {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)+
        }

        impl $name {
            /// The number and the score of a row, and what it shows.
            fn read(row: &Row) -> rusqlite::Result<(i64, f64, Self)> {
                let mut columns = 2..;
                let mut next = || columns.next().unwrap_or_default();
                let shown = Self {
                    $($field: row.get(next())?,)+
                };
                Ok((row.get(0)?, row.get(1)?, shown))
            }
        }
    };
}

rows! {
    /// A document in one version.
    DocumentRow {
        /// Its id.
        document: String,
        /// Which version, from 1.
        version: i64,
        /// Its title.
        title: Option<String>,
        /// Who published it.
        publisher: Option<String>,
        /// When, in EDTF.
        published: Option<String>,
        /// Where it was on the web.
        url: Option<String>,
        /// The file that it was taken from.
        path: Option<String>,
        /// How many words it has.
        words: i64,
        /// The words asked for with those around them, or its first ones.
        passage: String,
    }
}

rows! {
    /// A statement: who says what.
    StatementRow {
        /// The document's id.
        document: String,
        /// The document's title.
        title: Option<String>,
        /// Who published it.
        publisher: Option<String>,
        /// When, in EDTF.
        published: Option<String>,
        /// The file that the document was taken from.
        path: Option<String>,
        /// The attribution's id in its reading.
        id: String,
        /// The source's name, else its words.
        source: Option<String>,
        /// What the source is.
        source_kind: Option<String>,
        /// What the text says that they are.
        role: Option<String>,
        /// The words that carry the act.
        cue: Option<String>,
        /// What is done by saying it.
        act: Option<String>,
        /// How surely it is put.
        certainty: Option<String>,
        /// Whether it is said not to have been said.
        negated: bool,
        /// Words that weaken it.
        hedge: Option<String>,
        /// How far it is quoted.
        quote: String,
        /// What is said.
        content: String,
        /// Where it comes from.
        origin: Option<String>,
        /// What that is.
        origin_kind: Option<String>,
        /// The carriers, from the one nearest the reader to the origin.
        chain: Option<String>,
        /// Where the content begins, in characters of the text.
        start: i64,
        /// Where it ends.
        end: i64,
        /// The id of the attribution whose content it stands in.
        within: Option<String>,
        /// Who decided on it last.
        reviewed_by: Option<String>,
        /// How sure the reader is.
        #[serde(serialize_with = "single")]
        #[schemars(with = "f64")]
        score: f64,
    }
}

rows! {
    /// An event as one text tells it.
    EventRow {
        /// The document's id.
        document: String,
        /// The document's title.
        title: Option<String>,
        /// Who published it.
        publisher: Option<String>,
        /// When, in EDTF.
        published: Option<String>,
        /// The file that the document was taken from.
        path: Option<String>,
        /// The event's id in its reading.
        id: String,
        /// Its type, of PLOVER.
        #[serde(rename = "type")]
        kind: String,
        /// How it was done.
        mode: Option<String>,
        /// In which mode of being it is told.
        realis: String,
        /// The words that name it.
        trigger: String,
        /// Who did it.
        actor: Option<String>,
        /// To whom.
        recipient: Option<String>,
        /// Where.
        place: Option<String>,
        /// In which country, as an ISO code.
        country: Option<String>,
        /// The place's number in GeoNames.
        geonames: Option<i64>,
        /// Degrees north of the equator.
        lat: Option<f64>,
        /// Degrees east of Greenwich.
        lon: Option<f64>,
        /// When, in the words of the text.
        time: Option<String>,
        /// When, in EDTF.
        edtf: Option<String>,
        /// The first moment that can be meant.
        earliest: Option<String>,
        /// The last.
        latest: Option<String>,
        /// How many were killed, at least.
        killed_low: Option<f64>,
        /// At most; open where only `killed_low` is there.
        killed_high: Option<f64>,
        /// How many were injured, at least.
        injured_low: Option<f64>,
        /// At most; open where only `injured_low` is there.
        injured_high: Option<f64>,
        /// Who says so: the source of the attribution that it stands in.
        according_to: Option<String>,
        /// What they do by saying it.
        act: Option<String>,
        /// How surely they put it.
        certainty: Option<String>,
        /// Where it comes from.
        origin: Option<String>,
        /// Where the trigger begins, in characters of the text.
        start: i64,
        /// Where it ends.
        end: i64,
        /// Who decided on it last.
        reviewed_by: Option<String>,
        /// How sure the reader is.
        #[serde(serialize_with = "single")]
        #[schemars(with = "f64")]
        score: f64,
    }
}

/// Scores have single precision: 0.9 is written so, and not as 0.8999999761581421.
#[allow(clippy::trivially_copy_pass_by_ref)] // as serde calls it
fn single<S: serde::Serializer>(score: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    let shortest = (*score as f32).to_string().parse();
    serializer.serialize_f64(shortest.unwrap_or(*score))
}

/// Runs a statement and reads its rows.
pub(super) fn answer(
    c: &Connection,
    query: &Query,
    statement: &Statement,
) -> rusqlite::Result<Answer> {
    let (rows, next) = match query.shown {
        Shown::Documents => {
            let (mut rows, next) = page(c, query, statement, DocumentRow::read)?;
            let asked = passage::asked(&query.tree);
            for row in &mut rows {
                // until here it is the whole text
                row.passage = passage::around(&row.passage, &asked);
            }
            (Rows::Documents(rows), next)
        }
        Shown::Statements => {
            let (rows, next) = page(c, query, statement, StatementRow::read)?;
            (Rows::Statements(rows), next)
        }
        Shown::Events => {
            let (rows, next) = page(c, query, statement, EventRow::read)?;
            (Rows::Events(rows), next)
        }
    };
    Ok(Answer {
        shown: query.shown,
        rows,
        next: next.map(|page| page.to_string()),
        sql: statement.to_string(),
    })
}

/// The rows of one page, and where the next one begins.
fn page<T>(
    c: &Connection,
    query: &Query,
    statement: &Statement,
    read: fn(&Row) -> rusqlite::Result<(i64, f64, T)>,
) -> rusqlite::Result<(Vec<T>, Option<Page>)> {
    let mut prepared = c.prepare_cached(&statement.sql)?;
    let mut found = prepared.query(params_from_iter(&statement.values))?;
    let mut rows = Vec::new();
    let mut last = None;
    while let Some(row) = found.next()? {
        if rows.len() == query.limit as usize {
            return Ok((rows, last));
        }
        let (number, score, shown) = read(row)?;
        last = Some(match query.sort {
            Sort::Newest => Page::Newest(number),
            Sort::Oldest => Page::Oldest(number),
            Sort::Score => Page::Score(score, number),
        });
        rows.push(shown);
    }
    Ok((rows, None))
}
