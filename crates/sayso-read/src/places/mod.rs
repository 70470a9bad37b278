//! Where: words that name a place, and which place in the gazetteer they name.

mod find;
pub(crate) mod gazetteer;
mod rank;
mod relation;
mod sense;
mod support;
#[cfg(test)]
mod tests;
mod words;

use std::collections::HashSet;
use std::ops::Range;

use sayso_reading::{
    Attribution, BlockKind, Document, EntityId, EntityKind, OtherPlace, Place, PlaceId, PlaceLevel,
    PlaceRelation, Score, Spans,
};

pub use gazetteer::{Gazetteer, GazetteerError, pack};

use crate::attributions::span;
use crate::entities::{Found, NameClass, Registry, one_line};
use crate::numbers::Tokens;
use crate::trace::{Field, Trace};
use find::{Finder, Mention, Support};
use rank::{Candidate, Group, ranked};

/// Runners-up that a reading keeps.
const OTHERS: usize = 4;

/// The places of a document, in text order.
pub(crate) fn fill(
    document: &Document,
    found: &[Found],
    registry: &Registry,
    attributions: &[Attribution],
    gazetteer: &Gazetteer,
    trace: &mut Trace,
) -> Vec<Place> {
    let text = document.text();
    let mut names = found.to_vec();
    names.sort_by_key(|f| (f.range.start, f.range.end));
    let blocks: Vec<Tokens> = document
        .blocks()
        .iter()
        .filter(|b| b.kind.is_content() || b.kind == BlockKind::Dateline)
        .map(|b| Tokens::new(text, b.span.range()))
        .collect();
    let finder = Finder {
        text,
        gazetteer,
        names: &names,
        small: written_small(text),
        people: people(text, &names),
    };
    let mut mentions = Vec::new();
    for (number, tokens) in blocks.iter().enumerate() {
        finder.block(tokens, number, &mut mentions);
    }
    let levels: Vec<Option<PlaceLevel>> = mentions
        .iter()
        .map(|m| blocks.get(m.block).and_then(|t| told_level(t, m)))
        .collect();
    let groups = ranked(gazetteer, &mentions, &levels);
    let mut group_of = vec![0; mentions.len()];
    for (number, group) in groups.iter().enumerate() {
        for &mention in &group.mentions {
            group_of[mention] = number;
        }
    }
    let told = Teller {
        text,
        gazetteer,
        registry,
        mentions: &mentions,
        sources: sense::sources(attributions),
    };
    let mut out = Vec::with_capacity(mentions.len());
    for (mention, group) in mentions.iter().zip(group_of) {
        let (Some(tokens), Some(group)) = (blocks.get(mention.block), groups.get(group)) else {
            continue;
        };
        out.extend(told.place(PlaceId::at(out.len()), tokens, mention, group, trace));
    }
    out
}

/// The words that a text writes without a capital somewhere.
fn written_small(text: &str) -> HashSet<&str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|w| w.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect()
}

/// The words of the names that the network takes for a person's.
fn people<'t>(text: &'t str, names: &[Found]) -> HashSet<&'t str> {
    names
        .iter()
        .filter(|f| f.class == NameClass::Person && !f.inner && f.confidence > 0.6)
        .filter_map(|f| text.get(f.range.clone()))
        .flat_map(|name| name.split(|c: char| !c.is_alphabetic()))
        .filter(|w| w.starts_with(char::is_uppercase))
        .collect()
}

/// The level that the words around a name tell: "Anbar province", "the city of Basra".
fn told_level(tokens: &Tokens, mention: &Mention) -> Option<PlaceLevel> {
    let behind = match tokens.lower(mention.tokens.end) {
        "province" | "governorate" | "state" | "oblast" | "region" | "prefecture" => {
            Some(PlaceLevel::Admin1)
        }
        "county" | "district" | "parish" | "raion" => Some(PlaceLevel::Admin2),
        "city" | "town" | "village" => Some(PlaceLevel::City),
        _ => None,
    };
    let of = tokens.back(mention.tokens.start, 1) == "of";
    let before = match tokens.back(mention.tokens.start, 2) {
        "province" | "governorate" | "state" | "region" if of => Some(PlaceLevel::Admin1),
        "county" | "district" if of => Some(PlaceLevel::Admin2),
        "city" | "town" | "village" | "suburb" if of => Some(PlaceLevel::City),
        _ => None,
    };
    behind.or(before)
}

/// Makes places of mentions and their ranked bearers.
struct Teller<'a> {
    text: &'a str,
    gazetteer: &'a Gazetteer,
    registry: &'a Registry,
    mentions: &'a [Mention],
    /// Sources of attributions, by where they start.
    sources: Vec<Range<usize>>,
}

impl Teller<'_> {
    fn place(
        &self,
        id: PlaceId,
        tokens: &Tokens,
        mention: &Mention,
        group: &Group,
        trace: &mut Trace,
    ) -> Option<Place> {
        let here = span(mention.range.clone())?;
        let best = group.best();
        let record = best.map(|b| b.record);
        let relation = if mention.support == Support::Demonym {
            relation::Told::inside(mention.tokens.start)
        } else {
            relation::told(tokens, mention.tokens.start)
        };
        let metonym = sense::metonym(tokens, mention, &self.sources);
        let around = record.map(|r| relation.around(r.lat, r.lon, f64::from(r.radius) / 10.0));
        self.explain(id, mention, group, trace);
        if relation.relation != PlaceRelation::In {
            let words = tokens.span(relation.from..mention.tokens.start);
            trace.step(id, Field::Relation, relation.rule, words, || {
                relation.relation.as_str().to_owned()
            });
        }
        if let Some(rule) = metonym {
            trace.step(id, Field::Sense, rule, [here], || {
                "the words mean those who act for it".to_owned()
            });
        }
        Some(Place {
            id,
            spans: Spans::from(here),
            entity: self.entity(mention),
            geonames: record.map(|r| u64::from(r.geonames)).filter(|&n| n > 0),
            name: self.name(mention, best),
            lat: around.map(|a| rounded(a.lat)),
            lon: around.map(|a| rounded(a.lon)),
            level: record.map(|r| match relation.relation {
                PlaceRelation::In => r.level,
                _ if around.is_some_and(|a| a.point) => PlaceLevel::Point,
                _ => PlaceLevel::Area,
            }),
            radius_km: around.map(|a| (a.radius * 10.0).round() / 10.0),
            country: record.and_then(|r| self.gazetteer.countries(&r).next().map(str::to_owned)),
            admin1: record
                .and_then(|r| self.gazetteer.division(&r))
                .map(|d| self.gazetteer.name(d).to_owned()),
            relation: relation.relation,
            score: Self::score(mention, best.map_or(0.5, |b| b.score)),
            others: self.others(mention, group),
            metonym: metonym.is_some(),
            demonym: mention.support == Support::Demonym,
        })
    }

    fn name(&self, mention: &Mention, best: Option<&Candidate>) -> String {
        match best {
            Some(best) => self.gazetteer.name(best.index).to_owned(),
            None => one_line(self.text.get(mention.range.clone()).unwrap_or_default()),
        }
    }

    /// How sure it is that the words name a place, and this one.
    fn score(mention: &Mention, share: f64) -> Score {
        let found = match mention.support {
            Support::Network(confidence) => 0.5 + 0.5 * f64::from(confidence),
            Support::Known | Support::Demonym => 0.9,
            Support::Inside => 0.8,
        };
        Score::clamped((found * share) as f32)
    }

    fn others(&self, mention: &Mention, group: &Group) -> Vec<OtherPlace> {
        let taken = usize::from(group.best().is_some());
        let others = group.candidates.iter().skip(taken);
        others
            .filter(|c| c.record.geonames > 0 && c.score >= 0.005)
            .take(OTHERS)
            .map(|c| OtherPlace {
                geonames: u64::from(c.record.geonames),
                name: self.gazetteer.name(c.index).to_owned(),
                score: Self::score(mention, c.score),
            })
            .collect()
    }

    /// The entity of kind place that these words name.
    fn entity(&self, mention: &Mention) -> Option<EntityId> {
        if matches!(mention.support, Support::Demonym | Support::Inside) {
            return None;
        }
        let around = mention.range.start.saturating_sub(4)..mention.range.end + 4;
        let entity = self.registry.named_in(&around).find(|(range, entity)| {
            range.start < mention.range.end
                && mention.range.start < range.end
                && self.registry.known[*entity].kind == EntityKind::Place
        });
        entity.map(|(_, entity)| Registry::id(*entity))
    }

    fn explain(&self, id: PlaceId, mention: &Mention, group: &Group, trace: &mut Trace) {
        let here = span(mention.range.clone());
        let (rule, note) = match mention.support {
            Support::Network(_) => ("head.name", "the network takes these words for a place"),
            Support::Inside => ("place.in_name", "a place's name within another name"),
            Support::Demonym => ("place.demonym", "a people or an adjective by the list"),
            Support::Known => (
                "place.known",
                "a name of the gazetteer that is meant as a place here",
            ),
        };
        trace.step(id, Field::Found, rule, here, || note.to_owned());
        if let Some(container) = mention.container.and_then(|c| self.mentions.get(c)) {
            trace.step(
                id,
                Field::Place,
                "place.container",
                span(container.range.clone()),
                || "it lies where the words behind the comma say".to_owned(),
            );
        }
        let told = |c: &Candidate| {
            let countries: Vec<&str> = self.gazetteer.countries(&c.record).collect();
            let name = self.gazetteer.name(c.index);
            format!(
                "{name} ({} {}) {:.2}",
                c.record.level,
                countries.join(" "),
                c.score
            )
        };
        let rule = match group.best() {
            None => "place.unknown",
            Some(best) if self.gazetteer.is_own(best.index) => "place.own",
            Some(_) if group.candidates.len() == 1 => "place.only",
            Some(_) => "place.ranked",
        };
        trace.step(id, Field::Place, rule, here, || {
            let all: Vec<String> = group.candidates.iter().take(OTHERS + 1).map(told).collect();
            if all.is_empty() {
                "the gazetteer has no such place".to_owned()
            } else {
                all.join(", ")
            }
        });
    }
}

/// Degrees to four places, about ten metres: the gazetteer holds no more.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e4).round() / 1e4
}
