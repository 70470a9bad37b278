//! Connections to the case: some that read at the same time.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sayso_case::{Case, CaseError, Open};

/// Connections that are kept open; more are made where more read at once.
const KEPT: usize = 16;

/// A case as it is read by many.
#[derive(Debug)]
pub(crate) struct Cases {
    path: PathBuf,
    how: Open,
    idle: Mutex<Vec<Case>>,
}

impl Cases {
    /// Of the case at a path; an older one is brought up to date.
    pub(crate) fn open(path: &Path, how: Open) -> Result<Self, CaseError> {
        // where it may not be written it is only read
        match how.write(path) {
            Ok(_) | Err(CaseError::ReadOnly(_)) => {}
            Err(error) => return Err(error),
        }
        let first = how.read(path)?;
        Ok(Self {
            path: path.to_owned(),
            how,
            idle: Mutex::new(vec![first]),
        })
    }

    /// Does something with a case that is only read.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Case) -> T) -> Result<T, CaseError> {
        let idle = self.idle().pop();
        let case = match idle {
            Some(case) => case,
            None => self.how.read(&self.path)?,
        };
        let done = work(&case);
        let mut idle = self.idle();
        if idle.len() < KEPT {
            idle.push(case);
        }
        Ok(done)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Case>> {
        // a case behind a poisoned lock is as good as before: reading leaves nothing half done
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
