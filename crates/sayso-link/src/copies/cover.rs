//! What two texts share, word for word.

use std::cmp::Ordering;
use std::ops::Range;

use super::runs::{RUN, runs, sampled};
use crate::text::{Word, words};

/// Words of a text that is not short.
const SHORT: usize = 60;

/// A text as it is compared with others.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub words: Vec<Word>,
    /// The number of each run, by its first word.
    pub runs: Vec<u64>,
    /// Those of them that stand in the index, sorted.
    pub sampled: Vec<u64>,
    /// All runs with their places, sorted.
    sorted: Vec<(u64, usize)>,
}

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        let words = words(text);
        let runs = runs(&words);
        let sampled = sampled(&runs);
        let mut sorted: Vec<(u64, usize)> = runs.iter().copied().zip(0..).collect();
        sorted.sort_unstable();
        Self {
            words,
            runs,
            sampled,
            sorted,
        }
    }

    /// Whether one run of the index may be most of it.
    pub(crate) const fn is_short(&self) -> bool {
        self.words.len() < SHORT
    }

    /// Which entries of the sorted runs are this one.
    fn entries(&self, run: u64, from: usize) -> Range<usize> {
        let rest = self.sorted.get(from..).unwrap_or_default();
        let n = rest.iter().take_while(|(other, _)| *other == run).count();
        from..from + n
    }

    /// Where a run stands.
    fn places(&self, run: u64) -> impl Iterator<Item = usize> + '_ {
        let first = self.sorted.partition_point(|(other, _)| *other < run);
        let entries = self.sorted.get(self.entries(run, first));
        entries.unwrap_or_default().iter().map(|(_, at)| *at)
    }
}

/// Runs that stand in both of two texts: their entries in each.
fn common(a: &Text, b: &Text) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while let (Some((x, _)), Some((y, _))) = (a.sorted.get(i), b.sorted.get(j)) {
        match x.cmp(y) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                let (in_a, in_b) = (a.entries(*x, i), b.entries(*x, j));
                (i, j) = (in_a.end, in_b.end);
                out.push((in_a, in_b));
            }
        }
    }
    out
}

/// How much of two texts is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// More than half of both, or seven tenths of one.
    Whole,
    /// A stretch of the reporters' own words.
    Part,
}

impl Extent {
    /// As it is written.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Part => "part",
        }
    }
}

/// A stretch that stands in both texts: first word in each, and how many words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    pub a: usize,
    pub b: usize,
    pub words: usize,
}

/// What two texts share.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shared {
    /// Words of the first that stand in a run shared with the second.
    pub in_a: usize,
    /// And the other way round.
    pub in_b: usize,
    /// The fewer, of both sides, of those that stand outside quotation marks.
    pub plain: usize,
    /// In the order of the first text.
    pub blocks: Vec<Block>,
}

/// Words outside quotation marks that make a part: a shared quotation is no copy.
const PART: usize = 25;

impl Shared {
    /// Of two texts; `is_house` tells of a run of the index whether it is boilerplate.
    pub(crate) fn of(a: &Text, b: &Text, is_house: impl Fn(u64) -> bool) -> Self {
        let common = common(a, b);
        let mut there = vec![false; a.runs.len()];
        for (_, at) in common.iter().flat_map(|(in_a, _)| &a.sorted[in_a.clone()]) {
            there[*at] = true;
        }
        drop_house(a, b, &mut there, is_house);
        let mut there_too = vec![false; b.runs.len()];
        for (in_a, in_b) in &common {
            let counts = a.sorted[in_a.clone()].iter().any(|(_, at)| there[*at]);
            for (_, at) in &b.sorted[in_b.clone()] {
                there_too[*at] = counts;
            }
        }
        let in_a = covered(&there, a.words.len());
        let in_b = covered(&there_too, b.words.len());
        let plain = |covered: &[bool], words: &[Word]| {
            let both = covered.iter().zip(words);
            both.filter(|(covered, word)| **covered && !word.quoted)
                .count()
        };
        Self {
            in_a: in_a.iter().filter(|c| **c).count(),
            in_b: in_b.iter().filter(|c| **c).count(),
            plain: plain(&in_a, &a.words).min(plain(&in_b, &b.words)),
            blocks: blocks(a, b, &there),
        }
    }

    /// How far that makes one a copy of the other; `None` where it does not.
    pub(crate) fn extent(&self, a: &Text, b: &Text) -> Option<Extent> {
        let share = |covered: usize, of: &Text| covered as f64 / of.words.len().max(1) as f64;
        let (x, y) = (share(self.in_a, a), share(self.in_b, b));
        if x.min(y) > 0.5 || x.max(y) >= 0.7 {
            Some(Extent::Whole)
        } else {
            (self.plain >= PART).then_some(Extent::Part)
        }
    }
}

/// Takes out what is boilerplate: of each shared stretch the runs whose nearest one that stands in
/// the index, for both texts, is.
fn drop_house(a: &Text, b: &Text, there: &mut [bool], is_house: impl Fn(u64) -> bool) {
    let is_sampled = |text: &Text, run: u64| text.sampled.binary_search(&run).is_ok();
    let mut at = 0;
    while at < there.len() {
        if !there[at] {
            at += 1;
            continue;
        }
        let end = there[at..]
            .iter()
            .position(|t| !t)
            .map_or(there.len(), |n| at + n);
        let known: Vec<(usize, bool)> = (at..end)
            .filter(|i| is_sampled(a, a.runs[*i]) && is_sampled(b, a.runs[*i]))
            .map(|i| (i, is_house(a.runs[i])))
            .collect();
        if known.iter().any(|(_, house)| *house) {
            for (i, there) in (at..end).zip(&mut there[at..end]) {
                let nearest = known.iter().min_by_key(|(place, _)| place.abs_diff(i));
                *there = !nearest.is_some_and(|(_, house)| *house);
            }
        }
        at = end;
    }
}

/// Which words lie in one of some runs.
fn covered(runs: &[bool], words: usize) -> Vec<bool> {
    let mut out = vec![false; words];
    let mut reach = 0;
    for (at, covered) in out.iter_mut().enumerate() {
        if runs.get(at).copied().unwrap_or(false) {
            reach = at + RUN;
        }
        *covered = at < reach;
    }
    out
}

/// Stretches that stand in both, the longest where there is a choice; each word of the first
/// text in one of them at most.
fn blocks(a: &Text, b: &Text, there: &[bool]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut at = 0;
    while at < there.len() {
        let choices = b.places(a.runs[at]).filter(|_| there[at]);
        let longest = choices
            .map(|place| (length(a, b, there, at, place), place))
            .max_by_key(|&(runs, place)| (runs, std::cmp::Reverse(place)));
        let Some((runs, place)) = longest else {
            at += 1;
            continue;
        };
        let mut block = Block {
            a: at,
            b: place,
            words: runs + RUN - 1,
        };
        if let Some(last) = out.last() {
            // what the one before has is not told again
            let taken = (last.a + last.words).saturating_sub(block.a);
            let taken = taken.min(block.words);
            block = Block {
                a: block.a + taken,
                b: block.b + taken,
                words: block.words - taken,
            };
        }
        if block.words > 0 {
            out.push(block);
        }
        at += runs;
    }
    out
}

/// How many runs in a row stand in both from these places on.
fn length(a: &Text, b: &Text, there: &[bool], at: usize, place: usize) -> usize {
    let rest = a.runs.iter().zip(there).skip(at);
    rest.zip(b.runs.iter().skip(place))
        .take_while(|((run, there), other)| **there && run == other)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str = "Four rockets hit a fuel depot on the southern edge of the town before dawn on Monday and set a tank alight";
    const MORE: &str = "Fire crews from three towns were at work until noon and the road to the coast was shut for the whole day";

    fn shared(a: &str, b: &str) -> (Option<Extent>, Shared) {
        let (a, b) = (Text::new(a), Text::new(b));
        let shared = Shared::of(&a, &b, |_| false);
        (shared.extent(&a, &b), shared)
    }

    #[test]
    fn a_text_with_a_byline_more_is_a_whole_copy() {
        let (extent, shared) = shared(LEAD, &format!("By Ann Lee. {LEAD}"));
        assert_eq!(extent, Some(Extent::Whole));
        assert_eq!(shared.in_a, 22);
        let block = Block {
            a: 0,
            b: 3,
            words: 22,
        };
        assert_eq!(shared.blocks, [block]);
    }

    #[test]
    fn a_sentence_among_others_is_a_part_and_a_quotation_is_none() {
        let other = "The price of oil rose by two per cent in the first hour of trade in London, more than in a month, and fell again in the afternoon as word came that the depot was small. Traders spoke of nerves and of a market that looks for reasons, while the ministry of oil said that exports were going on as before and that no ship had turned back on its way to the port";
        let joined = format!("{LEAD} {MORE}");
        assert_eq!(
            shared(&joined, &format!("{LEAD}. {other}")).0,
            None,
            "22 words"
        );
        let both = format!("{other}. {LEAD} {MORE}. {other}");
        let long = format!(
            "{LEAD} {MORE}. {}",
            "Nobody saw who fired them from where and why at all. ".repeat(9)
        );
        assert_eq!(shared(&long, &both).0, Some(Extent::Part));
        let quoted = format!("{other}. \"{LEAD} {MORE}.\" {other}");
        assert_eq!(shared(&long, &quoted).0, None);
    }

    #[test]
    fn boilerplate_does_not_count() {
        let a = Text::new(&format!("{LEAD} {MORE}"));
        let b = Text::new(MORE);
        let house = Shared::of(&a, &b, |run| b.runs.contains(&run));
        assert_eq!((house.in_a, house.in_b), (0, 0));
        assert!(house.blocks.is_empty());
    }

    #[test]
    fn what_is_repeated_is_told_once() {
        let (_, shared) = shared(&format!("{LEAD} {LEAD}"), LEAD);
        assert_eq!((shared.in_a, shared.in_b), (44, 22));
        let words: usize = shared.blocks.iter().map(|b| b.words).sum();
        assert_eq!(words, 44);
    }
}
