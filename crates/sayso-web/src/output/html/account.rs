//! What, when, where, how many: the tables under an article's text.

use maud::{Markup, html};

use super::marks::Names;
use crate::explain::name_of;
use crate::output::account::{Group, Line, Mention, Question};

/// The names of a line and its mentions on the page; `number` counts documents from 1.
pub fn names(groups: &[Group], number: usize) -> Vec<Names> {
    let lines = groups.iter().flat_map(|group| &group.lines);
    let mentions = lines.flat_map(|line| {
        let row = row_name(line, number);
        line.mentions.iter().map(move |mention| Names::Fact {
            row: row.clone(),
            words: words_name(mention, number),
            title: title(line),
        })
    });
    mentions.collect()
}

/// All mentions with their questions, in the order of their names.
pub fn mentions(groups: &[Group]) -> impl Iterator<Item = (Question, &Mention)> {
    groups.iter().flat_map(|group| {
        let mentions = group.lines.iter().flat_map(|line| &line.mentions);
        mentions.map(|mention| (group.question, mention))
    })
}

fn row_name(line: &Line, number: usize) -> String {
    let first = line.mentions.first();
    let id = first.map(|mention| name_of(mention.id));
    format!("d{number}{}", id.unwrap_or_default())
}

fn words_name(mention: &Mention, number: usize) -> String {
    format!("d{number}{}w", name_of(mention.id))
}

/// What is told of words under the pointer: a figure's or time's words stand there already.
fn title(line: &Line) -> String {
    let name = line.mentions.first().map(|mention| mention.id);
    match name {
        Some(sayso_read::Item::Place(_)) => format!("{} · {}", line.name, line.value),
        Some(sayso_read::Item::Event(_)) => {
            let parts: Vec<_> = std::iter::once(&line.value).chain(&line.more).collect();
            parts
                .into_iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" · ")
        }
        _ => line.value.clone(),
    }
}

/// The tables; `has_words` tells which mentions stand on the page, in the order of their names. Of a part of a text,
/// only lines are shown that have any.
pub fn tables(groups: &[Group], number: usize, (has_words, is_part): (&[bool], bool)) -> Markup {
    let mut has_words = has_words.iter().copied();
    html! {
        @if !groups.is_empty() {
            section.account aria-label="what, when, where, how many" {
                @for group in groups {
                    table.(class(group.question)) {
                        caption { (group.question.as_str()) }
                        tbody {
                            @for line in &group.lines {
                                @let shown: Vec<_> = has_words.by_ref().take(line.mentions.len()).collect();
                                @if !is_part || shown.contains(&true) { (row(line, number, &shown)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A line, leading to the first of its mentions that stands on the page.
fn row(line: &Line, number: usize, shown: &[bool]) -> Markup {
    let row = row_name(line, number);
    let mut shown = line.mentions.iter().zip(shown);
    let first = shown.find(|(_, shown)| **shown).map(|(mention, _)| mention);
    html! {
        tr #(row) data-a=(row) {
            th scope="row" {
                @match first {
                    Some(mention) => a href={ "#" (words_name(mention, number)) } { bdi { (line.name) } },
                    None => bdi { (line.name) },
                }
                @if line.doubtful { span.doubt { " ?" } }
            }
            td {
                @for (index, part) in std::iter::once(&line.value).chain(&line.more).enumerate() {
                    @if index > 0 { " " }
                    // A dot stays on the line of the word before it.
                    span.part { bdi { (part) } @if index < line.more.len() { "\u{a0}·" } }
                }
            }
        }
    }
}

/// The class of a group's table and of its marks.
pub const fn class(question: Question) -> &'static str {
    match question {
        Question::What => "happened",
        Question::When => "when",
        Question::Where => "where",
        Question::HowMany => "many",
    }
}
