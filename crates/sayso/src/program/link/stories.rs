//! `sayso stories`: which documents are about one matter.

use std::io::{self, Write as _};
use std::process::ExitCode;

use sayso::link;

use super::ShowArgs;
use crate::program::NOTHING;
use crate::program::case::open;

/// Prints the stories of a case.
pub fn run(args: &ShowArgs) -> anyhow::Result<ExitCode> {
    let case = open(&args.key)?.read(&args.case)?;
    let stories = link::stories(&case)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for row in &stories {
        if args.json {
            serde_json::to_writer(&mut out, row)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{} in {}", row.id, row.story)?;
        }
    }
    out.flush()?;
    Ok(if stories.is_empty() {
        NOTHING.into()
    } else {
        ExitCode::SUCCESS
    })
}
