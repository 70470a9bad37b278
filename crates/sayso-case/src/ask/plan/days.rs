//! The days of publication between which the rows of an answer can lie, and what else has to be
//! looked up before a question becomes SQL.

use rusqlite::Connection;
use sayso_reading::Moment;

use crate::ask::key::Key;
use crate::ask::passage::folded;
use crate::ask::term::{Condition, Relation, Term};
use crate::ask::tree::Tree;
use crate::intake::words::{ID_BITS, day_number, row_number};

/// The id in a row's number.
pub(super) const ID_MASK: i64 = (1 << ID_BITS) - 1;
/// The last day that a row's number can hold.
const LAST: i64 = i64::MAX >> ID_BITS;

/// From a day to a day, as they stand in row numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    from: i64,
    to: i64,
}

impl Days {
    const ALL: Self = Self { from: 0, to: LAST };
    const NONE: Self = Self { from: LAST, to: 0 };

    fn and(self, other: Self) -> Self {
        Self {
            from: self.from.max(other.from),
            to: self.to.min(other.to),
        }
    }

    /// The days of both and those between.
    fn or(self, other: Self) -> Self {
        if self.from > self.to {
            return other;
        }
        if other.from > other.to {
            return self;
        }
        Self {
            from: self.from.min(other.from),
            to: self.to.max(other.to),
        }
    }

    /// The first and the last number that a row of these days can have.
    pub(super) const fn rows(self) -> (i64, i64) {
        (row_number(self.from, 0), row_number(self.to, ID_MASK))
    }
}

/// The days outside of which nothing fits.
pub(super) fn days(c: &Connection, tree: &Tree<Term>) -> rusqlite::Result<Days> {
    match tree {
        Tree::All(parts) => parts
            .iter()
            .try_fold(Days::ALL, |days, part| Ok(days.and(self::days(c, part)?))),
        Tree::Any(parts) => parts
            .iter()
            .try_fold(Days::NONE, |days, part| Ok(days.or(self::days(c, part)?))),
        Tree::Not(_) => Ok(Days::ALL),
        Tree::Leaf(term) => match &term.condition {
            Condition::Name(Key::Id, names) => names
                .iter()
                .try_fold(Days::NONE, |days, name| Ok(days.or(of_document(c, name)?))),
            Condition::Date(Key::Published, relation, any) => {
                any.iter().try_fold(Days::NONE, |days, interval| {
                    Ok(days.or(published(c, *relation, interval.bounds())?))
                })
            }
            _ => Ok(Days::ALL),
        },
    }
}

fn of_document(c: &Connection, name: &str) -> rusqlite::Result<Days> {
    let mut versions = c.prepare_cached(
        "SELECT v.earliest FROM document d JOIN version v ON v.document = d.id WHERE d.name = ?1",
    )?;
    let mut rows = versions.query([name])?;
    let mut days = Days::NONE;
    while let Some(row) = rows.next()? {
        let earliest: Option<String> = row.get(0)?;
        let day = day_number(earliest.and_then(|day| day.parse().ok()));
        days = days.or(Days { from: day, to: day });
    }
    Ok(days)
}

/// A row stands under the first day that its document's date can mean.
fn published(
    c: &Connection,
    relation: Relation,
    (from, to): (Option<Moment>, Option<Moment>),
) -> rusqlite::Result<Days> {
    let day = |m: Option<Moment>, open: i64| m.map_or(open, |m| day_number(Some(m)));
    let (first, last) = (day(from, 0), day(to, LAST));
    Ok(match relation {
        Relation::Overlaps => Days {
            from: match from {
                Some(from) => first.min(vague(c, from)?),
                None => 0,
            },
            to: last,
        },
        Relation::Within => Days {
            from: first,
            to: last,
        },
        Relation::After => Days {
            from: last.saturating_add(1).min(LAST),
            to: LAST,
        },
        Relation::Before => Days {
            from: 0,
            to: first.saturating_sub(1),
        },
        Relation::NotBefore => Days {
            from: first,
            to: LAST,
        },
        Relation::NotAfter => Days { from: 0, to: last },
    })
}

/// Of the documents whose date is not known to the day, and that may be of this day though they
/// stand under one before: the first day under which one stands.
fn vague(c: &Connection, from: Moment) -> rusqlite::Result<i64> {
    let from = from.to_string();
    let first: Option<String> = c
        .prepare_cached(
            "SELECT min(coalesce(earliest, '')) FROM version INDEXED BY version_vague WHERE published IS NOT NULL AND latest IS NOT earliest AND (latest >= ?1 OR latest IS NULL) AND (earliest < ?1 OR earliest IS NULL)",
        )?
        .query_row([from], |row| row.get(0))?;
    Ok(match first {
        Some(day) => day_number(day.parse().ok()),
        None => LAST,
    })
}

/// The publishers in whose names these words stand.
pub(super) fn publishers(c: &Connection, any: &[String]) -> rusqlite::Result<Vec<i64>> {
    let any: Vec<Vec<String>> = any.iter().map(|words| folded(words)).collect();
    let mut statement = c.prepare_cached("SELECT id, name FROM publisher")?;
    let mut rows = statement.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let name = folded(row.get_ref(1)?.as_str()?);
        let is_meant = |words: &Vec<String>| {
            !words.is_empty() && name.windows(words.len()).any(|stretch| stretch == words)
        };
        if any.iter().any(is_meant) {
            out.push(row.get(0)?);
        }
    }
    Ok(out)
}
