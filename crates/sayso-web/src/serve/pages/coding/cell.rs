//! A cell of a sheet: filled from the reading, or left open in words.

use serde::{Serialize, Serializer};

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// What the reading holds.
    Filled(String),
    /// The coder's to fill: a judgement, or a number of the dataset's own.
    Coder,
    /// The text does not tell it.
    Unknown,
}

impl Cell {
    /// What is told, or that it is not.
    pub(crate) fn told(value: Option<impl ToString>) -> Self {
        value
            .map(|v| v.to_string())
            .filter(|v| !v.is_empty())
            .map_or(Self::Unknown, Self::Filled)
    }

    /// What follows from the reading, or else is for the coder to decide.
    pub(crate) fn decided(value: Option<impl ToString>) -> Self {
        match Self::told(value) {
            Self::Unknown => Self::Coder,
            cell => cell,
        }
    }

    /// As it stands in a table: nothing where it is open.
    pub(crate) fn value(&self) -> Option<&str> {
        match self {
            Self::Filled(value) => Some(value),
            Self::Coder | Self::Unknown => None,
        }
    }

    /// The word for an open one.
    pub(crate) const fn open(&self) -> Option<&'static str> {
        match self {
            Self::Filled(_) => None,
            Self::Coder => Some("coder"),
            Self::Unknown => Some("unknown"),
        }
    }
}

/// The columns of a row, in the order of the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cells(pub Vec<(&'static str, Cell)>);

impl Cells {
    /// Those that nobody but a coder fills, or of which the text tells nothing, with the word for each.
    pub(crate) fn open(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0
            .iter()
            .filter_map(|(name, cell)| Some((*name, cell.open()?)))
    }
}

impl Serialize for Cells {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, cell)| (name, cell.value())))
    }
}
