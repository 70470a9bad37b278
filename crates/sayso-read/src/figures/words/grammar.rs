//! Words that hold a clause together.

use super::listed;

/// Conjunctions, pronouns, adverbs; in order.
const FUNCTION: &[&str] = &[
    "'d",
    "'ll",
    "'m",
    "'re",
    "'t",
    "'ve",
    "a",
    "again",
    "ago",
    "all",
    "alone",
    "already",
    "also",
    "although",
    "altogether",
    "an",
    "and",
    "another",
    "any",
    "anyway",
    "apiece",
    "away",
    "because",
    "both",
    "but",
    "each",
    "earlier",
    "else",
    "even",
    "ever",
    "every",
    "he",
    "her",
    "here",
    "him",
    "himself",
    "his",
    "how",
    "i",
    "if",
    "including",
    "instead",
    "it",
    "its",
    "itself",
    "just",
    "later",
    "me",
    "my",
    "never",
    "no",
    "nor",
    "not",
    "now",
    "once",
    "only",
    "or",
    "our",
    "overnight",
    "plus",
    "said",
    "say",
    "says",
    "she",
    "so",
    "some",
    "still",
    "that",
    "the",
    "their",
    "them",
    "themselves",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "today",
    "tomorrow",
    "tonight",
    "too",
    "us",
    "we",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "yesterday",
    "yet",
    "you",
    "your",
];

/// Prepositions, in order.
const PREPOSITIONS: &[&str] = &[
    "aboard",
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "below",
    "beside",
    "besides",
    "between",
    "beyond",
    "by",
    "despite",
    "down",
    "during",
    "except",
    "following",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "outside",
    "over",
    "past",
    "per",
    "since",
    "than",
    "through",
    "throughout",
    "till",
    "to",
    "toward",
    "towards",
    "under",
    "unlike",
    "until",
    "up",
    "upon",
    "versus",
    "via",
    "with",
    "within",
    "without",
    "worth",
];

/// Words that end a noun phrase, or cannot stand in one behind its number.
pub(in crate::figures) fn is_function(lower: &str) -> bool {
    is_be(lower) || is_auxiliary(lower) || is_preposition(lower) || listed(FUNCTION, lower)
}

/// Prepositions.
pub(in crate::figures) fn is_preposition(lower: &str) -> bool {
    listed(PREPOSITIONS, lower)
}

/// Forms of "be" and "get", after which a participle tells what was done to the subject.
pub(in crate::figures) fn is_be(lower: &str) -> bool {
    matches!(
        lower,
        "was"
            | "were"
            | "are"
            | "is"
            | "be"
            | "been"
            | "being"
            | "got"
            | "get"
            | "'re"
            | "remain"
            | "remains"
            | "remained"
    )
}

/// Auxiliaries that lead up to the verb.
pub(in crate::figures) fn is_auxiliary(lower: &str) -> bool {
    matches!(lower, "have" | "has" | "had" | "having" | "did" | "do") || is_modal(lower)
}

/// Auxiliaries of what is not yet, or may not be.
pub(in crate::figures) fn is_modal(lower: &str) -> bool {
    matches!(
        lower,
        "will" | "would" | "could" | "may" | "might" | "can" | "should" | "must" | "shall"
    )
}

/// Whether a word has the look of a plural.
pub(in crate::figures) fn is_plural(lower: &str) -> bool {
    matches!(
        lower,
        "people"
            | "men"
            | "women"
            | "children"
            | "police"
            | "dead"
            | "wounded"
            | "personnel"
            | "aircraft"
            | "staff"
            | "cattle"
            | "sheep"
            | "schoolchildren"
            | "passersby"
            | "feet"
            | "teeth"
            | "media"
            | "data"
            | "criteria"
            | "crew"
            | "injured"
            | "homeless"
    ) || lower.ends_with("men") && lower.len() > 4
        || lower.len() > 2
            && lower.ends_with('s')
            && !["ss", "us", "is", "'s"].iter().any(|e| lower.ends_with(e))
        || matches!(
            lower,
            "israelis"
                | "iraqis"
                | "saudis"
                | "yemenis"
                | "pakistanis"
                | "houthis"
                | "yazidis"
                | "iraquis"
                | "kuwaitis"
                | "buses"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(FUNCTION.is_sorted() && PREPOSITIONS.is_sorted());
    }
}
