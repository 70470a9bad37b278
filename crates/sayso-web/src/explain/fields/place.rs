//! The values of a place's fields.

use sayso_read::Field;
use sayso_reading::{Place, Reading};

use crate::output::account::place_kind;
use crate::output::rows::{one_line, words};

pub(super) fn value(reading: &Reading, place: &Place, field: Field) -> Option<String> {
    match field {
        Field::Found => words(reading.document.text(), &place.spans),
        Field::Place => Some(which(place)),
        Field::Relation => Some(place.relation.to_string()),
        Field::Sense => Some(
            match (place.metonym, place.demonym) {
                (true, _) => "an actor, by the name of the place",
                (false, true) => "a people, or what is theirs",
                (false, false) => "the place",
            }
            .to_owned(),
        ),
        _ => None,
    }
}

/// The place, where it lies, how sure that is, and what else the words can name.
fn which(place: &Place) -> String {
    let mut parts = vec![format!("{} ({})", one_line(&place.name), place_kind(place))];
    parts.extend(place.admin1.as_deref().map(one_line));
    parts.extend(place.geonames.map(|number| format!("GeoNames {number}")));
    if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
        parts.push(format!("at {lat:.2}, {lon:.2}"));
    }
    parts.push(format!("score {:.2}", place.score.value()));
    let others = place.others.iter();
    let others: Vec<_> = others
        .map(|other| {
            let (name, score) = (one_line(&other.name), other.score.value());
            format!("{name} {} {score:.2}", other.geonames)
        })
        .collect();
    if !others.is_empty() {
        parts.push(format!("or {}", others.join(", ")));
    }
    parts.join("; ")
}
