//! Labelled event triggers through the linker: `triggers pairs|events < LINES`.
//!
//! A line: `{"collection": …, "reading": {…}, "mentions": [{"id": …, "spans": [[start, end], …]}]}`;
//! texts of one collection, which stand together, are compared. `pairs` writes
//! `{"collection", "a", "b", "x": [numbers]}` a line (`a`, `b`: `DOCUMENT:MENTION`), after a line with the
//! names of the numbers; `events` writes `{"mention": "DOCUMENT:MENTION", "event": label}` a line.

use std::error::Error;
use std::io::{self, BufRead as _, BufWriter, Write};

use sayso_link::training::{Labelled, events, feature_names, pairs};
use sayso_reading::{Reading, Scalars, Span, Spans, TextIndex};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Line {
    collection: serde_json::Value,
    reading: Reading<Scalars>,
    mentions: Vec<Given>,
}

#[derive(Deserialize)]
struct Given {
    id: String,
    spans: Vec<[usize; 2]>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mode = std::env::args().nth(1).unwrap_or_default();
    let mut out = BufWriter::new(io::stdout().lock());
    if mode == "pairs" {
        writeln!(out, "{}", json!(feature_names()))?;
    }
    let mut collection = serde_json::Value::Null;
    let mut texts: Vec<Labelled> = Vec::new();
    for line in io::stdin().lock().lines() {
        let line: Line = serde_json::from_str(&line?)?;
        if line.collection != collection {
            write(&mode, &collection, &texts, &mut out)?;
            texts.clear();
            collection = line.collection.clone();
        }
        texts.push(labelled(line)?);
    }
    write(&mode, &collection, &texts, &mut out)?;
    Ok(out.flush()?)
}

fn labelled(line: Line) -> Result<Labelled, Box<dyn Error>> {
    let reading = line.reading.to_bytes()?;
    let index = TextIndex::new(reading.document.text());
    let mut triggers = Vec::new();
    for given in line.mentions {
        let mut pieces = Vec::new();
        for [start, end] in given.spans {
            pieces.push(index.byte_span(Span::new(start, end)?)?);
        }
        triggers.push((given.id, Spans::from_pieces(pieces)));
    }
    Ok(Labelled { reading, triggers })
}

fn write(
    mode: &str,
    collection: &serde_json::Value,
    texts: &[Labelled],
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let name = |(text, trigger): (usize, usize)| {
        let text = texts.get(text)?;
        let (id, _) = text.triggers.get(trigger)?;
        Some(format!("{}:{id}", text.reading.document.id))
    };
    match mode {
        "pairs" => {
            for pair in pairs(texts) {
                let row = json!({"collection": collection, "a": name(pair.a), "b": name(pair.b), "x": pair.features});
                writeln!(out, "{row}")?;
            }
        }
        "events" => {
            for (text, firsts) in events(texts).into_iter().enumerate() {
                for (trigger, first) in firsts.into_iter().enumerate() {
                    let row = json!({"mention": name((text, trigger)), "event": name(first)});
                    writeln!(out, "{row}")?;
                }
            }
        }
        _ => return Err("say pairs or events".into()),
    }
    Ok(())
}
