//! A terminal is as it was, whatever ends or stops the command that waits for keys.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::Read;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::Child;
use std::time::{Duration, Instant};

use super::shop::{document, racelab};

/// A terminal of the test's own, and the command that has it.
struct Watched {
    terminal: File,
    child: Child,
    said: String,
    _root: tempfile::TempDir,
}

impl Watched {
    /// `racelab exercise watch` where the file is gone: it builds nothing and waits for keys.
    fn start() -> Watched {
        let root = tempfile::tempdir().expect("a folder");
        let (_, code) = document(root.path(), &["exercise", "start", "ws", "--no-build"]);
        assert_eq!(code, Some(0));
        let folder = root.path().join("ws");
        fs::remove_file(folder.join("exercises/torn_header.rs")).expect("the student's file");
        let (mut ours, mut theirs) = (0, 0);
        let none = std::ptr::null_mut();
        // Safety: valid pointers to two numbers; no name and no settings are asked for.
        let made = unsafe { libc::openpty(&mut ours, &mut theirs, none, none.cast(), none.cast()) };
        assert_eq!(made, 0, "a terminal");
        // Safety: both were opened just now, and nobody else has them.
        let (terminal, theirs) = unsafe { (File::from_raw_fd(ours), OwnedFd::from_raw_fd(theirs)) };
        // Safety: a call on a descriptor that lives here.
        unsafe { libc::fcntl(ours, libc::F_SETFL, libc::O_NONBLOCK) };
        let mut command = racelab(&folder, &["exercise", "watch", "torn-header"]);
        let copy = || std::process::Stdio::from(theirs.try_clone().expect("a copy"));
        command.stdin(copy()).stdout(copy()).stderr(copy()).env("TERM", "xterm");
        crate::signals::defaults(&mut command);
        // Safety: system calls alone, on the streams of the new process.
        unsafe {
            command.pre_exec(|| {
                libc::setsid();
                libc::ioctl(0, libc::TIOCSCTTY, 0);
                Ok(())
            });
        }
        let child = command.spawn().expect("racelab runs");
        let mut watched = Watched { terminal, child, said: String::new(), _root: root };
        watched.until("it waits for keys", |watched| {
            watched.said.contains("r writes the start again") && !watched.cooked()
        });
        watched
    }

    /// Whether lines are edited and shown as they are typed.
    fn cooked(&self) -> bool {
        // Safety: a struct of numbers, which the call fills in; both ends have one state.
        let mut now: libc::termios = unsafe { std::mem::zeroed() };
        // Safety: a valid pointer and a descriptor that lives here.
        assert_eq!(unsafe { libc::tcgetattr(self.terminal.as_raw_fd(), &mut now) }, 0);
        let both = libc::ICANON | libc::ECHO;
        now.c_lflag & both == both
    }

    fn signal(&self, signal: i32) {
        let pid = libc::pid_t::try_from(self.child.id()).expect("a process");
        // Safety: a process that was started here and has not been waited for.
        unsafe { libc::kill(pid, signal) };
    }

    /// The state of the process, as the system writes it: `T` for one that is stopped.
    fn state(&self) -> String {
        let stat =
            fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let after = stat.rsplit(')').next().unwrap_or_default().trim();
        after.split(' ').next().unwrap_or_default().to_string()
    }

    #[track_caller]
    fn until(&mut self, what: &str, done: impl Fn(&mut Watched) -> bool) {
        let began = Instant::now();
        while !done(self) {
            let mut buffer = [0; 4096];
            if let Ok(count) = self.terminal.read(&mut buffer) {
                self.said += &String::from_utf8_lossy(&buffer[..count]);
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{what}: {}", self.said);
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn whatever_ends_it() {
    let signals = [
        libc::SIGINT,
        libc::SIGTERM,
        libc::SIGHUP,
        libc::SIGQUIT,
        libc::SIGUSR1,
        libc::SIGALRM,
        libc::SIGABRT,
        libc::SIGSEGV,
        libc::SIGBUS,
    ];
    for signal in signals {
        let mut watched = Watched::start();
        watched.signal(signal);
        watched.until("it ends", |watched| watched.child.try_wait().is_ok_and(|end| end.is_some()));
        let status = watched.child.wait().expect("it has ended");
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(signal));
        assert!(watched.cooked(), "after signal {signal}");
    }
}

#[test]
fn whatever_stops_it() {
    let mut watched = Watched::start();
    for turn in 0..2 {
        match turn {
            0 => watched.signal(libc::SIGTSTP),
            // Ctrl-Z, as it is typed where keys come raw.
            _ => std::io::Write::write_all(&mut watched.terminal, b"\x1a").expect("a key"),
        }
        watched.until("it stops", |watched| watched.state() == "T");
        assert!(watched.cooked(), "stopped, turn {turn}");
        watched.signal(libc::SIGCONT);
        watched.until("it waits for keys again", |watched| !watched.cooked());
    }
    // And it still hears keys.
    std::io::Write::write_all(&mut watched.terminal, b"q").expect("a key");
    watched.until("it ends", |watched| watched.child.try_wait().is_ok_and(|end| end.is_some()));
    assert!(watched.cooked());
}
