//! Words that tell for or against the name of a place.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that may stand within a name without a capital.
pub(super) fn joins(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "al"
            | "el"
            | "ez"
            | "ad"
            | "as"
            | "ash"
            | "an"
            | "ar"
            | "at"
            | "es"
            | "ed"
            | "er"
            | "de"
            | "la"
            | "le"
            | "les"
            | "del"
            | "du"
            | "da"
            | "do"
            | "dos"
            | "di"
            | "sur"
            | "upon"
            | "on"
            | "and"
            | "am"
            | "in"
            | "y"
            | "bin"
            | "ul"
            | "und"
            | "sous"
    )
}

/// Words that are written small as a rule and yet some place's name; by `train/common_words.py`.
const COMMON: &str = include_str!("../../../../data/place-words.txt");

/// Words with a capital that are rarely a place, though some place bears them.
const OTHERWISE: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "christmas",
    "easter",
    "ramadan",
    "ali",
    "hassan",
    "hussein",
    "mohammed",
    "muhammad",
    "ahmed",
    "ibrahim",
    "abdullah",
    "khan",
    "hamas",
    "quds",
    "hezbollah",
    "fatah",
    "taliban",
    "isis",
    "allah",
    "islam",
    "islamic state",
    "boko haram",
    "congress",
    "parliament",
    "senate",
    "google",
    "facebook",
    "twitter",
    "telegram",
    "apple",
    "amazon",
    "ford",
    "honda",
    "nissan",
    "toyota",
    "tribune",
    "herald",
    "mr",
    "mrs",
    "san",
    "santa",
    "los",
    "las",
    "el",
    "la",
    "le",
    "de",
    "al",
    "st",
    "van",
    "air force",
    "lord",
    "republic",
    "democrat",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "st patrick",
    "avenue",
    "boulevard",
    "del",
    "von",
    "gov",
    "sen",
    "rep",
    "gen",
    "col",
    "maj",
];

/// Whether a key tells no place by itself.
pub(super) fn is_common(key: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| COMMON.lines().chain(OTHERWISE.iter().copied()).collect());
    WORDS.contains(key)
}

/// Words before a place: "in Mosul", "near Deir ez-Zor".
pub(super) fn is_locative(word: &str) -> bool {
    matches!(
        word,
        "in" | "near"
            | "from"
            | "at"
            | "to"
            | "outside"
            | "around"
            | "across"
            | "toward"
            | "towards"
            | "into"
            | "inside"
            | "through"
            | "between"
            | "throughout"
            | "north"
            | "south"
            | "east"
            | "west"
            | "central"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "of"
    )
}

/// Words with a capital before a place's name that tell which part of it.
pub(super) fn is_modifier(word: &str) -> bool {
    matches!(
        word,
        "downtown"
            | "greater"
            | "central"
            | "north"
            | "south"
            | "east"
            | "west"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "upper"
            | "lower"
            | "inner"
            | "metro"
            | "rural"
            | "old"
            | "occupied"
    )
}

/// Nouns behind a name that a place gives its name to: "Beverly Hills Police Department".
pub(super) fn is_local_body(word: &str) -> bool {
    matches!(
        word,
        "county"
            | "police"
            | "university"
            | "city"
            | "council"
            | "hospital"
            | "school"
            | "schools"
            | "airport"
            | "college"
            | "sheriff"
            | "fire"
            | "state"
            | "department"
            | "district"
            | "township"
            | "community"
            | "international"
            | "province"
            | "governorate"
            | "high"
            | "public"
            | "regional"
            | "memorial"
            | "general"
            | "medical"
            | "museum"
            | "stadium"
    )
}
