//! Whether two event mentions are of one event, by a small forest of decision trees that ships
//! (`train/links.py`).

use std::sync::OnceLock;

use serde::Deserialize;

use super::pair::NAMES;

const MODEL: &str = include_str!("../../../../data/links.json");

/// What a pair is surely of one event.
pub(crate) const SURE: u32 = 1_000_000;

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

/// A node as it is walked: leaves lead to themselves.
#[derive(Debug, Clone, Copy)]
struct Step {
    feature: u16,
    low: u16,
    high: u16,
    threshold: f32,
    value: f64,
}

/// The forest.
#[derive(Debug)]
pub(crate) struct Forest {
    trees: Vec<Vec<Step>>,
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
            let fits = read.filter(|forest| forest.features == NAMES);
            fits.map_or(
                Self {
                    trees: Vec::new(),
                    high: 1.0,
                    low: 1.0,
                },
                |written| Self {
                    trees: written.trees.iter().map(|tree| steps(tree)).collect(),
                    high: written.high,
                    low: written.low,
                },
            )
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

fn steps(tree: &[Node]) -> Vec<Step> {
    tree.iter()
        .zip(0_u16..)
        .map(|(node, at)| match node {
            Node::Leaf((value,)) => Step {
                feature: 0,
                low: at,
                high: at,
                threshold: 0.0,
                value: *value,
            },
            Node::Split(feature, threshold, low, high) => Step {
                feature: u16::try_from(*feature).unwrap_or(0),
                low: *low,
                high: *high,
                threshold: *threshold,
                value: 0.0,
            },
        })
        .collect()
}

fn leaf(tree: &[Step], features: &[f32; NAMES.len()]) -> f64 {
    let mut at = 0;
    while let Some(step) = tree.get(usize::from(at)) {
        let x = features.get(usize::from(step.feature)).copied();
        let next = if x.unwrap_or(0.0) <= step.threshold {
            step.low
        } else {
            step.high
        };
        // each step but a leaf's goes to a later node
        if next <= at {
            return step.value;
        }
        at = next;
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forest_that_ships_knows_these_features() {
        let written: Written = serde_json::from_str(MODEL).expect("a forest");
        assert_eq!(written.features, NAMES);
        let forest = Forest::shipped();
        assert!(forest.trees.len() > 10);
        assert!(forest.high > forest.low);
        for tree in &written.trees {
            for (at, node) in tree.iter().enumerate() {
                if let Node::Split(feature, _, low, high) = node {
                    let (low, high) = (usize::from(*low), usize::from(*high));
                    assert!(*feature < NAMES.len() && low > at && high > at);
                    assert!(tree.len() > high.max(low));
                }
            }
        }
    }
}
