//! Whether two event mentions are of one event, by a small forest of decision trees that ships
//! (`train/links.py`).

use std::sync::OnceLock;

use serde::Deserialize;

use super::pair::NAMES;

const MODEL: &str = include_str!("../../../../data/links.json");

/// What a pair is surely of one event.
pub(crate) const SURE: u32 = 1_000_000;

/// A node: a leaf with its value, or a feature with its threshold and the nodes for values up to
/// it and above.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Node {
    Split(usize, f32, usize, usize),
    Leaf((f64,)),
}

/// The forest.
#[derive(Debug, Deserialize)]
pub(crate) struct Forest {
    features: Vec<String>,
    trees: Vec<Vec<Node>>,
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
            let read: Option<Self> = serde_json::from_str(MODEL).ok();
            let fits = read.filter(|forest| forest.features == NAMES);
            fits.unwrap_or_else(|| Self {
                features: Vec::new(),
                trees: Vec::new(),
                high: 1.0,
                low: 1.0,
            })
        })
    }

    /// How surely a pair is of one event, in millionths: whole numbers, so that sums do not hang
    /// on their order.
    #[expect(clippy::cast_sign_loss, reason = "a sigmoid is not negative")]
    pub(crate) fn score(&self, features: &[f32; NAMES.len()]) -> u32 {
        if self.trees.is_empty() {
            return 0;
        }
        let raw: f64 = self.trees.iter().map(|tree| leaf(tree, features)).sum();
        (f64::from(SURE) / (1.0 + (-raw).exp())).round() as u32
    }
}

fn leaf(tree: &[Node], features: &[f32]) -> f64 {
    let mut at = 0;
    // each step goes to a later node
    while let Some(node) = tree.get(at) {
        match node {
            Node::Leaf((value,)) => return *value,
            Node::Split(feature, threshold, low, high) => {
                let x = features.get(*feature).copied().unwrap_or(0.0);
                let next = if x <= *threshold { *low } else { *high };
                if next <= at {
                    return 0.0;
                }
                at = next;
            }
        }
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forest_that_ships_knows_these_features() {
        let forest = Forest::shipped();
        assert_eq!(forest.features, NAMES);
        assert!(forest.trees.len() > 10);
        assert!(forest.high > forest.low);
        for tree in &forest.trees {
            for (at, node) in tree.iter().enumerate() {
                if let Node::Split(feature, _, low, high) = node {
                    assert!(
                        *feature < NAMES.len()
                            && *low > at
                            && *high > at
                            && tree.len() > *high.max(low)
                    );
                }
            }
        }
    }
}
