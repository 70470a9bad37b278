//! From a question to one statement of SQL.
//!
//! The word index of what is shown lets rows through by words and tags, the newest first, as its
//! row numbers begin with the day of publication; each row is joined to its table, and what the
//! index cannot say exactly is tested there. So the first rows are there without all others
//! having been looked at, and without sorting.

mod days;
mod index;
mod leaf;
mod sql;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::token::Page;
use super::tree::Tree;
use super::{Query, Shown, Sort};
use crate::Point;
use days::ID_MASK;
use leaf::{Leaf, Leaves};
use sql::Sql;
pub(super) use sql::Statement;

/// The word index of what is shown.
const fn index_of(shown: Shown) -> &'static str {
    match shown {
        Shown::Documents => "text_words",
        Shown::Statements => "attribution_words",
        Shown::Events => "event_words",
    }
}

/// The statement that answers a question.
pub(super) fn statement(
    c: &Connection,
    query: &Query,
    as_of: Option<Point>,
) -> rusqlite::Result<Statement> {
    let point = as_of.map(|Point(change)| change);
    let days = days::days(c, &query.tree)?;
    let leaves = Leaves {
        c,
        shown: query.shown,
        days,
        reviews_until: point,
    };
    let tree = leaves.tree(&query.tree)?;
    let row = match query.shown {
        Shown::Documents => "v",
        _ => "t",
    };
    let mut out = Statement::default();
    head(&mut out, query.shown, point);
    let table = index_of(query.shown);
    let (first, last) = days.rows();
    out.push(
        "WHERE ",
        &Sql::new(
            format!("w.{table} MATCH ?"),
            [Value::Text(index::bound(&tree).expression())],
        ),
    );
    let rows = [Value::Integer(first), Value::Integer(last)];
    out.push("  AND ", &Sql::new("w.rowid BETWEEN ? AND ?", rows));
    out.push("  AND ", &counts(row, point));
    let mut tests = Vec::new();
    unsaid(&tree, &mut tests);
    for test in tests {
        out.push("  AND ", &test);
    }
    order(&mut out, query);
    Ok(out)
}

/// That a row counts now, or did at a point.
fn counts(row: &str, point: Option<i64>) -> Sql {
    match point {
        None => Sql::new(format!("{row}.until IS NULL"), []),
        Some(point) => Sql::new(
            format!("{row}.since <= ? AND ({row}.until IS NULL OR {row}.until > ?)"),
            [Value::Integer(point), Value::Integer(point)],
        ),
    }
}

/// What the index does not say exactly of a question that holds as a whole.
fn unsaid(tree: &Tree<Leaf>, out: &mut Vec<Sql>) {
    if index::bound(tree).is_exact() {
        return;
    }
    match tree {
        Tree::All(parts) => parts.iter().for_each(|part| unsaid(part, out)),
        other => out.push(test(other)),
    }
}

/// A part of a question as a test of one row.
fn test(tree: &Tree<Leaf>) -> Sql {
    match tree {
        Tree::All(parts) => Sql::joined(parts.iter().map(test).collect(), " AND ", "1"),
        Tree::Any(parts) => Sql::joined(parts.iter().map(test).collect(), " OR ", "0"),
        Tree::Not(of) => test(of).negated(),
        Tree::Leaf(leaf) => leaf.test.clone(),
    }
}

fn order(out: &mut Statement, query: &Query) {
    let row = |row: i64| Value::Integer(row);
    match query.after {
        None => {}
        Some(Page::Newest(last)) => out.push("  AND ", &Sql::new("w.rowid < ?", [row(last)])),
        Some(Page::Oldest(last)) => out.push("  AND ", &Sql::new("w.rowid > ?", [row(last)])),
        Some(Page::Score(score, last)) => {
            let score = Value::Real(score);
            let values = [score.clone(), score, row(last)];
            let sql = "(t.score < ? OR (t.score = ? AND w.rowid < ?))";
            out.push("  AND ", &Sql::new(sql, values));
        }
    }
    let order = match query.sort {
        Sort::Newest => "w.rowid DESC",
        Sort::Oldest => "w.rowid",
        Sort::Score => "t.score DESC, w.rowid DESC",
    };
    // one more than asked for tells whether there is a next page
    let limit = Value::Integer(i64::from(query.limit) + 1);
    out.push("ORDER BY ", &Sql::new(format!("{order}\nLIMIT ?"), [limit]));
}

/// The entry of the journal by which somebody decided on a row: that which made it, or the last
/// that accepted it as it is and was not undone. With `until`, a `?` stands for that point.
fn reviewed(shown: Shown, until: Option<i64>) -> String {
    let kind = if shown == Shown::Events {
        "event"
    } else {
        "attribution"
    };
    let (point, in_time, undone_in_time) = match until {
        None => ("", "", ""),
        Some(_) => (
            ", (SELECT ? AS point) q",
            " AND j.change <= q.point",
            " AND u.change <= q.point",
        ),
    };
    format!(
        "coalesce(t.review, (SELECT j.id FROM review j{point} WHERE j.document = v.document AND j.kind = '{kind}' AND j.action = 'accept' AND j.opinion = 0{in_time} AND (j.target = t.id OR EXISTS (SELECT 1 FROM carried k WHERE k.review = j.id AND k.target = t.id)) AND NOT EXISTS (SELECT 1 FROM review u WHERE u.document = j.document AND u.undoes = j.id{undone_in_time}) ORDER BY j.id DESC LIMIT 1))"
    )
}

/// What is shown and where it comes from. Row number and score come first: they make the next
/// page's token.
fn head(out: &mut Statement, shown: Shown, point: Option<i64>) {
    let joins = |table: &str, index: &str| {
        format!(
            "FROM {index} w\nCROSS JOIN {table} t ON t.id = w.rowid & {ID_MASK}\nCROSS JOIN reading g ON g.id = t.reading\nCROSS JOIN version v ON v.id = g.version\nCROSS JOIN document d ON d.id = v.document\nLEFT JOIN publisher p ON p.id = v.publisher"
        )
    };
    let review = format!(
        "(SELECT r.who FROM review r WHERE r.id = {})",
        reviewed(shown, point)
    );
    let values: Vec<Value> = point.map(Value::Integer).into_iter().collect();
    let index = index_of(shown);
    match shown {
        Shown::Documents => {
            out.push("", &Sql::new(
                "SELECT w.rowid, 0.0, d.name, v.number, v.title, p.name, v.published, v.url, v.path, v.words, v.text",
                [],
            ));
            out.push("", &Sql::new(format!(
                "FROM {index} w\nCROSS JOIN version v ON v.id = w.rowid & {ID_MASK}\nCROSS JOIN document d ON d.id = v.document\nLEFT JOIN publisher p ON p.id = v.publisher"
            ), []));
        }
        Shown::Statements => {
            out.push("", &Sql::new(
                format!("SELECT w.rowid, t.score, d.name, v.title, p.name, v.published, v.path, {STATEMENT}, {review}, t.score"),
                values,
            ));
            out.push("", &Sql::new(joins("attribution", index), []));
        }
        Shown::Events => {
            out.push("", &Sql::new(
                format!("SELECT w.rowid, t.score, d.name, v.title, p.name, v.published, v.path, {EVENT}, {review}, t.score"),
                values,
            ));
            out.push("", &Sql::new(joins("event_mention", index), []));
            let within =
                "LEFT JOIN attribution a ON a.reading = t.reading AND a.local = t.within AND ";
            out.push(within, &counts("a", point));
        }
    }
}

const STATEMENT: &str = "t.local, coalesce(t.source_name, t.source), t.source_kind, t.role, t.cue, t.act, t.certainty, t.negated, t.hedge, t.quote, t.content, t.origin, t.origin_kind, (SELECT group_concat(name, ' ← ') FROM (SELECT coalesce(h.name, h.words) AS name FROM hop h WHERE h.attribution = t.id ORDER BY h.position)), t.start, t.\"end\", t.within";

const EVENT: &str = "t.local, t.type, t.mode, t.realis, t.\"trigger\", t.actor, t.recipient, t.place, t.country, t.geonames, t.lat, t.lon, t.time_words, t.edtf, t.earliest, t.latest, t.killed_low, t.killed_high, t.injured_low, t.injured_high, coalesce(a.source_name, a.source), a.act, a.certainty, a.origin, t.start, t.\"end\"";
