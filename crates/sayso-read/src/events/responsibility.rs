//! Who is said to have done it, and who says so: claims, denials and accusations as acts on events.

use sayso_reading::{
    Act, Attribution, EventMention, EventType, Participant, Responsibility, ResponsibilityAct, Span,
};

use super::Around;
use super::participants::People;
use crate::trace::{Field, Trace};

/// Adds what attributions say about who did each event.
pub(super) fn fill(
    around: &Around,
    people: &People,
    events: &mut [EventMention],
    trace: &mut Trace,
) {
    for attribution in around.attributions {
        let Some((act, rule)) = attribution
            .act
            .filter(|_| !attribution.negated)
            .and_then(act)
        else {
            continue;
        };
        let targets = targets(around, attribution, events, act);
        for index in targets {
            let event = &events[index];
            let Some(who) = who(around, people, attribution, event, act) else {
                continue;
            };
            let words: Vec<Span> = who.spans.iter().copied().collect();
            trace.step(event.id, Field::Responsibility, rule, words, || {
                format!("{act} by {}", attribution.id)
            });
            events[index].responsibility.push(Responsibility {
                act,
                who,
                attribution: Some(attribution.id),
            });
        }
    }
}

fn act(act: Act) -> Option<(ResponsibilityAct, &'static str)> {
    match act {
        Act::TakeResponsibility => Some((ResponsibilityAct::Claim, "event.claimed")),
        Act::Deny => Some((ResponsibilityAct::Deny, "event.denied")),
        Act::Accuse => Some((ResponsibilityAct::Accuse, "event.accused")),
        _ => None,
    }
}

/// Acts that somebody may be held to account for.
const fn accountable(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::Assault
            | EventType::Coerce
            | EventType::Mobilize
            | EventType::Sanction
            | EventType::Protest
    )
}

/// The events in an attribution's content; of a claim with none there, those behind its cue in the sentence.
fn targets(
    around: &Around,
    attribution: &Attribution,
    events: &[EventMention],
    act: ResponsibilityAct,
) -> Vec<usize> {
    let inside = |e: &EventMention| {
        e.trigger
            .spans
            .hull()
            .is_some_and(|t| attribution.content.spans.iter().any(|c| c.contains(&t)))
    };
    let nearest = |e: &EventMention| e.within == Some(attribution.id) || e.within.is_none();
    let mut out: Vec<usize> = (0..events.len())
        .filter(|&i| accountable(events[i].event_type) && inside(&events[i]))
        .collect();
    if act == ResponsibilityAct::Claim {
        if out.is_empty()
            && let Some(cue) = &attribution.cue
        {
            let sentence = around.scene.sentence(cue.phrase.start());
            out = (0..events.len())
                .filter(|&i| {
                    let at = events[i].trigger.spans.hull();
                    accountable(events[i].event_type)
                        && nearest(&events[i])
                        && at.is_some_and(|t| {
                            t.start() >= cue.phrase.end() && t.end() <= sentence.end
                        })
                })
                .take(1)
                .collect();
        }
    } else {
        // what is accused or denied stands in these words themselves, not in words within them
        out.retain(|&i| events[i].within == Some(attribution.id));
    }
    out
}

/// Who is meant to have done it: the one who claims; the accused; of a denial the actor, else the one who denies.
fn who(
    around: &Around,
    people: &People,
    attribution: &Attribution,
    event: &EventMention,
    act: ResponsibilityAct,
) -> Option<Participant> {
    let source = || {
        (!attribution.source.spans.is_empty()).then(|| Participant {
            entity: attribution.source.entity,
            spans: attribution.source.spans.clone(),
        })
    };
    match act {
        ResponsibilityAct::Claim => source(),
        ResponsibilityAct::Deny => event.actor.first().cloned().or_else(source),
        ResponsibilityAct::Accuse => event
            .actor
            .first()
            .cloned()
            .or_else(|| accused(around, people, attribution, event)),
    }
}

/// The first name in the words of an accusation before the act.
fn accused(
    around: &Around,
    people: &People,
    attribution: &Attribution,
    event: &EventMention,
) -> Option<Participant> {
    let trigger = event.trigger.spans.hull()?;
    let from = attribution.cue.as_ref().map_or(0, |c| c.phrase.end());
    let named = around
        .entities
        .iter()
        .flat_map(|e| e.mentions.iter().map(|m| m.span))
        .filter(|s| s.start() >= from && s.end() <= trigger.start())
        .filter(|s| attribution.content.spans.iter().any(|c| c.contains(s)))
        .min()?;
    Some(Participant {
        entity: people.entity(named),
        spans: sayso_reading::Spans::from_pieces([named]),
    })
}
