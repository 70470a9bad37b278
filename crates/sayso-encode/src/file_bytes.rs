//! The bytes of a large file: in the program itself, or mapped.

use std::fs::File;
use std::io;
use std::path::Path;

use memmap2::Mmap;

/// Bytes that lie in the program or in a mapped file; never copied.
pub struct FileBytes(Place);

enum Place {
    Static(&'static [u8]),
    Mapped(Mmap),
}

impl FileBytes {
    /// Bytes of the program itself.
    #[must_use]
    pub const fn from_static(bytes: &'static [u8]) -> Self {
        Self(Place::Static(bytes))
    }

    /// Maps a file.
    ///
    /// # Errors
    /// What the system says where the file cannot be opened or mapped.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        // SAFETY: the map is read only, and whoever reads from it checks what it finds; a file that
        // another program shortens meanwhile ends this one by signal, as with any mapped file.
        #[allow(unsafe_code)]
        let map = unsafe { Mmap::map(&file) }?;
        Ok(Self(Place::Mapped(map)))
    }
}

impl AsRef<[u8]> for FileBytes {
    fn as_ref(&self) -> &[u8] {
        match &self.0 {
            Place::Static(bytes) => bytes,
            Place::Mapped(map) => map,
        }
    }
}
