//! Lines and columns of a text.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A place in a text: line and column, counted from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line; lines end with `\n`.
    pub line: usize,
    /// The column in its line.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Why a place is none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlaceError {
    /// Not two numbers.
    #[error("`{0}` is no position; write line and column, counted from 1, such as 12:40")]
    Form(String),
    /// The text has fewer lines.
    #[error("there is no line {line}; the text has {lines}")]
    Line {
        /// The line asked for.
        line: usize,
        /// How many there are.
        lines: usize,
    },
    /// The line has fewer characters.
    #[error("there is no column {column} in line {line}; the line has {columns}")]
    Column {
        /// The line.
        line: usize,
        /// The column asked for.
        column: usize,
        /// How many there are.
        columns: usize,
    },
}

impl FromStr for Place {
    type Err = PlaceError;
    fn from_str(words: &str) -> Result<Self, PlaceError> {
        let number = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            digits.parse().ok().filter(|&number| plain && number > 0)
        };
        let parts = words.split_once(':');
        parts
            .and_then(|(line, column)| {
                Some(Self {
                    line: number(line)?,
                    column: number(column)?,
                })
            })
            .ok_or_else(|| PlaceError::Form(words.to_owned()))
    }
}

/// A text's lines, for finding places in it.
#[derive(Debug, Clone)]
pub struct Lines<'t> {
    text: &'t str,
    /// The byte at which each line starts.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of a text.
    pub fn new(text: &'t str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(breaks);
        // a break at the very end begins no line
        let starts = starts.filter(|&at| at == 0 || at < text.len());
        Self {
            text,
            starts: starts.collect(),
        }
    }

    /// The place of a byte, or of the character that it is within.
    pub fn place(&self, byte: usize) -> Place {
        let line = self.starts.partition_point(|&start| start <= byte).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let rest = self.text.get(start..).unwrap_or_default();
        let before = rest
            .char_indices()
            .take_while(|&(at, c)| start + at + c.len_utf8() <= byte);
        Place {
            line,
            column: 1 + before.count(),
        }
    }

    /// The byte at which the character at a place starts.
    pub fn byte(&self, place: Place) -> Result<usize, PlaceError> {
        let Place { line, column } = place;
        let none = PlaceError::Line {
            line,
            lines: self.starts.len(),
        };
        let index = line.checked_sub(1).ok_or_else(|| none.clone())?;
        let start = *self.starts.get(index).ok_or(none)?;
        let rest = self.text.get(start..).unwrap_or_default();
        let words = rest.split('\n').next().unwrap_or_default();
        let step = column.checked_sub(1);
        let found = step.and_then(|step| words.char_indices().nth(step));
        match found {
            Some((at, _)) => Ok(start + at),
            None => Err(PlaceError::Column {
                line,
                column,
                columns: words.chars().count(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_lead_back() {
        let text = "aé𝄞\n\nb\n";
        let lines = Lines::new(text);
        for (byte, c) in text.char_indices().filter(|(_, c)| *c != '\n') {
            let place = lines.place(byte);
            assert_eq!(lines.byte(place), Ok(byte), "{c} at {place}");
        }
        assert_eq!(lines.place(3).to_string(), "1:3");
        assert_eq!(lines.place(9).to_string(), "3:1");
        let told = |place: &str| lines.byte(place.parse().unwrap()).unwrap_err().to_string();
        assert_eq!(told("4:1"), "there is no line 4; the text has 3");
        assert_eq!(
            told("2:1"),
            "there is no column 1 in line 2; the line has 0"
        );
        assert!(Lines::new("").byte("1:1".parse().unwrap()).is_err());
    }

    #[test]
    fn what_is_no_position_is_told() {
        for wrong in ["", "1", "0:1", "1:0", "1:", "+1:2", "a:b", "1:2:3"] {
            assert!(wrong.parse::<Place>().is_err(), "{wrong}");
        }
    }
}
