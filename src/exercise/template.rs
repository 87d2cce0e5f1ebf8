//! A pack to begin with: one small exercise, whole and proved.

use std::io;
use std::path::Path;

use super::{atomic, embedded};

/// Writes it into a folder, and names the files.
///
/// # Errors
/// When the folder cannot be written to.
pub fn write(folder: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    for (file, text) in embedded::template("pack") {
        atomic::refresh(&folder.join(&file), &text)?;
        files.push(file);
    }
    Ok(files)
}
