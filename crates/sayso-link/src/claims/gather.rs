//! Who says what of an event in each document, and from whom.

use std::collections::BTreeSet;

use rusqlite::{Connection, Result};

use super::Stance;
use super::actor::{Actor, Told};
use super::rows::{self, Attribution, Telling};
use crate::origins::Reports;

/// What a document says of an event, before it is known from whom it comes in the end.
pub(super) struct Draft<'t> {
    pub telling: &'t Telling,
    pub stance: Stance,
    pub actor: Actor,
    pub through: Vec<String>,
    /// The outlet of its document.
    pub house: Option<Actor>,
}

/// Where it is only told as not having happened, that is what is claimed, and nobody denies it.
pub(super) fn turned(drafts: &mut [Draft]) -> bool {
    let is_plain = |draft: &Draft| {
        let act = draft.telling.by.as_ref().and_then(|by| by.act.as_deref());
        draft.stance == Stance::Denies && act != Some("deny")
    };
    let is_negative = !drafts.is_empty() && drafts.iter().all(is_plain);
    if is_negative {
        for draft in drafts {
            draft.stance = Stance::Asserts;
        }
    }
    is_negative
}

pub(super) fn drafts<'t>(
    c: &Connection,
    reports: &Reports,
    tellings: &'t [Telling],
) -> Result<Vec<Draft<'t>>> {
    let attributed: BTreeSet<i64> = tellings
        .iter()
        .filter(|t| t.by.is_some() && stance(t).is_some())
        .map(|t| t.document)
        .collect();
    let mut out = Vec::new();
    for telling in tellings {
        let Some(stance) = stance(telling) else {
            continue;
        };
        // what a page says of what it has from others is no report of its own
        if telling.by.is_none() && attributed.contains(&telling.document) {
            continue;
        }
        let (actor, through) = origin(c, telling, reports)?;
        let is_own = stance == Stance::Asserts && telling.is_deed_of(&actor);
        out.push(Draft {
            telling,
            stance: if is_own { Stance::Claims } else { stance },
            actor,
            through,
            house: telling
                .house
                .as_deref()
                .map(|house| Actor::named(house, "publication")),
        });
    }
    Ok(out)
}

/// What a telling says of its event; `None` where it says nothing of whether it is so.
fn stance(telling: &Telling) -> Option<Stance> {
    if telling.is_no_answer() {
        return None;
    }
    let said = match &telling.by {
        None => Stance::Asserts,
        Some(by) if by.is_negated || by.is_question() => return None,
        Some(by) => match by.act.as_deref() {
            Some("ask" | "decline" | "urge") => return None,
            // who rejects a warning or a demand does not say that nobody made it
            Some("deny") if ["THREATEN", "REQUEST"].contains(&telling.kind.as_str()) => {
                return None;
            }
            Some("deny") => Stance::Denies,
            Some("doubt") => Stance::Doubts,
            Some("accuse") => Stance::Accuses,
            Some("take_responsibility") => Stance::Claims,
            _ => Stance::Asserts,
        },
    };
    match (telling.realis.as_str(), said) {
        // a denial has its event as not having happened: that is how its speaker puts it
        ("negated", Stance::Denies | Stance::Asserts) => Some(Stance::Denies),
        ("hypothetical" | "unknown", Stance::Asserts) | ("negated", _) => None,
        (_, said) => Some(said),
    }
}

/// From whom a telling comes, and through whom.
fn origin(c: &Connection, telling: &Telling, reports: &Reports) -> Result<(Actor, Vec<String>)> {
    let report = reports.origin(telling.document)?;
    let Some(by) = &telling.by else {
        return Ok((Actor::named(&report, "publication"), Vec::new()));
    };
    if let Some((writing, author)) = rows::author(c, telling)? {
        let mut through: Vec<String> = by.hops.iter().filter_map(|h| h.name.clone()).collect();
        through.push(writing);
        return Ok((author, through));
    }
    let last = by.hops.last();
    let name = last
        .map(|hop| hop.name.clone().unwrap_or_else(|| hop.words.clone()))
        .or_else(|| by.source_name.clone())
        .or_else(|| by.source.clone())
        .unwrap_or_else(|| "unstated".to_owned());
    let kind = last
        .map(|hop| hop.kind.clone())
        .or_else(|| by.source_kind.clone())
        .unwrap_or_else(|| "unstated".to_owned());
    let has_name = last.map_or(by.source_name.is_some(), |hop| hop.name.is_some());
    // "an armed group" has no name, whatever it is
    let kind = if has_name || !is_indefinite(&name) {
        kind
    } else {
        "anonymous".to_owned()
    };
    let is_source = last.is_none_or(|hop| hop.name == by.source_name || hop.name.is_none());
    let role = by.role.as_deref().filter(|_| is_source);
    let before: Vec<String> = by
        .hops
        .iter()
        .rev()
        .skip(1)
        .rev()
        .filter_map(|hop| hop.name.clone())
        .collect();
    let quoted = outlet(by).filter(|outlet| *outlet != report);
    let told = Told {
        is_quoted: quoted.is_some(),
        to: quoted.unwrap_or(report),
        report: reports.report(telling.document)?,
    };
    Ok((Actor::of(&name, &kind, role, told), before))
}

/// Whether words speak of somebody for the first time, and without a name.
fn is_indefinite(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default().to_lowercase();
    ["a", "an", "some", "several", "two", "three"].contains(&first.as_str())
}

/// The outlet nearest the origin among the carriers.
fn outlet(by: &Attribution) -> Option<String> {
    let carriers = by.hops.iter().rev().skip(1);
    carriers
        .filter(|hop| hop.kind == "publication")
        .find_map(|hop| hop.name.clone())
}
