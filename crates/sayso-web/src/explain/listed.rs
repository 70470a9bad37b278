//! The times, places, figures and events that can be asked for.

use sayso_reading::Reading;

use super::{Lines, Place, Subject, name_of};
use crate::output::account::{closed_up, event_kind, figure_value, place_kind, time_value};
use crate::output::glyphs::Glyphs;
use crate::output::rows::{one_line, words};

/// A time, place, figure or event by its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its identifier.
    pub id: String,
    /// Where it begins.
    pub place: Place,
    /// Its words in the text.
    pub words: String,
    /// What it comes to.
    pub value: String,
}

/// All of a reading: times, then places, then figures, then events.
pub fn listed(reading: &Reading, glyphs: Glyphs) -> Vec<Listed> {
    let text = reading.document.text();
    let lines = Lines::new(text);
    let all = Subject::facts(reading).map(|subject| {
        let spans = closed_up(text, subject.pieces().into_iter());
        let start = spans.hull().map(|hull| hull.start());
        Listed {
            id: name_of(subject.id()),
            place: lines.place(start.unwrap_or_default()),
            words: words(text, &spans).unwrap_or_default(),
            value: value(subject, glyphs),
        }
    });
    all.collect()
}

fn value(subject: Subject<'_>, glyphs: Glyphs) -> String {
    match subject {
        Subject::Attribution(attribution) => attribution.quote.to_string(),
        Subject::Time(time) => time_value(time, glyphs),
        Subject::Place(place) => format!("{}, {}", one_line(&place.name), place_kind(place)),
        Subject::Figure(figure) => figure_value(figure, glyphs),
        Subject::Event(event) => event_kind(event),
    }
}
