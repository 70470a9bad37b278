//! One document: what was marked beside what was found.

use std::collections::HashMap;

use super::marked::Marked;
use super::matching::{self, Edge, Pairs};
use super::text::{Piece, Solid, Text};

/// What belongs to one attribution, role by role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Roles<T> {
    pub(super) source: T,
    pub(super) cue: T,
    pub(super) content: T,
}

impl<T> Roles<T> {
    pub(super) fn of(source: T, cue: T, content: T) -> Self {
        Self {
            source,
            cue,
            content,
        }
    }

    pub(super) const fn source(&self) -> &T {
        &self.source
    }

    pub(super) const fn cue(&self) -> &T {
        &self.cue
    }

    pub(super) const fn content(&self) -> &T {
        &self.content
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        [&self.source, &self.cue, &self.content].into_iter()
    }
}

/// Which words are taken for the cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CueWidth {
    /// The smallest ones that carry the act.
    Smallest,
    /// The verb group, where it is marked.
    Phrase,
}

/// An attribution ready to be compared.
pub(super) struct Compared<'m> {
    pub(super) marked: &'m Marked,
    pieces: Roles<Vec<Piece>>,
    /// The characters of each role, white space apart.
    pub(super) solid: Roles<Solid>,
}

impl<'m> Compared<'m> {
    pub(super) fn new(text: &Text, marked: &'m Marked, width: CueWidth) -> Self {
        let cue = match width {
            CueWidth::Smallest => &marked.cue,
            CueWidth::Phrase => marked.wide_cue(),
        };
        let pieces = Roles::of(
            text.cut(&marked.source),
            text.cut(cue),
            text.cut(&marked.content),
        );
        let solid = Roles::of(
            text.solid(&pieces.source),
            text.solid(&pieces.cue),
            text.solid(&pieces.content),
        );
        Self {
            marked,
            pieces,
            solid,
        }
    }
}

/// Gold, predicted and right, of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub(super) gold: usize,
    pub(super) predicted: usize,
    pub(super) right: usize,
}

impl Tally {
    /// One more that was marked, found or not.
    pub(super) fn count(&mut self, right: bool) {
        self.gold += 1;
        self.right += usize::from(right);
    }

    pub(super) fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.right += other.right;
    }
}

/// How far two attributions agree in one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Overlap {
    /// How many characters they share.
    pub(super) shared: usize,
    /// How many characters one of them has, or both.
    pub(super) union: usize,
}

impl Overlap {
    pub(super) fn of(text: &Text, one: &Solid, other: &Solid) -> Self {
        let shared = text.shared(one, other);
        Self {
            shared,
            union: one.size() + other.size() - shared,
        }
    }

    /// Whether at least half of the union is shared; a role absent on both sides agrees.
    pub(super) const fn agrees(self) -> bool {
        2 * self.shared >= self.union
    }

    /// The share of the union that is shared: 1 where the role is absent on both sides.
    pub(super) fn share(self) -> f64 {
        if self.union == 0 {
            1.0
        } else {
            self.shared as f64 / self.union as f64
        }
    }
}

/// The overlaps of two attributions, role by role.
pub(super) fn overlaps(text: &Text, gold: &Compared, found: &Compared) -> Roles<Overlap> {
    Roles::of(
        Overlap::of(text, &gold.solid.source, &found.solid.source),
        Overlap::of(text, &gold.solid.cue, &found.solid.cue),
        Overlap::of(text, &gold.solid.content, &found.solid.content),
    )
}

/// How often the spans of a role are the very same, absent roles apart.
pub(super) fn exact(
    text: &Text,
    gold: &[Compared],
    found: &[Compared],
    role: fn(&Roles<Vec<Piece>>) -> &Vec<Piece>,
) -> Tally {
    let mut open: HashMap<Vec<Piece>, usize> = HashMap::new();
    let mut tally = Tally::default();
    let spans = |side: &Compared| Some(text.exact(role(&side.pieces))).filter(|s| !s.is_empty());
    for spans in gold.iter().filter_map(spans) {
        tally.gold += 1;
        *open.entry(spans).or_default() += 1;
    }
    for spans in found.iter().filter_map(spans) {
        tally.predicted += 1;
        if let Some(left) = open.get_mut(&spans)
            && *left > 0
        {
            *left -= 1;
            tally.right += 1;
        }
    }
    tally
}

/// The pairs of one document by the two measures of overlap.
pub(super) struct Matched {
    /// Content, cue and source agree.
    pub(super) half: Pairs,
    /// The content agrees.
    pub(super) any: Pairs,
    /// For the pairs of `any`: whether the source and the cue agree too.
    pub(super) agreeing: Vec<(bool, bool)>,
}

/// Every other role that agrees weighs more than any overlap.
const AGREEING: u64 = 1_000_000;

pub(super) fn matched(text: &Text, gold: &[Compared], found: &[Compared]) -> Matched {
    let mut half: Vec<Edge<u64>> = Vec::new();
    let mut any: Vec<Edge<u64>> = Vec::new();
    let mut agreement: HashMap<(usize, usize), (bool, bool)> = HashMap::new();
    for (g, gold) in gold.iter().enumerate() {
        for (p, found) in found.iter().enumerate() {
            let content = Overlap::of(text, &gold.solid.content, &found.solid.content);
            if content.shared == 0 || !content.agrees() {
                continue;
            }
            let overlaps = overlaps(text, gold, found);
            let shared: usize = overlaps.iter().map(|overlap| overlap.shared).sum();
            let (source, cue) = (overlaps.source.agrees(), overlaps.cue.agrees());
            let others = u64::from(source) + u64::from(cue);
            any.push((g, p, shared as u64 + AGREEING * others));
            if source && cue {
                half.push((g, p, shared as u64));
            }
            agreement.insert((g, p), (source, cue));
        }
    }
    let any = matching::greatest(any);
    let agreeing = any.iter().filter_map(|pair| agreement.get(&pair).copied());
    Matched {
        agreeing: agreeing.collect(),
        half: matching::greatest(half),
        any,
    }
}
