//! One input, opened: its name, its bytes, what is told about it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use crate::format::Format;
use crate::sidecar::Sidecars;
use crate::{LoadError, Origin};

/// How much is read at once.
const BUFFER: usize = 64 * 1024;
/// The first bytes of a compressed file.
const GZIP: [u8; 2] = [0x1F, 0x8B];

/// An input that can be read.
pub(crate) struct Source {
    /// As it is named in messages.
    pub name: String,
    /// The path that documents carry; `None` for a stream.
    pub path: Option<String>,
    pub reader: Box<dyn BufRead + Send>,
    pub format: Format,
    /// Whether it was compressed.
    pub packed: bool,
    pub told: Sidecars,
}

impl Source {
    /// Opens a file.
    pub(crate) fn of_file(path: &Path, told: Sidecars) -> Result<Self, LoadError> {
        let name = path.display().to_string();
        let unreadable = |reason| LoadError::Unreadable {
            origin: Origin::file(&name),
            reason,
        };
        let file = File::open(path).map_err(unreadable)?;
        let reader = BufReader::with_capacity(BUFFER, file);
        Self::of_reader(name.clone(), Some(name), reader, told)
    }

    /// Takes bytes or a stream.
    pub(crate) fn of_reader(
        name: String,
        path: Option<String>,
        mut reader: impl BufRead + Send + 'static,
        told: Sidecars,
    ) -> Result<Self, LoadError> {
        let packed = peek(&mut reader, &name, false)?.starts_with(&GZIP);
        let mut reader: Box<dyn BufRead + Send> = if packed {
            Box::new(BufReader::with_capacity(
                BUFFER,
                MultiGzDecoder::new(reader),
            ))
        } else {
            Box::new(reader)
        };
        let format = match path.as_deref().and_then(Format::of_name) {
            Some(format) => format,
            None => Format::of_content(peek(&mut reader, &name, packed)?),
        };
        Ok(Self {
            name,
            path,
            reader,
            format,
            packed,
            told,
        })
    }

    /// Reads all of it, up to a limit in bytes.
    pub(crate) fn read_whole(&mut self, limit: u64) -> Result<Vec<u8>, LoadError> {
        let mut bytes = Vec::new();
        let read = (&mut self.reader)
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes);
        read.map_err(|reason| broken(&self.name, self.packed, reason))?;
        if bytes.len() as u64 > limit {
            return Err(LoadError::TooLong {
                origin: Origin::file(&self.name),
                limit,
            });
        }
        Ok(bytes)
    }
}

fn peek<'r>(reader: &'r mut impl BufRead, name: &str, packed: bool) -> Result<&'r [u8], LoadError> {
    reader
        .fill_buf()
        .map_err(|reason| broken(name, packed, reason))
}

fn broken(name: &str, packed: bool, reason: io::Error) -> LoadError {
    let origin = Origin::file(name);
    if packed {
        LoadError::Gzip { origin, reason }
    } else {
        LoadError::Unreadable { origin, reason }
    }
}
