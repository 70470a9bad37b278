//! A sentence cut where the words of an attribution begin and end.

use sayso_reading::{Attribution, Span, Spans};
use serde::Serialize;

/// What words are to an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Whom it is put down to.
    Source,
    /// What introduces it.
    Cue,
    /// What is put down to them.
    Content,
}

/// A stretch of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its words, as they stand in the text.
    pub text: String,
    /// What they are to the attribution; null for the words around it.
    pub role: Option<Role>,
}

/// The parts of a sentence, in text order; together they are the sentence.
///
/// Where roles overlap the cue goes before the source, and the source before the content.
pub fn parts(text: &str, sentence: Span, attribution: &Attribution) -> Vec<Part> {
    let cue = attribution.cue.as_ref().map(|cue| &cue.spans);
    let roles = [
        (Role::Cue, cue),
        (Role::Source, Some(&attribution.source.spans)),
        (Role::Content, Some(&attribution.content.spans)),
    ];
    let role_at = |byte: usize| {
        let holds = |spans: &Spans| spans.iter().any(|piece| piece.range().contains(&byte));
        let found = roles.iter().find(|(_, spans)| spans.is_some_and(holds));
        found.map(|(role, _)| *role)
    };
    let mut parts: Vec<Part> = Vec::new();
    let words = sentence.slice(text).unwrap_or_default();
    for (at, c) in words.char_indices() {
        let role = role_at(sentence.start() + at);
        match parts.last_mut().filter(|part| part.role == role) {
            Some(part) => part.text.push(c),
            None => parts.push(Part {
                text: c.to_string(),
                role,
            }),
        }
    }
    parts
}
