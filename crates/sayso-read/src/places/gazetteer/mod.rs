//! The gazetteer: places by all their names, in one file that is mapped and never unpacked.
//!
//! Layout: `SAYSOG01`, the header's length (u32, little endian), the header (JSON), then the
//! sections that it names, one behind the other: `keys` (a finite-state map from the [`key`] of a
//! name to a bearer, or to a list of them), `bearers` (those lists), `records` (the places, each of
//! the same size), `divisions` (the places that first and second divisions are), `names`.

pub(crate) mod key;
mod own;
mod pack;
mod record;

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fst::Map;
use fst::raw::Output;
use sayso_encode::FileBytes;
use sayso_reading::PlaceLevel;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use own::Own;
pub use pack::pack;
pub(crate) use record::Record;

const MAGIC: &[u8; 8] = b"SAYSOG01";
static BUILT_IN: &[u8] = include_bytes!("../../../../../data/gazetteer.bin");

/// Why a gazetteer cannot be used.
#[derive(Debug, Error)]
pub enum GazetteerError {
    /// The file cannot be opened.
    #[error("{}: cannot read the gazetteer ({cause}); check the path given with --gazetteer", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// It is none of ours.
    #[error(
        "{origin}: this is not a gazetteer of sayso; name one that `train/gazetteer` wrote, or leave --gazetteer out"
    )]
    Foreign {
        /// The file.
        origin: String,
    },
    /// Bytes are missing or changed.
    #[error("{origin}: the gazetteer is damaged ({what}); build it again with `train/gazetteer`")]
    Damaged {
        /// The file.
        origin: String,
        /// What does not fit.
        what: String,
    },
    /// A place in a table cannot be used.
    #[error("{file}, line {line}, column {column}: {reason}; correct the line or take it out")]
    Row {
        /// The table.
        file: String,
        /// Counted from 1.
        line: u64,
        /// The column's name.
        column: String,
        /// What is wrong.
        reason: String,
    },
    /// A table without a column that it needs.
    #[error(
        "{file}: the first line names no column `{column}`; it needs name, lat and lon, and may have aliases, country, admin1, level, radius_km"
    )]
    Column {
        /// The table.
        file: String,
        /// The missing column.
        column: &'static str,
    },
}

#[derive(Debug, Serialize, Deserialize)]
struct Header {
    /// SHA-256 of all behind the header.
    digest: String,
    places: usize,
    /// Lengths of the sections.
    keys: usize,
    bearers: usize,
    divisions: usize,
    countries: Vec<String>,
    codes: Vec<String>,
}

/// Goes before keys in which the ways of turning Arabic into Latin letters are one.
const LOOSE: char = '\u{1}';

/// By what name a place is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameKind {
    /// Its own.
    Main,
    /// Another.
    Other,
    /// An abbreviation that counts only behind a comma: "Fresno, CA".
    BehindComma,
    /// Its people, or its adjective.
    Demonym,
}

impl NameKind {
    const fn from_bits(bits: u64) -> Self {
        match bits & 3 {
            0 => Self::Main,
            1 => Self::Other,
            2 => Self::BehindComma,
            _ => Self::Demonym,
        }
    }
}

/// A place of the gazetteer, by its index; the user's own stand behind the others.
pub(crate) type Index = u32;

/// Places by their names; cheap to clone.
#[derive(Clone)]
pub struct Gazetteer {
    /// None where there is nothing but the user's places.
    file: Option<Arc<File>>,
    own: Arc<Own>,
}

impl Default for Gazetteer {
    /// The gazetteer that the program brings with it.
    fn default() -> Self {
        // a test holds that the one in the checkout is sound
        Self::built_in().unwrap_or_else(|_| Self {
            file: None,
            own: Arc::default(),
        })
    }
}

/// The mapped file.
struct File {
    keys: Map<Section>,
    bytes: Arc<FileBytes>,
    header: Header,
    /// Where the sections behind the keys start.
    bearers: usize,
    records: usize,
    divisions: usize,
    names: usize,
}

/// A section of a mapped file.
struct Section {
    bytes: Arc<FileBytes>,
    range: Range<usize>,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        let all: &[u8] = (*self.bytes).as_ref();
        all.get(self.range.clone()).unwrap_or_default()
    }
}

impl fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (all, own) = (self.places(), self.own.len());
        write!(f, "Gazetteer({all} places and {own} of the user's)")
    }
}

impl File {
    fn new(bytes: FileBytes, origin: &str, check: bool) -> Result<Self, GazetteerError> {
        let damaged = |what: &str| GazetteerError::Damaged {
            origin: origin.to_owned(),
            what: what.to_owned(),
        };
        let data: &[u8] = bytes.as_ref();
        if data.get(..8) != Some(MAGIC.as_slice()) {
            return Err(GazetteerError::Foreign {
                origin: origin.to_owned(),
            });
        }
        let short = || damaged("it ends within the header");
        let length: [u8; 4] = data
            .get(8..12)
            .and_then(|b| b.try_into().ok())
            .ok_or_else(short)?;
        let payload = 12 + u32::from_le_bytes(length) as usize;
        let header = data.get(12..payload).ok_or_else(short)?;
        let header: Header =
            serde_json::from_slice(header).map_err(|e| damaged(&format!("header: {e}")))?;
        if check && hex(&Sha256::digest(data.get(payload..).unwrap_or_default())) != header.digest {
            return Err(damaged("its SHA-256 is not the one that it names"));
        }
        let bearers = payload.saturating_add(header.keys);
        let records = bearers.saturating_add(header.bearers);
        let divisions = records.saturating_add(header.places.saturating_mul(record::SIZE));
        let names = divisions.saturating_add(header.divisions.saturating_mul(4));
        if names > data.len() {
            return Err(damaged("it is too short"));
        }
        let bytes = Arc::new(bytes);
        let section = Section {
            bytes: Arc::clone(&bytes),
            range: payload..bearers,
        };
        let keys = Map::new(section).map_err(|e| damaged(&format!("keys: {e}")))?;
        Ok(Self {
            keys,
            bytes,
            header,
            bearers,
            records,
            divisions,
            names,
        })
    }

    fn get(&self, from: usize, length: usize) -> Option<&[u8]> {
        let all: &[u8] = (*self.bytes).as_ref();
        all.get(from..from.checked_add(length)?)
    }

    fn number(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.get(at, 4)?.try_into().ok()?))
    }

    /// The places that a value of the keys stands for.
    fn bearers(&self, value: u64) -> impl Iterator<Item = (Index, NameKind)> + '_ {
        let (start, count) = ((value >> 17) as usize, (value >> 1 & 0xffff) as usize);
        let single = (value & 1 == 0).then_some(value >> 1);
        let listed = (0..if value & 1 == 1 { count } else { 0 })
            .map_while(move |i| self.number(self.bearers + (start + i) * 4))
            .map(u64::from);
        single
            .into_iter()
            .chain(listed)
            .map(|b| ((b >> 2) as Index, NameKind::from_bits(b)))
    }
}

impl Gazetteer {
    /// The gazetteer that the program brings with it.
    ///
    /// # Errors
    /// [`GazetteerError::Damaged`] where the build embedded something else.
    pub fn built_in() -> Result<Self, GazetteerError> {
        let bytes = FileBytes::from_static(BUILT_IN);
        // these bytes were checked when the program was built and tested
        Ok(Self::of(File::new(bytes, "built-in gazetteer", false)?))
    }

    /// Maps a gazetteer's file.
    ///
    /// # Errors
    /// [`GazetteerError`] for a file that cannot be read, is none of ours, or is damaged.
    pub fn open(path: &Path) -> Result<Self, GazetteerError> {
        let bytes = FileBytes::open(path).map_err(|cause| GazetteerError::Unreadable {
            path: path.to_owned(),
            cause,
        })?;
        Ok(Self::of(File::new(
            bytes,
            &path.display().to_string(),
            true,
        )?))
    }

    fn of(file: File) -> Self {
        Self {
            file: Some(Arc::new(file)),
            own: Arc::default(),
        }
    }

    /// This gazetteer and the places of a CSV file, which go before all others of their names.
    ///
    /// # Errors
    /// [`GazetteerError`] with file, line, column and reason.
    pub fn with_own(&self, csv: &str, file: &str) -> Result<Self, GazetteerError> {
        let own = own::extended(self, csv, file)?;
        Ok(Self {
            file: self.file.clone(),
            own: Arc::new(own),
        })
    }

    /// How many places the file holds; the user's are numbered from here on.
    fn places(&self) -> usize {
        self.file.as_ref().map_or(0, |f| f.header.places)
    }

    /// The places that a key names; where the user has some, those alone.
    pub(crate) fn bearers(&self, key: &str) -> Vec<(Index, NameKind)> {
        if let Some(own) = self.own.get(key) {
            let base = self.places() as Index;
            return own.iter().map(|&i| (base + i, NameKind::Main)).collect();
        }
        let file = self.file.as_ref();
        file.and_then(|f| Some(f.bearers(f.keys.get(key.as_bytes())?).collect()))
            .unwrap_or_default()
    }

    /// The places that a name means whose letters were turned from Arabic or Persian another way.
    pub(crate) fn transliterated(&self, loose: &str) -> Vec<(Index, NameKind)> {
        self.bearers(&format!("{LOOSE}{loose}"))
    }

    /// A walk along keys, word by word.
    pub(crate) fn walk(&self) -> Walk<'_> {
        Walk {
            gazetteer: self,
            at: self
                .file
                .as_ref()
                .map(|f| (f.keys.as_fst().root().addr(), Output::zero())),
            key: String::new(),
        }
    }

    /// Whether the user put a place there.
    pub(crate) fn is_own(&self, index: Index) -> bool {
        index as usize >= self.places()
    }

    /// A place without its name.
    pub(crate) fn record(&self, index: Index) -> Option<Record> {
        if let Some(own) = (index as usize).checked_sub(self.places()) {
            return self.own.record(own);
        }
        let file = self.file.as_ref()?;
        Record::read(file.get(file.records + index as usize * record::SIZE, record::SIZE)?)
    }

    /// A place's own name.
    pub(crate) fn name(&self, index: Index) -> &str {
        if let Some(own) = (index as usize).checked_sub(self.places()) {
            return self.own.name(own);
        }
        let name = self.record(index).and_then(|record| {
            let file = self.file.as_ref()?;
            let at = file.names + record.name as usize;
            let length = *file.get(at, 1)?.first()?;
            std::str::from_utf8(file.get(at + 1, usize::from(length))?).ok()
        });
        name.unwrap_or_default()
    }

    /// The countries of a place, as ISO 3166-1 codes of two letters; empty for seas.
    pub(crate) fn countries(&self, record: &Record) -> impl Iterator<Item = &str> {
        let own = self.own.country(record.country);
        let file = self.file.as_ref();
        let countries = file.and_then(|f| f.header.countries.get(usize::from(record.country)));
        own.or(countries.map(String::as_str))
            .unwrap_or_default()
            .split('|')
            .filter(|c| !c.is_empty())
    }

    /// The first division that a place lies in, as a place.
    pub(crate) fn division(&self, record: &Record) -> Option<Index> {
        let file = self.file.as_ref()?;
        let place = file.number(file.divisions + usize::from(record.admin1?) * 4)?;
        (place != Index::MAX).then_some(place)
    }

    /// The GeoNames feature code of a place: "PPLC", "AIRB".
    pub(crate) fn code(&self, record: &Record) -> &str {
        let file = self.file.as_ref();
        let code = file.and_then(|f| f.header.codes.get(usize::from(record.code)));
        code.map_or("", String::as_str)
    }
}

/// A walk along the keys of a gazetteer: which beginnings of some words are names.
pub(crate) struct Walk<'g> {
    gazetteer: &'g Gazetteer,
    /// Where it is in the file's map; `None` once no key goes on this way.
    at: Option<(usize, Output)>,
    /// The key so far, where the user has places too.
    key: String,
}

impl Walk<'_> {
    /// Goes on by a part of a key; whether any key may still go this way.
    pub(crate) fn go(&mut self, part: &str) -> bool {
        let file = self.gazetteer.file.as_ref();
        for &byte in part.as_bytes() {
            self.at = self.at.and_then(|(address, so_far)| {
                let keys = file?.keys.as_fst();
                let node = keys.node(address);
                let step = node.transition(node.find_input(byte)?);
                Some((step.addr, so_far.cat(step.out)))
            });
        }
        let own = self.gazetteer.own.len() > 0;
        if own {
            self.key.push_str(part);
        }
        own || self.at.is_some()
    }

    /// The places that the key so far names.
    pub(crate) fn bearers(&self) -> Vec<(Index, NameKind)> {
        if self.gazetteer.own.get(&self.key).is_some() {
            return self.gazetteer.bearers(&self.key);
        }
        let (Some(file), Some((address, so_far))) = (&self.gazetteer.file, self.at) else {
            return Vec::new();
        };
        let node = file.keys.as_fst().node(address);
        if !node.is_final() {
            return Vec::new();
        }
        let value = so_far.cat(node.final_output()).value();
        file.bearers(value).collect()
    }
}

fn level_named(word: &str) -> Option<PlaceLevel> {
    PlaceLevel::ALL.iter().copied().find(|l| l.as_str() == word)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}
