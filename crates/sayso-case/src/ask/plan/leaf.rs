//! What each term becomes: words for an index, and a test on the tables.

use rusqlite::Connection;
use rusqlite::types::Value;
use sayso_reading::Moment;

use super::days::{Days, ID_MASK, publishers};
use super::index::{in_columns, tagged, tagged_from};
use super::sql::Sql;
use crate::ask::Shown;
use crate::ask::interval::Interval;
use crate::ask::key::Key;
use crate::ask::term::{Compare, Condition, Happening, Relation, Term};
use crate::ask::tree::Tree;
use crate::intake::{countries, tags};

/// More publishers than this are not looked for by their tags.
const PUBLISHERS: usize = 200;

/// A term as `SQLite` is asked.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// An expression of the index of what is shown: rows outside do not fit.
    pub index: Option<String>,
    /// Rows inside do.
    pub exact: bool,
    /// The same as a test of one row.
    pub test: Sql,
}

/// Turns terms into leaves.
pub(super) struct Leaves<'c> {
    pub c: &'c Connection,
    pub shown: Shown,
    pub days: Days,
    /// What counts of the journal of reviews.
    pub reviews_until: Option<i64>,
}

impl Leaves<'_> {
    pub(super) fn tree(&self, tree: &Tree<Term>) -> rusqlite::Result<Tree<Leaf>> {
        let each = |parts: &[Tree<Term>]| -> rusqlite::Result<Vec<Tree<Leaf>>> {
            parts.iter().map(|part| self.tree(part)).collect()
        };
        Ok(match tree {
            Tree::All(parts) => Tree::All(each(parts)?),
            Tree::Any(parts) => Tree::Any(each(parts)?),
            Tree::Not(of) => Tree::not(self.tree(of)?),
            Tree::Leaf(term) => self.leaf(&term.condition)?,
        })
    }

    fn leaf(&self, condition: &Condition) -> rusqlite::Result<Tree<Leaf>> {
        Ok(Tree::Leaf(match condition {
            Condition::Words(Key::Publisher, any) => self.publisher(any)?,
            Condition::Words(key, any) => self.words(*key, any),
            Condition::Name(Key::Language, any) => {
                let tags: Vec<_> = any.iter().map(|code| tags::value("lang", code)).collect();
                indexed(
                    tagged(&tags),
                    Sql::among("lower(v.language)", texts(any)).decided(),
                )
            }
            Condition::Name(_, any) => tested(Sql::among("d.name", texts(any))),
            Condition::Value(key, any) => self.value(*key, any),
            Condition::Event(any) => happening(any),
            Condition::Is(key, yes) => {
                let leaf = Tree::Leaf(self.is(*key));
                return Ok(if *yes { leaf } else { Tree::not(leaf) });
            }
            Condition::Number(key, compare, number) => count(*key, *compare, *number),
            Condition::Date(Key::Published, relation, any) => {
                tested(lies(*relation, any, "v.earliest", "v.latest"))
            }
            Condition::Date(_, relation, any) => Leaf {
                index: months(*relation, any),
                exact: false,
                test: lies(*relation, any, "t.earliest", "t.latest"),
            },
        }))
    }

    /// Words by the index of what is shown, or by that of whole texts.
    fn words(&self, key: Key, any: &[String]) -> Leaf {
        let columns = match (key, self.shown) {
            (Key::Words, Shown::Documents) => "title text",
            (Key::Words, Shown::Statements) => "content source origin",
            (Key::Words, Shown::Events) => "words actor recipient place source origin",
            (Key::Text, _) => "text",
            (Key::Title, _) => "title",
            (Key::Entity, _) => "names",
            (Key::Origin, _) => "origin",
            (Key::Content, _) => "content",
            (Key::Actor, _) => "actor",
            (Key::Recipient, _) => "recipient",
            (Key::Place, _) => return self.place(any),
            _ => "source",
        };
        let of_text = matches!(key, Key::Text | Key::Title | Key::Entity);
        let index = in_columns(columns, any);
        if of_text && self.shown != Shown::Documents {
            return tested(self.in_texts(index));
        }
        self.only_indexed(index)
    }

    fn place(&self, any: &[String]) -> Leaf {
        let is_code = |words: &String| {
            words.len() == 2
                && words.bytes().all(|b| b.is_ascii_uppercase())
                && countries::names(words).is_some()
        };
        let (codes, words): (Vec<&String>, Vec<&String>) = any.iter().partition(|w| is_code(w));
        let tags: Vec<_> = codes.iter().map(|code| tags::value("cty", code)).collect();
        let index = match (tags.is_empty(), words.is_empty()) {
            (false, true) => tagged(&tags),
            (true, _) => in_columns("place", &words),
            (false, false) => format!("({} OR {})", tagged(&tags), in_columns("place", &words)),
        };
        self.only_indexed(index)
    }

    /// What only the index knows; as a test it is looked up there as a whole.
    fn only_indexed(&self, index: String) -> Leaf {
        let table = super::index_of(self.shown);
        let (first, last) = self.days.rows();
        let test = Sql::new(
            format!(
                "w.rowid IN (SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?)"
            ),
            [
                Value::Text(index.clone()),
                Value::Integer(first),
                Value::Integer(last),
            ],
        );
        indexed(index, test)
    }

    /// Whether the text of a statement's or an event's document matches: all texts of these days
    /// that match are gathered first, so this is the slow one.
    fn in_texts(&self, index: String) -> Sql {
        let (first, last) = self.days.rows();
        Sql::new(
            format!(
                "g.version IN (SELECT rowid & {ID_MASK} FROM text_words WHERE text_words MATCH ? AND rowid BETWEEN ? AND ?)"
            ),
            [
                Value::Text(index),
                Value::Integer(first),
                Value::Integer(last),
            ],
        )
    }

    fn publisher(&self, any: &[String]) -> rusqlite::Result<Leaf> {
        let found = publishers(self.c, any)?;
        let ids = Value::Text(format!("{found:?}"));
        let test = Sql::new("v.publisher IN (SELECT value FROM json_each(?))", [ids]).decided();
        if found.len() > PUBLISHERS {
            return Ok(tested(test));
        }
        let tags: Vec<_> = found
            .into_iter()
            .map(|id| tags::number("pub", id))
            .collect();
        Ok(indexed(tagged(&tags), test))
    }

    fn value(&self, key: Key, any: &[&'static str]) -> Leaf {
        let statement = |column| (self.shown == Shown::Statements).then_some(column);
        let (list, column) = match key {
            Key::Act => ("act", statement("t.act")),
            Key::Certainty => ("cert", statement("t.certainty")),
            Key::Quote => ("quote", statement("t.quote")),
            Key::Kind => ("kind", statement("t.source_kind")),
            Key::Realis => ("realis", Some("t.realis")),
            Key::Context => ("ctx", None),
            _ => ("resp", None),
        };
        let tags: Vec<_> = any.iter().map(|value| tags::value(list, value)).collect();
        let index = tagged(&tags);
        match column {
            Some(column) => indexed(index, Sql::among(column, texts(any)).decided()),
            // the attribution that an event stands in: the index has what it had
            None => self.only_indexed(index),
        }
    }

    fn is(&self, key: Key) -> Leaf {
        if key == Key::Negated {
            let index = tagged(&["neg"]);
            return match self.shown {
                Shown::Statements => indexed(index, Sql::new("t.negated", [])),
                _ => self.only_indexed(index),
            };
        }
        let review = super::reviewed(self.shown, self.reviews_until);
        let values = self.reviews_until.map(Value::Integer);
        tested(Sql::new(format!("({review}) IS NOT NULL"), values))
    }
}

/// What the index knows exactly.
fn indexed(index: String, test: Sql) -> Leaf {
    Leaf {
        index: Some(index),
        exact: true,
        test,
    }
}

/// What no index knows.
fn tested(test: Sql) -> Leaf {
    Leaf {
        index: None,
        exact: false,
        test,
    }
}

fn texts<S: AsRef<str>>(any: &[S]) -> Vec<Value> {
    any.iter()
        .map(|text| Value::Text(text.as_ref().to_owned()))
        .collect()
}

fn happening(any: &[Happening]) -> Leaf {
    let text = |text: &str| Value::Text(text.to_owned());
    let mut words = Vec::new();
    let mut tests = Vec::new();
    for happening in any {
        let (kind, mode) = match happening {
            Happening::Type(kind) => (Some(kind.as_str()), None),
            Happening::Mode(mode) => (None, Some(mode.as_str())),
            Happening::Both(kind, mode) => (Some(kind.as_str()), Some(mode.as_str())),
        };
        let tags = kind.map(|kind| tags::value("ev", kind)).into_iter();
        let tags = tags.chain(mode.map(|mode| tags::value("mode", mode)));
        let tags: Vec<_> = tags.map(|tag| tagged(&[tag])).collect();
        words.push(format!("({})", tags.join(" AND ")));
        let columns = kind
            .map(|kind| Sql::new("t.type = ?", [text(kind)]))
            .into_iter();
        let columns = columns.chain(mode.map(|mode| Sql::new("t.mode = ?", [text(mode)])));
        tests.push(Sql::joined(columns.collect(), " AND ", "1").decided());
    }
    indexed(
        format!("({})", words.join(" OR ")),
        Sql::joined(tests, " OR ", "0"),
    )
}

fn count(key: Key, compare: Compare, number: f64) -> Leaf {
    let list = match key {
        Key::Chain => Some("hop"),
        Key::Killed => Some("k"),
        Key::Injured => Some("i"),
        _ => None,
    };
    // one that is bounded from above may be as low as none; a chain of no hops has no tag
    let least = match compare {
        Compare::AtLeast | Compare::More => Some(number),
        Compare::Is if key == Key::Chain => Some(number),
        _ if key == Key::Chain => None,
        _ => Some(0.0),
    };
    let least = least.filter(|least| key != Key::Chain || *least >= 1.0);
    let index = list
        .zip(least)
        .and_then(|(list, least)| tags::step(list, least));
    let test = match key {
        Key::Chain => hops(compare, number as i64),
        Key::Killed => toll(compare, number, "t.killed_low", "t.killed_high"),
        Key::Injured => toll(compare, number, "t.injured_low", "t.injured_high"),
        // scores are kept with single precision
        _ => number_is("t.score", compare, f64::from(number as f32)),
    };
    Leaf {
        index: index.map(|tag| tagged(&[tag])),
        exact: false,
        test: test.decided(),
    }
}

fn number_is(column: &str, compare: Compare, number: f64) -> Sql {
    let sign = match compare {
        Compare::Is => "=",
        Compare::AtLeast => ">=",
        Compare::AtMost => "<=",
        Compare::More => ">",
        Compare::Less => "<",
    };
    Sql::new(format!("{column} {sign} ?"), [Value::Real(number)])
}

/// A figure from a low to a high number, open where there is no high one.
fn toll(compare: Compare, number: f64, low: &str, high: &str) -> Sql {
    let real = Value::Real(number);
    match compare {
        Compare::AtLeast | Compare::More => number_is(low, compare, number),
        Compare::AtMost | Compare::Less => number_is(high, compare, number),
        Compare::Is => Sql::new(
            format!("{low} <= ? AND ({high} IS NULL OR {high} >= ?)"),
            [real.clone(), real],
        ),
    }
}

/// Hops are numbered from 1: there are at least so many if there is one of that number.
fn hops(compare: Compare, number: i64) -> Sql {
    let there = |number: i64| {
        if number <= 0 {
            return Sql::new("1", []);
        }
        Sql::new(
            "EXISTS (SELECT 1 FROM hop h WHERE h.attribution = t.id AND h.position = ?)",
            [Value::Integer(number)],
        )
    };
    match compare {
        Compare::AtLeast => there(number),
        Compare::More => there(number + 1),
        Compare::AtMost => there(number + 1).negated(),
        Compare::Less => there(number).negated(),
        Compare::Is => Sql::joined(
            vec![there(number), there(number + 1).negated()],
            " AND ",
            "1",
        ),
    }
}

/// How a date from `earliest` to `latest` lies to any of some intervals. A side that is not there
/// is open; where both are not there, the date is not known and fits nothing.
fn lies(relation: Relation, any: &[Interval], earliest: &str, latest: &str) -> Sql {
    let tests = any.iter().map(|interval| {
        let (from, to) = interval.bounds();
        let from = from.map(|day| Value::Text(day.to_string()));
        // a bound may have a time of day
        let to = to.map(|day| Value::Text(format!("{day}T23:59")));
        let known = Sql::new(
            format!("({earliest} IS NOT NULL OR {latest} IS NOT NULL)"),
            [],
        );
        let begins = |sign, value| Sql::new(format!("{earliest} {sign} ?"), [value]);
        let ends = |sign, value| Sql::new(format!("{latest} {sign} ?"), [value]);
        let mut parts = vec![known];
        match relation {
            Relation::Overlaps => {
                let or_open = |column: &str, test| {
                    Sql::joined(
                        vec![Sql::new(format!("{column} IS NULL"), []), test],
                        " OR ",
                        "1",
                    )
                };
                parts.extend(to.map(|to| or_open(earliest, begins("<=", to))));
                parts.extend(from.map(|from| or_open(latest, ends(">=", from))));
            }
            Relation::Within => {
                parts.extend(from.map(|from| begins(">=", from)));
                parts.extend(to.map(|to| ends("<=", to)));
            }
            Relation::After => parts.extend(to.map(|to| begins(">", to))),
            Relation::Before => parts.extend(from.map(|from| ends("<", from))),
            Relation::NotBefore => parts.extend(from.map(|from| begins(">=", from))),
            Relation::NotAfter => parts.extend(to.map(|to| ends("<=", to))),
        }
        Sql::joined(parts, " AND ", "1").decided()
    });
    Sql::joined(tests.collect(), " OR ", "0")
}

/// Tags of which every time that lies so has one; `None` where any time may lie so.
fn months(relation: Relation, any: &[Interval]) -> Option<String> {
    let (mut whole, mut begun) = (Vec::new(), Vec::new());
    for interval in any {
        let (from, to) = interval.bounds();
        let (from, to) = match relation {
            Relation::Overlaps | Relation::Within => (from, to),
            Relation::After => (to, None),
            Relation::NotBefore => (from, None),
            Relation::Before | Relation::NotAfter => return None,
        };
        let tags = tags::overlapping(from, to);
        if tags.is_empty() {
            let (years, beginnings) = years_from(from?)?;
            whole.extend(years);
            begun.extend(beginnings);
        } else {
            whole.extend(tags);
        }
    }
    Some(tagged_from(&whole, &begun))
}

/// Tags of all years from one on: those of its decade, and how those of later decades, centuries
/// and millennia begin.
fn years_from(from: Moment) -> Option<(Vec<String>, Vec<String>)> {
    let year = from.date().0;
    if !(1000..=9999).contains(&year) {
        return None;
    }
    let mut whole = vec![tags::LONG.to_owned()];
    whole.extend((year..=year / 10 * 10 + 9).map(|year| format!("y{year}")));
    let rest = |length: i16| year / length + 1..=year / length / 10 * 10 + 9;
    let begun = [rest(10), rest(100), rest(1000)].into_iter().flatten();
    Some((whole, begun.map(|digits| format!("y{digits}")).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_years_from_one_on_have_a_tag_or_a_beginning() {
        for first in [1000_i16, 1999, 2017, 2020, 2099, 8990, 9999] {
            let from = Moment::day(i64::from(first), 5, 1).expect("a day");
            let (whole, begun) = years_from(from).expect("years");
            for year in 1000..=9999 {
                let tag = format!("y{year}");
                let has = whole.contains(&tag) || begun.iter().any(|b| tag.starts_with(b));
                assert_eq!(has, year >= first, "{year} from {first}");
            }
        }
    }
}
