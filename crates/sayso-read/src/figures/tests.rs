//! Figures in sentences: `tests/figures/phrases.tsv`, and what holds for any text.

use proptest::prelude::*;
use sayso_reading::{
    Attribution, AttributionId, Document, Figure, FigureKind, Span, Time, TimeFrom, TimeId,
    TimeKind,
};

use super::fill;
use crate::marked::attribution;
use crate::trace::{Field, Item, Trace};

const PHRASES: &str = include_str!("../../tests/figures/phrases.tsv");

fn figures(text: &str) -> Vec<Figure> {
    fill(
        &Document::of_paragraphs(text),
        &[],
        &[],
        &mut Trace::default(),
    )
}

/// A figure as the list writes it: `At least 12 = killed 12+ at_least | people`.
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

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("there");
    Span::new(start, start + words.len()).expect("in order")
}

/// Times of the kind given, in text order.
fn times(text: &str, all: &[(&str, TimeKind)]) -> Vec<Time> {
    let time = |(n, (words, kind)): (usize, &(&str, TimeKind))| Time {
        id: TimeId::at(n),
        spans: span(text, words).into(),
        kind: *kind,
        edtf: None,
        earliest: None,
        latest: None,
        duration: None,
        from: TimeFrom::Unknown,
        text: (*words).to_owned(),
    };
    all.iter().enumerate().map(time).collect()
}

/// The words of the time of each figure.
fn held(text: &str, all: &[(&str, TimeKind)]) -> Vec<Option<String>> {
    let times = times(text, all);
    let figures = fill(
        &Document::of_paragraphs(text),
        &times,
        &[],
        &mut Trace::default(),
    );
    let words = |id: TimeId| times[id.number() as usize - 1].text.clone();
    figures.iter().map(|f| f.time.map(words)).collect()
}

#[test]
fn a_figure_holds_for_the_nearest_time_of_its_sentence() {
    use TimeKind::{Date, Duration, Interval};
    let held = |text, all: &[_]| {
        let held = held(text, all);
        held.into_iter()
            .map(Option::unwrap_or_default)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        held(
            "There were 13 attacks in the past two weeks.",
            &[("the past two weeks", Interval)]
        ),
        ["the past two weeks"]
    );
    assert_eq!(
        held(
            "It killed 12 people on Friday and 13 people on Monday.",
            &[("Friday", Date), ("Monday", Date)]
        ),
        ["Friday", "Monday"]
    );
    assert_eq!(
        held(
            "On Friday, 12 were killed and 13 wounded.",
            &[("Friday", Date)]
        ),
        ["Friday", "Friday"]
    );
    assert_eq!(
        held(
            "He left on Friday. It killed 12 people.",
            &[("Friday", Date)]
        ),
        [""]
    );
    // a mere length is no window
    assert_eq!(
        held(
            "They held 12 people for two weeks.",
            &[("two weeks", Duration)]
        ),
        [""]
    );
}

#[test]
fn a_number_inside_a_time_is_no_figure() {
    let text = "In the last 24 of them he slept.";
    let times = times(text, &[("the last 24", TimeKind::Interval)]);
    let document = Document::of_paragraphs(text);
    assert!(fill(&document, &times, &[], &mut Trace::default()).is_empty());
}

/// An attribution with this content.
fn said(text: &str, number: usize, content: &str) -> Attribution {
    attribution(text, number, &[], None, &[span(text, content)])
}

#[test]
fn a_figure_stands_in_the_innermost_content() {
    let text = "Two towns fell. Ann said Ben said on Monday that 12 men were killed, and 3 died.";
    let all = [
        said(
            text,
            0,
            "Ben said on Monday that 12 men were killed, and 3 died",
        ),
        said(text, 1, "12 men were killed"),
    ];
    let times = times(text, &[("Monday", TimeKind::Date)]);
    let figures = fill(
        &Document::of_paragraphs(text),
        &times,
        &all,
        &mut Trace::default(),
    );
    let got: Vec<_> = figures.iter().map(|f| (f.within, f.time)).collect();
    assert_eq!(
        got,
        [
            (None, None),
            // the time of the saying is not that of the deed
            (Some(AttributionId::at(1)), None),
            (Some(AttributionId::at(0)), Some(TimeId::at(0))),
        ]
    );
}

#[test]
fn every_value_has_its_step() {
    let text = "The raid killed at least 12 people on Monday, bringing the death toll to 30.";
    let times = times(text, &[("Monday", TimeKind::Date)]);
    let all = [said(text, 0, &text[..text.len() - 1])];
    let mut trace = Trace::kept();
    let figures = fill(&Document::of_paragraphs(text), &times, &all, &mut trace);
    assert_eq!(figures.len(), 2);
    let steps = |n: usize| -> Vec<(Field, &str)> {
        let of = Item::from(figures[n].id);
        trace
            .steps()
            .iter()
            .filter(|s| s.of == of)
            .map(|s| (s.field, s.rule))
            .collect()
    };
    assert_eq!(
        steps(0),
        [
            (Field::Found, "figure.number"),
            (Field::Kind, "figure.object"),
            (Field::Value, "figure.at_least"),
            (Field::Counts, "figure.counted"),
            (Field::Time, "figure.time"),
            (Field::Within, "figure.within"),
        ]
    );
    assert_eq!(
        steps(1)[..4],
        [
            (Field::Found, "figure.number"),
            (Field::Kind, "figure.toll"),
            (Field::Value, "figure.exact"),
            (Field::Value, "figure.cumulative"),
        ]
    );
    assert!(
        trace
            .steps()
            .iter()
            .all(|s| Field::OF_FIGURE.contains(&s.field) && !s.spans.is_empty())
    );
}

const MANUAL: &str = include_str!("../../../../docs/manual.md");

#[test]
fn every_rule_stands_in_the_manual() {
    let mut trace = Trace::kept();
    for line in PHRASES.lines().filter(|l| !l.starts_with('#')) {
        let text = line.split('\t').next().unwrap_or_default();
        fill(&Document::of_paragraphs(text), &[], &[], &mut trace);
    }
    for step in trace.steps() {
        assert!(
            MANUAL.contains(&format!("`{}`", step.rule)),
            "{}",
            step.rule
        );
    }
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
