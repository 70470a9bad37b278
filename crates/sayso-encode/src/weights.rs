//! The weights file: what training writes and the program loads.
//!
//! Layout: `SAYSOW01`, the header's length (u32, little endian), the header
//! (JSON), then sections at multiples of 64 bytes from the payload's start. The
//! header holds the payload's SHA-256, so a damaged file is noticed before use.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::FileBytes;

const MAGIC: &[u8; 8] = b"SAYSOW01";
const FORMAT: u32 = 1;

/// Why weights cannot be used.
#[derive(Debug, Error)]
pub enum WeightsError {
    /// The file cannot be opened or mapped.
    #[error("{}: cannot read the weights ({cause}); check the path given with --model", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// It is not a weights file at all.
    #[error(
        "{origin}: this is not a weights file of sayso; name one that `train/run` wrote, or leave --model out"
    )]
    Foreign {
        /// The file, or "built-in weights".
        origin: String,
    },
    /// It is one, of a format that this program does not know.
    #[error(
        "{origin}: weights of format {found}, this program reads format {FORMAT}; update sayso or train again"
    )]
    Version {
        /// The file, or "built-in weights".
        origin: String,
        /// The format found.
        found: u32,
    },
    /// Bytes are missing or changed.
    #[error("{origin}: the weights are damaged ({what}); copy the file again")]
    Damaged {
        /// The file, or "built-in weights".
        origin: String,
        /// What does not fit.
        what: String,
    },
}

#[derive(Deserialize)]
struct Header {
    format: u32,
    digest: String,
    sections: Vec<Section>,
    settings: serde_json::Value,
}

#[derive(Deserialize)]
struct Section {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    shape: Vec<usize>,
    offset: usize,
    length: usize,
}

/// A checked weights file; cheap to clone.
#[derive(Clone)]
pub struct Weights(Arc<Inner>);

struct Inner {
    bytes: FileBytes,
    origin: String,
    payload: usize,
    sections: FxHashMap<String, Section>,
    settings: serde_json::Value,
    digest: String,
}

impl Weights {
    /// The weights that lie in the program itself.
    ///
    /// # Errors
    /// [`WeightsError`] where the build embedded something else.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, WeightsError> {
        Self::check(FileBytes::from_static(bytes), "built-in weights".to_owned())
    }

    /// Maps a weights file.
    ///
    /// # Errors
    /// [`WeightsError`] for a file that cannot be read, is none of ours, or is damaged.
    pub fn open(path: &Path) -> Result<Self, WeightsError> {
        let bytes = FileBytes::open(path).map_err(|cause| WeightsError::Unreadable {
            path: path.to_owned(),
            cause,
        })?;
        Self::check(bytes, path.display().to_string())
    }

    fn check(bytes: FileBytes, origin: String) -> Result<Self, WeightsError> {
        let data = bytes.as_ref();
        let damaged = |what: &str| WeightsError::Damaged {
            origin: origin.clone(),
            what: what.to_owned(),
        };
        if data.get(..8) != Some(MAGIC.as_slice()) {
            return Err(WeightsError::Foreign { origin });
        }
        let length = data
            .get(8..12)
            .and_then(|b| b.try_into().ok())
            .map(u32::from_le_bytes);
        let payload = 12 + length.ok_or_else(|| damaged("it ends within the header"))? as usize;
        let header = data
            .get(12..payload)
            .ok_or_else(|| damaged("it ends within the header"))?;
        let header: Header =
            serde_json::from_slice(header).map_err(|e| damaged(&format!("header: {e}")))?;
        if header.format != FORMAT {
            return Err(WeightsError::Version {
                origin,
                found: header.format,
            });
        }
        let body = data.get(payload..).unwrap_or_default();
        let found = hex(&Sha256::digest(body));
        if found != header.digest {
            return Err(damaged(&format!(
                "SHA-256 of its content is {found}, not {}",
                header.digest
            )));
        }
        let digest = hex(&Sha256::new()
            .chain_update(&data[..payload])
            .chain_update(found.as_bytes())
            .finalize());
        let sections = header
            .sections
            .into_iter()
            .map(|s| (s.name.clone(), s))
            .collect();
        let settings = header.settings;
        Ok(Self(Arc::new(Inner {
            bytes,
            origin,
            payload,
            sections,
            settings,
            digest,
        })))
    }

    /// What names these weights in every reading: `sha256:` and the hash of header and payload digest.
    #[must_use]
    pub fn identity(&self) -> String {
        format!("sha256:{}", self.0.digest)
    }

    /// Thresholds, calibration and the like, as training wrote them.
    #[must_use]
    pub fn settings(&self) -> &serde_json::Value {
        &self.0.settings
    }

    /// An error about these weights, for what a reader finds missing in them.
    #[must_use]
    pub fn damaged(&self, what: impl Into<String>) -> WeightsError {
        WeightsError::Damaged {
            origin: self.0.origin.clone(),
            what: what.into(),
        }
    }

    /// A section's bytes.
    ///
    /// # Errors
    /// [`WeightsError::Damaged`] where there is no such section of that type.
    pub fn bytes(&self, name: &str, kind: &str) -> Result<&[u8], WeightsError> {
        let section = self.section(name, kind)?;
        let start = self.0.payload.checked_add(section.offset);
        let range = start.and_then(|s| Some(s..s.checked_add(section.length)?));
        let bytes = range.and_then(|r| self.0.bytes.as_ref().get(r));
        bytes.ok_or_else(|| self.damaged(format!("section {name} lies outside the file")))
    }

    /// A tensor of 32-bit floats of exactly this shape, row by row.
    ///
    /// # Errors
    /// [`WeightsError::Damaged`] where it is missing or of another shape.
    pub fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, WeightsError> {
        let bytes = self.shaped(name, "f32", shape)?;
        Ok(bytes
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            .collect())
    }

    /// A tensor of signed bytes of exactly this shape, as raw bytes.
    ///
    /// # Errors
    /// [`WeightsError::Damaged`] where it is missing or of another shape.
    pub fn signed(&self, name: &str, shape: &[usize]) -> Result<&[u8], WeightsError> {
        self.shaped(name, "i8", shape)
    }

    fn shaped(&self, name: &str, kind: &str, shape: &[usize]) -> Result<&[u8], WeightsError> {
        let section = self.section(name, kind)?;
        let bytes = self.bytes(name, kind)?;
        let size: usize = if kind == "f32" { 4 } else { 1 };
        if section.shape != shape
            || Some(bytes.len()) != shape.iter().try_fold(size, |n: usize, &s| n.checked_mul(s))
        {
            return Err(self.damaged(format!(
                "section {name} has shape {:?}, not {shape:?}",
                section.shape
            )));
        }
        Ok(bytes)
    }

    fn section(&self, name: &str, kind: &str) -> Result<&Section, WeightsError> {
        let section = self.0.sections.get(name).filter(|s| s.kind == kind);
        section.ok_or_else(|| self.damaged(format!("no section {name} of type {kind}")))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}
