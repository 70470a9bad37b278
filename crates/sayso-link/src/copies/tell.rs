//! Copies as they are told.

use rusqlite::{Connection, Result, Row};
use schemars::JsonSchema;
use serde::Serialize;

/// How two documents that share their words relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CopyKind {
    /// All words of both, or all but one in fifty.
    Exact,
    /// Most words of both.
    Near,
    /// Most words of the one, which are few in the other.
    Contained,
    /// A passage.
    Passage,
}

impl CopyKind {
    /// By the shares of two texts that stand in the other.
    fn of(extent: &str, in_a: f64, in_b: f64) -> Self {
        if extent != "whole" {
            Self::Passage
        } else if in_a.min(in_b) >= 0.98 {
            Self::Exact
        } else if in_a.min(in_b) > 0.5 {
            Self::Near
        } else {
            Self::Contained
        }
    }
}

/// Two documents of which one copies the other, or both a third.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Copy {
    /// The document whose name sorts first.
    pub a: String,
    /// The other.
    pub b: String,
    /// `whole` where more than half of both or seven tenths of one is shared, else `part`.
    pub extent: String,
    /// The same, told more closely.
    pub kind: CopyKind,
    /// Which has most of the other's words and many more: `a`, `b`; none of them where that is not so.
    pub container: Option<&'static str>,
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

const COPIES: &str = "SELECT x.name, y.name, k.extent, k.shared, k.in_a, k.in_b, a.house, a.credit, a.at, b.house, b.credit, b.at FROM copy k JOIN document x ON x.id = k.a JOIN document y ON y.id = k.b JOIN link_document a ON a.document = k.a JOIN link_document b ON b.document = k.b";

/// All copies, by the names of the documents.
pub(crate) fn all(c: &Connection) -> Result<Vec<Copy>> {
    c.prepare(&format!("{COPIES} ORDER BY x.name, y.name"))?
        .query_map([], copy)?
        .collect()
}

/// Those of one document, by its name.
pub(crate) fn of(c: &Connection, name: &str) -> Result<Vec<Copy>> {
    // asked for with OR, all copies of the case would be looked through
    const ONE: &str = "(SELECT id FROM document WHERE name = ?1)";
    c.prepare_cached(&format!(
        "{COPIES} WHERE k.a = {ONE} UNION ALL {COPIES} WHERE k.b = {ONE} ORDER BY 1, 3"
    ))?
    .query_map([name], copy)?
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
    let (extent, shared): (String, String) = (row.get(2)?, row.get(3)?);
    let (in_a, in_b): (f64, f64) = (row.get(4)?, row.get(5)?);
    let kind = CopyKind::of(&extent, in_a, in_b);
    Ok(Copy {
        a: row.get(0)?,
        b: row.get(1)?,
        extent,
        kind,
        container: (kind == CopyKind::Contained).then_some(if in_a > in_b { "b" } else { "a" }),
        shared: serde_json::from_str(&shared).unwrap_or_default(),
        earlier: earlier(&side(6)?, &side(9)?),
        in_a: rounded(in_a),
        in_b: rounded(in_b),
    })
}

/// A document that says whose report it tells, and does so in words of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rewrite {
    /// The document.
    pub id: String,
    /// Whose report it is, by its own word.
    pub credit: String,
    /// That outlet's documents in its story, the earliest first.
    pub of: Vec<String>,
}

/// All rewritten reports whose original's outlet has documents in their story, by their names.
pub(crate) fn rewrites(c: &Connection) -> Result<Vec<Rewrite>> {
    let mut found = c.prepare(
        "SELECT x.name, h.name, y.name FROM link_document a JOIN link_document b ON b.house = a.credit AND b.document <> a.document JOIN story s ON s.document = a.document JOIN story t ON t.document = b.document AND t.story = s.story JOIN document x ON x.id = a.document JOIN document y ON y.id = b.document JOIN house h ON h.id = a.credit WHERE a.credit IS NOT a.house AND NOT EXISTS (SELECT 1 FROM copy k JOIN link_document o ON o.document = CASE k.a WHEN a.document THEN k.b ELSE k.a END WHERE (k.a = a.document OR k.b = a.document) AND k.extent = 'whole' AND o.house = a.credit) ORDER BY x.name, b.at IS NULL, b.at, y.name",
    )?;
    let mut rows = found.query([])?;
    let mut out: Vec<Rewrite> = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, of): (String, String) = (row.get(0)?, row.get(2)?);
        match out.last_mut().filter(|last| last.id == id) {
            Some(last) => last.of.push(of),
            None => out.push(Rewrite {
                id,
                credit: row.get(1)?,
                of: vec![of],
            }),
        }
    }
    Ok(out)
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
    fn copies_are_told_apart_by_how_much_of_each_is_shared() {
        let of = |a, b| CopyKind::of("whole", a, b);
        assert_eq!(of(1.0, 0.99), CopyKind::Exact);
        assert_eq!(of(1.0, 0.6), CopyKind::Near);
        assert_eq!(of(0.9, 0.2), CopyKind::Contained);
        assert_eq!(CopyKind::of("part", 0.4, 0.2), CopyKind::Passage);
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
