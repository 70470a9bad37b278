//! Entities by their descriptions: offices, words of their names, names put together from others.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use sayso_reading::{EntityKind, SourceKind};

use super::heads::stem;
use super::phrase::Phrase;
use super::scene::Scene;
use super::speakers::Speaker;
use crate::entities::{Known, NameClass, Registry, without_article};
use crate::prose::words;

/// What an entity is as a source.
pub(super) fn kind_of(known: &Known, text: &str, phrase: &Phrase) -> SourceKind {
    if known.kind == EntityKind::Person && of_several(known, text, phrase) {
        return SourceKind::Organization;
    }
    super::as_source(known.kind)
}

/// "The Houthis": a name in the plural with an article is no person.
fn of_several(known: &Known, text: &str, phrase: &Phrase) -> bool {
    let words = text
        .get(phrase.core.clone())
        .unwrap_or_default()
        .to_lowercase();
    words.starts_with("the ") && known.name.ends_with('s') && !known.name.contains(' ')
}

pub(super) fn is_person(speaker: &Speaker) -> bool {
    matches!(speaker.kind, SourceKind::Person | SourceKind::Anonymous) && !speaker.plural
}

pub(super) fn is_body(known: &Known) -> bool {
    matches!(
        known.kind,
        EntityKind::Organization
            | EntityKind::Publication
            | EntityKind::Channel
            | EntityKind::Document
    )
}

/// The named persons by the nouns that the text calls them by: the heads of descriptions before
/// or behind their names, and titles. "Spokesperson for the High Commissioner" makes nobody a
/// commissioner.
#[derive(Debug, Default)]
pub(super) struct Offices(HashMap<String, BTreeSet<usize>>);

impl Offices {
    pub(super) fn new(text: &str, registry: &Registry) -> Self {
        let mut out = Self::default();
        for (entity, known) in registry.known.iter().enumerate() {
            if known.class == NameClass::Person {
                out.add(text, known, entity);
            }
        }
        out
    }

    fn add(&mut self, text: &str, known: &Known, entity: usize) {
        let around = known
            .names
            .iter()
            .flat_map(|(mention, core)| [mention.start..core.start, core.end..mention.end]);
        let heads = around
            .chain(known.describes.clone())
            .filter_map(|part| super::parts::head_of(text, part));
        // a title that the network left outside the name: "President Biden"
        let titles = known.names.iter().flat_map(|(mention, _)| {
            let before = text.get(..mention.start).unwrap_or_default();
            before
                .rsplit(' ')
                .skip(1)
                .take(4)
                .take_while(|w| crate::entities::is_title(w))
        });
        for noun in heads.chain(titles.map(str::to_owned)) {
            let noun = noun.to_lowercase();
            self.0.entry(stem(&noun)).or_default().insert(entity);
            self.0.entry(noun).or_default().insert(entity);
        }
    }

    /// The first of a noun's persons.
    pub(super) fn first(&self, noun: &str) -> Option<usize> {
        self.0.get(noun)?.first().copied()
    }

    /// The one of a noun's persons who was named last before a place.
    pub(super) fn named_before(&self, registry: &Registry, noun: &str, at: usize) -> Option<usize> {
        let last = |&entity: &usize| {
            let names = &registry.known.get(entity)?.names;
            let to = names.partition_point(|(mention, _)| mention.start < at);
            let (mention, _) = names.get(to.checked_sub(1)?)?;
            Some((mention.start, mention.end, entity))
        };
        let (_, _, entity) = self.0.get(noun)?.iter().filter_map(last).max()?;
        Some(entity)
    }
}

/// The phrase by which a noun was introduced with an indefinite article before a place,
/// nearest first: "a confidential report by UN experts".
pub(super) fn introduced(
    text: &str,
    registry: &Registry,
    scene: &Scene,
    at: usize,
    wanted: &str,
) -> Option<Range<usize>> {
    for stretch in scene.before(at) {
        let all = words(text, stretch.clone());
        let lower = |i: usize| {
            all.get(i)
                .and_then(|w| text.get(w.clone()))
                .unwrap_or_default()
                .to_lowercase()
        };
        let noun = (1..all.len()).rev().find(|&i| {
            stem(&lower(i)) == wanted
                && (i.saturating_sub(6)..i)
                    .any(|k| matches!(lower(k).as_str(), "a" | "an" | "another"))
        });
        let Some(noun) = noun else {
            continue;
        };
        let first = (noun.saturating_sub(6)..noun)
            .rev()
            .find(|&k| matches!(lower(k).as_str(), "a" | "an" | "another"))?;
        let mut end = all[noun].end;
        if matches!(
            lower(noun + 1).as_str(),
            "by" | "from" | "of" | "in" | "issued" | "published" | "released" | "filed"
        ) {
            let owner = registry
                .named_in(&(end..stretch.end))
                .next()
                .filter(|(r, _)| {
                    text.get(end..r.start)
                        .is_some_and(|b| b.split_whitespace().count() <= 4 && !b.contains(','))
                });
            end = owner.map_or(end, |(r, _)| behind_name(text, r.end, stretch.end));
        }
        return Some(all[first].start..end);
    }
    None
}

/// What "these" points at: the last messages, documents or recordings of the sentence before,
/// with what hangs on them.
pub(super) fn pointed_at(text: &str, scene: &Scene, at: usize) -> Option<Range<usize>> {
    let before = scene.before(at).nth(1)?;
    let all = words(text, before.clone());
    let kind = |w: &Range<usize>| {
        let word = text.get(w.clone()).unwrap_or_default();
        let entry = super::heads::head(word)?;
        let written = matches!(entry.kind, SourceKind::Channel | SourceKind::Document);
        (written && word.ends_with('s') && word != "plans").then_some(entry)
    };
    let noun = (0..all.len()).rev().find(|&i| kind(&all[i]).is_some())?;
    let rest = text.get(all[noun].end..before.end)?;
    let end = all[noun].end + rest.find([',', '.', ';', ':']).unwrap_or(rest.len());
    // an adjective or participle right before it: "leaked communications"
    let adjective = noun.checked_sub(1).filter(|&i| {
        text.get(all[i].clone()).is_some_and(|w| {
            w.ends_with("ed") || w.ends_with("al") || w.ends_with("ent") || w.ends_with("ic")
        })
    });
    let first = adjective.unwrap_or(noun);
    Some(all[first].start..end)
}

/// The end of a noun phrase whose name ends here: "UN experts".
fn behind_name(text: &str, end: usize, limit: usize) -> usize {
    words(text, end..limit)
        .into_iter()
        .take(2)
        .take_while(|w| {
            let gap = text.get(end..w.start).unwrap_or(",");
            !gap.contains(',') && text.get(w.clone()).is_some_and(crate::sources::is_head)
        })
        .last()
        .map_or(end, |w| w.end)
}

/// "A spokeswoman for the ministry": the phrase of whom they speak for.
pub(super) fn spoken_for(text: &str, registry: &Registry, phrase: &Phrase) -> Option<Phrase> {
    let rest = text.get(phrase.core.end..phrase.range.end)?;
    let behind = rest
        .strip_prefix(" for ")
        .or_else(|| rest.strip_prefix(" of "))?;
    let body = Phrase::new(
        text,
        registry,
        phrase.range.end - behind.len()..phrase.range.end,
    );
    let organization = body
        .entry
        .is_some_and(|e| matches!(e.kind, SourceKind::Organization | SourceKind::Publication));
    (body.named.is_none() && organization).then_some(body)
}

/// "A spokesman for the defence ministry in Tallinn": the body, and not the place that it is in or of.
pub(super) fn body_of_place(
    text: &str,
    registry: &Registry,
    phrase: &Phrase,
) -> Option<Range<usize>> {
    const WORDS: usize = 6;
    let rest = text.get(phrase.core.end..phrase.range.end)?;
    let behind = rest
        .strip_prefix(" for ")
        .or_else(|| rest.strip_prefix(" of "))?;
    let start = phrase.range.end - behind.len();
    let (place, entity) = registry.named_in(&(start..phrase.range.end)).next()?;
    let body = without_article(text, start..place.end);
    let before = text.get(body.start..place.start)?;
    let all: Vec<&str> = before.split_whitespace().collect();
    let (last, nouns) = all.split_last()?;
    let is_noun = |word: &&str| word.chars().all(|c| c.is_lowercase() || c == '-');
    let fits = matches!(*last, "in" | "of") && (1..WORDS).contains(&nouns.len());
    let is_place = registry.known[*entity].class == NameClass::Place;
    (is_place && fits && nouns.iter().all(is_noun)).then_some(body)
}

/// "A WHO spokesperson": the letters before the head.
pub(super) fn acronym_before(text: &str, phrase: &Phrase) -> Option<Range<usize>> {
    let all = words(text, phrase.core.clone());
    let (_, before) = all.split_last()?;
    let mixed = text
        .get(phrase.core.clone())
        .is_some_and(|w| w.chars().any(char::is_lowercase));
    before
        .iter()
        .rev()
        .find(|w| {
            text.get((*w).clone())
                .is_some_and(|w| w.len() > 1 && w.chars().all(char::is_uppercase))
        })
        .filter(|_| mixed)
        .cloned()
}

/// "A council spokesman": the body's noun before the head, as a phrase of its own.
pub(super) fn body_before(text: &str, registry: &Registry, phrase: &Phrase) -> Option<Phrase> {
    let all = words(text, phrase.core.clone());
    let (_, before) = all.split_last()?;
    let noun = before.last()?;
    let body = Phrase::new(text, registry, noun.clone());
    body.entry
        .is_some_and(|e| e.kind == SourceKind::Organization)
        .then_some(body)
}

/// "The Post": a capitalised word that ends a name which stands before it.
pub(super) fn capital_word(text: &str, registry: &Registry, phrase: &Phrase) -> Option<usize> {
    let words = text.get(phrase.core.clone())?;
    let word = words
        .strip_prefix("the ")
        .or_else(|| words.strip_prefix("The "))?;
    if word.contains(' ') || !word.chars().next()?.is_uppercase() {
        return None;
    }
    registry.named_before(phrase.core.start, |k| {
        is_body(k) && k.name.rsplit(' ').next() == Some(word) && k.name.contains(' ')
    })
}

/// "Two of the aides", "one of them".
pub(super) fn partitive(text: &str, phrase: &Phrase) -> bool {
    text.get(phrase.range.clone()).is_some_and(|w| {
        w.contains(" of them") || w.contains(" of the two") || w.contains(" of the three")
    })
}

/// Words for one unnamed person that reports exchange.
pub(super) fn synonyms(a: &str, b: &str) -> bool {
    const SETS: &[&[&str]] = &[
        &[
            "official", "source", "diplomat", "aide", "adviser", "insider", "person",
        ],
        &[
            "woman", "mother", "widow", "girl", "resident", "victim", "survivor", "witness",
        ],
        &[
            "man", "father", "boy", "resident", "victim", "survivor", "witness", "fighter",
        ],
    ];
    SETS.iter().any(|set| set.contains(&a) && set.contains(&b))
}
