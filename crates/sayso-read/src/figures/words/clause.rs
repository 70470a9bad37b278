//! Words that a rule on the clause passes over, or stops at.

use super::listed;

/// Between "were" and the participle: "were reportedly shot and killed"; in order.
const BEFORE_PARTICIPLE: &[&str] = &[
    "all",
    "already",
    "also",
    "among",
    "and",
    "beaten",
    "being",
    "believed",
    "both",
    "buried",
    "burned",
    "burnt",
    "confirmed",
    "crushed",
    "declared",
    "either",
    "feared",
    "forcibly",
    "found",
    "gunned",
    "have",
    "held",
    "in",
    "internally",
    "into",
    "known",
    "later",
    "left",
    "made",
    "presumed",
    "pronounced",
    "reported",
    "said",
    "shot",
    "stabbed",
    "still",
    "taken",
    "the",
    "themselves",
    "then",
    "those",
    "thought",
    "to",
    "trampled",
];

/// With which an object begins; in order.
const OPENING_OBJECT: &[&str] = &[
    "a",
    "an",
    "another",
    "dozens",
    "each",
    "her",
    "him",
    "himself",
    "his",
    "hundreds",
    "it",
    "its",
    "me",
    "my",
    "our",
    "scores",
    "several",
    "some",
    "the",
    "their",
    "them",
    "themselves",
    "these",
    "those",
    "thousands",
    "us",
];

/// Behind a participle without being its object: "three killed nearby"; in order.
const NO_OBJECT: &[&str] = &[
    "apiece",
    "because",
    "early",
    "far",
    "first",
    "have",
    "last",
    "late",
    "nationwide",
    "nearby",
    "next",
    "so",
    "soon",
    "there",
    "this",
    "together",
    "when",
    "worldwide",
];

/// Between a verb and the quantity that is its object: "killed another 12"; in order.
const BEFORE_QUANTITY: &[&str] = &[
    "-",
    "a",
    "about",
    "additional",
    "all",
    "allegedly",
    "also",
    "an",
    "another",
    "as",
    "between",
    "even",
    "exactly",
    "first",
    "further",
    "her",
    "his",
    "its",
    "just",
    "last",
    "least",
    "my",
    "of",
    "only",
    "other",
    "our",
    "perhaps",
    "possibly",
    "reportedly",
    "some",
    "the",
    "their",
    "these",
    "those",
    "total",
];

/// Between a figure and one that is listed with it or part of it; in order.
const JOINING: &[&str] = &[
    "(",
    ",",
    "-",
    "along",
    "also",
    "among",
    "and",
    "as",
    "at",
    "both",
    "example",
    "for",
    "including",
    "least",
    "mostly",
    "of",
    "or",
    "other",
    "plus",
    "them",
    "together",
    "well",
    "were",
    "which",
    "whom",
    "with",
    "–",
    "—",
];

/// At which the verb of what is counted cannot stand behind any more; in order.
const ENDING: &[&str] = &[
    "accused", "adding", "although", "because", "before", "but", "claimed", "he", "i", "if", "it",
    "never", "not", "said", "say", "saying", "says", "she", "since", "so", "than", "they",
    "though", "told", "until", "we", "when", "where", "whether", "while", "whose",
];

/// Whether a word may stand between "were" and the participle.
pub(in crate::figures) fn leads_to_participle(lower: &str) -> bool {
    lower.ends_with("ly") || listed(BEFORE_PARTICIPLE, lower)
}

/// Whether an object begins with a word.
pub(in crate::figures) fn opens_object(lower: &str) -> bool {
    listed(OPENING_OBJECT, lower)
}

/// Whether a word behind a participle is no object of it.
pub(in crate::figures) fn is_no_object(lower: &str) -> bool {
    lower.ends_with("ly") || lower.ends_with("ing") || listed(NO_OBJECT, lower)
}

/// Whether a word may stand between a verb and the quantity that is its object.
pub(in crate::figures) fn leads_to_quantity(lower: &str) -> bool {
    listed(BEFORE_QUANTITY, lower)
}

/// Whether a token joins a figure to the one before.
pub(in crate::figures) fn joins_list(lower: &str) -> bool {
    listed(JOINING, lower)
}

/// Whether the verb of what is counted cannot stand behind a word.
pub(in crate::figures) fn ends_search(lower: &str) -> bool {
    listed(ENDING, lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        for list in [
            BEFORE_PARTICIPLE,
            OPENING_OBJECT,
            NO_OBJECT,
            BEFORE_QUANTITY,
            JOINING,
            ENDING,
        ] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
