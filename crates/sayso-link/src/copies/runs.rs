//! Runs of words, and the few of them that stand in the index.

use crate::text::Word;

/// Words of a run.
pub(crate) const RUN: usize = 8;
/// Of so many runs in a row at least one stands in the index: two texts that share
/// `RUN + WINDOW - 1` words in a row have a run in common there.
pub(crate) const WINDOW: usize = 6;
/// The way in which runs are numbered and chosen, words looked up and events described. Another number
/// makes cases link anew.
pub(crate) const SCHEME: i64 = 1;

/// The number of each run of a text, by the place of its first word.
pub(crate) fn runs(words: &[Word]) -> Vec<u64> {
    words
        .windows(RUN)
        .map(|run| {
            let mixed = run.iter().fold(0_u64, |all, word| {
                (all.rotate_left(7) ^ word.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            });
            mixed ^ (mixed >> 29)
        })
        .collect()
}

/// The runs of a text that stand in the index, sorted, each once: the smallest of every `WINDOW`
/// in a row (winnowing: Schleimer, Wilkerson and Aiken 2003).
pub(crate) fn sampled(runs: &[u64]) -> Vec<u64> {
    let mut out: Vec<u64> = if runs.len() < WINDOW {
        runs.iter().min().copied().into_iter().collect()
    } else {
        runs.windows(WINDOW)
            .filter_map(|window| window.iter().min().copied())
            .collect()
    };
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<u64> {
        runs(&words(text))
    }

    proptest! {
        #[test]
        fn a_shared_stretch_has_a_run_in_common_in_the_index(
            before in "[a-d ]{0,60}", shared in "([a-e]{3} ){13,20}", after in "[a-d ]{0,60}",
        ) {
            let a = sampled(&of(&format!("{before} {shared} first {after}")));
            let b = sampled(&of(&format!("{after} {shared} second {before}")));
            prop_assert!(a.iter().any(|run| b.contains(run)));
        }
    }

    #[test]
    fn a_text_of_less_than_a_run_has_none() {
        assert!(of("one two three four five six seven").is_empty());
        assert_eq!(of("one two three four five six seven eight").len(), 1);
        assert_eq!(
            sampled(&of("one two three four five six seven eight")).len(),
            1
        );
    }
}
