//! Files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file so that whoever reads it, at any time and after any interruption, finds the old
/// text or the new one.
///
/// # Errors
/// When there is no room or no permission; the old file is then untouched.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    put(path, text, true)?;
    // The new name, too, survives a loss of power, where folders can be synchronised.
    #[cfg(unix)]
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}

fn put(path: &Path, text: &str, synchronised: bool) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let part = folder.join(format!(".{name}.{}", std::process::id()));
    let written = whole(&part, text, synchronised).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // Half a file is of no use, and its room may be needed.
        let _ = fs::remove_file(&part);
    }
    written
}

/// As [`write`], for what can be written again: it does not wait for the disk. A file that has this
/// text already stays, and with it its time, so that nothing is compiled anew. Says whether it was
/// written.
pub(super) fn refresh(path: &Path, text: &str) -> io::Result<bool> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    put(path, text, false)?;
    Ok(true)
}

fn whole(path: &Path, text: &str, synchronised: bool) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    if synchronised { file.sync_all() } else { Ok(()) }
}
