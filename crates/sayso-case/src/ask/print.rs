//! A question written out again, so that reading it gives the same question.

use std::fmt::{self, Display, Formatter, Write as _};

use super::key::Key;
use super::term::{Compare, Condition, Happening, Relation, Term};
use super::tree::Tree;

impl Display for Tree<Term> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) => joined(f, " ", parts, |f, part| match part {
                Self::Any(_) => write!(f, "({part})"),
                _ => write!(f, "{part}"),
            }),
            Self::Any(parts) => joined(f, " OR ", parts, |f, part| write!(f, "{part}")),
            Self::Not(of) => match of.as_ref() {
                Self::All(_) | Self::Any(_) => write!(f, "-({of})"),
                _ => write!(f, "-{of}"),
            },
            Self::Leaf(term) => write!(f, "{}", term.condition),
        }
    }
}

fn joined<T>(
    f: &mut Formatter<'_>,
    between: &str,
    parts: &[T],
    one: impl Fn(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        one(f, part)?;
    }
    Ok(())
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(Key::Words, any) => joined(f, " OR ", any, |f, words| word(f, words)),
            Self::Words(key, any) | Self::Name(key, any) => {
                write!(f, "{}:", key.name())?;
                joined(f, ",", any, |f, given| value(f, given))
            }
            Self::Value(key, any) => {
                write!(f, "{}:", key.name())?;
                joined(f, ",", any, |f, given| f.write_str(given))
            }
            Self::Event(any) => {
                f.write_str("event:")?;
                joined(f, ",", any, |f, happening| match happening {
                    Happening::Type(kind) => f.write_str(kind.as_str()),
                    Happening::Mode(mode) => write!(f, ".{}", mode.as_str()),
                    Happening::Both(kind, mode) => write!(f, "{}.{}", kind.as_str(), mode.as_str()),
                })
            }
            Self::Is(key, yes) => write!(f, "{}:{}", key.name(), if *yes { "yes" } else { "no" }),
            Self::Number(key, compare, number) => {
                let sign = match compare {
                    Compare::Is => "=",
                    Compare::AtLeast => ">=",
                    Compare::AtMost => "<=",
                    Compare::More => ">",
                    Compare::Less => "<",
                };
                write!(f, "{}{sign}{number}", key.name())
            }
            Self::Date(key, relation, any) => {
                let sign = match relation {
                    Relation::Overlaps => ":",
                    Relation::Within => "=",
                    Relation::After => ">",
                    Relation::Before => "<",
                    Relation::NotBefore => ">=",
                    Relation::NotAfter => "<=",
                };
                write!(f, "{}{sign}", key.name())?;
                joined(f, ",", any, |f, interval| write!(f, "{interval}"))
            }
        }
    }
}

/// A free word: in quotation marks unless it can be nothing else.
fn word(f: &mut Formatter<'_>, given: &str) -> fmt::Result {
    let plain = given.chars().all(char::is_alphanumeric);
    if plain && !matches!(given, "OR" | "AND" | "NOT") {
        f.write_str(given)
    } else {
        quoted(f, given)
    }
}

fn value(f: &mut Formatter<'_>, given: &str) -> fmt::Result {
    if !given.is_empty()
        && given
            .chars()
            .all(|c| c.is_alphanumeric() || "-_.:/".contains(c))
    {
        f.write_str(given)
    } else {
        quoted(f, given)
    }
}

/// In quotation marks; those inside are doubled.
fn quoted(f: &mut Formatter<'_>, given: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in given.chars() {
        if c == '"' {
            f.write_char('"')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}
