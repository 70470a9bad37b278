//! What can be explained: the attributions, events, times, places and figures of a reading.

use sayso_read::{Field, Item, Step};
use sayso_reading::{
    Attribution, EventMention, Figure, Place, Reading, ReadingError, Scalars, Score, Span,
    TextIndex, Time,
};
use serde::Serialize;

use crate::output::rows::ordered;

/// Something of a reading that has steps to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Subject<'r> {
    /// An attribution.
    Attribution(&'r Attribution),
    /// An expression of time.
    Time(&'r Time),
    /// A mention of a place.
    Place(&'r Place),
    /// A figure.
    Figure(&'r Figure),
    /// An event.
    Event(&'r EventMention),
}

/// A subject as `sayso read --json` writes it, under the name of its kind.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Written {
    /// An attribution.
    Attribution(Attribution<Scalars>),
    /// An expression of time.
    Time(Time<Scalars>),
    /// A mention of a place.
    Place(Place<Scalars>),
    /// A figure.
    Figure(Figure<Scalars>),
    /// An event.
    Event(EventMention<Scalars>),
}

impl<'r> Subject<'r> {
    /// The subject of this identifier.
    pub fn of(reading: &'r Reading, id: Item) -> Option<Self> {
        let found = |subject: &Self| subject.id() == id;
        match id {
            Item::Attribution(_) => {
                let mut all = reading.attributions.iter().map(Self::Attribution);
                all.find(found)
            }
            _ => Self::facts(reading).find(found),
        }
    }

    /// The times, the places, the figures and the events of a reading.
    pub fn facts(reading: &'r Reading) -> impl Iterator<Item = Self> {
        let times = reading.times.iter().map(Self::Time);
        let places = reading.places.iter().map(Self::Place);
        times
            .chain(places)
            .chain(reading.figures.iter().map(Self::Figure))
            .chain(reading.events.iter().map(Self::Event))
    }

    /// Its identifier.
    pub fn id(self) -> Item {
        match self {
            Self::Attribution(attribution) => attribution.id.into(),
            Self::Time(time) => time.id.into(),
            Self::Place(place) => place.id.into(),
            Self::Figure(figure) => figure.id.into(),
            Self::Event(event) => event.id.into(),
        }
    }

    /// How sure the reader is, where that has a number.
    pub const fn score(self) -> Option<Score> {
        match self {
            Self::Attribution(attribution) => Some(attribution.score),
            Self::Place(place) => Some(place.score),
            Self::Event(event) => Some(event.score),
            Self::Time(_) | Self::Figure(_) => None,
        }
    }

    /// The fields that are told of it, in order.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Attribution(_) => Field::OF_ATTRIBUTION,
            Self::Time(_) => Field::OF_TIME,
            Self::Place(_) => Field::OF_PLACE,
            Self::Figure(_) => Field::OF_FIGURE,
            Self::Event(_) => Field::OF_EVENT,
        }
    }

    /// Whether a step led to it.
    pub fn is_of(self, step: &Step) -> bool {
        step.of == self.id()
    }

    /// Its words: an attribution's source, cue and content, a figure's with what it counts, an event's trigger.
    pub fn pieces(self) -> Vec<Span> {
        let (spans, more) = match self {
            Self::Attribution(attribution) => {
                let cue = attribution.cue.iter().flat_map(|cue| cue.spans.iter());
                let content = attribution.content.spans.iter();
                (&attribution.source.spans, cue.chain(content).collect())
            }
            Self::Time(time) => (&time.spans, Vec::new()),
            Self::Place(place) => (&place.spans, Vec::new()),
            Self::Event(event) => (&event.trigger.spans, Vec::new()),
            Self::Figure(figure) => {
                let counts = figure.counts.iter();
                let counts = counts.flat_map(|counts| counts.spans.iter());
                (&figure.spans, counts.collect::<Vec<_>>())
            }
        };
        spans.iter().chain(more).copied().collect()
    }

    /// As JSON has it; `index` is that of its text.
    pub(super) fn written(self, index: &TextIndex<'_>) -> Result<Written, ReadingError> {
        Ok(match self {
            Self::Attribution(attribution) => Written::Attribution(attribution.to_scalars(index)?),
            Self::Time(time) => Written::Time(time.to_scalars(index)?),
            Self::Place(place) => Written::Place(place.to_scalars(index)?),
            Self::Figure(figure) => Written::Figure(figure.to_scalars(index)?),
            Self::Event(event) => Written::Event(event.to_scalars(index)?),
        })
    }
}

/// The innermost attribution whose source, cue or content holds the character at a byte; where
/// there is none, the time, place or figure there.
pub fn at(reading: &Reading, byte: usize) -> Option<Subject<'_>> {
    let attribution = attribution_at(reading, byte).map(Subject::Attribution);
    attribution.or_else(|| {
        let here = |subject: &Subject| {
            let mut pieces = subject.pieces().into_iter();
            pieces.any(|piece| piece.range().contains(&byte))
        };
        Subject::facts(reading).find(here)
    })
}

fn attribution_at(reading: &Reading, byte: usize) -> Option<&Attribution> {
    let holding = |attribution: &Attribution| {
        let phrase = attribution.cue.as_ref().map(|cue| cue.phrase);
        let all = Subject::Attribution(attribution).pieces().into_iter();
        let holding = all
            .chain(phrase)
            .filter(|piece| piece.range().contains(&byte));
        holding.map(|piece| piece.len()).min()
    };
    let found = ordered(reading).into_iter().filter_map(|(a, depth)| {
        let length = holding(a)?;
        Some((depth, std::cmp::Reverse(length), std::cmp::Reverse(a.id), a))
    });
    let innermost = found.max_by_key(|&(depth, length, id, _)| (depth, length, id));
    innermost.map(|(.., attribution)| attribution)
}

/// An identifier as JSON has it: `a3`, `t1`, `p2`, `f1`, `v1`.
pub fn name_of(id: Item) -> String {
    match id {
        Item::Attribution(id) => id.to_string(),
        Item::Time(id) => id.to_string(),
        Item::Place(id) => id.to_string(),
        Item::Figure(id) => id.to_string(),
        Item::Event(id) => id.to_string(),
    }
}

/// The identifier that is written so; none where it is that of nothing to explain.
pub fn named(name: &str) -> Option<Item> {
    let attribution = name.parse().ok().map(Item::Attribution);
    let time = || name.parse().ok().map(Item::Time);
    let place = || name.parse().ok().map(Item::Place);
    let figure = || name.parse().ok().map(Item::Figure);
    let event = || name.parse().ok().map(Item::Event);
    let facts = time().or_else(place).or_else(figure);
    attribution.or(facts).or_else(event)
}
