//! Whether a place's name means the place, or an actor: "Washington said".

use std::ops::Range;

use sayso_reading::{Attribution, SourceKind};

use super::find::{Mention, Support};
use crate::numbers::Tokens;

/// What only somebody does, so that a place's name before it means those who rule there.
fn is_deed(word: &str) -> bool {
    matches!(
        word,
        "accused"
            | "accuses"
            | "agreed"
            | "agrees"
            | "announced"
            | "backed"
            | "backs"
            | "blamed"
            | "blames"
            | "called"
            | "calls"
            | "claimed"
            | "claims"
            | "condemned"
            | "condemns"
            | "considers"
            | "demanded"
            | "demands"
            | "denied"
            | "denies"
            | "fears"
            | "hopes"
            | "imposed"
            | "insisted"
            | "insists"
            | "opposed"
            | "opposes"
            | "pledged"
            | "promised"
            | "refused"
            | "refuses"
            | "rejected"
            | "rejects"
            | "retaliated"
            | "said"
            | "says"
            | "sees"
            | "signed"
            | "supported"
            | "supports"
            | "threatened"
            | "threatens"
            | "urged"
            | "urges"
            | "vowed"
            | "vows"
            | "wanted"
            | "wants"
            | "warned"
            | "warns"
            | "welcomed"
    )
}

/// The rule by which a name means an actor; `None` where it means the place, or a people.
pub(super) fn metonym(
    tokens: &Tokens,
    mention: &Mention,
    sources: &[Range<usize>],
) -> Option<&'static str> {
    match mention.support {
        Support::Demonym => return None,
        Support::Inside => return Some("place.in_name"),
        Support::Network(_) | Support::Known => {}
    }
    let from = sources.partition_point(|s| s.start < mention.range.start.saturating_sub(4));
    let is_source = sources
        .iter()
        .skip(from)
        .take_while(|s| s.start <= mention.range.start)
        .any(|s| s.end <= mention.range.end && s.end > mention.range.start);
    if is_source {
        return Some("place.source");
    }
    let next = mention.tokens.end;
    let next = if matches!(
        tokens.lower(next),
        "has" | "have" | "had" | "also" | "later"
    ) {
        next + 1
    } else {
        next
    };
    let located = super::words::is_locative(tokens.back(mention.tokens.start, 1));
    (is_deed(tokens.lower(next)) && !located).then_some("place.deed")
}

/// The sources of attributions that speak for themselves, by where they start.
pub(super) fn sources(attributions: &[Attribution]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = attributions
        .iter()
        .filter(|a| a.source.kind == Some(SourceKind::Organization))
        .flat_map(|a| a.source.spans.iter().map(sayso_reading::Span::range))
        .collect();
    out.sort_by_key(|s| (s.start, s.end));
    out
}
