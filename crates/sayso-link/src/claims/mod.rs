//! Claims: what is told of one event, by whom, and what stands behind it.

mod actor;
mod desk;
mod disagree;
mod excerpt;
mod gather;
mod history;
mod kept;
mod ledger;
mod reasons;
mod responsible;
mod ring;
mod rows;
mod said;
mod standing;

use std::collections::BTreeSet;

use rusqlite::{Connection, Result};
use schemars::JsonSchema;
use serde::Serialize;

use crate::joined::Joined;
pub(crate) use desk::Desk;
pub use disagree::Disagreement;
pub use history::Milestone;
pub(crate) use kept::Kept;
pub use ledger::Figure;
pub use responsible::{Responsible, SaidBy};
pub use standing::{Label, Standing};

/// What somebody says of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub enum Stance {
    /// It happened, happens, or will.
    #[serde(rename = "asserts")]
    Asserts,
    /// It happened, and others are to blame.
    #[serde(rename = "accuses")]
    Accuses,
    /// It was us.
    #[serde(rename = "claims responsibility")]
    Claims,
    /// It did not happen, or it was not us.
    #[serde(rename = "denies")]
    Denies,
    /// It may not have happened.
    #[serde(rename = "doubts")]
    Doubts,
}

impl Stance {
    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asserts => "asserts",
            Self::Accuses => "accuses",
            Self::Claims => "claims responsibility",
            Self::Denies => "denies",
            Self::Doubts => "doubts",
        }
    }

    /// Whether it says that the thing is so.
    pub const fn is_for(self) -> bool {
        matches!(self, Self::Asserts | Self::Accuses | Self::Claims)
    }
}

/// A document's part in a claim: who says it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Member {
    /// The document.
    pub document: String,
    /// What is said of the event.
    pub stance: Stance,
    /// What kind of saying it is, as in the contract of readings; none in the author's own words.
    pub act: Option<String>,
    /// From whom it comes: the last hop.
    pub origin: String,
    /// The number of that among those from whom the claim comes, from 0: members with one number have it
    /// from one, however its name is spelt. `None` where it has no end.
    pub origin_number: Option<usize>,
    /// What that is.
    pub origin_kind: String,
    /// It has no name.
    pub unnamed: bool,
    /// The letter that an analyst set on it (Admiralty Code, A to F).
    pub letter: Option<String>,
    /// The name that people gave it, where they gave it one; `origin` is what texts call it.
    pub called: Option<String>,
    /// Through whom it reached the page, from the one nearest the reader.
    pub through: Vec<String>,
    /// How surely it was put.
    pub certainty: Option<String>,
    /// In which mode of being.
    pub realis: String,
    /// The event mention and, where there is one, the attribution around it, by their ids.
    pub mention: String,
    /// The attribution.
    pub attribution: Option<String>,
    /// The words: of the attribution's content, or the sentence around the event.
    pub words: String,
    /// Where they start in the document, in characters.
    pub start: i64,
    /// And end.
    pub end: i64,
    /// When the document was published.
    pub published: Option<String>,
}

/// What is told of one event across documents, or said in much the same words where no event tells
/// it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Claim {
    /// The oldest mention: `DOCUMENT#v1`; or the oldest attribution: `DOCUMENT#a1`.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The word that carries it in the oldest mention.
    pub trigger: String,
    /// The words of the oldest member.
    pub about: String,
    /// What is said is that it did not happen, and nobody says that it did.
    pub negated: bool,
    /// When it happened or is to happen, by the first who says: first and last possible day or time.
    pub time: Option<[String; 2]>,
    /// Where, by the first who says.
    pub place: Option<String>,
    /// Who says what, in the order of time.
    pub members: Vec<Member>,
    /// What stands behind it.
    pub standing: Standing,
    /// The digit of the Admiralty Code that the origins suggest: 1 where two who have names say it
    /// and nobody denies it, else 6: it cannot be judged by its origins.
    pub admiralty: u8,
    /// Why it stands so, a sentence each.
    pub reasons: Vec<String>,
    /// How it went.
    pub history: Vec<Milestone>,
    /// Who is named as having done it, and by whom.
    pub responsible: Vec<Responsible>,
    /// Documents whose outlets have it from each other: each cites the next, and the last the first.
    pub circular: Vec<Vec<String>>,
    /// The figures given, in the order of the time that they are of.
    pub figures: Vec<Figure>,
    /// Where those who tell it differ, as far as a rule can decide.
    pub disagreements: Vec<Disagreement>,
}

/// A member with the number of its origin, `None` where it has no end, its document, and which of the
/// drafts it was made from.
pub(crate) struct Placed {
    member: Member,
    actor: Option<usize>,
    document: i64,
    draft: usize,
}

/// How many of some documents are copies of others among them: all but one of each group.
fn copies(c: &Connection, documents: &BTreeSet<i64>) -> Result<usize> {
    let mut statement = c.prepare_cached("SELECT b FROM copy WHERE a = ?1")?;
    let mut joined = Joined::default();
    let mut copies = 0;
    for document in documents {
        let mut rows = statement.query([document])?;
        while let Some(row) = rows.next()? {
            let other: i64 = row.get(0)?;
            copies += usize::from(documents.contains(&other) && joined.join(*document, other));
        }
    }
    Ok(copies)
}
