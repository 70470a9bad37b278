//! What people see of a reading: the table and the page.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a panic is a failed test"
)]

#[path = "support/ferry.rs"]
mod ferry;
#[path = "support/looks.rs"]
mod looks;
#[path = "support/markup.rs"]
mod markup;
mod support;

use std::fs;

use ferry::{ferry, figure, place, time};
use looks::{articles, page, shown};
use proptest::prelude::*;
use sayso::Trace;
use sayso::explain::{Explainer, Subject, at};
use sayso::output::filter::Filter;
use sayso::output::glyphs::{ASCII, UNICODE};
use sayso::output::html::Page;
use sayso::output::rows::one_line;
use sayso::reading::{
    Attribution, AttributionId, BlockKind, Certainty, Document, DocumentParts, Entity, EntityId,
    EntityKind, Figure, FigureId, FigureRule, Hop, Place, PlaceId, PlaceLevel, QuoteForm, Reading,
    Score, Source, SourceKind, Span, Spans, Stretch, Time, TimeId,
};
use support::{document, reading, said, spans};

const THREE_DEEP: &str = include_str!("../../../golden/texts/33-three-deep.txt");
const WIRE: &str = "\
A day of rumours & denials

ROME — It was “<b>over</b>,” sources said, then fell silent.
“It was not,” Ann Lee told the paper. “It never is.”
Most Popular";

/// Nested three deep, a chain, a doubt, a negation, a pronoun.
fn three_deep() -> Reading {
    let text = THREE_DEEP;
    let mut all = vec![
        said(
            text,
            &["The newspaper Tribuna"],
            Some("reported"),
            &[
                "that the prime minister’s adviser had told investors that the central bank believed the currency would lose a third of its value",
            ],
            QuoteForm::Indirect,
        ),
        said(
            text,
            &["the prime minister’s adviser"],
            Some("had told"),
            &["that the central bank believed the currency would lose a third of its value"],
            QuoteForm::Indirect,
        ),
        said(
            text,
            &["the central bank"],
            Some("believed"),
            &["the currency would lose a third of its value"],
            QuoteForm::Indirect,
        ),
        said(
            text,
            &[],
            Some("told the agency"),
            &[
                "“I never said that the bank fears a crash,”",
                "“I said that investors always ask the same question.”",
            ],
            QuoteForm::Direct,
        ),
        said(
            text,
            &["I"],
            Some("never said"),
            &["that the bank fears a crash"],
            QuoteForm::Indirect,
        ),
    ];
    let within = [None, Some(0), Some(1), None, Some(3)];
    for (attribution, within) in all.iter_mut().zip(within) {
        attribution.within = within.map(AttributionId::at);
    }
    all[0].source.kind = Some(SourceKind::Publication);
    all[1].source.kind = Some(SourceKind::Person);
    all[1].chain = vec![
        hop(
            Some("Tribuna"),
            SourceKind::Publication,
            text,
            "The newspaper Tribuna",
        ),
        hop(
            None,
            SourceKind::Person,
            text,
            "the prime minister’s adviser",
        ),
    ];
    all[2].source.kind = Some(SourceKind::Organization);
    all[2].certainty = Some(Certainty::Possible);
    all[2].score = Score::clamped(0.41);
    all[3].source.kind = Some(SourceKind::Person);
    let told = support::span(text, "Aydin told the agency").start();
    all[3].source.spans = Span::new(told, told + "Aydin".len()).unwrap().into();
    all[3].source.entity = Some(EntityId::at(0));
    all[4].negated = true;
    let mut parts = document(text, &[BlockKind::Headline]);
    parts.publisher = Some("The Example".to_owned());
    parts.published = Some("2024-01-29".parse().unwrap());
    parts.path = Some("texts/33.txt".to_owned());
    parts.notes = vec!["the page names no author".to_owned()];
    let mut reading = reading(parts, all);
    reading.entities.push(Entity {
        id: EntityId::at(0),
        kind: EntityKind::Person,
        name: "Selma Aydin".to_owned(),
        mentions: Vec::new(),
        describes: None,
    });
    reading
}

/// A dateline, a source in the text and one that is missing, markup in the text, page furniture.
fn wire() -> Reading {
    let attributions = vec![
        said(
            WIRE,
            &["sources"],
            Some("said"),
            &["It was “<b>over</b>,”"],
            QuoteForm::Mixed,
        ),
        said(
            WIRE,
            &[],
            None,
            &["“It was not,”", "“It never is.”"],
            QuoteForm::Direct,
        ),
    ];
    let kinds = [
        BlockKind::Headline,
        BlockKind::Paragraph,
        BlockKind::Paragraph,
        BlockKind::Boilerplate,
    ];
    let mut parts = document(WIRE, &kinds);
    let line = parts.blocks[1];
    let dateline = support::span(WIRE, "ROME —");
    let rest = Span::new(dateline.end() + 1, line.span.end()).unwrap();
    parts.blocks.splice(
        1..2,
        [
            sayso::reading::Block {
                kind: BlockKind::Dateline,
                span: dateline,
            },
            sayso::reading::Block {
                kind: BlockKind::Paragraph,
                span: rest,
            },
        ],
    );
    parts.url = Some("javascript:alert(1)".to_owned());
    reading(parts, attributions)
}

fn hop(name: Option<&str>, kind: SourceKind, text: &str, words: &str) -> Hop {
    Hop {
        name: name.map(str::to_owned),
        kind,
        entity: None,
        spans: spans(text, &[words]),
        by: None,
    }
}

#[test]
fn three_columns_at_the_usual_width() {
    insta::assert_snapshot!(shown(&three_deep(), 80, UNICODE));
}

#[test]
fn three_columns_on_a_wide_terminal() {
    insta::assert_snapshot!(shown(&three_deep(), 120, UNICODE));
}

#[test]
fn one_column_on_a_narrow_terminal_with_ascii_signs() {
    insta::assert_snapshot!(shown(&three_deep(), 50, ASCII));
}

#[test]
fn missing_sources_and_cues_are_words() {
    insta::assert_snapshot!(shown(&wire(), 80, UNICODE));
}

#[test]
fn no_text_steers_the_terminal() {
    let text = "He said \u{1b}[2Jit is\u{7}\u{9b}0m over";
    let parts = document(text, &[]);
    let all = vec![said(
        text,
        &["He"],
        Some("said"),
        &["\u{1b}[2Jit is\u{7}\u{9b}0m over"],
        QuoteForm::Indirect,
    )];
    let shown = shown(&reading(parts, all), 80, UNICODE);
    assert!(
        !shown.chars().any(|c| c.is_control() && c != '\n'),
        "{shown:?}"
    );
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in 24..130 {
        let both = [three_deep(), ferry()].map(|reading| shown(&reading, width, UNICODE));
        for line in both.iter().flat_map(|shown| shown.lines()) {
            assert!(
                unicode_width::UnicodeWidthStr::width(line) <= width,
                "{width}: {line}"
            );
        }
    }
}

#[test]
fn a_page_of_one_document() {
    insta::assert_snapshot!(articles(&page([three_deep()])));
}

#[test]
fn a_page_of_two_documents_has_contents() {
    insta::assert_snapshot!(articles(&page([wire(), three_deep()])));
}

#[test]
fn nothing_on_a_page_leads_outside_or_runs() {
    let page = page([wire()]);
    assert!(page.contains("default-src 'none'"));
    for outside in [
        "src=",
        "http://",
        "https://",
        "javascript:",
        "<b>",
        "url(",
        "@import",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn a_page_with_boxes_index_and_reasons_escapes_all_text() {
    let text = "“It is <b>over</b> & done,” a US <i>official</i> said.\n\
        “No,” </details><script>alert(1)</script> Ann Lee said.\n";
    let reader = sayso::reader().unwrap();
    let document = Document::of_paragraphs(text);
    let (reading, trace) = reader.explain(document).unwrap();
    assert!(!reading.attributions.is_empty());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    let mut page = Page::create(&path, &Filter::default()).unwrap();
    page.add(reading, Some(trace)).unwrap();
    page.add(three_deep(), None).unwrap();
    page.finish().unwrap();
    let page = fs::read_to_string(path).unwrap();
    let markup = markup::read(&page);
    assert_eq!(markup.texts, [text, THREE_DEEP]);
    assert!(page.contains("<details class=\"why\">") && page.contains("id=\"f-person\""));
    assert!(!page.contains("<b>") && !page.contains("<i>"));
    assert_eq!(page.matches("<script>").count(), 1);
    for target in markup.targets {
        assert!(markup.ids.contains(&target[1..]), "{target} leads nowhere");
    }
}

#[test]
fn a_page_without_documents_is_a_page() {
    markup::read(&page([]));
}

prop_compose! {
    fn any_attribution(length: usize)(
        pieces in prop::collection::vec((0..3_usize, 0..=length, 0..=length), 0..7),
        within in prop::option::of(1..9_u32),
        negated in any::<bool>(),
    ) -> ([Spans; 3], Option<AttributionId>, bool) {
        let role = |role| {
            let pieces = pieces.iter().filter(move |(of, _, _)| *of == role);
            pieces.map(|&(_, a, b)| Span::new(a.min(b), a.max(b)).unwrap()).collect()
        };
        ([role(0), role(1), role(2)], within.map(AttributionId::new), negated)
    }
}

prop_compose! {
    fn any_facts(length: usize)(
        pieces in prop::collection::vec((0..3_usize, 0..=length, 0..=length, 1..4_u64), 0..9),
    ) -> (Vec<Time>, Vec<Place>, Vec<Figure>) {
        let (mut times, mut places, mut figures) = (Vec::new(), Vec::new(), Vec::new());
        for (what, a, b, number) in pieces {
            let spans: Spans = Span::new(a.min(b), a.max(b)).unwrap().into();
            match what {
                0 => times.push(Time {
                    id: TimeId::at(times.len()),
                    spans,
                    ..time("Tuesday", "2023", ("2023-01-01", "2023-12-31"))
                }),
                1 => places.push(Place {
                    id: PlaceId::at(places.len()),
                    spans,
                    geonames: Some(number),
                    ..place("Mersin", PlaceLevel::City)
                }),
                _ => figures.push(Figure {
                    id: FigureId::at(figures.len()),
                    counts: Some(Stretch { spans: spans.clone() }),
                    spans,
                    ..figure("112", None, FigureRule::Exact, (1, Some(2)))
                }),
            }
        }
        (times, places, figures)
    }
}

prop_compose! {
    /// A text of lines, and attributions whose spans lie on its characters or cut them.
    fn any_reading()(text in "[a-c <&>\"'\u{e9}\u{2029}\u{a0}\u{5d0}\u{1f600}\n]{0,60}")(
        attributions in prop::collection::vec(any_attribution(text.len()), 0..8),
        facts in any_facts(text.len()),
        kinds in prop::collection::vec(prop::sample::select(BlockKind::ALL.to_vec()), 0..6),
        text in Just(text),
    ) -> Reading {
        let whole = |parts: [Spans; 3], within, negated| {
            let [source, cue, content] = parts;
            let phrase = cue.hull();
            Attribution {
                source: Source { spans: source, ..Source::default() },
                cue: phrase.map(|phrase| sayso::reading::Cue { spans: cue, lemma: String::new(), phrase }),
                content: Stretch { spans: content },
                within,
                negated,
                ..said("", &[], None, &[], QuoteForm::Indirect)
            }
        };
        let all = attributions.into_iter().map(|(parts, within, negated)| whole(parts, within, negated));
        let parts: DocumentParts = document(&text, &kinds);
        let mut reading = reading(parts, all.collect());
        (reading.times, reading.places, reading.figures) = facts;
        reading
    }
}

proptest! {
    #[test]
    fn a_page_keeps_every_character_and_nests(readings in prop::collection::vec(any_reading(), 1..3)) {
        let texts: Vec<_> = readings.iter().map(|r| r.document.text().to_owned()).collect();
        let rows = readings.iter().map(|r| r.attributions.len()).sum::<usize>();
        let page = page(readings);
        let markup = markup::read(&page);
        prop_assert_eq!(markup.texts, texts);
        prop_assert_eq!(page.matches("<li id=\"d").count(), rows);
        for target in markup.targets {
            prop_assert!(markup.ids.contains(&target[1..]), "{} leads nowhere", target);
        }
    }

    #[test]
    fn any_reading_can_be_explained(reading in any_reading(), byte in 0..70_usize) {
        let trace = Trace::kept();
        let explainer = Explainer::new(&reading, &trace);
        let attributions = reading.attributions.iter().map(Subject::Attribution);
        for subject in attributions.chain(Subject::facts(&reading)) {
            // one whose spans cut a character has no explanation
            let Ok(why) = explainer.explain(subject) else { continue };
            let parts: String = why.parts.iter().map(|part| part.text.as_str()).collect();
            prop_assert_eq!(one_line(&parts), why.sentence.text);
        }
        let _ = at(&reading, byte);
    }

    #[test]
    fn a_table_has_every_row(reading in any_reading(), width in 0..200_usize) {
        let shown = shown(&reading, width, UNICODE);
        let forms = shown.matches("indirect").count();
        prop_assert_eq!(forms, reading.attributions.len());
    }
}
