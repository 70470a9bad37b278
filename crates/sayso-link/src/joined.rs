//! Things that are joined in pairs, and the groups that this makes (union-find).

use std::collections::{BTreeMap, HashMap};

/// Documents joined in pairs; each is a group of its own before.
#[derive(Debug, Default)]
pub(crate) struct Joined(HashMap<i64, i64>);

impl Joined {
    /// The one that stands for a document's group: the smallest number in it.
    pub(crate) fn first(&mut self, document: i64) -> i64 {
        let mut at = document;
        while let Some(&up) = self.0.get(&at) {
            // the way is halved, so that it does not grow
            match self.0.get(&up).copied() {
                Some(next) => {
                    self.0.insert(at, next);
                    at = next;
                }
                None => at = up,
            }
        }
        at
    }

    /// Joins two; whether they were apart.
    pub(crate) fn join(&mut self, a: i64, b: i64) -> bool {
        let (a, b) = (self.first(a), self.first(b));
        if a != b {
            self.0.insert(a.max(b), a.min(b));
        }
        a != b
    }

    /// The members of each group of more than one, by the one that stands for it.
    pub(crate) fn groups(&mut self) -> BTreeMap<i64, Vec<i64>> {
        let joined: Vec<i64> = self.0.keys().copied().collect();
        let mut out: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for document in joined {
            let first = self.first(document);
            out.entry(first)
                .or_insert_with(|| vec![first])
                .push(document);
        }
        for members in out.values_mut() {
            members.sort_unstable();
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_make_groups_named_by_their_smallest() {
        let mut joined = Joined::default();
        assert!(joined.join(5, 9) && joined.join(9, 7) && joined.join(2, 3));
        assert!(!joined.join(7, 5));
        assert_eq!(joined.first(7), 5);
        assert_eq!(joined.first(11), 11);
        let groups = BTreeMap::from([(2, vec![2, 3]), (5, vec![5, 7, 9])]);
        assert_eq!(joined.groups(), groups);
    }
}
