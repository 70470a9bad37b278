//! Who is said to have done it, and by whom.

use rusqlite::{Connection, Result};
use schemars::JsonSchema;
use serde::Serialize;

use super::Stance;
use super::actor::Actor;
use super::gather::Draft;
use super::rows::Attribution;

/// Somebody who is named as having done it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Responsible {
    /// Who, as the first who says so has it.
    pub who: String,
    /// Who says so, each from one document once, in the order of time.
    pub said_by: Vec<SaidBy>,
}

/// Who says that somebody did it, or did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SaidBy {
    /// From whom it comes.
    pub origin: String,
    /// Whether they claim it, accuse another, say it without more, or deny it.
    pub stance: Stance,
    /// The document.
    pub document: String,
    /// The mention of the event there.
    pub mention: String,
}

/// One who is named, as names are compared.
pub(super) struct Named {
    actor: Actor,
    pub told: Responsible,
}

/// Words that stand for who speaks, and not for a third.
const SELF: [&str; 10] = [
    "it", "its", "we", "our", "i", "my", "they", "their", "he", "she",
];

/// All who are named by somebody who says that it is so, in the order in which they first are. Who is
/// named in denials only is not.
pub(super) fn of(c: &Connection, drafts: &[Draft]) -> Result<Vec<Named>> {
    let mut out: Vec<Named> = Vec::new();
    for draft in drafts.iter().filter(|d| d.stance != Stance::Doubts) {
        for actor in named(c, draft)? {
            let said = SaidBy {
                origin: draft.actor.name.clone(),
                stance: draft.stance,
                document: draft.telling.name.clone(),
                mention: draft.telling.local.clone(),
            };
            let at = out.iter().position(|n| n.actor.is(&actor));
            let at = at.unwrap_or_else(|| {
                let told = Responsible {
                    who: actor.name.clone(),
                    said_by: Vec::new(),
                };
                out.push(Named { actor, told });
                out.len() - 1
            });
            if let Some(named) = out.get_mut(at) {
                let all = &mut named.told.said_by;
                let is_known = |s: &SaidBy| {
                    (&s.origin, s.stance, &s.document)
                        == (&said.origin, said.stance, &said.document)
                };
                if !all.iter().any(is_known) {
                    all.push(said);
                }
            }
        }
    }
    let is_told = |named: &Named| named.told.said_by.iter().any(|s| s.stance.is_for());
    out.retain(is_told);
    Ok(out)
}

/// Whom a telling has as having done it, as far as they have a name; who tells of a deed of their own
/// are themselves meant.
fn named(c: &Connection, draft: &Draft) -> Result<Vec<Actor>> {
    let is_own = draft.stance == Stance::Claims
        || draft
            .telling
            .by
            .as_ref()
            .is_some_and(Attribution::denies_own);
    let mut out = Vec::new();
    let words = draft.telling.actor.as_deref().unwrap_or_default();
    for name in words.split("; ").filter(|name| !name.is_empty()) {
        let first = name.split(' ').next().unwrap_or_default().to_lowercase();
        if !SELF.contains(&first.as_str()) && is_name(c, draft.telling.reading, name)? {
            out.push(Actor::named(name, "organization"));
        }
    }
    if out.is_empty() && is_own && !draft.actor.is_unnamed() {
        out.push(draft.actor.clone());
    }
    Ok(out)
}

/// Whether words name somebody: they are the name of an entity of the reading, or have a capital after
/// the first word ("an ISIS cell").
fn is_name(c: &Connection, reading: i64, words: &str) -> Result<bool> {
    let has_capital = |word: &str| word.starts_with(char::is_uppercase);
    if words.split_whitespace().skip(1).any(has_capital) {
        return Ok(true);
    }
    c.prepare_cached("SELECT EXISTS (SELECT 1 FROM entity WHERE reading = ?1 AND name = ?2)")?
        .query_row((reading, words), |row| row.get(0))
}

/// Two who are named by different origins, of whom one claims it or is accused: they cannot both be
/// meant, unless they did it together, which no rule can tell.
pub(super) fn differing(all: &[Named]) -> Vec<[&Responsible; 2]> {
    let is_explicit = |named: &Named| {
        let mut all = named.told.said_by.iter();
        all.any(|s| matches!(s.stance, Stance::Claims | Stance::Accuses))
    };
    let shares_origin = |a: &Named, b: &Named| {
        let origins = |n: &Named| {
            n.told
                .said_by
                .iter()
                .map(|s| s.origin.clone())
                .collect::<Vec<_>>()
        };
        let others = origins(b);
        origins(a).iter().any(|origin| others.contains(origin))
    };
    let mut out = Vec::new();
    for (at, a) in all.iter().enumerate() {
        for b in all.iter().skip(at + 1) {
            if (is_explicit(a) || is_explicit(b)) && !shares_origin(a, b) {
                out.push([&a.told, &b.told]);
            }
        }
    }
    out
}
