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
    trace.step(id, Field::Realis, "head.realis", None, || {
        format!("{likeliest} with {}", rounded(p))
    });
    likeliest
}
