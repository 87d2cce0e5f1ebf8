//! A signal to a process that was started here and has not been waited for.

/// Sends it.
pub(super) fn send(process: u32, signal: i32) {
    // Safety: a call without a pointer; the number is still that process's, which was not waited for.
    unsafe { libc::kill(process as libc::pid_t, signal) };
}
