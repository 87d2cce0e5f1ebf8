//! Notices in a child that one execution does not end, and leaves a sign of it for the parent.

use std::path::PathBuf;
use std::time::Duration;

use crate::explore::progress;

/// Executions take milliseconds. One that lasts so long waits for what the checkers do not see.
const LONG: Duration = Duration::from_secs(2);

/// Watches from now on, until the process ends. `sign` is there while it is stuck.
pub(super) fn watch(sign: PathBuf) {
    std::thread::spawn(move || {
        let mut before = None;
        loop {
            std::thread::sleep(LONG);
            let now = progress::executions();
            // Only a hint depends on it.
            let _ = match before == Some(now) {
                true => std::fs::write(&sign, ""),
                false => std::fs::remove_file(&sign),
            };
            before = Some(now);
        }
    });
}
