//! Where: words that name a place, and which place in the gazetteer they name.

mod find;
pub(crate) mod gazetteer;
mod rank;

use std::collections::HashSet;

use sayso_reading::{
    BlockKind, Document, OtherPlace, Place, PlaceId, PlaceLevel, PlaceRelation, Score, Spans,
};

pub use gazetteer::{Gazetteer, GazetteerError, pack};

use crate::attributions::span;
use crate::entities::Found;
use crate::numbers::Tokens;
use find::{Finder, Mention, Support};
use rank::{Group, ranked};

/// Runners-up that a reading keeps.
const OTHERS: usize = 4;

/// The places of a document, in text order.
pub(crate) fn fill(document: &Document, found: &[Found], gazetteer: &Gazetteer) -> Vec<Place> {
    let text = document.text();
    let mut names = found.to_vec();
    names.sort_by_key(|f| (f.range.start, f.range.end));
    let blocks: Vec<Tokens> = document
        .blocks()
        .iter()
        .filter(|b| b.kind.is_content() || b.kind == BlockKind::Dateline)
        .map(|b| Tokens::new(text, b.span.range()))
        .collect();
    let small = written_small(text);
    let finder = Finder {
        text,
        gazetteer,
        names: &names,
        small: &small,
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
    mentions
        .iter()
        .zip(&group_of)
        .filter_map(|(mention, &group)| Some((mention, groups.get(group)?)))
        .enumerate()
        .filter_map(|(number, (mention, group))| place(text, gazetteer, number, mention, group))
        .collect()
}

/// The words that a text writes without a capital somewhere.
fn written_small(text: &str) -> HashSet<&str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|w| w.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect()
}

/// The level that the words around a name tell: "Anbar province", "the city of Basra".
fn told_level(tokens: &Tokens, mention: &Mention) -> Option<PlaceLevel> {
    let behind = match tokens.lower(mention.tokens.end) {
        "province" | "governorate" | "state" | "oblast" | "region" | "prefecture" => Some(PlaceLevel::Admin1),
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

fn place(
    text: &str,
    gazetteer: &Gazetteer,
    number: usize,
    mention: &Mention,
    group: &Group,
) -> Option<Place> {
    let best = group.best();
    let record = best.map(|b| b.record);
    let words = text.get(mention.range.clone())?;
    let found = match mention.support {
        Support::Network(confidence) => f64::from(confidence),
        Support::Known | Support::Demonym => 0.9,
        Support::Inside => 0.8,
    };
    let others = group.candidates.iter().skip(1).take(OTHERS);
    Some(Place {
        id: PlaceId::at(number),
        spans: Spans::from(span(mention.range.clone())?),
        entity: None,
        geonames: record.map(|r| u64::from(r.geonames)).filter(|&n| n > 0),
        name: best.map_or_else(|| words.to_owned(), |b| gazetteer.name(b.index).to_owned()),
        lat: record.map(|r| r.lat),
        lon: record.map(|r| r.lon),
        level: record.map(|r| r.level),
        radius_km: record.map(|r| f64::from(r.radius) / 10.0),
        country: record.and_then(|r| gazetteer.countries(&r).next().map(str::to_owned)),
        admin1: record.and_then(|r| gazetteer.division(&r)).map(|d| gazetteer.name(d).to_owned()),
        relation: PlaceRelation::In,
        score: Score::clamped((found * best.map_or(0.5, |b| b.score)) as f32),
        others: others
            .filter(|c| c.record.geonames > 0)
            .map(|c| OtherPlace {
                geonames: u64::from(c.record.geonames),
                name: gazetteer.name(c.index).to_owned(),
                score: Score::clamped((found * c.score) as f32),
            })
            .collect(),
        metonym: mention.support == Support::Inside,
        demonym: mention.support == Support::Demonym,
    })
}
