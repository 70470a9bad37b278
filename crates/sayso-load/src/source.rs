//! One input, opened: its name, its bytes, what is told about it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use crate::format::Format;
use crate::gzip::{MAGIC, Members};
use crate::sidecar::Sidecars;
use crate::{LoadError, Origin};

/// How much is read at once.
const BUFFER: usize = 64 * 1024;

/// Bytes that can be read from any place.
pub(crate) trait Anywhere: Read + Seek + Send {}

impl<T: Read + Seek + Send> Anywhere for T {}

/// An input that can be read.
pub(crate) struct Source {
    /// As it is named in messages.
    pub name: String,
    /// The path that documents carry; `None` for a stream.
    pub path: Option<String>,
    pub reader: Box<dyn BufRead + Send>,
    /// The file itself, where it can be read from any place.
    file: Option<PathBuf>,
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
        let mut source = Self::of_reader(name.clone(), Some(name), reader, told)?;
        source.file = (!source.packed).then(|| path.to_owned());
        Ok(source)
    }

    /// Takes bytes or a stream.
    pub(crate) fn of_reader(
        name: String,
        path: Option<String>,
        mut reader: impl BufRead + Send + 'static,
        told: Sidecars,
    ) -> Result<Self, LoadError> {
        let packed = peek(&mut reader, &name, false)?.starts_with(&MAGIC);
        let mut reader: Box<dyn BufRead + Send> = if packed {
            Box::new(BufReader::with_capacity(BUFFER, Members::new(reader)))
        } else {
            Box::new(reader)
        };
        let named = path.as_deref().and_then(Format::of_name);
        let format = Format::decide(named, peek(&mut reader, &name, packed)?);
        Ok(Self {
            name,
            path,
            reader,
            file: None,
            format,
            packed,
            told,
        })
    }

    /// The input as bytes that can be read from any place: the file itself, else all of it up to
    /// a limit.
    pub(crate) fn anywhere(&mut self, limit: u64) -> Result<Box<dyn Anywhere>, LoadError> {
        match &self.file {
            Some(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(BufReader::with_capacity(BUFFER, file))),
                Err(reason) => Err(broken(&self.name, false, reason)),
            },
            None => Ok(Box::new(Cursor::new(self.read_whole(limit)?))),
        }
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
