//! What was named on the command line becomes files, one at a time and in a fixed order.

use std::path::{Path, PathBuf};
use std::vec;

use glob::{MatchOptions, Paths, glob_with};
use walkdir::{DirEntry, WalkDir};

use crate::format::Format;
use crate::sidecar::Sidecars;
use crate::source::Source;
use crate::{LoadError, Origin};

/// One thing to read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input.
    Stream,
    /// A file.
    File(PathBuf),
}

/// The files that inputs stand for.
pub(crate) struct Inputs {
    named: vec::IntoIter<String>,
    pattern: Option<(String, Paths, bool)>,
    folder: Option<Folder>,
}

/// A folder that is being walked.
struct Folder {
    name: String,
    entries: Box<dyn Iterator<Item = walkdir::Result<DirEntry>> + Send>,
    found: bool,
}

impl Inputs {
    pub(crate) fn new(named: Vec<String>) -> Self {
        Self {
            named: named.into_iter(),
            pattern: None,
            folder: None,
        }
    }

    /// What one name stands for; `None` where it opened a folder or a pattern.
    fn open(&mut self, name: String) -> Option<Result<Input, LoadError>> {
        if name == "-" {
            return Some(Ok(Input::Stream));
        }
        let path = PathBuf::from(&name);
        if path.exists() {
            return self.open_path(path);
        }
        if !is_pattern(&name) {
            return Some(Err(LoadError::Missing { name }));
        }
        let options = MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            require_literal_leading_dot: true,
        };
        match glob_with(&name, options) {
            Ok(paths) => {
                self.pattern = Some((name, paths, false));
                None
            }
            Err(error) => Some(Err(LoadError::Pattern {
                pattern: name,
                reason: error.msg.to_owned(),
            })),
        }
    }

    fn open_path(&mut self, path: PathBuf) -> Option<Result<Input, LoadError>> {
        if !path.is_dir() {
            return Some(Ok(Input::File(path)));
        }
        let entries = WalkDir::new(&path)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
        let name = path.display().to_string();
        self.folder = Some(Folder {
            name,
            entries: Box::new(entries),
            found: false,
        });
        None
    }
}

impl Iterator for Inputs {
    type Item = Result<Input, LoadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(folder) = &mut self.folder {
                if let Some(found) = folder.next() {
                    return Some(found);
                }
                let ended = self.folder.take().filter(|folder| !folder.found);
                if let Some(Folder { name: folder, .. }) = ended {
                    return Some(Err(LoadError::NoTexts {
                        folder,
                        endings: Format::endings(),
                    }));
                }
            } else if let Some((_, paths, found)) = &mut self.pattern {
                if let Some(path) = paths.next() {
                    *found = true;
                    let opened = match path {
                        Ok(path) => self.open_path(path),
                        Err(error) => {
                            Some(Err(unreadable(error.path(), error.error().kind().into())))
                        }
                    };
                    if opened.is_some() {
                        return opened;
                    }
                } else if let Some((pattern, _, false)) = self.pattern.take() {
                    return Some(Err(LoadError::NoMatch { pattern }));
                }
            } else {
                let name = self.named.next()?;
                let opened = self.open(name);
                if opened.is_some() {
                    return opened;
                }
            }
        }
    }
}

impl Folder {
    fn next(&mut self) -> Option<Result<Input, LoadError>> {
        for entry in self.entries.by_ref() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    if is_read(&entry) {
                        self.found = true;
                        return Some(Ok(Input::File(entry.into_path())));
                    }
                }
                Err(error) => {
                    self.found = true;
                    let path = error.path().unwrap_or(Path::new(&self.name)).to_owned();
                    let looped = || std::io::Error::other("a link leads back to a folder above it");
                    return Some(Err(unreadable(
                        &path,
                        error.into_io_error().unwrap_or_else(looped),
                    )));
                }
            }
        }
        None
    }
}

fn unreadable(path: &Path, reason: std::io::Error) -> LoadError {
    LoadError::Unreadable {
        origin: Origin::file(&path.display().to_string()),
        reason,
    }
}

/// Whether a file in a folder is of a kind that is read. XML is looked at: most of it is not.
fn is_read(entry: &DirEntry) -> bool {
    match entry.file_name().to_str().and_then(Format::of_name) {
        Some(format) if format.is_open() => Source::of_file(entry.path(), Sidecars::default())
            .map_or(true, |source| !source.format.is_open()),
        named => named.is_some(),
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

pub(crate) fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?', '['])
}
