//! Rule `nesting.same_content`: two attributions of one content, beside each other. "Y said,
//! citing X" puts X inside Y; "X said, according to Y" puts X inside Y too.

use sayso_reading::{Attribution, SourceKind};

use crate::sources::Scene;
use crate::trace::{Field, Trace};

/// Attributions on each side that may share a sentence.
const NEAR: usize = 24;

/// Sets `within` where two outermost attributions share their content.
pub(crate) fn nest(scene: &Scene, attributions: &mut [Attribution], trace: &mut Trace) {
    for inner in 0..attributions.len() {
        // attributions stand in text order, so those of one sentence are neighbours
        let near = inner.saturating_sub(NEAR)..attributions.len().min(inner + NEAR + 1);
        let outer = near
            .into_iter()
            .find(|&outer| goes_inside(scene, attributions, inner, outer));
        if let Some(outer) = outer {
            let id = attributions[outer].id;
            attributions[inner].within = Some(id);
            trace.step(
                attributions[inner].id,
                Field::Within,
                "nesting.same_content",
                attributions[inner].cue.iter().map(|c| c.phrase),
                || format!("it has the content of {id} beside it, and that one carries it"),
            );
        }
    }
}

fn goes_inside(scene: &Scene, attributions: &[Attribution], inner: usize, outer: usize) -> bool {
    let (a, b) = (&attributions[inner], &attributions[outer]);
    let (Some(cue_a), Some(cue_b)) = (&a.cue, &b.cue) else {
        return false;
    };
    if inner == outer || a.within.is_some() || b.within.is_some() {
        return false;
    }
    if !beside(scene, a, b) {
        return false;
    }
    let (shared, smaller) = (
        a.content.spans.shared(&b.content.spans),
        length(a).min(length(b)),
    );
    if smaller == 0 || shared * 10 < smaller * 8 {
        return false;
    }
    let cites = |lemma: &str| lemma.starts_with("cite") || lemma.starts_with("quote");
    let carries = |x: &Attribution, lemma: &str| {
        lemma.starts_with("according")
            || matches!(x.source.kind, Some(SourceKind::Publication)) && lemma.starts_with("report")
    };
    let (a_cites, b_cites) = (cites(&cue_a.lemma), cites(&cue_b.lemma));
    match (a_cites, b_cites) {
        (true, false) => true,
        (false, true) => false,
        _ => carries(b, &cue_b.lemma) && !carries(a, &cue_a.lemma),
    }
}

/// Whether two cues share a sentence; or, around a content of several sentences ("X posted: 'One.
/// Two', according to Y"), each shares one with an end of it.
fn beside(scene: &Scene, a: &Attribution, b: &Attribution) -> bool {
    let (Some(cue_a), Some(cue_b), Some(content)) = (&a.cue, &b.cue, b.content.spans.hull()) else {
        return false;
    };
    let (at_a, at_b) = (
        scene.number(cue_a.phrase.start()),
        scene.number(cue_b.phrase.start()),
    );
    let (first, last) = (
        scene.number(content.start()),
        scene.number(content.end().saturating_sub(1)),
    );
    at_a == at_b || (at_a == first && at_b == last) || (at_a == last && at_b == first)
}

fn length(attribution: &Attribution) -> usize {
    attribution
        .content
        .spans
        .iter()
        .map(sayso_reading::Span::len)
        .sum()
}
