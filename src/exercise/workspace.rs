//! The folder a student works in: a Cargo project with one file an exercise, and beside it, out of
//! sight, the library, the judges and the pack.
//!
//! `exercises/NAME.rs` is the student's; `kept/` has copies of what was reset; `progress.txt` says
//! how far they are; `.racelab/` is written by racelab alone, anew whenever it differs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::class::secret;
use super::pack::{self, Exercise, Pack, Refused};
use super::{atomic, careful, embedded, manifest, vendor};

/// A folder with exercises.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Where it lies.
    pub root: PathBuf,
    /// What is in it.
    pub pack: Pack,
}

/// What is noted of a workspace when it is written.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    /// The version of racelab that wrote it.
    racelab: String,
    /// A hash of the library that it was written with.
    library: String,
    /// The pack's name.
    pack: String,
    /// Whether the pack is the course's own, which is not copied.
    builtin: bool,
}

/// Why there is no workspace to work in.
#[derive(Debug)]
pub enum Unfit {
    /// Neither this folder nor one around it is one.
    None(PathBuf),
    /// Another racelab wrote it.
    OtherVersion {
        /// Where the workspace lies.
        root: PathBuf,
        /// What wrote it, and what this is.
        versions: [String; 2],
    },
    /// Its copy of the pack is wrong.
    Pack(PathBuf, Refused),
    /// It leads elsewhere, is built otherwise, or something in it is no file: what, and what to do.
    LeadsAway(String),
    /// Something cannot be read.
    Unreadable(anyhow::Error),
}

/// What writing a workspace did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Exercises whose file is new.
    pub new: Vec<String>,
    /// Exercises whose start has changed since they were written, and which were edited: left.
    pub left: Vec<String>,
}

/// A student's file is never longer, in bytes.
const LONGEST: u64 = 1 << 20;
const NOTE: &str = ".racelab/workspace.toml";

fn this_version() -> (String, String) {
    (env!("CARGO_PKG_VERSION").to_string(), embedded::hash())
}

impl Workspace {
    /// The workspace that `from` lies in.
    ///
    /// # Errors
    /// Why there is none to work in.
    pub fn find(from: &Path) -> Result<Workspace, Unfit> {
        let from = from.canonicalize().map_err(|error| {
            Unfit::Unreadable(anyhow::Error::from(error).context(from.display().to_string()))
        })?;
        let mut around = from.ancestors();
        let Some(root) = around.find(|folder| folder.join(NOTE).is_file()) else {
            return Err(Unfit::None(from));
        };
        let away = careful::leads_away(root).or_else(|| vendor::builds_otherwise(root));
        if let Some(why) = away {
            return Err(Unfit::LeadsAway(why));
        }
        let note = note(root).map_err(Unfit::Unreadable)?;
        let (version, library) = this_version();
        if note.racelab != version || note.library != library {
            let told = |version: &str, library: &str| {
                format!("racelab {version} (library {})", library.get(..8).unwrap_or(library))
            };
            let versions = [told(&note.racelab, &note.library), told(&version, &library)];
            return Err(Unfit::OtherVersion { root: root.to_path_buf(), versions });
        }
        let pack = match note.builtin {
            true => pack::builtin(),
            false => pack::folder(&root.join(".racelab/pack")),
        };
        let pack = pack.map_err(|refused| Unfit::Pack(root.to_path_buf(), refused))?;
        Ok(Workspace { root: root.to_path_buf(), pack })
    }

    /// Writes a workspace into a folder that is new, empty, or a workspace of the same pack: then
    /// what racelab wrote is brought up to date, and what a student wrote stays.
    ///
    /// # Errors
    /// When the folder holds something else, or cannot be written to.
    pub fn write(root: &Path, pack: Pack, builtin: bool) -> anyhow::Result<(Workspace, Written)> {
        fs::create_dir_all(root).with_context(|| format!("cannot make {}", root.display()))?;
        let root = root.canonicalize()?;
        if root.join(NOTE).is_file() {
            if let Some(why) = careful::leads_away(&root) {
                return Err(Occupied(why).into());
            }
            let old = note(&root)?;
            if old.pack != pack.name {
                return Err(Occupied(format!(
                    "{} has the exercises of the pack {}: give {} a folder of its own",
                    root.display(),
                    old.pack,
                    pack.name
                ))
                .into());
            }
        } else if fs::read_dir(&root)?.next().is_some() {
            return Err(Occupied(format!(
                "{} is not empty, and no racelab workspace: name a new folder",
                root.display()
            ))
            .into());
        }
        let workspace = Workspace { root, pack };
        let written = workspace.write_all(builtin).context("cannot write the workspace")?;
        Ok((workspace, written))
    }

    fn write_all(&self, builtin: bool) -> io::Result<Written> {
        let (racelab, library) = this_version();
        let note = Note { racelab, library, pack: self.pack.name.clone(), builtin };
        // First: a workspace that was interrupted while it was written is one.
        let text = toml::to_string(&note).map_err(io::Error::other)?;
        atomic::refresh(&self.root.join(NOTE), &text)?;
        if !builtin {
            self.pack.write(&self.root.join(".racelab/pack"))?;
        }
        write_library(&self.root, &self.pack)?;
        atomic::refresh(&self.root.join(".gitignore"), "/target\n")?;
        let mut written = Written::default();
        for exercise in &self.pack.exercises {
            self.write_exercise(exercise, &mut written)?;
        }
        Ok(written)
    }

    /// A file that was not edited follows the pack; one that was is the student's.
    fn write_exercise(&self, exercise: &Exercise, written: &mut Written) -> io::Result<()> {
        self.prepare(exercise)?;
        let file = self.file(exercise);
        let start = self.root.join(".racelab/start").join(format!("{}.rs", exercise.stem()));
        let before = fs::read_to_string(&start).ok();
        let now = fs::read_to_string(&file).ok();
        let edited = now.is_some() && now != before;
        if now.is_none() {
            written.new.push(exercise.name.clone());
        }
        if !edited {
            atomic::refresh(&file, &exercise.start.text)?;
        } else if before.is_some_and(|before| before != exercise.start.text) {
            written.left.push(exercise.name.clone());
        }
        atomic::refresh(&start, &exercise.start.text)?;
        Ok(())
    }

    /// Writes the judge and the `main` of an exercise, if they are not as they must be: neither is
    /// the student's to edit. Names what was there and had been changed.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn prepare(&self, exercise: &Exercise) -> io::Result<Vec<String>> {
        let stem = exercise.stem();
        let judge = format!(".racelab/judge/{stem}_race.rs");
        let main = format!(".racelab/main/{stem}.rs");
        let specified = exercise.specification.as_ref();
        let texts =
            [(judge, exercise.judge.clone()), (main, manifest::main(&stem, specified.is_some()))];
        let specified =
            specified.map(|text| (format!(".racelab/judge/{stem}_spec.rs"), text.clone()));
        restored(&self.root, texts.into_iter().chain(specified))
    }

    /// Writes the library that exercises are compiled against, and the manifest, as they must be.
    /// Names what was there and had been changed.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn restore(&self) -> io::Result<Vec<String>> {
        write_library(&self.root, &self.pack)
    }

    /// The text of the student's file as it is now.
    ///
    /// # Errors
    /// When it is not there, is no file of at most 1 MiB, or cannot be read.
    pub fn text(&self, exercise: &Exercise) -> io::Result<Vec<u8>> {
        careful::read(&self.file(exercise), LONGEST)
    }

    /// The student's file.
    pub fn file(&self, exercise: &Exercise) -> PathBuf {
        self.root.join("exercises").join(format!("{}.rs", exercise.stem()))
    }

    /// Where the secret of the class is kept, if the workspace is one of a class.
    pub fn secret(&self) -> PathBuf {
        self.root.join(".racelab").join(secret::FILE)
    }

    /// Where progress is kept.
    pub fn progress(&self) -> PathBuf {
        self.root.join("progress.txt")
    }

    /// Writes the start again. What was there and edited is kept, and the name of the copy returned.
    ///
    /// # Errors
    /// When the copy or the start cannot be written; the file is then as it was.
    pub fn reset(&self, exercise: &Exercise) -> io::Result<Option<PathBuf>> {
        let file = self.file(exercise);
        let copy = match self.text(exercise) {
            Ok(text) if text == exercise.start.text.as_bytes() => return Ok(None),
            Ok(text) => Some(self.keep(exercise, &text)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        atomic::refresh(&file, &exercise.start.text)?;
        Ok(copy)
    }

    /// Copies a text into `kept/`, under a number that no copy has yet.
    fn keep(&self, exercise: &Exercise, text: &[u8]) -> io::Result<PathBuf> {
        let folder = self.root.join("kept");
        fs::create_dir_all(&folder)?;
        for number in 1.. {
            let path = folder.join(format!("{}-{number}.rs", exercise.stem()));
            // Two racelabs at once take two numbers.
            match fs::OpenOptions::new().write(true).create_new(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(mut file) => {
                    io::Write::write_all(&mut file, text)?;
                    file.sync_all()?;
                    return Ok(path);
                }
            }
        }
        unreachable!("there is always another number")
    }
}

/// Writes texts into a folder, each where its path says, and names what was there with another.
fn restored(root: &Path, texts: impl Iterator<Item = (String, String)>) -> io::Result<Vec<String>> {
    let mut changed = Vec::new();
    for (path, text) in texts {
        let file = root.join(&path);
        let there = file.exists();
        if atomic::refresh(&file, &text)? && there {
            changed.push(path);
        }
    }
    Ok(changed)
}

/// Writes what exercises are compiled against, and the manifest, into a folder. Names what was there
/// and had been changed.
pub(super) fn write_library(root: &Path, pack: &Pack) -> io::Result<Vec<String>> {
    if let Some(lock) = embedded::lock().filter(|_| !root.join("Cargo.lock").exists()) {
        atomic::refresh(&root.join("Cargo.lock"), lock)?;
    }
    let stems: Vec<String> = pack.exercises.iter().map(Exercise::stem).collect();
    let stems: Vec<&str> = stems.iter().map(String::as_str).collect();
    let library = embedded::library();
    let library =
        library.map(|(path, text)| (format!(".racelab/library/{path}"), text.to_string()));
    let manifest = ("Cargo.toml".to_string(), manifest::workspace(root, &stems));
    restored(root, library.chain([manifest]))
}

/// A folder that holds something else.
#[derive(Debug)]
pub struct Occupied(String);

impl std::fmt::Display for Occupied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Occupied {}

fn note(root: &Path) -> anyhow::Result<Note> {
    let path = root.join(NOTE);
    let text = careful::read(&path, LONGEST).with_context(|| format!("cannot read {NOTE}"))?;
    let text = String::from_utf8_lossy(&text);
    toml::from_str(&text)
        .with_context(|| format!("cannot understand {}: `racelab exercise start` in a new folder, and copy your files over", path.display()))
}
