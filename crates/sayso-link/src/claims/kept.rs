//! What is kept of a claim, so that lists need not put it together.

use std::collections::BTreeSet;

use super::Standing;
use super::desk::Together;
use super::rows::Telling;

/// A claim as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The mention that names it; the attribution's row, negative, where no event tells it.
    pub event: i64,
    pub id: String,
    /// The document that names it.
    pub document: i64,
    pub kind: String,
    pub trigger: String,
    pub about: String,
    pub negated: bool,
    pub standing: Standing,
    pub place: Option<String>,
    pub time: Option<[String; 2]>,
    /// When the first and the last of its documents that have a date were published.
    pub published: Option<[String; 2]>,
    /// The documents that have it.
    pub documents: BTreeSet<i64>,
}

impl Kept {
    /// Whether tellings may amount to a claim that is kept: a look that costs little. What one tells once
    /// is kept only where it is a denial or a doubt.
    pub(super) fn may_be(tellings: &[Telling]) -> bool {
        match tellings {
            [] => false,
            [one] => {
                let act = one.by.as_ref().and_then(|by| by.act.as_deref());
                matches!(act, Some("deny" | "doubt"))
            }
            _ => true,
        }
    }

    pub(super) fn of(event: i64, together: &Together) -> Self {
        let members = &together.found.members;
        let dates = || members.iter().filter_map(|m| m.member.published.as_ref());
        let first = members.first().map(|m| m.member.words.clone());
        Self {
            event,
            id: together.name(),
            document: together.oldest.document,
            kind: together.oldest.kind.clone(),
            trigger: together.oldest.trigger.clone(),
            about: first.unwrap_or_default(),
            negated: together.negated,
            standing: together.standing,
            place: together.place(),
            time: together.time(),
            published: dates()
                .min()
                .zip(dates().max())
                .map(|(first, last)| [first.clone(), last.clone()]),
            documents: members.iter().map(|m| m.document).collect(),
        }
    }
}
