//! The columns of UCDP GED (version 24.1), as far as a reading fills them.

use sayso_reading::{Amount, EventType, FigureKind, Place, PlaceLevel, Ucdp};

use super::cell::Cell;
use super::profile::Codable;
use super::told::{Told, degrees};
use crate::output::rows::words;

/// The columns of the dataset, in its order.
pub(crate) const COLUMNS: &[&str] = &[
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// Whether UCDP would have it: it codes armed force that happened, with at least one death.
pub(crate) fn codable(t: &Told) -> Codable {
    if t.event.event_type != EventType::Assault {
        return Codable::No("no use of armed force");
    }
    match Codable::as_told(t.event.realis, t.within.and_then(|a| a.act)) {
        Codable::Yes if t.figures(FigureKind::Killed).is_empty() => {
            Codable::Coder("no death is told with it")
        }
        codable => codable,
    }
}

/// One cell.
pub(crate) fn cell(t: &Told, column: &str) -> Cell {
    let document = &t.reading.document;
    let place = t.place.filter(|p| p.lat.is_some());
    match column {
        "year" => t.year(),
        "number_of_sources" => Cell::told(t.reports),
        "source_article" => Cell::told(article(t)),
        "source_office" => Cell::told(document.publisher.as_deref()),
        "source_date" => Cell::told(document.published.as_ref()),
        "source_headline" => Cell::told(document.title.as_deref()),
        "source_original" => Cell::told(t.origin()),
        "where_prec" => Cell::told(place.and_then(Place::ucdp_where_prec)),
        "where_coordinates" => Cell::told(place.map(|p| p.name.as_str())),
        "where_description" => Cell::told(t.place.and_then(|p| words(t.text(), &p.spans))),
        "adm_1" => Cell::told(t.admin1()),
        "adm_2" => Cell::told(t.at_level(PlaceLevel::Admin2)),
        "latitude" => Cell::told(degrees(place.and_then(|p| p.lat))),
        "longitude" => Cell::told(degrees(place.and_then(|p| p.lon))),
        "geom_wkt" => Cell::told(place.and_then(point)),
        "priogrid_gid" => Cell::told(place.and_then(|p| grid_cell(p.lat?, p.lon?))),
        "country" => Cell::told(t.country().map(|c| c.name)),
        "date_prec" => match t.time {
            Some(time) => Cell::decided(time.ucdp_date_prec()),
            None => Cell::Unknown,
        },
        "date_start" => bound(t, |[first, _]| first),
        "date_end" => bound(t, |[_, last]| last),
        "best" => deaths(t, |u| u.best),
        "low" => deaths(t, |u| Some(u.low)),
        "high" => deaths(t, |u| u.high),
        _ => Cell::Coder,
    }
}

/// The first or last day, as far as UCDP has a precision for the stretch.
fn bound(t: &Told, of: impl Fn([String; 2]) -> String) -> Cell {
    match t.time {
        Some(time) if time.ucdp_date_prec().is_some() => Cell::told(t.days().map(of)),
        Some(_) => Cell::Coder,
        None => Cell::Unknown,
    }
}

fn deaths(t: &Told, of: impl Fn(Ucdp) -> Option<Amount>) -> Cell {
    t.one_number(FigureKind::Killed, |f| {
        f.ucdp().and_then(&of).and_then(Amount::whole)
    })
}

/// Office, day and headline, as UCDP writes them.
fn article(t: &Told) -> Option<String> {
    let document = &t.reading.document;
    let (office, title) = (document.publisher.as_ref()?, document.title.as_ref()?);
    let day = document.published.as_ref()?;
    Some(format!("\"{office},{day},{title}\""))
}

fn point(place: &Place) -> Option<String> {
    let (lat, lon) = (degrees(place.lat)?, degrees(place.lon)?);
    Some(format!("POINT ({lon} {lat})"))
}

/// The cell of PRIO-GRID: half degrees, row by row from the south-west (Tollefsen, Strand and Buhaug 2012).
fn grid_cell(lat: f64, lon: f64) -> Option<u32> {
    let whole = |value: f64, most: u32| {
        let number = u32::try_from(value.floor() as i64).ok()?;
        (number < most).then_some(number)
    };
    let row = whole((lat + 90.0) * 2.0, 360)?;
    let column = whole((lon + 180.0) * 2.0, 720)?;
    Some(row * 720 + column + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_the_grid_are_those_of_the_dataset() {
        // Kabul
        assert_eq!(grid_cell(34.53, 69.16), Some(179_779));
        assert_eq!(grid_cell(-90.0, -180.0), Some(1));
        assert_eq!(grid_cell(91.0, 0.0), None);
        assert_eq!(grid_cell(-91.0, 0.0), None);
    }
}
