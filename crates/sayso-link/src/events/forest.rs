//! Whether two event mentions are of one event, by a small forest of decision trees that ships
//! (`train/links.py`).

use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use super::pair::NAMES;

const MODEL: &str = include_str!("../../../../data/links.json");

/// What a pair is surely of one event.
pub(crate) const SURE: u32 = 1_000_000;
/// Trees, at most.
const TREES: usize = 256;
/// The first of them, which make a forest of their own.
const FIRST: usize = 64;
/// Where these give a sum below this, a pair is not looked at further: the share is 8 per cent.
const HOPELESS: f64 = -2.4;

/// A node as it is written: a leaf with its value, or a feature with its threshold and the nodes
/// for values up to it and above.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Node {
    Split(usize, f32, u16, u16),
    Leaf((f64,)),
}

/// The forest as it is written.
#[derive(Debug, Deserialize)]
struct Written {
    features: Vec<String>,
    trees: Vec<Vec<Node>>,
    high: f64,
    low: f64,
}

/// Leaves of a tree, at most: one bit of a [`Leaves`] each.
const MOST: usize = Leaves::BITS as usize;

/// Leaves of a tree that can still be reached, counted from the left.
type Leaves = u16;

/// A split, as it is asked: where the value is above the threshold, only some leaves are left.
#[derive(Debug, Clone, Copy)]
struct Test {
    threshold: f32,
    tree: u16,
    left: Leaves,
}

/// The forest, asked feature by feature and not tree by tree: the leaf that a tree comes to is the
/// leftmost that no split rules out (`QuickScorer`, Lucchese et al. 2015).
#[derive(Debug)]
pub(crate) struct Forest {
    /// Of each feature, the splits of the first trees that look at it, by threshold; and those of
    /// the others.
    first: Vec<Vec<Test>>,
    rest: Vec<Vec<Test>>,
    /// Of each tree, the values of its leaves.
    values: Vec<[f64; MOST]>,
    /// Pairs from this score on join clusters, best first.
    pub high: f64,
    /// If the mean over all pairs between them is not below this.
    pub low: f64,
}

impl Forest {
    /// The one that ships; a test reads it. Where it cannot be read nothing is joined.
    pub(crate) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Forest> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let read: Option<Written> = serde_json::from_str(MODEL).ok();
            let fits = read.filter(|f| f.features == NAMES && f.trees.len() <= TREES);
            fits.and_then(|written| Self::of(&written)).unwrap_or(Self {
                first: Vec::new(),
                rest: Vec::new(),
                values: Vec::new(),
                high: 1.0,
                low: 1.0,
            })
        })
    }

    fn of(written: &Written) -> Option<Self> {
        let mut out = Self {
            first: vec![Vec::new(); NAMES.len()],
            rest: vec![Vec::new(); NAMES.len()],
            values: vec![[0.0; MOST]; written.trees.len()],
            high: written.high,
            low: written.low,
        };
        for (at, tree) in written.trees.iter().enumerate() {
            let mut leaves = 0;
            out.grow(at, tree, 0, &mut leaves)?;
        }
        for tests in out.first.iter_mut().chain(&mut out.rest) {
            tests.sort_by(|a, b| a.threshold.total_cmp(&b.threshold));
        }
        Some(out)
    }

    /// Takes over what is below a node of a tree; `None` where the tree is not one.
    fn grow(&mut self, at: usize, tree: &[Node], node: usize, leaves: &mut usize) -> Option<()> {
        match tree.get(node)? {
            Node::Leaf((value,)) => {
                *self.values.get_mut(at)?.get_mut(*leaves)? = *value;
                *leaves += 1;
            }
            Node::Split(feature, threshold, low, high) => {
                // each split goes to later nodes, so that this ends
                let (low, high) = (usize::from(*low), usize::from(*high));
                let first = *leaves;
                self.grow(at, tree, Some(low).filter(|n| *n > node)?, leaves)?;
                let lower = (first..*leaves).fold(0, |bits, leaf| bits | (1 << leaf));
                let tests = if at < FIRST {
                    &mut self.first
                } else {
                    &mut self.rest
                };
                tests.get_mut(*feature)?.push(Test {
                    threshold: *threshold,
                    tree: u16::try_from(at).ok()?,
                    left: !lower,
                });
                self.grow(at, tree, Some(high).filter(|n| *n > node)?, leaves)?;
            }
        }
        Some(())
    }

    /// How surely a pair is of one event, in millionths: whole numbers, so that sums do not hang
    /// on their order. Nothing where the first trees see no hope.
    #[expect(clippy::cast_sign_loss, reason = "a sigmoid is not negative")]
    pub(crate) fn score(&self, features: &[f32; NAMES.len()]) -> u32 {
        if self.values.is_empty() {
            return 0;
        }
        let mut left = [Leaves::MAX; TREES];
        ask(&self.first, features, &mut left);
        let all = self.values.len() as f64;
        let first = self.sum(&left, 0..FIRST);
        if first * all / (FIRST as f64).min(all) < HOPELESS {
            return 0;
        }
        ask(&self.rest, features, &mut left);
        let raw = first + self.sum(&left, FIRST..TREES);
        (f64::from(SURE) / (1.0 + (-raw).exp())).round() as u32
    }

    /// The sum over some trees of the leaves that they come to.
    fn sum(&self, left: &[Leaves; TREES], trees: Range<usize>) -> f64 {
        self.values
            .iter()
            .zip(left)
            .skip(trees.start)
            .take(trees.len())
            .filter_map(|(values, leaves)| values.get(leaves.trailing_zeros() as usize))
            .sum()
    }
}

/// Takes out the leaves that some splits rule out.
fn ask(tests: &[Vec<Test>], features: &[f32; NAMES.len()], left: &mut [Leaves; TREES]) {
    for (x, tests) in features.iter().zip(tests) {
        for test in tests.iter().take_while(|test| *x > test.threshold) {
            if let Some(leaves) = left.get_mut(usize::from(test.tree)) {
                *leaves &= test.left;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forest_that_ships_knows_these_features() {
        let written: Written = serde_json::from_str(MODEL).expect("a forest");
        assert_eq!(written.features, NAMES);
        let forest = Forest::shipped();
        assert_eq!(forest.values.len(), written.trees.len());
        assert!(forest.values.len() > 10);
        assert!(forest.high > forest.low);
    }

    /// The value of the leaf that a walk from the root comes to.
    fn walked(tree: &[Node], features: &[f32]) -> f64 {
        let mut at = 0;
        loop {
            at = match &tree[at] {
                Node::Leaf((value,)) => return *value,
                Node::Split(feature, threshold, low, _) if features[*feature] <= *threshold => {
                    usize::from(*low)
                }
                Node::Split(_, _, _, high) => usize::from(*high),
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn asked_by_features_each_tree_comes_to_the_leaf_that_a_walk_comes_to(
            features in proptest::array::uniform::<_, { NAMES.len() }>(0.0_f32..1.5)
        ) {
            let written: Written = serde_json::from_str(MODEL).expect("a forest");
            let of = |trees: &[Vec<Node>]| trees.iter().map(|t| walked(t, &features)).sum::<f64>();
            let (first, rest) = written.trees.split_at(FIRST);
            let raw = of(first) + of(rest);
            let expected = f64::from(SURE) / (1.0 + (-raw).exp());
            let is_hopeless = of(first) * written.trees.len() as f64 / FIRST as f64 <= HOPELESS;
            let expected = if is_hopeless { 0.0 } else { expected.round() };
            let found = f64::from(Forest::shipped().score(&features));
            proptest::prop_assert!((found - expected).abs() < 0.5, "{} {}", found, expected);
        }
    }
}
