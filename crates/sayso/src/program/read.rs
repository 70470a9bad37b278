//! `sayso read`: texts in, readings out.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::thread::available_parallelism;

use sayso::output::filter::Filter;
use sayso::{Failure, LoadError, Reading, Trace, explain_all, load, read_all};

use super::cli::ReadArgs;
use super::failures::Failures;
use super::model::reader_of;
use super::progress::Progress;
use super::sinks::Sinks;
use super::summary::Summary;
use super::terminal;

/// Reads what the arguments name. An error is one that ends the work; what concerns one
/// text only is told on the way and shows in the exit code.
pub fn run(args: &ReadArgs) -> anyhow::Result<ExitCode> {
    let filter = args.filter.filter();
    let sinks = Sinks::open(&args.output, &args.inputs, &filter)?;
    let reader = reader_of(&args.model)?;
    let watched = !args.output.quiet && terminal::is_watched(sinks.are_on_stdout());
    let mut work = Work {
        sinks,
        filter,
        progress: Progress::new(watched),
        summary: Summary::default(),
        failures: Failures::default(),
    };
    let documents = load(args.inputs.iter().cloned(), &args.options());
    let documents = documents.map(|loaded| loaded.map(|loaded| loaded.document));
    let threads = threads(args.threads);
    let mut ended = Ok(());
    let mut goes_on = |taken: anyhow::Result<()>| match taken {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            ended = Err(error);
            ControlFlow::Break(())
        }
    };
    if args.output.explain {
        explain_all(&reader, threads, documents, |result| {
            let result = result.map(|(reading, trace)| (reading, Some(trace)));
            goes_on(work.take(result))
        });
    } else {
        read_all(&reader, threads, documents, |result| {
            goes_on(work.take(result.map(|reading| (reading, None))))
        });
    }
    ended?;
    work.finish(args.output.quiet)
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
    filter: Filter,
    progress: Progress,
    summary: Summary,
    failures: Failures,
}

impl Work {
    fn take(
        &mut self,
        result: Result<(Reading, Option<Trace>), Failure<LoadError>>,
    ) -> anyhow::Result<()> {
        match result {
            Ok((mut reading, trace)) => {
                self.summary
                    .add(&reading, |a| self.filter.fits(&reading, a));
                self.filter.apply(&mut reading);
                // documents in which nothing fits are left out
                if self.filter.is_empty() || !reading.attributions.is_empty() {
                    self.sinks.write(reading, trace)?;
                }
            }
            Err(failure) => self.failures.take(&failure, &self.progress),
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
        if !nothing && !self.filter.is_empty() {
            self.summary.tell_filter(&self.filter);
        }
        if !quiet && !nothing {
            self.summary.tell(took);
        }
        Ok(self.failures.exit_code(nothing))
    }
}
