//! A pack to begin with: one small exercise, whole and proved.

use std::io;
use std::path::Path;

use super::{atomic, embedded};

const FOLDER: &str = "src/exercise/template";

/// Writes it into a folder, and names the files.
///
/// # Errors
/// When the folder cannot be written to.
pub fn write(folder: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    for (path, text) in embedded::under(FOLDER) {
        let file = path.strip_prefix(FOLDER).unwrap_or(path).trim_start_matches('/');
        atomic::refresh(&folder.join(file), text)?;
        files.push(file.to_string());
    }
    Ok(files)
}
