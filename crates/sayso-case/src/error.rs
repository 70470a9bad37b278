use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

/// Why something could not be done with a case: one sentence that says what, where, and what to
/// do. What was acknowledged before stays.
#[derive(Debug, Error)]
pub enum CaseError {
    /// Nothing of that name.
    #[error("{0}: there is no such case; check the name, or make one with `sayso add`")]
    Missing(PathBuf),
    /// A file, but no case.
    #[error("{0}: this is no case of sayso; name a file that `sayso add` made")]
    NotACase(PathBuf),
    /// A case of a newer program.
    #[error(
        "{path}: the case has version {found} and this program knows up to {known}; open it with a newer sayso"
    )]
    Newer {
        /// The case.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// A case of an older program, opened only to be read.
    #[error(
        "{path}: the case has the older version {found}; any command that may write to it, such as `sayso compact`, brings it up to date"
    )]
    Older {
        /// The case.
        path: PathBuf,
        /// Its schema.
        found: i64,
    },
    /// A file that may not be written.
    #[error("{0}: the case cannot be written; check the permissions of the file and its folder")]
    ReadOnly(PathBuf),
    /// No room left.
    #[error(
        "{0}: the disk is full; make room and run the same command again, what was acknowledged is kept"
    )]
    Full(PathBuf),
    /// Somebody else writes for too long.
    #[error("{0}: another program has been writing to the case for a minute; try again later")]
    Busy(PathBuf),
    /// Damage, or a wrong passphrase.
    #[error("{0}: the case is damaged; `sayso check` tells where, a backup can replace it")]
    Damaged(PathBuf),
    /// A passphrase that does not open the case.
    #[error("{0}: the passphrase does not open this case, or it is no case of sayso")]
    Passphrase(PathBuf),
    /// A passphrase, but a program without encryption.
    #[error(
        "this sayso was built without encryption; build it with `--features encrypted` to use a passphrase"
    )]
    NoEncryption,
    /// A target that is there already.
    #[error("{0}: there is such a file already; name another")]
    Exists(PathBuf),
    /// A copy that differs from what was copied.
    #[error("{path}: the copy is not sound ({reason}); it was removed, try again on another disk")]
    Copy {
        /// The copy.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A point in time before the case was.
    #[error("{0}: the case was not there yet; it was made {1}")]
    Before(String, String),
    /// Something asked for that is not in the case.
    #[error("{0}")]
    Unknown(String),
    /// A reading whose parts do not fit.
    #[error("{document}: the reading cannot be kept ({reason})")]
    Reading {
        /// The document.
        document: String,
        /// What does not fit.
        reason: String,
    },
    /// A decision that cannot be.
    #[error("{0}")]
    Review(String),
    /// The file system.
    #[error("{path}: {cause}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// `SQLite` says anything else.
    #[error("{path}: SQLite says: {cause}")]
    Sqlite {
        /// The case.
        path: PathBuf,
        /// What `SQLite` says.
        cause: rusqlite::Error,
    },
}

impl CaseError {
    /// Whether the folder keeps a log from being made beside the case.
    pub(crate) fn is_of_folder(&self) -> bool {
        match self {
            Self::ReadOnly(_) => true,
            Self::Sqlite { cause, .. } => cause.sqlite_error_code() == Some(ErrorCode::CannotOpen),
            _ => false,
        }
    }

    /// What an error of `SQLite` means for the person before the case at `path`.
    pub fn at(path: &Path, cause: rusqlite::Error) -> Self {
        let path = path.to_owned();
        if matches!(cause, rusqlite::Error::FromSqlConversionFailure(..)) {
            return Self::Damaged(path);
        }
        match cause.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full(path),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(path),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(path),
            Some(ErrorCode::NotADatabase) => Self::NotACase(path),
            _ => Self::Sqlite { path, cause },
        }
    }
}
