//! Files that are there whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::careful;

/// Writes a file so that whoever reads it, at any time and after any interruption, finds the old
/// text or the new one.
///
/// # Errors
/// When there is no room or no permission; the old file is then untouched.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    put(path, text.as_bytes(), true)?;
    // The new name, too, survives a loss of power, where folders can be synchronised.
    #[cfg(unix)]
    fs::File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}

fn put(path: &Path, text: &[u8], synchronised: bool) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    #[cfg_attr(not(unix), allow(unused_mut))]
    let mut builder = tempfile::Builder::new();
    // A file like any other, and not one for its owner alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.prefix(".racelab-").tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text)?;
    if synchronised {
        file.as_file().sync_all()?;
    }
    file.persist(path)?;
    Ok(())
}

/// As [`write`], for what can be written again: it does not wait for the disk. A file that has this
/// text already stays, and with it its time, so that nothing is compiled anew. Says whether it was
/// written.
pub(super) fn refresh(path: &Path, text: impl AsRef<[u8]>) -> io::Result<bool> {
    let text = text.as_ref();
    if careful::read(path, text.len() as u64).is_ok_and(|old| old == text) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    put(path, text, false)?;
    Ok(true)
}
