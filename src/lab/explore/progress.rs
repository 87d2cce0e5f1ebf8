//! How far an exploration has come, written to a file now and then.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

struct Progress {
    file: PathBuf,
    last: Instant,
}

thread_local! {
    static PROGRESS: RefCell<Option<Progress>> = const { RefCell::new(None) };
}

/// Writes the number of executions to `file` from now on.
pub(crate) fn write_to(file: PathBuf) {
    PROGRESS.with(|progress| {
        *progress.borrow_mut() = Some(Progress { file, last: Instant::now() });
    });
}

/// Executions in this process, whichever worker ran them.
static EXECUTIONS: AtomicU64 = AtomicU64::new(0);

/// Some steps of an execution that may be long.
static STEPS: AtomicU64 = AtomicU64::new(0);

/// What changes for as long as executions go on: they come to their ends, or they perform something.
pub(crate) fn moved() -> u64 {
    EXECUTIONS.load(Relaxed) + STEPS.load(Relaxed)
}

/// So many threads of an engine are at work on what a long execution amounts to.
static AT_WORK: AtomicU64 = AtomicU64::new(0);

/// Whether an engine is at work: what takes long is then its own, and none of the scenario's.
pub(crate) fn engine_works() -> bool {
    AT_WORK.load(Relaxed) > 0
}

/// Of an execution of so many steps an engine may have much to think of.
const LONG: usize = 256;

/// An engine is at work, as long as this lives.
pub(crate) struct AtWork;

impl AtWork {
    /// Where an execution has so many steps that it may take long.
    pub(crate) fn on(steps: usize) -> Option<AtWork> {
        (steps >= LONG).then(|| {
            AT_WORK.fetch_add(1, Relaxed);
            AtWork
        })
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        AT_WORK.fetch_sub(1, Relaxed);
    }
}

/// Takes note of a step, every now and then.
pub(crate) fn step() {
    STEPS.fetch_add(1, Relaxed);
}

/// Counts an execution.
pub(crate) fn execution() {
    let count = EXECUTIONS.fetch_add(1, Relaxed) + 1;
    if count & 0x3ff != 0 {
        return;
    }
    PROGRESS.with(|progress| {
        if let Some(progress) = &mut *progress.borrow_mut()
            && progress.last.elapsed() > Duration::from_millis(100)
        {
            progress.last = Instant::now();
            // Only a bar depends on it.
            let _ = std::fs::write(&progress.file, count.to_string());
        }
    });
}

/// Says what it does now, for what has few steps: beside the count, in a file ending in `doing`.
pub(crate) fn doing(what: &str) {
    PROGRESS.with(|progress| {
        if let Some(progress) = &*progress.borrow() {
            // Only a message depends on it.
            let _ = std::fs::write(progress.file.with_extension("doing"), what);
        }
    });
}
