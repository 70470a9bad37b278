//! Who speaks: the referent of every source's phrase, through pronouns, short forms,
//! offices and descriptions, within one document.
//!
//! A speaker without a name is one of this document only; two phrases mean the same one
//! where the later points back ("the official") and the head is the same.

use std::ops::Range;

use sayso_reading::{EntityKind, MentionForm, SourceKind};

use super::heads::stem;
use super::phrase::{Determiner, Link, Phrase, Pronoun};
use super::scene::Scene;
use crate::entities::{Known, NameClass, Registry, one_line, without_article};

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
}

/// How a phrase got its speaker.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    pub speaker: usize,
    pub rule: &'static str,
}

/// Heads that are somebody's words, not a source of their own.
const WORDS_OF: &[&str] = &[
    "remark",
    "comment",
    "word",
    "speech",
    "interview",
    "testimony",
    "tweet",
    "saying",
];
const SPOKEN_FOR: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "spokespeople",
    "representative",
];
/// Nouns that point back at an outlet.
const OUTLETS: &[&str] = &[
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

/// The speakers of a document.
pub(crate) struct Speakers<'a> {
    text: &'a str,
    scene: &'a Scene,
    pub all: Vec<Speaker>,
    /// Sources resolved so far: where they stand, whether outermost, their speakers; in text order.
    said: Vec<(Range<usize>, bool, usize)>,
}

impl<'a> Speakers<'a> {
    pub(crate) const fn new(text: &'a str, scene: &'a Scene) -> Self {
        Self {
            text,
            scene,
            all: Vec::new(),
            said: Vec::new(),
        }
    }

    /// The speaker of a source's phrase; `parent` is the speaker around it, where there is one.
    pub(crate) fn resolve(
        &mut self,
        registry: &mut Registry,
        phrase: &Phrase,
        parent: Option<usize>,
        outermost: bool,
    ) -> Option<Resolved> {
        let found = self.look(registry, phrase, parent)?;
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
        self.said
            .push((phrase.range.clone(), outermost, found.speaker));
        self.said.sort_by_key(|(r, ..)| r.start);
        Some(found)
    }

    fn look(
        &mut self,
        registry: &mut Registry,
        phrase: &Phrase,
        parent: Option<usize>,
    ) -> Option<Resolved> {
        if let Some(pronoun) = phrase.pronoun {
            return self.pronoun(registry, phrase, pronoun, parent);
        }
        if let Some(entity) = phrase.apposed {
            return Some(self.entity(registry, entity, phrase, "source.apposition"));
        }
        if let Some(entity) = phrase.named {
            return Some(self.entity(registry, entity, phrase, "source.name"));
        }
        let of = phrase.of;
        let stem = stem(&phrase.head);
        if let Some(of) = of
            && of.link == Link::Possessive
            && WORDS_OF.contains(&stem.as_str())
        {
            return Some(self.entity(registry, of.entity, phrase, "source.words_of"));
        }
        if let Some(owner) = self.possessive_pronoun(registry, phrase, parent) {
            return Some(owner);
        }
        match phrase.entry.map(|e| e.kind) {
            Some(SourceKind::Document | SourceKind::Channel) => {
                Some(self.written(registry, phrase, &stem))
            }
            Some(SourceKind::Organization | SourceKind::Publication) => {
                Some(self.body(registry, phrase, &stem))
            }
            Some(SourceKind::Collective) => Some(self.several(phrase, &stem)),
            Some(_) => Some(self.somebody(registry, phrase, &stem)),
            None => Some(self.unlisted(registry, phrase, &stem)),
        }
    }

    /// The speaker of an entity, made where there is none yet.
    fn entity(
        &mut self,
        registry: &Registry,
        entity: usize,
        phrase: &Phrase,
        rule: &'static str,
    ) -> Resolved {
        let known = &registry.known[entity];
        let kind = kind_of(known, self.text, phrase);
        if let Some(index) = self
            .all
            .iter()
            .position(|s| s.entity == Some(entity) && s.owner.is_none())
        {
            return Resolved {
                speaker: index,
                rule,
            };
        }
        self.add(
            Speaker {
                kind,
                entity: Some(entity),
                stem: stem(&phrase.head),
                plural: false,
                phrase: phrase.range.clone(),
                owner: None,
            },
            rule,
        )
    }

    fn add(&mut self, speaker: Speaker, rule: &'static str) -> Resolved {
        self.all.push(speaker);
        Resolved {
            speaker: self.all.len() - 1,
            rule,
        }
    }

    /// A new speaker without a name.
    fn unnamed(&mut self, phrase: &Phrase, kind: SourceKind, rule: &'static str) -> Resolved {
        let speaker = Speaker {
            kind,
            entity: None,
            stem: stem(&phrase.head),
            plural: phrase.plural(),
            phrase: phrase.range.clone(),
            owner: None,
        };
        self.add(speaker, rule)
    }

    /// The nearest earlier source for which a condition holds.
    fn earlier(&self, at: usize, fits: impl Fn(&Speaker) -> bool) -> Option<usize> {
        self.said
            .iter()
            .rev()
            .filter(|(r, ..)| r.start < at)
            .map(|(.., s)| *s)
            .find(|&s| fits(&self.all[s]))
    }

    fn pronoun(
        &mut self,
        registry: &Registry,
        phrase: &Phrase,
        pronoun: Pronoun,
        parent: Option<usize>,
    ) -> Option<Resolved> {
        let at = phrase.range.start;
        match pronoun {
            Pronoun::First => match parent {
                Some(speaker) => Some(Resolved {
                    speaker,
                    rule: "pronoun.first_person",
                }),
                None => Some(self.unnamed(phrase, SourceKind::Person, "pronoun.first_person")),
            },
            Pronoun::Person => Some(
                self.antecedent(registry, phrase, at, is_person, |k| {
                    k.class == NameClass::Person
                })
                .unwrap_or_else(|| {
                    self.unnamed(phrase, SourceKind::Anonymous, "pronoun.unresolved")
                }),
            ),
            Pronoun::Thing => Some(
                self.antecedent(
                    registry,
                    phrase,
                    at,
                    |s| !is_person(s) && !s.plural,
                    is_body,
                )
                .unwrap_or_else(|| {
                    self.unnamed(phrase, SourceKind::Organization, "pronoun.unresolved")
                }),
            ),
            Pronoun::Several => Some(
                self.antecedent(
                    registry,
                    phrase,
                    at,
                    |s| s.plural || !is_person(s),
                    |k| is_body(k) || k.kind == EntityKind::Group,
                )
                .unwrap_or_else(|| {
                    self.unnamed(phrase, SourceKind::Collective, "pronoun.unresolved")
                }),
            ),
            Pronoun::Pointing => Some(
                self.antecedent(
                    registry,
                    phrase,
                    at,
                    |s| matches!(s.kind, SourceKind::Document | SourceKind::Channel),
                    |k| k.kind == EntityKind::Document,
                )
                .unwrap_or_else(|| {
                    self.unnamed(phrase, SourceKind::Document, "pronoun.unresolved")
                }),
            ),
        }
    }

    /// Nearest sentence first: there an outermost source, then any source, then the name that stands first.
    fn antecedent(
        &mut self,
        registry: &Registry,
        phrase: &Phrase,
        at: usize,
        fits: impl Fn(&Speaker) -> bool,
        names: impl Fn(&Known) -> bool,
    ) -> Option<Resolved> {
        for stretch in self.scene.before(at) {
            let inside = |(r, ..): &&(Range<usize>, bool, usize)| {
                stretch.start <= r.start && r.start < stretch.end
            };
            let here: Vec<_> = self
                .said
                .iter()
                .filter(inside)
                .filter(|(.., s)| fits(&self.all[*s]))
                .collect();
            if let Some((.., speaker)) = here.iter().find(|(_, outer, _)| *outer).or(here.first()) {
                return Some(Resolved {
                    speaker: *speaker,
                    rule: "pronoun.source_before",
                });
            }
            let first = registry
                .named_in(&stretch)
                .find(|(_, i)| names(&registry.known[*i]))
                .map(|(_, i)| *i);
            if let Some(entity) = first {
                return Some(self.entity(registry, entity, phrase, "pronoun.name_before"));
            }
        }
        None
    }

    /// "his remarks", "its statement": the words of whom the pronoun means.
    fn possessive_pronoun(
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
        let owner = self.pronoun(registry, phrase, pronoun, parent)?;
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
            },
            "source.document_of",
        ))
    }

    /// A report, a post, messages.
    fn written(&mut self, registry: &Registry, phrase: &Phrase, stem: &str) -> Resolved {
        let kind = phrase.entry.map_or(SourceKind::Document, |e| e.kind);
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
                    stem: stem.to_owned(),
                    plural: phrase.plural(),
                    phrase: phrase.range.clone(),
                    owner: Some(of.entity),
                };
                return self.add(speaker, "source.document_of");
            }
        }
        if phrase.determiner == Determiner::Definite
            && let Some(speaker) = self.earlier(phrase.range.start, |s| {
                s.stem == stem && matches!(s.kind, SourceKind::Document | SourceKind::Channel)
            })
        {
            return Resolved {
                speaker,
                rule: "source.same_head",
            };
        }
        self.unnamed(phrase, kind, "kind.head")
    }

    /// An organization or an outlet without its name, or with one that is made of others: "the Syrian government".
    fn body(&mut self, registry: &mut Registry, phrase: &Phrase, stem: &str) -> Resolved {
        let at = phrase.range.start;
        let kind = phrase.entry.map_or(SourceKind::Organization, |e| e.kind);
        let bare = without_article(self.text, phrase.core.clone());
        let words = self.text.get(bare.clone()).unwrap_or_default();
        if words.split(' ').count() > 1
            && super::phrase::has_name(self.text, &bare)
            && phrase.determiner != Determiner::Indefinite
            && !phrase.plural()
        {
            let entity = composed(registry, self.text, bare, kind);
            return self.entity(registry, entity, phrase, "source.composed_name");
        }
        let back =
            phrase.determiner == Determiner::Definite || phrase.determiner == Determiner::Bare;
        if back
            && let Some(entity) = nearest_named(registry, at, |k| {
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

    /// One person or a few: a name that the description belongs to, the one meant before, or a new one.
    fn somebody(&mut self, registry: &mut Registry, phrase: &Phrase, stem: &str) -> Resolved {
        let at = phrase.range.start;
        let back = phrase.determiner == Determiner::Definite;
        let capital = super::phrase::has_name(self.text, &phrase.core);
        let plural = phrase.plural();
        if back
            && let Some(speaker) = self.earlier(at, |s| {
                s.entity.is_none() && s.stem == stem && s.plural == plural
            })
        {
            return Resolved {
                speaker,
                rule: "source.same_head",
            };
        }
        if !plural && (back || phrase.determiner == Determiner::Bare && capital) {
            let wanted = |k: &Known| {
                k.class == NameClass::Person && described(registry_words(self.text, k), stem)
            };
            if let Some(entity) = nearest_named(registry, at, wanted) {
                return self.entity(registry, entity, phrase, "source.office_of");
            }
        }
        if SPOKEN_FOR.contains(&stem)
            && let Some(of) = phrase.of.filter(|o| {
                matches!(
                    registry.known[o.entity].kind,
                    EntityKind::Organization
                        | EntityKind::Place
                        | EntityKind::Publication
                        | EntityKind::Group
                )
            }) {
                return self.entity(registry, of.entity, phrase, "kind.spokesperson");
            }
        let office = phrase.entry.is_some_and(|e| e.office);
        if office && !plural && matches!(phrase.determiner, Determiner::Definite | Determiner::Bare)
        {
            return self.unnamed(phrase, SourceKind::Person, "kind.office");
        }
        // "the official" with nobody before: the next best that was called by another word
        if back
            && !plural
            && let Some(speaker) = self.earlier(at, |s| {
                s.kind == SourceKind::Anonymous && !s.plural && synonyms(&s.stem, stem)
            })
        {
            return Resolved {
                speaker,
                rule: "source.other_word",
            };
        }
        self.unnamed(phrase, SourceKind::Anonymous, "kind.head")
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
        if capital && phrase.determiner != Determiner::Indefinite {
            let bare = without_article(self.text, phrase.core.clone());
            let entity = composed(registry, self.text, bare, SourceKind::Organization);
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

/// What an entity is as a source.
fn kind_of(known: &Known, text: &str, phrase: &Phrase) -> SourceKind {
    match known.kind {
        EntityKind::Person if of_several(known, text, phrase) => SourceKind::Organization,
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

/// "The Houthis": a name in the plural with an article is no person.
fn of_several(known: &Known, text: &str, phrase: &Phrase) -> bool {
    let words = text
        .get(phrase.core.clone())
        .unwrap_or_default()
        .to_lowercase();
    words.starts_with("the ") && known.name.ends_with('s') && !known.name.contains(' ')
}

fn is_person(speaker: &Speaker) -> bool {
    matches!(speaker.kind, SourceKind::Person | SourceKind::Anonymous) && !speaker.plural
}

fn is_body(known: &Known) -> bool {
    matches!(
        known.kind,
        EntityKind::Organization
            | EntityKind::Publication
            | EntityKind::Channel
            | EntityKind::Document
    )
}

/// The entity that was named last before a place, of those that fit; else the first behind it.
fn nearest_named(registry: &Registry, at: usize, fits: impl Fn(&Known) -> bool) -> Option<usize> {
    let near = |k: &Known| {
        k.mentions
            .iter()
            .filter(|(_, f)| *f == MentionForm::Name)
            .map(|(r, _)| r.start)
            .filter(|&s| s < at)
            .max()
    };
    registry
        .known
        .iter()
        .enumerate()
        .filter(|(_, k)| fits(k))
        .filter_map(|(i, k)| Some((i, near(k)?)))
        .max_by_key(|(_, start)| *start)
        .map(|(i, _)| i)
}

/// All words that the text uses to describe an entity: those around its names, and the apposition.
fn registry_words(text: &str, known: &Known) -> String {
    let mut out = String::new();
    for ((mention, _), core) in known.mentions.iter().zip(&known.cores) {
        for part in [mention.start..core.start, core.end..mention.end] {
            out.push_str(text.get(part).unwrap_or_default());
            out.push(' ');
        }
        // a title that the network left outside the name: "President Biden"
        let before = text.get(..mention.start).unwrap_or_default();
        let titles: Vec<&str> = before
            .rsplit(' ')
            .skip(1)
            .take(4)
            .take_while(|w| crate::entities::is_title(w))
            .collect();
        out.push_str(&titles.join(" "));
        out.push(' ');
    }
    if let Some(description) = known.describes.clone().and_then(|r| text.get(r)) {
        out.push_str(description);
    }
    out.to_lowercase()
}

fn described(words: String, wanted: &str) -> bool {
    words
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| w == wanted || stem(w) == wanted)
}

/// Words for one unnamed person that reports exchange.
fn synonyms(a: &str, b: &str) -> bool {
    const SETS: &[&[&str]] = &[
        &[
            "official", "source", "diplomat", "aide", "adviser", "insider", "person",
        ],
        &[
            "woman", "mother", "widow", "girl", "resident", "victim", "survivor", "witness",
        ],
        &[
            "man", "father", "boy", "resident", "victim", "survivor", "witness", "fighter",
        ],
    ];
    SETS.iter().any(|set| set.contains(&a) && set.contains(&b))
}

/// The entity whose name is put together from a name and a common noun; made where there is none.
fn composed(registry: &mut Registry, text: &str, range: Range<usize>, kind: SourceKind) -> usize {
    let name = one_line(text.get(range.clone()).unwrap_or_default());
    let same = registry
        .known
        .iter()
        .position(|k| k.name.eq_ignore_ascii_case(&name));
    let index = same.unwrap_or_else(|| {
        registry.known.push(Known {
            kind: if kind == SourceKind::Publication {
                EntityKind::Publication
            } else {
                EntityKind::Organization
            },
            name,
            class: NameClass::Organization,
            mentions: Vec::new(),
            cores: Vec::new(),
            describes: None,
            joined: None,
        });
        registry.known.len() - 1
    });
    registry.mention(index, range.clone(), MentionForm::Name);
    if registry.known[index].cores.len() < registry.known[index].mentions.len() {
        registry.known[index].cores.push(range);
    }
    index
}
