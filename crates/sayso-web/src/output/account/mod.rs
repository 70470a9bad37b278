//! What, when, where, how many: the events, times, places and figures of a reading in words.
//!
//! Mentions of one place, or of one time in the same words, are put together on one line; each
//! event and figure is a line of its own.

mod events;
mod figures;
mod places;
mod times;

use std::collections::BTreeMap;

use sayso_read::Item;
use sayso_reading::{Reading, Span, Spans};

use super::glyphs::Glyphs;

pub use events::{Told, answers, kind as event_kind, name as participant_name, tag as realis_tag};
pub use figures::value as figure_value;
pub use places::kind as place_kind;
pub use times::{bounds as time_bounds, value as time_value};

/// What a group of lines answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Events.
    What,
    /// Times.
    When,
    /// Places.
    Where,
    /// Figures.
    HowMany,
}

impl Question {
    /// The longest heading has so many letters.
    pub const LONGEST: usize = Self::HowMany.as_str().len();

    /// Its heading.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::What => "What",
            Self::When => "When",
            Self::Where => "Where",
            Self::HowMany => "How many",
        }
    }
}

/// The answers to a question that a text gives; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The question.
    pub question: Question,
    /// The answers, those that tell most first.
    pub lines: Vec<Line>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// A place's name, or the words of an event, a time or a figure.
    pub name: String,
    /// What it comes to.
    pub value: String,
    /// What else there is to tell: counts, kind, time, whose words.
    pub more: Vec<String>,
    /// Whether the reader is so unsure that people should look.
    pub doubtful: bool,
    /// Where the text tells it, in text order; at least one.
    pub mentions: Vec<Mention>,
}

/// Words of the text that a line was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The event, time, place or figure.
    pub id: Item,
    /// Its words.
    pub spans: Spans,
}

/// All that a reading tells of what, when, where and how many; questions without an answer are left out.
pub fn account(reading: &Reading, glyphs: Glyphs) -> Vec<Group> {
    let groups = [
        (Question::What, events::lines(reading, glyphs)),
        (Question::When, times::lines(reading, glyphs)),
        (Question::Where, places::lines(reading, glyphs)),
        (Question::HowMany, figures::lines(reading, glyphs)),
    ];
    groups
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(question, lines)| Group { question, lines })
        .collect()
}

/// Items with the same key together, in the order in which the keys occur first.
fn together<T, K: Ord>(items: &[T], key: impl Fn(&T) -> K) -> Vec<Vec<&T>> {
    let mut places = BTreeMap::new();
    let mut groups: Vec<Vec<&T>> = Vec::new();
    for item in items {
        let next = groups.len();
        let place = *places.entry(key(item)).or_insert(next);
        match groups.get_mut(place) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups
}

/// Pieces with nothing but blanks between them as one.
pub fn closed_up(text: &str, pieces: impl Iterator<Item = Span>) -> Spans {
    let mut out: Vec<Span> = Vec::new();
    for &piece in &pieces.collect::<Spans>() {
        let near = out.last_mut().filter(|last| {
            let between = text.get(last.end()..piece.start());
            between.is_some_and(|between| between.trim().is_empty())
        });
        match near {
            Some(last) => *last = last.cover(&piece),
            None => out.push(piece),
        }
    }
    out.into_iter().collect()
}
