//! Whether the words around a time tell of what was or of what will be.

use std::ops::Range;

use crate::numbers::Tokens;

/// Which way from the day of writing a clause looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// No verb tells.
    Unsaid,
    /// Past, said outright: "ended May 31", "last May".
    Ended,
    /// Future, said outright: "next May".
    Coming,
}

impl Tense {
    /// Past, future or unsaid, however surely.
    pub(super) const fn way(self) -> Self {
        match self {
            Self::Ended => Self::Past,
            Self::Coming => Self::Future,
            told => told,
        }
    }

    /// What nobody puts into the future is past.
    pub(super) const fn or_past(self) -> Self {
        match self {
            Self::Unsaid => Self::Past,
            told => told,
        }
    }
}

/// How many tokens away a verb may stand.
const REACH: usize = 18;

/// The tense of the clause around an expression: the nearest verb before it in its sentence that
/// tells one, else the nearest behind it; the other way round where the expression opens its clause.
pub(super) fn around(tokens: &Tokens, expression: Range<usize>) -> Tense {
    let before = before(tokens, expression.start);
    match tokens.back(expression.start, 1) {
        "ended" | "since" => return Tense::Ended,
        // "payable Dec. 1", "until Friday"; "had come by Friday" looks back
        "payable" | "effective" | "due" => return Tense::Future,
        "until" | "till" | "by" | "through" => {
            let pluperfect = (1..REACH).any(|n| tokens.back(expression.start, n) == "had");
            return if pluperfect {
                Tense::Past
            } else {
                Tense::Future
            };
        }
        _ => {}
    }
    let looks_behind = before == Tense::Unsaid || opens_clause(tokens, expression.start);
    match looks_behind.then(|| behind(tokens, expression.end)) {
        None | Some(Tense::Unsaid) => before,
        Some(told) => told,
    }
}

/// Whether a sentence or clause begins here, a preposition aside.
fn opens_clause(tokens: &Tokens, at: usize) -> bool {
    let at = match tokens.back(at, 1) {
        "on" | "in" | "by" | "at" | "since" | "until" | "from" | "early" | "late" => at - 1,
        _ => at,
    };
    at == 0
        || matches!(
            tokens.back(at, 1),
            "." | "!"
                | "?"
                | ";"
                | ":"
                | "“"
                | "\""
                | "``"
                | "("
                | "that"
                | "and"
                | "but"
                | "--"
                | "—"
                | "–"
                | "_"
        )
}

fn before(tokens: &Tokens, start: usize) -> Tense {
    let reach = start.saturating_sub(REACH)..start;
    for at in reach.rev() {
        if ends_sentence(tokens, at) {
            break;
        }
        if let Some(told) = told_by(tokens, at) {
            return told;
        }
    }
    Tense::Unsaid
}

fn behind(tokens: &Tokens, end: usize) -> Tense {
    for at in end..(end + REACH).min(tokens.len()) {
        if ends_sentence(tokens, at) {
            break;
        }
        if let Some(told) = told_by(tokens, at) {
            return told;
        }
    }
    Tense::Unsaid
}

/// Whether a stop here is followed by a word with a capital letter and comes after no abbreviation.
fn ends_sentence(tokens: &Tokens, at: usize) -> bool {
    match tokens.lower(at) {
        "!" | "?" => true,
        "." => {
            let next = tokens.get(at + 1);
            next.is_none_or(|t| t.spaced && t.capital) && tokens.back(at, 1).len() > 3
        }
        _ => false,
    }
}

/// What a word tells of the tense.
fn told_by(tokens: &Tokens, at: usize) -> Option<Tense> {
    let word = tokens.lower(at);
    match word {
        "will" | "'ll" | "shall" | "would" | "wo" | "going" | "expects" | "expected"
        | "scheduled" | "plans" | "planned" | "planning" | "due" | "slated" | "upcoming"
        | "intends" | "hopes" | "could" | "may" | "might" | "should" | "must" | "can" | "let"
        | "please" | "tomorrow" => {
            // "The May vote" is no verb
            (word != "may" || !tokens.get(at).is_some_and(|t| t.capital)).then_some(Tense::Future)
        }
        "to" => goes_on_as_verb(tokens, at + 1).then_some(Tense::Future),
        "set" => matches!(tokens.lower(at + 1), "for" | "to").then_some(Tense::Future),
        "was" | "were" | "had" | "did" | "has" | "been" | "'ve" => Some(Tense::Past),
        // "will have a meeting" looks ahead, "we have a meeting" nowhere
        "have" => {
            let led = matches!(tokens.back(at, 1), "will" | "would" | "to" | "'ll");
            let next = tokens.lower(at + 1);
            let perfect = is_past(next) || next == "been" || next.ends_with("en");
            match (led, perfect) {
                (true, false) => Some(Tense::Future),
                (_, true) => Some(Tense::Past),
                _ => None,
            }
        }
        _ if is_past(word) && !tokens.get(at).is_some_and(|t| t.capital && at > 0) => {
            Some(Tense::Past)
        }
        _ => None,
    }
}

/// Whether what follows "to" looks like a verb: not a number, an article, a name.
fn goes_on_as_verb(tokens: &Tokens, at: usize) -> bool {
    tokens.get(at).is_some_and(|t| !t.capital)
        && matches!(
            tokens.lower(at),
            "be" | "begin"
                | "start"
                | "meet"
                | "go"
                | "hold"
                | "take"
                | "vote"
                | "leave"
                | "return"
                | "visit"
                | "travel"
                | "open"
                | "close"
                | "expire"
                | "resume"
                | "arrive"
                | "run"
                | "end"
                | "decide"
                | "make"
                | "give"
                | "have"
                | "discuss"
                | "attend"
                | "come"
                | "report"
                | "announce"
                | "release"
                | "appear"
                | "speak"
                | "sign"
                | "play"
                | "launch"
                | "face"
                | "continue"
                | "complete"
                | "finish"
                | "happen"
        )
}

/// Whether a word is the past of a verb by its form.
fn is_past(word: &str) -> bool {
    let regular = word.len() > 4
        && word.ends_with("ed")
        && !word.ends_with("eed")
        && !matches!(word, "united" | "hundred" | "indeed" | "sacred" | "kindred");
    regular
        || matches!(
            word,
            "said"
                | "told"
                | "went"
                | "came"
                | "made"
                | "took"
                | "found"
                | "left"
                | "met"
                | "began"
                | "fell"
                | "rose"
                | "won"
                | "lost"
                | "held"
                | "gave"
                | "got"
                | "saw"
                | "shot"
                | "wrote"
                | "spoke"
                | "brought"
                | "sent"
                | "built"
                | "broke"
                | "led"
                | "became"
                | "grew"
                | "knew"
                | "ran"
                | "flew"
                | "struck"
                | "died"
                | "bought"
                | "sold"
                | "paid"
                | "hit"
                | "kept"
                | "stood"
                | "drove"
                | "threw"
                | "heard"
                | "thought"
                | "caught"
                | "taught"
                | "sank"
                | "fled"
                | "stole"
                | "chose"
                | "blew"
        )
}
