//! The same documents give the same links, in whatever order and however many at a time they come; and what is
//! kept for lists is what all claims put together give.

#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

mod common;

use std::collections::BTreeSet;

use common::{Fresh, Text, from_scratch, intake, kept, texts};
use proptest::prelude::*;
use sayso_case::{Action, Case, Intake, LinkKind, Reviewer, Target};
use sayso_link::{Linker, copies, events, relate, stories};

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("SAYSO_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(24),
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_order_and_the_number_at_a_time_do_not_count(
        texts in texts(), order in any::<u64>(), changed in any::<u64>(),
    ) {
        let intakes: Vec<Intake> = texts.iter().enumerate().map(|(at, t)| intake(at, t)).collect();
        let mut at_once = Fresh::new();
        at_once.add(&intakes);

        let mut shuffled: Vec<usize> = (0..intakes.len()).collect();
        shuffled.sort_by_key(|at| order.rotate_left(7 * *at as u32).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut one_by_one = Fresh::new();
        for at in &shuffled {
            // some stood there with another text before
            if changed >> at & 1 == 1 {
                one_by_one.add(&[intake(*at, &texts[*at].changed())]);
            }
        }
        for at in &shuffled {
            one_by_one.add(std::slice::from_ref(&intakes[*at]));
        }
        prop_assert_eq!(at_once.told(), one_by_one.told());
        prop_assert_eq!(kept(&at_once.case), kept(&one_by_one.case));
    }

    #[test]
    fn what_is_kept_is_what_all_put_together_give(
        texts in texts(), deeds in prop::collection::vec(deeds(), 1..24),
    ) {
        let mut fresh = Fresh::new();
        for deed in deeds {
            deed.what.done(&mut fresh.case, &texts);
            // more may happen before it is linked
            if deed.is_linked {
                fresh.link();
                prop_assert_eq!(kept(&fresh.case), from_scratch(&fresh.case));
            }
        }
        fresh.link();
        prop_assert_eq!(kept(&fresh.case), from_scratch(&fresh.case));
    }
}

/// What is done to a case. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum What {
    /// A document comes, or another version of it.
    Add {
        text: usize,
        is_changed: bool,
    },
    /// An item is rejected.
    Reject {
        text: usize,
        id: &'static str,
    },
    Relate {
        kind: LinkKind,
        same: bool,
        ends: [usize; 2],
    },
    Undo(usize),
}

#[derive(Debug, Clone)]
struct Deed {
    what: What,
    is_linked: bool,
}

fn deeds() -> impl Strategy<Value = Deed> {
    let add = (any::<usize>(), any::<bool>())
        .prop_map(|(text, is_changed)| What::Add { text, is_changed });
    let id = prop::sample::select(vec!["v1", "v2", "a1"]);
    let reject = (any::<usize>(), id).prop_map(|(text, id)| What::Reject { text, id });
    let kind = prop::sample::select(vec![LinkKind::Story, LinkKind::Event, LinkKind::Source]);
    let relate = (kind, any::<bool>(), any::<[usize; 2]>())
        .prop_map(|(kind, same, ends)| What::Relate { kind, same, ends });
    let undo = any::<usize>().prop_map(What::Undo);
    let what = prop_oneof![6 => add, 1 => reject, 3 => relate, 1 => undo];
    (what, prop::bool::weighted(0.7)).prop_map(|(what, is_linked)| Deed { what, is_linked })
}

impl What {
    /// Does it, as far as there is what it is done to.
    fn done(&self, case: &mut Case, texts: &[Text]) {
        let by = Reviewer {
            who: "Ada",
            why: None,
        };
        match self {
            Self::Add { text, is_changed } => {
                let at = text % texts.len();
                let text = &texts[at];
                let text = if *is_changed {
                    text.changed()
                } else {
                    text.clone()
                };
                case.add(&[intake(at, &text)]).unwrap();
            }
            Self::Reject { text, id } => {
                let target = Target::parse(&format!("t{}#{id}", text % texts.len())).unwrap();
                // it may not be there, or be rejected already
                let _ = case.decide(by, &Action::Reject(target));
            }
            Self::Relate { kind, same, ends } => {
                let names = names(case, *kind);
                let chosen = ends.map(|end| names.get(end % names.len().max(1)));
                if let [Some(a), Some(b)] = chosen
                    && a != b
                {
                    relate(case, by, *kind, *same, [a, b]).unwrap();
                }
            }
            Self::Undo(entry) => {
                let all = case.link_decisions().unwrap();
                if let Some(entry) = all.get(entry % all.len().max(1)) {
                    // it may be undone already
                    let _ = case.undo_link(by, entry.id);
                }
            }
        }
    }
}

/// What can be named of a kind, in a case that may not be linked.
fn names(case: &Case, kind: LinkKind) -> Vec<String> {
    match kind {
        LinkKind::Story => {
            let all = stories(case).unwrap_or_default();
            all.into_iter().map(|s| s.id).collect()
        }
        LinkKind::Event => {
            let all = events(case).unwrap_or_default();
            let name = |e: sayso_link::InEvent| format!("{}#{}", e.id, e.mention);
            all.into_iter().map(name).collect()
        }
        LinkKind::Source | LinkKind::Letter | LinkKind::Name => {
            let all = sayso_link::origins(case).unwrap_or_default();
            all.into_iter()
                .map(|o| o.name)
                .filter(|name| !name.starts_with('t'))
                .collect()
        }
    }
}

#[test]
fn linking_again_changes_nothing() {
    let text = |sentences: &[usize]| Text {
        sentences: sentences.to_vec(),
        house: 0,
        day: 0,
        voice: 3,
    };
    let mut fresh = Fresh::new();
    fresh.add(&[intake(0, &text(&[0, 1])), intake(1, &text(&[0, 1, 3]))]);
    let before = fresh.told();
    let names: BTreeSet<String> = stories(&fresh.case)
        .unwrap()
        .into_iter()
        .map(|s| s.story)
        .collect();
    assert_eq!(names, BTreeSet::from(["t0".to_owned()]));
    assert_eq!(copies(&fresh.case).unwrap().len(), 1);
    let linked = Linker::default().link(&mut fresh.case, |_| {}).unwrap();
    assert_eq!(linked.documents, 0);
    assert_eq!(fresh.told(), before);
}
