//! The files of records that an archive is made of.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex};

use flate2::bufread::DeflateDecoder;

use crate::gzip::{MAGIC, Members};
use crate::source::Anywhere;
use crate::zipped::Place;

/// One file of records.
pub(super) struct Volume {
    /// Its name, where there are several.
    pub name: Option<String>,
    /// Whether it is compressed with gzip.
    pub packed: bool,
    pub reader: Box<dyn BufRead + Send>,
}

/// An open file that several readers look into, one after the other.
#[derive(Clone)]
pub(super) struct Shared(Arc<Mutex<Box<dyn Anywhere>>>);

impl Shared {
    pub(super) fn new(file: Box<dyn Anywhere>) -> Self {
        Self(Arc::new(Mutex::new(file)))
    }

    fn with<T>(&self, act: impl FnOnce(&mut Box<dyn Anywhere>) -> io::Result<T>) -> io::Result<T> {
        let held = self.0.lock();
        act(&mut *held.map_err(|_| io::Error::other("reading was broken off"))?)
    }

    /// The bytes of a part of a zip file, unpacked.
    pub(super) fn part(&self, place: Place) -> Box<dyn BufRead + Send> {
        let section = BufReader::with_capacity(
            BUFFER,
            Section {
                file: self.clone(),
                at: place.start,
                left: place.length,
            },
        );
        if place.packed {
            Box::new(BufReader::with_capacity(
                BUFFER,
                DeflateDecoder::new(section),
            ))
        } else {
            Box::new(section)
        }
    }

    /// A part that holds records.
    pub(super) fn volume(&self, name: String, place: Place) -> Volume {
        let mut reader = self.part(place);
        // What cannot be read now is said when the first record is read.
        let packed = reader.fill_buf().unwrap_or_default().starts_with(&MAGIC);
        Volume {
            name: Some(name),
            packed,
            reader: if packed {
                Box::new(BufReader::with_capacity(BUFFER, Members::new(reader)))
            } else {
                reader
            },
        }
    }
}

/// How much is read at once, in bytes.
const BUFFER: usize = 64 * 1024;

impl Read for Shared {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.with(|file| file.read(out))
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.with(|file| file.seek(to))
    }
}

/// A stretch of a file.
struct Section {
    file: Shared,
    at: u64,
    left: u64,
}

impl Read for Section {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).map_or(out.len(), |left| left.min(out.len()));
        let out = out.get_mut(..most).unwrap_or_default();
        if out.is_empty() {
            return Ok(0);
        }
        let at = self.at;
        let read = self.file.with(|file| {
            file.seek(SeekFrom::Start(at))?;
            file.read(out)
        })?;
        self.at = self.at.saturating_add(read as u64);
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}
