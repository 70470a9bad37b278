//! The figures given for one event: whose, as of when, and superseded by which.

use rusqlite::{Connection, Result};
use schemars::JsonSchema;
use serde::Serialize;

use super::Placed;
use super::gather::Draft;

/// A figure that a document gives.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ClaimFigure")]
pub struct Figure {
    /// Of whom: killed, injured, captured, arrested, displaced.
    pub kind: String,
    /// At least.
    pub low: f64,
    /// At most; `None` where that is open.
    pub high: Option<f64>,
    /// As it was put.
    pub words: String,
    /// From whom it comes.
    pub whose: String,
    /// When the document was published.
    pub as_of: Option<String>,
    /// The document.
    pub document: String,
    /// The figure, by its id in the document's reading.
    pub figure: String,
    /// The document that has a later one in its place.
    pub superseded_by: Option<String>,
    /// The number of its origin among those of the claim.
    #[serde(skip)]
    pub(super) actor: Option<usize>,
}

impl Figure {
    /// Whether both come from one.
    pub(super) fn is_of_one(&self, other: &Self) -> bool {
        self.actor.is_some() && self.actor == other.actor
    }

    /// Whether both can be right.
    pub(super) fn fits(&self, other: &Self) -> bool {
        let below = |x: &Self, y: &Self| x.high.is_some_and(|high| high < y.low);
        !below(self, other) && !below(other, self)
    }
}

/// Kinds that belong into a ledger: people.
const KINDS: &str = "'killed', 'injured', 'captured', 'arrested', 'displaced'";

/// The figures of a claim's members, each once.
pub(super) fn of(c: &Connection, drafts: &[Draft], members: &[Placed]) -> Result<Vec<Figure>> {
    let sql = format!(
        "SELECT local, kind, low, high, words FROM figure WHERE reading = ?1 AND kind IN ({KINDS}) AND (event = ?2 OR (event IS NULL AND within = ?3)) ORDER BY local"
    );
    let mut statement = c.prepare_cached(&sql)?;
    let mut out: Vec<Figure> = Vec::new();
    for draft in drafts.iter().filter(|d| d.stance.is_for()) {
        let telling = draft.telling;
        let by = telling.by.as_ref().map(|by| by.local.as_str());
        let mut rows = statement.query((telling.reading, &telling.local, by))?;
        while let Some(row) = rows.next()? {
            let figure: String = row.get(0)?;
            if out
                .iter()
                .any(|f| f.document == telling.name && f.figure == figure)
            {
                continue;
            }
            let whose = members
                .iter()
                .find(|m| m.document == telling.document && m.member.attribution.as_deref() == by);
            out.push(Figure {
                kind: row.get(1)?,
                low: row.get(2)?,
                high: row.get(3)?,
                words: row.get(4)?,
                whose: whose.map_or_else(|| draft.actor.name.clone(), |m| m.member.origin.clone()),
                as_of: telling.at.clone(),
                document: telling.name.clone(),
                figure,
                superseded_by: None,
                actor: whose.and_then(|m| m.actor),
            });
        }
    }
    out.sort_by(|a, b| (&a.kind, &a.as_of, &a.document).cmp(&(&b.kind, &b.as_of, &b.document)));
    supersede(&mut out);
    Ok(out)
}

/// A later figure takes the place of an earlier one of the same origin, or of a lower one that no
/// document tells beside it.
fn supersede(figures: &mut [Figure]) {
    for at in 0..figures.len() {
        let (before, rest) = figures.split_at_mut(at + 1);
        let Some(figure) = before.last() else {
            continue;
        };
        let later = rest.iter().find(|later| {
            let is_other = (later.low, later.high) != (figure.low, figure.high);
            later.kind == figure.kind
                && later.as_of > figure.as_of
                && is_other
                && (later.is_of_one(figure)
                    || (later.low > figure.low && !is_beside(figure, later, before, rest)))
        });
        let by = later.map(|later| later.document.clone());
        if let Some(figure) = before.last_mut() {
            figure.superseded_by = by;
        }
    }
}

/// Whether the document of the later figure tells the earlier one too.
fn is_beside(figure: &Figure, later: &Figure, before: &[Figure], rest: &[Figure]) -> bool {
    before.iter().chain(rest).any(|f| {
        f.document == later.document
            && f.figure != later.figure
            && f.kind == figure.kind
            && (f.low, f.high) == (figure.low, figure.high)
    })
}
