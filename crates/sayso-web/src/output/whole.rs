//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::OutputError;

/// A file under way: written beside its place, and moved there when all of it is written.
///
/// Dropped before [`WholeFile::finish`], it leaves no trace. A device or pipe,
/// such as `/dev/null`, has no beside: it is written straight.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    /// Where the path leads: a link stays a link, the file that it points to is replaced.
    place: PathBuf,
    target: Target,
}

#[derive(Debug)]
enum Target {
    Beside(BufWriter<NamedTempFile>),
    Straight(BufWriter<File>),
}

impl WholeFile {
    /// Begins a file that is to stand at `path`.
    ///
    /// # Errors
    /// [`OutputError::Write`] where nothing can be written there.
    pub fn create(path: &Path) -> Result<Self, OutputError> {
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let target = open(&place).map_err(|cause| OutputError::write(path, cause))?;
        Ok(Self {
            path: path.to_owned(),
            place,
            target,
        })
    }

    /// Where the file is to stand.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the file in its place, safe on the disk.
    ///
    /// # Errors
    /// [`OutputError::Write`]; then nothing stands at the path that did not stand there before.
    pub fn finish(self) -> Result<(), OutputError> {
        let Self {
            path,
            place,
            target,
        } = self;
        put(target, &place).map_err(|cause| OutputError::write(&path, cause))
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.target {
            Target::Beside(file) => file.write(bytes),
            Target::Straight(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.target {
            Target::Beside(file) => file.flush(),
            Target::Straight(file) => file.flush(),
        }
    }
}

fn open(path: &Path) -> io::Result<Target> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => {
            let file = File::options().write(true).open(path)?;
            return Ok(Target::Straight(BufWriter::new(file)));
        }
        _ => {}
    }
    let mut builder = Builder::new();
    builder.prefix(".sayso-").suffix(".part");
    // Like any new file: what the user's mask leaves of reading and writing for all.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    Ok(Target::Beside(BufWriter::new(
        builder.tempfile_in(folder(path))?,
    )))
}

fn folder(path: &Path) -> &Path {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or_else(|| Path::new("."))
}

fn put(target: Target, place: &Path) -> io::Result<()> {
    match target {
        Target::Straight(file) => file.into_inner()?.flush(),
        Target::Beside(file) => {
            let file = file.into_inner()?;
            file.as_file().sync_all()?;
            file.persist(place)?;
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn a_file_appears_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"whole").unwrap();
        assert!(!path.exists());
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(entries(folder.path()), ["out.json"]);
    }

    #[test]
    fn a_file_given_up_leaves_what_stood_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        fs::write(&path, "old").unwrap();
        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(entries(folder.path()), ["out.json"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = WholeFile::create(&folder.path().join("none/out.json")).unwrap_err();
        assert!(error.to_string().contains("none/out.json"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let mut file = WholeFile::create(&link).unwrap();
        file.write_all(b"new").unwrap();
        file.finish().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"new");
    }
}
