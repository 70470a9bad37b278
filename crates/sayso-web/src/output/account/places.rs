//! Places in words.

use std::cmp::Reverse;

use sayso_reading::{Place, PlaceLevel, PlaceRelation, Reading};

use super::{Line, Mention, together};
use crate::output::glyphs::Glyphs;
use crate::output::rows::{DOUBT, one_line, words};

/// How a mention means a place; the order is that of the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sense {
    /// The place itself, or one that lies so to it.
    Place(PlaceRelation),
    Actor,
    People,
}

impl Sense {
    const ALL: [Self; 6] = [
        Self::Place(PlaceRelation::In),
        Self::Place(PlaceRelation::Near),
        Self::Place(PlaceRelation::Outside),
        Self::Place(PlaceRelation::Offset),
        Self::Actor,
        Self::People,
    ];

    const fn of(place: &Place) -> Self {
        match (place.metonym, place.demonym) {
            (true, _) => Self::Actor,
            (false, true) => Self::People,
            (false, false) => Self::Place(place.relation),
        }
    }

    /// The word behind a count; none where the place itself is meant.
    const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Place(PlaceRelation::In) => None,
            Self::Place(relation) => Some(relation.as_str()),
            Self::Actor => Some("actor"),
            Self::People => Some("people"),
        }
    }
}

/// A line for each place, the ones named most often as places first.
pub(super) fn lines(reading: &Reading, glyphs: Glyphs) -> Vec<Line> {
    let key = |place: &Place| {
        // what the gazetteer does not number is told apart by its name
        let named = place.geonames.is_none();
        let named = named.then(|| (place.name.clone(), place.country.clone(), place.level));
        (place.geonames, named)
    };
    let mut groups = together(&reading.places, key);
    groups.sort_by_key(|group| {
        let meant = group
            .iter()
            .filter(|place| matches!(Sense::of(place), Sense::Place(_)));
        (Reverse(meant.count()), Reverse(group.len()))
    });
    let groups = groups.into_iter();
    groups
        .filter_map(|group| line(reading, &group, glyphs))
        .collect()
}

fn line(reading: &Reading, mentions: &[&Place], glyphs: Glyphs) -> Option<Line> {
    let place = mentions.first()?;
    let sure = |place: &&Place| place.score.value() >= DOUBT;
    let counts = Sense::ALL.into_iter().filter_map(|sense| {
        let count = mentions.iter().filter(|place| Sense::of(place) == sense);
        let count = Some(count.count()).filter(|&count| count > 0)?;
        let by = glyphs.by;
        Some(match sense.as_str() {
            Some(word) => format!("{count}{by} {word}"),
            None => format!("{count}{by}"),
        })
    });
    Some(Line {
        name: name(reading, mentions, &one_line(&place.name)),
        value: kind(place),
        more: counts.collect(),
        doubtful: !mentions.iter().copied().any(|place| sure(&place)),
        mentions: mentions
            .iter()
            .map(|place| Mention {
                id: place.id.into(),
                spans: place.spans.clone(),
            })
            .collect(),
    })
}

/// Its name, and behind it how the text calls it where it never uses that name.
fn name(reading: &Reading, mentions: &[&Place], name: &str) -> String {
    let called = mentions.iter().filter(|place| !place.demonym);
    let called: Vec<_> = called
        .filter_map(|place| words(reading.document.text(), &place.spans))
        .collect();
    match called.first() {
        Some(first) if !called.iter().any(|called| called == name) => format!("{name} ({first})"),
        _ => name.to_owned(),
    }
}

/// What kind of place it is, and its country: `city, IQ`.
pub fn kind(place: &Place) -> String {
    let level = place.level.map(|level| match level {
        PlaceLevel::Admin1 => "state or province",
        PlaceLevel::Admin2 => "district",
        PlaceLevel::Point => "coordinates",
        level => level.as_str(),
    });
    let country = place.level != Some(PlaceLevel::Country);
    let country = place.country.as_deref().filter(|_| country);
    let parts: Vec<_> = level.into_iter().chain(country).map(one_line).collect();
    if parts.is_empty() {
        "place".to_owned()
    } else {
        parts.join(", ")
    }
}
