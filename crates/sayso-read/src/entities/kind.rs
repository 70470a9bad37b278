//! What an entity is, and what the text says of it.

use std::ops::Range;

use sayso_reading::{EntityKind, MentionForm};

use super::cluster::{Cluster, Name};
use super::decode::NameClass;
use super::name::without_article;
use super::{Known, one_line};
use crate::chains::Outlets;

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
    "dispatch",
    "wire",
    "newswire",
    "examiner",
    "inquirer",
    "newspaper",
    "magazine",
    "weekly",
    "news network",
    "today",
];

/// Words at the beginning of one.
const OUTLET_BEGINNINGS: &[&str] = &["daily", "evening", "morning", "sunday", "weekly", "radio"];

/// Nouns that say that a name is an outlet's.
pub(super) const OUTLET_NOUNS: &[&str] = &[
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

/// A cluster as an entity: fullest name, kind, what the text says it is.
pub(super) fn known(text: &str, cluster: &Cluster, outlets: &Outlets) -> Option<Known> {
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
        NameClass::Person if cluster.names.iter().any(|n| is_armed_body(text, n)) => {
            NameClass::Organization
        }
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
    let head = if before.is_empty() {
        head(&words).to_owned()
    } else {
        before.clone()
    };
    let words = format!("{words} {before}");
    let outlet = outlets.get(&name).and_then(|o| o.kind.clone());
    Some(Known {
        kind: kind(&name, class, words.trim(), &head, outlets),
        name,
        class,
        mentions: cluster
            .names
            .iter()
            .map(|n| (n.mention.clone(), MentionForm::Name))
            .collect(),
        names: cluster
            .names
            .iter()
            .map(|n| (n.mention.clone(), n.core.clone()))
            .collect(),
        describes,
        outlet: outlet.or(Some(head)),
        joined: cluster.rule,
    })
}

/// The kind: the network's class, refined by the list of outlets and by telling words.
fn kind(
    name: &str,
    class: NameClass,
    described: &str,
    head: &str,
    outlets: &Outlets,
) -> EntityKind {
    let lower = name.to_lowercase();
    let channel = |words: &str| CHANNEL_WORDS.iter().any(|w| words.contains(w));
    let known = outlets
        .get(name)
        .is_some_and(|o| o.kind.is_some() || name.contains(' '));
    match class {
        // "the newspaper Tribuna", whatever the network took the name for
        NameClass::Person | NameClass::Place if OUTLET_NOUNS.contains(&head) => {
            EntityKind::Publication
        }
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

/// The noun of a description, without what follows it: "activist" of "Europe-based activist who heads
/// a media outlet".
fn head(described: &str) -> &str {
    const BEHIND: [&str; 12] = [
        "who", "whose", "which", "that", "where", "of", "in", "from", "for", "at", "with", "and",
    ];
    let first = described.split([',', ';', '(']).next().unwrap_or_default();
    let words = first.split(' ');
    let noun = words.take_while(|word| !BEHIND.contains(word));
    noun.last().unwrap_or_default()
}

/// Whether a noun right behind a name says that it is no person's: "the Hashd Al-Shaabi militia".
fn is_armed_body(text: &str, name: &Name) -> bool {
    const BODIES: [&str; 9] = [
        "militia",
        "movement",
        "brigade",
        "faction",
        "armed group",
        "militant group",
        "rebel group",
        "terrorist group",
        "umbrella group",
    ];
    let behind = text.get(name.mention.end..).unwrap_or_default();
    let Some(behind) = behind.strip_prefix(' ') else {
        return false;
    };
    BODIES.iter().any(|body| {
        let rest = behind.strip_prefix(body);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    })
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
