//! Ctrl-C: noted, and looked at between two steps, so that nothing is left behind.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::Trouble;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C, a hang-up and a plain kill are noted and do not end this process at once.
pub(super) fn listen() {
    #[cfg(unix)]
    for signal in [libc::SIGINT, libc::SIGTERM, libc::SIGHUP] {
        extern "C" fn note(_: libc::c_int) {
            INTERRUPTED.store(true, Relaxed);
        }
        let handler: extern "C" fn(libc::c_int) = note;
        // Safety: the handler does nothing but a store, which is allowed in one.
        unsafe { libc::signal(signal, handler as libc::sighandler_t) };
    }
}

/// Whether there was one.
pub(super) fn look() -> Result<(), Trouble> {
    if INTERRUPTED.load(Relaxed) { Err(Trouble::Interrupted) } else { Ok(()) }
}
