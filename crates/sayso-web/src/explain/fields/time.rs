//! The values of a time's fields.

use sayso_read::Field;
use sayso_reading::{Time, TimeFrom};

use crate::output::account::time_bounds;
use crate::output::glyphs::UNICODE;
use crate::output::rows::one_line;

pub(super) fn value(time: &Time, field: Field) -> Option<String> {
    match field {
        Field::Found => Some(one_line(&time.text)),
        Field::Kind => Some(time.kind.to_string()),
        Field::Value => Some(date(time)),
        Field::Duration => time.duration.as_ref().map(ToString::to_string),
        _ => None,
    }
}

/// The date, its bounds, and what it was resolved against.
fn date(time: &Time) -> String {
    let Some(bounds) = time_bounds(time, UNICODE) else {
        let relative = time.from == TimeFrom::Unknown;
        let none = if relative {
            "relative to a day that is not known"
        } else {
            "no date"
        };
        let edtf = time.edtf.as_ref();
        return edtf.map_or_else(|| none.to_owned(), ToString::to_string);
    };
    let against = match time.from {
        TimeFrom::Text => "",
        TimeFrom::Published => ", counted from the day of publication",
        TimeFrom::Unknown => ", relative to a day that is not known",
    };
    match time.edtf.as_ref().map(ToString::to_string) {
        Some(edtf) if edtf != bounds => format!("{edtf} ({bounds}){against}"),
        _ => format!("{bounds}{against}"),
    }
}
