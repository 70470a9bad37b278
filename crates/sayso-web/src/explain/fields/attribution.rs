//! The values of an attribution's fields.

use sayso_read::Field;
use sayso_reading::{Attribution, AttributionId, Reading};

use crate::output::rows::{NO_SOURCE, entity_name, hop_words, one_line, words};

pub(super) fn value(reading: &Reading, attribution: &Attribution, field: Field) -> Option<String> {
    let text = reading.document.text();
    let source = &attribution.source;
    match field {
        Field::Found => Some(format!("score {:.2}", attribution.score.value())),
        Field::Cue => {
            let cue = attribution.cue.as_ref();
            cue.and_then(|cue| words(text, &cue.spans))
                .or_else(|| Some("no cue".to_owned()))
        }
        Field::Source => words(text, &source.spans).or_else(|| Some(NO_SOURCE.to_owned())),
        Field::Content => words(text, &attribution.content.spans),
        Field::Within => Some(within(attribution.within)),
        Field::Entity => source.entity.map(|id| match entity_name(reading, id) {
            Some(name) => format!("{} ({id})", one_line(name)),
            None => id.to_string(),
        }),
        Field::Kind => source.kind.map(|kind| kind.to_string()),
        Field::Role => source.role.as_deref().map(one_line),
        Field::Condition => source.condition.as_deref().map(one_line),
        Field::Act => attribution.act.map(|act| act.to_string()),
        Field::Certainty => attribution.certainty.map(|sure| sure.to_string()),
        Field::Hedge => {
            let hedge = attribution.hedge.as_ref();
            hedge.and_then(|hedge| words(text, &hedge.spans))
        }
        Field::Negated => attribution.negated.then(|| "not said".to_owned()),
        Field::Chain => {
            let hops = attribution.chain.iter();
            let names: Vec<_> = hops.map(|hop| hop_words(text, hop)).collect();
            let author = || "the page’s own author".to_owned();
            Some(if names.is_empty() {
                author()
            } else {
                names.join(" ← ")
            })
        }
        _ => None,
    }
}

/// In whose words something stands.
pub(super) fn within(id: Option<AttributionId>) -> String {
    id.map_or_else(|| "the author’s own text".to_owned(), |id| id.to_string())
}
