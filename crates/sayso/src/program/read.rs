//! `sayso read`: texts in, readings out.

use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::thread::available_parallelism;

use anyhow::anyhow;
use sayso::{
    CueLexicon, Failure, Lexicons, LoadError, Reader, Reading, Weights, load, read_all, reader_with,
};

use super::cli::ReadArgs;
use super::progress::Progress;
use super::sinks::Sinks;
use super::summary::Summary;
use super::terminal;
use super::{FAILED, NOTHING};

/// Reads what the arguments name. An error is one that ends the work; what concerns one
/// text only is told on the way and shows in the exit code.
pub fn run(args: &ReadArgs) -> anyhow::Result<ExitCode> {
    let sinks = Sinks::open(&args.output, &args.inputs)?;
    let reader = reader_of(
        args.reading.model.as_deref(),
        args.reading.lexicon.as_deref(),
    )?;
    let watched = !args.output.quiet && terminal::is_watched(sinks.are_on_stdout());
    let mut work = Work {
        sinks,
        progress: Progress::new(watched),
        summary: Summary::default(),
        failed: 0,
        empty: 0,
    };
    let documents = load(args.inputs.iter().cloned(), &args.options());
    let documents = documents.map(|loaded| loaded.map(|loaded| loaded.document));
    let mut ended = Ok(());
    read_all(
        &reader,
        threads(args.reading.threads),
        documents,
        |result| match work.take(result) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                ended = Err(error);
                ControlFlow::Break(())
            }
        },
    );
    ended?;
    work.finish(args.output.quiet)
}

/// The reader with the weights of a file, or with the built-in ones; with the cues of a file
/// beside the built-in ones.
pub fn reader_of(model: Option<&Path>, lexicon: Option<&Path>) -> anyhow::Result<Reader> {
    // a mistake in the small file is told before the large one is opened
    let lexicons = Lexicons {
        cues: lexicon.map_or_else(|| Ok(CueLexicon::default()), cues_of)?,
        ..Lexicons::default()
    };
    Ok(match model {
        Some(path) => Reader::with(&Weights::open(path)?, lexicons)?,
        None => reader_with(lexicons)?,
    })
}

/// The built-in cues and those of a file.
fn cues_of(path: &Path) -> anyhow::Result<CueLexicon> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => anyhow!("{name}: there is no such lexicon; check the name"),
        _ => anyhow!("{name}: the lexicon cannot be read ({cause}); name a file of cues"),
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error
            .as_bytes()
            .iter()
            .take(at)
            .filter(|&&b| b == b'\n')
            .count();
        anyhow!("{name}:{line}: the lexicon is not in UTF-8; save it in UTF-8")
    })?;
    Ok(CueLexicon::default().extended(&name, &text)?)
}

/// As many threads as were asked for, or as there are cores.
pub fn threads(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    asked
        .or_else(|| available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN)
}

/// A run of `sayso read` under way.
struct Work {
    sinks: Sinks,
    progress: Progress,
    summary: Summary,
    failed: usize,
    /// Inputs that hold nothing to read: they fail a run only beside texts that were read.
    empty: usize,
}

impl Work {
    fn take(&mut self, result: Result<Reading, Failure<LoadError>>) -> anyhow::Result<()> {
        match result {
            Ok(reading) => {
                self.summary.add(&reading);
                self.sinks.write(reading)?;
            }
            Err(Failure::Load(error)) => {
                let empty = holds_nothing(&error);
                self.empty += usize::from(empty);
                self.failed += usize::from(!empty);
                self.progress.complain(&error);
            }
            Err(Failure::Read(error)) => {
                self.failed += 1;
                self.progress.complain(&error);
            }
        }
        self.progress.step();
        Ok(())
    }

    fn finish(self, quiet: bool) -> anyhow::Result<ExitCode> {
        let nothing = self.summary.documents == 0;
        if !nothing {
            self.sinks.finish()?;
        }
        let took = self.progress.finish();
        if !quiet && !nothing {
            self.summary.tell(took);
        }
        Ok(match (self.failed, self.empty) {
            (0, _) if nothing => NOTHING.into(),
            (0, 0) => ExitCode::SUCCESS,
            _ => FAILED.into(),
        })
    }
}

/// Whether a failure only says that there is nothing to read.
const fn holds_nothing(error: &LoadError) -> bool {
    matches!(
        error,
        LoadError::Empty { .. } | LoadError::NoTexts { .. } | LoadError::NoMatch { .. }
    )
}
