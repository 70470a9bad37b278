//! The truth as JSON, one object a text: what `SAYSO_GOLD_JSON=DIR` writes.

use std::fs;
use std::ops::Range;
use std::path::Path;

use sayso_reading::{Document, Span, TextIndex};
use serde_json::{Value, json};

use super::parse::{Expected, Row, Section};
use super::who::{Field, Hop, Who};

/// Writes the truth of a text that tells who and how surely; leaves others out.
pub fn write(
    folder: &Path,
    name: &str,
    document: &Document,
    expected: &Expected,
) -> Result<(), String> {
    if expected.who.is_empty() {
        return Ok(());
    }
    let value = object(name, document, expected)?;
    let path = folder.join(format!("{name}.json"));
    let trouble = |e: std::io::Error| format!("{}: {e}", path.display());
    fs::create_dir_all(folder).map_err(trouble)?;
    fs::write(&path, format!("{value:#}\n")).map_err(trouble)
}

fn object(name: &str, document: &Document, expected: &Expected) -> Result<Value, String> {
    let index = TextIndex::new(document.text());
    let truth = expected.rows.iter().filter(|(s, _)| *s != Section::Wrong);
    let mut truth: Vec<&Row> = truth.map(|(_, row)| row).collect();
    truth.sort_by_key(|row| row.marks.place());
    let attribution = |row: &&Row| {
        let who = expected.who.iter().find(|who| who.id == row.id);
        who.map(|who| self::attribution(row, who, &index))
    };
    let attributions: Result<Vec<Value>, String> = truth.iter().filter_map(attribution).collect();
    Ok(json!({
        "document": {
            "id": name,
            "path": format!("golden/texts/{name}.txt"),
            "publisher": document.publisher,
            "published": document.published,
            "url": document.url,
            "text": document.text(),
        },
        "attributions": attributions?,
        "events": [],
    }))
}

fn attribution(row: &Row, who: &Who, index: &TextIndex<'_>) -> Result<Value, String> {
    let spans = |ranges: &[Range<usize>]| spans(ranges, index);
    let cue = match &row.marks.cue {
        Some(cue) => {
            let phrase = spans(std::slice::from_ref(&cue.phrase))?;
            json!({"spans": spans(&cue.words)?, "phrase": phrase[0]})
        }
        None => Value::Null,
    };
    let facts = &who.facts;
    let chains: Result<Vec<Value>, String> = facts.chains.iter().map(|c| chain(c, index)).collect();
    let mut chains = chains?.into_iter();
    let mut out = json!({
        "id": row.id,
        "within": row.within,
        "cue": cue,
        "source": {
            "spans": spans(&row.marks.source)?,
            "entity": facts.name,
            "kind": facts.kind,
            "role": facts.role,
            "condition": facts.condition,
        },
        "content": {"spans": spans(&row.marks.content)?},
        "quote": row.marks.quote,
        "act": facts.act,
        "certainty": facts.certainty,
        "negated": facts.negated,
        "chain": chains.next(),
    });
    let others: Vec<Value> = chains.collect();
    if !others.is_empty() {
        out["chain_or"] = Value::Array(others);
    }
    if !who.doubt.is_empty() {
        // the scorer calls a source's name its entity
        let field = |field: &Field| match field {
            Field::Name => "entity",
            other => other.as_str(),
        };
        out["doubt"] = who.doubt.iter().map(field).collect();
    }
    Ok(out)
}

fn chain(hops: &[Hop], index: &TextIndex<'_>) -> Result<Value, String> {
    let hop = |hop: &Hop| -> Result<Value, String> {
        Ok(json!({
            "name": hop.name,
            "kind": hop.kind,
            "entity": hop.name,
            "spans": spans(&hop.spans, index)?,
        }))
    };
    hops.iter().map(hop).collect()
}

/// Places as the contract counts them, in Unicode scalar values.
fn spans(ranges: &[Range<usize>], index: &TextIndex<'_>) -> Result<Value, String> {
    let span = |range: &Range<usize>| {
        let bytes = Span::new(range.start, range.end).map_err(|e| e.to_string())?;
        let scalars = index.scalar_span(bytes).map_err(|e| e.to_string())?;
        Ok(json!(scalars))
    };
    let mut ranges = ranges.to_vec();
    ranges.sort_by_key(|range| range.start);
    ranges.iter().map(span).collect()
}
