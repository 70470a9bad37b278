//! What a word index can say of a question: a `MATCH` that lets through all rows that fit, and,
//! where it can, no others.

use super::leaf::Leaf;
use crate::ask::tree::Tree;
use crate::intake::tags::ANY;

/// A tag that no row has.
const NONE: &str = "xnone";

/// Words as FTS5 takes them for data: in quotation marks, those inside doubled. A NUL would end
/// the expression.
fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\0', " ").replace('"', "\"\""))
}

/// Any of some words in some columns.
pub(super) fn in_columns<S: AsRef<str>>(columns: &str, any: &[S]) -> String {
    let any: Vec<String> = any.iter().map(|words| quoted(words.as_ref())).collect();
    format!("{{{columns}}} : ({})", any.join(" OR "))
}

/// Any of some tags.
pub(super) fn tagged<S: AsRef<str>>(any: &[S]) -> String {
    if any.is_empty() {
        return in_columns("tags", &[NONE]);
    }
    in_columns("tags", any)
}

/// Any of some tags that begin so.
pub(super) fn tagged_from(any: &[String], beginnings: &[String]) -> String {
    let whole = any.iter().map(|tag| quoted(tag));
    let begun = beginnings.iter().map(|tag| format!("{} *", quoted(tag)));
    format!(
        "{{tags}} : ({})",
        whole.chain(begun).collect::<Vec<_>>().join(" OR ")
    )
}

/// What the index says of a part of a question.
#[derive(Debug)]
pub(super) enum Bound {
    /// Nothing: any row may fit.
    Open,
    /// Rows outside of this expression do not fit; those inside do if `exact`.
    Inside { of: String, exact: bool },
    /// Exactly those outside fit.
    Outside(String),
}

impl Bound {
    pub(super) const fn is_exact(&self) -> bool {
        !matches!(self, Self::Open | Self::Inside { exact: false, .. })
    }

    /// As an expression.
    pub(super) fn expression(self) -> String {
        match self {
            Self::Open => tagged(&[ANY]),
            Self::Inside { of, .. } => of,
            Self::Outside(of) => format!("({} NOT {of})", tagged(&[ANY])),
        }
    }
}

pub(super) fn bound(tree: &Tree<Leaf>) -> Bound {
    match tree {
        Tree::Leaf(leaf) => match &leaf.index {
            Some(of) => Bound::Inside {
                of: of.clone(),
                exact: leaf.exact,
            },
            None => Bound::Open,
        },
        Tree::Not(of) => match bound(of) {
            Bound::Inside { of, exact: true } => Bound::Outside(of),
            Bound::Outside(of) => Bound::Inside { of, exact: true },
            _ => Bound::Open,
        },
        Tree::All(parts) => all(parts),
        Tree::Any(parts) => any(parts),
    }
}

fn all(parts: &[Tree<Leaf>]) -> Bound {
    let (mut inside, mut outside, mut all_exact) = (Vec::new(), Vec::new(), true);
    for part in parts {
        match bound(part) {
            Bound::Open => all_exact = false,
            Bound::Inside { of, exact } => {
                inside.push(of);
                all_exact &= exact;
            }
            Bound::Outside(of) => outside.push(of),
        }
    }
    match (inside.is_empty(), outside.is_empty()) {
        (true, true) if parts.is_empty() => Bound::Inside {
            of: tagged(&[ANY]),
            exact: true,
        },
        (true, true) => Bound::Open,
        (true, false) if all_exact => Bound::Outside(joined(&outside, " OR ")),
        (no_words, no_negations) => {
            let of = if no_words {
                tagged(&[ANY])
            } else {
                joined(&inside, " AND ")
            };
            Bound::Inside {
                of: if no_negations {
                    of
                } else {
                    format!("({of} NOT {})", joined(&outside, " OR "))
                },
                exact: all_exact,
            }
        }
    }
}

fn any(parts: &[Tree<Leaf>]) -> Bound {
    let mut all_exact = true;
    let mut inside = Vec::with_capacity(parts.len());
    for part in parts {
        let part = bound(part);
        if matches!(part, Bound::Open) {
            return Bound::Open;
        }
        all_exact &= part.is_exact();
        inside.push(part.expression());
    }
    Bound::Inside {
        of: joined(&inside, " OR "),
        exact: all_exact,
    }
}

fn joined(parts: &[String], word: &str) -> String {
    match parts {
        [only] => only.clone(),
        _ => format!("({})", parts.join(word)),
    }
}
