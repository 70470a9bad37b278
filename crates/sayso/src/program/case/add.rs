//! `sayso add`: documents into a case.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sayso::case::{Case, Intake, Outcome};
use sayso::output::labels::count;
use sayso::reading::{self, Scalars};
use sayso::{Failure, LoadError, Reading, load, read_all};
use sha2::{Digest as _, Sha256};

use super::{AddArgs, open};
use crate::program::failures::Failures;
use crate::program::link::bring_up_to_date;
use crate::program::model::reader_of;
use crate::program::progress::Progress;
use crate::program::read::threads;
use crate::program::terminal;

/// Readings that are written together, and how long the first of them may wait.
const BATCH: usize = 1000;
const WAIT: Duration = Duration::from_secs(1);

/// Adds what the arguments name. What was acknowledged is on the disk, also where a later
/// document fails or the program is killed; the same command goes on where it ended.
pub fn run(args: &AddArgs) -> anyhow::Result<ExitCode> {
    let how = open(&args.key)?;
    let case = how.create(&args.to)?;
    let watched = !args.quiet && terminal::is_watched(args.json);
    let mut work = Work {
        case,
        batch: Vec::new(),
        waiting: Instant::now(),
        json: args.json,
        progress: Progress::new(watched),
        outcomes: HashMap::new(),
        failures: Failures::default(),
        last: None,
    };
    let skipped = if args.readings {
        for name in &args.inputs {
            work.readings(name)?;
        }
        0
    } else {
        // looks without keeping the writer from writing
        let known = Mutex::new(how.read(&args.to)?);
        work.read(args, &known)?
    };
    work.write()?;
    if !args.no_link
        && let Err(cause) = bring_up_to_date(&mut work.case, args.quiet)
    {
        // the documents are on the disk, and told below
        let told = format!("{cause}; `sayso link` links what was added");
        work.failures.tell(&told, &work.progress);
    }
    Ok(work.finish(args.quiet, skipped))
}

struct Work {
    case: Case,
    batch: Vec<Intake>,
    /// Since when the first of the batch waits.
    waiting: Instant,
    json: bool,
    progress: Progress,
    outcomes: HashMap<&'static str, usize>,
    failures: Failures,
    /// The file that the last document came from, and its digest: records share one.
    last: Option<(String, Option<[u8; 32]>)>,
}

impl Work {
    /// Loads, reads what is not known yet, and takes it in; gives how many were known.
    fn read(&mut self, args: &AddArgs, known: &Mutex<Case>) -> anyhow::Result<usize> {
        let reader = reader_of(&args.model)?;
        let who = reading::Reader {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: reader.model().to_owned(),
        };
        let skipped = AtomicUsize::new(0);
        let documents = load(args.inputs.iter().cloned(), &args.options()).filter_map(|loaded| {
            let loaded = match loaded {
                Ok(loaded) => loaded,
                Err(error) => return Some(Err(error)),
            };
            // where this cannot be told, reading again does no harm
            let known = known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.knows(&loaded.document, &who).unwrap_or(false) {
                skipped.fetch_add(1, Ordering::Relaxed);
                return None;
            }
            Some(Ok(loaded.document))
        });
        let mut ended = Ok(());
        read_all(
            &reader,
            threads(args.threads),
            documents,
            |result| match self.take(result) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    ended = Err(error);
                    ControlFlow::Break(())
                }
            },
        );
        ended?;
        Ok(skipped.into_inner())
    }

    fn take(&mut self, result: Result<Reading, Failure<LoadError>>) -> anyhow::Result<()> {
        match result {
            Ok(reading) => {
                let input_sha256 = self.digest(reading.document.path.as_deref());
                self.keep(Intake {
                    reading,
                    input_sha256,
                })?;
            }
            Err(failure) => self.failures.take(&failure, &self.progress),
        }
        self.progress.step();
        Ok(())
    }

    /// Takes in readings as `sayso read --json` wrote them. A file or a line that cannot be read
    /// is told, and the rest goes on.
    fn readings(&mut self, name: &str) -> anyhow::Result<()> {
        let input: Box<dyn Read> = if name == "-" {
            Box::new(io::stdin().lock())
        } else {
            match File::open(name) {
                Ok(file) => Box::new(file),
                Err(cause) => {
                    let told = format!("{name}: the readings cannot be opened ({cause})");
                    self.failures.tell(&told, &self.progress);
                    return Ok(());
                }
            }
        };
        for (at, line) in BufReader::new(input).split(b'\n').enumerate() {
            let at = at + 1;
            let line = match line {
                Ok(line) => line,
                Err(cause) => {
                    let told = format!(
                        "{name}, line {at}: cannot be read ({cause}); what follows was left out"
                    );
                    self.failures.tell(&told, &self.progress);
                    return Ok(());
                }
            };
            if line.trim_ascii().is_empty() {
                continue;
            }
            let reading = serde_json::from_slice::<Reading<Scalars>>(&line)
                .map_err(|e| e.to_string())
                .and_then(|r| r.to_bytes().map_err(|e| e.to_string()));
            match reading {
                Ok(reading) => self.keep(reading.into())?,
                Err(reason) => {
                    let told = format!(
                        "{name}, line {at}: this is no reading ({reason}); `sayso read --json` writes them"
                    );
                    self.failures.tell(&told, &self.progress);
                }
            }
            self.progress.step();
        }
        Ok(())
    }

    fn digest(&mut self, path: Option<&str>) -> Option<[u8; 32]> {
        let path = path?;
        if let Some((last, digest)) = &self.last
            && last == path
        {
            return *digest;
        }
        let digest = digest_of(path);
        self.last = Some((path.to_owned(), digest));
        digest
    }

    fn keep(&mut self, intake: Intake) -> anyhow::Result<()> {
        if self.batch.is_empty() {
            self.waiting = Instant::now();
        }
        self.batch.push(intake);
        if self.batch.len() >= BATCH || self.waiting.elapsed() >= WAIT {
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> anyhow::Result<()> {
        let outcomes = self.case.add(&self.batch)?;
        let mut out = io::stdout().lock();
        for (intake, outcome) in self.batch.drain(..).zip(outcomes) {
            let word = outcome.as_str();
            *self.outcomes.entry(word).or_default() += 1;
            if self.json {
                let id = intake.reading.document.id.as_str();
                serde_json::to_writer(&mut out, &serde_json::json!({"id": id, "outcome": word}))?;
                writeln!(out)?;
            }
        }
        out.flush()?;
        Ok(())
    }

    fn finish(self, quiet: bool, skipped: usize) -> ExitCode {
        self.progress.finish();
        let of = |outcome: Outcome| self.outcomes.get(outcome.as_str()).copied().unwrap_or(0);
        let known = skipped + of(Outcome::Known);
        let told: Vec<String> = [
            (of(Outcome::Added), "added"),
            (of(Outcome::NewVersion), "as a new version"),
            (of(Outcome::Reread), "read again"),
            (known, "known before"),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, how)| format!("{} {how}", count(n, "document")))
        .collect();
        let nothing = told.is_empty();
        if !quiet && !nothing {
            terminal::say(&format!(
                "{}: {}",
                self.case.path().display(),
                told.join(", ")
            ));
        }
        self.failures.exit_code(nothing)
    }
}

/// SHA-256 of a file's bytes, where it is still there.
fn digest_of(path: &str) -> Option<[u8; 32]> {
    let mut file = File::open(Path::new(path)).ok()?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).ok()?;
        if read == 0 {
            return Some(hash.finalize().into());
        }
        hash.update(buffer.get(..read)?);
    }
}
