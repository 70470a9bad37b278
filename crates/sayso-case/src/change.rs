//! The list of all that was done to a case, by which rows know when they came and went.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rusqlite::{Connection, OptionalExtension as _};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Create,
    Add,
    Review,
    Upgrade,
}

impl What {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Add => "add",
            Self::Review => "review",
            Self::Upgrade => "upgrade",
        }
    }
}

/// Writes that something is done now; its number goes into the rows it brings. Where the clock
/// went back since, the time is that of the change before: changes stand in the order of time.
pub(crate) fn begin(transaction: &Connection, what: What) -> rusqlite::Result<i64> {
    transaction
        .prepare_cached("INSERT INTO change (at, what, program) SELECT max(?1, coalesce((SELECT at FROM change ORDER BY id DESC LIMIT 1), ?1)), ?2, ?3")?
        .execute((now(), what.as_str(), env!("CARGO_PKG_VERSION")))?;
    Ok(transaction.last_insert_rowid())
}

fn now() -> String {
    format!("{:.3}", Timestamp::now())
}

/// A point in the history of a case: after the change of this number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point(pub(crate) i64);

/// Why a point in time could not be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoPoint {
    /// Not a time.
    Unreadable,
    /// The case was made later, at the time given.
    Before(String),
}

/// The last change that was done by a time: a day (`2026-11-28`, its end), a minute or second
/// (`2026-11-28T10:00`, in UTC unless it says otherwise), or the number of a change (`#12`).
pub(crate) fn point(
    connection: &Connection,
    given: &str,
) -> rusqlite::Result<Result<Point, NoPoint>> {
    if let Some(number) = given.strip_prefix('#') {
        let known: Option<i64> = match number.parse::<i64>() {
            Ok(number) => connection
                .query_row("SELECT id FROM change WHERE id = ?1", [number], |row| {
                    row.get(0)
                })
                .optional()?,
            Err(_) => None,
        };
        return Ok(known.map(Point).ok_or(NoPoint::Unreadable));
    }
    let Some(until) = instant(given) else {
        return Ok(Err(NoPoint::Unreadable));
    };
    let found: Option<i64> = connection.query_row(
        "SELECT max(id) FROM change WHERE at <= ?1",
        [format!("{until:.3}")],
        |row| row.get(0),
    )?;
    let first: String = connection.query_row("SELECT min(at) FROM change", [], |row| row.get(0))?;
    Ok(found.map(Point).ok_or(NoPoint::Before(first)))
}

fn instant(given: &str) -> Option<Timestamp> {
    if let Ok(timestamp) = given.parse::<Timestamp>() {
        return Some(timestamp);
    }
    let local = if given.len() == 10 {
        format!("{given}T23:59:59.999")
    } else {
        given.to_owned()
    };
    let local: DateTime = local.parse().ok()?;
    // the last days of the calendar lie behind the last point in time
    Some(TimeZone::UTC.to_timestamp(local).unwrap_or(Timestamp::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_means_its_end_and_a_time_is_in_utc() {
        let told = |given| instant(given).map(|t| format!("{t:.3}"));
        assert_eq!(
            told("2026-11-28").as_deref(),
            Some("2026-11-28T23:59:59.999Z")
        );
        assert_eq!(
            told("2026-11-28T10:00").as_deref(),
            Some("2026-11-28T10:00:00.000Z")
        );
        assert_eq!(
            told("2026-11-28T10:00:00+02:00").as_deref(),
            Some("2026-11-28T08:00:00.000Z")
        );
        assert_eq!(
            told("9999-12-31").as_deref(),
            Some("9999-12-30T22:00:00.999Z")
        );
        assert_eq!(told("yesterday"), None);
    }

    #[test]
    fn changes_stand_in_the_order_of_time_though_the_clock_went_back() {
        let mut c = Connection::open_in_memory().unwrap();
        crate::schema::upgrade(&mut c, &crate::schema::STEPS).unwrap();
        let ahead = "2999-01-01T00:00:00.000Z";
        c.execute("UPDATE change SET at = ?1", [ahead]).unwrap();
        let id = begin(&c, What::Review).unwrap();
        let at: String = c
            .query_row("SELECT at FROM change WHERE id = ?1", [id], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(at, ahead);
    }
}
