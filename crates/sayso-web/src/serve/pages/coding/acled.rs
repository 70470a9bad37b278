//! The columns of ACLED, by its codebook of 2024, as far as a reading fills them.

use sayso_reading::{EventType, FigureKind, Mode, PlaceLevel};

use super::cell::Cell;
use super::profile::Codable;
use super::told::{Told, degrees};

/// The columns of an export, in its order.
pub(crate) const COLUMNS: &[&str] = &[
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// A type and mode of PLOVER that can only be one type of ACLED.
pub(crate) struct Mapped {
    pub kind: EventType,
    pub mode: Mode,
    pub disorder: Option<&'static str>,
    pub event: &'static str,
    /// The sub-event type, where that follows too.
    pub sub: Option<&'static str>,
    /// Why, by the codebook.
    pub why: &'static str,
}

const fn remote(mode: Mode, sub: Option<&'static str>, why: &'static str) -> Mapped {
    Mapped {
        kind: EventType::Assault,
        mode,
        disorder: Some("Political violence"),
        event: "Explosions/Remote violence",
        sub,
        why,
    }
}

/// What follows from PLOVER's type and mode by the definitions of both codebooks (PLOVER version 2, ACLED 2024). All
/// else is for the coder: "shot" may be a battle, violence against civilians, or a mob.
pub(crate) const MAPPED: &[Mapped] = &[
    remote(
        Mode::Aerial,
        Some("Air/drone strike"),
        "from aircraft; within a battle it is an armed clash",
    ),
    remote(
        Mode::Drone,
        Some("Air/drone strike"),
        "by drone; within a battle it is an armed clash",
    ),
    remote(
        Mode::HeavyWeapons,
        Some("Shelling/artillery/missile attack"),
        "artillery, rockets, missiles; within a battle it is an armed clash",
    ),
    remote(
        Mode::Explosives,
        None,
        "a grenade, or a remote explosive, landmine or IED: the coder tells",
    ),
    Mapped {
        kind: EventType::Assault,
        mode: Mode::Sexual,
        disorder: Some("Political violence"),
        event: "Violence against civilians",
        sub: Some("Sexual violence"),
        why: "sexual violence has one sub-event type",
    },
    Mapped {
        kind: EventType::Protest,
        mode: Mode::Demo,
        disorder: None,
        event: "Protests",
        sub: None,
        why: "peaceful, with intervention, or met with excessive force: the coder tells",
    },
    Mapped {
        kind: EventType::Protest,
        mode: Mode::Riot,
        disorder: None,
        event: "Riots",
        sub: None,
        why: "a violent demonstration or a mob: the coder tells",
    },
    Mapped {
        kind: EventType::Coerce,
        mode: Mode::Arrest,
        disorder: Some("Strategic developments"),
        event: "Strategic developments",
        sub: Some("Arrests"),
        why: "only arrests of many, or of somebody who matters, are coded",
    },
];

/// What a type and mode come to.
pub(crate) fn mapped(kind: EventType, mode: Option<Mode>) -> Option<&'static Mapped> {
    MAPPED
        .iter()
        .find(|m| m.kind == kind && Some(m.mode) == mode)
}

/// Whether ACLED would have it: it codes violence and protest that happened, and what else changes a conflict.
pub(crate) fn codable(t: &Told) -> Codable {
    use EventType as T;
    match (
        t.event.event_type,
        Codable::as_told(t.event.realis, t.within.and_then(|a| a.act)),
    ) {
        (T::Other, _) => Codable::No("no act of one on another"),
        (T::Consult | T::Support | T::Request | T::Accuse | T::Reject | T::Threaten, _) => {
            Codable::No("words, and no act on the ground")
        }
        (T::Assault | T::Protest, told) => told,
        (_, Codable::Yes) => Codable::Coder("whether it is a strategic development"),
        (_, told) => told,
    }
}

/// One cell.
pub(crate) fn cell(t: &Told, column: &str) -> Cell {
    let e = t.event;
    let mapped = mapped(e.event_type, e.mode);
    match column {
        "event_date" => t.day(),
        "year" => t.year(),
        "time_precision" => match t.time {
            Some(time) => Cell::decided(time.acled_time_precision()),
            None => Cell::Unknown,
        },
        "disorder_type" => Cell::decided(mapped.and_then(|m| m.disorder)),
        "event_type" => Cell::decided(mapped.map(|m| m.event)),
        "sub_event_type" => Cell::decided(mapped.and_then(|m| m.sub)),
        "actor1" => Cell::told(Some(t.names(&e.actor).join("; "))),
        "actor2" => Cell::told(Some(t.names(&e.recipient).join("; "))),
        "iso" => Cell::told(t.country().and_then(|c| c.number)),
        "country" => Cell::told(t.country().map(|c| c.name)),
        "admin1" => Cell::told(t.admin1()),
        "admin2" => Cell::told(t.at_level(PlaceLevel::Admin2)),
        "admin3" => Cell::Unknown,
        "location" => located(t, t.place.map(|p| p.name.clone())),
        "latitude" => located(t, degrees(t.place.and_then(|p| p.lat))),
        "longitude" => located(t, degrees(t.place.and_then(|p| p.lon))),
        "geo_precision" => Cell::told(t.place.and_then(sayso_reading::Place::acled_geo_precision)),
        "source" => Cell::told(t.reading.document.publisher.as_deref()),
        "fatalities" => t.one_number(FigureKind::Killed, |f| f.acled(t.text())),
        _ => Cell::Coder,
    }
}

/// Of a place: what is known only by region stands at a town that the coder chooses.
fn located(t: &Told, value: Option<String>) -> Cell {
    let Some(place) = t.place else {
        return Cell::Unknown;
    };
    match place.level {
        Some(PlaceLevel::City | PlaceLevel::Site | PlaceLevel::Point) => Cell::told(value),
        Some(PlaceLevel::Area) if place.acled_geo_precision() == Some(2) => Cell::told(value),
        _ => Cell::Coder,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_one_type_is_mapped() {
        let told = |kind, mode| mapped(kind, mode).map(|m| (m.event, m.sub));
        assert_eq!(
            told(EventType::Assault, Some(Mode::Drone)),
            Some(("Explosions/Remote violence", Some("Air/drone strike")))
        );
        assert_eq!(
            told(EventType::Protest, Some(Mode::Riot)),
            Some(("Riots", None))
        );
        for open in [
            None,
            Some(Mode::Firearms),
            Some(Mode::Abduct),
            Some(Mode::Targeted),
            Some(Mode::SuicideAttack),
        ] {
            assert_eq!(told(EventType::Assault, open), None, "{open:?}");
        }
        assert_eq!(told(EventType::Threaten, Some(Mode::Arrest)), None);
    }

    #[test]
    fn what_is_mapped_is_a_mode_of_its_type() {
        for m in MAPPED {
            assert!(m.kind.modes().contains(&m.mode), "{} {}", m.kind, m.mode);
        }
    }
}
