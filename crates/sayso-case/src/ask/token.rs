//! Where a page ends, so that the next one begins there.

use std::fmt;

use super::Sort;

/// The last row of a page, in the order that it was shown in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Page {
    Newest(i64),
    Oldest(i64),
    /// Its score and its number.
    Score(f64, i64),
}

impl Page {
    pub(crate) fn parse(given: &str) -> Option<Self> {
        let rest = given.get(1..)?;
        let row = |digits: &str| i64::from_str_radix(digits, 16).ok().filter(|row| *row >= 0);
        match given.get(..1)? {
            "n" => row(rest).map(Self::Newest),
            "o" => row(rest).map(Self::Oldest),
            "s" => {
                let (score, number) = rest.split_once('.')?;
                let score = f64::from_bits(u64::from_str_radix(score, 16).ok()?);
                let known = (0.0..=1.0).contains(&score);
                known.then_some(Self::Score(score, row(number)?))
            }
            _ => None,
        }
    }

    pub(crate) const fn sort(self) -> Sort {
        match self {
            Self::Newest(_) => Sort::Newest,
            Self::Oldest(_) => Sort::Oldest,
            Self::Score(..) => Sort::Score,
        }
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newest(row) => write!(f, "n{row:x}"),
            Self::Oldest(row) => write!(f, "o{row:x}"),
            Self::Score(score, row) => write!(f, "s{:x}.{row:x}", score.to_bits()),
        }
    }
}
