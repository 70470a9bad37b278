//! Archives of the web: WARC, and WACZ, which packs several of them with a list of their pages.

mod capture;
mod http;
mod listed;
mod records;
mod tally;
mod volumes;
mod wacz;

use std::collections::VecDeque;
use std::io::BufRead;
use std::iter;
use std::sync::Arc;

use self::capture::{Capture, Found, capture};
use self::listed::Listed;
use self::records::{Header, Records, Trouble};
use self::tally::Tally;
use self::volumes::Volume;
use crate::sidecar::Sidecars;
use crate::source::Source;
use crate::{LoadError, Loaded, Options, Origin};

pub(crate) use self::wacz::wacz;

/// The documents of a WARC file.
pub(crate) fn warc(
    source: Source,
    options: Arc<Options>,
) -> impl Iterator<Item = Result<Loaded, LoadError>> + Send {
    let place = Place {
        file: source.name,
        path: source.path,
        told: source.told,
    };
    let volume = Volume {
        name: None,
        packed: source.packed,
        reader: source.reader,
    };
    Captures::new(place, options, iter::once(volume), None, Vec::new())
}

/// The file that holds the archive.
struct Place {
    file: String,
    path: Option<String>,
    told: Sidecars,
}

impl Place {
    /// A record's place; in an archive of several files with the name of its own.
    fn record(&self, volume: Option<&str>, number: u64) -> Origin {
        let part = match volume {
            Some(name) => format!("{name}, record {number}"),
            None => format!("record {number}"),
        };
        Origin::part(&self.file, part)
    }
}

/// A file of the archive that is being read.
struct Open {
    records: Records<Box<dyn BufRead + Send>>,
    name: Option<String>,
    packed: bool,
}

/// The pages of an archive, one after the other.
struct Captures {
    place: Place,
    options: Arc<Options>,
    volumes: Box<dyn Iterator<Item = Volume> + Send>,
    open: Option<Open>,
    /// The pages that are asked for; all of them where there is no list.
    listed: Option<Listed>,
    /// What is to be said of every page.
    notes: Vec<String>,
    tally: Tally,
    /// What is said at the end.
    closing: Option<VecDeque<LoadError>>,
}

impl Captures {
    fn new(
        place: Place,
        options: Arc<Options>,
        volumes: impl Iterator<Item = Volume> + Send + 'static,
        listed: Option<Listed>,
        notes: Vec<String>,
    ) -> Self {
        Self {
            place,
            options,
            volumes: Box::new(volumes),
            open: None,
            listed,
            notes,
            tally: Tally::default(),
            closing: None,
        }
    }

    /// The next thing that comes out of the file that is open; `None` at its end.
    fn step(&mut self) -> Option<Result<Loaded, LoadError>> {
        let mut open = self.open.take()?;
        let found = self.step_in(&mut open);
        self.open = Some(open);
        found
    }

    fn step_in(&mut self, open: &mut Open) -> Option<Result<Loaded, LoadError>> {
        loop {
            let header = match open.records.next()? {
                Ok(header) => header,
                Err(trouble) => return Some(Err(told(&self.place, open, trouble))),
            };
            let origin = self.place.record(open.name.as_deref(), header.number);
            let records = &mut open.records;
            let found = match capture(&header, records, self.listed.as_mut(), &self.options) {
                Ok(found) => found,
                Err(trouble) => {
                    return Some(Err(trouble.told(origin, open.packed, &self.options)));
                }
            };
            match found {
                Found::Nothing => {}
                Found::Again(again) => {
                    let listed = self.listed.as_mut();
                    let wanted = listed.is_some_and(|list| list.has(&again.url));
                    self.tally.again(&again, wanted);
                }
                Found::Page(page) => {
                    if let Some(loaded) = self.document(*page, origin) {
                        return Some(loaded);
                    }
                }
            }
        }
    }

    /// The document of a capture; `None` where it was only counted.
    fn document(&mut self, page: Capture, origin: Origin) -> Option<Result<Loaded, LoadError>> {
        self.tally.seen(&page);
        let title = self.listed.as_ref().and_then(|list| list.title(&page.url));
        let url = page.url.clone();
        let raw = page.into_raw(&self.options, &origin);
        let loaded = raw.and_then(|mut raw| {
            raw.parts.path.clone_from(&self.place.path);
            raw.parts.notes.extend(self.notes.iter().cloned());
            if raw.parts.title.is_none() {
                raw.parts.title = title;
            }
            raw.fill(&self.place.told.folder);
            raw.assemble(origin)
        });
        match loaded {
            // An archive holds many pages that are no reports: one sentence tells of all of them.
            Err(LoadError::NoArticle { .. } | LoadError::Empty { .. }) => {
                self.tally.no_article(&url);
                None
            }
            loaded => Some(loaded),
        }
    }

    /// What is left to say when all was read.
    fn close(&self) -> VecDeque<LoadError> {
        let origin = Origin::file(&self.place.file);
        let listed = self.listed.as_ref();
        self.tally
            .sentences(&origin)
            .into_iter()
            .chain(listed.and_then(|list| list.missing(&origin)))
            .collect()
    }
}

impl Iterator for Captures {
    type Item = Result<Loaded, LoadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.closing.is_none() {
            if let Some(found) = self.step() {
                return Some(found);
            }
            self.open = self.volumes.next().map(|volume| Open {
                records: Records::new(volume.reader, volume.packed),
                name: volume.name,
                packed: volume.packed,
            });
            if self.open.is_none() {
                self.closing = Some(self.close());
            }
        }
        self.closing.as_mut()?.pop_front().map(Err)
    }
}

/// Trouble with a stream of records, as a sentence.
fn told(place: &Place, open: &Open, trouble: Trouble) -> LoadError {
    match trouble {
        Trouble::Lost(number) => LoadError::Record {
            origin: place.record(open.name.as_deref(), number + 1),
            reason: "where it should begin or say how long it is, there is something else"
                .to_owned(),
        },
        Trouble::Broken(reason) => {
            let origin = match &open.name {
                Some(name) => Origin::part(&place.file, name.clone()),
                None => Origin::file(&place.file),
            };
            broken(origin, open.packed, reason)
        }
    }
}

fn broken(origin: Origin, packed: bool, reason: std::io::Error) -> LoadError {
    if packed {
        LoadError::Gzip { origin, reason }
    } else {
        LoadError::Unreadable { origin, reason }
    }
}

/// Whether a record is of that type.
fn is(header: &Header, kind: &str) -> bool {
    header
        .fields
        .get("WARC-Type")
        .is_some_and(|other| other.eq_ignore_ascii_case(kind))
}
