//! Nothing joins unnamed sources across documents, and nothing gives one a name: not the
//! library, not the JSON, not the page.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is a failed test"
)]

mod support;

use std::fs;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use sayso::output::filter::Filter;
use sayso::output::html::Page;
use sayso::reading::{Carrier, Document, Hop, QuoteForm, Reading, SourceKind};
use support::{document, reading, said, spans};

const ONE: &str = "The bridge is closed, a US official told Reuters on Monday.\n";
const TWO: &str = "A bridge is open again, a US official said on Friday.\n";

/// Every unnamed source of a reading is one without entity and without name, and no entity
/// stands where its words are.
fn stays_unnamed(reading: &Reading) {
    let text = reading.document.text();
    let official = support::span(text, "a US official");
    let kinds = reading.attributions.iter().map(|a| a.source.kind);
    let unnamed = kinds.filter(|kind| *kind == Some(SourceKind::Anonymous));
    assert_eq!(unnamed.count(), 1, "{text}");
    for attribution in &reading.attributions {
        assert_eq!(attribution.source.entity, None);
        let origin = attribution.chain.last().unwrap();
        assert_eq!((&origin.name, origin.entity), (&None, None));
    }
    for entity in &reading.entities {
        assert!(!entity.name.contains("official"), "{}", entity.name);
        for mention in &entity.mentions {
            assert!(!mention.span.contains(&official), "{}", entity.name);
        }
    }
}

#[test]
fn the_library_reads_each_document_by_itself() {
    let reader = sayso::reader().unwrap();
    let read = |text: &str| reader.read(Document::of_paragraphs(text)).unwrap();
    let (one, two) = (read(ONE), read(TWO));
    stays_unnamed(&one);
    stays_unnamed(&two);
    // nothing is carried from one document into the next
    let fresh = sayso::reader().unwrap();
    assert_eq!(fresh.read(Document::of_paragraphs(TWO)).unwrap(), two);
    assert_eq!(read(ONE), one);
}

#[test]
fn json_joins_no_unnamed_sources() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("one.txt"), ONE).unwrap();
    fs::write(folder.path().join("two.txt"), TWO).unwrap();
    let mut command = Command::new(cargo_bin!("sayso"));
    command
        .current_dir(folder.path())
        .args(["read", "--json", "--quiet", "one.txt", "two.txt"]);
    let out = command.assert().success().get_output().stdout.clone();
    let mut origins = Vec::new();
    for line in String::from_utf8(out).unwrap().lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let scalars: Reading<sayso::reading::Scalars> = serde_json::from_str(line).unwrap();
        stays_unnamed(&scalars.to_bytes().unwrap());
        let attribution = &value["attributions"][0];
        assert!(attribution["source"]["entity"].is_null());
        let hops = attribution["chain"].as_array().unwrap();
        let origin = hops.last().unwrap();
        // all that is told of it are words of its own document
        assert!(origin["name"].is_null() && origin["entity"].is_null());
        assert!(!origin["spans"].as_array().unwrap().is_empty());
        origins.push(value["document"]["id"].clone());
    }
    assert_eq!(origins.len(), 2);
    assert_ne!(origins[0], origins[1]);
}

/// Readings made by hand: the same words, once in each document.
fn made(text: &str) -> Reading {
    let mut attribution = said(
        text,
        &["a US official"],
        Some(if text == ONE { "told" } else { "said" }),
        &[text.split(',').next().unwrap()],
        QuoteForm::Indirect,
    );
    attribution.source.kind = Some(SourceKind::Anonymous);
    attribution.chain = vec![Hop {
        name: None,
        kind: SourceKind::Anonymous,
        entity: None,
        spans: spans(text, &["a US official"]),
        by: Some(Carrier::Said),
    }];
    reading(document(text, &[]), vec![attribution])
}

#[test]
fn the_index_of_a_page_has_a_line_for_each() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    let mut page = Page::create(&path, &Filter::default()).unwrap();
    page.add(made(ONE), None).unwrap();
    page.add(made(TWO), None).unwrap();
    page.finish().unwrap();
    let page = fs::read_to_string(&path).unwrap();
    let index = page.split_once("<section id=\"sources\"").unwrap().1;
    let index = index.split_once("</section>").unwrap().0;
    assert!(!index.contains("With a name"), "{index}");
    let lines: Vec<_> = index.split("<li").skip(1).collect();
    assert_eq!(lines.len(), 2, "{index}");
    for (line, document) in lines.iter().zip(1..) {
        assert!(line.contains("a US official") && line.contains(">unnamed<"));
        assert!(line.contains("1 attribution<"), "{line}");
        assert!(line.contains(&format!("href=\"#d{document}a1\"")), "{line}");
    }
}
