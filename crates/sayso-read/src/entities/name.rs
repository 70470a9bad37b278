//! The name in a mention: "the former Pennsylvania Senator Rick Santorum" names Rick
//! Santorum, and says what he is.

use std::ops::Range;

use super::decode::NameClass;
use crate::prose::{trimmed, words};

/// Words that stand before a person's name and are not part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "dame",
    "lord",
    "lady",
    "prof",
    "professor",
    "rev",
    "reverend",
    "father",
    "sister",
    "imam",
    "sheikh",
    "shaykh",
    "ayatollah",
    "mullah",
    "rabbi",
    "pope",
    "bishop",
    "archbishop",
    "cardinal",
    "king",
    "queen",
    "prince",
    "princess",
    "emir",
    "sultan",
    "tsar",
    "emperor",
    "president",
    "vice",
    "vice-president",
    "premier",
    "chancellor",
    "minister",
    "prime",
    "secretary",
    "undersecretary",
    "senator",
    "sen",
    "representative",
    "rep",
    "congressman",
    "congresswoman",
    "governor",
    "gov",
    "mayor",
    "ambassador",
    "envoy",
    "judge",
    "justice",
    "attorney",
    "prosecutor",
    "general",
    "gen",
    "major",
    "maj",
    "brigadier",
    "brig",
    "colonel",
    "col",
    "lieutenant",
    "lt",
    "captain",
    "capt",
    "commander",
    "cmdr",
    "admiral",
    "adm",
    "sergeant",
    "sgt",
    "corporal",
    "marshal",
    "chief",
    "director",
    "chairman",
    "chairwoman",
    "chair",
    "chairperson",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "leader",
    "head",
    "officer",
    "detective",
    "inspector",
    "superintendent",
    "coach",
    "lawmaker",
    "mp",
    "deputy",
    "assistant",
    "state",
    "ceo",
    "cfo",
    "analyst",
    "activist",
    "journalist",
    "reporter",
    "correspondent",
    "editor",
    "author",
    "actor",
    "actress",
    "singer",
    "coordinator",
    "commissioner",
    "counsel",
    "counselor",
    "adviser",
    "advisor",
    "speaker",
    "councillor",
    "councilman",
    "councilwoman",
    "foreign",
    "defence",
    "defense",
    "interior",
    "finance",
    "high",
];

/// Common nouns that belong to the name before them.
const BODIES: &[&str] = &[
    "army",
    "government",
    "ministry",
    "administration",
    "police",
    "military",
    "navy",
    "parliament",
    "embassy",
    "forces",
    "regime",
    "court",
    "council",
    "cabinet",
    "presidency",
    "campaign",
    "coalition",
    "office",
    "department",
    "command",
    "intelligence",
    "authorities",
    "mission",
];

/// Common nouns before a name that say what it is.
const NOUNS_BEFORE: &[&str] = &[
    "website",
    "site",
    "newspaper",
    "paper",
    "magazine",
    "broadcaster",
    "agency",
    "outlet",
    "channel",
    "group",
    "militia",
    "party",
    "movement",
    "company",
    "firm",
    "network",
    "airline",
    "watchdog",
    "charity",
    "bank",
    "giant",
    "maker",
    "operator",
    "club",
    "union",
    "organization",
];

/// Words that join parts of a person's name.
const PARTICLES: &[&str] = &[
    "al", "el", "ul", "bin", "ibn", "bint", "abu", "de", "del", "della", "di", "da", "dos", "du",
    "van", "von", "der", "den", "ter", "la", "le", "the", "of", "y", "e", "st",
];

/// Lower-case words that may begin or end a mention of an organization without being its name.
const NO_NAME: &[char] = &[
    ',', ';', ':', '(', ')', '“', '”', '"', '‘', '’', '\'', '.', '—', '–',
];

/// The name itself within a mention; never empty.
pub(crate) fn core(text: &str, mention: Range<usize>, class: NameClass) -> Range<usize> {
    let mention = without_article(text, without_possessive(text, mention));
    // "[U.S. President Donald] Trump": what an editor put in is not the name
    let mention = match text.get(mention.clone()).and_then(|w| w.rfind(']')) {
        Some(at) if mention.start + at + 1 < mention.end => {
            trimmed(text, mention.start + at + 1..mention.end, &[])
        }
        _ => mention,
    };
    let found = match class {
        NameClass::Person => person(text, mention.clone()),
        NameClass::Place => {
            clause(text, mention.clone()).map_or_else(|| mention.clone(), |r| from_capital(text, r))
        }
        _ => thing(text, mention.clone()),
    };
    let found = trimmed(text, found, NO_NAME);
    if found.is_empty() { mention } else { found }
}

/// Without an article at the start.
pub(crate) fn without_article(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(slice) = text.get(range.clone()) else {
        return range;
    };
    for article in ["the ", "a ", "an "] {
        if let Some(head) = slice.get(..article.len())
            && head.eq_ignore_ascii_case(article)
            && slice.len() > article.len()
        {
            return range.start + article.len()..range.end;
        }
    }
    range
}

/// Without the possessive mark at the end.
pub(crate) fn without_possessive(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(slice) = text.get(range.clone()) else {
        return range;
    };
    let cut = ["’s", "'s", "’", "'"]
        .iter()
        .find_map(|mark| slice.strip_suffix(mark))
        .filter(|rest| !rest.is_empty());
    range.start..range.start + cut.map_or(slice.len(), str::len)
}

/// What stands before the first comma, bracket or dash; `None` where that is nothing.
fn clause(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let slice = text.get(range.clone())?;
    let end = slice.find([',', ';', '(', '—', '–']).unwrap_or(slice.len());
    let found = trimmed(text, range.start..range.start + end, &[]);
    (!found.is_empty()).then_some(found)
}

fn from_capital(text: &str, range: Range<usize>) -> Range<usize> {
    let first = words(text, range.clone())
        .into_iter()
        .find(|w| capital(text, w));
    first.map_or(range.clone(), |w| w.start..range.end)
}

/// Begins with a capital letter or has one behind a hyphen or an apostrophe ("al-Araby").
pub(crate) fn capital(text: &str, word: &Range<usize>) -> bool {
    text.get(word.clone()).is_some_and(|w| {
        w.split(['-', '’', '\'', '@'])
            .any(|part| part.chars().next().is_some_and(char::is_uppercase))
    })
}

fn lower(text: &str, word: &Range<usize>) -> String {
    text.get(word.clone())
        .unwrap_or_default()
        .trim_end_matches('.')
        .to_lowercase()
}

/// The last run of capitalised words behind titles and descriptions.
fn person(text: &str, mention: Range<usize>) -> Range<usize> {
    let whole = clause(text, mention.clone()).unwrap_or_else(|| mention.clone());
    let all = words(text, whole.clone());
    // "Wong Pik-wan of the Democratic Party": the name ends where its home begins
    let home = all.iter().enumerate().skip(1).find(|(i, w)| {
        matches!(
            lower(text, w).as_str(),
            "of" | "from" | "at" | "in" | "with" | "for" | "who"
        ) && all[..*i].iter().filter(|w| capital(text, w)).count() >= 2
            && !titled(text, &all[..*i])
    });
    let all = &all[..home.map_or(all.len(), |(i, _)| i)];
    let mut first = all.len();
    while first > 0 {
        let word = &all[first - 1];
        let form = lower(text, word);
        let part_of_name = if capital(text, word) {
            !TITLES.contains(&form.as_str()) && !possessive(text, word)
        } else {
            PARTICLES.contains(&form.as_str()) && first > 1 && first < all.len()
        };
        if !part_of_name {
            break;
        }
        first -= 1;
    }
    while first < all.len()
        && PARTICLES.contains(&lower(text, &all[first]).as_str())
        && !capital(text, &all[first])
    {
        first += 1;
    }
    match (all.get(first), all.last()) {
        (Some(start), Some(end)) => start.start..end.end,
        _ => whole,
    }
}

fn titled(text: &str, words: &[Range<usize>]) -> bool {
    words
        .last()
        .is_some_and(|w| TITLES.contains(&lower(text, w).as_str()))
}

fn possessive(text: &str, word: &Range<usize>) -> bool {
    text.get(word.clone())
        .is_some_and(|w| w.ends_with("’s") || w.ends_with("'s"))
}

/// Without the lower-case words before and behind it: "the state-run Mehr News Agency",
/// "Asaib Ahl al-Haq militia".
fn thing(text: &str, mention: Range<usize>) -> Range<usize> {
    let whole = clause(text, mention.clone()).unwrap_or(mention);
    let all = words(text, whole.clone());
    let named = |w: &&Range<usize>| {
        capital(text, w)
            || text
                .get((*w).clone())
                .is_some_and(|w| w.contains(|c: char| c.is_ascii_digit()))
    };
    // an adjective of two parts is no name: "US-led", "Iran-backed"
    let describes = |w: &Range<usize>| {
        [
            "-led", "-backed", "-based", "-run", "-owned", "-linked", "-aligned",
        ]
        .iter()
        .any(|end| lower(text, w).ends_with(end))
    };
    // "the Iraqi news website Middle East News": what the name is of, then the name
    let noun = |w: &&Range<usize>| NOUNS_BEFORE.contains(&lower(text, w).as_str());
    let behind = all.iter().rposition(|w| noun(&w)).map_or(0, |i| i + 1);
    let from = if all[behind..].iter().any(|w| named(&w)) {
        behind
    } else {
        0
    };
    let first = all[from..].iter().find(|w| named(w) && !describes(w));
    // "Israeli army": the noun is part of the name, unlike that of "Asaib Ahl al-Haq militia"
    let kept = |w: &Range<usize>| BODIES.contains(&lower(text, w).as_str());
    let last = all.iter().rev().find(|w| named(w) || kept(w));
    match (first, last) {
        (Some(first), Some(last)) if first.start <= last.start => first.start..last.end,
        _ => whole,
    }
}

/// Whether a word is a title or an office that may stand before a name.
pub(crate) fn is_title(word: &str) -> bool {
    TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(mention: &str, class: NameClass) -> &str {
        &mention[core(mention, 0..mention.len(), class)]
    }

    #[test]
    fn persons_lose_titles_and_descriptions() {
        for (mention, expected) in [
            (
                "Iranian Foreign Ministry spokesman Nasser Kanaani",
                "Nasser Kanaani",
            ),
            ("US President Joe Biden", "Joe Biden"),
            (
                "Major General Abolrahim Mousavi, the commander",
                "Abolrahim Mousavi",
            ),
            ("Brig. Gen. Yehya Sare’e", "Yehya Sare’e"),
            ("Mr. Türk", "Türk"),
            ("Wong Pik-wan of the Democratic Party", "Wong Pik-wan"),
            ("Tsar Peter the Great", "Peter the Great"),
            ("Abdel Fattah al-Burhan", "Abdel Fattah al-Burhan"),
            ("the regime’s president Ebrahim Raisi", "Ebrahim Raisi"),
            ("Ludwig van Beethoven’s", "Ludwig van Beethoven"),
            ("President", "President"),
        ] {
            assert_eq!(name(mention, NameClass::Person), expected, "{mention}");
        }
    }

    #[test]
    fn organizations_and_places_lose_what_describes_them() {
        for (mention, expected) in [
            ("the state-run Mehr News Agency", "Mehr News Agency"),
            (
                "the Islamic Resistance in Iraq umbrella group",
                "Islamic Resistance in Iraq",
            ),
            ("Shia Asaib Ahl al-Haq militia", "Shia Asaib Ahl al-Haq"),
            ("the Israeli army", "Israeli army"),
            ("Iraqi news website Middle East News", "Middle East News"),
            ("UK-based maritime security group Ambrey", "Ambrey"),
        ] {
            assert_eq!(
                name(mention, NameClass::Organization),
                expected,
                "{mention}"
            );
        }
        assert_eq!(name("northern Syria", NameClass::Place), "Syria");
        assert_eq!(
            name("Yekaterinburg, Russia", NameClass::Place),
            "Yekaterinburg"
        );
    }
}
