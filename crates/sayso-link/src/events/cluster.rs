//! Mentions joined into events.

/// Joins mentions, counted from 0 in the order of time, by the scores of pairs of them: pairs that
/// score `high` or more, best first, join their clusters where the mean score over all pairs
/// between these is `low` or more; a pair without a score counts 0. Of each mention the first one
/// of its cluster.
pub(crate) fn clusters(
    n: usize,
    scores: &[(usize, usize, u32)],
    high: u32,
    low: u32,
) -> Vec<usize> {
    // of each two clusters, named by their first members, the sum over all pairs between them
    let mut sums = vec![0_u64; n * n];
    let mut best: Vec<(u32, usize, usize)> = Vec::new();
    for &(i, j, score) in scores.iter().filter(|(i, j, _)| i != j) {
        sums[i * n + j] = score.into();
        sums[j * n + i] = score.into();
        if score >= high {
            best.push((score, i.min(j), i.max(j)));
        }
    }
    best.sort_unstable_by(|a, b| b.0.cmp(&a.0).then((a.2, a.1).cmp(&(b.2, b.1))));
    best.dedup();
    let mut own: Vec<usize> = (0..n).collect();
    let mut members: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    for (_, i, j) in best {
        let (into, from) = (own[i].min(own[j]), own[i].max(own[j]));
        let pairs = members[into].len() * members[from].len();
        if into == from || sums[into * n + from] < u64::from(low) * pairs as u64 {
            continue;
        }
        for other in 0..n {
            sums[into * n + other] += sums[from * n + other];
            sums[other * n + into] = sums[into * n + other];
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
        let scores = [
            (0, 1, 900_000),
            (1, 2, 700_000),
            (3, 4, 800_000),
            (0, 2, 100_000),
            (2, 3, 650_000),
        ];
        assert_eq!(clusters(5, &scores, 600_000, 200_000), [0, 0, 0, 3, 3]);
        assert_eq!(clusters(5, &scores, 600_000, 600_000), [0, 0, 2, 3, 3]);
        assert!(clusters(0, &[], 1, 1).is_empty());
    }
}
