//! Pieces of SQL with the values that are bound to them.

use std::fmt;

use rusqlite::types::Value;

/// A piece of SQL; each `?` in it stands for a value. Nothing of a question is ever in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub(super) fn new(text: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self {
            text: text.into(),
            values: values.into_iter().collect(),
        }
    }

    /// True or false, never unknown: what is negated then holds wherever the condition does not.
    pub(super) fn decided(self) -> Self {
        Self {
            text: format!("({}) IS TRUE", self.text),
            values: self.values,
        }
    }

    /// Pieces joined in parentheses by a word such as `AND`; `empty` where there is none.
    pub(super) fn joined(pieces: Vec<Self>, word: &str, empty: &str) -> Self {
        let mut texts = Vec::with_capacity(pieces.len());
        let mut values = Vec::new();
        for piece in pieces {
            texts.push(piece.text);
            values.extend(piece.values);
        }
        let text = match texts.as_slice() {
            [] => empty.to_owned(),
            [only] => only.clone(),
            _ => format!("({})", texts.join(word)),
        };
        Self { text, values }
    }

    pub(super) fn negated(self) -> Self {
        Self {
            text: format!("NOT ({})", self.text),
            values: self.values,
        }
    }

    /// `column IN (?, ?)`.
    pub(super) fn among(column: &str, values: impl IntoIterator<Item = Value>) -> Self {
        let values: Vec<Value> = values.into_iter().collect();
        let marks = vec!["?"; values.len()].join(", ");
        Self {
            text: format!("{column} IN ({marks})"),
            values,
        }
    }
}

/// A whole statement with its values.
#[derive(Debug, Default)]
pub(crate) struct Statement {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Statement {
    /// Adds a piece on a line of its own, its values numbered on.
    pub(super) fn push(&mut self, before: &str, piece: &Sql) {
        if !self.sql.is_empty() {
            self.sql.push('\n');
        }
        self.sql.push_str(before);
        let mut values = piece.values.iter();
        for c in piece.text.chars() {
            self.sql.push(c);
            if c == '?'
                && let Some(value) = values.next()
            {
                self.values.push(value.clone());
                self.sql.push_str(&self.values.len().to_string());
            }
        }
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sql)?;
        for (at, value) in self.values.iter().enumerate() {
            write!(f, "\n?{} = ", at + 1)?;
            match value {
                Value::Integer(number) => write!(f, "{number}")?,
                Value::Real(number) => write!(f, "{number:?}")?,
                Value::Text(text) => write!(f, "{text:?}")?,
                Value::Null | Value::Blob(_) => f.write_str("NULL")?,
            }
        }
        Ok(())
    }
}
