//! The pieces are those of the tokenizer that training used, and the 8-bit encoder says
//! what the network in floats says; `train/` writes both fixtures with the weights.

// Helpers of a test state what must hold, as tests do.
#![allow(clippy::expect_used)]

use std::path::Path;

use sayso_encode::{Encoder, States, Transformer, Vocabulary, Weights};
use serde::Deserialize;

#[derive(Deserialize)]
struct Record {
    text: String,
    ids: Vec<u32>,
    shapes: Vec<u8>,
    quotes: Vec<u8>,
    offsets: Vec<(usize, usize)>,
}

#[derive(Deserialize)]
struct Probabilities {
    text: String,
    any: Vec<Vec<f32>>,
    outer: Vec<Vec<f32>>,
    names: Vec<Vec<f32>>,
    happen: Vec<Vec<f32>>,
}

fn weights() -> Weights {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/reader.weights");
    Weights::open(&path).expect("data/reader.weights lies in the checkout")
}

fn vocabulary(weights: &Weights) -> Vocabulary {
    let bytes = weights.bytes("vocabulary", "bytes").expect("section");
    Vocabulary::new(std::str::from_utf8(bytes).expect("UTF-8").split('\n'))
}

#[test]
fn pieces_are_those_of_the_tokenizer() {
    let vocabulary = vocabulary(&weights());
    let records: Vec<Record> =
        serde_json::from_str(include_str!("data/pieces.json")).expect("fixture");
    for record in records {
        let pieces = vocabulary.cut(&record.text);
        assert_eq!(pieces.ids, record.ids, "{:?}", record.text);
        assert_eq!(pieces.shapes, record.shapes, "{:?}", record.text);
        assert_eq!(pieces.quotes, record.quotes, "{:?}", record.text);
        let bytes: Vec<usize> = record
            .text
            .char_indices()
            .map(|(b, _)| b)
            .chain([record.text.len()])
            .collect();
        for (piece, (start, _)) in record.offsets.into_iter().enumerate() {
            assert_eq!(
                pieces.bytes(piece).start,
                bytes[start],
                "piece {piece} of {:?}",
                record.text
            );
        }
    }
}

#[test]
fn eight_bits_say_what_floats_say() {
    let weights = weights();
    let expected: Probabilities =
        serde_json::from_str(include_str!("data/probabilities.json")).expect("fixture");
    let pieces = vocabulary(&weights).cut(&expected.text);
    let encoder = Transformer::new(&weights).expect("weights");
    let states = encoder.encode(&pieces, 0..pieces.len()).expect("states");
    for (logits, expected, labels) in [
        (&states.any, &expected.any, 3),
        (&states.outer, &expected.outer, 3),
        (&states.names, &expected.names, States::NAME_LABELS),
        (&states.happen, &expected.happen, 3),
    ] {
        let expected = expected.concat();
        assert_eq!(logits.len(), expected.len());
        let rows = logits
            .chunks_exact(labels)
            .zip(expected.chunks_exact(labels));
        let apart: Vec<f32> = rows
            .flat_map(|(row, expected)| {
                let sum: f32 = row.iter().map(|l| l.exp()).sum();
                let pairs = row.iter().zip(expected);
                pairs.map(move |(logit, p)| (logit.exp() / sum - p).abs())
            })
            .collect();
        // a piece on which the network is undecided may move by some hundredths, the rest hardly
        let most = apart.iter().copied().fold(0.0, f32::max);
        let mean = apart.iter().sum::<f32>() / apart.len() as f32;
        assert!(most < 0.12 && mean < 0.01, "most {most}, mean {mean}");
    }
}

#[test]
fn the_same_window_gives_the_same_states() {
    let weights = weights();
    let pieces = vocabulary(&weights).cut("The army said it had left the town.");
    let encoder = Transformer::new(&weights).expect("weights");
    let first = encoder.encode(&pieces, 0..pieces.len()).expect("states");
    encoder.encode(&pieces, 0..3).expect("states");
    assert_eq!(
        first.states,
        encoder
            .another()
            .encode(&pieces, 0..pieces.len())
            .expect("states")
            .states
    );
}

#[test]
fn damaged_and_foreign_weights_are_refused() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/reader.weights");
    let mut bytes = std::fs::read(&path).expect("weights");
    let folder = tempfile::tempdir().expect("folder");
    let write = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("written");
        Weights::open(&file)
            .err()
            .map(|e| e.to_string())
            .unwrap_or_default()
    };
    assert!(write("text", b"not weights at all").contains("not a weights file"));
    assert!(write("short", &bytes[..100]).contains("damaged"));
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    assert!(write("flipped", &bytes).contains("SHA-256"));
    assert!(
        Weights::open(&folder.path().join("none"))
            .err()
            .is_some_and(|e| e.to_string().contains("cannot read"))
    );
}
