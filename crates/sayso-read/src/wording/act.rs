//! What the source does by saying it.

use sayso_reading::Act;

use super::clause::{FINITE, is_finite};
use super::deed::{blame, responsibility};
use super::lexicon::Part;
use super::words::Gap;
use super::{Here, Ruling, negation};

const QUESTIONS: &[&str] = &[
    "whether", "if", "what", "why", "how", "who", "whom", "whose", "when", "where", "which",
    "about",
];
/// Verbs that are a refusal where they are denied: "did not respond".
const ANSWERING: &[&str] = &["respond", "reply", "answer", "comment", "elaborate"];
/// Verbs that are a refusal behind "would not".
const TELLING: &[&str] = &[
    "say",
    "comment",
    "confirm",
    "disclose",
    "discuss",
    "reveal",
    "name",
    "specify",
    "identify",
    "elaborate",
    "provide",
    "give",
    "speculate",
    "detail",
    "tell",
    "respond",
    "answer",
    "reply",
];
const REFUSING: &[&str] = &[
    "declined",
    "declining",
    "decline",
    "declines",
    "refused",
    "refusing",
    "refuse",
    "refuses",
    "unwilling",
];
/// Verbs that put once more, or point at, what a noun of their content names.
const REPEATING: &[&str] = &[
    "repeat",
    "echo",
    "reiterate",
    "renew",
    "restate",
    "cite",
    "amplify",
    "relay",
    "convey",
    "spread",
    "issue",
    "make",
    "recite",
    "quote",
];
/// Documents and other things that show rather than say.
const EVIDENCE: &[&str] = &[
    "report",
    "reports",
    "document",
    "documents",
    "data",
    "evidence",
    "study",
    "studies",
    "image",
    "images",
    "footage",
    "video",
    "videos",
    "photo",
    "photos",
    "photographs",
    "poll",
    "polls",
    "survey",
    "surveys",
    "records",
    "findings",
    "research",
    "analysis",
    "results",
    "statistics",
    "imagery",
    "emails",
    "investigation",
    "audit",
    "filings",
];
/// Whom an infinitive may be addressed to.
const ADDRESSED: &[&str] = &[
    "them",
    "him",
    "her",
    "us",
    "me",
    "you",
    "everyone",
    "people",
    "residents",
    "civilians",
];

/// Words whose own infinitive follows: "the right to".
const LEADS_TO: &[&str] = &[
    "way",
    "ways",
    "plan",
    "plans",
    "decision",
    "right",
    "able",
    "ability",
    "want",
    "wants",
    "need",
    "needs",
    "have",
    "going",
    "try",
    "trying",
    "ready",
    "used",
    "according",
    "due",
    "attempt",
    "effort",
    "efforts",
    "chance",
    "promise",
    "threat",
    "wanted",
    "needed",
    "tried",
];

/// What the source does.
pub(super) fn decide(here: &Here<'_>) -> Ruling<Act> {
    if here.cue.is_empty() {
        let why = "words without a verb put what is said";
        let continued = here.attribution.cue.is_none();
        let rule = if continued { "act.running" } else { "act.mark" };
        return ruling(here, Act::Say, rule, why);
    }
    let listed = here.found.as_ref().map(|f| f.entry.act);
    decline(here)
        .or_else(|| responsibility(here, listed))
        .or_else(|| infinitive(here, listed))
        .or_else(|| object(here, listed))
        .or_else(|| blame(here))
        .or_else(|| evidence(here, listed))
        .or_else(|| assurance(here))
        .unwrap_or_else(|| match listed {
            Some(act) => ruling(here, act, "act.lexicon", "the cue's word means it"),
            None => ruling(
                here,
                Act::Say,
                "act.unlisted",
                "the lexicon does not know the cue",
            ),
        })
}

pub(super) fn ruling(
    here: &Here<'_>,
    value: Act,
    rule: &'static str,
    why: &'static str,
) -> Ruling<Act> {
    Ruling {
        value,
        rule,
        spans: here.cue_spans(),
        why,
    }
}

pub(super) fn with_words(
    mut ruling: Ruling<Act>,
    here: &Here<'_>,
    places: &[usize],
) -> Ruling<Act> {
    ruling.spans.extend(here.spans(places.iter().copied()));
    ruling
}

/// Rule `act.decline`: refusing to say, and not answering.
fn decline(here: &Here<'_>) -> Option<Ruling<Act>> {
    let base = here.base();
    let refused = here
        .before()
        .next_back()
        .is_some_and(|(at, word)| word == "to" && REFUSING.contains(&here.words.back(at, 1)));
    let denied = negation::in_group(here).is_some();
    let would = here
        .before()
        .any(|(_, w)| matches!(w, "would" | "will" | "wouldn't" | "won't"));
    let detail = matches!(base.as_str(), "give" | "provide" | "offer" | "release")
        && (here.cue.start + 1..here.cue.start + 5).any(|at| {
            matches!(
                here.words.lower(at),
                "detail" | "details" | "comment" | "explanation" | "information"
            )
        });
    let is = refused
        || denied && (ANSWERING.contains(&base.as_str()) || detail)
        || denied && would && TELLING.contains(&base.as_str());
    let why = "the source refuses, or does not answer";
    is.then(|| ruling(here, Act::Decline, "act.decline", why))
}

/// Rule `act.infinitive`: "asked them to leave", "told not to speak": urging; "asked whether": asking.
fn infinitive(here: &Here<'_>, listed: Option<Act>) -> Option<Ruling<Act>> {
    let base = here.base();
    let asks = listed == Some(Act::Ask);
    let tells = matches!(
        base.as_str(),
        "tell" | "message" | "remind" | "deliver" | "send" | "signal" | "write"
    );
    if !(asks && base == "ask" || tells && listed.is_none_or(|act| act == Act::Say)) {
        return None;
    }
    let last = here.content.last().and_then(|&at| here.words.get(at));
    let asked = last.is_some_and(|w| {
        here.text
            .get(w.span.end()..)
            .is_some_and(|rest| rest.starts_with('?'))
    });
    if asked {
        return None;
    }
    let reach = if asks { 8 } else { 4 };
    let to = (0..reach)
        .take_while(|&p| {
            let word = here.content_word(p);
            !QUESTIONS.contains(&word) && word != "that" && !FINITE.contains(&word)
        })
        .find(|&p| here.content_word(p) == "to");
    let first = here.content_word(0);
    let at_once = to.is_some_and(|p| p == 0 || p == 1 && matches!(first, "not" | "never"));
    let spoken = here.content.first().is_some_and(|&at| here.is_quoted(at));
    let addressed = to.is_some_and(|p| p > 0 && !LEADS_TO.contains(&here.content_word(p - 1)))
        && (asks || ADDRESSED.contains(&first) || !spoken && !is_finite(here.words, &here.content));
    let demanded = asks && first == "that";
    let why = "an infinitive says what somebody is to do";
    (at_once || addressed || demanded).then(|| ruling(here, Act::Urge, "act.infinitive", why))
}

/// Rule `act.object`: "echoed the claim", "repeated its warning": the noun names the act.
fn object(here: &Here<'_>, listed: Option<Act>) -> Option<Ruling<Act>> {
    let says = listed.is_none_or(|act| act == Act::Say);
    let base = here.base();
    if !says || !REPEATING.contains(&base.as_str()) {
        return None;
    }
    // what is cited is the noun only where there is nothing else
    if base == "cite" && here.content.len() > 4 {
        return None;
    }
    let plain = |word: &str| {
        !matches!(
            word,
            "of" | "that" | "to" | "about" | "by" | "from" | "for" | "in"
        )
    };
    let (at, act) = here
        .content
        .iter()
        .take(6)
        .take_while(|&&at| plain(here.words.lower(at)))
        .find_map(|&at| Some((at, here.noun(at)?)))?;
    let names = matches!(
        act,
        Act::Claim | Act::Accuse | Act::Warn | Act::Threaten | Act::Urge | Act::Deny
    );
    let why = "what is put once more is named by this noun";
    names.then(|| with_words(ruling(here, act, "act.object", why), here, &[at]))
}

/// Rule `act.evidence`: what a document or a picture suggests or reveals, it reports.
fn evidence(here: &Here<'_>, listed: Option<Act>) -> Option<Ruling<Act>> {
    let base = here.base();
    let shows = matches!(
        base.as_str(),
        "suggest" | "reveal" | "disclose" | "imply" | "signal" | "point"
    );
    let why = "a document or a picture shows it";
    (shows && listed == Some(Act::Say) && here.source_has(EVIDENCE))
        .then(|| ruling(here, Act::Report, "act.evidence", why))
}

/// Rule `act.assurance`: "assured them that it would": a promise.
fn assurance(here: &Here<'_>) -> Option<Ruling<Act>> {
    let assures = matches!(here.base().as_str(), "assure" | "reassure");
    let future = here.own.iter().take(8).copied().find(|&at| {
        matches!(
            here.words.lower(at),
            "will" | "would" | "won't" | "wouldn't"
        )
    });
    let at = future.filter(|_| assures)?;
    let why = "what is assured is yet to come";
    Some(with_words(
        ruling(here, Act::Promise, "act.assurance", why),
        here,
        &[at],
    ))
}

impl Here<'_> {
    /// The act of a noun at a place of the text.
    fn noun(&self, at: usize) -> Option<Act> {
        let matches = self.lexicon.at(self.words, at);
        matches
            .iter()
            .find(|m| m.entry.part == Part::Noun)
            .map(|m| m.entry.act)
    }

    /// Whether the cue is a noun.
    pub(super) fn nominal(&self) -> bool {
        self.found
            .as_ref()
            .is_some_and(|f| f.entry.part == Part::Noun)
    }

    /// Whether a quotation mark opens right before a word.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        let before = self
            .words
            .get(at)
            .and_then(|w| self.text.get(..w.span.start()));
        before.is_some_and(|t| t.ends_with(['“', '"', '‘', '\'']))
    }

    /// The word right behind the cue, where no stop stands between.
    pub(super) fn behind(&self) -> &str {
        if self.words.gap(self.cue.end) < Gap::Comma {
            self.words.lower(self.cue.end)
        } else {
            ""
        }
    }
}
