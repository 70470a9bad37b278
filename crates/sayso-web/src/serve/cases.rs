//! Connections to the case: some that read at the same time, one that writes.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sayso_case::{Case, CaseError, Open};

use super::problem::Problem;

/// Connections that are kept open; more are made where more read at once.
const KEPT: usize = 16;

/// A case as it is read by many.
#[derive(Debug)]
pub(crate) struct Cases {
    path: PathBuf,
    how: Open,
    idle: Mutex<Vec<Case>>,
    writer: Mutex<Option<Case>>,
    can_write: bool,
}

impl Cases {
    /// Of the case at a path; an older one is brought up to date.
    pub(crate) fn open(path: &Path, how: Open) -> Result<Self, CaseError> {
        // where it may not be written it is only read
        let writer = match how.write(path) {
            Ok(case) => Some(case),
            Err(CaseError::ReadOnly(_)) => None,
            Err(error) => return Err(error),
        };
        let first = how.read(path)?;
        Ok(Self {
            path: path.to_owned(),
            how,
            idle: Mutex::new(vec![first]),
            can_write: writer.is_some(),
            writer: Mutex::new(writer),
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

    /// Whether the file may be written.
    pub(crate) const fn can_write(&self) -> bool {
        self.can_write
    }

    /// Does something that writes, after whoever writes now.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&mut Case) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        // whoever panicked has lost the connection, not the case: another is opened
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut case = match writer.take() {
            Some(case) => case,
            None => self.how.write(&self.path)?,
        };
        let done = work(&mut case);
        *writer = Some(case);
        done
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Case>> {
        // a case behind a poisoned lock is as good as before: reading leaves nothing half done
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
