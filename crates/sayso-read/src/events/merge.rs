//! Several triggers that tell one act become one event.

use std::ops::Range;

use sayso_reading::EventType;

use super::head::Candidate;
use super::roles::Part;
use crate::prose::words;

/// Verbs of harm that tell what an act before them did ("the attack killed three").
const HARM: &[&str] = &[
    "killed", "wounded", "injured", "hurt", "maimed", "kills", "wounds", "injures",
];
/// The same as participles behind a comma ("struck the camp, killing three").
const HARMING: &[&str] = &["killing", "wounding", "injuring", "maiming", "hurting"];
/// Before these a verb of harm is passive and a mention of its own.
const PASSIVE: &[&str] = &[
    "was", "were", "been", "being", "be", "is", "are", "get", "got", "those", "people",
];
/// How far a verb of harm may stand behind what did it, in bytes.
const REACH: usize = 160;

/// The candidates with those put together that tell one act:
///
/// - neighbouring words of one type: "missile attack";
/// - a verb of harm behind the noun or verb of an assault in its sentence: its figures and its
///   victims are the assault's.
pub(super) fn merged(
    text: &str,
    candidates: &[Candidate],
    sentence: impl Fn(usize) -> Range<usize>,
) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if let Some(last) = out.last_mut()
            && neighbours(text, last, candidate)
        {
            let mut whole = candidate.clone();
            whole.trigger.start = last.trigger.start;
            whole.score = whole.score.max(last.score);
            whole.mode = candidate.mode.or(last.mode);
            *last = whole;
            continue;
        }
        let act = out.iter().rposition(|e| e.event);
        if let Some(act) = act
            && harms(text, &out[act], candidate, &sentence)
        {
            let known = |part: Part, range: &Range<usize>, of: &Candidate| {
                let mut same = of.arguments.iter().filter(|a| a.part == part);
                same.any(|a| a.range.start < range.end && range.start < a.range.end)
            };
            for argument in &candidate.arguments {
                let moves = matches!(argument.part, Part::Figure | Part::Recipient);
                if moves && !known(argument.part, &argument.range, &out[act]) {
                    out[act].arguments.push(argument.clone());
                }
            }
            out[act]
                .arguments
                .sort_by_key(|a| (a.range.start, a.range.end));
            continue;
        }
        out.push(candidate.clone());
    }
    out
}

/// Whether two triggers stand side by side and tell one act.
fn neighbours(text: &str, first: &Candidate, second: &Candidate) -> bool {
    let between = text.get(first.trigger.end..second.trigger.start);
    let side_by_side = between.is_some_and(|b| b == " " || b == "-");
    let word = text.get(second.trigger.clone()).unwrap_or_default();
    side_by_side
        && is_noun(text, second)
        && !is_harm(&word.to_lowercase())
        && first.event
        && second.event
        && first.event_type == second.event_type
}

/// Whether `harm` only tells what `act`, a trigger before it in its sentence, did.
fn harms(
    text: &str,
    act: &Candidate,
    harm: &Candidate,
    sentence: &impl Fn(usize) -> Range<usize>,
) -> bool {
    let both = [act, harm]
        .iter()
        .all(|e| e.event && e.event_type == EventType::Assault);
    let near = harm.trigger.start < act.trigger.end + REACH
        && sentence(act.trigger.start).end >= harm.trigger.end;
    if !both || !near || act.trigger.end > harm.trigger.start {
        return false;
    }
    let verb = text
        .get(harm.trigger.clone())
        .unwrap_or_default()
        .to_lowercase();
    let between = text
        .get(act.trigger.end..harm.trigger.start)
        .unwrap_or_default();
    let before = words(text, act.trigger.end..harm.trigger.start);
    let last = before
        .last()
        .and_then(|w| text.get(w.clone()))
        .unwrap_or_default()
        .to_lowercase();
    let own_verb = text
        .get(act.trigger.clone())
        .is_some_and(|t| is_harm(&t.to_lowercase()));
    if HARMING.contains(&verb.as_str()) {
        return between.trim_end().ends_with([',', '—', '–']) || last == "and" || last == "while";
    }
    // "gunmen killed three and wounded five": two, as each has people as its subject
    HARM.contains(&verb.as_str())
        && !own_verb
        && !PASSIVE.contains(&last.as_str())
        && !between.contains([';', '“', '"'])
        && (is_noun(text, act) || matches!(last.as_str(), "and"))
        && !before.iter().any(|w| {
            let word = text.get(w.clone()).unwrap_or_default();
            matches!(word, "who" | "when" | "after" | "where" | "whom")
        })
}

fn is_harm(word: &str) -> bool {
    HARM.contains(&word) || HARMING.contains(&word)
}

/// Nouns that end like verbs.
const NOUNS: &[&str] = &["bombing", "shooting", "shelling", "stabbing", "beating"];

/// A trigger that looks like a noun, by its ending.
fn is_noun(text: &str, act: &Candidate) -> bool {
    let trigger = text
        .get(act.trigger.clone())
        .unwrap_or_default()
        .to_lowercase();
    let verb = trigger.ends_with("ed") || trigger.ends_with("ing");
    !verb || NOUNS.iter().any(|n| trigger.ends_with(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(text: &str, word: &str, event_type: EventType) -> Candidate {
        let start = text.find(word).expect("the word is there");
        Candidate {
            trigger: start..start + word.len(),
            event: true,
            score: 0.8,
            event_type,
            type_share: 0.9,
            mode: None,
            realis: [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            arguments: Vec::new(),
        }
    }

    fn left(text: &str, triggers: &[&str]) -> Vec<String> {
        let all: Vec<Candidate> = triggers
            .iter()
            .map(|w| candidate(text, w, EventType::Assault))
            .collect();
        let merged = merged(text, &all, |_| 0..text.len());
        merged
            .into_iter()
            .map(|c| text[c.trigger].to_owned())
            .collect()
    }

    #[test]
    fn neighbouring_words_tell_one_act() {
        assert_eq!(
            left("A missile attack began.", &["missile", "attack"]),
            ["missile attack"]
        );
    }

    #[test]
    fn what_an_attack_did_is_no_event_of_its_own() {
        assert_eq!(
            left(
                "The attack killed three and wounded five.",
                &["attack", "killed", "wounded"]
            ),
            ["attack"]
        );
        assert_eq!(
            left(
                "Jets struck the camp, killing three.",
                &["struck", "killing"]
            ),
            ["struck"]
        );
    }

    #[test]
    fn a_verb_with_people_or_a_passive_is() {
        assert_eq!(
            left(
                "Gunmen killed three and wounded five.",
                &["killed", "wounded"]
            ),
            ["killed", "wounded"]
        );
        assert_eq!(
            left("In the attack two were killed.", &["attack", "killed"]),
            ["attack", "killed"]
        );
        assert_eq!(
            left(
                "After the attack, police who killed a man fled.",
                &["attack", "killed"]
            ),
            ["attack", "killed"]
        );
    }
}
