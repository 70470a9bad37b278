//! Who speaks: the referent of every source's phrase, through pronouns, short forms,
//! offices and descriptions, within one document.
//!
//! A speaker without a name is one of this document only; two phrases mean the same one
//! where the later points back ("the official") and the head is the same.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use sayso_reading::{EntityKind, MentionForm, SourceKind};

use super::described::{Offices, capital_word, introduced, is_body, is_person, kind_of};
use super::heads::stem;
use super::phrase::{Determiner, Link, Phrase};
use super::scene::Scene;
use crate::entities::{Registry, without_article};

/// Somebody or something that statements are put down to.
#[derive(Debug, Clone)]
pub(crate) struct Speaker {
    pub kind: SourceKind,
    pub entity: Option<usize>,
    /// The head's singular, for those that point back.
    pub stem: String,
    pub plural: bool,
    /// The fullest phrase.
    pub phrase: Range<usize>,
    /// Of a document or a channel: who issued it.
    pub owner: Option<usize>,
    /// "One of them", "the other": the speakers that it is one of.
    pub one_of: Option<usize>,
}

/// How a phrase got its speaker.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    pub speaker: usize,
    pub rule: &'static str,
}

/// Heads that are somebody's words, not a source of their own.
pub(super) const WORDS_OF: &[&str] = &[
    "remark",
    "comment",
    "word",
    "speech",
    "interview",
    "testimony",
    "tweet",
    "saying",
];
/// Nouns that point back at an outlet.
pub(crate) const OUTLETS: &[&str] = &[
    "paper",
    "newspaper",
    "daily",
    "magazine",
    "broadcaster",
    "network",
    "outlet",
    "site",
    "website",
    "agency",
    "channel",
    "station",
    "tabloid",
    "weekly",
];
/// Nouns that point back at an organization of any sort.
const BODIES: &[&str] = &[
    "group",
    "organization",
    "organisation",
    "movement",
    "militia",
    "faction",
    "coalition",
    "watchdog",
    "charity",
    "company",
    "firm",
    "agency",
    "team",
    "body",
    "alliance",
    "network",
    "party",
    "airline",
    "bank",
    "institute",
    "outfit",
    "front",
    "brigade",
    "union",
];

/// Sources back beyond which no phrase points.
pub(super) const FAR: usize = 1_000;

/// The speakers of a document.
pub(crate) struct Speakers<'a> {
    pub(super) text: &'a str,
    pub(super) scene: &'a Scene,
    pub all: Vec<Speaker>,
    /// Sources resolved so far: where they stand, whether outermost, their speakers; in text order.
    pub(super) said: Vec<(Range<usize>, bool, usize)>,
    /// The speaker of each entity.
    of_entity: HashMap<usize, usize>,
    /// Of unnamed speakers where their phrases start: their ends, and who they are.
    phrases: BTreeMap<usize, (usize, usize)>,
    pub(super) offices: Offices,
}

impl<'a> Speakers<'a> {
    pub(crate) fn new(text: &'a str, scene: &'a Scene, registry: &Registry) -> Self {
        Self {
            text,
            scene,
            offices: Offices::new(text, registry),
            all: Vec::new(),
            said: Vec::new(),
            of_entity: HashMap::new(),
            phrases: BTreeMap::new(),
        }
    }

    /// The speaker of a source's phrase; `parent` is the speaker around it, where there is one.
    pub(crate) fn resolve(
        &mut self,
        registry: &mut Registry,
        phrase: &Phrase,
        parent: Option<usize>,
        outermost: bool,
    ) -> Resolved {
        let found = self.look(registry, phrase, parent);
        if let Some(entity) = self.all[found.speaker].entity {
            let form = if phrase.pronoun.is_some() {
                MentionForm::Pronoun
            } else {
                MentionForm::Nominal
            };
            if phrase.named != Some(entity) && self.all[found.speaker].owner.is_none() {
                registry.mention(
                    entity,
                    without_article(self.text, phrase.core.clone()),
                    form,
                );
            }
        }
        self.keep_fullest(phrase, found.speaker);
        // "Norrland’s largest union, Metall": what stands before the name describes it
        if let Some(known) = phrase.apposed.and_then(|e| registry.known.get_mut(e))
            && known.describes.is_none()
        {
            known.describes = Some(without_article(self.text, phrase.core.clone()));
        }
        let at = self
            .said
            .partition_point(|(r, ..)| r.start <= phrase.range.start);
        self.said
            .insert(at, (phrase.range.clone(), outermost, found.speaker));
        found
    }

    fn look(
        &mut self,
        registry: &mut Registry,
        phrase: &Phrase,
        parent: Option<usize>,
    ) -> Resolved {
        if let Some(pronoun) = phrase.pronoun {
            return self.pronoun(registry, phrase, pronoun, parent);
        }
        if let Some((entity, rule)) = self.by_name(registry, phrase) {
            return self.entity(registry, entity, phrase, rule);
        }
        if phrase.determiner == Determiner::Negative {
            let found = self.unnamed(phrase, SourceKind::Collective, "kind.nobody");
            // nobody is nobody's antecedent
            self.all[found.speaker].stem.clear();
            return found;
        }
        if let Some(owner) = self.possessive_pronoun(registry, phrase, parent) {
            return owner;
        }
        let stem = stem(&phrase.head);
        match phrase.entry.map(|e| e.kind) {
            Some(SourceKind::Document | SourceKind::Channel) => {
                self.written(registry, phrase, &stem)
            }
            Some(SourceKind::Organization | SourceKind::Publication) => {
                self.body(registry, phrase, &stem)
            }
            Some(SourceKind::Collective) => self.several(phrase, &stem),
            Some(_) => self.somebody(registry, phrase, &stem),
            None => self.unlisted(registry, phrase, &stem),
        }
    }

    /// The entity that the phrase's own words name, and the rule.
    fn by_name(&self, registry: &Registry, phrase: &Phrase) -> Option<(usize, &'static str)> {
        if let Some(entity) = phrase.apposed {
            return Some((entity, "source.apposition"));
        }
        if let Some(entity) = phrase.named {
            return Some((entity, "source.name"));
        }
        let words_of = |of: &super::phrase::Of| {
            of.link == Link::Possessive && WORDS_OF.contains(&stem(&phrase.head).as_str())
        };
        if let Some(of) = phrase.of.filter(words_of) {
            return Some((of.entity, "source.words_of"));
        }
        let entity = capital_word(self.text, registry, phrase)?;
        Some((entity, "source.word_of_name"))
    }

    /// An unnamed body is called by its fullest phrase: "the interior ministry", not "Ministry".
    fn keep_fullest(&mut self, phrase: &Phrase, speaker: usize) {
        let full = phrase.fullest(self.text);
        let length = |r: &Range<usize>| without_article(self.text, r.clone()).len();
        let known = &self.all[speaker];
        let body = matches!(
            known.kind,
            SourceKind::Organization | SourceKind::Publication | SourceKind::Collective
        );
        if phrase.pronoun.is_none()
            && known.entity.is_none()
            && body
            && !known.stem.is_empty()
            && length(&full) > length(&known.phrase)
        {
            self.all[speaker].phrase = full;
        }
    }

    /// The speaker of an entity, made where there is none yet.
    pub(super) fn entity(
        &mut self,
        registry: &Registry,
        entity: usize,
        phrase: &Phrase,
        rule: &'static str,
    ) -> Resolved {
        let known = &registry.known[entity];
        let kind = kind_of(known, self.text, phrase);
        if let Some(&speaker) = self.of_entity.get(&entity) {
            return Resolved { speaker, rule };
        }
        self.of_entity.insert(entity, self.all.len());
        self.add(
            Speaker {
                kind,
                entity: Some(entity),
                stem: stem(&phrase.head),
                plural: false,
                phrase: phrase.range.clone(),
                owner: None,
                one_of: None,
            },
            rule,
        )
    }

    pub(super) fn add(&mut self, speaker: Speaker, rule: &'static str) -> Resolved {
        self.all.push(speaker);
        Resolved {
            speaker: self.all.len() - 1,
            rule,
        }
    }

    /// A new speaker without a name.
    pub(super) fn unnamed(
        &mut self,
        phrase: &Phrase,
        kind: SourceKind,
        rule: &'static str,
    ) -> Resolved {
        let full = phrase.fullest(self.text);
        if let Some(speaker) = self.unnamed_at(&full) {
            return Resolved { speaker, rule };
        }
        let speaker = Speaker {
            kind,
            entity: None,
            stem: stem(&phrase.head),
            plural: phrase.plural(),
            phrase: full.clone(),
            owner: None,
            one_of: None,
        };
        let made = self.add(speaker, rule);
        self.phrases.insert(full.start, (full.end, made.speaker));
        made
    }

    /// The unnamed speaker whose phrase overlaps a stretch.
    fn unnamed_at(&self, stretch: &Range<usize>) -> Option<usize> {
        let (_, (end, speaker)) = self.phrases.range(..stretch.end).next_back()?;
        (stretch.start < *end).then_some(*speaker)
    }

    /// The nearest earlier source for which a condition holds.
    pub(super) fn earlier(&self, at: usize, fits: impl Fn(&Speaker) -> bool) -> Option<usize> {
        self.said
            .iter()
            .rev()
            .skip_while(|(r, ..)| r.start >= at)
            .take(FAR)
            .map(|(.., s)| *s)
            .find(|&s| fits(&self.all[s]))
    }

    /// A report, a post, messages.
    fn written(&mut self, registry: &Registry, phrase: &Phrase, stem: &str) -> Resolved {
        let kind = phrase.entry.map_or(SourceKind::Document, |e| e.kind);
        if phrase.determiner == Determiner::Definite {
            let any = matches!(
                stem,
                "document" | "paper" | "text" | "file" | "filing" | "report"
            );
            let is_written =
                |s: &Speaker| matches!(s.kind, SourceKind::Document | SourceKind::Channel);
            let at = phrase.range.start;
            if let Some(speaker) = self.earlier(at, |s| s.stem == stem && is_written(s)) {
                return Resolved {
                    speaker,
                    rule: "source.same_head",
                };
            }
            if phrase.of.is_none() {
                if let Some(found) = self.introduced(registry, phrase, stem, kind) {
                    return found;
                }
                if let Some(speaker) = self.earlier(at, |s| any && is_written(s) && !s.plural) {
                    return Resolved {
                        speaker,
                        rule: "source.other_word",
                    };
                }
            }
        }
        self.written_new(registry, phrase, kind)
    }

    /// A document or a channel that is heard for the first time, with who issued it.
    fn written_new(&mut self, registry: &Registry, phrase: &Phrase, kind: SourceKind) -> Resolved {
        let stem = stem(&phrase.head);
        if let Some(of) = phrase.of {
            let owner = &registry.known[of.entity];
            let outlet = matches!(owner.kind, EntityKind::Publication);
            if outlet
                && matches!(
                    of.link,
                    Link::In | Link::Before | Link::Possessive | Link::From
                )
            {
                return self.entity(registry, of.entity, phrase, "source.outlet_of");
            }
            let body = matches!(
                owner.kind,
                EntityKind::Organization
                    | EntityKind::Person
                    | EntityKind::Channel
                    | EntityKind::Group
                    | EntityKind::Place
            );
            if body && matches!(of.link, Link::From | Link::Before | Link::Possessive) {
                let speaker = Speaker {
                    kind,
                    entity: Some(of.entity),
                    stem,
                    plural: phrase.plural(),
                    phrase: phrase.fullest(self.text),
                    owner: Some(of.entity),
                    one_of: None,
                };
                return self.add(speaker, "source.document_of");
            }
        }
        self.unnamed(phrase, kind, "kind.head")
    }

    /// An organization or an outlet without its name, or with one that is made of others: "the Syrian government".
    pub(super) fn body(
        &mut self,
        registry: &mut Registry,
        phrase: &Phrase,
        stem: &str,
    ) -> Resolved {
        let at = phrase.range.start;
        let kind = phrase.entry.map_or(SourceKind::Organization, |e| e.kind);
        let bare = phrase.composed(registry, self.text);
        let words = self.text.get(bare.clone()).unwrap_or_default();
        if words.split(' ').count() > 1
            && super::phrase::has_name(self.text, &bare)
            && phrase.determiner != Determiner::Indefinite
            && !phrase.plural()
        {
            let kind = match kind {
                SourceKind::Publication => EntityKind::Publication,
                _ => EntityKind::Organization,
            };
            let entity = registry.put_together(self.text, bare, kind);
            return self.entity(registry, entity, phrase, "source.composed_name");
        }
        let back =
            phrase.determiner == Determiner::Definite || phrase.determiner == Determiner::Bare;
        if back
            && let Some(entity) = registry.named_before(at, |k| {
                is_body(k)
                    && k.name
                        .to_lowercase()
                        .split(' ')
                        .any(|w| super::heads::stem(w) == stem)
            })
        {
            return self.entity(registry, entity, phrase, "source.word_of_name");
        }
        if back && let Some(speaker) = self.earlier(at, |s| s.stem == stem && !is_person(s)) {
            return Resolved {
                speaker,
                rule: "source.same_head",
            };
        }
        if phrase.determiner == Determiner::Definite {
            let outlet = |k: SourceKind| k == SourceKind::Publication;
            if OUTLETS.contains(&stem)
                && let Some(found) = self.antecedent(
                    registry,
                    phrase,
                    at,
                    |s| outlet(s.kind),
                    |k| k.kind == EntityKind::Publication,
                )
            {
                return Resolved {
                    rule: "source.outlet_before",
                    ..found
                };
            }
            if BODIES.contains(&stem)
                && let Some(found) = self.antecedent(
                    registry,
                    phrase,
                    at,
                    |s| {
                        s.entity.is_some()
                            && matches!(s.kind, SourceKind::Organization | SourceKind::Channel)
                            || s.kind == SourceKind::Organization
                    },
                    |k| matches!(k.kind, EntityKind::Organization | EntityKind::Channel),
                )
            {
                return Resolved {
                    rule: "source.body_before",
                    ..found
                };
            }
        }
        if phrase.plural() && kind == SourceKind::Organization {
            return self.unnamed(phrase, SourceKind::Collective, "kind.plural");
        }
        self.unnamed(phrase, kind, "kind.head")
    }

    /// People at large.
    fn several(&mut self, phrase: &Phrase, stem: &str) -> Resolved {
        if phrase.determiner == Determiner::Definite
            && let Some(speaker) = self.earlier(phrase.range.start, |s| {
                s.stem == stem && s.kind == SourceKind::Collective
            })
        {
            return Resolved {
                speaker,
                rule: "source.same_head",
            };
        }
        // "a militia" is one group among several
        self.unnamed(phrase, SourceKind::Collective, "kind.head")
    }

    /// "The woman", "the report": what was introduced before ("a Yazidi woman") without having spoken.
    pub(super) fn introduced(
        &mut self,
        registry: &Registry,
        phrase: &Phrase,
        stem: &str,
        kind: SourceKind,
    ) -> Option<Resolved> {
        let range = introduced(self.text, registry, self.scene, phrase.range.start, stem)?;
        let first = Phrase::new(self.text, registry, range);
        let found = match kind {
            SourceKind::Document | SourceKind::Channel => self.written_new(registry, &first, kind),
            _ => self.unnamed(&first, kind, "source.introduced"),
        };
        Some(Resolved {
            rule: "source.introduced",
            ..found
        })
    }

    /// A head that no list has: a name that the network missed, or people.
    fn unlisted(&mut self, registry: &mut Registry, phrase: &Phrase, stem: &str) -> Resolved {
        if phrase.determiner == Determiner::Definite
            && let Some(speaker) = self.earlier(phrase.range.start, |s| s.stem == stem)
        {
            return Resolved {
                speaker,
                rule: "source.same_head",
            };
        }
        let capital = crate::prose::words(self.text, phrase.core.clone())
            .last()
            .is_some_and(|w| crate::entities::capital(self.text, w));
        let known = registry.named_before(phrase.range.start, |k| {
            k.name
                .rsplit(' ')
                .next()
                .is_some_and(|last| last.to_lowercase() == phrase.head)
        });
        if capital && let Some(entity) = known {
            return self.entity(registry, entity, phrase, "source.word_of_name");
        }
        let single = !self
            .text
            .get(phrase.core.clone())
            .is_some_and(|w| w.contains(' '));
        if single && phrase.determiner == Determiner::Bare && phrase.plural() {
            return self.unnamed(phrase, SourceKind::Collective, "kind.plural");
        }
        if capital && phrase.determiner != Determiner::Indefinite {
            let bare = without_article(self.text, phrase.core.clone());
            let entity = registry.put_together(self.text, bare, EntityKind::Organization);
            return self.entity(registry, entity, phrase, "source.capital");
        }
        if let Some(of) = phrase.of {
            return self.entity(registry, of.entity, phrase, "source.of_name");
        }
        let kind = if phrase.plural() {
            SourceKind::Collective
        } else {
            SourceKind::Anonymous
        };
        self.unnamed(phrase, kind, "kind.unlisted")
    }
}
