//! The word indexes: what is gathered for them while rows are written, and their row numbers.

use rusqlite::Connection;
use sayso_reading::Moment;

/// Bits of a row number that hold the row's id; those above hold the day of publication.
pub(crate) const ID_BITS: u32 = 40;

/// Days from 0000-01-01 of a proleptic Gregorian calendar (Hinnant, `days_from_civil`), at least
/// 1; 0 where no day is known.
pub(crate) fn day_number(day: Option<Moment>) -> i64 {
    let Some(moment) = day else {
        return 0;
    };
    let (year, month, day) = moment.date();
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    (days + 61).max(1)
}

/// A row's number in a word index: the newer the day of publication, the greater.
pub(crate) const fn row_number(day: i64, id: i64) -> i64 {
    (day << ID_BITS) | id
}

/// The words of one table's rows, until they are written in the order of their numbers: an index
/// takes a number below the one before only after it has written out all it holds.
pub(crate) struct Words<const COLUMNS: usize> {
    sql: &'static str,
    rows: Vec<(i64, [String; COLUMNS])>,
}

impl<const COLUMNS: usize> Words<COLUMNS> {
    const fn new(sql: &'static str) -> Self {
        Self {
            sql,
            rows: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, number: i64, columns: [String; COLUMNS]) {
        self.rows.push((number, columns));
    }

    fn write(&mut self, transaction: &Connection) -> rusqlite::Result<()> {
        self.rows.sort_unstable_by_key(|(number, _)| *number);
        let mut statement = transaction.prepare_cached(self.sql)?;
        for (number, columns) in self.rows.drain(..) {
            statement.raw_bind_parameter(1, number)?;
            for (at, words) in columns.iter().enumerate() {
                statement.raw_bind_parameter(at + 2, words.as_str())?;
            }
            statement.raw_execute()?;
        }
        Ok(())
    }
}

/// All word indexes.
pub(crate) struct AllWords {
    /// Title, text, names, tags.
    pub texts: Words<4>,
    /// Content, source, origin, tags.
    pub attributions: Words<4>,
    /// Words, actor, recipient, place, source, origin, tags.
    pub events: Words<7>,
}

impl AllWords {
    pub(crate) const fn new() -> Self {
        Self {
            texts: Words::new(
                "INSERT INTO text_words (rowid, title, text, names, tags) VALUES (?1, ?2, ?3, ?4, ?5)",
            ),
            attributions: Words::new(
                "INSERT INTO attribution_words (rowid, content, source, origin, tags) VALUES (?1, ?2, ?3, ?4, ?5)",
            ),
            events: Words::new(
                "INSERT INTO event_words (rowid, words, actor, recipient, place, source, origin, tags) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            ),
        }
    }

    pub(crate) fn write(mut self, transaction: &Connection) -> rusqlite::Result<()> {
        self.texts.write(transaction)?;
        self.attributions.write(transaction)?;
        self.events.write(transaction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other() {
        let day = |y, m, d| day_number(Moment::day(y, m, d).ok());
        assert_eq!(day(2024, 3, 1) - day(2024, 2, 28), 2);
        assert_eq!(day(2025, 1, 1) - day(2024, 1, 1), 366);
        assert_eq!(day(2000, 1, 1) - day(1900, 1, 1), 36_524);
        assert_eq!(day_number(None), 0);
        assert!(day(-500, 1, 1) >= 1);
        assert!(
            row_number(day(9999, 12, 31), 1 << 39) > row_number(day(9999, 12, 30), i64::MAX >> 24)
        );
    }
}
