//! Notices in a child that one execution does not end, and leaves a sign of it for the parent.

use std::path::PathBuf;
use std::time::Duration;

use crate::explore::progress;

/// How often it looks.
const PAUSE: Duration = Duration::from_millis(200);
/// Executions take milliseconds: one that is the same at so many looks does not end.
const LOOKS: u32 = 5;

/// Watches from now on, until the process ends. `sign` is there while it is stuck.
pub(super) fn watch(sign: PathBuf) {
    std::thread::spawn(move || {
        let (mut before, mut same) = (progress::executions(), 0);
        loop {
            std::thread::sleep(PAUSE);
            let now = progress::executions();
            let stuck = same >= LOOKS;
            same = if now == before { same + 1 } else { 0 };
            before = now;
            // Only a hint depends on what comes of it.
            let _ = match (stuck, same >= LOOKS) {
                (false, true) => std::fs::write(&sign, ""),
                (true, false) => std::fs::remove_file(&sign),
                _ => Ok(()),
            };
        }
    });
}
