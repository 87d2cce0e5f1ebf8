//! Files of a folder that somebody else may have made: read when they are files and no longer than
//! expected, and never written through a link.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// A workspace has no more entries of racelab's than this, and none lies deeper.
const ENTRIES: usize = 20_000;
const DEPTH: usize = 12;

/// Reads a file of at most so many bytes: neither a link, nor a pipe, nor a device.
///
/// # Errors
/// What is wrong with it, in words, where it is something else.
pub(super) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(OpenOptions::new().read(true), path)?;
    if file.metadata()?.len() > most {
        return Err(wrong(path, &format!("is longer than {} KiB", most >> 10)));
    }
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a file to lock it, and makes it if it is not there. Nothing is written to it.
///
/// # Errors
/// As [`read`].
pub(super) fn lock(path: &Path) -> io::Result<File> {
    open(OpenOptions::new().write(true).create(true).truncate(false), path)
}

fn open(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let link = || fs::symlink_metadata(path).is_ok_and(|about| about.file_type().is_symlink());
    // Looked at first, for a system without the flags; the flags, for what changes meanwhile.
    if link() {
        return Err(wrong(path, "is a link"));
    }
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, libc::O_NOFOLLOW | libc::O_NONBLOCK);
    let file = options.open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(wrong(path, "is no file")),
    }
}

fn wrong(path: &Path, why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, format!("{} {why}", path.display()))
}

/// What racelab reads and writes in the folder of a workspace, from its root.
const OURS: [&str; 10] = [
    ".racelab",
    "exercises",
    "kept",
    ".cargo",
    "progress.txt",
    ".progress.lock",
    "Cargo.toml",
    "Cargo.lock",
    ".gitignore",
    "target",
];

/// What in a workspace leads elsewhere, or is no file: whoever made it would have racelab read or
/// write there. `None` where all is as it should be.
pub(super) fn leads_away(root: &Path) -> Option<String> {
    let mut left = ENTRIES;
    OURS.iter().find_map(|name| {
        // What cargo makes is cargo's.
        let depth = if *name == "target" { 0 } else { DEPTH };
        looked_at(&root.join(name), depth, &mut left)
    })
}

fn looked_at(path: &Path, depth: usize, left: &mut usize) -> Option<String> {
    let about = fs::symlink_metadata(path).ok()?;
    let shown = path.display();
    if about.file_type().is_symlink() {
        let instead = match path.ends_with("target") {
            true => "; CARGO_TARGET_DIR names another folder to build in",
            false => "",
        };
        return Some(format!(
            "{shown} is a link, and racelab follows none in a workspace: remove it, or copy there \
             what it leads to{instead}"
        ));
    }
    let Some(fewer) = left.checked_sub(1) else {
        return Some(format!("{shown}: there are more than {ENTRIES} files around it"));
    };
    *left = fewer;
    if !about.is_dir() {
        let file = about.is_file();
        return (!file).then(|| format!("{shown} is no file, and no folder: remove it"));
    }
    if depth == 0 {
        return (!path.ends_with("target")).then(|| format!("{shown}: folders lie too deep"));
    }
    let entries = fs::read_dir(path).ok()?.flatten();
    entries.into_iter().find_map(|entry| looked_at(&entry.path(), depth - 1, left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_a_size_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("plain"), "text").expect("a file");
        assert_eq!(read(&at("plain"), 4).expect("it is read"), b"text");
        assert!(read(&at("plain"), 3).is_err_and(|error| error.to_string().contains("longer")));
        assert!(read(folder.path(), 99).is_err());
        lock(&at("plain")).expect("a lock");
        assert_eq!(fs::read(at("plain")).expect("it is there"), b"text", "a lock writes nothing");
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink(at("plain"), at("link")).expect("a link");
            symlink("/dev/zero", at("zero")).expect("a link");
            for link in ["link", "zero"] {
                assert!(read(&at(link), 99).is_err_and(|e| e.to_string().contains("is a link")));
                assert!(lock(&at(link)).is_err());
            }
            let made = std::process::Command::new("mkfifo").arg(at("pipe")).status();
            if made.is_ok_and(|status| status.success()) {
                assert!(read(&at("pipe"), 99).is_err_and(|e| e.to_string().contains("no file")));
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_anywhere_is_named() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().expect("a folder");
        let elsewhere = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(root.path().join(".racelab/library/rt")).expect("folders");
        assert_eq!(leads_away(root.path()), None);
        for name in ["kept", ".racelab/main", ".racelab/library/rt/x.rs", "target", "progress.txt"]
        {
            symlink(elsewhere.path(), root.path().join(name)).expect("a link");
            let why = leads_away(root.path()).expect("it is seen");
            assert!(why.contains(&format!("{name} is a link")), "{why}");
            fs::remove_file(root.path().join(name)).expect("it was there");
        }
    }
}
