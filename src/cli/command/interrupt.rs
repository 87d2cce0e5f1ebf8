//! Ctrl-C: noted, and looked at between two steps, so that nothing is left behind.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, LazyLock};

use signal_hook::consts::{SIGINT, SIGTERM};

static INTERRUPTED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From now on Ctrl-C, a hang-up and a plain kill are noted and do not end this process at once.
pub fn listen() {
    super::signals::leave_to_others();
    #[cfg(unix)]
    let signals = [SIGINT, SIGTERM, signal_hook::consts::SIGHUP];
    #[cfg(not(unix))]
    let signals = [SIGINT, SIGTERM];
    for signal in signals {
        // What cannot be noted ends the process, as it does without this.
        let _ = signal_hook::flag::register(signal, Arc::clone(&INTERRUPTED));
    }
}

/// Whether there was one.
pub fn was_noted() -> bool {
    INTERRUPTED.load(Relaxed)
}
