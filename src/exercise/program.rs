//! The program of one check: built from the texts that were read, and out of reach of every other
//! build.
//!
//! cargo takes a file for unchanged whose time says so, and gives all builds of a target folder one
//! place for a program of one name. So the program has a name of its own folder's, is built while
//! nobody else builds in that folder, from a text that cargo knows by its hash, and is copied away
//! before another build can replace it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use racelab::trial::folder::Folder;

use super::build::{self, Built, Failure, Message};
use super::class::checksum;
use super::{Exercise, Workspace, atomic, manifest};

/// A program that can be started, until this is dropped.
#[derive(Debug)]
pub struct Program {
    /// Where it lies.
    pub path: PathBuf,
    /// How long the build took, as a clock on the wall has it.
    pub took: Duration,
    /// What rustc warns of in the text.
    pub warnings: Vec<Message>,
    _folder: Folder,
    _held: File,
}

/// The file in a folder of a program that is locked for as long as somebody uses it.
const HELD: &str = "held";

/// Builds a student's file as it was read: the text, and not what is in the file by now. `step` is
/// told what cargo does.
///
/// # Errors
/// Why there is no program.
pub fn of_answer(
    workspace: &Workspace,
    exercise: &Exercise,
    text: &[u8],
    colour: bool,
    step: &(dyn Fn(&str) + Sync),
) -> Result<Program, Failure> {
    let stem = exercise.stem();
    let copy = || {
        let file = workspace.root.join(".racelab/marked").join(format!("{stem}.rs"));
        atomic::refresh(&file, text)?;
        workspace.prepare(exercise)
    };
    let specified = exercise.specification.as_deref().unwrap_or_default();
    let texts = [text, exercise.judge.as_bytes(), specified.as_bytes()];
    let built = of_texts(&workspace.root, &stem, &texts, copy, colour, step);
    built.map_err(|failure| match failure {
        Failure::Messages(messages) => {
            let (file, text) = (format!("exercises/{stem}.rs"), String::from_utf8_lossy(text));
            Failure::Messages(build::plainer(messages, (&file, &text), &exercise.start.text))
        }
        other => other,
    })
}

/// Builds the program `stem` of the folder `root` from these texts, once `write` has written them
/// there.
pub(super) fn of_texts<T>(
    root: &Path,
    stem: &str,
    texts: &[&[u8]],
    write: impl FnOnce() -> io::Result<T>,
    colour: bool,
    step: &(dyn Fn(&str) + Sync),
) -> Result<Program, Failure> {
    let kept = |error: io::Error| Failure::Missing(format!("nothing can be built: {error}"));
    let alone = alone(root).map_err(kept)?;
    write().map_err(kept)?;
    let name = manifest::program(root, stem);
    let hash =
        checksum::of(texts.iter().map(|text| checksum::of(text)).collect::<String>().as_bytes());
    let built = build::build(root, (&name, &hash), colour, step)?;
    let (folder, held) = copy(&built.program, &name).map_err(kept)?;
    drop(alone);
    let path = folder.path().join(built.program.file_name().unwrap_or_default());
    let Built { took, warnings, .. } = built;
    Ok(Program { path, took, warnings, _folder: folder, _held: held })
}

/// Waits until nobody else builds in this folder; until this is dropped nobody else does.
fn alone(root: &Path) -> io::Result<File> {
    let hidden = root.join(".racelab");
    fs::create_dir_all(&hidden)?;
    let mut open = File::options();
    let lock = open.write(true).create(true).truncate(false).open(hidden.join("build.lock"))?;
    lock.lock()?;
    Ok(lock)
}

/// Copies a program into a folder of its own beside it, where programs may run; a folder that was
/// left behind by somebody who was killed is removed.
fn copy(program: &Path, name: &str) -> io::Result<(Folder, File)> {
    let beside = program.parent().unwrap_or(Path::new("."));
    let prefix = format!(".{name}-");
    for entry in fs::read_dir(beside)?.flatten() {
        let left = entry.file_name().to_string_lossy().starts_with(&prefix);
        // Whoever uses one holds its lock; nobody else makes one meanwhile.
        if left && File::open(entry.path().join(HELD)).is_ok_and(|held| held.try_lock().is_ok()) {
            // It is tried again next time.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    let folder = Folder::inside(beside, &prefix)?;
    let held = File::create(folder.path().join(HELD))?;
    held.lock()?;
    fs::copy(program, folder.path().join(program.file_name().unwrap_or_default()))?;
    Ok((folder, held))
}
