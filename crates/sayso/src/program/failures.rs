//! What could not be read: told on the way, and counted for the exit code.

use std::fmt::Display;
use std::process::ExitCode;

use sayso::{Failure, LoadError};

use super::progress::Progress;
use super::{FAILED, NOTHING};

/// How many failures there were.
#[derive(Debug, Default)]
pub struct Failures {
    failed: usize,
    /// Inputs that hold nothing to read: they fail a run only beside texts that were read.
    empty: usize,
}

impl Failures {
    /// Tells a failure of reading, and counts it.
    pub fn take(&mut self, failure: &Failure<LoadError>, progress: &Progress) {
        match failure {
            Failure::Load(error) if holds_nothing(error) => {
                self.empty += 1;
                progress.complain(error);
            }
            Failure::Load(error) => self.tell(error, progress),
            Failure::Read(error) => self.tell(error, progress),
        }
    }

    /// Tells any other failure, and counts it.
    pub fn tell(&mut self, failure: &dyn Display, progress: &Progress) {
        self.failed += 1;
        progress.complain(failure);
    }

    /// How a run ends in which there was nothing to read, or something.
    pub fn exit_code(&self, nothing: bool) -> ExitCode {
        match (self.failed, self.empty) {
            (0, _) if nothing => NOTHING.into(),
            (0, 0) => ExitCode::SUCCESS,
            _ => FAILED.into(),
        }
    }
}

/// Whether a failure only says that there is nothing to read.
const fn holds_nothing(error: &LoadError) -> bool {
    matches!(
        error,
        LoadError::Empty { .. } | LoadError::NoTexts { .. } | LoadError::NoMatch { .. }
    )
}
