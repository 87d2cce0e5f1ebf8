//! The bytes of a file, without a copy where the system can lend them.

use std::fmt::Display;
use std::fs::File;
use std::io::Read;
use std::ops::Deref;
use std::path::Path;

use memmap2::Mmap;

use crate::dwarf::Refusal;

/// The bytes of a whole file.
pub(super) enum Contents {
    /// Lent by the system, page by page as they are looked at.
    Mapped(Mmap),
    /// A copy, where the file system does not lend them.
    Copied(Vec<u8>),
}

impl Contents {
    /// The bytes of the file at `path`.
    pub(super) fn of(path: &Path) -> Result<Contents, Refusal> {
        let cannot =
            |why: &dyn Display| Refusal::usage(format!("cannot open {}: {why}", path.display()));
        let mut file = File::open(path).map_err(|error| cannot(&error))?;
        match file.metadata() {
            Ok(about) if about.is_dir() => return Err(cannot(&"it is a directory")),
            Ok(about) if !about.is_file() => return Err(cannot(&"it is a device or a pipe")),
            _ => {}
        }
        // Safety: nothing here writes to the file, and linkers and package managers put a new file
        // in the place of the old one, which stays as it is while it is mapped. Whoever cuts it short
        // in place meanwhile ends this process by a signal, as any debugger's.
        if let Ok(mapped) = unsafe { Mmap::map(&file) } {
            return Ok(Contents::Mapped(mapped));
        }
        let mut copy = Vec::new();
        file.read_to_end(&mut copy).map_err(|error| cannot(&error))?;
        Ok(Contents::Copied(copy))
    }
}

impl Deref for Contents {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Contents::Mapped(mapped) => mapped,
            Contents::Copied(copy) => copy,
        }
    }
}
