//! A case: one file, opened to be read or to be written.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::change::{self, NoPoint, Point};
use crate::{CaseError, schema};

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_mins(1);
/// Pages of the log after which they go into the file: a page that many commits write goes once.
const LOG: i64 = 16_000;
/// Pages held in memory, in KiB.
const CACHE: i64 = -64 * 1024;

/// How to open a case.
#[derive(Debug, Clone, Default)]
pub struct Open {
    passphrase: Option<String>,
}

impl Open {
    /// A case under a passphrase. Only in a program built with the feature `encrypted`.
    #[must_use]
    pub fn passphrase(mut self, passphrase: impl Into<String>) -> Self {
        self.passphrase = Some(passphrase.into());
        self
    }

    /// Opens a case to read and to write; an older one is brought up to date.
    pub fn write(&self, path: &Path) -> Result<Case, CaseError> {
        self.upgraded(path, false, &schema::STEPS)
    }

    /// Opens a case to read and to write, and makes it where there is none.
    pub fn create(&self, path: &Path) -> Result<Case, CaseError> {
        self.upgraded(path, true, &schema::STEPS)
    }

    /// Opens a case to read. Nobody is kept from writing, and nothing is written to it.
    pub fn read(&self, path: &Path) -> Result<Case, CaseError> {
        is_there(path)?;
        // opened to be written, so that whoever closes it last puts the log away
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        match self.to_be_read(path, path, flags) {
            // a log cannot be made beside it: on a medium that is read only there is nothing to wait for
            Err(error) if error.is_of_folder() && !log_of(path).exists() => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
                    | OpenFlags::SQLITE_OPEN_NO_MUTEX
                    | OpenFlags::SQLITE_OPEN_URI;
                self.to_be_read(path, Path::new(&immutable(path)), flags)
            }
            done => done,
        }
    }

    fn to_be_read(&self, path: &Path, at: &Path, flags: OpenFlags) -> Result<Case, CaseError> {
        let case = self.connected(path, at, flags)?;
        case.told(|c| c.pragma_update(None, "query_only", true))?;
        match case.version()? {
            found if found == schema::VERSION => Ok(case),
            0 => Err(CaseError::NotACase(path.to_owned())),
            found => Err(CaseError::Older {
                path: path.to_owned(),
                found,
            }),
        }
    }

    /// A file for a copy: nothing in it, not even that it is a case.
    pub(crate) fn empty(&self, path: &Path) -> Result<Case, CaseError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        self.connected(path, path, flags)
    }

    fn upgraded(&self, path: &Path, make: bool, steps: &[&str]) -> Result<Case, CaseError> {
        if !make || path.exists() {
            is_there(path)?;
            is_writable(path)?;
        }
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if make {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let mut case = self.connected(path, path, flags)?;
        let found = case.version()?;
        if found == 0 && !make {
            return Err(CaseError::NotACase(path.to_owned()));
        }
        case.told(|c| c.pragma_update(None, "journal_mode", "WAL"))?;
        // a commit is on the disk before it is acknowledged
        case.told(|c| c.pragma_update(None, "synchronous", "FULL"))?;
        case.told(|c| c.pragma_update(None, "wal_autocheckpoint", LOG))?;
        if found < steps.len() as i64 {
            let done = schema::upgrade(&mut case.connection, steps);
            done.map_err(|e| CaseError::at(path, e))?;
        }
        Ok(case)
    }

    /// Opens what is `at` a path, or a URI, for the case at `path`.
    fn connected(&self, path: &Path, at: &Path, flags: OpenFlags) -> Result<Case, CaseError> {
        let connection =
            Connection::open_with_flags(at, flags).map_err(|e| CaseError::at(path, e))?;
        let case = Case {
            connection,
            path: path.to_owned(),
            locked: self.passphrase.is_some(),
        };
        if let Some(passphrase) = &self.passphrase {
            unlock(&case, passphrase)?;
        }
        case.told(|c| {
            c.busy_timeout(PATIENCE)?;
            c.pragma_update(None, "foreign_keys", true)?;
            c.pragma_update(None, "trusted_schema", false)?;
            c.pragma_update(None, "cache_size", CACHE)?;
            c.set_prepared_statement_cache_capacity(128);
            // a plan does not hang on what is asked for: it is made once
            c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            Ok(())
        })?;
        Ok(case)
    }
}

#[cfg(feature = "encrypted")]
fn unlock(case: &Case, passphrase: &str) -> Result<(), CaseError> {
    case.told(|c| c.pragma_update(None, "key", passphrase))
}

#[cfg(not(feature = "encrypted"))]
const fn unlock(_: &Case, _: &str) -> Result<(), CaseError> {
    Err(CaseError::NoEncryption)
}

/// A case of documents, readings and what people decided on them.
#[derive(Debug)]
pub struct Case {
    pub(crate) connection: Connection,
    path: PathBuf,
    /// Under a passphrase.
    locked: bool,
}

impl Case {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its tables, for the rooms that derive more from them.
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Does something that writes, all of it or nothing; when this returns it is on the disk.
    pub fn write<T, E: From<CaseError>>(
        &mut self,
        work: impl FnOnce(&Transaction) -> Result<T, E>,
    ) -> Result<T, E> {
        let path = self.path.clone();
        let told = |e| CaseError::at(&path, e);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(told)?;
        let done = work(&transaction)?;
        transaction.commit().map_err(told)?;
        Ok(done)
    }

    /// Does what follows from what is kept, and would be found again after a loss of power: its
    /// transactions are not waited for, and the log is put away when [`Self::put_log_away`] says so.
    pub fn relaxed<T, E: From<CaseError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let set = |case: &Self, synchronous: &str, log: i64| {
            case.told(|c| {
                c.pragma_update(None, "synchronous", synchronous)?;
                c.pragma_update(None, "wal_autocheckpoint", log)
            })
        };
        set(self, "NORMAL", 0)?;
        let done = work(self);
        set(self, "FULL", LOG)?;
        done
    }

    /// Puts what is in the log into the file, as far as nobody reads there.
    pub fn put_log_away(&self) -> Result<(), CaseError> {
        self.told(|c| c.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())))
    }

    /// The point in its history that is meant by a day, a time, or the number of a change (`#12`).
    pub fn point(&self, given: &str) -> Result<Point, CaseError> {
        let found = self.told(|c| change::point(c, given))?;
        found.map_err(|no| match no {
            NoPoint::Unreadable => CaseError::Unknown(format!(
                "{given}: this is no time; write a day such as 2026-11-28, a time such as 2026-11-28T10:00, or the number of a change such as #12"
            )),
            NoPoint::Before(made) => CaseError::Before(given.to_owned(), made),
        })
    }

    /// Does something with `SQLite`, and puts its errors into words.
    pub(crate) fn told<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, CaseError> {
        work(&self.connection).map_err(|e| self.error(e))
    }

    /// What an error of `SQLite` means for this case.
    pub fn error(&self, cause: rusqlite::Error) -> CaseError {
        match CaseError::at(&self.path, cause) {
            // what a wrong passphrase makes of the file
            CaseError::NotACase(path) if self.locked => CaseError::Passphrase(path),
            error => error,
        }
    }

    /// The version of its tables, 0 for an empty file.
    fn version(&self) -> Result<i64, CaseError> {
        match self.told(schema::version)? {
            None => Err(CaseError::NotACase(self.path.clone())),
            Some(found) if found > schema::VERSION => Err(CaseError::Newer {
                path: self.path.clone(),
                found,
                known: schema::VERSION,
            }),
            Some(found) => Ok(found),
        }
    }
}

impl Drop for Case {
    fn drop(&mut self) {
        // who may only read does not put the log away; that this fails loses nothing
        let _ = self.connection.pragma_update(None, "query_only", false);
    }
}

/// The log beside a case while it is in use.
pub(crate) fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

/// The URI of a case that nobody can change.
fn immutable(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte));
            }
            _ => {
                uri.push('%');
                let digits = [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16));
                uri.extend(digits.into_iter().flatten());
            }
        }
    }
    uri + "?immutable=1"
}

fn is_there(path: &Path) -> Result<(), CaseError> {
    match std::fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(()),
        Ok(_) => Err(CaseError::NotACase(path.to_owned())),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            Err(CaseError::Missing(path.to_owned()))
        }
        Err(cause) => Err(CaseError::File {
            path: path.to_owned(),
            cause,
        }),
    }
}

/// `SQLite` opens a file that may not be written to be read only, and says so late.
fn is_writable(path: &Path) -> Result<(), CaseError> {
    match OpenOptions::new().append(true).open(path) {
        Ok(_) => Ok(()),
        Err(cause) => match cause.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Err(CaseError::ReadOnly(path.to_owned()))
            }
            _ => Err(CaseError::File {
                path: path.to_owned(),
                cause,
            }),
        },
    }
}
