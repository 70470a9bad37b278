//! One-to-one matching of gold with predicted attributions: as many pairs as there can be,
//! the heaviest tried first, always the same for the same weights.

use std::cmp::Ordering;

/// A pair that may be matched: an index into the gold, one into the predictions, a weight.
pub(super) type Edge<W> = (usize, usize, W);

/// Who is matched with whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pairs {
    /// For each gold index the prediction it has.
    by_gold: Vec<Option<usize>>,
}

impl Pairs {
    /// The prediction that the gold index has.
    pub(super) fn of_gold(&self, gold: usize) -> Option<usize> {
        self.by_gold.get(gold).copied().flatten()
    }

    /// The pairs, in the gold's order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        self.by_gold
            .iter()
            .enumerate()
            .filter_map(|(g, p)| p.map(|p| (g, p)))
    }

    /// How many pairs there are.
    pub(super) fn len(&self) -> usize {
        self.iter().count()
    }
}

/// A greatest matching. Each gold item, the one with the heaviest edge first, takes a free
/// prediction or displaces others along an augmenting path.
pub(super) fn greatest(edges: Vec<Edge<u64>>) -> Pairs {
    let near = Neighbours::new(edges, u64::cmp);
    let mut order: Vec<(u64, usize)> = Vec::new();
    for (gold, list) in near.0.iter().enumerate() {
        if let Some((_, weight)) = list.first() {
            order.push((*weight, gold));
        }
    }
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut owners = near.owners();
    for (_, gold) in order {
        near.place(gold, &mut owners);
    }
    near.pairs(&owners)
}

/// A greatest matching that keeps, where it can, the pairs that a greedy one makes by weight.
pub(super) fn greedy_then_greatest(edges: Vec<Edge<f64>>) -> Pairs {
    let near = Neighbours::new(edges, f64::total_cmp);
    let mut all: Vec<Edge<f64>> = Vec::new();
    for (gold, list) in near.0.iter().enumerate() {
        all.extend(list.iter().map(|(p, weight)| (gold, *p, *weight)));
    }
    all.sort_by(|a, b| heavier_first(a, b, f64::total_cmp));
    let mut owners = near.owners();
    let mut placed = vec![false; near.0.len()];
    for (gold, prediction, _) in all {
        if let Some(placed) = placed.get_mut(gold)
            && !*placed
            && owners.of(prediction).is_none()
        {
            *placed = true;
            owners.set(prediction, gold);
        }
    }
    for (gold, placed) in placed.iter().enumerate() {
        if !placed {
            near.place(gold, &mut owners);
        }
    }
    near.pairs(&owners)
}

/// Which gold index has each prediction, and which predictions a search has been at.
struct Owners {
    gold: Vec<Option<usize>>,
    /// The number of the last search that was at the prediction.
    seen: Vec<usize>,
    search: usize,
}

impl Owners {
    fn of(&self, prediction: usize) -> Option<usize> {
        self.gold.get(prediction).copied().flatten()
    }

    fn set(&mut self, prediction: usize, gold: usize) {
        if let Some(owner) = self.gold.get_mut(prediction) {
            *owner = Some(gold);
        }
    }

    /// Whether this search is at the prediction for the first time.
    fn is_new(&mut self, prediction: usize) -> bool {
        let last = self.seen.get_mut(prediction);
        last.is_some_and(|last| std::mem::replace(last, self.search) != self.search)
    }
}

/// For each gold index the predictions it may have, heaviest first.
struct Neighbours<W>(Vec<Vec<(usize, W)>>);

impl<W: Copy> Neighbours<W> {
    fn new(mut edges: Vec<Edge<W>>, compare: fn(&W, &W) -> Ordering) -> Self {
        edges.sort_by(|a, b| heavier_first(a, b, compare));
        let mut near: Vec<Vec<(usize, W)>> = Vec::new();
        for (gold, prediction, weight) in edges {
            if near.len() <= gold {
                near.resize_with(gold + 1, Vec::new);
            }
            if let Some(list) = near.get_mut(gold) {
                list.push((prediction, weight));
            }
        }
        Self(near)
    }

    fn owners(&self) -> Owners {
        let predictions = self.0.iter().flatten().map(|(p, _)| p + 1).max();
        let predictions = predictions.unwrap_or(0);
        Owners {
            gold: vec![None; predictions],
            seen: vec![0; predictions],
            search: 0,
        }
    }

    /// Finds a prediction for `gold`, moving owners along an augmenting path if need be.
    /// The path is kept on a list, not on the call stack: it may be as long as the document.
    fn place(&self, gold: usize, owners: &mut Owners) {
        owners.search += 1;
        let mut path: Vec<(usize, usize)> = vec![(gold, 0)];
        while let Some((gold, next)) = path.last_mut() {
            let Some(prediction) = self.neighbour(*gold, *next) else {
                path.pop();
                continue;
            };
            *next += 1;
            if !owners.is_new(prediction) {
                continue;
            }
            match owners.of(prediction) {
                Some(owner) => path.push((owner, 0)),
                None => break,
            }
        }
        // Each on the path takes the prediction through which the path went on.
        for (gold, next) in path {
            if let Some(prediction) = next.checked_sub(1).and_then(|n| self.neighbour(gold, n)) {
                owners.set(prediction, gold);
            }
        }
    }

    fn neighbour(&self, gold: usize, place: usize) -> Option<usize> {
        let (prediction, _) = self.0.get(gold)?.get(place)?;
        Some(*prediction)
    }

    fn pairs(&self, owners: &Owners) -> Pairs {
        let mut by_gold = vec![None; self.0.len()];
        for (prediction, owner) in owners.gold.iter().enumerate() {
            if let Some(place) = owner.and_then(|gold| by_gold.get_mut(gold)) {
                *place = Some(prediction);
            }
        }
        Pairs { by_gold }
    }
}

fn heavier_first<W>(a: &Edge<W>, b: &Edge<W>, compare: fn(&W, &W) -> Ordering) -> Ordering {
    compare(&b.2, &a.2).then((a.0, a.1).cmp(&(b.0, b.1)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The size of the greatest matching, by trying everything.
    fn greatest_size(edges: &[Edge<u64>], gold: usize, taken: &mut Vec<usize>) -> usize {
        let Some(next) = edges.iter().map(|e| e.0).filter(|g| *g >= gold).min() else {
            return 0;
        };
        let mut best = greatest_size(edges, next + 1, taken);
        for edge in edges.iter().filter(|e| e.0 == next) {
            if !taken.contains(&edge.1) {
                taken.push(edge.1);
                best = best.max(1 + greatest_size(edges, next + 1, taken));
                taken.pop();
            }
        }
        best
    }

    fn is_one_to_one(pairs: &Pairs, edges: &[Edge<u64>]) -> bool {
        let mut predictions: Vec<usize> = pairs.iter().map(|(_, p)| p).collect();
        predictions.sort_unstable();
        predictions.windows(2).all(|w| w[0] != w[1])
            && pairs
                .iter()
                .all(|(g, p)| edges.iter().any(|e| (e.0, e.1) == (g, p)))
    }

    fn edges() -> impl Strategy<Value = Vec<Edge<u64>>> {
        proptest::collection::btree_map((0..6_usize, 0..6_usize), 1..9_u64, 0..20)
            .prop_map(|map| map.into_iter().map(|((g, p), w)| (g, p, w)).collect())
    }

    #[test]
    fn the_heaviest_pair_gives_way_to_the_greater_number() {
        let pairs = greatest(vec![(0, 0, 9), (0, 1, 8), (1, 0, 7)]);
        assert_eq!(pairs.iter().collect::<Vec<_>>(), [(0, 1), (1, 0)]);
        let pairs = greedy_then_greatest(vec![(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.7)]);
        assert_eq!(pairs.iter().collect::<Vec<_>>(), [(0, 1), (1, 0)]);
    }

    #[test]
    fn equal_weights_give_the_same_pairs_in_any_order() {
        let mut ties = vec![(1, 1, 5), (0, 1, 5), (1, 0, 5), (0, 0, 5)];
        let pairs = greatest(ties.clone());
        assert_eq!(pairs.iter().collect::<Vec<_>>(), [(0, 1), (1, 0)]);
        ties.reverse();
        assert_eq!(greatest(ties.clone()), pairs);
        let ties = ties.into_iter().map(|(g, p, w)| (g, p, w as f64)).collect();
        let pairs = greedy_then_greatest(ties);
        assert_eq!(pairs.iter().collect::<Vec<_>>(), [(0, 0), (1, 1)]);
    }

    #[test]
    fn a_path_as_long_as_the_document_is_followed() {
        let n = 100_000;
        let mut edges: Vec<Edge<u64>> = (0..n).map(|i| (i, i, 1)).collect();
        edges.extend((0..n).map(|i| (i, i + 1, 2)));
        edges.push((n, n, 1));
        assert_eq!(greatest(edges).len(), n + 1);
    }

    proptest! {
        #[test]
        fn matching_is_one_to_one_and_greatest(edges in edges()) {
            let size = greatest_size(&edges, 0, &mut Vec::new());
            let pairs = greatest(edges.clone());
            prop_assert!(is_one_to_one(&pairs, &edges));
            prop_assert_eq!(pairs.len(), size);
            let halves = edges.iter().map(|&(g, p, w)| (g, p, w as f64 / 2.0)).collect();
            let pairs = greedy_then_greatest(halves);
            prop_assert!(is_one_to_one(&pairs, &edges));
            prop_assert_eq!(pairs.len(), size);
        }
    }
}
