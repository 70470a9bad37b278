//! Entities: who and what a document names, each with all the places where it does.

mod cluster;
mod decode;
mod kind;
mod name;
mod select;

use std::collections::HashMap;
use std::ops::Range;

use sayso_reading::{Document, Entity, EntityId, EntityKind, Mention, MentionForm};

use crate::attributions::span;
use crate::chains::Outlets;
use cluster::cluster;
pub(crate) use decode::{Found, NameClass, names, whole_words};
use kind::known;
pub(crate) use name::{capital, is_title, without_article, without_possessive};
use select::{add_outlets, select};

/// Below this the network's name is taken for none.
const LEAST: f32 = 0.45;

/// An entity while a document is being resolved; bytes of its text.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub kind: EntityKind,
    pub name: String,
    /// The network's class, before anything else was looked up.
    pub class: NameClass,
    pub mentions: Vec<(Range<usize>, MentionForm)>,
    /// The mentions by name, each with the name in it, in text order.
    pub names: Vec<(Range<usize>, Range<usize>)>,
    pub describes: Option<Range<usize>>,
    /// What the list of outlets says that it is: "agency", "newspaper"; or the noun before its name.
    pub outlet: Option<String>,
    /// The rule by which its names were joined; `None` where all are equal.
    pub joined: Option<&'static str>,
}

impl Known {
    /// The name in a mention by name.
    pub(crate) fn name_in(&self, mention: &Range<usize>) -> Option<&Range<usize>> {
        let from = self.names.partition_point(|(m, _)| m.start < mention.start);
        self.names[from..]
            .iter()
            .take_while(|(m, _)| m.start == mention.start)
            .find(|(m, _)| m.end == mention.end)
            .map(|(_, name)| name)
    }
}

/// The entities of a document.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    pub known: Vec<Known>,
    /// Every mention by name: (range, index of its entity), in text order.
    named: Vec<(Range<usize>, usize)>,
    /// By their names in lower case.
    by_name: HashMap<String, usize>,
}

impl Registry {
    /// Groups the names that the network and the list of outlets give.
    pub(crate) fn new(document: &Document, found: &[Found], outlets: &Outlets) -> Self {
        let text = document.text();
        let mut names = select(text, found);
        add_outlets(document, outlets, &mut names);
        let known: Vec<Known> = cluster(text, names)
            .iter()
            .filter_map(|c| known(text, c, outlets))
            .collect();
        let mut out = Self {
            known,
            named: Vec::new(),
            by_name: HashMap::new(),
        };
        for (index, entity) in out.known.iter().enumerate() {
            out.by_name
                .entry(entity.name.to_lowercase())
                .or_insert(index);
            out.named
                .extend(entity.mentions.iter().map(|(r, _)| (r.clone(), index)));
        }
        out.named.sort_by_key(|(r, i)| (r.start, r.end, *i));
        out
    }

    /// Mentions by name that lie within a stretch, in text order: range and entity.
    pub(crate) fn named_in(
        &self,
        stretch: &Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &(Range<usize>, usize)> {
        let from = self.named.partition_point(|(r, _)| r.start < stretch.start);
        let to = self.named.partition_point(|(r, _)| r.start < stretch.end);
        let end = stretch.end;
        self.named[from..to.max(from)]
            .iter()
            .filter(move |(r, _)| r.end <= end)
    }

    /// The entity that was named last before a place, of those that fit.
    pub(crate) fn named_before(&self, at: usize, fits: impl Fn(&Known) -> bool) -> Option<usize> {
        /// Mentions by name beyond which nobody is meant any more.
        const REACH: usize = 1_000;
        let to = self.named.partition_point(|(r, _)| r.start < at);
        self.named[to.saturating_sub(REACH)..to]
            .iter()
            .rev()
            .map(|(_, i)| *i)
            .find(|&i| self.known.get(i).is_some_and(&fits))
    }

    /// The entity of this name that the text puts together; made where there is none.
    pub(crate) fn put_together(
        &mut self,
        text: &str,
        range: Range<usize>,
        kind: EntityKind,
    ) -> usize {
        let name = one_line(text.get(range.clone()).unwrap_or_default());
        let next = self.known.len();
        let index = *self.by_name.entry(name.to_lowercase()).or_insert(next);
        if index == next {
            self.known.push(Known {
                kind,
                name,
                class: NameClass::Organization,
                mentions: Vec::new(),
                names: Vec::new(),
                describes: None,
                outlet: None,
                joined: None,
            });
        }
        if self.known[index].name_in(&range).is_none() {
            let at = self.named.partition_point(|(r, _)| r.start < range.start);
            self.named.insert(at, (range.clone(), index));
            let known = &mut self.known[index];
            let at = known.names.partition_point(|(m, _)| m.start < range.start);
            known.names.insert(at, (range.clone(), range.clone()));
        }
        self.mention(index, range, MentionForm::Name);
        index
    }

    /// A further mention, by a description or a pronoun.
    pub(crate) fn mention(&mut self, entity: usize, range: Range<usize>, form: MentionForm) {
        if let Some(known) = self.known.get_mut(entity) {
            known.mentions.push((range, form));
        }
    }

    /// The entity of this name, letter case apart.
    pub(crate) fn called(&self, name: &str) -> Option<usize> {
        self.by_name.get(&name.to_lowercase()).copied()
    }

    /// The identifier of an entity.
    pub(crate) const fn id(index: usize) -> EntityId {
        EntityId::at(index)
    }

    /// The entities as the reading gives them.
    pub(crate) fn finish(self, text: &str) -> Vec<Entity> {
        self.known
            .into_iter()
            .enumerate()
            .map(|(index, mut known)| {
                known
                    .mentions
                    .sort_by_key(|(r, form)| (r.start, r.end, *form));
                known.mentions.dedup_by(|b, a| a.0 == b.0);
                Entity {
                    id: Self::id(index),
                    kind: known.kind,
                    name: known.name,
                    mentions: known
                        .mentions
                        .into_iter()
                        .filter_map(|(r, form)| {
                            Some(Mention {
                                span: span(r)?,
                                form,
                            })
                        })
                        .collect(),
                    describes: known.describes.and_then(|r| text.get(r)).map(one_line),
                }
            })
            .collect()
    }
}

/// Words of the text in one line.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry(text: &str, found: &[(&str, NameClass)]) -> Registry {
        let mut from = 0;
        let found: Vec<Found> = found
            .iter()
            .map(|(words, class)| {
                let start = from + text[from..].find(words).expect("the name is there");
                from = start;
                Found {
                    range: start..start + words.len(),
                    class: *class,
                    inner: false,
                    confidence: 0.9,
                }
            })
            .collect();
        Registry::new(&Document::of_paragraphs(text), &found, &Outlets::default())
    }

    #[test]
    fn entities_have_names_kinds_and_descriptions() {
        let text = "The state-run Mehr News Agency quoted Omar Abu Layla, a Europe-based activist who heads a media outlet, and CNN. \
                    The Kawtheryoon Electronic Team, a Telegram network, posted it, Abu Layla said.";
        let found = [
            ("state-run Mehr News Agency", NameClass::Organization),
            ("Omar Abu Layla", NameClass::Person),
            ("Kawtheryoon Electronic Team", NameClass::Organization),
            ("Abu Layla said", NameClass::Person),
        ];
        let mut found = found;
        found[3].0 = "Abu Layla";
        let entities = registry(text, &found).finish(text);
        let told: Vec<_> = entities
            .iter()
            .map(|e| (e.name.as_str(), e.kind, e.describes.as_deref()))
            .collect();
        assert_eq!(
            told[..3],
            [
                (
                    "Mehr News Agency",
                    EntityKind::Publication,
                    Some("state-run")
                ),
                (
                    "Omar Abu Layla",
                    EntityKind::Person,
                    Some("Europe-based activist who heads a media outlet")
                ),
                ("CNN", EntityKind::Publication, None),
            ]
        );
        assert_eq!(told[3].1, EntityKind::Channel);
    }
}
