//! From whom it comes in the end, where outlets have it from each other.

use super::{Actor, Draft};

/// Where a way of citations ends.
pub(super) enum End {
    /// With somebody; and the outlets on the way there.
    Actor(Actor, Vec<String>),
    /// Nowhere: outlets that cite each other, as their documents are named.
    Ring(Vec<String>),
}

/// Where what a document says comes from: an outlet that it cites, and that is itself in the case
/// with the same claim, is asked in turn.
pub(super) fn ends(draft: &Draft, all: &[Draft]) -> Vec<End> {
    let mut out = Vec::new();
    follow(draft, all, &mut Vec::new(), &mut out);
    // a ring counts only where it has no way out: else it is told beside
    let mut seen: Vec<Actor> = Vec::new();
    out.retain(|end| match end {
        End::Actor(actor, _) if seen.iter().any(|a| a.is(actor)) => false,
        End::Actor(actor, _) => {
            seen.push(actor.clone());
            true
        }
        End::Ring(_) => true,
    });
    if !seen.is_empty() {
        out.retain(|end| matches!(end, End::Actor(..)));
    }
    out
}

fn follow<'d>(
    draft: &'d Draft,
    all: &'d [Draft],
    way: &mut Vec<&'d Draft<'d>>,
    out: &mut Vec<End>,
) {
    way.push(draft);
    let cited = cited(draft, all);
    if cited.is_empty() {
        let through = way.iter().skip(1).filter_map(|d| d.telling.house.clone());
        out.push(End::Actor(draft.actor.clone(), through.collect()));
    }
    for next in cited {
        let name = &next.telling.name;
        match way.iter().position(|d| d.telling.name == *name) {
            Some(at) => {
                let ring = way.iter().skip(at).map(|d| d.telling.name.clone());
                let mut ring: Vec<String> = ring.collect();
                ring.sort();
                ring.dedup();
                out.push(End::Ring(ring));
            }
            None => follow(next, all, way, out),
        }
    }
    way.pop();
}

/// What other documents say that are of the outlet which a document cites.
fn cited<'d>(draft: &Draft, all: &'d [Draft<'d>]) -> Vec<&'d Draft<'d>> {
    if draft.actor.is_unnamed() {
        return Vec::new();
    }
    let is_outlet = |house: &str| draft.actor.is(&Actor::named(house, "publication"));
    let own = draft.telling.house.as_deref();
    if own.is_some_and(is_outlet) {
        return Vec::new();
    }
    all.iter()
        .filter(|other| other.telling.document != draft.telling.document)
        .filter(|other| other.stance.is_for() == draft.stance.is_for())
        .filter(|other| other.telling.house.as_deref().is_some_and(is_outlet))
        .collect()
}
