//! The index of runs: which documents have one, and what that says of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, Result};

/// A document that has a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Holder {
    pub document: i64,
    /// The publisher, or a number of its own where that is unknown.
    pub house: i64,
    /// Its text is so short that one run may be most of it.
    pub is_short: bool,
}

/// Documents of one house, and of none other, that make a run boilerplate.
const HOUSE: usize = 4;
/// From so many documents on, four fifths of them of one house are enough.
const MANY: usize = 20;
/// Up to so many documents one shared run is reason to compare two of them.
const FEW: usize = 6;
/// Up to so many, two are.
const RARE: usize = 32;
/// In more documents, a run says nothing.
const COMMON: usize = 1000;

/// Documents of a run that are looked at.
const HELD: i64 = 1001;

/// What the documents that have a run say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// In a handful of documents: reason enough to compare them.
    Few,
    /// In more: with another, a reason.
    Rare,
    /// In many: with many others, a reason.
    Frequent,
    /// Boilerplate of a house.
    House,
    /// In so many that it says nothing.
    Common,
}

impl Standing {
    /// Of the documents that have a run.
    pub(crate) fn of(holders: &BTreeSet<Holder>) -> Self {
        let n = holders.len();
        if n > COMMON {
            return Self::Common;
        }
        let mut houses: HashMap<i64, usize> = HashMap::new();
        for holder in holders {
            *houses.entry(holder.house).or_default() += 1;
        }
        let most = houses.values().max().copied().unwrap_or(0);
        if (n >= HOUSE && most == n) || (n >= MANY && 5 * most >= 4 * n) {
            Self::House
        } else if n <= FEW {
            Self::Few
        } else if n <= RARE {
            Self::Rare
        } else {
            Self::Frequent
        }
    }
}

impl Standing {
    /// How much it counts for.
    pub(crate) const fn weight(self) -> u8 {
        match self {
            Self::Few => 3,
            Self::Rare => 2,
            Self::Frequent => 1,
            Self::House | Self::Common => 0,
        }
    }
}

/// A run before and after a change.
#[derive(Debug)]
pub(crate) struct Touched {
    pub holders: BTreeSet<Holder>,
    pub before: Standing,
    pub now: Standing,
}

/// Takes documents out of the index, and others in; tells of each run that was touched.
pub(crate) fn change(
    c: &Connection,
    out: &BTreeMap<u64, Vec<Holder>>,
    into: &BTreeMap<u64, Vec<Holder>>,
) -> Result<BTreeMap<u64, Touched>> {
    let mut remove = c.prepare_cached("DELETE FROM copy_run WHERE run = ?1 AND document = ?2")?;
    let mut insert = c.prepare_cached(
        "INSERT OR REPLACE INTO copy_run (run, document, house, is_short) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let runs: BTreeSet<u64> = out.keys().chain(into.keys()).copied().collect();
    let mut touched = BTreeMap::new();
    for run in runs {
        let key = run.cast_signed();
        let mut holders = self::holders(c, run)?;
        let before = Standing::of(&holders);
        for holder in out.get(&run).into_iter().flatten() {
            remove.execute((key, holder.document))?;
            holders.remove(holder);
        }
        for holder in into.get(&run).into_iter().flatten() {
            insert.execute((key, holder.document, holder.house, holder.is_short))?;
            holders.insert(*holder);
        }
        if before == Standing::Common {
            // not all were looked at: some may be left that were not
            holders = self::holders(c, run)?;
        }
        let now = Standing::of(&holders);
        if holders.len() > 1 || before != now {
            touched.insert(
                run,
                Touched {
                    holders,
                    before,
                    now,
                },
            );
        }
    }
    Ok(touched)
}

/// The documents that have a run; where they are too many, only so many as show it.
pub(crate) fn holders(c: &Connection, run: u64) -> Result<BTreeSet<Holder>> {
    c.prepare_cached("SELECT document, house, is_short FROM copy_run WHERE run = ?1 LIMIT ?2")?
        .query_map((run.cast_signed(), HELD), |row| {
            Ok(Holder {
                document: row.get(0)?,
                house: row.get(1)?,
                is_short: row.get(2)?,
            })
        })?
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(houses: &[i64]) -> Standing {
        let holder = |(document, house): (i64, &i64)| Holder {
            document,
            house: *house,
            is_short: false,
        };
        Standing::of(&(0_i64..).zip(houses).map(holder).collect())
    }

    #[test]
    fn what_four_pages_of_one_house_have_is_boilerplate() {
        assert_eq!(of(&[1, 1, 1]), Standing::Few);
        assert_eq!(of(&[1, 1, 1, 1]), Standing::House);
        assert_eq!(of(&[1, 1, 1, 1, 2]), Standing::Few, "a copy went out");
        assert_eq!(of(&[1; 40]), Standing::House);
    }

    #[test]
    fn a_page_that_copied_the_boilerplate_does_not_make_it_news() {
        let mut houses = vec![1; 30];
        houses.push(2);
        assert_eq!(of(&houses), Standing::House);
    }

    #[test]
    fn what_is_everywhere_says_nothing() {
        let many: Vec<i64> = (0..40).collect();
        assert_eq!(of(&many), Standing::Frequent);
        let more: Vec<i64> = (0..1001).collect();
        assert_eq!(of(&more), Standing::Common);
    }
}
