//! Entities: who and what a document names, each with all the places where it does.

mod cluster;
mod decode;
mod name;

use std::ops::Range;

use sayso_reading::{Document, Entity, EntityId, EntityKind, Mention, MentionForm};

use crate::attributions::span;
use crate::chains::Outlets;
use crate::prose::words;
use cluster::{Cluster, Name, cluster};
pub(crate) use decode::{Found, NameClass, names};
pub(crate) use name::{capital, is_title, without_article, without_possessive};

/// Below this the network's name is taken for none.
const LEAST: f32 = 0.45;

/// Words at the end of an outlet's name.
const OUTLET_WORDS: &[&str] = &[
    "news agency",
    "news",
    "times",
    "post",
    "herald",
    "tribune",
    "gazette",
    "journal",
    "tv",
    "television",
    "radio",
    "broadcasting",
    "press agency",
    "daily",
    "chronicle",
    "courier",
    "observer",
    "telegraph",
    "newspaper",
    "magazine",
    "weekly",
    "news network",
    "today",
];

/// Words at the beginning of one.
const OUTLET_BEGINNINGS: &[&str] = &["daily", "evening", "morning", "sunday", "weekly", "radio"];

/// Nouns that say that a name is an outlet's.
const OUTLET_NOUNS: &[&str] = &[
    "newspaper",
    "paper",
    "website",
    "magazine",
    "broadcaster",
    "newswire",
    "tabloid",
    "daily",
    "weekly",
    "outlet",
    "newsroom",
    "station",
];

/// Nouns that say that a name is a channel's.
const CHANNEL_NOUNS: &[&str] = &[
    "telegram", "channel", "forum", "podcast", "blog", "blogger", "vlog", "account",
];

/// Names of platforms, and words that tell a channel.
const CHANNEL_WORDS: &[&str] = &[
    "telegram",
    "twitter",
    "facebook",
    "youtube",
    "tiktok",
    "instagram",
    "discord",
    "whatsapp",
    "reddit",
    "weibo",
    "vkontakte",
    "truth social",
    "channel",
    "forum",
    "4chan",
    "bluesky",
];

/// An entity while a document is being resolved; bytes of its text.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub kind: EntityKind,
    pub name: String,
    /// The network's class, before anything else was looked up.
    pub class: NameClass,
    pub mentions: Vec<(Range<usize>, MentionForm)>,
    /// The names inside the mentions.
    pub cores: Vec<Range<usize>>,
    pub describes: Option<Range<usize>>,
    /// The rule by which its names were joined; `None` where all are equal.
    pub joined: Option<&'static str>,
}

/// The entities of a document.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    pub known: Vec<Known>,
    /// Every mention by name: (range, index of its entity), in text order.
    named: Vec<(Range<usize>, usize)>,
}

impl Registry {
    /// Groups the names that the network and the list of outlets give.
    pub(crate) fn new(document: &Document, found: &[Found], outlets: &Outlets) -> Self {
        let text = document.text();
        let mut names = select(text, found);
        add_outlets(document, outlets, &mut names);
        let known: Vec<Known> = cluster(text, names)
            .iter()
            .filter_map(|c| known(text, c, outlets))
            .collect();
        let mut out = Self {
            known,
            named: Vec::new(),
        };
        for (index, entity) in out.known.iter().enumerate() {
            out.named
                .extend(entity.mentions.iter().map(|(r, _)| (r.clone(), index)));
        }
        out.named.sort_by_key(|(r, i)| (r.start, r.end, *i));
        out
    }

    /// Mentions by name that lie within a stretch, in text order: range and entity.
    pub(crate) fn named_in(
        &self,
        stretch: &Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &(Range<usize>, usize)> {
        let from = self.named.partition_point(|(r, _)| r.start < stretch.start);
        let to = self.named.partition_point(|(r, _)| r.start < stretch.end);
        let end = stretch.end;
        self.named[from..to.max(from)]
            .iter()
            .filter(move |(r, _)| r.end <= end)
    }

    /// A further mention, by a description or a pronoun.
    pub(crate) fn mention(&mut self, entity: usize, range: Range<usize>, form: MentionForm) {
        if let Some(known) = self.known.get_mut(entity)
            && !known.mentions.iter().any(|(r, _)| *r == range)
        {
            known.mentions.push((range, form));
        }
    }

    /// The identifier of an entity.
    pub(crate) const fn id(index: usize) -> EntityId {
        EntityId::at(index)
    }

    /// The entities as the reading gives them.
    pub(crate) fn finish(self, text: &str) -> Vec<Entity> {
        self.known
            .into_iter()
            .enumerate()
            .map(|(index, mut known)| {
                known.mentions.sort_by_key(|(r, _)| (r.start, r.end));
                Entity {
                    id: Self::id(index),
                    kind: known.kind,
                    name: known.name,
                    mentions: known
                        .mentions
                        .into_iter()
                        .filter_map(|(r, form)| {
                            Some(Mention {
                                span: span(r)?,
                                form,
                            })
                        })
                        .collect(),
                    describes: known.describes.and_then(|r| text.get(r)).map(one_line),
                }
            })
            .collect()
    }
}

/// Words of the text in one line.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names that stay: sure enough, none twice, no lists of names that stand for themselves.
fn select(text: &str, found: &[Found]) -> Vec<Name> {
    let mut out: Vec<(Name, bool)> = found
        .iter()
        .filter(|f| f.confidence >= LEAST)
        .map(|f| (Name::new(text, f.range.clone(), f.class), f.inner))
        .filter(|(n, _)| is_name(text, n))
        .collect();
    out.sort_by_key(|(n, inner)| (n.mention.start, n.mention.end, *inner));
    out.dedup_by(|b, a| a.0.mention == b.0.mention);
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
fn add_outlets(document: &Document, outlets: &Outlets, names: &mut Vec<Name>) {
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

/// A cluster as an entity: fullest name, kind, what the text says it is.
fn known(text: &str, cluster: &Cluster, outlets: &Outlets) -> Option<Known> {
    let fullest = cluster.fullest(text)?;
    let name = one_line(text.get(fullest.core.clone())?);
    // an outlet whose article belongs to its name
    let name = outlets
        .get(&name)
        .map(|o| o.name.as_str())
        .filter(|full| full.strip_prefix("The ") == Some(&name))
        .map_or(name.clone(), str::to_owned);
    let class = match cluster.class() {
        NameClass::Person | NameClass::Place if outlets.is_surely(&name) => NameClass::Organization,
        class => class,
    };
    let describes = cluster.names.iter().find_map(|n| description(text, n));
    let words = describes
        .clone()
        .and_then(|r| text.get(r))
        .unwrap_or_default()
        .to_lowercase();
    let before = cluster
        .names
        .iter()
        .find_map(|n| noun_before(text, n))
        .unwrap_or_default();
    let words = format!("{words} {before}");
    Some(Known {
        kind: kind(&name, class, words.trim(), outlets),
        name,
        class,
        mentions: cluster
            .names
            .iter()
            .map(|n| (n.mention.clone(), MentionForm::Name))
            .collect(),
        cores: cluster.names.iter().map(|n| n.core.clone()).collect(),
        describes,
        joined: cluster.rule,
    })
}

/// The kind: the network's class, refined by the list of outlets and by telling words.
fn kind(name: &str, class: NameClass, described: &str, outlets: &Outlets) -> EntityKind {
    let lower = name.to_lowercase();
    let channel = |words: &str| CHANNEL_WORDS.iter().any(|w| words.contains(w));
    let known = outlets
        .get(name)
        .is_some_and(|o| o.kind.is_some() || name.contains(' '));
    match class {
        NameClass::Person => EntityKind::Person,
        NameClass::Group => EntityKind::Group,
        NameClass::Document => EntityKind::Document,
        NameClass::VesselOrWeapon => EntityKind::VesselOrWeapon,
        NameClass::Place if known && class_of_outlet(&lower) => EntityKind::Publication,
        NameClass::Place => EntityKind::Place,
        NameClass::Organization => {
            let says = |list: &[&str]| {
                described
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|w| list.contains(&w))
            };
            if known
                || outlets.get(name).is_some()
                || OUTLET_WORDS
                    .iter()
                    .any(|w| lower.ends_with(&format!(" {w}")))
                || OUTLET_BEGINNINGS
                    .iter()
                    .any(|w| lower.starts_with(&format!("{w} ")))
                || says(OUTLET_NOUNS)
            {
                EntityKind::Publication
            } else if channel(&lower) || says(CHANNEL_NOUNS) {
                EntityKind::Channel
            } else {
                EntityKind::Organization
            }
        }
    }
}

/// The noun right before a name: "the podcast Deep Water", "the broadcaster TV5".
fn noun_before(text: &str, name: &Name) -> Option<String> {
    let before = text.get(..name.mention.start)?.strip_suffix(' ')?;
    let word = before.rsplit([' ', '\n', '“', '"', '(']).next()?;
    (word.len() > 3 && word.chars().all(char::is_alphabetic)).then(|| word.to_lowercase())
}

/// A known outlet with a telling word in its name, so that no place is taken for one.
fn class_of_outlet(lower: &str) -> bool {
    OUTLET_WORDS.iter().any(|w| lower.ends_with(w)) || lower.contains("24") || lower == "cnn"
}

/// What a mention says the entity is: the words before the name, or the apposition behind it.
fn description(text: &str, name: &Name) -> Option<Range<usize>> {
    let before = crate::prose::trimmed(
        text,
        name.mention.start..name.core.start,
        &[',', '’', '‘', '“', '”'],
    );
    let telling = |r: &Range<usize>| {
        text.get(r.clone()).is_some_and(|w| {
            w.chars().any(char::is_lowercase)
                && !matches!(
                    w,
                    "Mr." | "Mr" | "Ms." | "Ms" | "Mrs." | "Mrs" | "Dr." | "Dr"
                )
        })
    };
    if telling(&before) {
        return Some(before);
    }
    let behind = crate::prose::trimmed(
        text,
        name.core.end..name.mention.end,
        &[',', '(', ')', '’', '—', '–'],
    );
    if telling(&behind)
        && !text
            .get(behind.clone())
            .is_some_and(|w| w == "s" || w.starts_with("s "))
    {
        return Some(without_article(text, behind));
    }
    apposition(text, name.mention.end)
}

/// ", a Europe-based activist who heads the outlet," behind a name.
fn apposition(text: &str, end: usize) -> Option<Range<usize>> {
    let rest = text.get(end..)?;
    let inner = rest.strip_prefix(", ")?;
    let first = inner.split(' ').next()?;
    // "a Europe-based activist", "spokesman for the ministry"
    if !matches!(first, "a" | "an" | "the") && !crate::sources::is_person_noun(first) {
        return None;
    }
    let stop = inner.find([',', '.', ';', '—', '–', '\n', '“', '”', '"', ')'])?;
    let words = inner.get(..stop)?;
    let long = words.split(' ').count() > 14;
    let start = end + 2;
    (!long).then(|| without_article(text, start..start + stop))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry(text: &str, found: &[(&str, NameClass)]) -> Registry {
        let mut from = 0;
        let found: Vec<Found> = found
            .iter()
            .map(|(words, class)| {
                let start = from + text[from..].find(words).expect("the name is there");
                from = start;
                Found {
                    range: start..start + words.len(),
                    class: *class,
                    inner: false,
                    confidence: 0.9,
                }
            })
            .collect();
        Registry::new(&Document::of_paragraphs(text), &found, &Outlets::default())
    }

    #[test]
    fn entities_have_names_kinds_and_descriptions() {
        let text = "The state-run Mehr News Agency quoted Omar Abu Layla, a Europe-based activist, and CNN. \
                    The Kawtheryoon Electronic Team, a Telegram network, posted it, Abu Layla said.";
        let found = [
            ("state-run Mehr News Agency", NameClass::Organization),
            ("Omar Abu Layla", NameClass::Person),
            ("Kawtheryoon Electronic Team", NameClass::Organization),
            ("Abu Layla said", NameClass::Person),
        ];
        let mut found = found;
        found[3].0 = "Abu Layla";
        let entities = registry(text, &found).finish(text);
        let told: Vec<_> = entities
            .iter()
            .map(|e| (e.name.as_str(), e.kind, e.describes.as_deref()))
            .collect();
        assert_eq!(
            told[..3],
            [
                (
                    "Mehr News Agency",
                    EntityKind::Publication,
                    Some("state-run")
                ),
                (
                    "Omar Abu Layla",
                    EntityKind::Person,
                    Some("Europe-based activist")
                ),
                ("CNN", EntityKind::Publication, None),
            ]
        );
        assert_eq!(told[3].1, EntityKind::Channel);
    }
}
