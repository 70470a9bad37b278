//! Phrases with the time expected, `tests/times/phrases.tsv`, and laws that hold for any text.

use proptest::prelude::*;
use sayso_reading::{Block, BlockKind, Document, DocumentParts, Span, Time, TimeFrom};

use super::{fill, times_of};
use crate::trace::{Field, Item, Trace};

const PHRASES: &str = include_str!("../../tests/times/phrases.tsv");

fn document(text: &str, published: &str) -> Document {
    let mut document = Document::of_paragraphs(text);
    document.published = published.parse().ok();
    document
}

/// The columns of a phrase that a time has: its words, kind, date, bounds, length and ground.
fn columns(time: &Time) -> [String; 7] {
    let text = |given: Option<String>| given.unwrap_or_default();
    [
        time.text.clone(),
        time.kind.to_string(),
        text(time.edtf.as_ref().map(ToString::to_string)),
        text(time.earliest.as_ref().map(ToString::to_string)),
        text(time.latest.as_ref().map(ToString::to_string)),
        text(time.duration.as_ref().map(ToString::to_string)),
        time.from.to_string(),
    ]
}

#[test]
fn phrases_come_to_the_times_expected() {
    let mut wrong = Vec::new();
    for line in PHRASES.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [published, text, expression, ..] = cells.as_slice() else {
            panic!("{line}");
        };
        let found = times_of(&document(text, published));
        let found: Vec<_> = found.iter().map(columns).collect();
        let right = if *expression == "-" {
            found.is_empty()
        } else {
            found.iter().any(|time| time[..] == cells[2..])
        };
        if !right {
            wrong.push(format!("{line}\n  found {found:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_dateline_tells_the_day_where_the_page_does_not() {
    let text = "OSLO, 5 November 2020 —\nHe left yesterday.";
    let break_at = text.find('\n').expect("two lines");
    let block = |kind, from, to| Block {
        kind,
        span: Span::new(from, to).expect("in order"),
    };
    let document = Document::new(DocumentParts {
        text: text.to_owned(),
        blocks: vec![
            block(BlockKind::Dateline, 0, break_at),
            block(BlockKind::Paragraph, break_at + 1, text.len()),
        ],
        ..DocumentParts::default()
    })
    .expect("blocks fit");
    let times = times_of(&document);
    let [yesterday] = times.as_slice() else {
        panic!("{times:?}");
    };
    assert_eq!(yesterday.edtf, "2020-11-04".parse().ok());
    assert_eq!(yesterday.from, TimeFrom::Text);
}

#[test]
fn every_time_tells_its_rules() {
    let mut trace = Trace::kept();
    let times = fill(
        &document("He left last week for two days.", "2020-11-05"),
        &mut trace,
    );
    assert_eq!(times.len(), 2);
    for time in &times {
        let fields: Vec<Field> = trace
            .steps()
            .iter()
            .filter(|s| s.of == Item::Time(time.id) && s.rule.starts_with("time."))
            .map(|s| s.field)
            .collect();
        assert!(
            fields.starts_with(&[Field::Found, Field::Kind, Field::Value]),
            "{fields:?}"
        );
    }
}

#[test]
fn nesting_without_end_is_read_in_time() {
    for words in [
        "end of ",
        "the first week of ",
        "two days after ",
        "early ",
        "the 5th of ",
        "from May to ",
        "000 ",
        "2 years ",
        "one and a half ",
    ] {
        let text = words.repeat(20_000);
        let start = std::time::Instant::now();
        times_of(&document(&text, "2020-11-05"));
        assert!(start.elapsed().as_secs() < 5, "{words}");
    }
}

const WORDS: &str = "the last next two weeks year Friday May 5 2020 - / : , . 30 p.m. morning from to between and before ago later of quarter third \
    early end every 1/2 9999 99999999 0 first century ’ s in will was half past at now millennia 1000000 nineteen Christmas week 31 Feb. é —";

/// Texts of words that expressions are made of, and of anything.
fn text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(WORDS.split(' ').collect::<Vec<_>>());
    prop_oneof![
        prop::collection::vec(words, 0..14).prop_map(|words| words.join(" ")),
        "[0-9:/. -]{0,24}",
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn any_text_gives_times_in_order_with_bounds_in_order(
        text in text(), published in "(|2020-11-05|2020|0000-01-01|9999-12-31|-9999-01-01|198X|2020-02-29)",
    ) {
        let mut end = 0;
        for time in times_of(&document(&text, &published)) {
            let span = time.spans.hull().expect("words");
            prop_assert!(span.start() >= end && !span.is_empty());
            prop_assert_eq!(span.slice(&text), Some(time.text.as_str()));
            end = span.end();
            if let (Some(one), Some(two)) = (time.earliest, time.latest) {
                prop_assert!((one.date(), one.time()) <= (two.date(), two.time()), "{:?}", time);
            }
            if time.from == TimeFrom::Unknown {
                prop_assert!(time.edtf.is_none() && time.earliest.is_none() && time.latest.is_none());
            }
        }
    }
}
