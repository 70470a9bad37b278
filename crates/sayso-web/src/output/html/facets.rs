//! What a page can be filtered by, without a script: kinds, acts, certainties.
//!
//! Each row and each of its marks carries its three words in `data-f`; a checked box of a group
//! hides what bears another word of that group, by rules of the style sheet.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use maud::{Markup, html};
use sayso_reading::{Act, Attribution, Certainty, SourceKind};

use crate::output::glyphs::UNICODE;

/// The groups: class of the boxes, heading, word of rows that have none of it.
const GROUPS: [(&str, &str, &str); 3] = [
    ("fk", "source", "no-kind"),
    ("fa", "act", "no-act"),
    ("fc", "certainty", "no-certainty"),
];

/// The words of a group.
fn words(group: usize) -> Vec<&'static str> {
    match group {
        0 => SourceKind::ALL.iter().map(|kind| kind.as_str()).collect(),
        1 => Act::ALL.iter().map(|act| act.as_str()).collect(),
        _ => Certainty::ALL.iter().map(|sure| sure.as_str()).collect(),
    }
}

/// The words of an attribution, one of each group.
fn own(attribution: &Attribution) -> [&'static str; 3] {
    let [(_, _, no_kind), (_, _, no_act), (_, _, no_certainty)] = GROUPS;
    let kind = attribution.source.kind.map(SourceKind::as_str);
    let act = attribution.act.map(Act::as_str);
    let sure = attribution.certainty.map(Certainty::as_str);
    [
        kind.unwrap_or(no_kind),
        act.unwrap_or(no_act),
        sure.unwrap_or(no_certainty),
    ]
}

/// What filters go by, as the value of `data-f`.
pub fn facets(attribution: &Attribution) -> String {
    own(attribution).join(" ")
}

/// How many attributions of a page bear which word.
#[derive(Debug, Default)]
pub struct Tally {
    words: BTreeMap<&'static str, usize>,
    attributions: usize,
}

impl Tally {
    /// Counts an attribution in.
    pub fn add(&mut self, attribution: &Attribution) {
        self.attributions += 1;
        for word in own(attribution) {
            *self.words.entry(word).or_default() += 1;
        }
    }

    /// The words of a group that occur, with their counts; none where there is no choice.
    fn choice(&self, group: usize) -> Vec<(&'static str, usize)> {
        let all = words(group).into_iter();
        let found = all.filter_map(|word| Some((word, *self.words.get(word)?)));
        let found: Vec<_> = found.collect();
        if found.len() > 1 { found } else { Vec::new() }
    }

    fn choices(&self) -> Vec<(usize, Vec<(&'static str, usize)>)> {
        let all = (0..GROUPS.len()).map(|group| (group, self.choice(group)));
        all.filter(|(_, choice)| !choice.is_empty()).collect()
    }

    /// The boxes to check; nothing where there is no choice.
    pub fn boxes(&self) -> Markup {
        let choices = self.choices();
        html! {
            @if !choices.is_empty() {
                details.filters {
                    summary { "Show only some" }
                    form autocomplete="off" {
                        @for (group, choice) in &choices { (fieldset(*group, choice)) }
                        button type="reset" { "show all" }
                    }
                }
            }
        }
    }

    /// What a choice leaves; shown only where something is checked. It has to stand behind the
    /// rows, because the style sheet counts them.
    pub fn left(&self) -> Markup {
        let choices = self.choices();
        let checked = choices.iter().flat_map(|(_, choice)| choice);
        html! {
            @if !choices.is_empty() {
                p.shown role="status" {
                    span.count { (crate::output::labels::count(self.attributions, "attribution")) }
                    @for (word, _) in checked { " " span.(format!("w-{word}")) { (spoken(word)) } }
                }
            }
        }
    }
}

fn fieldset(group: usize, choice: &[(&'static str, usize)]) -> Markup {
    let (class, heading, _) = GROUPS.get(group).copied().unwrap_or_default();
    html! {
        fieldset.(class) {
            legend { (heading) }
            @for (word, count) in choice {
                label {
                    input #{ "f-" (word) } type="checkbox";
                    span {
                        @if let Some(sign) = sign(word) { span.glyph aria-hidden="true" { (sign) " " } }
                        (spoken(word)) " " span.meta { (count) }
                    }
                }
            }
        }
    }
}

fn sign(word: &str) -> Option<&'static str> {
    let kind = SourceKind::ALL.iter().find(|kind| kind.as_str() == word)?;
    Some(UNICODE.kind(*kind))
}

/// A word as people read it.
fn spoken(word: &str) -> String {
    match word {
        "anonymous" => "unnamed (anonymous)".to_owned(),
        "unstated" => "no source in the text (unstated)".to_owned(),
        word => word.replace('_', " "),
    }
}

/// The rules of the style sheet that the boxes work by.
pub fn rules() -> String {
    let (mut rows, mut marks, mut told) = (Vec::new(), Vec::new(), Vec::new());
    // printed numbers of rows
    let mut numbers = Vec::new();
    for (group, (class, _, none)) in GROUPS.iter().enumerate() {
        let checked = format!("body:has(.{class} :checked)");
        let mut hide = |condition: String, word: &str| {
            rows.push(format!("{condition} .rows>[data-f~={word}]"));
            numbers.push(format!("{condition} .text [data-f~={word}]::before"));
            marks.push(format!("{condition} .text :is(mark,.s,.q)[data-f~={word}]"));
        };
        hide(checked.clone(), none);
        for word in words(group) {
            hide(format!("{checked}:has(#f-{word}:not(:checked))"), word);
            told.push(format!("body:has(#f-{word}:checked) .w-{word}"));
        }
    }
    let mut out = String::new();
    let mut rule = |selectors: &[String], what: &str| {
        let _ = writeln!(out, "{}{{{what}}}", selectors.join(","));
    };
    rule(&rows, "display:none");
    rule(
        &marks,
        "background:none;border-width:0;padding:0;text-decoration:none",
    );
    rule(&numbers, "content:none");
    rule(&told, "display:inline");
    out
}
