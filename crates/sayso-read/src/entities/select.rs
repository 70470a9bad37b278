//! Which names stay, of those that the network and the list of outlets give.

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
            && out
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

/// Rule `name.place_in_it`: "Islamic Resistance in Iraq" is one name where the text has it so at
/// least twice.
fn extend_by_place(text: &str, names: &mut [(Name, bool)]) {
    let places: Vec<Range<usize>> = names
        .iter()
        .filter(|(n, _)| n.class == NameClass::Place)
        .map(|(n, _)| n.core.clone())
        .collect();
    for (name, _) in names
        .iter_mut()
        .filter(|(n, _)| n.class == NameClass::Organization && n.core.end == n.mention.end)
    {
        let joined = places.iter().find(|p| {
            text.get(name.core.end..p.start)
                .is_some_and(|gap| matches!(gap, " in " | " of " | " for " | " of the "))
        });
        let Some(place) = joined else {
            continue;
        };
        let longer = name.core.start..place.end;
        let often = text
            .get(longer.clone())
            .is_some_and(|words| text.matches(words).nth(1).is_some());
        if often {
            *name = Name::new(text, name.mention.start..place.end, name.class);
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

/// Rule `name.outlet`: distinctive names of known outlets that the network passed over.
pub(super) fn add_outlets(document: &Document, outlets: &Outlets, names: &mut Vec<Name>) {
    /// Words of the longest name looked for.
    const LONGEST: usize = 5;
    let text = document.text();
    let mut added = Vec::new();
    for block in document.blocks().iter().filter(|b| b.kind.is_content()) {
        let all = words(text, block.span.range());
        let mut at = 0;
        while at < all.len() {
            if let Some((count, range)) = behind_noun(text, &all[at..]) {
                let free = !names
                    .iter()
                    .any(|n| n.core.start < range.end && range.start < n.core.end);
                if free {
                    added.push(Name::new(text, range, NameClass::Organization));
                }
                at += count;
                continue;
            }
            let begins = text
                .get(all[at].clone())
                .is_some_and(|w| outlets.begins(w.trim_end_matches("’s").trim_end_matches("'s")));
            let hit = begins
                .then(|| {
                    (1..=LONGEST.min(all.len() - at)).rev().find_map(|count| {
                        let range =
                            without_possessive(text, all[at].start..all[at + count - 1].end);
                        outlets
                            .get(text.get(range.clone())?)
                            .map(|_| (count, range))
                    })
                })
                .flatten();
            let Some((count, range)) = hit else {
                at += 1;
                continue;
            };
            let overlaps = |n: &Name| n.core.start < range.end && range.start < n.core.end;
            let covers = |n: &Name| range.start <= n.core.start && n.core.end < range.end;
            // "France 24" where the network saw France
            names.retain(|n| !(overlaps(n) && covers(n)));
            if !names.iter().any(overlaps) {
                added.push(Name::new(text, range, NameClass::Organization));
            }
            at += count;
        }
    }
    names.extend(added);
    names.sort_by_key(|n| (n.mention.start, n.mention.end));
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
