//! Who takes part: the words, and the entity that they name.

use std::ops::Range;

use sayso_reading::{Entity, EntityId, EventId, MentionForm, Participant, Span, Spans};

use super::head::Candidate;
use super::roles::{Argument, Part};
use crate::attributions::span;
use crate::prose::{trimmed, words};
use crate::trace::{Field, Trace};

/// Below this an argument is not believed.
const LEAST: f32 = 0.4;
/// Marks that no phrase begins or ends with.
const MARKS: &[char] = &[
    ',', ';', ':', '.', '(', ')', '"', '“', '”', '—', '–', '-', '!', '?',
];
/// Words before a participant that do not belong to it.
const LEADING: &[&str] = &[
    "by", "of", "against", "to", "for", "on", "at", "with", "and", "from", "into",
];

/// The entities of a document by where they are mentioned.
pub(super) struct People<'a> {
    text: &'a str,
    mentions: Vec<(Span, MentionForm, EntityId)>,
}

impl<'a> People<'a> {
    pub(super) fn new(text: &'a str, entities: &[Entity]) -> Self {
        let mut mentions: Vec<_> = entities
            .iter()
            .flat_map(|e| e.mentions.iter().map(|m| (m.span, m.form, e.id)))
            .collect();
        mentions.sort_by_key(|(span, ..)| (span.start(), span.end()));
        Self { text, mentions }
    }

    /// The participants of one sort.
    pub(super) fn of(
        &self,
        candidate: &Candidate,
        part: Part,
        id: EventId,
        trace: &mut Trace,
    ) -> Vec<Participant> {
        let field = if part == Part::Actor {
            Field::Actor
        } else {
            Field::Recipient
        };
        let mut out: Vec<Participant> = Vec::new();
        for range in joined(self.text, &candidate.arguments, part) {
            for range in self.parted(range) {
                let Some(span) = self.clean(range).and_then(span) else {
                    continue;
                };
                let entity = self.entity(span);
                trace.step(id, field, "head.event.roles", [span], || match entity {
                    Some(e) => format!("names {e}"),
                    None => "names no entity".to_owned(),
                });
                let participant = Participant {
                    entity,
                    spans: Spans::from_pieces([span]),
                };
                if !out.contains(&participant) {
                    out.push(participant);
                }
            }
        }
        out
    }

    /// A phrase without what does not belong to it; `None` where nothing is left.
    fn clean(&self, range: Range<usize>) -> Option<Range<usize>> {
        let mut range = trimmed(self.text, range, MARKS);
        loop {
            let first = words(self.text, range.clone()).into_iter().next()?;
            let word = self.text.get(first.clone())?.to_lowercase();
            if LEADING.contains(&word.as_str()) && first.end < range.end {
                range = trimmed(self.text, first.end..range.end, MARKS);
            } else {
                break;
            }
        }
        while ends_open(self.text, &range) {
            let last = words(self.text, range.clone()).into_iter().next_back()?;
            range = trimmed(self.text, range.start..last.start, MARKS);
        }
        (!range.is_empty()).then_some(range)
    }

    /// Named participants put together with "and" are several: "Iran and the US".
    fn parted(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let names: Vec<Range<usize>> = self
            .within(&range)
            .filter(|(_, form, _)| *form == MentionForm::Name)
            .map(|(span, ..)| span.range())
            .collect();
        let mut out = vec![range];
        for pair in names.windows(2) {
            let between = self
                .text
                .get(pair[0].end..pair[1].start)
                .unwrap_or_default();
            let joint = matches!(
                between.trim(),
                "and" | "and the" | "," | ", and" | "&" | "as well as"
            );
            let plain = out.last().is_some_and(|last| {
                let before = self.text.get(last.start..pair[0].start).unwrap_or_default();
                matches!(
                    before.trim().to_lowercase().as_str(),
                    "" | "the" | "by" | "both"
                )
            });
            if joint && plain {
                let whole = out.pop().unwrap_or_default();
                out.push(whole.start..pair[0].end);
                out.push(pair[1].start..whole.end);
            }
        }
        out
    }

    fn within(&self, range: &Range<usize>) -> impl Iterator<Item = &(Span, MentionForm, EntityId)> {
        let from = self
            .mentions
            .partition_point(|(s, ..)| s.start() < range.start);
        let end = range.end;
        self.mentions[from..]
            .iter()
            .take_while(move |(s, ..)| s.start() < end)
            .filter(move |(s, ..)| s.end() <= end)
    }

    /// The entity that a phrase names: one whose mention is the phrase, its article, its
    /// possessive and what stands before a name apart ("President Joe Biden").
    pub(super) fn entity(&self, phrase: Span) -> Option<EntityId> {
        let head = head_end(self.text, phrase.range());
        let mut best: Option<(usize, EntityId)> = None;
        for (span, form, entity) in self.within(&phrase.range()) {
            let covers = span.start() <= phrase.start() + 4 && span.end() + 3 >= head;
            let named_last = *form == MentionForm::Name
                && span.end() <= head + 2
                && head <= span.end() + 2
                && !self.is_adjective(*span);
            if (covers || named_last) && best.is_none_or(|(len, _)| span.len() > len) {
                best = Some((span.len(), *entity));
            }
        }
        best.map(|(_, e)| e)
    }

    /// "Iranian" and the like name no actor of their own; told by their ending.
    fn is_adjective(&self, span: Span) -> bool {
        let word = span.slice(self.text).unwrap_or_default();
        !word.contains(' ')
            && (word.ends_with("ian") || word.ends_with("ish") || word.ends_with("ese"))
    }
}

/// Where the first part of a noun phrase ends: before a comma, a bracket, a preposition or a relative word.
fn head_end(text: &str, phrase: Range<usize>) -> usize {
    let mut end = phrase.start;
    for (n, word) in words(text, phrase.clone()).into_iter().enumerate() {
        let between = text.get(end..word.start).unwrap_or_default();
        let lower = text.get(word.clone()).unwrap_or_default().to_lowercase();
        let stops = matches!(
            lower.as_str(),
            "in" | "of"
                | "from"
                | "at"
                | "on"
                | "near"
                | "who"
                | "which"
                | "that"
                | "with"
                | "for"
                | "backed"
                | "based"
                | "and"
        );
        if n > 0 && (between.contains([',', '(', ';']) || stops) {
            return end;
        }
        end = word.end;
    }
    phrase.end
}

/// The ranges of one part; figures that touch a participant are part of its phrase ("three soldiers").
fn joined(text: &str, arguments: &[Argument], part: Part) -> Vec<Range<usize>> {
    let mut out: Vec<(Part, Range<usize>)> = Vec::new();
    for argument in arguments {
        let believed = argument.confidence >= LEAST;
        let counted =
            argument.part == Part::Figure && matches!(part, Part::Actor | Part::Recipient);
        // "a tanker in the Red Sea": the place belongs to the phrase that ends in its preposition
        if argument.part == Part::Place
            && let Some((kind, last)) = out.last_mut()
            && *kind == part
            && ends_open(text, last)
            && text
                .get(last.end..argument.range.start)
                .is_some_and(|between| between.trim().is_empty())
        {
            last.end = argument.range.end;
            continue;
        }
        if !believed || !(argument.part == part || counted) {
            continue;
        }
        let touches = out.last().is_some_and(|(_, last)| {
            text.get(last.end..argument.range.start)
                .is_some_and(|between| between.trim().is_empty() || between == "-")
        });
        match out.last_mut() {
            Some((kind, last)) if touches && (*kind != argument.part) => {
                last.end = argument.range.end;
                *kind = part;
            }
            _ => out.push((argument.part, argument.range.clone())),
        }
    }
    out.into_iter()
        .filter(|(kind, _)| *kind == part)
        .map(|(_, range)| range)
        .collect()
}

/// Whether a phrase ends in a preposition.
fn ends_open(text: &str, phrase: &Range<usize>) -> bool {
    let last = words(text, phrase.clone()).into_iter().next_back();
    let last = last.and_then(|w| text.get(w)).unwrap_or_default();
    matches!(
        last,
        "in" | "at" | "of" | "on" | "near" | "from" | "outside" | "to" | "the"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_ends_before_what_restricts_it() {
        let end = |phrase: &str| phrase[..head_end(phrase, 0..phrase.len())].to_owned();
        assert_eq!(end("Kurdish fighters in Syria"), "Kurdish fighters");
        assert_eq!(end("Islamic State (IS)"), "Islamic State");
        assert_eq!(
            end("the Badr Organization, a party"),
            "the Badr Organization"
        );
        assert_eq!(end("President Joe Biden"), "President Joe Biden");
    }

    #[test]
    fn a_figure_belongs_to_the_phrase_that_it_counts() {
        let text = "killed at least three soldiers and a guard";
        let argument = |part, range| Argument {
            part,
            range,
            confidence: 0.9,
        };
        let arguments = [
            argument(Part::Figure, 7..21),
            argument(Part::Recipient, 22..30),
            argument(Part::Recipient, 35..42),
        ];
        assert_eq!(joined(text, &arguments, Part::Recipient), [7..30, 35..42]);
        assert!(joined(text, &arguments, Part::Actor).is_empty());
    }
}
