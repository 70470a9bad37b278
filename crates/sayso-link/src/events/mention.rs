//! Describing the event mentions of a reading, so that they can be compared.

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_read::sentences_of;
use sayso_reading::{EntityKind, EventMention, MentionForm, Reading, Span, Spans, TimeKind};

use super::described::{Bag, Mention, Page, Set, Spelled};
use super::words::{is_light, is_stop, stem, stem_hash};
use crate::stories::Rarity;

/// Words on each side of a trigger that are near it.
const NEAR: usize = 4;
/// Letters that stand between verbs and their heads: "checks into", "taking of hostages".
const PARTICLES: &[&str] = &[
    "in", "on", "at", "to", "for", "with", "from", "into", "over", "under", "about", "up", "down",
    "out", "off", "away", "back", "by", "through",
];

/// A trigger to describe.
pub(crate) struct Trigger<'r> {
    pub local: String,
    pub spans: Spans,
    /// The event that the reader found there.
    pub event: Option<&'r EventMention>,
}

/// Describes the events of a reading.
pub(crate) fn page(reading: &Reading) -> Page {
    let triggers = reading.events.iter().map(|event| Trigger {
        local: event.id.to_string(),
        spans: event.trigger.spans.clone(),
        event: Some(event),
    });
    page_of(reading, triggers.collect())
}

/// Describes some triggers in a document that was read.
pub(crate) fn page_of(reading: &Reading, triggers: Vec<Trigger>) -> Page {
    let text = Words::new(reading);
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for word in &text.all {
        *counts.entry(hash(&word.lower)).or_default() += 1;
    }
    let numbers = text
        .all
        .iter()
        .filter(|w| w.is_number())
        .map(|w| hash(&w.lower))
        .collect();
    let names = text.names.iter().filter(|n| n.form == MentionForm::Name);
    let names = names.flat_map(|name| &name.words);
    Page {
        names: names
            .map(|word| (hash(word), Rarity::shipped().of(word)))
            .collect(),
        numbers,
        counts: counts.into_iter().collect(),
        mentions: triggers.into_iter().map(|t| text.mention(t)).collect(),
    }
}

struct Word {
    start: usize,
    end: usize,
    lower: String,
}

impl Word {
    fn says_something(&self) -> bool {
        !is_stop(&self.lower)
    }

    fn is_number(&self) -> bool {
        self.lower.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// A mention of an entity, with the words of the entity's name.
struct Name {
    start: usize,
    end: usize,
    form: MentionForm,
    kind: EntityKind,
    words: Vec<String>,
}

struct Words<'r> {
    reading: &'r Reading,
    all: Vec<Word>,
    names: Vec<Name>,
    sentences: Vec<Span>,
}

impl<'r> Words<'r> {
    fn new(reading: &'r Reading) -> Self {
        let text = reading.document.text();
        let mut all = Vec::new();
        let mut open = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            if c.is_alphanumeric() {
                open.get_or_insert(at);
            } else if let Some(start) = open.take() {
                let lower = text.get(start..at).unwrap_or_default().to_lowercase();
                all.push(Word {
                    start,
                    end: at,
                    lower,
                });
            }
        }
        let mut names: Vec<Name> = reading
            .entities
            .iter()
            .flat_map(|entity| {
                let words: Vec<String> = crate::stories::lower_words(&entity.name)
                    .filter(|w| !is_stop(w))
                    .collect();
                entity.mentions.iter().map(move |m| Name {
                    start: m.span.start(),
                    end: m.span.end(),
                    form: m.form,
                    kind: entity.kind,
                    words: words.clone(),
                })
            })
            .collect();
        names.sort_by_key(|n| (n.start, n.end));
        Self {
            reading,
            all,
            names,
            sentences: sentences_of(&reading.document),
        }
    }

    fn mention(&self, trigger: Trigger) -> Mention {
        let hull = trigger.spans.hull();
        let (start, end) = hull.map_or((0, 0), |h| (h.start(), h.end()));
        let sentence = self.sentences.partition_point(|s| s.end() <= start);
        let bounds = self.sentences.get(sentence).map_or(0..0, Span::range);
        let inside = |at: usize| bounds.contains(&at);
        let in_trigger = |at: usize| trigger.spans.iter().any(|s| s.range().contains(&at));
        let words: Vec<&Word> = starting_in(&self.all, &bounds, |w| w.start)
            .iter()
            .collect();
        let trigger_words: Vec<&Word> = starting_in(&self.all, &(start..end), |w| w.start)
            .iter()
            .filter(|w| in_trigger(w.start))
            .collect();
        let head = head(&trigger_words);
        let head_word = head.map_or("", |w| w.lower.as_str());
        let own: Vec<&Word> = trigger_words
            .into_iter()
            .filter(|w| w.says_something())
            .collect();
        let left = words
            .iter()
            .filter(|w| w.end <= start && w.says_something());
        let right = words
            .iter()
            .filter(|w| w.start >= end && w.says_something());
        let (left, right): (Vec<&Word>, Vec<&Word>) =
            (left.copied().collect(), right.copied().collect());
        let names = starting_in(&self.names, &bounds, |n| n.start);
        let names = names.iter().filter(|n| {
            let overlaps = |s: &Span| n.start < s.end() && s.start() < n.end;
            !trigger.spans.iter().any(overlaps)
        });
        let names = Named::of(names, start);
        let near = left.iter().rev().take(NEAR).chain(right.iter().take(NEAR));
        let around = left.iter().chain(&right).map(|w| w.lower.as_str());
        let stem = stem(head_word);
        let in_sentence = |spans: &Spans| spans.hull().is_some_and(|h| inside(h.start()));
        Mention {
            local: trigger.local,
            sentence,
            words: Spelled {
                head: head_word.to_owned(),
                words: own.iter().map(|w| w.lower.clone()).collect(),
            }
            .into(),
            stem: hash(&stem),
            head: hash(head_word),
            rarity: Rarity::shipped().of(head_word),
            is_light: is_light(&stem),
            is_many: is_many(
                head_word,
                words
                    .iter()
                    .filter(|w| w.end <= head.map_or(start, |h| h.start)),
            ),
            singular: singular(head_word).map(hash),
            is_lead: sentence == 0,
            trigger: stems(own.iter().map(|w| w.lower.as_str())),
            extra: own
                .iter()
                .filter(|w| head.is_none_or(|h| h.start != w.start))
                .map(|w| stem_hash(&w.lower))
                .collect(),
            around: stems(around.chain(names.words.iter().copied())),
            near: stems(near.map(|w| w.lower.as_str())),
            people: names.people.into_iter().collect(),
            organizations: names.organizations.into_iter().collect(),
            places_named: names.places.into_iter().collect(),
            before: names.before.into_iter().collect(),
            after: names.after.into_iter().collect(),
            numbers: words
                .iter()
                .filter(|w| w.is_number())
                .map(|w| hash(&w.lower))
                .collect(),
            days: self.days(&in_sentence),
            places: self.places(&in_sentence),
            kind: trigger.event.map(|e| hash(e.event_type.as_str())),
            realis: trigger.event.map(|e| e.realis),
        }
    }

    fn days(&self, in_sentence: &dyn Fn(&Spans) -> bool) -> Set {
        let is_day = |kind| matches!(kind, TimeKind::Date | TimeKind::Time);
        let times = self.reading.times.iter();
        times
            .filter(|t| is_day(t.kind) && in_sentence(&t.spans))
            .map(|t| {
                let edtf = t.edtf.as_ref().map(ToString::to_string);
                hash(&edtf.unwrap_or_else(|| t.text.to_lowercase()))
            })
            .collect()
    }

    fn places(&self, in_sentence: &dyn Fn(&Spans) -> bool) -> Set {
        let places = self.reading.places.iter();
        places
            .filter(|p| in_sentence(&p.spans))
            .map(|p| {
                let number = p.geonames.map(|g| g.to_string());
                hash(&number.unwrap_or_else(|| p.name.to_lowercase()))
            })
            .collect()
    }
}

/// Those of some stretches, sorted by their starts, that start within bounds.
fn starting_in<'a, T>(all: &'a [T], bounds: &Range<usize>, start: impl Fn(&T) -> usize) -> &'a [T] {
    let first = all.partition_point(|x| start(x) < bounds.start);
    let end = all.partition_point(|x| start(x) < bounds.end);
    all.get(first..end).unwrap_or_default()
}

/// The names in a sentence, seen from a trigger.
#[derive(Default)]
struct Named<'n> {
    words: Vec<&'n str>,
    people: Vec<u32>,
    organizations: Vec<u32>,
    places: Vec<u32>,
    before: Vec<u32>,
    after: Vec<u32>,
}

impl<'n> Named<'n> {
    fn of(names: impl Iterator<Item = &'n Name>, trigger: usize) -> Self {
        let mut out = Self::default();
        for name in names {
            let hashes: Vec<u32> = name.words.iter().map(|w| hash(w)).collect();
            out.words.extend(name.words.iter().map(String::as_str));
            match name.kind {
                EntityKind::Person => out.people.extend(&hashes),
                EntityKind::Organization | EntityKind::Group | EntityKind::Publication => {
                    out.organizations.extend(&hashes);
                }
                EntityKind::Place => out.places.extend(&hashes),
                _ => {}
            }
            if name.end <= trigger && !hashes.is_empty() {
                out.before = hashes;
            } else if out.after.is_empty() {
                out.after = hashes;
            }
        }
        out
    }
}

/// The stems of some words, each with the weight of its rarest form.
fn stems<'w>(words: impl Iterator<Item = &'w str>) -> Bag {
    words
        .map(|word| (stem_hash(word), Rarity::shipped().of(word)))
        .collect()
}

/// The stems of what says something in a text, each with its weight.
pub(crate) fn bag_of(text: &str) -> Bag {
    let words: Vec<String> = crate::stories::lower_words(text)
        .filter(|w| !is_stop(w))
        .collect();
    stems(words.iter().map(String::as_str))
}

/// A word without the letter of the plural.
fn singular(word: &str) -> Option<&str> {
    let singular = word.strip_suffix('s')?;
    (singular.len() > 3 && !singular.ends_with('s')).then_some(singular)
}

/// Whether a trigger tells of several at once: its head is a noun in the plural, and a number or a word
/// for many stands closely before it.
fn is_many<'w>(head: &str, before: impl DoubleEndedIterator<Item = &'w &'w Word>) -> bool {
    const CLOSE: usize = 4;
    const MANY: &str = " two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred dozen dozens hundreds thousands scores several many numerous multiple repeated series wave waves string spate succession ";
    let counts = |word: &Word| {
        let number: Option<u32> = word.lower.parse().ok();
        number.map_or_else(
            || MANY.contains(&format!(" {} ", word.lower)),
            |n| (2..1900).contains(&n),
        )
    };
    singular(head).is_some() && before.rev().take(CLOSE).any(|w| counts(w))
}

/// Whether a word is a verb in the past by its form, as in "fired rubber bullets".
fn is_past(word: &str) -> bool {
    const IRREGULAR: [&str; 10] = [
        "blew", "broke", "cut", "fought", "hit", "set", "shot", "struck", "threw", "took",
    ];
    (word.len() > 4 && word.ends_with("ed")) || IRREGULAR.contains(&word)
}

/// The word that carries a trigger: what stands before "of" or a particle, a verb in the past, else
/// the last.
fn head<'w>(words: &[&'w Word]) -> Option<&'w Word> {
    let lower = |at: usize| words.get(at).map_or("", |w| w.lower.as_str());
    let last = words.len().checked_sub(1)?;
    let is_particle = |at: usize| PARTICLES.contains(&lower(at));
    let at = if last == 0 {
        0
    } else if is_particle(last) {
        (0..last).rev().find(|at| !is_particle(*at)).unwrap_or(0)
    } else if let Some(of) = (1..=last).find(|at| lower(*at) == "of") {
        of - 1
    } else if is_light(&stem(lower(0))) {
        last
    } else if is_past(lower(0))
        || is_particle(1)
        || ["the", "a", "an", "his", "her", "their", "its"].contains(&lower(1))
    {
        0
    } else {
        last
    };
    words.get(at).copied()
}

pub(crate) use crate::stories::hash;
