//! WACZ: files of records in a zip file, with a list of pages and the hashes of all parts.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Read};
use std::sync::Arc;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::listed::Listed;
use super::volumes::Shared;
use super::{Captures, Place};
use crate::error::quotable;
use crate::format::Format;
use crate::source::Source;
use crate::zipped::Zip;
use crate::{LoadError, Loaded, Options, Origin};

const WHAT: &str = "WACZ archive";
const PAGES: &str = "pages/pages.jsonl";
const PACKAGE: &str = "datapackage.json";

/// The pages of a WACZ archive: those of its list where it has one, else all.
pub(crate) fn wacz(
    mut source: Source,
    options: Arc<Options>,
) -> Result<impl Iterator<Item = Result<Loaded, LoadError>> + Send, LoadError> {
    let origin = Origin::file(&source.name);
    let file = Shared::new(source.anywhere(options.limit)?);
    let mut zip = Zip::open(file.clone(), origin.clone(), WHAT)?;
    let mut names: Vec<String> = zip
        .names()
        .into_iter()
        .filter(|name| is_volume(name))
        .collect();
    names.sort_unstable();
    let mut notes = checked(&mut zip, &file, options.limit);
    // A list that cannot be unpacked is as good as none.
    let pages = zip.part(PAGES, options.limit).ok().flatten();
    let listed = pages.and_then(|pages| Listed::of(&pages));
    if listed.is_none() {
        notes.push("the archive lists no pages; all that it holds were taken".to_owned());
    }
    let mut volumes = Vec::new();
    for name in names {
        match zip.place(&name) {
            Some(place) => volumes.push((quotable(&name, LONGEST_NAME), place)),
            None => notes.push(format!(
                "{} of the archive cannot be unpacked and was not read",
                quotable(&name, LONGEST_NAME)
            )),
        }
    }
    if volumes.is_empty() {
        return Err(LoadError::Damaged {
            origin,
            what: WHAT,
            reason: "it holds no file of records under archive/".to_owned(),
        });
    }
    let place = Place {
        file: source.name,
        path: source.path,
        told: source.told,
    };
    let volumes = volumes
        .into_iter()
        .map(move |(name, place)| file.volume(name, place));
    Ok(Captures::new(place, options, volumes, listed, notes))
}

/// The longest name of a part that is repeated, in characters.
const LONGEST_NAME: usize = 80;

fn is_volume(name: &str) -> bool {
    name.starts_with("archive/") && Format::of_name(name) == Some(Format::Warc)
}

/// Notes on parts whose hashes are not those that the archive itself gives.
fn checked(zip: &mut Zip<Shared>, file: &Shared, limit: u64) -> Vec<String> {
    let package = zip.part(PACKAGE, limit).ok().flatten();
    let package = package.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let Some(package) = package else {
        return vec![format!(
            "the archive has no {PACKAGE} that can be read, so it could not be checked for changes"
        )];
    };
    let resources = package.get("resources").and_then(Value::as_array);
    let (mut wrong, mut unchecked) = (Vec::new(), Vec::new());
    // Each part is read once, however often it is listed.
    let mut done = BTreeSet::new();
    for resource in resources.into_iter().flatten() {
        let path = resource.get("path").and_then(Value::as_str);
        let Some(path) = path.filter(|path| done.insert(*path)) else {
            continue;
        };
        let name = || quotable(path, LONGEST_NAME);
        let told = resource
            .get("hash")
            .or_else(|| resource.pointer("/stats/hash"))
            .and_then(Value::as_str)
            .and_then(|hash| hash.strip_prefix("sha256:"));
        match (told, hash(zip, file, path, limit)) {
            (Some(told), Some(hash)) if told.eq_ignore_ascii_case(&hash) => {}
            (Some(_), Some(_)) => wrong.push(name()),
            (Some(_), None) if !zip.has(path) => wrong.push(format!("{} (missing)", name())),
            _ => unchecked.push(name()),
        }
    }
    let note = |names: &[String], told: &str| {
        let first = names.first()?;
        let more = match names.len() {
            1 => String::new(),
            more => format!(" and {} more", more - 1),
        };
        Some(format!("{first}{more} of the archive {told}"))
    };
    let wrong = note(
        &wrong,
        "is not what its list of hashes says: it was changed or damaged",
    );
    let unchecked = note(&unchecked, "could not be checked for changes");
    wrong.into_iter().chain(unchecked).collect()
}

/// The hash of a part; `None` where it cannot be told.
fn hash(zip: &mut Zip<Shared>, file: &Shared, name: &str, limit: u64) -> Option<String> {
    let place = zip.place(name)?;
    // What is not packed is as long as the file says; only what is can be a trap.
    let most = if place.packed { limit } else { place.length };
    let mut hasher = Hasher(Sha256::new());
    let mut part = file.part(place);
    let read = io::copy(&mut (&mut part).take(most), &mut hasher).ok()?;
    let mut rest = [0];
    let whole = read < most || matches!(part.read(&mut rest), Ok(0));
    whole.then(|| {
        let digest = hasher.0.finalize();
        digest.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    })
}

struct Hasher(Sha256);

impl io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
