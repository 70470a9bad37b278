//! Groups with what people want joined or parted in them.

use std::collections::HashMap;

use super::Pair;
use crate::joined::Joined;

/// Parts members, given in the order of time, as people want them. Groups with members decided to
/// be one are joined; one with members decided not to be is cut where its members hang together
/// least. Of two decisions that cannot both be followed the newer counts. Of each member the first
/// of its group.
pub(super) fn parted(
    members: &[i64],
    groups: &[Vec<i64>],
    decisions: &[Pair<i64>],
    edges: &[(u32, i64, i64)],
) -> HashMap<i64, i64> {
    let mut sets = Sets::default();
    for &(same, a, b) in decisions {
        if same {
            sets.join(a, b);
        } else if sets.all.first(a) != sets.all.first(b) {
            sets.apart.push((a, b));
        }
    }
    let places: HashMap<i64, usize> = members.iter().copied().zip(0..).collect();
    // what was found as one group, and what is one when groups are joined by people
    let mut found = Joined::default();
    let mut before = Joined::default();
    for group in groups {
        for pair in group.windows(2) {
            found.join(pair[0], pair[1]);
            before.join(pair[0], pair[1]);
        }
    }
    for &(_, a, b) in decisions.iter().filter(|(same, ..)| *same) {
        if sets.all.first(a) == sets.all.first(b) {
            before.join(a, b);
        }
    }
    let mut sorted: Vec<(u32, i64, i64)> = edges
        .iter()
        .filter(|(_, a, b)| places.contains_key(a) && places.contains_key(b))
        .map(|(score, a, b)| (*score, *a.min(b), *a.max(b)))
        .filter(|(_, a, b)| before.first(*a) == before.first(*b))
        .collect();
    let place = |member: &i64| places.get(member).copied();
    sorted.sort_by_key(|(score, a, b)| (std::cmp::Reverse(*score), place(a), place(b)));
    for (_, a, b) in sorted {
        sets.join(a, b);
    }
    // what hangs on nothing goes with the first of its group that it may go with
    for group in [&mut found, &mut before] {
        for (at, member) in members.iter().enumerate() {
            let own = group.first(*member);
            let mut others = members.iter().filter(|other| *other != member);
            let is_alone = members
                .iter()
                .enumerate()
                .all(|(i, other)| i == at || sets.all.first(*other) != sets.all.first(*member));
            if is_alone {
                others.find(|other| group.first(**other) == own && sets.join(**other, *member));
            }
        }
    }
    let mut first: HashMap<i64, i64> = HashMap::new();
    members
        .iter()
        .map(|member| {
            let own = sets.all.first(*member);
            (*member, *first.entry(own).or_insert(*member))
        })
        .collect()
}

/// Sets that are joined unless that would bring two together who are to stay apart.
#[derive(Default)]
struct Sets {
    all: Joined,
    apart: Vec<(i64, i64)>,
}

impl Sets {
    /// Joins the sets of two; whether they are one now.
    fn join(&mut self, a: i64, b: i64) -> bool {
        let sets = (self.all.first(a), self.all.first(b));
        let is_parted = self.apart.iter().any(|(one, other)| {
            let parted = (self.all.first(*one), self.all.first(*other));
            parted == sets || parted == (sets.1, sets.0)
        });
        if !is_parted {
            self.all.join(a, b);
        }
        !is_parted
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(decisions: &[Pair<i64>]) -> Vec<i64> {
        let edges = [(900, 1, 2), (300, 2, 3), (800, 3, 4)];
        let groups = [vec![1, 2, 3, 4], vec![5, 6]];
        let members = [1, 2, 3, 4, 5, 6];
        let out = parted(&members, &groups, decisions, &edges);
        members.iter().map(|m| out[m]).collect()
    }

    #[test]
    fn a_group_is_cut_where_it_hangs_together_least() {
        assert_eq!(found(&[]), [1, 1, 1, 1, 5, 5]);
        assert_eq!(found(&[(false, 1, 4)]), [1, 1, 3, 3, 5, 5]);
        assert_eq!(found(&[(false, 5, 6)]), [1, 1, 1, 1, 5, 6]);
    }

    #[test]
    fn those_decided_to_be_one_bring_their_groups_along() {
        assert_eq!(found(&[(true, 4, 6)]), [1, 1, 1, 1, 1, 1]);
        assert_eq!(found(&[(true, 4, 6), (false, 1, 4)]), [1, 1, 3, 3, 3, 3]);
    }

    #[test]
    fn of_two_that_cannot_both_be_followed_the_newer_counts() {
        assert_eq!(found(&[(true, 1, 2), (false, 1, 2)]), [1, 1, 1, 1, 5, 5]);
        assert_eq!(found(&[(false, 5, 6), (true, 5, 6)]), [1, 1, 1, 1, 5, 6]);
    }

    proptest! {
        #[test]
        fn the_newest_decision_is_followed_and_every_member_has_a_group(
            decisions in prop::collection::vec((any::<bool>(), 1_i64..7, 1_i64..7), 0..8)
        ) {
            let decisions: Vec<Pair<i64>> =
                decisions.into_iter().filter(|(_, a, b)| a != b).collect();
            let out = found(&decisions);
            if let Some((same, a, b)) = decisions.first() {
                let of = |m: &i64| out[usize::try_from(*m).unwrap() - 1];
                prop_assert_eq!(of(a) == of(b), *same);
            }
            // who names a group is in it
            for first in &out {
                prop_assert_eq!(out[usize::try_from(*first).unwrap() - 1], *first);
            }
        }
    }
}
