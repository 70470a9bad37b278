//! Why something is what it is: its fields, with the steps to each.

use maud::{Markup, html};

use crate::explain::{FieldWhy, StepWhy};

/// Folded away under a row.
pub fn why(all: &[FieldWhy]) -> Markup {
    html! {
        details.why {
            summary { "why" }
            (fields(all))
        }
    }
}

/// The fields with the steps to their values.
pub fn fields(fields: &[FieldWhy]) -> Markup {
    html! {
        dl {
            @for field in fields {
                dt { (field.field) }
                dd {
                    bdi.value { (field.value.as_deref().unwrap_or("none")) }
                    @if !field.steps.is_empty() {
                        ul.steps { @for step in &field.steps { (self::step(step)) } }
                    }
                }
            }
        }
    }
}

fn step(step: &StepWhy) -> Markup {
    html! {
        li {
            span.step { (step.number) ". " } code { (step.rule) } " " (step.note)
            @for words in &step.words {
                " " span.words { "“" bdi { (words.short()) } "”\u{a0}" (words.place()) }
            }
        }
    }
}
