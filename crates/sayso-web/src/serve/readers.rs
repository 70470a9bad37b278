//! Reading for those who ask: as many texts at once as there are cores, a few more wait, and the last
//! readings that were explained are kept.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use axum::http::StatusCode;
use sayso_read::{Reader, Trace};
use sayso_reading::{Document, Reading};

use super::problem::Problem;
use super::{PATIENCE, Site};

/// Who waits until somebody else's text is read, for each who reads.
const WAITING: usize = 8;
/// Readings that are kept with their steps.
const KEPT: usize = 8;
/// The longest text, in bytes, of which they are.
const LONGEST: usize = 256 * 1024;

/// The longest text that is read before anybody asks for it.
const AHEAD: usize = 32 * 1024;

/// A reading with the steps that led to it.
pub(crate) struct Explained {
    pub reading: Reading,
    pub trace: Trace,
    /// The weights that it was read with.
    pub model: String,
}

/// What reads for those who ask.
pub(crate) struct Readers {
    first: Mutex<Reader>,
    seats: Seats,
    recent: Recent,
}

impl Readers {
    pub(crate) fn new(first: Reader) -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self {
            first: Mutex::new(first),
            seats: Seats::new(cores),
            recent: Recent::default(),
        }
    }

    /// A reader for one thread that reads beside the answering.
    pub(crate) fn another(&self) -> Reader {
        lock(&self.first).another()
    }

    /// Reads a text while whoever asks waits.
    pub(crate) fn read(&self, document: Document) -> Result<Reading, Problem> {
        let _seat = self.seats.take()?;
        self.another().read(document).map_err(Problem::fault)
    }

    /// Reads a text and tells the steps, or gives what was kept of it.
    pub(crate) fn explain(&self, document: &Document) -> Result<Arc<Explained>, Problem> {
        if let Some(kept) = self.recent.get(document) {
            return Ok(kept);
        }
        let _seat = self.seats.take()?;
        // who had the seat before may have read the same
        if let Some(kept) = self.recent.get(document) {
            return Ok(kept);
        }
        let reader = self.another();
        let (reading, trace) = reader.explain(document.clone()).map_err(Problem::fault)?;
        let made = Arc::new(Explained {
            reading,
            trace,
            model: reader.model().to_owned(),
        });
        self.recent.keep(&made);
        Ok(made)
    }

    /// Reads a text beside the answering where nobody else is being read for: who looks at a document may ask
    /// next why something in it is what it is.
    pub(crate) fn ahead(site: &Arc<Site>, document: &Document) {
        let readers = &site.readers;
        if document.text().len() > AHEAD
            || !readers.seats.are_free()
            || readers.recent.get(document).is_some()
        {
            return;
        }
        let (site, document) = (Arc::clone(site), document.clone());
        // where it fails, whoever asks hears of it
        thread::spawn(move || drop(site.readers.explain(&document)));
    }
}

/// The last readings that were explained, the last one asked for first.
#[derive(Default)]
struct Recent(Mutex<VecDeque<Arc<Explained>>>);

impl Recent {
    fn get(&self, document: &Document) -> Option<Arc<Explained>> {
        let mut all = lock(&self.0);
        let at = all.iter().position(|e| e.reading.document == *document)?;
        let found = all.remove(at)?;
        all.push_front(Arc::clone(&found));
        Some(found)
    }

    fn keep(&self, made: &Arc<Explained>) {
        if made.reading.document.text().len() <= LONGEST {
            let mut all = lock(&self.0);
            all.push_front(Arc::clone(made));
            all.truncate(KEPT);
        }
    }
}

/// How many may read at once.
struct Seats {
    most: usize,
    counts: Mutex<Counts>,
    free: Condvar,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    taken: usize,
    waiting: usize,
}

/// The right to read one text.
struct Seat<'s>(&'s Seats);

impl Seats {
    fn new(most: usize) -> Self {
        Self {
            most,
            counts: Mutex::default(),
            free: Condvar::new(),
        }
    }

    fn are_free(&self) -> bool {
        *lock(&self.counts) == Counts::default()
    }

    /// Waits until one may read, but not for ever, and not behind too many.
    fn take(&self) -> Result<Seat<'_>, Problem> {
        let busy = || {
            Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many texts are being read at this moment; ask again in a while",
            )
        };
        let mut counts = lock(&self.counts);
        if counts.taken >= self.most {
            if counts.waiting >= WAITING * self.most {
                return Err(busy());
            }
            counts.waiting += 1;
            let is_full = |counts: &mut Counts| counts.taken >= self.most;
            let waited = self.free.wait_timeout_while(counts, PATIENCE, is_full);
            let (after, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            counts = after;
            counts.waiting -= 1;
            if timeout.timed_out() {
                return Err(busy());
            }
        }
        counts.taken += 1;
        Ok(Seat(self))
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        lock(&self.0.counts).taken -= 1;
        self.0.free.notify_one();
    }
}

/// What is behind the locks is whole at every moment, also where somebody panicked.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_to_a_full_house_is_told_so_and_who_waits_gets_a_seat() {
        let seats = Seats::new(1);
        assert!(seats.are_free());
        let seat = seats.take().unwrap();
        assert!(!seats.are_free());
        thread::scope(|scope| {
            let waiting: Vec<_> = (0..WAITING)
                .map(|_| scope.spawn(|| seats.take().map(drop)))
                .collect();
            while lock(&seats.counts).waiting < WAITING {
                thread::yield_now();
            }
            let problem = seats.take().map(drop).unwrap_err();
            assert_eq!(problem.status, StatusCode::SERVICE_UNAVAILABLE);
            drop(seat);
            for waited in waiting {
                waited.join().unwrap().unwrap();
            }
        });
        assert!(seats.are_free());
    }

    #[test]
    fn the_last_readings_are_kept_for_the_same_text_only() {
        let recent = Recent::default();
        let said = |text: &str| Document::of_paragraphs(text.to_owned());
        let read = |text: &str| {
            let reader = sayso_reading::Reader {
                version: String::new(),
                model: String::new(),
            };
            Arc::new(Explained {
                reading: Reading::of(said(text), reader),
                trace: Trace::kept(),
                model: String::new(),
            })
        };
        let first = read("The mayor said no.");
        recent.keep(&first);
        let found = recent.get(&first.reading.document);
        assert!(found.is_some_and(|found| Arc::ptr_eq(&found, &first)));
        assert!(recent.get(&said("The mayor said yes.")).is_none());
        for n in 0..KEPT {
            recent.keep(&read(&format!("The mayor said {n}.")));
        }
        assert!(recent.get(&first.reading.document).is_none());
        let long = read(&"No. ".repeat(LONGEST));
        recent.keep(&long);
        assert!(recent.get(&long.reading.document).is_none());
    }
}
