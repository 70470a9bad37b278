//! Where the readings go: table, JSON Lines, page.

use std::io::{self, StdoutLock, Write};
use std::path::Path;

use anstream::AutoStream;
use anyhow::bail;
use sayso::output::filter::Filter;
use sayso::output::html::Page;
use sayso::output::table::{self, Extent, Look};
use sayso::output::{OutputError, WholeFile, json};
use sayso::{Reading, Trace};

use super::cli::OutputArgs;
use super::terminal;

/// All places that a reading is written to.
#[derive(Default)]
pub struct Sinks {
    table: Option<(AutoStream<StdoutLock<'static>>, Look, Extent)>,
    lines: Option<StdoutLock<'static>>,
    file: Option<WholeFile>,
    page: Option<Page>,
}

impl Sinks {
    /// Opens what was asked for; the table where nothing was.
    pub fn open(args: &OutputArgs, inputs: &[String], filter: &Filter) -> anyhow::Result<Self> {
        let mut sinks = Self::default();
        for path in args.json.iter().flatten().chain(&args.html) {
            not_an_input(path, inputs)?;
        }
        match &args.json {
            Some(Some(path)) => sinks.file = Some(WholeFile::create(path)?),
            Some(None) => sinks.lines = Some(io::stdout().lock()),
            None => {}
        }
        if let Some(path) = &args.html {
            sinks.page = Some(Page::create(path, filter)?);
        }
        if args.json.is_none() && args.html.is_none() {
            let look = terminal::look(args.width);
            let extent = match (args.events, args.facts) {
                (true, _) => Extent::Events,
                (false, true) => Extent::Whole,
                (false, false) => Extent::Short,
            };
            sinks.table = Some((AutoStream::auto(io::stdout().lock()), look, extent));
        }
        Ok(sinks)
    }

    /// Whether readings go to standard output.
    pub const fn are_on_stdout(&self) -> bool {
        self.table.is_some() || self.lines.is_some()
    }

    /// Writes a reading everywhere.
    pub fn write(&mut self, reading: Reading, trace: Option<Trace>) -> anyhow::Result<()> {
        if let Some((out, look, extent)) = &mut self.table {
            table::write(out, &reading, *look, *extent)?;
            out.flush()?;
        }
        if self.lines.is_some() || self.file.is_some() {
            let line = json::line(&reading)?;
            if let Some(out) = &mut self.lines {
                out.write_all(&line)?;
                out.flush()?;
            }
            if let Some(file) = &mut self.file {
                let path = file.path().to_owned();
                file.write_all(&line)
                    .map_err(|cause| OutputError::Write { path, cause })?;
            }
        }
        if let Some(page) = &mut self.page {
            page.add(reading, trace)?;
        }
        Ok(())
    }

    /// Puts the files in their places.
    pub fn finish(self) -> anyhow::Result<()> {
        if let Some(file) = self.file {
            file.finish()?;
        }
        if let Some(page) = self.page {
            page.finish()?;
        }
        Ok(())
    }
}

/// A text must not be lost by naming it where a file to be written is due.
fn not_an_input(path: &Path, inputs: &[String]) -> anyhow::Result<()> {
    let Ok(place) = path.canonicalize() else {
        return Ok(());
    };
    let is_read = |input: &String| {
        Path::new(input)
            .canonicalize()
            .is_ok_and(|read| read == place)
    };
    if place.is_file() && inputs.iter().any(is_read) {
        bail!(
            "{}: this file is to be read, so it is not written over; name another one",
            path.display()
        );
    }
    Ok(())
}
