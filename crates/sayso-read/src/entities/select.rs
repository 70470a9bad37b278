//! Which names stay, of those that the network and the list of outlets give.

use std::collections::HashMap;
use std::ops::Range;

use sayso_reading::Document;

use super::LEAST;
use super::cluster::Name;
use super::decode::{Found, NameClass};
use super::kind::OUTLET_NOUNS;
use super::name::{capital, without_possessive};
use crate::chains::Outlets;
use crate::prose::words;

/// The names that stay: sure enough, none twice, no lists of names that stand for themselves.
pub(super) fn select(text: &str, found: &[Found]) -> Vec<Name> {
    let mut out: Vec<(Name, bool)> = found
        .iter()
        .filter(|f| f.confidence >= LEAST)
        .map(|f| (Name::new(text, f.range.clone(), f.class), f.inner))
        .filter(|(n, _)| is_name(text, n))
        .collect();
    out.sort_by_key(|(n, inner)| (n.mention.start, n.mention.end, *inner));
    out.dedup_by(|b, a| a.0.mention == b.0.mention);
    extend_by_place(text, &mut out);
    let is_list = |name: &Name| {
        let words = text.get(name.mention.clone()).unwrap_or_default();
        (words.contains(" and ") || words.contains(", ") || words.contains(" & "))
            && near(&out, &name.mention)
                .iter()
                .filter(|(n, _)| inside(&n.mention, &name.mention) && n.class == name.class)
                .count()
                > 1
    };
    let lists: Vec<bool> = out.iter().map(|(n, _)| is_list(n)).collect();
    out.into_iter()
        .zip(lists)
        .filter(|(_, list)| !list)
        .map(|((name, _), _)| name)
        .collect()
}

/// The names of a list, sorted by where they start, that start within a stretch.
fn near<'n>(names: &'n [(Name, bool)], stretch: &Range<usize>) -> &'n [(Name, bool)] {
    let from = names.partition_point(|(n, _)| n.mention.start < stretch.start);
    let to = names.partition_point(|(n, _)| n.mention.start < stretch.end);
    &names[from..to.max(from)]
}

/// Rule `name.place_in_it`: "Islamic Resistance in Iraq" is one name where the text has it so at
/// least twice.
fn extend_by_place(text: &str, names: &mut [(Name, bool)]) {
    const JOINTS: &[&str] = &[" in ", " of ", " for ", " of the "];
    let places: HashMap<usize, usize> = names
        .iter()
        .filter(|(n, _)| n.class == NameClass::Place)
        .map(|(n, _)| (n.core.start, n.core.end))
        .collect();
    let longer = |name: &Name| {
        if name.class != NameClass::Organization || name.core.end != name.mention.end {
            return None;
        }
        let behind = text.get(name.core.end..)?;
        let joint = JOINTS.iter().rev().find(|j| behind.starts_with(**j))?;
        places
            .get(&(name.core.end + joint.len()))
            .map(|end| name.core.start..*end)
    };
    let extended: Vec<Option<Range<usize>>> = names.iter().map(|(n, _)| longer(n)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for words in extended
        .iter()
        .flatten()
        .filter_map(|r| text.get(r.clone()))
    {
        *counts.entry(words).or_default() += 1;
    }
    for ((name, _), longer) in names.iter_mut().zip(extended) {
        let Some(longer) = longer else {
            continue;
        };
        let often = text
            .get(longer.clone())
            .is_some_and(|words| counts.get(words).is_some_and(|&n| n > 1));
        if often {
            *name = Name::new(text, name.mention.start..longer.end, name.class);
        }
    }
}

/// Rule `name.capital`: a name has a capital letter or a digit in a word that is no
/// determiner; one common noun at the beginning of a sentence is none.
fn is_name(text: &str, name: &Name) -> bool {
    let all = words(text, name.core.clone());
    let telling = |w: &Range<usize>| {
        let word = text.get(w.clone()).unwrap_or_default();
        (capital(text, w) || word.contains(|c: char| c.is_ascii_digit()))
            && !matches!(
                word,
                "No" | "Any"
                    | "Some"
                    | "Many"
                    | "One"
                    | "Two"
                    | "Three"
                    | "Several"
                    | "Both"
                    | "He"
                    | "She"
                    | "They"
                    | "It"
                    | "We"
                    | "I"
                    | "His"
                    | "Her"
                    | "Their"
                    | "Its"
                    | "This"
                    | "These"
                    | "Those"
                    | "That"
                    | "A"
                    | "An"
                    | "The"
            )
    };
    if !all.iter().any(telling) {
        return false;
    }
    let begins = text
        .get(..name.core.start)
        .map(|before| before.trim_end_matches(['“', '"', '‘', ' ']))
        .is_some_and(|before| {
            before.is_empty() || before.ends_with(['.', '?', '!', ':', '\n', '”', '"'])
        });
    let common = all.len() == 1
        && all
            .iter()
            .all(|w| crate::sources::is_head(text.get(w.clone()).unwrap_or_default()));
    !(begins && common)
}

fn inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    inner != outer && outer.start <= inner.start && inner.end <= outer.end
}

/// Rule `name.outlet`: distinctive names of known outlets that the network passed over, and
/// names behind a noun for an outlet.
pub(super) fn add_outlets(document: &Document, outlets: &Outlets, names: &mut Vec<Name>) {
    let text = document.text();
    let mut added: Vec<Name> = Vec::new();
    let mut covered = vec![false; names.len()];
    for block in document.blocks().iter().filter(|b| b.kind.is_content()) {
        let all = words(text, block.span.range());
        let mut at = 0;
        while at < all.len() {
            let known = known_outlet(text, outlets, &all[at..]);
            let Some((count, range)) = behind_noun(text, &all[at..]).or(known) else {
                at += 1;
                continue;
            };
            at += count;
            let mut free = true;
            for index in overlapping(names, &range) {
                // "France 24" where the network saw France
                let core = &names[index].core;
                let shorter = range.start <= core.start && core.end < range.end;
                covered[index] |= shorter;
                free &= shorter;
            }
            if free {
                added.push(Name::new(text, range, NameClass::Organization));
            }
        }
    }
    let mut covered = covered.into_iter();
    names.retain(|_| !covered.next().unwrap_or(false));
    names.extend(added);
    names.sort_by_key(|n| (n.mention.start, n.mention.end));
}

/// Of names, sorted by where they start, those whose core overlaps a stretch.
fn overlapping(names: &[Name], stretch: &Range<usize>) -> Vec<usize> {
    /// Bytes of the longest name that is looked back for.
    const LONG: usize = 400;
    let from = names.partition_point(|n| n.mention.start + LONG < stretch.start);
    let to = names.partition_point(|n| n.mention.start < stretch.end);
    (from..to.max(from))
        .filter(|&i| names[i].core.start < stretch.end && stretch.start < names[i].core.end)
        .collect()
}

/// The longest name of a distinctive outlet with which some words begin; how many words.
fn known_outlet(
    text: &str,
    outlets: &Outlets,
    all: &[Range<usize>],
) -> Option<(usize, Range<usize>)> {
    /// Words of the longest name looked for.
    const LONGEST: usize = 5;
    let first = all.first()?;
    let word = text.get(first.clone())?;
    if !outlets.begins(word.trim_end_matches("’s").trim_end_matches("'s")) {
        return None;
    }
    (1..=LONGEST.min(all.len())).rev().find_map(|count| {
        let range = without_possessive(text, first.start..all[count - 1].end);
        outlets.get(text.get(range.clone())?)?;
        Some((count, range))
    })
}

/// "The broadcaster TV5": a noun for an outlet and the capitalised words behind it; how many words.
fn behind_noun(text: &str, all: &[Range<usize>]) -> Option<(usize, Range<usize>)> {
    let noun = text.get(all.first()?.clone())?;
    if !OUTLET_NOUNS.contains(&noun) {
        return None;
    }
    let behind = all[1..]
        .iter()
        .zip(all)
        .take_while(|(w, before)| {
            text.get(before.end..w.start) == Some(" ")
                && text
                    .get((*w).clone())
                    .is_some_and(|w| w.starts_with(char::is_uppercase))
        })
        .count();
    let last = all.get(behind).filter(|_| behind > 0)?;
    Some((behind + 1, without_possessive(text, all[1].start..last.end)))
}
