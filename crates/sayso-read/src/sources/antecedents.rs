//! Antecedents: what pronouns and possessives mean, nearest first.

use std::ops::Range;

use sayso_reading::{EntityKind, SourceKind};

use super::described::{is_body, is_person, pointed_at};
use super::heads::stem;
use super::phrase::{Phrase, Pronoun};
use super::speakers::{Resolved, Speaker, Speakers, WORDS_OF};
use crate::entities::{Known, NameClass, Registry};

/// Bytes at the beginning of a sentence in which its subject stands.
const SUBJECT: usize = 60;

/// The first entity named in a stretch that fits.
fn first_name(
    registry: &Registry,
    stretch: &Range<usize>,
    fits: impl Fn(&Known) -> bool,
) -> Option<usize> {
    registry
        .named_in(stretch)
        .map(|(_, i)| *i)
        .find(|i| registry.known.get(*i).is_some_and(&fits))
}

/// The same, if no preposition stands before it: "An earlier paper by Marek" is not about Marek.
fn subject_name(
    text: &str,
    registry: &Registry,
    stretch: &Range<usize>,
    fits: impl Fn(&Known) -> bool,
) -> Option<usize> {
    let (range, entity) = registry
        .named_in(stretch)
        .find(|(_, i)| registry.known.get(*i).is_some_and(&fits))?;
    let before = text.get(stretch.start..range.start)?;
    let hangs = before.split_whitespace().any(|w| {
        matches!(
            w,
            "by" | "of" | "for" | "from" | "with" | "to" | "at" | "against"
        )
    });
    (!hangs).then_some(*entity)
}

impl Speakers<'_> {
    pub(super) fn pronoun(
        &mut self,
        registry: &Registry,
        phrase: &Phrase,
        pronoun: Pronoun,
        parent: Option<usize>,
    ) -> Resolved {
        if pronoun == Pronoun::First {
            return match parent {
                Some(speaker) => Resolved {
                    speaker,
                    rule: "pronoun.first_person",
                },
                None => self.unnamed(phrase, SourceKind::Person, "pronoun.first_person"),
            };
        }
        let written = |s: &Speaker| matches!(s.kind, SourceKind::Document | SourceKind::Channel);
        let speaks = |s: &Speaker| {
            !s.stem.is_empty()
                && match pronoun {
                    Pronoun::First | Pronoun::Person => is_person(s),
                    Pronoun::Thing => !is_person(s) && !s.plural,
                    Pronoun::Several => {
                        s.plural
                            || matches!(s.kind, SourceKind::Collective | SourceKind::Organization)
                    }
                    Pronoun::Pointing => written(s),
                }
        };
        let named = |k: &Known| match pronoun {
            Pronoun::First | Pronoun::Person => k.class == NameClass::Person,
            Pronoun::Thing => is_body(k),
            Pronoun::Several => is_body(k) || k.kind == EntityKind::Group,
            Pronoun::Pointing => k.kind == EntityKind::Document,
        };
        if let Some(found) = self.antecedent(registry, phrase, phrase.range.start, speaks, named) {
            return found;
        }
        if pronoun == Pronoun::Pointing
            && let Some(range) = pointed_at(self.text, self.scene, phrase.range.start)
        {
            let written = Phrase::new(self.text, registry, range);
            let kind = written.entry.map_or(SourceKind::Document, |e| e.kind);
            return self.unnamed(&written, kind, "pronoun.words_before");
        }
        let kind = match pronoun {
            Pronoun::First | Pronoun::Person => SourceKind::Anonymous,
            Pronoun::Thing => SourceKind::Organization,
            Pronoun::Several => SourceKind::Collective,
            Pronoun::Pointing => SourceKind::Document,
        };
        self.unnamed(phrase, kind, "pronoun.unresolved")
    }

    /// Nearest sentence first: there an outermost source, then any source, then a name with
    /// which the sentence begins; where no sentence has one of these, the nearest first name.
    pub(super) fn antecedent(
        &mut self,
        registry: &Registry,
        phrase: &Phrase,
        at: usize,
        fits: impl Fn(&Speaker) -> bool,
        names: impl Fn(&Known) -> bool,
    ) -> Option<Resolved> {
        for stretch in self.scene.before(at) {
            let from = self.said.partition_point(|(r, ..)| r.start < stretch.start);
            let to = self.said.partition_point(|(r, ..)| r.start < stretch.end);
            let here: Vec<_> = self.said[from..to.max(from)]
                .iter()
                .filter(|(.., s)| fits(&self.all[*s]))
                .collect();
            if let Some((.., speaker)) = here.iter().find(|(_, outer, _)| *outer).or(here.first()) {
                return Some(Resolved {
                    speaker: *speaker,
                    rule: "pronoun.source_before",
                });
            }
            let subject = stretch.start..stretch.end.min(stretch.start + SUBJECT);
            if let Some(entity) = subject_name(self.text, registry, &subject, &names) {
                return Some(self.entity(registry, entity, phrase, "pronoun.subject_before"));
            }
        }
        let mut stretches = self.scene.before(at);
        let entity = stretches.find_map(|s| first_name(registry, &s, &names))?;
        Some(self.entity(registry, entity, phrase, "pronoun.name_before"))
    }

    /// "his remarks", "its statement": the words of whom the pronoun means.
    pub(super) fn possessive_pronoun(
        &mut self,
        registry: &Registry,
        phrase: &Phrase,
        parent: Option<usize>,
    ) -> Option<Resolved> {
        let words = self.text.get(phrase.range.clone())?;
        let pronoun = match words.split(' ').next()?.to_lowercase().as_str() {
            "his" | "her" => Pronoun::Person,
            "its" => Pronoun::Thing,
            "their" => Pronoun::Several,
            "my" | "our" => Pronoun::First,
            _ => return None,
        };
        let stem = stem(&phrase.head);
        let spoken = WORDS_OF.contains(&stem.as_str());
        let written = phrase.entry.is_some_and(|e| e.kind == SourceKind::Document);
        if !spoken && !written {
            return None;
        }
        let owner = self.pronoun(registry, phrase, pronoun, parent);
        if spoken {
            return Some(Resolved {
                rule: "source.words_of",
                ..owner
            });
        }
        let owner = self.all[owner.speaker].entity;
        Some(self.add(
            Speaker {
                kind: SourceKind::Document,
                entity: owner,
                stem,
                plural: phrase.plural(),
                phrase: phrase.range.clone(),
                owner,
                one_of: None,
            },
            "source.document_of",
        ))
    }
}
