//! The phrase that names a source, taken apart: determiner, head, what follows it, the
//! names in it.

use std::ops::Range;

use super::heads::{self, Head};
use super::parts::{apposed, core, named, of};
use crate::entities::{Registry, capital, without_article, without_possessive};
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
    /// The first word in lower case.
    pub first: String,
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
            first: lower.first().cloned().unwrap_or_default(),
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
        if matches!(self.first.as_str(), "one" | "another" | "each" | "a" | "an") {
            return false;
        }
        self.entry.is_some_and(|e| e.plural)
            || matches!(self.pronoun, Some(Pronoun::Several))
            || self.head.ends_with('s') && !self.head.ends_with("ss") && self.named.is_none()
    }

    /// The phrase without a relative clause behind a comma.
    pub(crate) fn fullest(&self, text: &str) -> Range<usize> {
        let slice = text.get(self.range.clone()).unwrap_or_default();
        let cut = [", who", ", which", ", whose", ", WHO", ", WHICH"]
            .iter()
            .filter_map(|mark| slice.find(mark))
            .min();
        let end = cut.unwrap_or(slice.len());
        self.range.start..self.range.start + without_day(slice, end)
    }

    /// Whether it says whose the head is: "her deputy", "Amundsen’s lawyer".
    pub(crate) fn possessive(&self, text: &str) -> bool {
        let core = text.get(self.core.clone()).unwrap_or_default();
        let first = core.split(' ').next().unwrap_or_default().to_lowercase();
        matches!(
            first.as_str(),
            "his" | "her" | "its" | "their" | "my" | "our"
        ) || core.contains("’s ")
            || core.contains("'s ")
            || self.of.is_some_and(|o| o.link == Link::Possessive)
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
    range.start + without_day(slice, cut.unwrap_or(slice.len()))
}

/// Where a phrase ends without the day on which somebody spoke: "the head of a company on Thursday".
fn without_day(phrase: &str, end: usize) -> usize {
    const DAYS: [&str; 7] = [
        " on Monday",
        " on Tuesday",
        " on Wednesday",
        " on Thursday",
        " on Friday",
        " on Saturday",
        " on Sunday",
    ];
    let given = phrase.get(..end).unwrap_or_default();
    let found = DAYS.iter().find_map(|day| given.strip_suffix(day));
    found.map_or(end, str::len)
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

pub(super) fn is_determiner(word: &str) -> bool {
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

pub(super) fn is_number(word: &str) -> bool {
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

/// Whether a phrase has a word with a capital letter besides its first one.
///
/// In a text all in capitals that tells nothing.
pub(crate) fn has_name(text: &str, range: &Range<usize>) -> bool {
    let slice = text.get(range.clone()).unwrap_or_default();
    if slice.contains(' ') && !slice.chars().any(char::is_lowercase) {
        return false;
    }
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
