//! Notices in a child that executions go on, and leaves a sign of it for the parent: a search that is
//! late and goes on is no hang.

use std::path::PathBuf;
use std::time::Duration;

use crate::explore::progress;

/// How often it looks.
const PAUSE: Duration = Duration::from_millis(200);
/// Steps take microseconds: what is the same at so many looks does not go on.
const LOOKS: u32 = 10;

/// Watches from now on, until the process ends. `sign` is there while they go on.
pub(super) fn watch(sign: PathBuf) {
    let watch = move || {
        let (mut before, mut same) = (progress::moved(), LOOKS);
        loop {
            std::thread::sleep(PAUSE);
            let now = progress::moved();
            let moved = same < LOOKS;
            let went_on = now != before || progress::engine_works();
            same = if went_on { 0 } else { same.saturating_add(1) };
            before = now;
            // Only what is said of a child that is late depends on it.
            let _ = match (moved, same < LOOKS) {
                (false, true) => std::fs::write(&sign, ""),
                (true, false) => std::fs::remove_file(&sign),
                _ => Ok(()),
            };
        }
    };
    // Without it a search that is late is taken for one that hangs.
    let _ = std::thread::Builder::new().spawn(watch);
}
