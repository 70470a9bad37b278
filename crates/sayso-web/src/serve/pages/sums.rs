//! Sums over a whole case, counted once for each state of it.
//!
//! In a large case they take seconds. So they are counted anew beside the answering when the case has
//! changed, and pages show those of the state before until then.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sayso_case::{Agreement, Case, Info};

use super::heard::Heard;
use super::sources::Index;
use crate::serve::Site;
use crate::serve::problem::Problem;

/// What took no longer is counted while somebody waits.
const QUICK: Duration = Duration::from_millis(25);

/// All sums that are kept.
#[derive(Default)]
pub(crate) struct Sums {
    pub info: Kept<Info>,
    pub heard: Kept<Heard>,
    pub sources: Kept<Index>,
    pub agreement: Kept<Agreement>,
    pub errors: Kept<super::errors::Sheet>,
}

/// A state of a case: the last change, and how far linking has come.
type State = [i64; 4];

/// A sum with the state that it is of.
struct Counted<T> {
    state: State,
    sum: Arc<T>,
    took: Duration,
}

/// A sum that is kept.
pub(crate) struct Kept<T> {
    last: Mutex<Option<Counted<T>>>,
    counting: AtomicBool,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self {
            last: Mutex::new(None),
            counting: AtomicBool::new(false),
        }
    }
}

impl<T: Send + Sync + 'static> Kept<T> {
    /// The sum as of now, or, where counting takes long, as of a moment ago.
    pub(crate) fn get(
        site: &Arc<Site>,
        of: fn(&Sums) -> &Self,
        case: &Case,
        count: fn(&Case) -> Result<T, Problem>,
    ) -> Result<Arc<T>, Problem> {
        let kept = of(&site.sums);
        let state = state(case)?;
        let before = kept
            .last()
            .as_ref()
            .map(|c| (c.state, Arc::clone(&c.sum), c.took));
        match before {
            Some((of, sum, _)) if of == state => Ok(sum),
            Some((_, sum, took)) if took > QUICK => {
                kept.count_beside(site, of, count);
                Ok(sum)
            }
            _ => kept.count(case, state, count),
        }
    }

    fn count(
        &self,
        case: &Case,
        state: State,
        count: fn(&Case) -> Result<T, Problem>,
    ) -> Result<Arc<T>, Problem> {
        let began = Instant::now();
        let sum = Arc::new(count(case)?);
        *self.last() = Some(Counted {
            state,
            sum: Arc::clone(&sum),
            took: began.elapsed(),
        });
        Ok(sum)
    }

    fn count_beside(
        &self,
        site: &Arc<Site>,
        of: fn(&Sums) -> &Self,
        count: fn(&Case) -> Result<T, Problem>,
    ) {
        if self.counting.swap(true, Ordering::AcqRel) {
            return;
        }
        let site = Arc::clone(site);
        std::thread::spawn(move || {
            let kept = of(&site.sums);
            // where it fails, the next who asks tries again
            let _ = site
                .cases
                .read(|case| kept.count(case, state(case)?, count));
            kept.counting.store(false, Ordering::Release);
        });
    }

    fn last(&self) -> MutexGuard<'_, Option<Counted<T>>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts all sums, so that the first who asks does not wait.
pub(crate) fn warm(site: &Arc<Site>) {
    let site = Arc::clone(site);
    std::thread::spawn(move || {
        let _ = site.cases.read(|case| -> Result<(), Problem> {
            Kept::get(&site, |s| &s.info, case, super::start::info)?;
            Kept::get(&site, |s| &s.sources, case, super::sources::index)?;
            Kept::get(&site, |s| &s.heard, case, super::heard::all)?;
            super::coding::agreement::reached(&site, case)?;
            super::errors::counted_of(&site, case)?;
            Ok(())
        });
    });
}

fn state(case: &Case) -> Result<State, Problem> {
    let found = case.connection().query_row(
        "SELECT coalesce((SELECT max(id) FROM change), 0), coalesce((SELECT max(reading) FROM link_state), 0), coalesce((SELECT max(review) FROM link_state), 0), coalesce((SELECT max(id) FROM link_decision), 0)",
        [],
        |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]),
    );
    found.map_err(|e| case.error(e).into())
}
