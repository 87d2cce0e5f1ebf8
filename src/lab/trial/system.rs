//! What the system can do to hold a child process: whatever it starts, and its memory.

use std::path::{Path, PathBuf};

#[cfg(not(target_os = "linux"))]
pub(super) use plain::{Held, spawn};

#[cfg(target_os = "linux")]
pub(super) use super::guard::{Held, spawn};

/// Where a system has no guard: the child's group is ended with it.
#[cfg(not(target_os = "linux"))]
mod plain {
    use std::io;
    use std::process::{Child, Command, ExitStatus};

    /// A child.
    pub(crate) struct Held {
        pub(crate) child: Child,
        /// Never here: it has no guard to lose.
        pub(crate) lost: bool,
    }

    /// Starts a command in a group of its own.
    pub(crate) fn spawn(command: &mut Command) -> io::Result<Held> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        Ok(Held { child: command.spawn()?, lost: false })
    }

    impl Held {
        /// How the child ended, if it has: its group has then ended too.
        pub(crate) fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
            let status = self.child.try_wait()?;
            if status.is_some() {
                self.end_group();
            }
            Ok(status)
        }

        /// Ends the child and its group.
        pub(crate) fn end(&mut self) -> io::Result<()> {
            self.end_group();
            // Already gone is as good as killed.
            let _ = self.child.kill();
            self.child.wait().map(drop)
        }

        #[cfg(unix)]
        fn end_group(&self) {
            // Safety: a signal to the process group that the child was made the leader of; if no
            // member is left the call fails and nothing happens.
            unsafe { libc::kill(-(self.child.id() as libc::pid_t), libc::SIGKILL) };
        }

        #[cfg(not(unix))]
        fn end_group(&self) {}
    }
}

/// This program, for a child: also where its file was replaced since it was started.
pub(super) fn this_program() -> PathBuf {
    let running = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && running.exists() {
        return running.to_path_buf();
    }
    let typed = || std::env::args_os().next().map(PathBuf::from).unwrap_or_default();
    std::env::current_exe().unwrap_or_else(|_| typed())
}

/// What stdin is, as the system numbers it: another, once it was closed and opened again.
#[cfg(unix)]
pub(super) fn stdin() -> Option<(u64, u64)> {
    // Safety: a struct of numbers, which the call fills in.
    let mut about: libc::stat = unsafe { std::mem::zeroed() };
    // Safety: a valid pointer.
    let known = unsafe { libc::fstat(0, &mut about) } == 0;
    known.then_some((about.st_dev as u64, about.st_ino as u64))
}

#[cfg(not(unix))]
pub(super) fn stdin() -> Option<(u64, u64)> {
    Some((0, 0))
}

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
