//! Figures in sentences: `tests/figures/phrases.tsv`, and what holds for any text.

use proptest::prelude::*;
use sayso_reading::{Document, Figure, FigureKind};

use super::fill;
use crate::trace::Trace;

const PHRASES: &str = include_str!("../../tests/figures/phrases.tsv");

fn figures(text: &str) -> Vec<Figure> {
    fill(
        &Document::of_paragraphs(text),
        &[],
        &[],
        &mut Trace::default(),
    )
}

/// A figure as the list writes it: "At least 12 = killed 12+ at_least | people".
fn written(text: &str, figure: &Figure) -> String {
    let words = |spans: &sayso_reading::Spans| {
        let pieces: Vec<_> = spans.iter().filter_map(|s| s.slice(text)).collect();
        pieces.join(" … ")
    };
    let amount = match figure.high {
        Some(high) if high == figure.low => figure.low.to_string(),
        Some(high) => format!("{}–{high}", figure.low),
        None => format!("{}+", figure.low),
    };
    let unit = figure.unit.as_deref().map(|unit| format!(" {unit}"));
    let counts = figure
        .counts
        .as_ref()
        .map(|c| format!(" | {}", words(&c.spans)));
    format!(
        "{} = {} {amount}{} {}{}",
        words(&figure.spans),
        figure.kind,
        unit.unwrap_or_default(),
        figure.rule,
        counts.unwrap_or_default()
    )
}

#[test]
fn every_phrase_has_the_figures_that_the_list_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in PHRASES
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        let (text, expected) = line.split_once('\t').expect("a sentence and its figures");
        let got: Vec<String> = figures(text).iter().map(|f| written(text, f)).collect();
        let got = if got.is_empty() {
            "-".to_owned()
        } else {
            got.join(" / ")
        };
        if got != expected {
            wrong.push(format!("{text}\n  expected {expected}\n  got      {got}"));
        }
        count += 1;
    }
    assert!(count >= 300, "only {count} phrases");
    assert!(
        wrong.is_empty(),
        "{} of {count} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

proptest! {
    #[test]
    fn any_text_has_figures_in_order(words in proptest::collection::vec("(killed|wounded|were|and|three|12|2,000|-|to|between|at least|or more|people|soldiers|a|no one|dozens|of|million|\\$|km|%|\\.|,|May|2014|é|“|toll|left|in|’s|hundred|one|than|more|\\(|\\)|\n| )", 0..40), gaps in any::<bool>()) {
        let text = words.join(if gaps { " " } else { "" });
        let mut end = 0;
        for figure in figures(&text) {
            let span = figure.spans.hull().expect("words");
            prop_assert!(span.start() >= end && span.slice(&text).is_some());
            end = span.end();
            prop_assert!(figure.high.is_none_or(|high| figure.low <= high));
            prop_assert!(figure.low.get() >= 0.0);
            if let Some(counts) = &figure.counts {
                prop_assert!(counts.spans.iter().all(|s| s.slice(&text).is_some_and(|w| !w.is_empty())));
            }
            if matches!(figure.kind, FigureKind::Distance) {
                prop_assert!(figure.unit.is_some());
            }
        }
    }

    #[test]
    fn no_text_ends_the_program(text in "\\PC{0,60}") {
        figures(&text);
    }
}
