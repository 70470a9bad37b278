//! In which mode of being an event is told: what the head says, and the cue around it.

use sayso_reading::{Act, Attribution, EventId, Realis};

use super::head::Candidate;
use super::rounded;
use crate::trace::{Field, Trace};

/// What the words of asking, urging and the like make of an act that is not sure to have happened.
const URGED: f32 = 0.25;

/// The realis of a candidate that stands in the content of `within`.
///
/// The head sees the clause. A cue that asks for an act, or tells one to come, decides where
/// the head leaves it open: what is urged is hypothetical, what is promised planned.
pub(super) fn decide(
    candidate: &Candidate,
    within: Option<&Attribution>,
    id: EventId,
    trace: &mut Trace,
) -> Realis {
    let (likeliest, p) = candidate.likeliest();
    let asked = within.and_then(|a| a.act).and_then(|act| match act {
        Act::Urge | Act::Ask => Some(Realis::Hypothetical),
        Act::Promise => Some(Realis::Planned),
        _ => None,
    });
    if let Some(asked) = asked
        && matches!(likeliest, Realis::Actual | Realis::Unknown)
        && candidate.chance(asked) >= URGED
    {
        let cue = within.and_then(|a| a.cue.as_ref()).map(|c| c.phrase);
        trace.step(id, Field::Realis, "event.realis.cue", cue, || {
            format!(
                "the cue makes it {asked}, which the head gives {}",
                rounded(candidate.chance(asked))
            )
        });
        return asked;
    }
    if !candidate.event {
        let expected = expected(&candidate.realis);
        let realis = nearest(&candidate.realis, expected);
        trace.step(id, Field::Realis, "head.realis.expected", None, || {
            format!(
                "on the scale from -3 to 3 its judgement is {}",
                rounded(expected)
            )
        });
        return realis;
    }
    trace.step(id, Field::Realis, "head.realis", None, || {
        format!("{likeliest} with {}", rounded(p))
    });
    likeliest
}

/// Where a realis stands on the scale of factuality judgements (Lee et al. 2015): -3, surely
/// did not happen, to 3, surely did.
fn judged(realis: Realis) -> f32 {
    match realis {
        Realis::Actual | Realis::Ongoing => 3.0,
        Realis::Planned => 1.0,
        Realis::Hypothetical | Realis::Unknown => 0.0,
        Realis::Negated => -3.0,
    }
}

/// The judgement to be expected, by probabilities in the order of [`Realis::ALL`].
fn expected(chances: &[f32; 6]) -> f32 {
    Realis::ALL
        .iter()
        .zip(chances)
        .map(|(realis, p)| judged(*realis) * p)
        .sum()
}

/// The realis whose place on the scale is nearest to `expected`; of equals the likelier.
///
/// For happenings of any kind, which the head learned from judgements on that scale alone.
fn nearest(chances: &[f32; 6], expected: f32) -> Realis {
    let far = |realis: Realis| (judged(realis) - expected).abs();
    let mut best = (Realis::Unknown, 0.0);
    for (realis, p) in Realis::ALL.iter().copied().zip(chances.iter().copied()) {
        let nearer = far(realis).total_cmp(&far(best.0));
        if nearer.is_lt() || (nearer.is_eq() && p > best.1) {
            best = (realis, p);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judgement_between_two_goes_to_the_nearer() {
        let of = |chances: [f32; 6]| nearest(&chances, expected(&chances));
        // actual, ongoing, planned, hypothetical, negated, unknown
        assert_eq!(of([0.8, 0.0, 0.0, 0.2, 0.0, 0.0]), Realis::Actual);
        assert_eq!(of([0.3, 0.4, 0.0, 0.3, 0.0, 0.0]), Realis::Ongoing);
        assert_eq!(of([0.4, 0.0, 0.0, 0.6, 0.0, 0.0]), Realis::Planned);
        assert_eq!(of([0.1, 0.0, 0.0, 0.8, 0.1, 0.0]), Realis::Hypothetical);
        assert_eq!(of([0.0, 0.0, 0.0, 0.1, 0.9, 0.0]), Realis::Negated);
    }
}
