//! What the corpus that trained the network marks otherwise than the reading does: sources
//! that are cited, relative pronouns, and verbs that share a subject, inside contents.

use std::ops::Range;

use sayso_reading::{Attribution, BlockKind, Document, Span, Spans};

use super::quote::{Quotation, near};
use super::resolve::{neighbours, span};
use crate::prose::{sentences, trimmed, words};
use crate::trace::{Field, Trace};

/// Words at which a noun phrase does not go on to the left.
const BORDERS: &[&str] = &[
    "of",
    "for",
    "from",
    "in",
    "at",
    "with",
    "to",
    "by",
    "on",
    "and",
    "or",
    "but",
    "that",
    "as",
    "is",
    "was",
    "were",
    "are",
    "be",
    "been",
    "has",
    "had",
    "have",
    "said",
    "told",
    "asked",
    "met",
    "not",
    "than",
    "about",
    "against",
    "among",
    "between",
    "into",
    "over",
    "after",
    "before",
    "when",
    "while",
    "because",
    "if",
    "thanked",
    "called",
    "including",
    "saw",
    "heard",
];
const DETERMINERS: &[&str] = &[
    "a", "an", "the", "this", "these", "those", "some", "several", "many", "two", "three", "four",
    "five", "one", "another", "his", "her", "its", "their", "other", "most", "no", "every",
];

/// Applies the rules, each to what it is about.
pub(crate) fn mend(
    document: &Document,
    quotations: &[Quotation],
    attributions: &mut [Attribution],
    trace: &mut Trace,
) {
    let text = document.text();
    for index in 0..attributions.len() {
        cited(document, attributions, index, trace);
        if is_headline_passive(document, &attributions[index]) {
            drop_subject(&mut attributions[index], trace);
        }
        if attributions[index].within.is_some() {
            whole_quotation(quotations, attributions, index, trace);
            if is_passive(text, &attributions[index]) {
                drop_subject(&mut attributions[index], trace);
            }
            antecedent(text, &mut attributions[index], trace);
            shared_subject(text, attributions, index, trace);
        }
    }
}

/// Rule `source.cited`: in "Y said …, citing X" the network takes X for the content. X is the
/// source, of what Y said.
fn cited(document: &Document, attributions: &mut [Attribution], index: usize, trace: &mut Trace) {
    let text = document.text();
    let Some(phrase) = cited_phrase(text, &attributions[index]) else {
        return;
    };
    let Some(host) = host(document, attributions, index) else {
        return;
    };
    let (id, content, quote) = {
        let h = &attributions[host];
        (h.id, h.content.clone(), h.quote)
    };
    let own = &mut attributions[index];
    own.source.spans = Spans::from(phrase);
    own.content = content;
    own.quote = quote;
    own.within = Some(id);
    trace.step(own.id, Field::Source, "source.cited", [phrase], || {
        format!("cited for what {id} says, so it is the source of that content")
    });
}

/// The phrase that a cue of citing takes for its content, if it can be a source.
fn cited_phrase(text: &str, attribution: &Attribution) -> Option<Span> {
    let cue = attribution.cue.as_ref()?;
    let citing = cue.spans.hull().and_then(|s| s.slice(text))?.to_lowercase();
    if citing != "citing" {
        return None;
    }
    let first = attribution.content.spans.pieces().first()?;
    if first.start() < cue.phrase.end() {
        return None;
    }
    let range = up_to_clause(text, first.range());
    let few = words(text, range.clone()).len() <= 14;
    (few && can_speak(text, &range))
        .then(|| span(range))
        .flatten()
}

/// Before a comma or "that": "citing a statement by the general staff, that no aircraft …".
fn up_to_clause(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = text.get(range.clone()).unwrap_or_default();
    let cut = [", that ", " that ", ", which ", ", who "]
        .iter()
        .filter_map(|mark| slice.find(mark))
        .min();
    trimmed(
        text,
        range.start..range.start + cut.unwrap_or(slice.len()),
        &[',', '.', ';'],
    )
}

/// Whether the head of a phrase is a name or a noun that can name a source.
fn can_speak(text: &str, range: &Range<usize>) -> bool {
    let all = words(text, range.clone());
    let behind = |w: &Range<usize>| {
        text.get(w.clone()).is_some_and(|w| {
            BORDERS.contains(&w) || matches!(w, "familiar" | "briefed" | "close" | "who")
        })
    };
    let core = all
        .iter()
        .skip(1)
        .position(behind)
        .map_or(all.len(), |i| i + 1);
    all[..core].last().is_some_and(|w| {
        let word = text.get(w.clone()).unwrap_or_default();
        crate::sources::is_head(word) || word.chars().next().is_some_and(char::is_uppercase)
    })
}

/// The outermost attribution of the same sentence whose content the cited source stands behind.
fn host(document: &Document, attributions: &[Attribution], index: usize) -> Option<usize> {
    let own = &attributions[index];
    let at = own.cue.as_ref()?.phrase.start();
    let block = document.blocks_in(&(at..at + 1)).first()?;
    let sentence = sentences(document.text(), block.span.range())
        .into_iter()
        .find(|s| s.start <= at && at < s.end)?;
    neighbours(attributions.len(), index)
        .filter(|&i| i != index && attributions[i].within == own.within)
        .filter(|&i| {
            let other = &attributions[i];
            other
                .cue
                .as_ref()
                .is_some_and(|c| sentence.contains(&c.phrase.start()))
                && !other.content.spans.covers(&own.content.spans)
                && other.content.spans.shared(&own.content.spans) == 0
        })
        .min_by_key(|&i| {
            attributions[i]
                .cue
                .as_ref()
                .map_or(usize::MAX, |c| c.phrase.start().abs_diff(at))
        })
}

/// Rule `quote.whole`: a quotation inside a content that the network cut at a sentence's end goes
/// on to its closing mark, as far as the content around it does and no other cue stands there.
fn whole_quotation(
    quotations: &[Quotation],
    attributions: &mut [Attribution],
    index: usize,
    trace: &mut Trace,
) {
    let own = &attributions[index];
    let Some(last) = own.content.spans.pieces().last().copied() else {
        return;
    };
    let open = near(quotations, &last.range()).iter().find(|q| {
        q.outer.start >= last.start() && q.inner.start < last.end() && last.end() < q.inner.end
    });
    let Some(end) = open.map(|q| q.outer.end) else {
        return;
    };
    let cue_between = attributions[neighbours(attributions.len(), index)]
        .iter()
        .filter_map(|a| a.cue.as_ref())
        .any(|c| last.end() <= c.phrase.start() && c.phrase.start() < end);
    let around = own.within.map(|w| w.number() as usize - 1);
    let inside = around.and_then(|o| attributions.get(o)).is_some_and(|o| {
        o.content
            .spans
            .iter()
            .any(|s| s.start() <= last.start() && end <= s.end() + 1)
    });
    if cue_between || !inside {
        return;
    }
    if let Some(whole) = span(last.start()..end) {
        let own = &mut attributions[index];
        let mut pieces: Vec<Span> = own.content.spans.pieces().to_vec();
        pieces.pop();
        pieces.push(whole);
        own.content.spans = Spans::from_pieces(pieces);
        trace.step(own.id, Field::Content, "quote.whole", [whole], || {
            "the quotation goes on to its closing mark".to_owned()
        });
    }
}

/// Whether an attribution is a passive with an infinitive: "a charge was shown to be able to …".
fn is_passive(text: &str, attribution: &Attribution) -> bool {
    let Some(cue) = &attribution.cue else {
        return false;
    };
    let phrase = cue.phrase.slice(text).unwrap_or_default().to_lowercase();
    let mut words = phrase.split_whitespace();
    let passive = words.next().is_some_and(|w| {
        matches!(w, "is" | "are" | "was" | "were")
            || matches!(w, "has" | "have" | "had") && phrase.contains(" been ")
    }) && phrase.split_whitespace().last().is_some_and(|w| {
        matches!(w, "shown" | "found" | "seen" | "known") || super::proposed::PASSIVES.contains(&w)
    });
    passive && has_infinitive(text, attribution)
}

/// The same in a headline, which leaves the auxiliary out: "Militias said to evacuate".
fn is_headline_passive(document: &Document, attribution: &Attribution) -> bool {
    let text = document.text();
    let Some(cue) = &attribution.cue else {
        return false;
    };
    let blocks = document.blocks();
    let is_in_headline = blocks
        .iter()
        .any(|b| b.kind == BlockKind::Headline && b.span.contains(&cue.phrase));
    let phrase = cue.phrase.slice(text).unwrap_or_default();
    let behind = text.get(cue.phrase.end()..).unwrap_or_default();
    is_in_headline
        && super::proposed::PASSIVES.contains(&phrase)
        && behind.starts_with(" to ")
        && has_infinitive(text, attribution)
}

fn has_infinitive(text: &str, attribution: &Attribution) -> bool {
    let content = attribution.content.spans.hull();
    content
        .and_then(|s| s.slice(text))
        .is_some_and(|w| w.starts_with("to "))
}

/// Rule `source.passive_subject`: the subject of a passive belongs to what is said, not to who says
/// it.
fn drop_subject(attribution: &mut Attribution, trace: &mut Trace) {
    let (Some(cue), Some(subject)) = (&attribution.cue, attribution.source.spans.hull()) else {
        return;
    };
    if subject.end() > cue.phrase.start() {
        return;
    }
    let pieces = std::iter::once(subject).chain(attribution.content.spans.iter().copied());
    attribution.content.spans = Spans::from_pieces(pieces);
    attribution.source.spans = Spans::none();
    trace.step(
        attribution.id,
        Field::Source,
        "source.passive_subject",
        [subject],
        || "the subject of a passive is not who says it".to_owned(),
    );
}

/// Rule `source.antecedent`: for a relative pronoun the phrase that it stands for.
fn antecedent(text: &str, attribution: &mut Attribution, trace: &mut Trace) {
    let Some(pronoun) = attribution.source.spans.hull() else {
        return;
    };
    if !pronoun
        .slice(text)
        .is_some_and(|w| matches!(w, "who" | "which" | "that"))
    {
        return;
    }
    if let Some(range) = noun_phrase_before(text, pronoun.start()).and_then(span) {
        attribution.source.spans = Spans::from(range);
        trace.step(
            attribution.id,
            Field::Source,
            "source.antecedent",
            [range],
            || "what the relative pronoun stands for".to_owned(),
        );
    }
}

/// The noun phrase that ends right before a place.
fn noun_phrase_before(text: &str, at: usize) -> Option<Range<usize>> {
    let from = text
        .get(..at)?
        .rfind(['.', '\n', '“', '”', '"', ';', ':'])
        .map_or(0, |i| i + 1);
    let from = (from..at).find(|&i| text.is_char_boundary(i))?;
    let before = trimmed(text, from..at, &[',']);
    let all = words(text, before.clone());
    let word = |i: usize| text.get(all[i].clone()).unwrap_or_default();
    let last = all.len().checked_sub(1)?;
    let mut first = last;
    for i in (all.len().saturating_sub(8)..last).rev() {
        let lower = word(i).to_lowercase();
        let gap = text.get(all[i].end..all[i + 1].start).unwrap_or(",");
        if BORDERS.contains(&lower.as_str()) || gap.contains(',') {
            break;
        }
        first = i;
        if DETERMINERS.contains(&lower.as_str()) {
            break;
        }
    }
    Some(all[first].start..all[last].end)
}

/// Rule `source.shared_subject`: "said they were well and demanded a road": the second verb
/// has the subject of the first.
fn shared_subject(text: &str, attributions: &mut [Attribution], index: usize, trace: &mut Trace) {
    let own = &attributions[index];
    let Some(cue) = own.cue.as_ref().filter(|_| own.source.spans.is_empty()) else {
        return;
    };
    let start = cue.phrase.start();
    let joined = text.get(..start).is_some_and(|before| {
        let before = before.trim_end();
        before.ends_with(" and") || before.ends_with(" but") || before.ends_with(" or")
    });
    if !joined {
        return;
    }
    let sibling = attributions[neighbours(attributions.len(), index)]
        .iter()
        .filter(|a| a.within == own.within && !a.source.spans.is_empty())
        .filter_map(|a| Some((a.cue.as_ref()?.phrase.end(), a)))
        .filter(|(end, _)| *end <= start && start - end < 200)
        .max_by_key(|(end, _)| *end)
        .map(|(_, a)| a.source.spans.clone());
    if let Some(spans) = sibling {
        let own = &mut attributions[index];
        trace.step(
            own.id,
            Field::Source,
            "source.shared_subject",
            spans.iter().copied(),
            || "the subject of the verb before it".to_owned(),
        );
        own.source.spans = spans;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phrase_before_a_relative_pronoun_is_found() {
        for (text, expected) in [
            ("It relied on people who", "people"),
            ("He thanked the valley’s elders, who", "the valley’s elders"),
            ("She met with Ann Lee, who", "Ann Lee"),
            (
                "Messages from two senior officers who",
                "two senior officers",
            ),
        ] {
            let at = text.rfind("who").expect("there");
            assert_eq!(
                noun_phrase_before(text, at).map(|r| &text[r]),
                Some(expected)
            );
        }
    }

    #[test]
    fn what_is_cited_has_to_be_able_to_speak() {
        let can = |words: &str| can_speak(words, &(0..words.len()));
        assert!(can("people briefed on them"));
        assert!(can("a statement by the general staff"));
        assert!(can("Mehr News Agency"));
        assert!(!can("low economic growth"));
    }
}
