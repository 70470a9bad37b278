//! The rows of an answer as a table.

use sayso_case::{DocumentRow, EventRow, Rows, StatementRow};

use crate::serve::answer::{Table, cell};

/// An answer as a table.
pub(super) fn table(rows: &Rows) -> Table {
    match rows {
        Rows::Documents(rows) => documents(rows),
        Rows::Statements(rows) => statements(rows),
        Rows::Events(rows) => events(rows),
    }
}

fn documents(rows: &[DocumentRow]) -> Table {
    let mut out = Table::new(&[
        "document",
        "title",
        "publisher",
        "published",
        "url",
        "words",
        "passage",
    ]);
    out.rows = rows
        .iter()
        .map(|r| {
            vec![
                r.document.clone(),
                cell(r.title.as_ref()),
                cell(r.publisher.as_ref()),
                cell(r.published.as_ref()),
                cell(r.url.as_ref()),
                r.words.to_string(),
                r.passage.clone(),
            ]
        })
        .collect();
    out
}

fn statements(rows: &[StatementRow]) -> Table {
    let mut out = Table::new(&[
        "document",
        "id",
        "title",
        "publisher",
        "published",
        "source",
        "source_kind",
        "role",
        "cue",
        "act",
        "certainty",
        "negated",
        "quote",
        "content",
        "origin",
        "origin_kind",
        "chain",
        "start",
        "end",
        "reviewed_by",
        "score",
    ]);
    out.rows = rows
        .iter()
        .map(|r| {
            vec![
                r.document.clone(),
                r.id.clone(),
                cell(r.title.as_ref()),
                cell(r.publisher.as_ref()),
                cell(r.published.as_ref()),
                cell(r.source.as_ref()),
                cell(r.source_kind.as_ref()),
                cell(r.role.as_ref()),
                cell(r.cue.as_ref()),
                cell(r.act.as_ref()),
                cell(r.certainty.as_ref()),
                r.negated.to_string(),
                r.quote.clone(),
                r.content.clone(),
                cell(r.origin.as_ref()),
                cell(r.origin_kind.as_ref()),
                cell(r.chain.as_ref()),
                r.start.to_string(),
                r.end.to_string(),
                cell(r.reviewed_by.as_ref()),
                format!("{:.2}", r.score),
            ]
        })
        .collect();
    out
}

fn events(rows: &[EventRow]) -> Table {
    let mut out = Table::new(&[
        "document",
        "id",
        "title",
        "publisher",
        "published",
        "type",
        "mode",
        "realis",
        "trigger",
        "actor",
        "recipient",
        "place",
        "country",
        "time",
        "edtf",
        "earliest",
        "latest",
        "killed_low",
        "killed_high",
        "injured_low",
        "injured_high",
        "according_to",
        "act",
        "certainty",
        "origin",
        "start",
        "end",
        "reviewed_by",
        "score",
    ]);
    out.rows = rows
        .iter()
        .map(|r| {
            vec![
                r.document.clone(),
                r.id.clone(),
                cell(r.title.as_ref()),
                cell(r.publisher.as_ref()),
                cell(r.published.as_ref()),
                r.kind.clone(),
                cell(r.mode.as_ref()),
                r.realis.clone(),
                r.trigger.clone(),
                cell(r.actor.as_ref()),
                cell(r.recipient.as_ref()),
                cell(r.place.as_ref()),
                cell(r.country.as_ref()),
                cell(r.time.as_ref()),
                cell(r.edtf.as_ref()),
                cell(r.earliest.as_ref()),
                cell(r.latest.as_ref()),
                cell(r.killed_low.as_ref()),
                cell(r.killed_high.as_ref()),
                cell(r.injured_low.as_ref()),
                cell(r.injured_high.as_ref()),
                cell(r.according_to.as_ref()),
                cell(r.act.as_ref()),
                cell(r.certainty.as_ref()),
                cell(r.origin.as_ref()),
                r.start.to_string(),
                r.end.to_string(),
                cell(r.reviewed_by.as_ref()),
                format!("{:.2}", r.score),
            ]
        })
        .collect();
    out
}
