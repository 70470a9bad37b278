//! Why a claim stands as it does, in sentences filled in from its members.

use std::collections::{BTreeMap, BTreeSet};

use super::standing::Label;
use super::{Placed, Stance, Standing};

/// The reasons for a standing, a sentence each.
pub(super) fn of(
    members: &[Placed],
    standing: &Standing,
    rings: &BTreeSet<Vec<String>>,
) -> Vec<String> {
    let documents: BTreeSet<&str> = members.iter().map(|m| m.member.document.as_str()).collect();
    let mut out = vec![format!("reports: {}", listed(documents))];
    if standing.copies > 0 {
        out.push(format!(
            "copies: {} of these share their words with another of them; `sayso copies` shows which",
            standing.copies
        ));
    }
    let groups = |is: &dyn Fn(&Placed) -> bool| {
        let mut groups: BTreeMap<usize, (&str, BTreeSet<&str>)> = BTreeMap::new();
        for m in members.iter().filter(|m| is(m)) {
            if let Some(actor) = m.actor {
                let group = groups.entry(actor);
                let (_, documents) = group.or_insert((&m.member.origin, BTreeSet::new()));
                documents.insert(&m.member.document);
            }
        }
        let line = |(name, documents): (&str, BTreeSet<&str>)| {
            format!("{name} (in {})", listed(documents))
        };
        groups.into_values().map(line).collect::<Vec<_>>()
    };
    for origin in groups(&|m| m.member.stance.is_for() && !m.member.unnamed) {
        out.push(format!("named origin: {origin}"));
    }
    for origin in groups(&|m| m.member.stance.is_for() && m.member.unnamed) {
        out.push(format!("unnamed, may be one with another: {origin}"));
    }
    for denier in groups(&|m| m.member.stance == Stance::Denies) {
        out.push(format!("denied by: {denier}"));
    }
    for ring in rings {
        let first = ring.first().map_or("", String::as_str);
        out.push(format!("in a ring: {} cites {first}", ring.join(" cites ")));
    }
    out.push(format!("label: {}", rule(standing.label)));
    out
}

fn listed<'d>(documents: impl IntoIterator<Item = &'d str>) -> String {
    documents.into_iter().collect::<Vec<_>>().join(", ")
}

/// The rule that a label follows from; of several that hold, the first in this order.
const fn rule(label: Label) -> &'static str {
    match label {
        Label::DeniedByTheAccused => "denied by the accused: who denies it is said to have done it",
        Label::Disputed => "disputed: somebody denies it",
        Label::Circular => {
            "circular: reports have it from each other, and nobody stands at the end"
        }
        Label::NoOrigin => "no origin: nobody says that it is so",
        Label::OnlyUnnamed => "only unnamed: nobody who says it has a name",
        Label::SeveralOrigins => "several origins: two who have names say it, or more",
        Label::SingleOrigin => "single origin: one who has a name says it",
    }
}
