//! Which attributions are shown: by kind of source, act, certainty, origin.

use std::fmt;

use sayso_reading::{Act, Attribution, Certainty, Reading, SourceKind, Spans};

use super::rows::{entity_name, hop_words, is_unnamed, one_line, words};

/// What an attribution has to be to be shown. Of each list one word has to fit, and every
/// condition that is given; the default lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kinds of the source; any where there are none.
    pub kinds: Vec<SourceKind>,
    /// Acts; any where there are none.
    pub acts: Vec<Act>,
    /// Certainties; any where there are none.
    pub certainties: Vec<Certainty>,
    /// Words in the name of the origin, letter case aside.
    pub origin: Option<String>,
    /// Only what goes back to somebody who is kept unnamed.
    pub unnamed: bool,
}

impl Filter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an attribution of a reading is to be shown.
    pub fn fits(&self, reading: &Reading, attribution: &Attribution) -> bool {
        let source = &attribution.source;
        one_of(&self.kinds, source.kind)
            && one_of(&self.acts, attribution.act)
            && one_of(&self.certainties, attribution.certainty)
            && (!self.unnamed || is_unnamed(attribution))
            && self
                .origin
                .as_deref()
                .is_none_or(|wanted| is_origin(wanted, reading, attribution))
    }

    /// Takes out of a reading the attributions that do not fit, and the times, places and figures
    /// that do not stand in the source or content of one that does; leaves a note that says so.
    /// What stays keeps its identifier, and `within` and `time` may name one that is gone.
    pub fn apply(&self, reading: &mut Reading) {
        if self.is_empty() {
            return;
        }
        let all = std::mem::take(&mut reading.attributions);
        let kept = all.into_iter().filter(|a| self.fits(reading, a)).collect();
        reading.attributions = kept;
        let words = reading.attributions.iter().flat_map(|attribution| {
            let source = attribution.source.spans.iter();
            source.chain(attribution.content.spans.iter())
        });
        let words: Spans = words.copied().collect();
        reading.times.retain(|time| words.covers(&time.spans));
        reading.places.retain(|place| words.covers(&place.spans));
        reading.figures.retain(|figure| words.covers(&figure.spans));
        reading
            .events
            .retain(|event| words.covers(&event.trigger.spans));
        reading
            .notes
            .push(format!("only attributions that fit {self} are here"));
    }
}

fn one_of<T: PartialEq>(wanted: &[T], found: Option<T>) -> bool {
    wanted.is_empty() || found.is_some_and(|found| wanted.contains(&found))
}

/// Whether the last hop bears these words, or the source where there is no hop.
fn is_origin(wanted: &str, reading: &Reading, attribution: &Attribution) -> bool {
    let text = reading.document.text();
    let spans = &attribution.source.spans;
    let own = if let Some(hop) = attribution.chain.last() {
        [Some(hop_words(text, hop)), words(text, &hop.spans)]
    } else {
        let entity = attribution.source.entity;
        let name = entity.and_then(|id| entity_name(reading, id));
        [name.map(one_line), words(text, spans)]
    };
    let wanted = plain(wanted);
    let mut names = own.into_iter().flatten();
    names.any(|name| plain(&name).contains(&wanted))
}

/// Words as they are compared: one form of apostrophe, no letter case.
fn plain(words: &str) -> String {
    one_line(words).to_lowercase().replace('’', "'")
}

impl fmt::Display for Filter {
    /// The filter as it is asked for on the command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |name: &str, words: Vec<&str>| {
            (!words.is_empty()).then(|| format!("{name} {}", words.join(",")))
        };
        let kinds = self.kinds.iter().map(|kind| kind.as_str()).collect();
        let acts = self.acts.iter().map(|act| act.as_str()).collect();
        let sure = self.certainties.iter().map(|sure| sure.as_str()).collect();
        let origin = self.origin.as_deref().map(one_line);
        let parts = [
            list("--kind", kinds),
            list("--act", acts),
            list("--certainty", sure),
            origin.map(|origin| format!("--origin “{origin}”")),
            self.unnamed.then(|| "--unnamed".to_owned()),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        f.write_str(&parts.join(" "))
    }
}
