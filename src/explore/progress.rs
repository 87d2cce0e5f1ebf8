//! How far an exploration has come, written to a file now and then.

use std::cell::RefCell;
use std::path::PathBuf;
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

/// Says how many executions there have been.
pub(crate) fn executions(count: u64) {
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
