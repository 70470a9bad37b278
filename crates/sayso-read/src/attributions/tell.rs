//! What the heads and the first rules decided, for those who ask.

use sayso_reading::{Attribution, Span};

use crate::trace::{Field, Trace};

/// Takes the steps by which every attribution was found; `rules` names those that no head gave,
/// under their verb groups.
pub(crate) fn tell(
    attributions: &[Attribution],
    rules: &[(Span, &'static str)],
    trace: &mut Trace,
) {
    for a in attributions {
        found(a, rules, trace);
        if let Some(outer) = a.within {
            let cue = a.cue.iter().map(|c| c.phrase);
            trace.step(a.id, Field::Within, "nesting.cue_in_content", cue, || {
                format!("its cue lies in the content of {outer}, the shortest content around it")
            });
        }
    }
}

fn found(a: &Attribution, rules: &[(Span, &'static str)], trace: &mut Trace) {
    let Some(cue) = &a.cue else {
        let content = a.content.spans.iter().copied();
        trace.step(a.id, Field::Found, "quote.running", content, || {
            "a quotation without a cue goes on with the speaker before it".to_owned()
        });
        return;
    };
    let score = a.score.value();
    let rule = rules.iter().find(|(phrase, _)| *phrase == cue.phrase);
    let (how, by) = match rule {
        Some((_, rule)) => (*rule, "a rule takes these words for a cue"),
        None => ("head.cue", "the network takes these words for a cue"),
    };
    trace.step(a.id, Field::Found, how, [cue.phrase], || {
        format!("{by}; score {score:.2}")
    });
    let words = cue.spans.iter().copied();
    trace.step(a.id, Field::Cue, "cue.smallest", words, || {
        let base = &cue.lemma;
        format!("the words of the verb group that carry the act; base form {base}")
    });
    let parts = rule.map_or("head.roles", |(_, rule)| *rule);
    let source = a.source.spans.iter().copied();
    trace.step(a.id, Field::Source, parts, source, || {
        if a.source.spans.is_empty() {
            "no words were found that name a source".to_owned()
        } else {
            "the likeliest source for this cue".to_owned()
        }
    });
    let content = a.content.spans.iter().copied();
    trace.step(a.id, Field::Content, parts, content, || {
        "the likeliest content for this cue".to_owned()
    });
}
