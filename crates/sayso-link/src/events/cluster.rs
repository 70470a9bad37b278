//! Mentions joined into events.

use std::collections::HashMap;

/// Joins mentions, counted from 0 in the order of time: pairs that score `high` or more, best
/// first, join their clusters where the mean score over all pairs between these is `low` or more;
/// a pair without a score counts 0. Of each mention the first one of its cluster.
pub(crate) fn clusters(
    n: usize,
    scores: &HashMap<(usize, usize), u32>,
    high: u32,
    low: u32,
) -> Vec<usize> {
    let mut own: Vec<usize> = (0..n).collect();
    let mut members: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    let mut best: Vec<(u32, usize, usize)> = scores
        .iter()
        .filter(|(_, score)| **score >= high)
        .map(|((i, j), score)| (*score, *i.min(j), *i.max(j)))
        .collect();
    best.sort_unstable_by(|a, b| b.0.cmp(&a.0).then((a.2, a.1).cmp(&(b.2, b.1))));
    let of =
        |i: usize, j: usize| u64::from(scores.get(&(i.min(j), i.max(j))).copied().unwrap_or(0));
    for (_, i, j) in best {
        let (Some(&a), Some(&b)) = (own.get(i), own.get(j)) else {
            continue;
        };
        if a == b {
            continue;
        }
        let (into, from) = (a.min(b), a.max(b));
        let pairs = members[into].len() * members[from].len();
        let total: u64 = members[into]
            .iter()
            .flat_map(|x| members[from].iter().map(move |y| (*x, *y)))
            .map(|(x, y)| of(x, y))
            .sum();
        if total < u64::from(low) * pairs as u64 {
            continue;
        }
        let moved = std::mem::take(&mut members[from]);
        for x in &moved {
            own[*x] = into;
        }
        members[into].extend(moved);
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_join_unless_the_rest_speaks_against_it() {
        let scores = HashMap::from([
            ((0, 1), 900_000),
            ((1, 2), 700_000),
            ((3, 4), 800_000),
            ((0, 2), 100_000),
            ((2, 3), 650_000),
        ]);
        assert_eq!(clusters(5, &scores, 600_000, 200_000), [0, 0, 0, 3, 3]);
        assert_eq!(clusters(5, &scores, 600_000, 600_000), [0, 0, 2, 3, 3]);
        assert!(clusters(0, &HashMap::new(), 1, 1).is_empty());
    }
}
