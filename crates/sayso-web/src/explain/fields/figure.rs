//! The values of a figure's fields.

use sayso_read::Field;
use sayso_reading::{Figure, Reading};

use super::attribution::within;
use crate::output::account::figure_value;
use crate::output::glyphs::UNICODE;
use crate::output::rows::{one_line, words};

pub(super) fn value(reading: &Reading, figure: &Figure, field: Field) -> Option<String> {
    let text = reading.document.text();
    match field {
        Field::Found => words(text, &figure.spans),
        Field::Kind => Some(figure.kind.to_string()),
        Field::Value => Some(figure_value(figure, UNICODE)),
        Field::Counts => {
            let counts = figure.counts.as_ref();
            counts.and_then(|counts| words(text, &counts.spans))
        }
        Field::Time => figure.time.map(|id| {
            let time = reading.times.iter().find(|time| time.id == id);
            let words = time.map(|time| format!("{} ({id})", one_line(&time.text)));
            words.unwrap_or_else(|| id.to_string())
        }),
        Field::Within => Some(within(figure.within)),
        _ => None,
    }
}
