//! Sources: whom each attribution's content is put down to, and what they are.

mod antecedents;
mod condition;
mod described;
mod heads;
mod parts;
mod people;
mod phrase;
mod scene;
mod speakers;

use std::ops::Range;

use sayso_reading::{Attribution, Document, EntityKind, SourceKind, Span};

use crate::entities::{Registry, one_line};
use crate::trace::{Field, Trace};
use phrase::Phrase;
pub(crate) use scene::Scene;

use speakers::Speakers;
pub(crate) use speakers::{OUTLETS, Speaker};

/// Whether a word is a common noun that can name a source.
pub(crate) fn is_head(word: &str) -> bool {
    word.chars().skip(1).all(|c| !c.is_uppercase()) && heads::head(word).is_some()
}

/// Whether a word names a person by what they are: "spokesman".
pub(crate) fn is_person_noun(word: &str) -> bool {
    word.chars().all(char::is_lowercase)
        && heads::head(word).is_some_and(|h| {
            !h.plural && matches!(h.kind, SourceKind::Anonymous | SourceKind::Person)
        })
}

/// An entity's kind as that of a source.
pub(crate) const fn as_source(kind: EntityKind) -> SourceKind {
    match kind {
        EntityKind::Person => SourceKind::Person,
        EntityKind::Publication => SourceKind::Publication,
        EntityKind::Channel => SourceKind::Channel,
        EntityKind::Document => SourceKind::Document,
        EntityKind::Group => SourceKind::Collective,
        EntityKind::Organization | EntityKind::Place | EntityKind::VesselOrWeapon => {
            SourceKind::Organization
        }
    }
}

/// The speakers of a document's attributions.
pub(crate) struct Cast {
    pub speakers: Vec<Speaker>,
    /// Of each attribution; `None` where the text names no source.
    pub of: Vec<Option<usize>>,
}

impl Cast {
    /// The speaker of an attribution.
    pub(crate) fn speaker(&self, attribution: usize) -> Option<&Speaker> {
        self.of
            .get(attribution)
            .copied()
            .flatten()
            .and_then(|s| self.speakers.get(s))
    }
}

/// Resolves every source and fills its entity, kind, role and condition.
pub(crate) fn fill(
    document: &Document,
    registry: &mut Registry,
    attributions: &mut [Attribution],
    scene: &Scene,
    trace: &mut Trace,
) -> Cast {
    let text = document.text();
    let mut speakers = Speakers::new(text, scene, registry);
    let mut of: Vec<Option<usize>> = vec![None; attributions.len()];
    let phrases: Vec<Option<Phrase>> = attributions
        .iter()
        .map(|a| phrase(text, registry, a))
        .collect();
    for index in order(attributions, &phrases) {
        let Some(phrase) = &phrases[index] else {
            continue;
        };
        let outer = attributions[index].within.map(|w| w.number() as usize - 1);
        let parent = outer.and_then(|o| of.get(o).copied().flatten());
        let found = speakers.resolve(registry, phrase, parent, outer.is_none());
        of[index] = Some(found.speaker);
        tell(
            trace,
            &attributions[index],
            registry,
            &speakers.all[found.speaker],
            found.rule,
            text,
        );
    }
    let mut starts: Vec<Range<usize>> = speakers.all.iter().map(|s| s.phrase.clone()).collect();
    starts.sort_by_key(|r| (r.start, r.end));
    let around = Around {
        text,
        registry,
        scene,
        phrases: &starts,
    };
    for (index, attribution) in attributions.iter_mut().enumerate() {
        write(
            &around,
            attribution,
            of[index].map(|s| &speakers.all[s]),
            phrases[index].as_ref(),
            trace,
        );
    }
    Cast {
        speakers: speakers.all,
        of,
    }
}

/// The phrase of a source: its first piece.
fn phrase(text: &str, registry: &Registry, attribution: &Attribution) -> Option<Phrase> {
    let piece = attribution.source.spans.pieces().first()?;
    let phrase = Phrase::new(text, registry, piece.range());
    (!phrase.range.is_empty()).then_some(phrase)
}

/// In the order of the text, but an attribution around a first person before it.
fn order(attributions: &[Attribution], phrases: &[Option<Phrase>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    let place = |i: usize| {
        let own = phrases[i].as_ref().map_or(usize::MAX, |p| p.range.start);
        let first = phrases[i]
            .as_ref()
            .is_some_and(|p| p.pronoun == Some(phrase::Pronoun::First));
        (first, own, i)
    };
    order.sort_by_key(|&i| place(i));
    // those in the first person come last; of them the outer ones first
    let depth = |mut i: usize| {
        let mut n = 0;
        while let Some(outer) = attributions[i].within.map(|w| w.number() as usize - 1) {
            n += 1;
            if outer >= attributions.len() || n > attributions.len() {
                break;
            }
            i = outer;
        }
        n
    };
    order.sort_by_key(|&i| if place(i).0 { 1 + depth(i) } else { 0 });
    order
}

fn tell(
    trace: &mut Trace,
    attribution: &Attribution,
    registry: &Registry,
    speaker: &Speaker,
    rule: &'static str,
    text: &str,
) {
    let phrase = Span::new(speaker.phrase.start, speaker.phrase.end).ok();
    trace.step(attribution.id, Field::Entity, rule, phrase, || {
        let who = speaker
            .entity
            .map(|e| registry.known[e].name.clone())
            .or_else(|| {
                text.get(speaker.phrase.clone())
                    .map(|w| format!("“{}”", one_line(w)))
            })
            .unwrap_or_default();
        format!("the source means {who}")
    });
    if let Some(joined) = speaker.entity.and_then(|e| registry.known[e].joined) {
        trace.step(attribution.id, Field::Entity, joined, phrase, || {
            "its names in this text are forms of one name".to_owned()
        });
    }
}

/// What the fields of a source are read off.
struct Around<'a> {
    text: &'a str,
    registry: &'a Registry,
    scene: &'a Scene,
    /// Of all speakers, sorted.
    phrases: &'a [Range<usize>],
}

fn write(
    around: &Around<'_>,
    attribution: &mut Attribution,
    speaker: Option<&Speaker>,
    phrase: Option<&Phrase>,
    trace: &mut Trace,
) {
    let Around { text, registry, .. } = *around;
    let id = attribution.id;
    let Some(speaker) = speaker else {
        attribution.source.kind = Some(SourceKind::Unstated);
        trace.step(id, Field::Kind, "kind.unstated", [], || {
            "the text names no source".to_owned()
        });
        return;
    };
    attribution.source.entity = speaker.entity.map(Registry::id);
    let condition = condition_of(around, attribution, speaker, phrase);
    // whose anonymity is the point does not speak as the organization
    let veiled = condition.is_some()
        && speaker.kind == SourceKind::Organization
        && phrase.is_some_and(|p| p.named.is_none() && p.pronoun.is_none());
    let kind = if veiled {
        SourceKind::Anonymous
    } else {
        speaker.kind
    };
    if veiled {
        attribution.source.entity = None;
    }
    attribution.source.kind = Some(kind);
    trace.step(
        id,
        Field::Kind,
        "kind.of_speaker",
        Span::new(speaker.phrase.start, speaker.phrase.end).ok(),
        || format!("a source of the kind {}", kind.as_str()),
    );
    let role = role(text, registry, speaker, kind);
    attribution.source.role = role.clone().and_then(|r| text.get(r)).map(one_line);
    if let Some(role) = role {
        trace.step(
            id,
            Field::Role,
            "source.role",
            Span::new(role.start, role.end).ok(),
            || "what the text says the source is".to_owned(),
        );
    }
    if let Some(condition) = condition.filter(|_| kind == SourceKind::Anonymous) {
        attribution.source.condition = text.get(condition.clone()).map(one_line);
        trace.step(
            id,
            Field::Condition,
            "source.condition",
            Span::new(condition.start, condition.end).ok(),
            || "why or on what condition the source is unnamed".to_owned(),
        );
    }
}

/// The condition in the sentence where the speaker was introduced, or in the attribution's own;
/// only if no other source stands between the speaker and it.
fn condition_of(
    around: &Around<'_>,
    attribution: &Attribution,
    speaker: &Speaker,
    phrase: Option<&Phrase>,
) -> Option<Range<usize>> {
    let Around {
        text,
        scene,
        phrases,
        ..
    } = *around;
    if !matches!(
        speaker.kind,
        SourceKind::Anonymous | SourceKind::Collective | SourceKind::Organization
    ) {
        return None;
    }
    let cue = attribution.cue.as_ref().map(|c| c.phrase.range());
    let own = scene.sentence(speaker.phrase.start);
    let here = phrase.map(|p| &p.range);
    let at = here.map_or(own.start, |r| r.start);
    let found = condition::condition(text, &own, None)
        .or_else(|| condition::condition(text, &scene.sentence(at), cue.as_ref()))?;
    let before = phrases.partition_point(|r| r.start < found.start);
    let nearest = phrases[..before]
        .last()
        .into_iter()
        .chain(here.filter(|r| r.start < found.start))
        .max_by_key(|r| r.start)?;
    (*nearest == speaker.phrase || Some(nearest) == here).then_some(found)
}

/// What the text says the source is: of an entity its description, else the phrase's own words.
fn role(
    text: &str,
    registry: &Registry,
    speaker: &Speaker,
    kind: SourceKind,
) -> Option<Range<usize>> {
    if let Some(entity) = speaker
        .entity
        .filter(|_| kind != SourceKind::Anonymous && speaker.owner.is_none())
    {
        return registry.known[entity].describes.clone();
    }
    let fullest = Phrase::new(text, registry, speaker.phrase.clone());
    if fullest.pronoun.is_some() {
        None
    } else {
        fullest.role(text)
    }
}
