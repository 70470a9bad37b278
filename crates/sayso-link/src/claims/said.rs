//! What is said in several documents in much the same words, where no event tells it: a quotation
//! that two reports carry.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, Result};

use super::rows::{self, Telling};
use crate::events::{Bag, bag_of};
use crate::joined::Joined;

/// Two contents are one from this likeness of their words on.
const ALIKE: f32 = 0.6;
/// Words that say something which a content has at least.
const WORDS: usize = 3;
/// The rarest words of a content, by which others are found.
const KEYS: usize = 4;
/// Contents of a story with one word; in more, it says nothing.
const COMMON: usize = 200;

/// Groups of statements in much the same words, each in two documents of one story or more; of all
/// stories, or of one.
pub(crate) fn groups(c: &Connection, story: Option<i64>) -> Result<Vec<Vec<Telling>>> {
    let statements = rows::statements(c, story)?;
    let bags: Vec<Bag> = statements
        .iter()
        .map(|s| bag_of(s.by.as_ref().map_or("", |by| &by.content)))
        .collect();
    // story by story, so that all of them together give what each gives by itself
    let mut holders: HashMap<(i64, u32), Vec<usize>> = HashMap::new();
    for (at, (statement, bag)) in statements
        .iter()
        .zip(&bags)
        .enumerate()
        .filter(|(_, (_, bag))| bag.terms().len() >= WORDS)
    {
        let mut rarest = bag.terms().to_vec();
        rarest.sort_by_key(|(word, weight)| (u8::MAX - weight, *word));
        for (word, _) in rarest.into_iter().take(KEYS) {
            holders.entry((statement.event, word)).or_default().push(at);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for held in holders.values().filter(|held| held.len() <= COMMON) {
        for (i, a) in held.iter().enumerate() {
            pairs.extend(held.iter().skip(i + 1).map(|b| (*a, *b)));
        }
    }
    let mut joined = Joined::default();
    for (a, b) in pairs {
        let (Some(one), Some(other)) = (statements.get(a), statements.get(b)) else {
            continue;
        };
        let fits = one.document != other.document;
        let (Some(bag), Some(second)) = (bags.get(a), bags.get(b)) else {
            continue;
        };
        if fits && bag.cosine(second) >= ALIKE {
            joined.join(number(a), number(b));
        }
    }
    let mut groups: BTreeMap<i64, Vec<Telling>> = BTreeMap::new();
    for (at, statement) in statements.into_iter().enumerate() {
        groups
            .entry(joined.first(number(at)))
            .or_default()
            .push(statement);
    }
    let several = |group: &Vec<Telling>| {
        let documents: BTreeSet<i64> = group.iter().map(|t| t.document).collect();
        documents.len() > 1
    };
    Ok(groups.into_values().filter(several).collect())
}

fn number(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}
