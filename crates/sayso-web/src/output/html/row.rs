//! One attribution in the list beside the text.

use maud::{Markup, html};
use sayso_reading::{Certainty, SourceKind};

use super::marks::RowNames;
use crate::output::glyphs::UNICODE;
use crate::output::rows::{NO_SOURCE, Row};

/// The list item of an attribution; a link to its words where it has any, and why it is what it
/// is where that is known.
pub fn list_row(row: &Row, names: &RowNames, has_words: bool, why: Option<&Markup>) -> Markup {
    let depth = row.depth.min(3);
    let nested = (depth > 0).then(|| format!("n{depth}"));
    let unnamed = row.unnamed.then(|| "u".to_owned());
    let classes: Vec<_> = nested.into_iter().chain(unnamed).collect();
    let classes = (!classes.is_empty()).then(|| classes.join(" "));
    // the text beside the row has the whole phrase
    let said_as = row.named_as.as_ref().filter(|words| {
        let name = row.who.as_deref().unwrap_or_default();
        !words.contains(name)
    });
    let who = html! {
        @if let Some(kind) = row.kind.filter(|_| row.who.is_some()) {
            span.glyph aria-hidden="true" { (UNICODE.kind(kind)) " " }
        }
        @match &row.who {
            Some(who) => bdi { (who) },
            None => span.none { "– " (NO_SOURCE) },
        }
    };
    html! {
        li id=(names.row) class=[classes] data-f=(names.facets) value=(names.number) {
            @if has_words { a.who href={ "#" (names.words) } { (who) } } @else { span.who { (who) } }
            @if row.unnamed { span.unnamed { "unnamed" } }
            @if let Some(words) = said_as { span.as { "(" bdi { (words) } ")" } }
            @if row.doubtful { span.doubt { "?" span.number { " " (row.percent) " %" } } }
            " " span.how { (how(row)) }
            (about(row))
            @if !row.chain.is_empty() { p.chain { (chain(&row.chain)) } }
            p.what { bdi { (row.what) } }
            @if let Some(why) = why { (why) }
        }
    }
}

/// Hops from the page to the origin.
pub fn chain(hops: &[String]) -> Markup {
    html! {
        // A single hop is what the source's words point back to.
        @if hops.len() == 1 { "← " }
        @for (index, hop) in hops.iter().enumerate() {
            // The arrow stays on the line of the word before it.
            @if index > 0 { "\u{a0}← " }
            bdi { (hop) }
        }
    }
}

/// What the text says the source is, and why it is unnamed, where the words above do not say so.
fn about(row: &Row) -> Markup {
    let shown = row.who.iter().chain(row.chain.last());
    let shown: Vec<_> = shown.map(|words| words.to_lowercase()).collect();
    let is_new = |words: &&String| {
        let words = words.to_lowercase();
        !shown.iter().any(|shown| shown.contains(&words))
    };
    let role = row.role.as_ref().filter(is_new);
    let condition = row.condition.as_ref().filter(is_new);
    html! {
        @if role.is_some() || condition.is_some() {
            p.about {
                @if let Some(role) = role { bdi { (role) } }
                @if role.is_some() && condition.is_some() { "\u{a0}· " }
                @if let Some(condition) = condition { "unnamed: " bdi { (condition) } }
            }
        }
    }
}

/// The cue, the form of the quotation, the kind of source, act and certainty.
fn how(row: &Row) -> Markup {
    // these two are told in words before
    let told = [SourceKind::Unstated, SourceKind::Anonymous];
    let kind = row.kind.filter(|kind| !told.contains(kind));
    let kind = kind.map(SourceKind::as_str);
    let act = row.act.map(|act| act.as_str().replace('_', " "));
    let sure = row.certainty.map(Certainty::as_str);
    let more = [Some(row.quote.as_str()), kind, act.as_deref(), sure];
    html! {
        @match &row.how {
            Some(cue) => bdi.cue { (cue) },
            None => "no cue",
        }
        // A dot stays on the line of the word before it.
        @for word in more.into_iter().flatten() { "\u{a0}· " (word) }
        @if row.negated { " " span.denied { "NOT SAID" } }
    }
}
