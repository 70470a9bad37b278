//! The fields of a record of PLOVER (manual, version 2), as far as a reading fills them.

use sayso_reading::{
    EventType, Figure, FigureKind, FigureRule, Participant, Place, PlaceLevel, Plover, TimeKind,
};

use super::cell::Cell;
use super::profile::Codable;
use super::told::{Told, degrees};
use crate::output::rows::words;

/// The fields of a record, those of its objects by their path.
pub(crate) const COLUMNS: &[&str] = &[
    "id",
    "date",
    "enddate",
    "actor.raw_text",
    "actor.entity_name",
    "actor.wikidata_id",
    "actor.country_name",
    "actor.sector_code",
    "recipient.raw_text",
    "recipient.entity_name",
    "recipient.wikidata_id",
    "recipient.country_name",
    "recipient.sector_code",
    "event",
    "mode",
    "context",
    "quad_code",
    "event_scale",
    "event_loc.extracted_place",
    "event_loc.resolved_place",
    "event_loc.geonameid",
    "event_loc.lat",
    "event_loc.lon",
    "event_loc.city",
    "event_loc.district",
    "event_loc.province",
    "event_loc.country",
    "event_loc.country_code",
    "event_loc.resolution",
    "dead",
    "injured",
    "arrested",
    "cite_info.url",
    "cite_info.title",
    "cite_info.language",
    "cite_info.publication",
    "coder",
    "comment",
];

/// Whether PLOVER has a type for it; what is planned, supposed or denied has an auxiliary mode.
pub(crate) fn codable(t: &Told) -> Codable {
    match t.event.event_type {
        EventType::Other => Codable::No("no type of PLOVER"),
        _ => Codable::Yes,
    }
}

/// One cell.
pub(crate) fn cell(t: &Told, column: &str) -> Cell {
    let (e, document) = (t.event, &t.reading.document);
    let as_filed = e.plover(t.time, document.published.as_ref());
    let located = |field: Option<String>| Cell::told(field);
    let list = |of: Vec<String>| Cell::told(Some(of.join("; ")));
    let named = |of: &[Participant]| match t.named(of) {
        names if names.is_empty() && !of.is_empty() => Cell::Coder,
        names => list(names),
    };
    match column {
        "id" => Cell::Filled(format!("{}#{}", document.id.as_str(), e.id)),
        "date" => dated(t, |[first, _]| first),
        "enddate" => match t.time {
            Some(time) if time.kind == TimeKind::Interval => dated(t, |[_, last]| last),
            _ => Cell::Unknown,
        },
        "actor.raw_text" => list(t.raw(&e.actor)),
        "actor.entity_name" => named(&e.actor),
        "recipient.raw_text" => list(t.raw(&e.recipient)),
        "recipient.entity_name" => named(&e.recipient),
        "event" => Cell::Filled(as_filed.event_type.as_str().to_owned()),
        // a type that it is folded into has modes of its own
        "mode" if as_filed.folded => Cell::Coder,
        "mode" => Cell::told(e.mode),
        "context" => list(contexts(t, as_filed)),
        "quad_code" => Cell::told(quad(as_filed.event_type)),
        "event_loc.extracted_place" => located(t.place.and_then(|p| words(t.text(), &p.spans))),
        "event_loc.resolved_place" => located(t.place.map(|p| p.name.clone())),
        "event_loc.geonameid" => Cell::told(t.place.and_then(|p| p.geonames)),
        "event_loc.lat" => located(degrees(t.place.and_then(|p| p.lat))),
        "event_loc.lon" => located(degrees(t.place.and_then(|p| p.lon))),
        "event_loc.city" => Cell::told(t.at_level(PlaceLevel::City)),
        "event_loc.district" => Cell::told(t.at_level(PlaceLevel::Admin2)),
        "event_loc.province" => Cell::told(t.admin1()),
        "event_loc.country" => Cell::told(t.country().map(|c| c.name)),
        "event_loc.country_code" => Cell::told(t.country().map(|c| c.three)),
        "event_loc.resolution" => Cell::told(t.place.and_then(Place::plover_resolution)),
        "dead" => t.one_number(FigureKind::Killed, exact),
        "injured" => t.one_number(FigureKind::Injured, exact),
        "arrested" => t.one_number(FigureKind::Arrested, exact),
        "cite_info.url" => Cell::told(document.url.as_deref()),
        "cite_info.title" => Cell::told(document.title.as_deref()),
        "cite_info.language" => Cell::told(document.language.as_deref()),
        "cite_info.publication" => Cell::told(document.publisher.as_deref()),
        _ => Cell::Coder,
    }
}

/// A day, or the bound of a stretch that the text tells as one; else the coder places it.
fn dated(t: &Told, of: impl Fn([String; 2]) -> String) -> Cell {
    match (t.time, t.days()) {
        (Some(time), Some(days)) if time.kind == TimeKind::Interval => Cell::Filled(of(days)),
        _ => t.day(),
    }
}

/// Topics, with the auxiliary mode that PLOVER keeps among them.
fn contexts(t: &Told, as_filed: Plover) -> Vec<String> {
    let topics = t.event.contexts.iter().map(|c| c.name.as_str());
    let auxiliary = as_filed.auxiliary.map(sayso_reading::Auxiliary::as_str);
    let mut out: Vec<String> = Vec::new();
    for word in topics.chain(auxiliary) {
        if !out.iter().any(|known| known == word) {
            out.push(word.to_owned());
        }
    }
    out
}

/// A number that the words give as it is; for others PLOVER has codes.
fn exact(figure: &Figure) -> Option<u64> {
    (figure.rule == FigureRule::Exact)
        .then(|| figure.low.whole())
        .flatten()
}

/// Verbal and material cooperation and conflict. Of SANCTION the manual's section says 4, its table 3.
pub(crate) const fn quad(kind: EventType) -> Option<u8> {
    use EventType as T;
    match kind {
        T::Agree | T::Consult | T::Support | T::Concede => Some(1),
        T::Cooperate | T::Aid | T::Retreat => Some(2),
        T::Request | T::Accuse | T::Reject | T::Threaten => Some(3),
        T::Protest | T::Sanction | T::Mobilize | T::Coerce | T::Assault => Some(4),
        T::Other => None,
    }
}
