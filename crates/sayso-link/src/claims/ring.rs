//! From whom it comes in the end, where outlets have it from each other.

use std::collections::BTreeSet;

use super::actor::Actor;
use super::gather::Draft;

/// Where a way of citations ends.
pub(super) enum End {
    /// With somebody; and the outlets on the way there.
    Actor(Actor, Vec<String>),
    /// Nowhere: outlets that cite each other, as their documents are named.
    Ring(Vec<String>),
}

/// Where what a document says comes from: an outlet that it cites, and that is itself in the case
/// with the same claim, is asked in turn. Each document is asked once, however many ways lead to it.
pub(super) fn ends(start: usize, all: &[Draft]) -> Vec<End> {
    let mut search = Search {
        all,
        way: Vec::new(),
        asked: BTreeSet::new(),
        out: Vec::new(),
    };
    search.ask(start);
    let mut out = search.out;
    let mut seen: Vec<Actor> = Vec::new();
    out.retain(|end| match end {
        End::Actor(actor, _) if seen.iter().any(|a| a.is(actor)) => false,
        End::Actor(actor, _) => {
            seen.push(actor.clone());
            true
        }
        End::Ring(_) => true,
    });
    // a ring counts only where it has no way out
    if !seen.is_empty() {
        out.retain(|end| matches!(end, End::Actor(..)));
    }
    out
}

struct Search<'d> {
    all: &'d [Draft<'d>],
    /// From the first who was asked to the one who is.
    way: Vec<usize>,
    asked: BTreeSet<usize>,
    out: Vec<End>,
}

impl Search<'_> {
    fn ask(&mut self, at: usize) {
        self.asked.insert(at);
        self.way.push(at);
        let cited = cited(at, self.all);
        if cited.is_empty() {
            self.end(at);
        }
        let before = self.out.len();
        let is_followed = !cited.is_empty();
        for next in cited {
            let document = |i: &usize| self.all.get(*i).map(|d| d.telling.document);
            let again = self.way.iter().position(|i| document(i) == document(&next));
            match again {
                Some(first) => {
                    let ring = self.way.iter().skip(first);
                    let ring = ring.filter_map(|i| self.all.get(*i));
                    self.out.push(End::Ring(turned(
                        ring.map(|d| d.telling.name.clone()).collect(),
                    )));
                }
                None if self.asked.contains(&next) => {}
                None => self.ask(next),
            }
        }
        let is_unnamed = self.all.get(at).is_some_and(|d| d.actor.is_unnamed());
        let found = self.out.get(before..).unwrap_or_default();
        let is_lost = !found.iter().any(|end| matches!(end, End::Actor(..)));
        if is_followed && is_unnamed && is_lost {
            // somebody stands behind the outlet that is cited, whoever it is
            self.end(at);
        }
        self.way.pop();
    }

    /// Ends with whom a document has it from.
    fn end(&mut self, at: usize) {
        let houses = self.way.iter().skip(1).filter_map(|i| self.all.get(*i));
        let through = houses.filter_map(|d| d.telling.house.clone()).collect();
        if let Some(draft) = self.all.get(at) {
            self.out.push(End::Actor(draft.actor.clone(), through));
        }
    }
}

/// A ring from its smallest name on, so that it is told in one way wherever one comes into it.
fn turned(mut ring: Vec<String>) -> Vec<String> {
    let least = ring.iter().enumerate().min_by_key(|(_, name)| *name);
    if let Some((at, _)) = least {
        ring.rotate_left(at);
    }
    ring
}

/// What other documents say that are of the outlet which one cites.
fn cited(at: usize, all: &[Draft]) -> Vec<usize> {
    let Some(draft) = all.get(at) else {
        return Vec::new();
    };
    let outlet = match draft.actor.quoted_from() {
        Some(outlet) => Actor::named(outlet, "publication"),
        None if draft.actor.is_unnamed() => return Vec::new(),
        None => draft.actor.clone(),
    };
    let is_of_outlet = |d: &Draft| d.house.as_ref().is_some_and(|house| outlet.is(house));
    if is_of_outlet(draft) {
        return Vec::new();
    }
    let others = all.iter().enumerate().filter(|(_, other)| {
        other.telling.document != draft.telling.document
            && other.stance.is_for() == draft.stance.is_for()
            && is_of_outlet(other)
    });
    let found: Vec<(usize, &Draft)> = others.collect();
    let is_known = found.iter().any(|(_, other)| other.actor.is(&draft.actor));
    if draft.actor.is_unnamed() && (is_known || found.len() > 1) {
        // it is one of those that the outlet quotes itself, or may be any
        return Vec::new();
    }
    found.into_iter().map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::Stance;
    use crate::claims::actor::Told;
    use crate::claims::rows::Telling;

    fn tellings(n: i64) -> Vec<Telling> {
        (0..n)
            .map(|i| Telling {
                document: i,
                name: format!("d{i:02}"),
                house: Some(format!("Paper{i:02}")),
                ..Telling::default()
            })
            .collect()
    }

    /// Each document cites the outlet given for it.
    fn drafts<'t>(tellings: &'t [Telling], cites: &[&str]) -> Vec<Draft<'t>> {
        let outlet = |name: &str| Actor::named(name, "publication");
        tellings
            .iter()
            .zip(cites)
            .map(|(telling, cited)| Draft {
                telling,
                stance: Stance::Asserts,
                actor: outlet(cited),
                through: Vec::new(),
                house: telling.house.as_deref().map(outlet),
            })
            .collect()
    }

    #[test]
    fn those_who_cite_each_other_are_a_ring_in_the_order_in_which_they_do() {
        let tellings = tellings(3);
        let all = drafts(&tellings, &["Paper02", "Paper00", "Paper01"]);
        for start in 0..3 {
            let found = ends(start, &all);
            assert!(matches!(&found[..], [End::Ring(ring)] if *ring == ["d00", "d02", "d01"]));
        }
    }

    #[test]
    fn who_cites_an_outlet_has_it_from_whom_that_has_it() {
        let tellings = tellings(3);
        let all = drafts(&tellings, &["Paper01", "Paper02", "the harbour master"]);
        let found = ends(0, &all);
        assert!(matches!(&found[..], [End::Actor(actor, way)]
            if actor.name == "the harbour master" && *way == ["Paper01", "Paper02"]));
    }

    fn quoted(words: &str, from: &str) -> Actor {
        let told = Told {
            to: from.to_owned(),
            is_quoted: true,
            report: 7,
        };
        Actor::of(words, "anonymous", None, told)
    }

    #[test]
    fn who_is_quoted_from_an_outlet_without_a_name_is_whom_that_has_it_from() {
        let tellings = tellings(2);
        let mut all = drafts(&tellings, &["x", "the harbour master"]);
        all[0].actor = quoted("entries in a book", "Paper01");
        assert!(matches!(&ends(0, &all)[..], [End::Actor(actor, _)]
            if actor.name == "the harbour master"));
    }

    #[test]
    fn who_is_quoted_without_a_name_is_no_ring() {
        let tellings = tellings(2);
        let mut all = drafts(&tellings, &["x", "Paper00"]);
        all[0].actor = quoted("an armed group", "Paper01");
        assert!(matches!(&ends(0, &all)[..], [End::Actor(actor, _)] if actor.is_unnamed()));
        assert!(matches!(&ends(1, &all)[..], [End::Actor(actor, _)] if actor.is_unnamed()));
    }

    #[test]
    fn many_who_cite_many_are_asked_once_each() {
        // sixty documents of one name each way: without memory, more ways than could ever be walked
        let mut tellings = tellings(60);
        for (i, telling) in tellings.iter_mut().enumerate() {
            telling.house = Some(
                if i % 2 == 0 {
                    "Paper Even"
                } else {
                    "Paper Odd"
                }
                .to_owned(),
            );
        }
        let cites: Vec<&str> = (0..60)
            .map(|i| {
                if i % 2 == 0 {
                    "Paper Odd"
                } else {
                    "Paper Even"
                }
            })
            .collect();
        let all = drafts(&tellings, &cites);
        let found = ends(0, &all);
        assert!(!found.is_empty() && found.iter().all(|end| matches!(end, End::Ring(_))));
    }
}
