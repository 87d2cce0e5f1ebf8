//! A crate's own source: packed while the crate is built, unpacked where somebody needs it.
//!
//! What is packed is text: Rust, Markdown, TOML, JSON and the like. A pack is the files' paths and
//! texts as JSON, deflated.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use miniz_oxide::{deflate, inflate};

/// Text files, each as its path with `/` and its text, sorted by path.
pub type Files = Vec<(String, String)>;

/// The endings of files that are packed.
const KINDS: [&str; 5] = ["rs", "toml", "md", "json", "txt"];

/// A lock file, which lies at the root of a workspace: it may be named by every crate in it.
const LOCK: &str = "Cargo.lock";

/// For a build script: packs files and folders of the crate that is being built, named from its
/// root, into `source.bin` in cargo's folder for what a build makes. What is not there is left out.
///
/// The manifest is packed as it was written, also where cargo has put its own in its place.
///
/// # Panics
/// Outside of a build script, and where a file cannot be read or written: the build ends.
pub fn pack(names: &[&str]) {
    let folder = |name: &str| PathBuf::from(env::var_os(name).expect("cargo sets it"));
    let root = folder("CARGO_MANIFEST_DIR");
    let mut files = Files::new();
    for name in names {
        let path = match *name {
            LOCK => lock(&root),
            name => root.join(name),
        };
        println!("cargo::rerun-if-changed={}", path.display());
        match *name {
            LOCK => files.extend(fs::read_to_string(&path).map(|text| (LOCK.to_string(), text))),
            _ => collect(&root, &path, &mut files).unwrap_or_else(|why| panic!("{name}: {why}")),
        }
    }
    if let Ok(written) = fs::read_to_string(root.join("Cargo.toml.orig")) {
        let manifest = files.iter_mut().find(|file| file.0 == "Cargo.toml");
        *manifest.map_or(&mut String::new(), |file| &mut file.1) = written;
    }
    files.sort();
    files.dedup_by(|a, b| a.0 == b.0);
    let json = serde_json::to_vec(&files).expect("strings");
    let packed = deflate::compress_to_vec(&json, 9);
    fs::write(folder("OUT_DIR").join("source.bin"), packed).expect("cargo's folder can be written");
}

/// The lock file that cargo reads here: the crate's own, or that of the workspace around it.
fn lock(root: &Path) -> PathBuf {
    let mut locks = root.ancestors().map(|folder| folder.join(LOCK));
    locks.find(|path| path.is_file()).unwrap_or_else(|| root.join(LOCK))
}

/// The text files under `path`. Other crates inside it are not its own.
fn collect(root: &Path, path: &Path, files: &mut Files) -> io::Result<()> {
    if path.is_dir() {
        let mut inside: Vec<PathBuf> =
            fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        inside.sort();
        for path in inside {
            let other = path.is_dir() && path.join("Cargo.toml").is_file();
            if !other && path.file_name().is_none_or(|name| name != "target") {
                collect(root, &path, files)?;
            }
        }
    } else if path.is_file() && is_text(path) {
        let name = path.strip_prefix(root).expect("it lies under the root");
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        files.push((parts.join("/"), fs::read_to_string(path)?));
    }
    Ok(())
}

/// Whether it is text, by its name.
fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|ending| KINDS.iter().any(|kind| ending == *kind))
        || path.file_name().is_some_and(|name| {
            name == "Cargo.lock" || name.to_string_lossy().starts_with("LICENSE")
        })
}

/// What [`pack`] has packed.
///
/// # Panics
/// When it is something else.
pub fn unpack(packed: &[u8]) -> Files {
    let json = inflate::decompress_to_vec(packed).expect("it was packed by a build script");
    serde_json::from_slice(&json).expect("it was packed by a build script")
}

/// This crate's own source, which nobody packs.
pub const OWN: [(&str, &str); 2] =
    [("Cargo.toml", include_str!("Cargo.toml")), ("lib.rs", include_str!("lib.rs"))];
