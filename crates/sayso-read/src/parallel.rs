//! Many documents on many threads, in order, in bounded memory.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use sayso_reading::{Document, Reading};

use crate::{ReadError, Reader};

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
type Done<E> = (usize, Result<Reading, Failure<E>>);

/// Reads documents on `threads` threads and gives the results in the order of the
/// input, the same for every number of threads. Items that failed to load pass
/// through. At most a few documents a thread are held at a time.
pub fn read_all<E, I>(
    reader: &Reader,
    threads: NonZeroUsize,
    documents: I,
    mut emit: impl FnMut(Result<Reading, Failure<E>>) -> ControlFlow<()>,
) where
    E: Send,
    I: Iterator<Item = Result<Document, E>> + Send,
{
    let count = threads.get();
    thread::scope(|scope| {
        let (jobs, queue) = sync_channel::<Job<E>>(QUEUE * count);
        let (done, results) = sync_channel::<Done<E>>(QUEUE * count);
        let queue = Arc::new(Mutex::new(queue));
        // what is not yet emitted is bounded by permits: a slow document cannot pile up its followers
        let (permits, permitted) = sync_channel::<()>(4 * QUEUE * count);
        for _ in 0..count {
            let (reader, queue, done) = (reader.another(), Arc::clone(&queue), done.clone());
            scope.spawn(move || work(&reader, &queue, &done));
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

fn work<E>(reader: &Reader, queue: &Mutex<Receiver<Job<E>>>, done: &SyncSender<Done<E>>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((index, item)) = job else { break };
        let result = match item {
            Ok(document) => reader.read(document).map_err(Failure::Read),
            Err(error) => Err(Failure::Load(error)),
        };
        if done.send((index, result)).is_err() {
            break;
        }
    }
}

fn in_order<E>(
    results: &Receiver<Done<E>>,
    permitted: &Receiver<()>,
    emit: &mut impl FnMut(Result<Reading, Failure<E>>) -> ControlFlow<()>,
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
