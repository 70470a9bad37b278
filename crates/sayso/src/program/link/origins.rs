//! `sayso origins`: from whom the reports come.

use std::io::{self, Write as _};
use std::process::ExitCode;

use sayso::link;

use super::ShowArgs;
use crate::program::NOTHING;
use crate::program::case::open;

/// Prints the origins of a case.
pub fn run(args: &ShowArgs) -> anyhow::Result<ExitCode> {
    let case = open(&args.key)?.read(&args.case)?;
    let origins = link::origins(&case)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for origin in &origins {
        if args.json {
            serde_json::to_writer(&mut out, origin)?;
            writeln!(out)?;
        } else {
            writeln!(
                out,
                "{} {} {}",
                origin.name,
                origin.kind,
                origin.documents.len()
            )?;
        }
    }
    out.flush()?;
    Ok(if origins.is_empty() {
        NOTHING.into()
    } else {
        ExitCode::SUCCESS
    })
}
