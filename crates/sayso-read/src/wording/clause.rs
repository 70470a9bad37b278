//! The main clause of a content: where words of certainty count.

use super::words::{Gap, Words};

/// A content's main clause.
#[derive(Debug, Default)]
pub(super) struct Clause {
    /// Its words, without those of clauses that depend on it.
    pub main: Vec<usize>,
    /// Whether it has a finite verb, as far as its forms tell.
    pub verb: bool,
    /// An "if" with which the content begins.
    pub condition_first: Option<usize>,
    /// An "if" behind the main verb.
    pub condition_last: Option<usize>,
}

const RELATIVE: &[&str] = &[
    "who", "whom", "whose", "which", "where", "whether", "what", "why", "how",
];
const ADVERBIAL: &[&str] = &[
    "because", "although", "though", "while", "whereas", "unless", "when", "whenever", "once",
    "lest",
];
/// Of a clause or of a noun: "after the attack", "after they attacked".
const EITHER: &[&str] = &["after", "before", "since", "until", "till", "as", "than"];
const PREPOSITIONS: &[&str] = &[
    "of", "in", "on", "at", "by", "for", "from", "to", "with", "about", "after", "before", "during",
];
/// Verb forms that only a finite clause has.
pub(super) const FINITE: &[&str] = &[
    "is", "are", "was", "were", "am", "has", "have", "had", "will", "would", "can", "could", "may",
    "might", "should", "must", "shall", "did", "does", "do", "cannot", "won't", "wouldn't",
    "isn't", "aren't", "wasn't", "weren't", "hasn't", "haven't", "hadn't", "can't", "couldn't",
    "didn't", "doesn't", "don't", "it's", "he's", "she's", "that's", "there's", "we're", "they're",
    "i'm", "we've", "they've", "i've", "we'll", "they'll", "i'll", "it'll", "you're",
];
const PAST: &[&str] = &[
    "said", "told", "went", "came", "took", "made", "left", "fell", "rose", "hit", "struck",
    "shot", "began", "sent", "found", "lost", "won", "held", "met", "fled", "saw", "knew",
    "thought", "got", "gave", "became", "broke", "fought", "paid", "ran", "stood", "brought",
    "grew",
];
/// How near a helping verb belongs to the relative clause itself: "troops that Iran may send".
const NEAR: usize = 3;
/// A first sentence this short is not the one that matters: "Yes."
const SHORT: usize = 3;

/// Where the scan stands.
enum Mode {
    Main,
    /// In a dependent clause: how many words, whether one of them is a helping verb, and
    /// whether the content began with it.
    Sub {
        words: usize,
        helped: bool,
        /// A comma right behind its first word opened something put in between.
        held: bool,
        first: bool,
    },
}

/// The main clause of the first sentence among these words.
pub(super) fn main_clause(words: &Words, content: &[usize]) -> Clause {
    let mut out = Clause::default();
    let mut mode = Mode::Main;
    let mut verb = false;
    for (position, &at) in content.iter().enumerate() {
        let word = words.lower(at);
        let gap = if position == 0 {
            Gap::Close
        } else {
            words.gap(at)
        };
        if gap == Gap::Sentence {
            if out.main.len() > SHORT || matches!(mode, Mode::Sub { .. }) {
                break;
            }
            out.main.clear();
            verb = false;
        }
        if gap >= Gap::Comma {
            mode = match mode {
                // "secrets that, if known, could harm": the clause has hardly begun
                Mode::Sub {
                    words: 0,
                    held: false,
                    first,
                    ..
                } if gap == Gap::Comma => Mode::Sub {
                    words: 0,
                    helped: false,
                    held: true,
                    first,
                },
                Mode::Sub {
                    held: true,
                    first,
                    helped,
                    words,
                } => Mode::Sub {
                    words,
                    helped,
                    held: false,
                    first,
                },
                _ => Mode::Main,
            };
        }
        if let Mode::Sub {
            words: count,
            helped,
            first,
            ..
        } = &mut mode
        {
            *count += 1;
            let helps = FINITE.contains(&word);
            let before = words.back(at, 1);
            let joined = FINITE.contains(&before)
                || matches!(before, "not" | "also")
                || before.ends_with("ly");
            // the dependent clause stands inside the subject and the main verb comes now
            let resumes = helps && (*count > NEAR || *helped && !joined);
            *helped |= helps;
            if !resumes || verb || *first {
                continue;
            }
            mode = Mode::Main;
        }
        if opens(words, at, out.main.is_empty(), verb) {
            if word == "if" && !matches!(words.back(at, 1), "even" | "as" | "only" | "what") {
                let place = if out.main.is_empty() {
                    &mut out.condition_first
                } else {
                    &mut out.condition_last
                };
                place.get_or_insert(at);
            }
            mode = Mode::Sub {
                words: 0,
                helped: false,
                held: false,
                first: out.main.is_empty(),
            };
            continue;
        }
        if word == "that" && out.main.is_empty() {
            continue;
        }
        verb |= FINITE.contains(&word)
            || PAST.contains(&word)
            || !out.main.is_empty() && word.len() > 4 && word.ends_with("ed");
        out.main.push(at);
    }
    out.verb = verb;
    out
}

/// Whether a dependent clause begins at a word.
fn opens(words: &Words, at: usize, first: bool, verb: bool) -> bool {
    let word = words.lower(at);
    let before = words.back(at, 1);
    match word {
        "that" => {
            !first && !matches!(before, "and" | "but" | "or") && !PREPOSITIONS.contains(&before)
        }
        "if" => true,
        _ if RELATIVE.contains(&word) => !first,
        _ if ADVERBIAL.contains(&word) => true,
        _ if EITHER.contains(&word) => first || verb,
        _ => false,
    }
}

/// Whether some words hold a finite verb that a closed list knows.
pub(super) fn is_finite(words: &Words, places: &[usize]) -> bool {
    places.iter().any(|&at| FINITE.contains(&words.lower(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependent_clauses_are_left_out() {
        for (content, main) in [
            ("that it may rain", "it may rain"),
            (
                "that the troops who may attack have left",
                "the troops have left",
            ),
            (
                "the man who attacked the bank may have fled",
                "the man may have fled",
            ),
            ("If it rains, the game could end", "the game could end"),
            (
                "they are secrets that, if known, could harm us",
                "they are secrets",
            ),
            ("they left because it could rain", "they left"),
            (
                "it will end, which could help, and that all may go",
                "it will end and that all may go",
            ),
            ("Yes. It may rain tomorrow", "it may rain tomorrow"),
            (
                "They have left the town. They may return",
                "they have left the town",
            ),
        ] {
            let words = Words::new(content);
            let all: Vec<usize> = (0..words.len()).collect();
            let got: Vec<&str> = main_clause(&words, &all)
                .main
                .iter()
                .map(|&at| words.lower(at))
                .collect();
            assert_eq!(got.join(" "), main, "{content}");
        }
    }
}
