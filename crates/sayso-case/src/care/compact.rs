//! A smaller file.

use std::fs;

use serde::Serialize;

use crate::case::log_of;
use crate::{Case, CaseError};

/// Bytes of the file before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Compacted {
    /// Before.
    pub before: u64,
    /// After.
    pub after: u64,
}

impl Case {
    /// Puts the word indexes into one piece each and gives unused room back. Nothing is lost: all
    /// of it happens or none, and it needs about as much free room as the case has bytes.
    pub fn compact(&mut self) -> Result<Compacted, CaseError> {
        let before = self.bytes()?;
        for index in ["text_words", "attribution_words", "event_words"] {
            self.told(|c| {
                c.execute_batch(&format!(
                    "INSERT INTO {index} ({index}) VALUES ('optimize')"
                ))
            })?;
        }
        self.told(|c| c.execute_batch("VACUUM"))?;
        self.told(|c| c.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))?;
        Ok(Compacted {
            before,
            after: self.bytes()?,
        })
    }

    /// Bytes of the file and its log.
    pub(crate) fn bytes(&self) -> Result<u64, CaseError> {
        let file = |cause| CaseError::File {
            path: self.path().to_owned(),
            cause,
        };
        let size = fs::metadata(self.path()).map_err(file)?.len();
        Ok(size + fs::metadata(log_of(self.path())).map_or(0, |m| m.len()))
    }
}
