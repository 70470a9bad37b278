//! Where those who tell a claim differ, as far as a rule can decide.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::gather::Draft;
use super::ledger::Figure;
use super::responsible::{self, Named};
use super::{Placed, Stance};

/// Two who differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[schemars(rename = "ClaimDisagreement")]
pub struct Disagreement {
    /// On what: `actor`, `denial`, `figure`, `time`, `place`.
    pub kind: &'static str,
    /// A document.
    pub a: String,
    /// The other; the same where one document has both.
    pub b: String,
    /// What the first has: whose, and the words.
    pub says: [String; 2],
    /// What the second has.
    pub against: [String; 2],
}

/// All disagreements of a claim, each once.
pub(super) fn of(
    drafts: &[Draft],
    members: &[Placed],
    figures: &[Figure],
    responsible: &[Named],
) -> Vec<Disagreement> {
    let mut out = BTreeSet::new();
    denials(members, &mut out);
    actors(responsible, &mut out);
    of_figures(figures, &mut out);
    of_time_and_place(drafts, &mut out);
    out.into_iter().collect()
}

/// Each who denies it, against the first who says it.
fn denials(members: &[Placed], out: &mut BTreeSet<Disagreement>) {
    let said = members.iter().find(|m| m.member.stance.is_for());
    let Some(said) = said else { return };
    let mut seen = BTreeSet::new();
    for denied in members.iter().filter(|m| m.member.stance == Stance::Denies) {
        if !seen.insert(denied.actor) {
            continue;
        }
        out.insert(Disagreement {
            kind: "denial",
            a: said.member.document.clone(),
            b: denied.member.document.clone(),
            says: [said.member.origin.clone(), said.member.words.clone()],
            against: [denied.member.origin.clone(), denied.member.words.clone()],
        });
    }
}

/// Those who are named by different origins as having done it.
fn actors(responsible: &[Named], out: &mut BTreeSet<Disagreement>) {
    for pair in responsible::differing(responsible) {
        let told = pair.map(|r| {
            let said = r.said_by.iter().find(|s| s.stance.is_for())?;
            Some((said.document.clone(), [said.origin.clone(), r.who.clone()]))
        });
        if let [Some((a, says)), Some((b, against))] = told {
            out.insert(Disagreement {
                kind: "actor",
                a,
                b,
                says,
                against,
            });
        }
    }
}

/// Figures of one kind that cannot both be right, where none takes the other's place.
fn of_figures(figures: &[Figure], out: &mut BTreeSet<Disagreement>) {
    for (at, a) in figures.iter().enumerate() {
        for b in figures.iter().skip(at + 1) {
            let replaced = a.superseded_by.is_some()
                && a.as_of.as_deref().map(day) != b.as_of.as_deref().map(day);
            if a.kind != b.kind || a.is_of_one(b) || a.fits(b) || replaced {
                continue;
            }
            let told = |f: &Figure| [f.whose.clone(), f.words.clone()];
            let (first, second) = if a.document <= b.document {
                (a, b)
            } else {
                (b, a)
            };
            let known = out
                .iter()
                .any(|d| d.kind == "figure" && d.says == told(first) && d.against == told(second));
            if !known {
                out.insert(Disagreement {
                    kind: "figure",
                    a: first.document.clone(),
                    b: second.document.clone(),
                    says: told(first),
                    against: told(second),
                });
            }
        }
    }
}

fn day(time: &str) -> &str {
    time.get(..10).unwrap_or(time)
}

/// Times of the event that do not overlap, and countries that differ.
fn of_time_and_place(drafts: &[Draft], out: &mut BTreeSet<Disagreement>) {
    let told: Vec<&Draft> = drafts.iter().filter(|d| d.stance.is_for()).collect();
    for (at, a) in told.iter().enumerate() {
        for b in told.iter().skip(at + 1) {
            if a.telling.document == b.telling.document || a.actor.is(&b.actor) {
                continue;
            }
            let (x, y) = (a.telling, b.telling);
            let mut add = |kind, says: &str, against: &str| {
                let pair = |d: &Draft, words: &str| [d.actor.name.clone(), words.to_owned()];
                let known = out
                    .iter()
                    .any(|o: &Disagreement| o.kind == kind && o.a == x.name && o.b == y.name);
                if !known {
                    out.insert(Disagreement {
                        kind,
                        a: x.name.clone(),
                        b: y.name.clone(),
                        says: pair(a, says),
                        against: pair(b, against),
                    });
                }
            };
            if let (Some(from), Some(to), Some(later), Some(until)) =
                (&x.earliest, &x.latest, &y.earliest, &y.latest)
                && (before(to, later) || before(until, from))
            {
                add("time", &format!("{from}/{to}"), &format!("{later}/{until}"));
            }
            if let (Some(here), Some(there)) = (&x.country, &y.country)
                && here != there
            {
                let of = |place: &Option<String>, country: &str| {
                    place.clone().unwrap_or_else(|| country.to_owned())
                };
                add("place", &of(&x.place, here), &of(&y.place, there));
            }
        }
    }
}

/// Whether a time is surely before another: a day is not before an hour of it.
fn before(x: &str, y: &str) -> bool {
    let shorter = x.len().min(y.len());
    x.get(..shorter) < y.get(..shorter)
}
