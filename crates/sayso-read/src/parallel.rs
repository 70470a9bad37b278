//! Many documents on many threads, in order, in bounded memory.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use sayso_reading::{Document, Reading};

use crate::{ReadError, Reader, Trace};

/// Why there is no reading of an item.
#[derive(Debug)]
pub enum Failure<E> {
    /// It could not be loaded.
    Load(E),
    /// It could not be read.
    Read(ReadError),
}

/// Items on their way to a thread, for each thread.
const QUEUE: usize = 4;

type Job<E> = (usize, Result<Document, E>);
type Done<T, E> = (usize, Result<T, Failure<E>>);

/// Reads documents on `threads` threads and gives the results in the order of the
/// input, the same for every number of threads. Items that failed to load pass
/// through. At most a few documents a thread are held at a time.
pub fn read_all<E, I>(
    reader: &Reader,
    threads: NonZeroUsize,
    documents: I,
    emit: impl FnMut(Result<Reading, Failure<E>>) -> ControlFlow<()>,
) where
    E: Send,
    I: Iterator<Item = Result<Document, E>> + Send,
{
    all(reader, threads, documents, Reader::read, emit);
}

/// As [`read_all`], each reading with the steps by which its fields got their values.
pub fn explain_all<E, I>(
    reader: &Reader,
    threads: NonZeroUsize,
    documents: I,
    emit: impl FnMut(Result<(Reading, Trace), Failure<E>>) -> ControlFlow<()>,
) where
    E: Send,
    I: Iterator<Item = Result<Document, E>> + Send,
{
    all(reader, threads, documents, Reader::explain, emit);
}

/// What is done with each document.
type Task<T> = fn(&Reader, Document) -> Result<T, ReadError>;

fn all<T, E, I>(
    reader: &Reader,
    threads: NonZeroUsize,
    documents: I,
    task: Task<T>,
    mut emit: impl FnMut(Result<T, Failure<E>>) -> ControlFlow<()>,
) where
    T: Send,
    E: Send,
    I: Iterator<Item = Result<Document, E>> + Send,
{
    let count = threads.get();
    thread::scope(|scope| {
        let (jobs, queue) = sync_channel::<Job<E>>(QUEUE * count);
        let (done, results) = sync_channel::<Done<T, E>>(QUEUE * count);
        let queue = Arc::new(Mutex::new(queue));
        // what is not yet emitted is bounded by permits: a slow document cannot pile up its followers
        let (permits, permitted) = sync_channel::<()>(4 * QUEUE * count);
        for _ in 0..count {
            let (reader, queue, done) = (reader.another(), Arc::clone(&queue), done.clone());
            scope.spawn(move || work(&reader, task, &queue, &done));
        }
        drop(done);
        scope.spawn(move || {
            for job in documents.enumerate() {
                if permits.send(()).is_err() || jobs.send(job).is_err() {
                    break;
                }
            }
        });
        drop(queue);
        in_order(&results, &permitted, &mut emit);
        // dropping both ends here lets the threads stop early where nothing more is wanted
        drop((results, permitted));
    });
}

fn work<T, E>(
    reader: &Reader,
    task: Task<T>,
    queue: &Mutex<Receiver<Job<E>>>,
    done: &SyncSender<Done<T, E>>,
) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((index, item)) = job else { break };
        let result = match item {
            Ok(document) => task(reader, document).map_err(Failure::Read),
            Err(error) => Err(Failure::Load(error)),
        };
        if done.send((index, result)).is_err() {
            break;
        }
    }
}

fn in_order<T, E>(
    results: &Receiver<Done<T, E>>,
    permitted: &Receiver<()>,
    emit: &mut impl FnMut(Result<T, Failure<E>>) -> ControlFlow<()>,
) {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    while let Ok((index, result)) = results.recv() {
        waiting.insert(index, result);
        while let Some(result) = waiting.remove(&next) {
            next += 1;
            let _ = permitted.recv();
            if emit(result).is_break() {
                return;
            }
        }
    }
}
