//! `sayso copies`: which documents share their words.

use std::io::{self, Write as _};
use std::process::ExitCode;

use sayso::link;

use super::ShowArgs;
use crate::program::NOTHING;
use crate::program::case::open;

/// Prints the copies of a case.
pub fn run(args: &ShowArgs) -> anyhow::Result<ExitCode> {
    let case = open(&args.key)?.read(&args.case)?;
    let copies = link::copies(&case)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for copy in &copies {
        if args.json {
            serde_json::to_writer(&mut out, copy)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{} {} {}", copy.a, copy.extent, copy.b)?;
        }
    }
    out.flush()?;
    Ok(if copies.is_empty() {
        NOTHING.into()
    } else {
        ExitCode::SUCCESS
    })
}
