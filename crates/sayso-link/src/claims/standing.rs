//! What stands behind a claim, in counts, and the label that follows from them.

use std::collections::BTreeSet;

use rusqlite::{Connection, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::{Member, Placed, Stance, copies};

/// What the counts amount to, by the first rule that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Label {
    /// Somebody who is said to have done it denies it.
    #[serde(rename = "denied by the accused")]
    DeniedByTheAccused,
    /// Somebody denies it.
    #[serde(rename = "disputed")]
    Disputed,
    /// Reports have it from each other, and nobody stands at the end.
    #[serde(rename = "circular")]
    Circular,
    /// Nobody who says it has a name.
    #[serde(rename = "only unnamed")]
    OnlyUnnamed,
    /// Two who have names say it, or more.
    #[serde(rename = "several origins")]
    SeveralOrigins,
    /// One says it.
    #[serde(rename = "single origin")]
    SingleOrigin,
    /// Nobody says it.
    #[serde(rename = "no origin")]
    NoOrigin,
}

impl Label {
    /// All of them, in the order of the rules.
    pub const ALL: [Self; 7] = [
        Self::DeniedByTheAccused,
        Self::Disputed,
        Self::Circular,
        Self::OnlyUnnamed,
        Self::SeveralOrigins,
        Self::SingleOrigin,
        Self::NoOrigin,
    ];

    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DeniedByTheAccused => "denied by the accused",
            Self::Disputed => "disputed",
            Self::Circular => "circular",
            Self::OnlyUnnamed => "only unnamed",
            Self::SeveralOrigins => "several origins",
            Self::SingleOrigin => "single origin",
            Self::NoOrigin => "no origin",
        }
    }

    /// The one that is written so; `None` where none is.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.as_str() == word)
    }
}

/// Counts, and never a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Standing {
    /// Documents that have the claim.
    pub reports: usize,
    /// Those of them that copy another one of them.
    pub copies: usize,
    /// Named ones who say that it is so.
    pub origins: usize,
    /// Unnamed ones who say that it is so; they may be one.
    pub unnamed: usize,
    /// Those who deny it.
    pub deniers: usize,
    /// What that amounts to.
    pub label: Label,
}

/// Of members and those from whom they come; `is_circular` where some have it from each other.
pub(super) fn of(
    c: &Connection,
    members: &[Placed],
    actors: &[Actor],
    accused: &[Actor],
    is_circular: bool,
) -> Result<Standing> {
    let documents: BTreeSet<i64> = members.iter().map(|m| m.document).collect();
    let who = |wanted: &dyn Fn(&Member) -> bool| -> BTreeSet<usize> {
        let chosen = members.iter().filter(|m| wanted(&m.member));
        chosen.filter_map(|m| m.actor).collect()
    };
    let origins = who(&|m| m.stance.is_for() && !m.unnamed).len();
    let unnamed = who(&|m| m.stance.is_for() && m.unnamed).len();
    let deniers = who(&|m| m.stance == Stance::Denies);
    let is_accused = |at: &usize| {
        let denier = actors.get(*at);
        denier.is_some_and(|denier| accused.iter().any(|accused| accused.is(denier)))
    };
    let label = if deniers.iter().any(is_accused) {
        Label::DeniedByTheAccused
    } else if !deniers.is_empty() {
        Label::Disputed
    } else if origins == 0 && unnamed == 0 && is_circular {
        Label::Circular
    } else if origins == 0 && unnamed == 0 {
        Label::NoOrigin
    } else if origins == 0 {
        Label::OnlyUnnamed
    } else if origins > 1 {
        Label::SeveralOrigins
    } else {
        Label::SingleOrigin
    };
    Ok(Standing {
        reports: documents.len(),
        copies: copies(c, &documents)?,
        origins,
        unnamed,
        deniers: deniers.len(),
        label,
    })
}
