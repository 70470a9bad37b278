//! Documents that come in: files are taken apart and shown before anything of them is kept; then
//! they are read, kept and linked beside the answering.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use sayso_case::{Intake, Outcome};
use sayso_load::{Options, from_bytes};
use sayso_read::{Failure, read_all};
use sayso_reading::{Document, Reader, Reading};
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::problem::Problem;
use super::writing::Linking;
use super::{Site, made_up};

/// Sets of files that may wait at once; of more, those that wait longest are forgotten.
const WAITING: usize = 8;
/// Readings that are kept together.
const TOGETHER: usize = 50;

/// A document that a file held, or why it held none.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// The file's name.
    pub file: String,
    /// The document, or a sentence.
    pub loaded: Result<Document, String>,
    /// Of the file's bytes.
    sha256: [u8; 32],
}

impl Piece {
    /// Of a file with these bytes.
    pub(crate) fn new(file: String, bytes: &[u8], loaded: Result<Document, String>) -> Self {
        Self {
            file,
            loaded,
            sha256: Sha256::digest(bytes).into(),
        }
    }

    /// The same file with another document.
    pub(crate) fn with(&self, document: Document) -> Self {
        Self {
            loaded: Ok(document),
            ..self.clone()
        }
    }
}

/// What became of a document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Taken {
    /// The file's name, or its number among those that were sent.
    pub file: String,
    /// The document's name in the case.
    pub document: Option<String>,
    /// `added`, `new version`, `read again`, `known`; none where it could not be added.
    pub outcome: Option<&'static str>,
    /// Why it could not be added.
    pub problem: Option<String>,
}

/// How far a set of files is.
#[derive(Debug, Clone)]
pub(crate) enum State {
    /// It can be looked at and changed; nothing is kept.
    Chosen(Arc<Vec<Piece>>),
    /// It is being read.
    Reading { done: usize, of: usize },
    /// All that could be added is kept.
    Done(Arc<Vec<Taken>>),
}

/// The sets of files that somebody is about to add, by names that nobody guesses.
#[derive(Default)]
pub(crate) struct Staged(Mutex<BTreeMap<String, (Instant, State)>>);

impl Staged {
    fn all(&self) -> MutexGuard<'_, BTreeMap<String, (Instant, State)>> {
        // a map behind a poisoned lock is whole: each change is one insertion
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a set of documents until they are added or forgotten, and gives its name.
    pub(crate) fn keep(&self, pieces: Vec<Piece>) -> Result<String, Problem> {
        let name = made_up().map_err(Problem::fault)?;
        let mut all = self.all();
        while all.len() >= WAITING {
            let idle = all
                .iter()
                .filter(|(_, (_, state))| !matches!(state, State::Reading { .. }));
            let Some(oldest) = idle.min_by_key(|(_, (at, _))| *at).map(|(n, _)| n.clone()) else {
                return Err(Problem::new(
                    axum::http::StatusCode::SERVICE_UNAVAILABLE,
                    "Many files are being read just now; try again when they are done",
                ));
            };
            all.remove(&oldest);
        }
        let state = State::Chosen(Arc::new(pieces));
        all.insert(name.clone(), (Instant::now(), state));
        Ok(name)
    }

    /// How far a set is.
    pub(crate) fn get(&self, name: &str) -> Result<State, Problem> {
        let found = self.all().get(name).map(|(_, state)| state.clone());
        found.ok_or_else(|| {
            Problem::missing(
                "These files are not waiting any more; what was added is in the case, the rest has to be sent again",
            )
        })
    }

    fn set(&self, name: &str, state: State) {
        self.all().insert(name.to_owned(), (Instant::now(), state));
    }

    /// Takes a set that can be changed, so that it is added once.
    fn take(&self, name: &str) -> Option<Arc<Vec<Piece>>> {
        let mut all = self.all();
        let (at, state) = all.get_mut(name)?;
        let State::Chosen(pieces) = state else {
            return None;
        };
        let pieces = Arc::clone(pieces);
        let of = pieces.len();
        *state = State::Reading { done: 0, of };
        *at = Instant::now();
        Some(pieces)
    }
}

/// The documents of files.
pub(crate) fn pieces(files: &[(String, Vec<u8>)]) -> Vec<Piece> {
    files
        .iter()
        .flat_map(|(name, bytes)| {
            let name = bare(name);
            let loaded = from_bytes(name, bytes, &Options::default());
            loaded.into_iter().map(|loaded| {
                let loaded = loaded.map(|l| l.document).map_err(|e| e.to_string());
                Piece::new(name.to_owned(), bytes, loaded)
            })
        })
        .collect()
}

/// A file's name without the folders that some browsers tell.
fn bare(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// Adds a set of files beside the answering. `chosen` says what is to become of each document:
/// the document as it is to be kept, or nothing where it is to be left out.
pub(crate) fn begin(
    site: &Arc<Site>,
    name: &str,
    chosen: impl Fn(usize, &Piece) -> Result<Option<Piece>, Problem>,
) -> Result<(), Problem> {
    let State::Chosen(pieces) = site.staged.get(name)? else {
        // sent twice: it goes on as it is
        return Ok(());
    };
    let mut kept = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        kept.extend(chosen(at, piece)?);
    }
    if site.staged.take(name).is_none() {
        return Ok(());
    }
    let (site, name) = (Arc::clone(site), name.to_owned());
    thread::spawn(move || {
        let of = kept.len();
        let told = |done| site.staged.set(&name, State::Reading { done, of });
        let taken = add(&site, kept, told);
        site.staged.set(&name, State::Done(Arc::new(taken)));
    });
    Ok(())
}

/// Reads documents and keeps them; `told` hears how many are through. What is kept is linked
/// beside.
pub(crate) fn add(site: &Arc<Site>, pieces: Vec<Piece>, told: impl Fn(usize)) -> Vec<Taken> {
    let reader = site.readers.another();
    let digests: Vec<[u8; 32]> = pieces.iter().map(|p| p.sha256).collect();
    let mut taken: Vec<Taken> = pieces.iter().map(of_piece).collect();
    let jobs: Vec<(usize, Document)> = pieces
        .into_iter()
        .enumerate()
        .filter_map(|(at, piece)| Some((at, piece.loaded.ok()?)))
        .filter(|(at, document)| {
            let is_known = is_known(site, document, reader.model());
            if let (true, Some(taken)) = (is_known, taken.get_mut(*at)) {
                taken.outcome = Some(Outcome::Known.as_str());
            }
            !is_known
        })
        .collect();
    let places: Vec<usize> = jobs.iter().map(|(at, _)| *at).collect();
    let mut batch: Vec<(usize, Reading)> = Vec::new();
    let mut next = places.iter().copied();
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let documents = jobs
        .into_iter()
        .map(|(_, d)| Ok::<_, std::convert::Infallible>(d));
    read_all(&reader, threads, documents, |result| {
        let Some(at) = next.next() else {
            return ControlFlow::Break(());
        };
        match result {
            Ok(reading) => batch.push((at, reading)),
            Err(Failure::Load(never)) => match never {},
            Err(Failure::Read(error)) => {
                if let Some(taken) = taken.get_mut(at) {
                    taken.problem = Some(error.to_string());
                }
            }
        }
        if batch.len() >= TOGETHER {
            keep(site, &mut batch, &digests, &mut taken);
        }
        told(at + 1);
        ControlFlow::Continue(())
    });
    keep(site, &mut batch, &digests, &mut taken);
    taken
}

fn of_piece(piece: &Piece) -> Taken {
    let document = piece.loaded.as_ref().ok();
    Taken {
        file: piece.file.clone(),
        document: document.map(|d| d.id.as_str().to_owned()),
        outcome: None,
        problem: piece.loaded.as_ref().err().cloned(),
    }
}

fn is_known(site: &Site, document: &Document, model: &str) -> bool {
    let who = Reader {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        model: model.to_owned(),
    };
    // where this cannot be told, reading again does no harm
    let told = site.cases.read(|case| case.knows(document, &who));
    matches!(told, Ok(Ok(true)))
}

/// Keeps what was read; what cannot be kept says why.
fn keep(
    site: &Arc<Site>,
    batch: &mut Vec<(usize, Reading)>,
    digests: &[[u8; 32]],
    taken: &mut [Taken],
) {
    let (places, intakes): (Vec<usize>, Vec<Intake>) = batch
        .drain(..)
        .map(|(at, reading)| {
            let intake = Intake {
                reading,
                input_sha256: digests.get(at).copied(),
            };
            (at, intake)
        })
        .unzip();
    let outcomes = site.write(Linking::Beside, |case| Ok(case.add(&intakes)?));
    for (index, at) in places.into_iter().enumerate() {
        let Some(taken) = taken.get_mut(at) else {
            continue;
        };
        match &outcomes {
            Ok(outcomes) => taken.outcome = outcomes.get(index).copied().map(Outcome::as_str),
            Err(problem) => taken.problem = Some(problem.detail.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_taken_apart_and_bad_ones_say_why() {
        let files = [
            (
                "C:\\texts\\note.txt".to_owned(),
                b"Ferry sank\n\nAnn Lee said so.".to_vec(),
            ),
            (
                "many.jsonl".to_owned(),
                b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n".to_vec(),
            ),
            ("empty.txt".to_owned(), Vec::new()),
        ];
        let pieces = pieces(&files);
        let told: Vec<(&str, bool)> = pieces
            .iter()
            .map(|p| (p.file.as_str(), p.loaded.is_ok()))
            .collect();
        assert_eq!(
            told,
            [
                ("note.txt", true),
                ("many.jsonl", true),
                ("many.jsonl", true),
                ("empty.txt", false)
            ]
        );
    }

    #[test]
    fn of_too_many_sets_the_oldest_is_forgotten() {
        let staged = Staged::default();
        let first = staged.keep(Vec::new()).unwrap();
        for _ in 0..WAITING {
            staged.keep(Vec::new()).unwrap();
        }
        assert!(staged.get(&first).is_err());
    }

    #[test]
    fn a_set_is_added_once() {
        let staged = Staged::default();
        let name = staged.keep(Vec::new()).unwrap();
        assert!(staged.take(&name).is_some());
        assert!(staged.take(&name).is_none());
    }
}
