//! Any bytes under any name become documents or one-line errors, never a panic, and every
//! character of a document that is not white space lies in one block.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_load::{Options, from_bytes};
use sayso_reading::Document;

/// What the first byte chooses from: a digit in the seeds, or one of the signs behind `9` in ASCII.
const NAMES: [&str; 18] = [
    "a.txt",
    "a.md",
    "a.html",
    "a.jsonl",
    "a.json",
    "a.csv",
    "a.tsv",
    "a.txt.gz",
    "a.jsonl.gz",
    "a",
    "a.eml",
    "a.mhtml",
    "a.rss",
    "a.warc",
    "a.warc.gz",
    "a.wacz",
    "a.docx",
    "a.pdf",
];

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

fuzz_target!(|input: &[u8]| {
    let [name, choice, bytes @ ..] = input else {
        return;
    };
    let name = NAMES[usize::from(name.wrapping_sub(b'0')) % NAMES.len()];
    let options = Options {
        full_page: choice & 1 != 0,
        // so that the limit is met too
        limit: if choice & 2 == 0 { 65_536 } else { 64 },
        ..Options::default()
    };
    for loaded in from_bytes(name, bytes, &options) {
        match loaded {
            Ok(loaded) => check(&loaded.document),
            Err(error) => {
                let sentence = error.to_string();
                assert!(!sentence.is_empty(), "an error says something");
                assert!(!sentence.contains('\n'), "one line: {sentence:?}");
            }
        }
    }
});
