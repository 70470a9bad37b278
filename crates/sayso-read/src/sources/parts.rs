//! Parts of a source's phrase: its core, the names in it and how they are tied to its head.

use std::ops::Range;

use super::heads;
use super::phrase::{Link, Of, is_determiner, is_number};
use crate::entities::{NameClass, Registry, is_title, without_article, without_possessive};
use crate::prose::words;

/// Words that end the part of a noun phrase in which its head stands.
pub(super) const BEHIND_HEAD: &[&str] = &[
    "of",
    "for",
    "from",
    "in",
    "at",
    "with",
    "to",
    "by",
    "on",
    "inside",
    "near",
    "within",
    "outside",
    "close",
    "familiar",
    "briefed",
    "involved",
    "speaking",
    "affiliated",
    "linked",
    "loyal",
    "belonging",
    "under",
    "among",
    "behind",
    "who",
    "which",
    "that",
    "whose",
    "based",
    "present",
    "working",
    "investigating",
    "aligned",
    "allied",
    "tied",
    "posted",
    "published",
    "released",
    "issued",
    "seen",
    "obtained",
    "between",
    "made",
    "maintained",
    "used",
    "called",
    "known",
    "against",
    "across",
    "around",
    "living",
    "told",
    "about",
    "on",
];

/// The phrase up to its head: before the first preposition, clause or comma, whole names kept.
pub(super) fn core(
    text: &str,
    registry: &Registry,
    range: &Range<usize>,
    all: &[Range<usize>],
    lower: &[String],
) -> Range<usize> {
    let mut end = range.end;
    // "two of its commanders": the head stands behind the "of"
    let partitive = lower.len() > 2
        && lower[1] == "of"
        && (is_number(&lower[0]) || is_determiner(&lower[0]))
        && !matches!(lower[2].as_str(), "them" | "us" | "those" | "whom");
    for (index, (word, form)) in all.iter().zip(lower).enumerate() {
        if partitive && index == 1 {
            continue;
        }
        let cut_before = index > 0
            && (BEHIND_HEAD.contains(&form.as_str())
                || participle(form) && heads::head(&lower[index - 1]).is_some());
        let comma = index > 0
            && text
                .get(all[index - 1].end..word.start)
                .is_some_and(|gap| gap.contains([',', '(', '—', '–', ';', ':']));
        if cut_before || comma {
            end = all[index - 1].end;
            break;
        }
    }
    // a name with a preposition in it goes on: "the Islamic Resistance in Iraq"
    let extended = registry
        .named_in(range)
        .filter(|(r, i)| {
            r.start < end && end < r.end && registry.known[*i].class != NameClass::Person
        })
        .filter_map(|(r, i)| registry.known[*i].name_in(r))
        .map(|name| name.end)
        .filter(|&name_end| name_end > end)
        .max();
    let mut end = extended.unwrap_or(end);
    if extended.is_some() {
        // "the Islamic Resistance in Iraq umbrella group": nouns behind the name
        for (word, form) in all.iter().zip(lower) {
            if word.start < end {
                continue;
            }
            let gap = text.get(end..word.start).unwrap_or(",");
            if gap.trim().is_empty() && !BEHIND_HEAD.contains(&form.as_str()) {
                end = word.end;
            } else {
                break;
            }
        }
    }
    range.start..end
}

/// "an indictment filed by", "people briefed on": what a head is followed by, not a head.
fn participle(word: &str) -> bool {
    word.len() > 4
        && (word.ends_with("ed")
            || word.ends_with("ing")
            || matches!(word, "sent" | "written" | "shown" | "seen" | "held"))
}

/// The entity whose name is the head of the phrase.
pub(super) fn named(text: &str, registry: &Registry, core: &Range<usize>) -> Option<usize> {
    let bare = without_possessive(text, core.clone());
    let whole = registry
        .named_in(core)
        .filter(|(r, _)| r.end == core.end || r.end == bare.end)
        .min_by_key(|(r, _)| r.start);
    // "the Syrian Observatory for Human Rights monitoring group"
    let bare_start = without_article(text, core.clone()).start;
    let followed = || {
        registry.named_in(core).find(|(r, _)| {
            r.start == bare_start && text.get(r.end..core.end).is_some_and(common_noun_behind)
        })
    };
    let last = whole.or_else(followed)?;
    // a bare title is a description of somebody: "the President"
    let known = &registry.known[last.1];
    let words: Vec<&str> = known.name.split(' ').collect();
    let only_titles = known.class == NameClass::Person && words.iter().all(|w| is_title(w));
    (!only_titles).then_some(last.1)
}

/// Whether words behind a name only say what it is: " umbrella group", " militia".
fn common_noun_behind(words: &str) -> bool {
    const NOUNS: &[&str] = &[
        "group",
        "militia",
        "organization",
        "organisation",
        "movement",
        "network",
        "party",
        "agency",
        "newspaper",
        "website",
        "outlet",
        "channel",
        "faction",
        "company",
        "newswire",
        "magazine",
        "broadcaster",
        "union",
        "charity",
        "watchdog",
    ];
    let lower = words.chars().all(|c| !c.is_uppercase());
    let all: Vec<&str> = words.split_whitespace().collect();
    lower && all.len() <= 3 && all.last().is_some_and(|w| NOUNS.contains(w))
}

/// A person's name right behind a comma.
pub(super) fn apposed(
    text: &str,
    registry: &Registry,
    range: &Range<usize>,
    core: &Range<usize>,
) -> Option<usize> {
    registry
        .named_in(&(core.end..range.end))
        .find(|(r, i)| {
            let before = text.get(core.end..r.start).unwrap_or_default().trim_end();
            let opened = before.ends_with(',') || before.is_empty();
            registry.known[*i].class == NameClass::Person && opened
        })
        .map(|(_, i)| *i)
}

/// A name that the head belongs to.
pub(super) fn of(
    text: &str,
    registry: &Registry,
    range: &Range<usize>,
    core: &Range<usize>,
) -> Option<Of> {
    let before = registry.named_in(core).next_back().map(|(r, i)| {
        let behind = text.get(r.end..core.end).unwrap_or_default();
        let link =
            if behind.starts_with("’s") || behind.starts_with("'s") || behind.starts_with('’') {
                Link::Possessive
            } else {
                Link::Before
            };
        Of { entity: *i, link }
    });
    let (name, index) = registry
        .named_in(&(core.end..range.end))
        .next()
        .map(|(r, i)| (r.clone(), *i))
        .unzip();
    let behind = name.zip(index).and_then(|(r, entity)| {
        // "a report by UN experts" is not the UN's
        let after = text.get(r.end..range.end)?.split_whitespace().next();
        if after.is_some_and(crate::sources::is_head) {
            return None;
        }
        let between = text.get(core.end..r.start)?.to_lowercase();
        let link = match between.split_whitespace().next()? {
            "for" | "of" => Link::For,
            "from" | "by" | "issued" | "published" | "released" => Link::From,
            "in" | "on" => Link::In,
            _ => return None,
        };
        (between.split_whitespace().count() <= 6).then_some(Of { entity, link })
    });
    behind.or(before)
}

/// The last word before what hangs on a description: "chief" in "chief of staff".
pub(crate) fn head_of(text: &str, stretch: Range<usize>) -> Option<String> {
    let slice = text.get(stretch.clone())?;
    let start = slice.find(|c: char| c.is_alphanumeric())?;
    let rest = slice.get(start..)?;
    let end = rest
        .find([',', ';', '(', ')', '—', '–'])
        .unwrap_or(rest.len());
    let all = words(text, stretch.start + start..stretch.start + start + end);
    let last = all
        .iter()
        .position(|w| {
            text.get(w.clone())
                .is_some_and(|w| BEHIND_HEAD.contains(&w))
        })
        .unwrap_or(all.len());
    let head = all.get(last.checked_sub(1)?)?;
    text.get(without_possessive(text, head.clone()))
        .map(str::to_owned)
}
