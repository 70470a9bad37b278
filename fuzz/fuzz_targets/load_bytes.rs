//! Any bytes under any name become documents or one-line errors, never a panic, and every
//! character of a document that is not white space lies in one block.

#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use sayso_load::{Options, from_bytes};
use sayso_reading::Document;

#[derive(Debug, Arbitrary)]
struct Input<'a> {
    name: Name,
    full_page: bool,
    /// The longest record allowed, so that the limit is met too.
    limit: u16,
    bytes: &'a [u8],
}

#[derive(Debug, Arbitrary)]
enum Name {
    Text,
    Markdown,
    Page,
    JsonLines,
    Json,
    Commas,
    Tabs,
    PackedText,
    PackedLines,
    None,
}

impl Name {
    const fn as_str(&self) -> &'static str {
        match self {
            Self::Text => "a.txt",
            Self::Markdown => "a.md",
            Self::Page => "a.html",
            Self::JsonLines => "a.jsonl",
            Self::Json => "a.json",
            Self::Commas => "a.csv",
            Self::Tabs => "a.tsv",
            Self::PackedText => "a.txt.gz",
            Self::PackedLines => "a.jsonl.gz",
            Self::None => "a",
        }
    }
}

fn check(document: &Document) {
    let text = document.text();
    let mut end = 0;
    for block in document.blocks() {
        assert!(end <= block.span.start(), "blocks overlap");
        assert!(
            text[end..block.span.start()].trim().is_empty(),
            "words outside every block"
        );
        end = block.span.end();
    }
    assert!(text[end..].trim().is_empty(), "words behind the last block");
}

fuzz_target!(|input: Input<'_>| {
    let limit = u64::from(input.limit).max(16);
    let options = Options {
        full_page: input.full_page,
        limit,
        ..Options::default()
    };
    for loaded in from_bytes(input.name.as_str(), input.bytes, &options) {
        match loaded {
            Ok(loaded) => check(&loaded.document),
            Err(error) => {
                let sentence = error.to_string();
                assert!(
                    !sentence.is_empty() && !sentence.contains('\n'),
                    "one sentence: {sentence:?}"
                );
            }
        }
    }
});
