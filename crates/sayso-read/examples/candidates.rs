//! Writes every candidate attribution of texts with its features, for `train/` to fit
//! scores on: `candidates WEIGHTS < TEXTS.jsonl > CANDIDATES.jsonl`, each line of the
//! input `{"id", "text"}`, offsets of the output in Unicode scalar values.

use std::error::Error;
use std::io::{BufRead, Write};
use std::ops::Range;
use std::path::PathBuf;

use sayso_encode::Weights;
use sayso_read::{Reader, training};
use sayso_reading::{Document, TextIndex};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let weights = std::env::args_os()
        .nth(1)
        .ok_or("usage: candidates WEIGHTS < TEXTS > CANDIDATES")?;
    let reader = Reader::new(&Weights::open(&PathBuf::from(weights))?)?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let document = Document::of_paragraphs(record["text"].as_str().unwrap_or_default());
        let index = TextIndex::new(document.text());
        let span = |r: &Range<usize>| -> Result<Value, Box<dyn Error>> {
            Ok(json!([
                index.to_scalar(r.start).ok_or("offset")?,
                index.to_scalar(r.end).ok_or("offset")?
            ]))
        };
        let candidates = training::candidates(&reader, &document)?
            .iter()
            .map(|c| {
                let content = c.content.iter().map(span).collect::<Result<Vec<_>, _>>()?;
                let source = c.source.iter().map(span).collect::<Result<Vec<_>, _>>()?;
                Ok(json!({"cue": [span(&c.phrase)?], "source": source, "content": content, "features": c.features}))
            })
            .collect::<Result<Vec<Value>, Box<dyn Error>>>()?;
        writeln!(
            out,
            "{}",
            json!({"id": record["id"], "candidates": candidates})
        )?;
    }
    Ok(())
}
