//! Copies as they are told.

use rusqlite::{Connection, Result, Row};
use serde::Serialize;

/// Two documents of which one copies the other, or both a third.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Copy {
    /// The document whose name sorts first.
    pub a: String,
    /// The other.
    pub b: String,
    /// `whole` where more than half of both or seven tenths of one is shared, else `part`.
    pub extent: String,
    /// Stretches that stand in both: start and end in `a`, start and end in `b`, in characters.
    pub shared: Vec<[[u32; 2]; 2]>,
    /// Which is earlier, as far as credits and days tell: `a`, `b` or `unknown`.
    pub earlier: &'static str,
    /// Share of the words of `a` that stand in `b`.
    pub in_a: f64,
    /// Share of the words of `b` that stand in `a`.
    pub in_b: f64,
}

/// What is known of one of the two.
struct Side {
    house: Option<i64>,
    credit: Option<i64>,
    at: Option<String>,
}

/// All copies, by the names of the documents.
pub(crate) fn all(c: &Connection) -> Result<Vec<Copy>> {
    c.prepare(
        "SELECT x.name, y.name, k.extent, k.shared, k.in_a, k.in_b, a.house, a.credit, a.at, b.house, b.credit, b.at FROM copy k JOIN document x ON x.id = k.a JOIN document y ON y.id = k.b JOIN link_document a ON a.document = k.a JOIN link_document b ON b.document = k.b ORDER BY x.name, y.name",
    )?
    .query_map([], copy)?
    .collect()
}

fn copy(row: &Row) -> Result<Copy> {
    let side = |first: usize| -> Result<Side> {
        Ok(Side {
            house: row.get(first)?,
            credit: row.get(first + 1)?,
            at: row.get(first + 2)?,
        })
    };
    let shared: String = row.get(3)?;
    Ok(Copy {
        a: row.get(0)?,
        b: row.get(1)?,
        extent: row.get(2)?,
        shared: serde_json::from_str(&shared).unwrap_or_default(),
        earlier: earlier(&side(6)?, &side(9)?),
        in_a: rounded(row.get(4)?),
        in_b: rounded(row.get(5)?),
    })
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

/// Which of two came first: the one that the other credits; of two that credit a third, nobody
/// knows; else the one that was published first.
fn earlier(a: &Side, b: &Side) -> &'static str {
    let credits = |from: &Side, to: &Side| from.credit.is_some() && from.credit == to.house;
    if credits(b, a) {
        return "a";
    }
    if credits(a, b) {
        return "b";
    }
    if a.credit.is_some() && a.credit == b.credit {
        return "unknown";
    }
    match (&a.at, &b.at) {
        (Some(x), Some(y)) if before(x, y) => "a",
        (Some(x), Some(y)) if before(y, x) => "b",
        _ => "unknown",
    }
}

/// Whether one time is surely before another: a day is not before an hour of it.
fn before(x: &str, y: &str) -> bool {
    let shorter = x.len().min(y.len());
    x.get(..shorter) < y.get(..shorter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(house: i64, credit: Option<i64>, at: &str) -> Side {
        Side {
            house: Some(house),
            credit,
            at: (!at.is_empty()).then(|| at.to_owned()),
        }
    }

    #[test]
    fn credits_tell_before_days_do() {
        let agency = side(1, None, "2025-03-03T06:00");
        let copy = side(2, Some(1), "2025-03-02");
        let another = side(3, Some(1), "2025-03-04");
        assert_eq!(earlier(&agency, &copy), "a");
        assert_eq!(earlier(&copy, &agency), "b");
        assert_eq!(
            earlier(&copy, &another),
            "unknown",
            "both have it from the agency"
        );
        assert_eq!(earlier(&agency, &side(4, None, "2025-03-04")), "a");
        assert_eq!(earlier(&agency, &side(4, None, "2025-03-03")), "unknown");
        assert_eq!(earlier(&agency, &side(4, None, "")), "unknown");
    }
}
