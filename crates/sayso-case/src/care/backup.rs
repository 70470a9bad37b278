//! A copy of a case while it is in use.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};

use crate::{Case, CaseError, Open};

/// Pages copied before others may write again.
const PAGES: i32 = 1024;
const PAUSE: Duration = Duration::from_millis(2);

impl Case {
    /// Copies the case to a new file, as it is when the copy ends, and checks the copy. Others may
    /// go on writing. `open` is how the case was opened; the copy has the same passphrase.
    pub fn backup(&self, to: &Path, open: &Open) -> Result<(), CaseError> {
        if to.exists() {
            return Err(CaseError::Exists(to.to_owned()));
        }
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = to.with_file_name(name);
        remove(&part);
        let done = self.copied(&part, open).and_then(|()| {
            fs::rename(&part, to).map_err(|cause| CaseError::File {
                path: to.to_owned(),
                cause,
            })
        });
        if done.is_err() {
            remove(&part);
        }
        done
    }

    fn copied(&self, part: &Path, open: &Open) -> Result<(), CaseError> {
        let mut copy = open.empty(part)?;
        {
            let backup = Backup::new(&self.connection, &mut copy.connection)
                .map_err(|e| CaseError::at(part, e))?;
            loop {
                match backup.step(PAGES).map_err(|e| CaseError::at(part, e))? {
                    StepResult::Done => break,
                    StepResult::More => {}
                    _ => std::thread::sleep(PAUSE),
                }
            }
        }
        let unsound = |reason: String| CaseError::Copy {
            path: part.to_owned(),
            reason,
        };
        let found = copy.check(|_| {})?;
        if let Some(first) = found.first() {
            return Err(unsound(first.to_string()));
        }
        // one file: what the copy's log holds goes into it
        copy.told(|c| c.pragma_update(None, "journal_mode", "DELETE"))?;
        drop(copy);
        let file = fs::File::open(part);
        file.and_then(|file| file.sync_all())
            .map_err(|cause| CaseError::File {
                path: part.to_owned(),
                cause,
            })
    }
}

/// What an attempt left, with its logs.
fn remove(part: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = part.as_os_str().to_owned();
        name.push(ending);
        // where there is none there is nothing to do
        let _ = fs::remove_file(name);
    }
}
