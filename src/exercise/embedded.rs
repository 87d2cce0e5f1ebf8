//! The source of the crates that exercises are made of and compiled against, as it was compiled.

use std::sync::LazyLock;

use racelab_source::{Files, unpack};
use sha2::{Digest, Sha256};

/// The library that exercises are compiled against, from its own folder.
static LIBRARY: LazyLock<Files> = LazyLock::new(|| unpack(racelab::SOURCE));

/// The course, from its own folder.
static COURSE: LazyLock<Files> = LazyLock::new(|| unpack(racelab_demos::SOURCE));

/// Racelab's lock file, which the library's pack carries.
const LOCK: &str = "Cargo.lock";

/// A file of the course.
pub(crate) fn course(path: &str) -> Option<&'static str> {
    COURSE.iter().find(|file| file.0 == path).map(|file| file.1.as_str())
}

/// Every file of the course, as its path and its text.
pub(crate) fn all_of_course() -> impl Iterator<Item = (&'static str, &'static str)> {
    COURSE.iter().map(|(path, text)| (path.as_str(), text.as_str()))
}

/// Every file of the library, as its path and its text.
pub(crate) fn library() -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = LIBRARY.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    files.filter(|(path, _)| *path != LOCK)
}

/// Racelab's own lock file: what its build has downloaded is what exercises are built with.
pub(crate) fn lock() -> Option<&'static str> {
    LIBRARY.iter().find(|file| file.0 == LOCK).map(|file| file.1.as_str())
}

/// The files of a template, from its own folder: a `pack` to begin with, or a `demo`.
pub(crate) fn template(name: &str) -> impl Iterator<Item = (String, String)> {
    let folder = format!("template/{name}/");
    let inside =
        move |(path, text): (String, String)| Some((path.strip_prefix(&folder)?.to_string(), text));
    unpack(crate::SOURCE).into_iter().filter_map(inside)
}

/// A hash of the library and its lock file: two racelabs of one version may differ.
pub(crate) fn hash() -> String {
    let mut hash = Sha256::new();
    for (path, text) in LIBRARY.iter() {
        hash.update(format!("{path} {}\n{text}", text.len()));
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Every crate but the command's own, with paths from the root of the workspace.
pub(crate) fn crates() -> Files {
    let pack = |folder: &str, files: Files| {
        let folder = folder.to_string();
        files.into_iter().map(move |(path, text)| (format!("{folder}/{path}"), text))
    };
    let own = racelab_source::OWN.iter();
    let own = own.map(|(path, text)| (path.to_string(), text.to_string())).collect();
    let library = library().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    let packs = [
        ("src/lab", library),
        ("src/source", own),
        ("src/layout", unpack(racelab_layout::SOURCE)),
        ("src/exercise", unpack(crate::SOURCE)),
        ("demos", COURSE.clone()),
        ("demos/safe_map", unpack(racelab_demos::safe_map::SOURCE)),
    ];
    packs.into_iter().flat_map(|(folder, files)| pack(folder, files)).collect()
}
