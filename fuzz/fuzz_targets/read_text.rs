//! Any text is read without a panic, and every place in its reading lies in the text.

#![no_main]

use std::path::Path;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use sayso_encode::Weights;
use sayso_read::Reader;
use sayso_reading::Document;

/// Longer texts only repeat what shorter ones do, more slowly.
const LONGEST: usize = 4096;

thread_local! {
    static READER: Reader = reader();
}

fn reader() -> Reader {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/reader.weights");
    let weights = WEIGHTS.get_or_init(|| Weights::open(&path).expect("data/reader.weights"));
    Reader::new(weights).expect("sound weights")
}

fuzz_target!(|text: &str| {
    if text.len() > LONGEST {
        return;
    }
    let reading = READER.with(|reader| reader.read(Document::of_paragraphs(text)));
    let reading = reading.expect("a text is read");
    let border = reading.to_scalars().expect("every span lies in the text");
    let back = border.to_bytes().expect("every span lies in the text");
    assert_eq!(back, reading, "offsets survive the way out and back");
});
