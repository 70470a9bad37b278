//! Documents that hang together, parted into stories by average link.

use std::collections::BTreeMap;

use super::vector::UNIT;

/// A document among those that hang together.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub document: i64,
    pub day: Option<i32>,
    pub terms: Vec<(u32, u8)>,
}

/// How much of the likeness of two documents stays, however far apart they are, and in how many
/// days the rest falls to 37 per cent.
const FLOOR: f64 = 0.2;
const DAYS: f64 = 7.0;

/// What the days between two documents leave of their likeness; all where one is unknown.
pub(crate) fn decay(a: Option<i32>, b: Option<i32>) -> f64 {
    match (a, b) {
        (Some(a), Some(b)) => FLOOR + (1.0 - FLOOR) * (-f64::from(a.abs_diff(b)) / DAYS).exp(),
        _ => 1.0,
    }
}

/// Likeness of two documents, from 0 to 1, by the products of their shared terms.
pub(crate) fn likeness(product: u32, decay: f64) -> f64 {
    f64::from(product) / f64::from(2.0 * UNIT * UNIT) * decay
}

/// Parts members, given in the order of time, into clusters: the two of the highest mean likeness
/// are joined until that is below `stop`. Of each member the first one of its cluster.
pub(crate) fn clusters(members: &[Member], stop: f64) -> Vec<usize> {
    let n = members.len();
    let mut sums = sums(members);
    let mut sizes = vec![1.0_f64; n];
    let mut first: Vec<usize> = (0..n).collect();
    let mut alive: Vec<usize> = (0..n).collect();
    let mut chain: Vec<usize> = Vec::new();
    let mut joins: Vec<(f64, usize, usize)> = Vec::new();
    // nearest-neighbour chain (Benzécri 1982): the same tree as joining the best pair each time
    while alive.len() > 1 {
        let Some(&a) = chain.last() else {
            chain.extend(alive.first());
            continue;
        };
        let before = chain
            .len()
            .checked_sub(2)
            .and_then(|i| chain.get(i))
            .copied();
        let mean = |b: usize| sums[a * n + b] / (sizes[a] * sizes[b]);
        let mut best: Option<(f64, usize)> = before.map(|b| (mean(b), b));
        for &b in alive.iter().filter(|b| **b != a) {
            let m = mean(b);
            if best.is_none_or(|(most, _)| m > most) {
                best = Some((m, b));
            }
        }
        let Some((m, b)) = best else { break };
        if Some(b) != before {
            chain.push(b);
            continue;
        }
        chain.truncate(chain.len() - 2);
        let (into, from) = (a.min(b), a.max(b));
        joins.push((m, into, from));
        for &c in &alive {
            let more = sums[from * n + c];
            sums[into * n + c] += more;
            sums[c * n + into] = sums[into * n + c];
        }
        sizes[into] += sizes[from];
        alive.retain(|c| *c != from);
    }
    // what a join above the bar joins stays joined, whatever is above it in the tree
    for (m, into, from) in joins {
        if m >= stop {
            let (x, y) = (root(&first, into), root(&first, from));
            let (low, high) = (x.min(y), x.max(y));
            if let Some(f) = first.get_mut(high) {
                *f = low;
            }
        }
    }
    (0..n).map(|i| root(&first, i)).collect()
}

fn root(first: &[usize], mut i: usize) -> usize {
    while first.get(i).is_some_and(|f| *f != i) {
        i = first[i];
    }
    i
}

/// Likeness of all pairs, by way of the terms that several have.
fn sums(members: &[Member]) -> Vec<f64> {
    let n = members.len();
    let mut places: BTreeMap<u32, Vec<(usize, u8)>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        for (term, weight) in &member.terms {
            places.entry(*term).or_default().push((at, *weight));
        }
    }
    let mut products = vec![0_u32; n * n];
    for holders in places.values() {
        for (i, (a, x)) in holders.iter().enumerate() {
            for (b, y) in holders.iter().skip(i + 1) {
                products[a * n + b] += u32::from(*x) * u32::from(*y);
            }
        }
    }
    let mut out = vec![0.0; n * n];
    for a in 0..n {
        for b in a + 1..n {
            let value = likeness(products[a * n + b], decay(members[a].day, members[b].day));
            out[a * n + b] = value;
            out[b * n + a] = value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(terms: &[(u32, u8)]) -> Member {
        Member {
            document: 0,
            day: None,
            terms: terms.to_vec(),
        }
    }

    #[test]
    fn those_alike_are_joined_and_named_by_the_first() {
        let a = member(&[(1, 200), (2, 150)]);
        let b = member(&[(8, 255)]);
        let near = member(&[(1, 180), (2, 180)]);
        let found = clusters(&[a.clone(), b.clone(), near, b], 0.2);
        assert_eq!(found, [0, 1, 0, 1]);
        assert_eq!(clusters(&[a], 0.2), [0]);
        assert!(clusters(&[], 0.2).is_empty());
    }

    #[test]
    fn a_bridge_does_not_join_what_it_stands_between() {
        let left = member(&[(1, 255)]);
        let right = member(&[(2, 255)]);
        let bridge = member(&[(1, 190), (2, 170)]);
        let found = clusters(&[left.clone(), left, right.clone(), right, bridge], 0.25);
        assert_eq!(found, [0, 0, 2, 2, 0]);
    }

    #[test]
    fn days_part_what_words_join() {
        assert!((decay(Some(1), Some(1)) - 1.0).abs() < 1e-9);
        assert!(decay(Some(1), Some(8)) < 0.5);
        assert!(decay(Some(1), Some(800)) >= FLOOR);
        assert!((decay(None, Some(8)) - 1.0).abs() < 1e-9);
    }
}
