//! Games on a whole screen, in a terminal of the tests' own: to the goal and back, resized, and left as
//! it was.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A step that takes longer does not end.
const DEADLINE: Duration = Duration::from_secs(120);

/// A program in a terminal.
struct Room {
    child: Child,
    keys: File,
    /// Kept, so that the terminal stays when the program is gone.
    terminal: OwnedFd,
    written: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    before: libc::termios,
}

impl Room {
    fn open(arguments: &[&str], (columns, lines): (u16, u16)) -> Room {
        let (mut ours, mut theirs) = (0, 0);
        let mut size = size(columns, lines);
        let none = std::ptr::null_mut();
        // SAFETY: both numbers are written by the call, and the size is read by it.
        let made = unsafe {
            libc::openpty(
                &mut ours,
                &mut theirs,
                std::ptr::null_mut(),
                none,
                std::ptr::from_mut(&mut size),
            )
        };
        assert_eq!(made, 0, "a terminal");
        // SAFETY: the call above made both, and nobody else has them.
        let (ours, terminal) =
            unsafe { (OwnedFd::from_raw_fd(ours), OwnedFd::from_raw_fd(theirs)) };
        let side = || Stdio::from(terminal.try_clone().expect("a copy"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
        command.args(arguments).env("TERM", "xterm-256color").env_remove("NO_COLOR");
        command.stdin(side()).stdout(side()).stderr(side());
        crate::signals::defaults(&mut command);
        // SAFETY: both calls may be made between fork and exec.
        unsafe {
            command.pre_exec(|| {
                libc::setsid();
                libc::ioctl(0, libc::TIOCSCTTY as _, 0);
                Ok(())
            });
        }
        let before = settings(&terminal);
        let child = command.spawn().expect("racelab runs");
        let mut reads = File::from(ours.try_clone().expect("a copy"));
        let (tell, written) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reads.read(&mut bytes) {
                if tell.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let screen = vt100::Parser::new(lines, columns, 0);
        Room { child, keys: File::from(ours), terminal, written, screen, before }
    }

    /// Waits until the screen is as wanted, and returns it.
    fn shows(&mut self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            let shown = self.screen.screen().contents();
            if wanted(&shown) {
                return shown;
            }
            assert!(began.elapsed() < DEADLINE, "no {what}:\n{shown}");
            if let Ok(bytes) = self.written.recv_timeout(Duration::from_millis(100)) {
                self.screen.process(&bytes);
            }
        }
    }

    fn says(&mut self, text: &str) -> String {
        // Words are wrapped where the screen ends.
        let joined = |shown: &str| shown.split_whitespace().collect::<Vec<_>>().join(" ");
        self.shows(text, |shown| joined(shown).contains(text))
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("it reads");
    }

    fn resize(&mut self, columns: u16, lines: u16) {
        let size = size(columns, lines);
        // SAFETY: the size is read by the call.
        let done = unsafe { libc::ioctl(self.keys.as_raw_fd(), libc::TIOCSWINSZ, &size) };
        assert_eq!(done, 0, "another size");
        self.screen.screen_mut().set_size(lines, columns);
        // A key that comes with the news of the size waits for the next one (crossterm's poll).
        self.shows("the keys in the last line", |shown| {
            shown.lines().count() == usize::from(lines) && shown.ends_with("q quit")
        });
    }

    /// Quits; the token. The terminal is as it was.
    fn quits(mut self) -> String {
        self.press("q");
        self.ended(0);
        let shown = self.screen.screen().contents();
        shown.rsplit("token ").next().expect("a token").trim().to_string()
    }

    fn ended(&mut self, code: i32) {
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                break status;
            }
            assert!(began.elapsed() < DEADLINE, "it does not end");
            while let Ok(bytes) = self.written.recv_timeout(Duration::from_millis(50)) {
                self.screen.process(&bytes);
            }
        };
        assert_eq!(status.code(), Some(code), "{status:?}");
        let after = settings(&self.terminal);
        let all = |of: &libc::termios| (of.c_iflag, of.c_oflag, of.c_cflag, of.c_lflag, of.c_cc);
        assert_eq!(all(&after), all(&self.before), "the terminal is as it was");
        while let Ok(bytes) = self.written.recv_timeout(Duration::from_millis(50)) {
            self.screen.process(&bytes);
        }
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor(), "the screen is as it was");
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn size(columns: u16, lines: u16) -> libc::winsize {
    libc::winsize { ws_row: lines, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }
}

fn settings(terminal: &OwnedFd) -> libc::termios {
    // SAFETY: termios is numbers alone, and the call fills it.
    unsafe {
        let mut settings: libc::termios = std::mem::zeroed();
        assert_eq!(libc::tcgetattr(terminal.as_raw_fd(), &mut settings), 0, "its settings");
        settings
    }
}

/// Plays to the goal by itself, goes back by undo and forth again, and back to the beginning.
fn there_and_back(arguments: &[&str], at: (u16, u16)) -> String {
    let mut room = Room::open(&[&["explore"], arguments].concat(), at);
    room.says("? keys");
    room.press("p");
    room.says("that is the goal");
    // Some are many moves long: a few back and forth, then all of them.
    room.press("uuu");
    room.shows("moves less", |shown| !shown.contains("that is the goal"));
    room.press("UUU");
    room.says("that is the goal");
    room.press("ju");
    room.says("nothing was done yet");
    room.press("p");
    room.says("that is the goal");
    room.quits()
}

#[test]
fn by_keys_to_the_goal_and_the_screen_may_change_its_size() {
    let mut room = Room::open(&["explore", "torn-header"], (80, 24));
    room.says("GOAL OUT_OF_BOUNDS");
    room.press("rw");
    room.says("array=1 length=16");
    room.resize(120, 40);
    room.press("w");
    let shown = room.says("array=2 length=16");
    assert!(shown.lines().count() > 24 || shown.lines().any(|line| line.len() > 80), "{shown}");
    room.resize(80, 24);
    room.press("r");
    room.says("OUT_OF_BOUNDS: that is the goal");
    let token = room.quits();
    assert!(token.starts_with("torn-header/broken:r1w2r1:"), "{token}");
}

#[test]
fn a_deadlock_a_loop_that_waits_and_three_threads() {
    let token = there_and_back(&["held-reference"], (80, 24));
    assert!(token.starts_with("held-reference/broken:"), "{token}");
    there_and_back(&["duplicate-work/no-guard", "--goal", "livelock"], (80, 24));
    there_and_back(&["lost-wakeup/wrong-waiter"], (120, 40));
}

#[test]
fn an_old_read_under_c11_and_a_buffer_under_x86() {
    let token = there_and_back(&["early-publish", "--model", "c11"], (80, 24));
    assert!(token.contains(":c11-"), "{token}");
    let token = there_and_back(&["early-publish/non-temporal", "--model", "x86"], (120, 40));
    assert!(token.contains(":x86-"), "{token}");
}

#[test]
fn signals_leave_the_terminal_as_it_was() {
    for (signal, code) in [(libc::SIGTERM, 143), (libc::SIGINT, 130), (libc::SIGHUP, 129)] {
        let mut room = Room::open(&["explore", "torn-header"], (80, 24));
        room.says("? keys");
        // SAFETY: it is our child.
        unsafe { libc::kill(room.child.id() as i32, signal) };
        let began = Instant::now();
        let status = loop {
            if let Some(status) = room.child.try_wait().expect("a child") {
                break status;
            }
            assert!(began.elapsed() < DEADLINE, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        };
        use std::os::unix::process::ExitStatusExt;
        let by_signal = status.signal() == Some(signal);
        assert!(by_signal || status.code() == Some(code), "{status:?}");
        let after = settings(&room.terminal);
        assert_eq!(after.c_lflag, room.before.c_lflag, "signal {signal}");
    }
}
