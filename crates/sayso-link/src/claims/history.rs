//! How a claim went: who said it first, who was named first, who denied or confirmed it first, and
//! where a hedge was lost on the way.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Member, Placed, Stance};

/// A step in the history of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Milestone {
    /// `first said`, `first named source`, `confirmed`, `denied`, `hedge dropped`.
    pub what: &'static str,
    /// The document.
    pub document: String,
    /// When it was published.
    pub published: Option<String>,
    /// From whom.
    pub origin: String,
    /// Of a lost hedge, the document that has it, and how surely it is put there.
    pub before: Option<[String; 2]>,
}

/// The history of a claim, by its members in the order of time.
pub(super) fn of(members: &[Placed]) -> Vec<Milestone> {
    let mut out = Vec::new();
    let mut first = |what, is: &dyn Fn(&Member) -> bool| {
        let found = members.iter().find(|m| is(&m.member));
        out.extend(found.map(|m| milestone(what, &m.member)));
    };
    first("first said", &|m| m.stance.is_for());
    first("first named source", &|m| {
        m.stance.is_for() && !m.unnamed && m.attribution.is_some() && m.origin_kind != "unstated"
    });
    first("confirmed", &|m| m.act.as_deref() == Some("confirm"));
    first("denied", &|m| m.stance == Stance::Denies);
    out.extend(hedge_dropped(members));
    out
}

fn milestone(what: &'static str, member: &Member) -> Milestone {
    Milestone {
        what,
        document: member.document.clone(),
        published: member.published.clone(),
        origin: member.origin.clone(),
        before: None,
    }
}

/// The first that puts more surely what another has from the same origin with a hedge.
fn hedge_dropped(members: &[Placed]) -> Option<Milestone> {
    for (at, later) in members.iter().enumerate() {
        let (document, sure) = (&later.member.document, sureness(&later.member));
        let hedged = members.iter().take(at).find(|m| {
            m.actor.is_some()
                && m.actor == later.actor
                && m.member.document != *document
                && sureness(&m.member) < sure
        });
        let is_for = later.member.stance.is_for();
        if let Some(hedged) = hedged.filter(|m| is_for && m.member.stance.is_for()) {
            let how = hedged.member.certainty.clone().unwrap_or_default();
            return Some(Milestone {
                before: Some([hedged.member.document.clone(), how]),
                ..milestone("hedge dropped", &later.member)
            });
        }
    }
    None
}

/// How surely it is put, as a number to compare by.
fn sureness(member: &Member) -> u8 {
    match member.certainty.as_deref() {
        Some("possible") => 1,
        Some("probable") => 2,
        Some("unknown") => 0,
        _ => 3,
    }
}
