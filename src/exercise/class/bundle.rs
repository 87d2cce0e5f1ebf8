//! A folder with all that a room without a network needs: binaries, source, crates, the book.
//!
//! `SHA256SUMS` is written last and lists every other file, so a bundle without it is not whole.
//! Written into a folder that is not empty, a bundle replaces what it wrote there before, and keeps
//! a copy of everything else that is in its way.

mod binary;
mod book;
mod folder;
mod source;

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::super::{Workspace, pack, vendor};
use super::secret::{self, Secret};
use folder::Folder;

/// What to put together.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The folder to put it into.
    pub folder: PathBuf,
    /// The program that runs now.
    pub program: PathBuf,
    /// Binaries for other platforms.
    pub add: Vec<PathBuf>,
    /// The output of mdbook, if it was built.
    pub book: Option<PathBuf>,
    /// The source of the command itself and the book, with paths from the root of the workspace.
    pub source: racelab_source::Files,
    /// Whether the folder may hold something already.
    pub force: bool,
}

/// What was put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundled {
    /// The binaries, from the folder.
    pub binaries: Vec<String>,
    /// How many crates were vendored.
    pub crates: usize,
    /// How many files there are.
    pub files: usize,
    /// Their bytes, all together.
    pub bytes: u64,
    /// Copies of files that were in the way.
    pub kept: Vec<String>,
    /// What is worth knowing.
    pub notes: Vec<String>,
}

/// Why nothing was put together, where whoever asked can mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The folder is not empty.
    Occupied(PathBuf),
    /// This is not what it should be: which, and why.
    Unfit(PathBuf, String),
    /// There is no cargo to copy crates with.
    NoCargo,
    /// The crates are neither here nor on the network.
    Crates(String),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refused::Occupied(folder) => write!(
                f,
                "{} is not empty: name a new folder, or `--force` writes into this one and keeps \
                 what is not its own",
                folder.display()
            ),
            Refused::Unfit(path, why) => write!(f, "{}: {why}", path.display()),
            Refused::NoCargo => f.write_str(
                "cargo copies the crates, and there is none on your path: https://rustup.rs \
                 installs it",
            ),
            Refused::Crates(why) => write!(
                f,
                "crates are copied from cargo's cache, or once from the network, and neither has \
                 them all:\n{why}"
            ),
        }
    }
}

impl std::error::Error for Refused {}

/// Puts it together. `step` is told what is done; crates may come from the network.
///
/// # Errors
/// A [`Refused`] before any file is written, or when the folder cannot be written to: then it is no
/// whole bundle.
pub fn bundle(wanted: &Wanted, step: &dyn Fn(&str)) -> anyhow::Result<Bundled> {
    let root = &wanted.folder;
    if root.is_file() {
        return Err(Refused::Unfit(root.clone(), "it is a file, not a folder".to_string()).into());
    }
    let occupied = root.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if occupied && !wanted.force {
        return Err(Refused::Occupied(root.clone()).into());
    }
    step("binaries");
    let binaries = binary::read(&wanted.program, &wanted.add)?;
    let built = wanted.book.as_deref().map(book::built).transpose()?;
    step("crates: from cargo's cache, or once from the network");
    let temporary = racelab::trial::folder::Folder::new("racelab-bundle-")
        .context("no folder for temporary files can be made")?;
    // First: whether there can be a folder at all is known at once, and crates take their time.
    let mut folder = Folder::open(root)?;
    let source = source::workspace(&wanted.source);
    let crates = crates(temporary.path(), &source)?;

    let mut bundled = Bundled::default();
    for binary in &binaries {
        let path = format!("bin/{}", binary.name);
        folder.put_program(&path, &binary.bytes)?;
        bundled.binaries.push(path);
        bundled.notes.extend(binary.note.clone());
    }
    step("source and book");
    for (path, text) in source::files(&source).into_iter().chain(book::chapters(&source)) {
        folder.put(&path, text.as_bytes())?;
    }
    for (path, from) in built.into_iter().flatten() {
        folder.copy(&path, &from)?;
    }
    step("crates");
    for (path, from) in folder::files(&crates)? {
        folder.copy(&format!("vendor/{path}"), &from)?;
    }
    bundled.crates = crates.read_dir()?.count();
    // The class may have begun with one.
    let secret = Secret::read(&root.join(secret::FILE)).unwrap_or_default();
    folder.put(secret::FILE, secret.text().as_bytes())?;
    folder.put("START.txt", start(&bundled.binaries).as_bytes())?;
    folder.close(&mut bundled)?;
    Ok(bundled)
}

/// Every crate that racelab and its exercises need, in a folder.
fn crates(temporary: &Path, source: &racelab_source::Files) -> anyhow::Result<PathBuf> {
    let root = temporary.join("source");
    for (path, text) in source::files(source) {
        let file = temporary.join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(temporary))?;
        std::fs::write(file, text.as_bytes())?;
    }
    // The bundle's source says that its crates are vendored already: here they are not yet.
    std::fs::remove_dir_all(root.join(".cargo"))?;
    let workspace = Workspace { root, pack: pack::builtin()? };
    vendor::copy(&workspace).map_err(|error| {
        let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
        match io.is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
            true => Refused::NoCargo,
            false => Refused::Crates(format!("{error:#}")),
        }
    })?;
    Ok(workspace.root.join("vendor"))
}

/// What to type on each platform.
fn start(binaries: &[String]) -> String {
    let mut text = String::from(
        "racelab: concurrency bugs made visible, understandable and provably gone\n\n\
         All that a room without a network needs. To mend exercises a laptop needs Rust\n\
         and a C linker besides; demos and lessons need nothing but a binary.\n\n\
         1. Type, in a terminal in this folder:\n\n",
    );
    for binary in binaries {
        let (name, typed) = match binary.ends_with(".exe") {
            true => ("Windows", binary.replace('/', "\\")),
            false if binary.contains("macos") => ("macOS", format!("./{binary}")),
            false => ("Linux", format!("./{binary}")),
        };
        text += &format!("     {name:8}  {typed} class doctor --crates vendor\n");
    }
    text += "\n\
         \x20  It says GREEN, or RED and what to do. If a system refuses to start the file:\n\
         \x20  `chmod +x` it on Linux and macOS; on macOS also\n\
         \x20  `xattr -d com.apple.quarantine` it.\n\n\
         2. With the same binary, here called racelab:\n\n\
         \x20    racelab demo torn-header\n\
         \x20    racelab exercise start --crates vendor ../racelab-exercises\n\
         \x20    cd ../racelab-exercises\n\
         \x20    racelab exercise watch\n\
         \x20    racelab exercise handin --name \"what you want to be called\"\n\n\
         3. A platform without a binary here builds its own, in the folder source:\n\n\
         \x20    cargo build --release --offline\n\
         \x20    target/release/racelab class doctor --crates ../vendor\n\n\
         book/    the book, in Markdown; book/html where it was built\n\
         source/  racelab's own source and the lock file\n\
         vendor/  the crates that it and the exercises need\n\
         class-secret.txt  what the hand-ins of this class are signed with\n\n\
         Whether every file arrived: sha256sum -c SHA256SUMS\n\
         (macOS: shasum -a 256 -c SHA256SUMS)\n";
    text
}
