//! The attributions of a reading in the order and the words in which people see them.

use std::collections::HashMap;

use sayso_reading::{
    Act, Attribution, AttributionId, Certainty, EntityId, Hop, QuoteForm, Reading, SourceKind,
    Span, Spans,
};

/// Scores below this are shown with a question mark.
pub const DOUBT: f32 = 0.6;

/// Said where the text names no source.
pub const NO_SOURCE: &str = "no source in the text";

/// What joins the pieces of a discontinuous source or content.
const GAP: &str = " … ";

/// One attribution in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its identifier in the reading.
    pub id: AttributionId,
    /// The byte of the text at which its words begin.
    pub start: usize,
    /// How many attributions it stands within; 0: in the author's own text.
    pub depth: usize,
    /// The source's kind; none until kinds are decided.
    pub kind: Option<SourceKind>,
    /// The source by its fullest name; none where the text names no source.
    pub who: Option<String>,
    /// The source's words in the text, where they differ from the name.
    pub named_as: Option<String>,
    /// Whether the one it goes back to is meant but kept unnamed.
    pub unnamed: bool,
    /// What the text says the source is.
    pub role: Option<String>,
    /// The reason or condition for being unnamed.
    pub condition: Option<String>,
    /// The hops from the page to the origin; empty unless somebody stands between.
    pub chain: Vec<String>,
    /// The words that introduce the content; none where nothing does.
    pub how: Option<String>,
    /// How far the content is quoted.
    pub quote: QuoteForm,
    /// What the source does by saying it; none until that is decided.
    pub act: Option<Act>,
    /// How sure the source is; none until that is decided.
    pub certainty: Option<Certainty>,
    /// Whether the attribution itself is denied.
    pub negated: bool,
    /// The content's words.
    pub what: String,
    /// Whether the reader is so unsure that people should look.
    pub doubtful: bool,
    /// The reader's score in per cent.
    pub percent: String,
}

impl Row {
    fn new(reading: &Reading, attribution: &Attribution, depth: usize) -> Self {
        let text = reading.document.text();
        let said_as = words(text, &attribution.source.spans);
        let name = attribution
            .source
            .entity
            .and_then(|id| entity_name(reading, id));
        let named_as = said_as
            .clone()
            .filter(|w| name.is_some_and(|n| n != w.as_str()));
        let score = attribution.score.value();
        Self {
            id: attribution.id,
            start: start(attribution),
            depth,
            kind: attribution.source.kind,
            chain: chain(text, attribution, name.or(said_as.as_deref())),
            who: name.map(str::to_owned).or(said_as),
            named_as,
            unnamed: is_unnamed(attribution),
            role: attribution.source.role.as_deref().map(one_line),
            condition: attribution.source.condition.as_deref().map(one_line),
            how: attribution
                .cue
                .as_ref()
                .and_then(|cue| words(text, &cue.phrase.into())),
            quote: attribution.quote,
            act: attribution.act,
            certainty: attribution.certainty,
            negated: attribution.negated,
            what: words(text, &attribution.content.spans).unwrap_or_default(),
            doubtful: score < DOUBT,
            percent: format!("{:.0}", score * 100.0),
        }
    }
}

/// All attributions: in text order, each with those that stand within it right behind it.
pub fn rows(reading: &Reading) -> Vec<Row> {
    let ordered = ordered(reading).into_iter();
    ordered
        .map(|(attribution, depth)| Row::new(reading, attribution, depth))
        .collect()
}

/// The attributions with their depths, parents before what stands within them.
///
/// One whose parent is missing, or that stands within itself by a ring of
/// parents, is taken for the author's own text: nothing is left out.
pub fn ordered(reading: &Reading) -> Vec<(&Attribution, usize)> {
    let mut attributions: Vec<_> = reading.attributions.iter().collect();
    attributions.sort_by_key(|a| (start(a), a.id));
    let known: HashMap<_, _> = attributions.iter().map(|a| (a.id, *a)).collect();
    let mut within: HashMap<AttributionId, Vec<&Attribution>> = HashMap::new();
    let mut tops = Vec::new();
    for &attribution in &attributions {
        match parent(attribution, &known) {
            Some(parent) => within.entry(parent).or_default().push(attribution),
            None => tops.push(attribution),
        }
    }
    let mut out = Vec::with_capacity(attributions.len());
    for top in tops {
        let mut open = vec![(top, 0)];
        while let Some((attribution, depth)) = open.pop() {
            out.push((attribution, depth));
            let nested = within.remove(&attribution.id).unwrap_or_default();
            open.extend(nested.into_iter().rev().map(|n| (n, depth + 1)));
        }
    }
    out
}

/// The attribution that this one stands in, unless it is missing or the way up runs in a ring.
fn parent(
    attribution: &Attribution,
    known: &HashMap<AttributionId, &Attribution>,
) -> Option<AttributionId> {
    let within = attribution.within.filter(|id| known.contains_key(id))?;
    let mut up = Some(within);
    for _ in 0..known.len() {
        match up.and_then(|id| known.get(&id)) {
            Some(above) => up = above.within,
            None => return Some(within),
        }
    }
    None
}

/// Where an attribution begins: the first of its words.
fn start(attribution: &Attribution) -> usize {
    let spans = [&attribution.source.spans, &attribution.content.spans];
    let cue = attribution.cue.iter().flat_map(|cue| cue.spans.iter());
    let pieces = spans.into_iter().flat_map(Spans::iter).chain(cue);
    pieces.map(Span::start).min().unwrap_or_default()
}

/// Whether an attribution goes back to somebody who is meant but kept unnamed: its source, or
/// the last hop of its chain.
pub fn is_unnamed(attribution: &Attribution) -> bool {
    let unnamed = |kind| kind == SourceKind::Anonymous;
    let origin = attribution.chain.last();
    attribution.source.kind.is_some_and(unnamed) || origin.is_some_and(|hop| unnamed(hop.kind))
}

/// The fullest name of an entity of a reading.
pub fn entity_name(reading: &Reading, id: EntityId) -> Option<&str> {
    let entity = reading.entities.iter().find(|entity| entity.id == id)?;
    Some(entity.name.as_str())
}

/// The hops in words, where the chain says more than the source's own words do.
fn chain(text: &str, attribution: &Attribution, who: Option<&str>) -> Vec<String> {
    match attribution.chain.as_slice() {
        [only] if only.spans.shared(&attribution.source.spans) > 0 => Vec::new(),
        [only] if only.name.is_none() && only.spans.is_empty() => Vec::new(),
        [only] if Some(hop_words(text, only).as_str()) == who => Vec::new(),
        hops => hops.iter().map(|hop| hop_words(text, hop)).collect(),
    }
}

/// A hop by its name, or else by its words.
pub fn hop_words(text: &str, hop: &Hop) -> String {
    let name = hop.name.as_deref().map(one_line);
    let named = name.or_else(|| words(text, &hop.spans));
    named.unwrap_or_else(|| match hop.kind {
        SourceKind::Unstated => NO_SOURCE.to_owned(),
        _ => "somebody unnamed".to_owned(),
    })
}

/// The words of some pieces of a text on one line; none where there are none.
pub fn words(text: &str, spans: &Spans) -> Option<String> {
    let pieces = spans.iter().filter_map(|piece| piece.slice(text));
    let lines: Vec<_> = pieces.map(one_line).filter(|l| !l.is_empty()).collect();
    (!lines.is_empty()).then(|| lines.join(GAP))
}

/// A text with each run of white space and control characters as one space, and none at its
/// ends; so no text can steer a terminal.
pub fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
