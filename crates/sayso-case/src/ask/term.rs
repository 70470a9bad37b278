//! One condition of a question.

use sayso_reading::{EventType, Mode};

use super::interval::Interval;
use super::key::{AUTHOR, Key, Of};

/// A condition, and where in the question it stands.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// In characters from 1.
    pub column: usize,
    pub condition: Condition,
}

/// The same condition is the same term wherever it stands.
impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        self.condition == other.condition
    }
}

/// What a term demands; of several values, any.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// These words one after the other.
    Words(Key, Vec<String>),
    /// A name as it is: id, language.
    Name(Key, Vec<String>),
    /// Words of a closed list.
    Value(Key, Vec<&'static str>),
    Event(Vec<Happening>),
    Is(Key, bool),
    Number(Key, Compare, f64),
    Date(Key, Relation, Vec<Interval>),
}

/// A type of event, a mode, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happening {
    Type(EventType),
    Mode(Mode),
    Both(EventType, Mode),
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    Is,
    AtLeast,
    AtMost,
    More,
    Less,
}

/// How a date lies to an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Overlaps,
    Within,
    After,
    Before,
    /// Begins with it or later.
    NotBefore,
    /// Ends with it or sooner.
    NotAfter,
}

impl Condition {
    pub(crate) fn key(&self) -> Key {
        match self {
            Self::Words(key, _)
            | Self::Name(key, _)
            | Self::Value(key, _)
            | Self::Is(key, _)
            | Self::Number(key, ..)
            | Self::Date(key, ..) => *key,
            Self::Event(_) => Key::Event,
        }
    }

    /// What it is a condition on.
    pub(crate) fn of(&self) -> Of {
        match self {
            Self::Value(Key::Kind, values) if values.contains(&AUTHOR) => Of::Event,
            _ => self.key().of(),
        }
    }
}
