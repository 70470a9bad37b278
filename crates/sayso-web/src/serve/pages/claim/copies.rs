//! Which of a claim's documents copy which other ones of it.

use std::collections::HashMap;

use sayso_case::Case;
use sayso_link::{CopyKind, copies_of};

use crate::serve::problem::Problem;

/// Of each document that copies another one of some, the one at the end: of a copy's copy, what that copies. Of
/// two of which nothing tells which is earlier, the first is.
pub(super) fn copies_among(
    case: &Case,
    names: &[&str],
) -> Result<HashMap<String, String>, Problem> {
    let mut nearest: HashMap<String, String> = HashMap::new();
    let place = |name: &str| names.iter().position(|known| *known == name);
    for (at, name) in names.iter().enumerate() {
        let mut original = None;
        let copies = copies_of(case, name)?.into_iter();
        for copy in copies.filter(|c| c.kind != CopyKind::Passage) {
            let (other, earlier) = if copy.a == *name {
                (copy.b, "b")
            } else {
                (copy.a, "a")
            };
            let Some(before) = place(&other) else {
                continue;
            };
            let is_first = copy.earlier == earlier || (copy.earlier == "unknown" && before < at);
            if is_first && original.as_ref().is_none_or(|(known, _)| before < *known) {
                original = Some((before, other));
            }
        }
        if let Some((_, original)) = original {
            nearest.insert((*name).to_owned(), original);
        }
    }
    Ok(ends(&nearest))
}

/// Follows each to its end. Where credits and days lead round in a ring, its first by name stands for it.
fn ends(nearest: &HashMap<String, String>) -> HashMap<String, String> {
    let mut out = HashMap::new();
    for name in nearest.keys() {
        let mut way = vec![name];
        let end = loop {
            let Some(next) = way.last().and_then(|last| nearest.get(*last)) else {
                break way.last().copied();
            };
            if let Some(at) = way.iter().position(|known| *known == next) {
                break way.iter().skip(at).copied().min();
            }
            way.push(next);
        };
        if let Some(end) = end.filter(|end| *end != name) {
            out.insert(name.clone(), end.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pairs: &[(&str, &str)]) -> Vec<String> {
        let pairs = pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        let ends = ends(&pairs.collect());
        let mut told: Vec<String> = ends.iter().map(|(a, b)| format!("{a} {b}")).collect();
        told.sort();
        told
    }

    #[test]
    fn a_copy_of_a_copy_stands_under_the_original() {
        assert_eq!(told(&[("c", "b"), ("b", "a")]), ["b a", "c a"]);
        assert_eq!(told(&[]), Vec::<String>::new());
    }

    #[test]
    fn of_a_ring_one_is_left_to_stand() {
        assert_eq!(
            told(&[("a", "b"), ("b", "c"), ("c", "a"), ("d", "c")]),
            ["b a", "c a", "d a"]
        );
    }
}
