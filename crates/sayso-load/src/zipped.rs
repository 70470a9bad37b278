//! Zip files: their parts by name, none of which is unpacked beyond a limit or written anywhere.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{LoadError, Origin};

/// A zip file.
pub(crate) struct Zip<R> {
    archive: ZipArchive<R>,
    origin: Origin,
    what: &'static str,
}

impl<R: Read + Seek> Zip<R> {
    /// Opens a zip file; `what` names what it should be.
    pub(crate) fn open(reader: R, origin: Origin, what: &'static str) -> Result<Self, LoadError> {
        let damaged = |reason: String| LoadError::Damaged {
            origin: origin.clone(),
            what,
            reason,
        };
        let mut archive = ZipArchive::new(reader).map_err(|error| damaged(plain(&error)))?;
        // Parts that share their bytes are how a small file unpacks to a huge one.
        match archive.has_overlapping_entries() {
            Ok(false) => {}
            Ok(true) => return Err(damaged("its parts overlap".to_owned())),
            Err(error) => return Err(damaged(plain(&error))),
        }
        Ok(Self {
            archive,
            origin,
            what,
        })
    }

    /// The names of its parts, in the file's order.
    pub(crate) fn names(&self) -> Vec<String> {
        let names = self.archive.file_names_raw();
        names
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect()
    }

    /// Whether there is a part of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name_raw(name.as_bytes()).is_some()
    }

    /// All of a part, up to a limit in bytes; `None` where there is none of that name.
    pub(crate) fn part(&mut self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, LoadError> {
        let origin = Origin::part(
            &self.origin.file,
            crate::error::quotable(name, LONGEST_NAME),
        );
        let what = self.what;
        let Some(at) = self.archive.index_for_name_raw(name.as_bytes()) else {
            return Ok(None);
        };
        let part = match self.archive.by_index(at) {
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(LoadError::Locked {
                    origin: self.origin.clone(),
                });
            }
            Err(error) => {
                let reason = plain(&error);
                return Err(LoadError::Damaged {
                    origin,
                    what,
                    reason,
                });
            }
        };
        let mut bytes = Vec::new();
        if let Err(error) = part.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
            let reason = plain(&error);
            return Err(LoadError::Damaged {
                origin,
                what,
                reason,
            });
        }
        if bytes.len() as u64 > limit {
            return Err(LoadError::TooLong { origin, limit });
        }
        Ok(Some(bytes))
    }

    /// Where a part's bytes stand in the file, how many there are, and whether they are packed.
    pub(crate) fn place(&mut self, name: &str) -> Option<Place> {
        let at = self.archive.index_for_name_raw(name.as_bytes())?;
        let part = self.archive.by_index_raw(at).ok()?;
        let packed = match part.compression() {
            zip::CompressionMethod::Stored => false,
            zip::CompressionMethod::Deflated => true,
            _ => return None,
        };
        let readable = !part.encrypted();
        let (start, length) = (part.data_start()?, part.compressed_size());
        readable.then_some(Place {
            start,
            length,
            packed,
        })
    }
}

/// The longest name of a part that a sentence repeats, in characters.
const LONGEST_NAME: usize = 80;

/// Where a part stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Its first byte.
    pub start: u64,
    /// How many bytes it takes in the file.
    pub length: u64,
    /// Whether these are packed with deflate.
    pub packed: bool,
}

/// What went wrong, on one line.
fn plain(error: &impl std::fmt::Display) -> String {
    crate::error::quotable(&error.to_string(), 200)
}
