//! What the system can do to hold a child process: its group, and its memory.

use std::process::{Child, Command};

#[cfg(unix)]
pub(super) fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
pub(super) fn own_group(_: &mut Command) {}

/// Whatever the child has started ends with it.
#[cfg(unix)]
pub(super) fn end_group(child: &Child) {
    // Safety: a signal to the process group that the child was made the leader of; if no member
    // is left the call fails and nothing happens.
    unsafe { libc::kill(-(child.id() as libc::pid_t), libc::SIGKILL) };
}

#[cfg(not(unix))]
pub(super) fn end_group(_: &Child) {}

#[cfg(unix)]
pub(super) fn limit_memory(bytes: u64) {
    let limit = libc::rlimit { rlim_cur: bytes as libc::rlim_t, rlim_max: bytes as libc::rlim_t };
    let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // Safety: both calls read a valid struct and change only limits of this process. Where the
    // system does not know a limit, the deadline alone bounds the child.
    unsafe {
        libc::setrlimit(libc::RLIMIT_AS, &limit);
        libc::setrlimit(libc::RLIMIT_CORE, &none);
    }
}

#[cfg(not(unix))]
pub(super) fn limit_memory(_: u64) {}
