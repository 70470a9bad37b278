//! Rule `cue.trim`: from the whole verb group to the smallest words that carry the act.
//!
//! The network learns cues as its corpus marks them: "has also said in a statement".
//! That is the *phrase*. The *cue* is the verb with its particle, or the noun where
//! there is no verb: no auxiliaries, no adverbs, no negation, no manner behind it.

use std::ops::Range;

use super::lemma::lemma;

/// A cue's parts; ranges are bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cue {
    pub phrase: Range<usize>,
    pub words: Range<usize>,
    pub lemma: String,
}

const AUXILIARIES: &[&str] = &[
    "am", "are", "be", "been", "being", "can", "could", "did", "do", "does", "doing", "get",
    "gets", "getting", "got", "had", "has", "have", "having", "is", "may", "might", "must",
    "ought", "shall", "should", "was", "were", "will", "would", "’d", "’ll", "’re", "’s", "’ve",
    "'d", "'ll", "'m", "'re", "'s", "'ve", "to",
];
const NEGATIONS: &[&str] = &[
    "not", "never", "no", "nor", "neither", "cannot", "without", "hardly", "nobody", "none",
];
const ADVERBS: &[&str] = &[
    "again",
    "ago",
    "all",
    "almost",
    "already",
    "also",
    "always",
    "back",
    "both",
    "earlier",
    "even",
    "ever",
    "far",
    "first",
    "further",
    "here",
    "however",
    "instead",
    "just",
    "later",
    "long",
    "maybe",
    "meanwhile",
    "more",
    "most",
    "much",
    "now",
    "often",
    "once",
    "only",
    "otherwise",
    "perhaps",
    "quite",
    "rather",
    "seldom",
    "since",
    "so",
    "sometimes",
    "soon",
    "still",
    "then",
    "there",
    "thereby",
    "thus",
    "today",
    "together",
    "too",
    "twice",
    "very",
    "well",
    "yesterday",
    "yet",
    "who",
    "which",
    "that",
    "it",
    "they",
    "he",
    "she",
    "we",
    "i",
];
const DETERMINERS: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "these",
    "those",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "your",
    "any",
    "some",
    "such",
    "what",
    "one",
    "own",
    "new",
    "growing",
    "widespread",
    "repeated",
    "recent",
    "latest",
    "strong",
    "public",
];
/// Verbs that only lead to the one that carries the act: "went on to say".
const LEADING: &[&str] = &[
    "appear", "begin", "come", "continue", "go", "going", "happen", "keep", "like", "proceed",
    "rush", "seem", "start", "tend", "use", "able", "quick", "try",
];
/// Verbs that carry an act only together with their noun: "expressed concern about".
pub(crate) const LIGHT: &[&str] = &[
    "bring", "cast", "deliver", "draw", "express", "give", "have", "hold", "issue", "launch",
    "lay", "level", "make", "offer", "publish", "put", "raise", "release", "send", "set", "take",
    "voice", "throw", "pour",
];
const PARTICLES: &[&str] = &[
    "about", "against", "as", "at", "by", "down", "for", "from", "in", "into", "of", "off", "on",
    "out", "over", "to", "toward", "towards", "up", "upon", "with",
];
/// Verbs whose "to" is a preposition of their own, not the content's infinitive.
const TAKES_TO: &[&str] = &[
    "according",
    "accord",
    "refer",
    "point",
    "object",
    "allude",
    "admit",
    "swear",
    "testify",
    "speak",
    "respond",
    "confess",
    "attest",
    "react",
    "listen",
    "compare",
    "liken",
    "attribute",
    "link",
    "owe",
    "due",
    "commitment",
    "opposition",
    "response",
];
/// What follows a preposition of manner: "said in a statement".
const MANNER: &[&str] = &[
    "in", "on", "at", "during", "after", "before", "via", "through", "with", "by", "from", "under",
    "without", "while", "outside", "along", "as", "over", "for",
];
const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "last",
    "this",
    "next",
    "late",
    "early",
    "tonight",
    "night",
    "morning",
    "afternoon",
    "evening",
    "week",
    "month",
    "year",
];

struct Word {
    bytes: Range<usize>,
    lower: String,
}

/// Trims a phrase of the text; a phrase without words (":") is its own cue.
pub(crate) fn trim(text: &str, phrase: Range<usize>) -> Cue {
    let words = words(text, &phrase);
    let Some(head) = head(&words) else {
        let lemma = words
            .iter()
            .map(|w| w.lower.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let lemma = if words.is_empty() {
            text.get(phrase.clone())
                .unwrap_or_default()
                .trim()
                .to_owned()
        } else {
            lemma
        };
        return Cue {
            words: phrase.clone(),
            phrase,
            lemma,
        };
    };
    let last = last(&words, head);
    let base = lemma(&words[head].lower);
    let lemma = words[head + 1..=last]
        .iter()
        .fold(base, |l, w| format!("{l} {}", w.lower));
    let lemma = if lemma == "accord to" {
        "according to".to_owned()
    } else {
        lemma
    };
    Cue {
        words: words[head].bytes.start..words[last].bytes.end,
        phrase,
        lemma,
    }
}

fn words(text: &str, phrase: &Range<usize>) -> Vec<Word> {
    let slice = text.get(phrase.clone()).unwrap_or_default();
    let mut out: Vec<Word> = Vec::new();
    let mut start = None;
    for (at, c) in slice.char_indices().chain([(slice.len(), ' ')]) {
        let inner = c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
        match start {
            None if inner => start = Some(at),
            Some(from) if !inner => {
                let word = slice[from..at].trim_matches(['\'', '’', '-']);
                let from = from + slice[from..at].find(word).unwrap_or(0);
                if !word.is_empty() {
                    let bytes = phrase.start + from..phrase.start + from + word.len();
                    let before = text.get(..bytes.start).unwrap_or_default();
                    let short = before.ends_with(['\'', '’'])
                        && matches!(word, "s" | "ve" | "ll" | "re" | "d" | "m");
                    let apostrophe = if short { "'" } else { "" };
                    let lower = format!("{apostrophe}{}", word.to_lowercase());
                    out.push(Word { bytes, lower });
                }
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn is(list: &[&str], word: &Word) -> bool {
    list.contains(&word.lower.as_str())
}

fn is_adverb(word: &Word) -> bool {
    is(ADVERBS, word)
        || (word.lower.ends_with("ly")
            && !matches!(
                word.lower.as_str(),
                "reply" | "imply" | "rely" | "apply" | "rally" | "ally"
            ))
}

fn is_helper(word: &Word) -> bool {
    is(AUXILIARIES, word)
        || is(NEGATIONS, word)
        || word.lower.ends_with("n't")
        || word.lower.ends_with("n’t")
}

/// The word that carries the act.
fn head(words: &[Word]) -> Option<usize> {
    let mut at = 0;
    let mut fallback = None;
    while let Some(word) = words.get(at) {
        let skipped = is_helper(word) || is_adverb(word) || is(DETERMINERS, word);
        let leads = is(LEADING, word) || LEADING.contains(&lemma(&word.lower).as_str());
        let followed = words[at + 1..]
            .iter()
            .any(|w| !is_helper(w) && !is_adverb(w) && !is(PARTICLES, w));
        if !(skipped || leads && followed) {
            let misled = is(PARTICLES, word) && followed;
            if !misled {
                return Some(at);
            }
        }
        // "reportedly", "is clear", "has": what carries the act when nothing else does
        if fallback.is_none() || is_adverb(word) && word.lower.ends_with("ly") {
            fallback = Some(at);
        }
        at += 1;
    }
    fallback
}

/// The last word of the cue that begins at `head`.
fn last(words: &[Word], head: usize) -> usize {
    let base = lemma(&words[head].lower);
    let mut end = words.len() - 1;
    while end > head
        && (is_adverb(&words[end])
            || is(DAYS, &words[end])
            || is_helper(&words[end]) && words[end].lower != "to")
    {
        end -= 1;
    }
    if LIGHT.contains(&base.as_str()) {
        return end;
    }
    // a preposition that leads to the content stands last in the phrase; "to" mostly leads its infinitive
    let leads =
        |w: &Word| is(PARTICLES, w) && (w.lower != "to" || TAKES_TO.contains(&base.as_str()));
    if end > head && leads(&words[end]) {
        let between = &words[head + 1..end];
        if between
            .iter()
            .all(|w| is(PARTICLES, w) || is_adverb(w) || is_helper(w))
        {
            return end;
        }
    }
    // a particle right behind the verb: "pointed out", but not "said in a statement"
    match words.get(head + 1) {
        Some(w) if is(PARTICLES, w) && w.lower != "to" && !(is(MANNER, w) && head + 1 < end) => {
            head + 1
        }
        _ => head,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_come_down_to_their_act() {
        for (phrase, cue, lemma) in [
            ("has also said in a statement", "said", "say"),
            ("did not say", "say", "say"),
            ("didn’t officially respond to", "respond to", "respond to"),
            ("according to", "according to", "according to"),
            ("called on", "called on", "call on"),
            ("then pointed out", "pointed out", "point out"),
            (
                "have expressed misgivings about",
                "expressed misgivings about",
                "express misgivings about",
            ),
            ("went on to say", "say", "say"),
            ("reportedly", "reportedly", "reportedly"),
            ("said Friday", "said", "say"),
            ("aims to", "aims", "aim"),
            ("growing concerns", "concerns", "concern"),
            ("was quoted as saying", "quoted", "quote"),
            (":", ":", ":"),
            ("said:", "said", "say"),
            ("pointedly refused to endorse", "refused", "refuse"),
            ("warned", "warned", "warn"),
            ("made it clear", "made it clear", "make it clear"),
        ] {
            let got = trim(phrase, 0..phrase.len());
            assert_eq!(
                (&phrase[got.words.clone()], got.lemma.as_str()),
                (cue, lemma),
                "{phrase}"
            );
        }
    }
}
