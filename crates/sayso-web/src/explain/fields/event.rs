//! The values of an event's fields.

use sayso_read::Field;
use sayso_reading::{ContextLevel, EventMention, Participant, Reading};

use super::attribution::within;
use crate::output::account::{answers, figure_value, participant_name, realis_tag};
use crate::output::glyphs::UNICODE;
use crate::output::rows::{one_line, words};

pub(super) fn value(reading: &Reading, event: &EventMention, field: Field) -> Option<String> {
    match field {
        Field::Found => words(reading.document.text(), &event.trigger.spans),
        Field::Type => Some(event.event_type.to_string()),
        Field::Mode => event.mode.map(|mode| mode.to_string()),
        Field::Realis => Some(format!("{} ({})", event.realis, realis_tag(event.realis))),
        Field::Actor => people(reading, &event.actor),
        Field::Recipient => people(reading, &event.recipient),
        Field::Place => event.place.map(|id| {
            let place = reading.places.iter().find(|place| place.id == id);
            let name = place.map(|place| format!("{} ({id})", one_line(&place.name)));
            name.unwrap_or_else(|| id.to_string())
        }),
        Field::Time => event.time.map(|id| {
            let time = reading.times.iter().find(|time| time.id == id);
            let words = time.map(|time| format!("{} ({id})", one_line(&time.text)));
            words.unwrap_or_else(|| id.to_string())
        }),
        Field::Figures => {
            let told = event.figures.iter().filter_map(|id| {
                let figure = reading.figures.iter().find(|figure| figure.id == *id)?;
                Some(format!(
                    "{} {} ({id})",
                    figure_value(figure, UNICODE),
                    figure.kind
                ))
            });
            some(&told.collect::<Vec<_>>())
        }
        Field::Within => Some(within(event.within)),
        Field::Responsibility => {
            let all = event.responsibility.iter();
            let told: Vec<_> = all.filter_map(|r| answers(reading, r)).collect();
            some(&told)
        }
        Field::Contexts => {
            let all = event.contexts.iter().map(|context| match context.level {
                ContextLevel::Paragraph => context.name.to_string(),
                ContextLevel::Document => format!("{} (of the document)", context.name),
            });
            some(&all.collect::<Vec<_>>())
        }
        _ => None,
    }
}

fn people(reading: &Reading, all: &[Participant]) -> Option<String> {
    let names = all.iter().filter_map(|p| participant_name(reading, p));
    some(&names.collect::<Vec<_>>())
}

fn some(parts: &[String]) -> Option<String> {
    (!parts.is_empty()).then(|| parts.join("; "))
}
