//! What must not outlive this process: temporary folders, and processes that it has started.
//!
//! A folder goes when it is dropped. A process that a signal ends drops nothing: whoever catches
//! signals calls [`interrupted`] first.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A process that was told to end has so long for it.
const PATIENCE: Duration = Duration::from_secs(2);

static FOLDERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
static PROCESSES: Mutex<Vec<u32>> = Mutex::new(Vec::new());
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

fn lock<T>(list: &'static Mutex<Vec<T>>) -> MutexGuard<'static, Vec<T>> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A temporary folder that goes away when it is dropped, and when this process is interrupted.
#[derive(Debug)]
pub struct Folder(Option<tempfile::TempDir>);

impl Folder {
    /// A new folder for temporary files, whose name begins so.
    ///
    /// # Errors
    /// When none can be made: the error says where.
    pub fn new(prefix: &str) -> io::Result<Folder> {
        Folder::inside(&std::env::temp_dir(), prefix)
    }

    /// As [`Folder::new`], in a folder that is there.
    ///
    /// # Errors
    /// When none can be made: the error says where.
    pub fn inside(folder: &Path, prefix: &str) -> io::Result<Folder> {
        // Made and noted in one: whoever is interrupted between the two would leave it.
        let mut folders = lock(&FOLDERS);
        if INTERRUPTED.load(SeqCst) {
            drop(folders);
            go_on();
            return Folder::inside(folder, prefix);
        }
        let folder = tempfile::Builder::new().prefix(prefix).tempdir_in(folder)?;
        folders.push(folder.path().to_path_buf());
        Ok(Folder(Some(folder)))
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.0.as_ref().map_or(Path::new(""), |folder| folder.path())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let Some(folder) = self.0.take() else { return };
        let path = folder.path().to_path_buf();
        // It is noted until it is gone.
        drop(folder);
        lock(&FOLDERS).retain(|other| *other != path);
    }
}

/// A process that is told to end when this one is interrupted, as long as this lives: until it has
/// been waited for.
#[derive(Debug)]
pub struct Ends(u32);

impl Ends {
    /// Of the process with this number.
    pub fn with_us(process: u32) -> Ends {
        lock(&PROCESSES).push(process);
        Ends(process)
    }
}

impl Drop for Ends {
    fn drop(&mut self) {
        go_on();
        let mut processes = lock(&PROCESSES);
        let mine = processes.iter().position(|process| *process == self.0);
        mine.map(|mine| processes.swap_remove(mine));
    }
}

/// Returns, unless this process is interrupted: then it is about to end, and whoever asks has nothing
/// to say any more.
pub fn go_on() {
    while INTERRUPTED.load(SeqCst) {
        std::thread::park();
    }
}

/// Ends every process that was started here and removes every temporary folder. Whoever handles a
/// signal that ends this process calls it before that.
pub fn interrupted() {
    INTERRUPTED.store(true, SeqCst);
    // Nobody lets go of one from now on: their numbers are still theirs.
    let processes = std::mem::take(&mut *lock(&PROCESSES));
    end(processes);
    for folder in std::mem::take(&mut *lock(&FOLDERS)) {
        remove(&folder);
    }
}

/// Removes a folder, in which somebody may still write something.
fn remove(folder: &Path) {
    let began = Instant::now();
    while std::fs::remove_dir_all(folder).is_err() && folder.exists() {
        if began.elapsed() > PATIENCE {
            // What is left of it harms nobody.
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(unix)]
fn end(mut processes: Vec<u32>) {
    for process in &processes {
        super::signal::send(*process, libc::SIGTERM);
        super::signal::send(*process, libc::SIGCONT);
    }
    let began = Instant::now();
    while !processes.is_empty() && began.elapsed() < PATIENCE {
        // Safety: a call without a pointer, for a child of this process.
        let runs = |process: &u32| unsafe {
            libc::waitpid(*process as libc::pid_t, std::ptr::null_mut(), libc::WNOHANG) == 0
        };
        processes.retain(runs);
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Children end when their stdin closes.
#[cfg(not(unix))]
fn end(_: Vec<u32>) {
    let _ = (Instant::now(), PATIENCE);
}
