//! The phrase that names a source, taken apart: determiner, head, what follows it, the
//! names in it.

use std::ops::Range;

use super::heads::{self, Head};
use crate::entities::{
    NameClass, Registry, capital, is_title, without_article, without_possessive,
};
use crate::prose::{trimmed, words};

/// How a phrase points to what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Determiner {
    /// "a", "one", "another", "three", "some", "an unnamed".
    Indefinite,
    /// "the", "this", "these".
    Definite,
    /// "no", "none of".
    Negative,
    /// None at all: "officials", "Pentagon officials".
    Bare,
}

/// A pronoun as a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    /// I, we, my.
    First,
    /// He, she, him, his.
    Person,
    /// It, its.
    Thing,
    /// They, them, their.
    Several,
    /// This, these, that, which.
    Pointing,
}

/// A source's phrase.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    /// All of it.
    pub range: Range<usize>,
    /// The noun phrase up to its head, what hangs on it left out.
    pub core: Range<usize>,
    pub pronoun: Option<Pronoun>,
    pub determiner: Determiner,
    /// The head's words in lower case; empty for a pronoun.
    pub head: String,
    pub entry: Option<Head>,
    /// The entity that the head itself names.
    pub named: Option<usize>,
    /// A person's name in apposition: "the head of the agency, Ali Rezaei".
    pub apposed: Option<usize>,
    /// A name before the head or behind its preposition: "a Pentagon official", "a spokesman for Nato".
    pub of: Option<Of>,
}

/// A name that belongs to a head that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Of {
    pub entity: usize,
    pub link: Link,
}

/// How the name is tied to the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// Stands before it: "Pentagon spokesman".
    Before,
    /// Possessive: "Raisi’s remarks".
    Possessive,
    /// for, of.
    For,
    /// from, by.
    From,
    /// in, on.
    In,
}

/// Words that end the part of a noun phrase in which its head stands.
const BEHIND_HEAD: &[&str] = &[
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

/// Words that count or veil, and are neither head nor role.
const VEILS: &[&str] = &[
    "anonymous",
    "unnamed",
    "unidentified",
    "unspecified",
    "undisclosed",
];

impl Phrase {
    pub(crate) fn new(text: &str, registry: &Registry, range: Range<usize>) -> Self {
        let range = trimmed(text, range, &[',', ';', ':', '—', '–', '“', '”', '"']);
        let all = words(text, range.clone());
        let lower: Vec<String> = all
            .iter()
            .map(|w| text.get(w.clone()).unwrap_or_default().to_lowercase())
            .collect();
        let pronoun = match lower.as_slice() {
            [one] => pronoun(one),
            _ => None,
        };
        let core = core(text, registry, &range, &all, &lower);
        let head_word = words(text, core.clone()).pop();
        let head = head_word
            .clone()
            .and_then(|w| text.get(without_possessive(text, w)))
            .unwrap_or_default()
            .to_lowercase();
        let named = (pronoun.is_none())
            .then(|| named(text, registry, &core))
            .flatten();
        let of = if named.is_none() {
            of(text, registry, &range, &core)
        } else {
            None
        };
        Self {
            apposed: apposed(text, registry, &range, &core),
            determiner: determiner(&lower),
            entry: heads::head(&head),
            range,
            core,
            pronoun,
            head,
            named,
            of,
        }
    }

    /// Whether several are meant.
    pub(crate) fn plural(&self) -> bool {
        self.entry.is_some_and(|e| e.plural)
            || matches!(self.pronoun, Some(Pronoun::Several))
            || self.head.ends_with('s') && !self.head.ends_with("ss") && self.named.is_none()
    }

    /// The phrase without a relative clause behind a comma.
    pub(crate) fn fullest(&self, text: &str) -> Range<usize> {
        let slice = text.get(self.range.clone()).unwrap_or_default();
        let cut = [", who ", ", which ", ", whose ", ", WHO ", ", WHICH "]
            .iter()
            .filter_map(|mark| slice.find(mark))
            .min();
        self.range.start..self.range.start + cut.unwrap_or(slice.len())
    }

    /// Whether it says whose the head is: "her deputy", "Amundsen’s lawyer".
    pub(crate) fn possessive(&self, text: &str) -> bool {
        let first = text
            .get(self.core.clone())
            .and_then(|w| w.split(' ').next())
            .unwrap_or_default()
            .to_lowercase();
        matches!(
            first.as_str(),
            "his" | "her" | "its" | "their" | "my" | "our"
        ) || self.of.is_some_and(|o| o.link == Link::Possessive)
    }

    /// A name put together from a noun and another's name, the article left out:
    /// "Syrian government", "foreign ministry of Qasr".
    pub(crate) fn composed(&self, registry: &Registry, text: &str) -> Range<usize> {
        let core = without_article(text, self.core.clone());
        let owner = registry
            .named_in(&(self.core.end..self.range.end))
            .next()
            .filter(|(r, _)| {
                text.get(self.core.end..r.start)
                    .is_some_and(|between| matches!(between.trim(), "of" | "of the"))
            });
        core.start..owner.map_or(core.end, |(r, _)| without_possessive(text, r.clone()).end)
    }

    /// What the phrase says the source is: without determiner, number and veil.
    pub(crate) fn role(&self, text: &str) -> Option<Range<usize>> {
        let end = role_end(text, &self.range);
        let all = words(text, self.range.start..end);
        let skipped = all
            .iter()
            .take_while(|w| {
                let word = text.get((*w).clone()).unwrap_or_default().to_lowercase();
                is_determiner(&word) || is_number(&word) || VEILS.contains(&word.as_str())
            })
            .count();
        let first = all.get(skipped)?;
        let found = trimmed(text, first.start..end, &[',', '“', '”', '"']);
        (!found.is_empty()).then_some(found)
    }
}

/// Up to a comma or a relative clause behind one.
fn role_end(text: &str, range: &Range<usize>) -> usize {
    let slice = text.get(range.clone()).unwrap_or_default();
    let cut = [", ", " who ", " which ", " (", " —", " –"]
        .iter()
        .filter_map(|mark| slice.find(mark))
        .min();
    range.start + cut.unwrap_or(slice.len())
}

fn pronoun(word: &str) -> Option<Pronoun> {
    Some(match word {
        "i" | "we" | "my" | "our" | "me" | "us" | "myself" | "ourselves" => Pronoun::First,
        "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself" | "who" => {
            Pronoun::Person
        }
        "it" | "its" | "itself" => Pronoun::Thing,
        "they" | "them" | "their" | "themselves" | "both" => Pronoun::Several,
        "this" | "these" | "those" | "that" | "which" => Pronoun::Pointing,
        _ => return None,
    })
}

fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "this"
            | "these"
            | "that"
            | "those"
            | "another"
            | "some"
            | "several"
            | "many"
            | "few"
            | "no"
            | "any"
            | "each"
            | "every"
            | "both"
            | "other"
            | "all"
            | "most"
            | "various"
            | "certain"
            | "multiple"
            | "numerous"
            | "neither"
            | "none"
    )
}

fn is_number(word: &str) -> bool {
    matches!(
        word,
        "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "eleven"
            | "twelve"
            | "dozen"
            | "dozens"
            | "hundreds"
            | "half"
    ) || word.chars().all(|c| c.is_ascii_digit())
}

fn determiner(words: &[String]) -> Determiner {
    let Some(first) = words.first().map(String::as_str) else {
        return Determiner::Bare;
    };
    match first {
        "no" | "none" | "neither" | "nobody" => Determiner::Negative,
        "the" if words.get(1).is_some_and(|w| VEILS.contains(&w.as_str())) => {
            Determiner::Indefinite
        }
        "the" | "this" | "that" | "these" | "those" | "both" => Determiner::Definite,
        word if is_determiner(word) || is_number(word) || VEILS.contains(&word) => {
            Determiner::Indefinite
        }
        _ => Determiner::Bare,
    }
}

/// The phrase up to its head: before the first preposition, clause or comma, whole names kept.
fn core(
    text: &str,
    registry: &Registry,
    range: &Range<usize>,
    all: &[Range<usize>],
    lower: &[String],
) -> Range<usize> {
    let mut end = range.end;
    for (index, (word, form)) in all.iter().zip(lower).enumerate() {
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
        .filter(|(r, _)| r.start < end && end < r.end)
        .filter(|(r, i)| {
            !matches!(registry.known[*i].class, NameClass::Person)
                && registry.known[*i]
                    .cores
                    .iter()
                    .any(|c| r.start <= c.start && c.end > end && c.end <= r.end)
        })
        .map(|(r, i)| {
            registry.known[*i]
                .cores
                .iter()
                .find(|c| r.start <= c.start && c.end <= r.end)
                .map_or(r.end, |c| c.end)
        })
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
fn named(text: &str, registry: &Registry, core: &Range<usize>) -> Option<usize> {
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
fn apposed(
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
fn of(text: &str, registry: &Registry, range: &Range<usize>, core: &Range<usize>) -> Option<Of> {
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

/// Whether a phrase has a word with a capital letter besides its first one.
pub(crate) fn has_name(text: &str, range: &Range<usize>) -> bool {
    words(text, range.clone()).iter().any(|w| capital(text, w))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_reading::SourceKind;

    fn phrase(source: &str) -> Phrase {
        Phrase::new(source, &Registry::default(), 0..source.len())
    }

    #[test]
    fn the_head_stands_before_what_hangs_on_it() {
        for (source, head, determiner) in [
            (
                "a former government official",
                "official",
                Determiner::Indefinite,
            ),
            (
                "Three officials with Iran-backed militias in Iraq",
                "officials",
                Determiner::Indefinite,
            ),
            ("the source", "source", Determiner::Definite),
            ("No faction", "faction", Determiner::Negative),
            (
                "people familiar with the matter",
                "people",
                Determiner::Bare,
            ),
            (
                "a spokesman for the port, who asked not to be named",
                "spokesman",
                Determiner::Indefinite,
            ),
        ] {
            let got = phrase(source);
            assert_eq!(
                (got.head.as_str(), got.determiner),
                (head, determiner),
                "{source}"
            );
        }
    }

    #[test]
    fn roles_leave_numbers_and_veils_out() {
        for (source, role) in [
            ("An anonymous US official", "US official"),
            (
                "two unnamed senior aides to the minister",
                "senior aides to the minister",
            ),
            ("a guard, who gave no name", "guard"),
        ] {
            assert_eq!(phrase(source).role(source).map(|r| &source[r]), Some(role));
        }
    }

    #[test]
    fn kinds_follow_the_head() {
        let kind = |s| phrase(s).entry.map(|e| e.kind);
        assert_eq!(
            kind("a source close to the palace"),
            Some(SourceKind::Anonymous)
        );
        assert_eq!(kind("the ministry"), Some(SourceKind::Organization));
        assert_eq!(kind("leaked messages"), Some(SourceKind::Channel));
        assert_eq!(kind("residents"), Some(SourceKind::Collective));
    }
}
