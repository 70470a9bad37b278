//! One person or a few: a name that a description belongs to, the one meant before, or a new one.

use std::ops::Range;

use sayso_reading::{EntityKind, SourceKind};

use super::described::{
    acronym_before, body_before, body_of_place, introduced, partitive, spoken_for, synonyms,
};
use super::heads;
use super::phrase::{Determiner, Phrase};
use super::speakers::{FAR, Resolved, Speaker, Speakers};
use crate::entities::Registry;

const SPOKEN_FOR: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "spokespeople",
    "representative",
];
/// Of whom there is mostly one: "her deputy", "the firm’s lawyer".
const RELATIONS: &[&str] = &[
    "deputy",
    "lawyer",
    "attorney",
    "wife",
    "husband",
    "father",
    "mother",
    "daughter",
    "son",
    "widow",
    "owner",
    "founder",
    "coach",
    "captain",
    "editor",
    "manager",
    "director",
    "successor",
    "predecessor",
    "boss",
    "publicist",
    "agent",
];

impl Speakers<'_> {
    pub(super) fn somebody(
        &mut self,
        registry: &mut Registry,
        phrase: &Phrase,
        stem: &str,
    ) -> Resolved {
        self.meant_before(registry, phrase, stem)
            .or_else(|| self.by_office(registry, phrase, stem))
            .or_else(|| self.spokesperson(registry, phrase, stem))
            .or_else(|| self.only_one(phrase, stem))
            .or_else(|| self.other_word(phrase, stem))
            .unwrap_or_else(|| self.somebody_new(phrase, stem))
    }

    /// "The official": the one of this word who was heard or introduced last.
    fn meant_before(
        &mut self,
        registry: &Registry,
        phrase: &Phrase,
        stem: &str,
    ) -> Option<Resolved> {
        if !self.points_back(phrase) {
            return None;
        }
        let (at, plural) = (phrase.range.start, phrase.plural());
        let same = |s: &Speaker| s.entity.is_none() && s.stem == stem && s.plural == plural;
        // somebody introduced after that one was heard last is nearer
        let heard = self.last_heard(at, same);
        let nearer = introduced(self.text, registry, self.scene, at, stem)
            .filter(|r| heard.is_none_or(|(_, end)| r.start >= end) && self.unheard(r));
        if !plural && let Some(range) = nearer {
            let first = Phrase::new(self.text, registry, range);
            return Some(self.unnamed(&first, SourceKind::Anonymous, "source.introduced"));
        }
        heard.map(|(speaker, _)| Resolved {
            speaker,
            rule: "source.same_head",
        })
    }

    /// Definite, and nothing hangs on it that tells who is meant ("the leader of the militia").
    fn points_back(&self, phrase: &Phrase) -> bool {
        phrase.determiner == Determiner::Definite
            && phrase.core.end == phrase.fullest(self.text).end
    }

    /// "The president": the named person whom the text calls so.
    fn by_office(&mut self, registry: &Registry, phrase: &Phrase, stem: &str) -> Option<Resolved> {
        if phrase.plural() {
            return None;
        }
        let at = phrase.range.start;
        let capital = super::phrase::has_name(self.text, &phrase.core);
        let before = phrase.determiner == Determiner::Definite
            || phrase.determiner == Determiner::Bare && capital;
        if before && let Some(entity) = self.offices.named_before(registry, stem, at) {
            return Some(self.entity(registry, entity, phrase, "source.office_of"));
        }
        // a headline tells of whom the text names below
        if self.scene.is_headline(at) && phrase.determiner != Determiner::Indefinite {
            let entity = self.offices.first(stem)?;
            return Some(self.entity(registry, entity, phrase, "source.headline"));
        }
        None
    }

    /// A spokesperson without a name speaks as the organization.
    fn spokesperson(
        &mut self,
        registry: &mut Registry,
        phrase: &Phrase,
        stem: &str,
    ) -> Option<Resolved> {
        if !SPOKEN_FOR.contains(&stem) {
            return None;
        }
        let named = |entity: usize| {
            matches!(
                registry.known[entity].kind,
                EntityKind::Organization
                    | EntityKind::Place
                    | EntityKind::Publication
                    | EntityKind::Group
            )
        };
        if let Some(body) = body_of_place(self.text, registry, phrase) {
            let entity = registry.put_together(self.text, body, EntityKind::Organization);
            return Some(self.entity(registry, entity, phrase, "kind.spokesperson"));
        }
        if let Some(of) = phrase.of.filter(|o| named(o.entity)) {
            return Some(self.entity(registry, of.entity, phrase, "kind.spokesperson"));
        }
        if let Some(acronym) = acronym_before(self.text, phrase) {
            let entity = registry.put_together(self.text, acronym, EntityKind::Organization);
            return Some(self.entity(registry, entity, phrase, "kind.spokesperson"));
        }
        let body = spoken_for(self.text, registry, phrase)
            .or_else(|| body_before(self.text, registry, phrase))?;
        let inner = self.body(registry, &body, &heads::stem(&body.head));
        let speaker = Speaker {
            phrase: phrase.fullest(self.text),
            ..self.all[inner.speaker].clone()
        };
        Some(self.add(speaker, "kind.spokesperson"))
    }

    /// "The mayor", "her deputy": one person, known by an office or by whose they are.
    fn only_one(&mut self, phrase: &Phrase, stem: &str) -> Option<Resolved> {
        let whose = phrase.possessive(self.text) && RELATIONS.contains(&stem);
        let office = phrase.entry.is_some_and(|e| e.office)
            && matches!(phrase.determiner, Determiner::Definite | Determiner::Bare);
        (!phrase.plural() && (office || whose))
            .then(|| self.unnamed(phrase, SourceKind::Person, "kind.office"))
    }

    /// "The epidemiologist acknowledged": somebody heard before, called by another word.
    fn other_word(&mut self, phrase: &Phrase, stem: &str) -> Option<Resolved> {
        let at = phrase.range.start;
        if phrase.determiner != Determiner::Definite || phrase.plural() {
            return None;
        }
        let unnamed = self.earlier(at, |s| {
            s.kind == SourceKind::Anonymous && !s.plural && synonyms(&s.stem, stem)
        });
        if let Some(speaker) = unnamed {
            return Some(Resolved {
                speaker,
                rule: "source.other_word",
            });
        }
        let telling = !matches!(stem, "official" | "source" | "diplomat" | "other");
        if !telling
            || phrase.possessive(self.text)
            || phrase.of.is_some()
            || !self.points_back(phrase)
        {
            return None;
        }
        self.just_heard(at).map(|speaker| Resolved {
            speaker,
            rule: "source.epithet",
        })
    }

    /// Somebody heard for the first time; perhaps one of several named together before.
    fn somebody_new(&mut self, phrase: &Phrase, stem: &str) -> Resolved {
        let mut found = self.unnamed(phrase, SourceKind::Anonymous, "kind.head");
        let one = matches!(stem, "one" | "other" | "another" | "both" | "second");
        if one || partitive(self.text, phrase) {
            let of = self.earlier(phrase.range.start, |s| {
                s.kind == SourceKind::Anonymous && s.plural
            });
            if of.is_some() && of != Some(found.speaker) {
                self.all[found.speaker].one_of = of;
                found.rule = "source.one_of";
            }
        }
        found
    }

    /// The nearest earlier source that fits, with the end of its phrase.
    fn last_heard(&self, at: usize, fits: impl Fn(&Speaker) -> bool) -> Option<(usize, usize)> {
        self.said
            .iter()
            .rev()
            .skip_while(|(r, ..)| r.start >= at)
            .take(FAR)
            .find(|(.., s)| fits(&self.all[*s]))
            .map(|(r, _, s)| (*s, r.end))
    }

    /// The named person who was the last outermost source, if not long ago.
    fn just_heard(&self, at: usize) -> Option<usize> {
        let (range, _, speaker) = self
            .said
            .iter()
            .rev()
            .find(|(r, outer, _)| *outer && r.start < at)?;
        let near = self.scene.number(at) - self.scene.number(range.start) <= 3;
        let person = &self.all[*speaker];
        (near && person.kind == SourceKind::Person && person.entity.is_some()).then_some(*speaker)
    }

    /// Whether no source so far stands in a stretch.
    fn unheard(&self, range: &Range<usize>) -> bool {
        let to = self.said.partition_point(|(r, ..)| r.start < range.end);
        // sources are short and hardly overlap: the last few before the stretch's end tell
        !self.said[to.saturating_sub(8)..to]
            .iter()
            .any(|(r, ..)| range.start < r.end)
    }
}
