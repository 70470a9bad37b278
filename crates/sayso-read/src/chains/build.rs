//! The hops of every attribution, from the page inwards.

use std::collections::HashMap;
use std::ops::Range;

use sayso_reading::{Attribution, Carrier, Document, Hop, SourceKind, Span, Spans};

use super::told::{Told, told};
use crate::entities::Registry;
use crate::sources::{Cast, Scene, Speaker, as_source};
use crate::trace::{Field, Trace};

/// Sentences over which a named person goes on speaking to the same outlet.
const NAMED_REACH: usize = 12;

/// Sentences before the telling in which the source may already have been heard.
const BACKWARD: usize = 6;
/// Words that say that a document was passed on, by whoever reports of it.
const PASSED_ON: &[&str] = &[
    "leaked",
    "obtained",
    "seen by",
    "reviewed by",
    "confidential",
    "internal",
    "classified",
];

/// What is known of a document while its chains are built.
struct Builder<'a> {
    document: &'a Document,
    registry: &'a Registry,
    scene: &'a Scene,
    attributions: &'a [Attribution],
    cast: &'a Cast,
    told: Vec<Option<Told>>,
    publisher: Option<usize>,
    /// The agency that the page credits.
    credit: Option<Hop>,
}

/// A way by which a speaker reached the page: where it was told, and its hops.
struct Way {
    at: usize,
    hops: Vec<Hop>,
}

/// Fills the chains.
pub(crate) fn fill(
    document: &Document,
    registry: &Registry,
    scene: &Scene,
    cast: &Cast,
    credited: Option<Range<usize>>,
    attributions: &mut [Attribution],
    trace: &mut Trace,
) {
    let text = document.text();
    let chains = {
        let told = attributions
            .iter()
            .map(|a| told(text, registry, scene, a))
            .collect();
        let builder = Builder {
            document,
            registry,
            scene,
            attributions,
            cast,
            told,
            publisher: super::publisher(document, registry),
            credit: credited.and_then(|r| credit(text, registry, r)),
        };
        builder.all(trace)
    };
    for (attribution, chain) in attributions.iter_mut().zip(chains) {
        attribution.chain = chain;
    }
}

impl Builder<'_> {
    fn all(&self, trace: &mut Trace) -> Vec<Vec<Hop>> {
        let mut chains: Vec<Option<Vec<Hop>>> = vec![None; self.attributions.len()];
        let ways = self.ways(trace);
        for index in 0..self.attributions.len() {
            self.chain(index, &ways, &mut chains, trace, 0);
        }
        chains.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// For every speaker the ways that its outermost attributions name.
    fn ways(&self, trace: &mut Trace) -> HashMap<usize, Vec<Way>> {
        let mut out: HashMap<usize, Vec<Way>> = HashMap::new();
        for (index, attribution) in self.attributions.iter().enumerate() {
            let (Some(speaker), Some(told)) = (self.speaker_index(index), &self.told[index]) else {
                continue;
            };
            if attribution.within.is_none()
                && Some(told.entity) != self.speaker(index).and_then(|s| s.entity)
            {
                let hops = if Some(told.entity) == self.publisher {
                    Vec::new()
                } else {
                    vec![self.outlet(told)]
                };
                let name = &self.registry.known[told.entity].name;
                trace.step(
                    attribution.id,
                    Field::Chain,
                    "chain.told",
                    Span::new(told.range.start, told.range.end).ok(),
                    || format!("the source spoke to {name}"),
                );
                out.entry(speaker).or_default().push(Way {
                    at: self.place(index),
                    hops,
                });
            }
        }
        // who is first heard inside another's content reached the page through that one
        for (index, attribution) in self.attributions.iter().enumerate() {
            let Some(outer) = attribution
                .within
                .map(|w| w.number() as usize - 1)
                .filter(|&o| o < self.attributions.len())
            else {
                continue;
            };
            let Some(speaker) = self.speaker_index(index) else {
                continue;
            };
            let carried = self.cast.speakers[speaker].entity.is_none()
                && self.speaker_index(outer) != Some(speaker)
                && self.attributions[outer].within.is_none();
            let by_outlet = self.speaker(outer).is_some_and(|s| {
                matches!(
                    s.kind,
                    SourceKind::Publication | SourceKind::Channel | SourceKind::Document
                )
            });
            if carried && by_outlet {
                let hops = self.own(outer);
                out.entry(speaker).or_default().push(Way {
                    at: self.place(index),
                    hops,
                });
            }
        }
        for ways in out.values_mut() {
            ways.sort_by_key(|w| w.at);
        }
        out
    }

    fn chain(
        &self,
        index: usize,
        ways: &HashMap<usize, Vec<Way>>,
        chains: &mut Vec<Option<Vec<Hop>>>,
        trace: &mut Trace,
        depth: usize,
    ) {
        if chains[index].is_some() || depth > self.attributions.len() {
            return;
        }
        let attribution = &self.attributions[index];
        let outer = attribution
            .within
            .map(|w| w.number() as usize - 1)
            .filter(|&o| o < chains.len() && o != index);
        let mut hops = if let Some(outer) = outer {
            self.chain(outer, ways, chains, trace, depth + 1);
            trace.step(attribution.id, Field::Chain, "chain.nested", [], || {
                let around = self.attributions[outer].id;
                format!("it stands in {around}, so the hops of that one come first")
            });
            chains[outer].clone().unwrap_or_default()
        } else {
            let mut hops = self.way(index, ways, trace);
            if let Some(credit) = self.credited(index, &hops, trace) {
                hops.insert(0, credit);
            }
            hops
        };
        let same_speaker = outer.is_some_and(|o| {
            self.speaker_index(o).is_some() && self.speaker_index(o) == self.speaker_index(index)
        });
        if !same_speaker {
            for hop in self.own(index) {
                let again = hop.name.is_some() && hops.iter().any(|h| h.name == hop.name);
                if !again {
                    hops.push(hop);
                }
            }
        }
        trace.step(attribution.id, Field::Chain, "chain.source", [], || {
            if hops.is_empty() {
                "the page’s own author speaks".to_owned()
            } else {
                format!(
                    "origin: {}",
                    hops.last()
                        .and_then(|h| h.name.clone())
                        .unwrap_or_else(|| "a source without a name".to_owned())
                )
            }
        });
        chains[index] = Some(hops);
    }

    /// The agency that the page credits, unless the page's own author speaks or the agency is
    /// among the hops already.
    fn credited(&self, index: usize, hops: &[Hop], trace: &mut Trace) -> Option<Hop> {
        let credit = self.credit.as_ref()?;
        let own = self.own(index);
        let again = hops.iter().chain(&own).any(|h| h.name == credit.name);
        if own.is_empty() || again {
            return None;
        }
        let id = self.attributions[index].id;
        let words = credit.spans.iter().copied();
        trace.step(id, Field::Chain, "chain.credited", words, || {
            "the page credits this agency with the report".to_owned()
        });
        Some(credit.clone())
    }

    /// The hops before the source of an outermost attribution.
    fn way(&self, index: usize, ways: &HashMap<usize, Vec<Way>>, trace: &mut Trace) -> Vec<Hop> {
        let Some(speaker) = self.speaker_index(index) else {
            return Vec::new();
        };
        let at = self.place(index);
        let group = self.cast.speakers[speaker].one_of;
        let own = ways
            .get(&speaker)
            .or_else(|| ways.get(&group?))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let named = self.cast.speakers[speaker].entity.is_some();
        let found = own
            .iter()
            .rev()
            .find(|w| w.at <= at)
            .or_else(|| own.first().filter(|w| self.backward(speaker, at, w.at)))
            .filter(|w| !named || self.sentences_apart(w.at, at) <= NAMED_REACH);
        let found = match found {
            Some(way) => Some(way),
            None => self.headline_way(index, ways),
        };
        let Some(way) = found else {
            return self.passed_on(index, trace);
        };
        if self.told[index].is_none() && !way.hops.is_empty() {
            trace.step(
                self.attributions[index].id,
                Field::Chain,
                "chain.same_speaker",
                [],
                || "the same source is heard elsewhere in the text through this hop".to_owned(),
            );
        }
        way.hops.clone()
    }

    /// Leaked papers and messages reached the page through the outlet that reported before them.
    fn passed_on(&self, index: usize, trace: &mut Trace) -> Vec<Hop> {
        let speaker = self.speaker(index).filter(|s| {
            s.entity.is_none() && matches!(s.kind, SourceKind::Document | SourceKind::Channel)
        });
        let words = speaker.and_then(|s| self.document.text().get(s.phrase.clone()));
        if !words.is_some_and(|w| PASSED_ON.iter().any(|p| w.contains(p))) {
            return Vec::new();
        }
        let at = self.place(index);
        let reporter = (0..index)
            .rev()
            .take_while(|&i| self.sentences_apart(self.place(i), at) <= BACKWARD)
            .find(|&i| {
                self.attributions[i].within.is_none()
                    && self
                        .speaker(i)
                        .is_some_and(|s| s.kind == SourceKind::Publication)
            });
        let Some(reporter) = reporter else {
            return Vec::new();
        };
        trace.step(
            self.attributions[index].id,
            Field::Chain,
            "chain.passed_on",
            [],
            || {
                format!(
                    "the outlet of {} reported of it",
                    self.attributions[reporter].id
                )
            },
        );
        self.own(reporter)
    }

    /// Whether what is told only later holds for an earlier place: for one person or a few, near by.
    fn backward(&self, speaker: usize, at: usize, told: usize) -> bool {
        let kind = self.cast.speakers[speaker].kind;
        let few = matches!(kind, SourceKind::Anonymous | SourceKind::Person);
        few && self.sentences_apart(at, told) <= BACKWARD
    }

    /// A headline's unnamed source is the one that the text below tells of.
    fn headline_way<'w>(
        &self,
        index: usize,
        ways: &'w HashMap<usize, Vec<Way>>,
    ) -> Option<&'w Way> {
        let at = self.place(index);
        let headline = self.scene.is_headline(at);
        let speaker = self
            .speaker(index)
            .filter(|s| headline && s.entity.is_none())?;
        let mut candidates: Vec<&Way> = ways
            .iter()
            .filter(|(s, _)| {
                let other = &self.cast.speakers[**s];
                other.entity.is_none() && other.kind == speaker.kind && other.stem == speaker.stem
            })
            .filter_map(|(_, w)| w.first())
            .collect();
        candidates.sort_by_key(|w| w.at);
        candidates.first().copied()
    }

    /// The hop or hops of an attribution's own source.
    fn own(&self, index: usize) -> Vec<Hop> {
        let attribution = &self.attributions[index];
        let by = carrier(attribution, self.told[index].is_some());
        let Some(speaker) = self.speaker(index) else {
            return vec![Hop {
                name: None,
                kind: SourceKind::Unstated,
                entity: None,
                spans: Spans::none(),
                by: Some(by),
            }];
        };
        let author = speaker.entity.is_none()
            && attribution.within.is_none()
            && first_person(self.document.text(), speaker);
        if author || speaker.entity.is_some() && speaker.entity == self.publisher {
            return Vec::new();
        }
        vec![self.hop(speaker, attribution, by)]
    }

    fn hop(&self, speaker: &Speaker, attribution: &Attribution, by: Carrier) -> Hop {
        let kind = attribution.source.kind.unwrap_or(speaker.kind);
        match speaker
            .entity
            .filter(|_| attribution.source.entity.is_some())
        {
            Some(entity) => {
                let known = &self.registry.known[entity];
                let owner = speaker.owner.is_some();
                Hop {
                    name: Some(known.name.clone()),
                    kind: if owner { as_source(known.kind) } else { kind },
                    entity: Some(Registry::id(entity)),
                    spans: attribution.source.spans.clone(),
                    by: Some(if owner { Carrier::Published } else { by }),
                }
            }
            None => Hop {
                name: None,
                kind,
                entity: None,
                spans: self.unnamed_spans(speaker, attribution),
                by: Some(by),
            },
        }
    }

    /// The fullest phrase of a person or group; of something written the words at hand,
    /// since a later report may be another one.
    fn unnamed_spans(&self, speaker: &Speaker, attribution: &Attribution) -> Spans {
        let own = &attribution.source.spans;
        let written = matches!(speaker.kind, SourceKind::Document | SourceKind::Channel);
        let nominal = own
            .hull()
            .and_then(|s| s.slice(self.document.text()))
            .is_some_and(|w| w.contains(' '));
        // of a body's spokesman who is not to be named, his own words too
        if written && nominal || speaker.entity.is_some() {
            return own.clone();
        }
        Span::new(speaker.phrase.start, speaker.phrase.end)
            .into_iter()
            .collect()
    }

    fn outlet(&self, told: &Told) -> Hop {
        let known = &self.registry.known[told.entity];
        Hop {
            name: Some(known.name.clone()),
            kind: SourceKind::Publication,
            entity: Some(Registry::id(told.entity)),
            spans: Span::new(told.range.start, told.range.end)
                .into_iter()
                .collect(),
            by: Some(Carrier::Told),
        }
    }

    fn speaker_index(&self, index: usize) -> Option<usize> {
        self.cast.of.get(index).copied().flatten()
    }

    fn speaker(&self, index: usize) -> Option<&Speaker> {
        self.cast.speaker(index)
    }

    /// Where an attribution stands: its cue, else its content.
    fn place(&self, index: usize) -> usize {
        let a = &self.attributions[index];
        a.cue
            .as_ref()
            .map(|c| c.phrase.start())
            .or_else(|| a.content.spans.hull().map(|s| s.start()))
            .unwrap_or(0)
    }

    fn sentences_apart(&self, a: usize, b: usize) -> usize {
        self.scene.number(a).abs_diff(self.scene.number(b))
    }
}

/// An agency's credit as a hop.
fn credit(text: &str, registry: &Registry, range: Range<usize>) -> Option<Hop> {
    let name = text.get(range.clone())?;
    Some(Hop {
        name: Some(name.to_owned()),
        kind: SourceKind::Publication,
        entity: registry.called(name).map(Registry::id),
        spans: Span::new(range.start, range.end).into_iter().collect(),
        by: Some(Carrier::Credited),
    })
}

/// "I" and "we" outside anybody's words are the page's own author.
fn first_person(text: &str, speaker: &Speaker) -> bool {
    let word = text.get(speaker.phrase.clone()).unwrap_or_default();
    matches!(word.to_lowercase().as_str(), "i" | "we")
}

/// What carries the hop, by the cue's word.
fn carrier(attribution: &Attribution, told: bool) -> Carrier {
    let lemma = attribution.cue.as_ref().map_or("", |c| c.lemma.as_str());
    match lemma.split(' ').next().unwrap_or_default() {
        _ if told => Carrier::Told,
        "tell" => Carrier::Told,
        "according" | "cite" | "per" => Carrier::Cited,
        "quote" => Carrier::Quoted,
        "post" | "tweet" | "retweet" => Carrier::Posted,
        "report" | "reportedly" => Carrier::Reported,
        "publish" | "release" | "issue" => Carrier::Published,
        "credit" => Carrier::Credited,
        _ => Carrier::Said,
    }
}
