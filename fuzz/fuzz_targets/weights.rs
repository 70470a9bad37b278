//! A file given as weights is refused or used, whatever it holds; never a panic.
//!
//! Most inputs are given a sound frame (magic, header, digest), so that what lies
//! behind the digest is reached too.

#![no_main]

use std::io::Write as _;

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use sayso_encode::Weights;
use sayso_read::Reader;
use sayso_reading::Document;
use serde_json::json;
use sha2::{Digest, Sha256};

#[derive(Debug, Arbitrary)]
enum Input<'a> {
    Raw(&'a [u8]),
    Framed {
        format: bool,
        sections: Vec<Section>,
        scores: Vec<f32>,
        payload: &'a [u8],
    },
}

#[derive(Debug, Arbitrary)]
struct Section {
    name: u8,
    kind: u8,
    shape: Vec<u16>,
    offset: u64,
    length: u64,
}

const NAMES: [&str; 6] = [
    "vocabulary",
    "words",
    "words.scale",
    "positions",
    "shapes",
    "norm.weight",
];
const KINDS: [&str; 4] = ["bytes", "i8", "f32", ""];

impl Section {
    fn json(&self) -> serde_json::Value {
        let pick = |list: &[&str], index: u8| list[usize::from(index) % list.len()].to_owned();
        // small numbers as often as large ones, so that some sections lie within the file
        let (offset, length) = (
            self.offset & (u64::MAX >> (self.kind & 63)),
            self.length & (u64::MAX >> (self.name & 63)),
        );
        json!({
            "name": pick(&NAMES, self.name),
            "type": pick(&KINDS, self.kind),
            "shape": self.shape,
            "offset": offset,
            "length": length,
        })
    }
}

/// A file whose frame is sound.
fn framed(format: bool, sections: &[Section], scores: &[f32], payload: &[u8]) -> Vec<u8> {
    let digest: String = Sha256::digest(payload)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let model = json!({"bias": 0.0, "weights": scores, "threshold": 0.5});
    let header = json!({
        "format": u32::from(format),
        "digest": digest,
        "sections": sections.iter().map(Section::json).collect::<Vec<_>>(),
        "settings": {"outermost": model, "nested": model},
    });
    let header = header.to_string();
    let length = u32::try_from(header.len()).expect("a short header");
    [
        b"SAYSOW01".as_slice(),
        &length.to_le_bytes(),
        header.as_bytes(),
        payload,
    ]
    .concat()
}

fuzz_target!(|input: Input<'_>| {
    let bytes = match &input {
        Input::Raw(bytes) => bytes.to_vec(),
        Input::Framed {
            format,
            sections,
            scores,
            payload,
        } => framed(*format, sections, scores, payload),
    };
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(&bytes).expect("a temporary file");
    if let Ok(weights) = Weights::open(file.path())
        && let Ok(reader) = Reader::new(&weights)
    {
        let _ = reader.read(Document::of_paragraphs("“It failed,” he said."));
    }
});
