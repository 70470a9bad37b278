//! The values of fields in words.

mod attribution;
mod event;
mod figure;
mod place;
mod time;

use sayso_read::Field;
use sayso_reading::Reading;

use super::Subject;

/// A field's value in words; none where it is null or says nothing.
pub fn value(reading: &Reading, subject: Subject<'_>, field: Field) -> Option<String> {
    match subject {
        Subject::Attribution(attribution) => attribution::value(reading, attribution, field),
        Subject::Time(time) => time::value(time, field),
        Subject::Place(place) => place::value(reading, place, field),
        Subject::Figure(figure) => figure::value(reading, figure, field),
        Subject::Event(event) => event::value(reading, event, field),
    }
}
