//! One key at a time from a terminal, which is as it was when this ends, however it ends.

use std::io::{IsTerminal, Read, Write, stderr, stdin};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// Keys as they are pressed; where stdin is no terminal, none ever are.
pub struct Keys {
    keys: Option<Mutex<Receiver<char>>>,
}

impl Keys {
    /// Takes the terminal, if there is one.
    pub fn new() -> Keys {
        if !stdin().is_terminal() || !stderr().is_terminal() {
            return Keys { keys: None };
        }
        terminal::one_key();
        let (sender, keys) = channel();
        std::thread::spawn(move || {
            for byte in stdin().lock().bytes().flatten() {
                if sender.send(char::from(byte)).is_err() {
                    break;
                }
            }
        });
        Keys { keys: Some(Mutex::new(keys)) }
    }

    /// Whether anybody can press one.
    pub fn any(&self) -> bool {
        self.keys.is_some()
    }

    /// The key pressed within this time; `q` when the terminal is gone.
    pub fn next(&self, within: Duration) -> Option<char> {
        let Some(keys) = &self.keys else {
            std::thread::sleep(within);
            return None;
        };
        let keys = keys.lock().unwrap_or_else(|poison| poison.into_inner());
        match keys.recv_timeout(within) {
            Ok(key) => Some(key),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some('q'),
        }
    }

    /// A whole line, shown as it is typed.
    pub fn line(&self) -> String {
        let mut line = String::new();
        loop {
            match self.next(Duration::from_millis(200)) {
                None => {}
                Some('\n' | '\r') => break,
                Some('\x7f' | '\x08') => {
                    let erase = if line.pop().is_some() { "\x08 \x08" } else { "" };
                    eprint!("{erase}");
                }
                Some(key) => {
                    line.push(key);
                    eprint!("{key}");
                }
            }
            // If it cannot be shown it is typed all the same.
            let _ = stderr().flush();
        }
        eprintln!();
        line
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        terminal::restore();
    }
}

#[cfg(unix)]
mod terminal {
    //! Single keys on Unix: the line discipline gives each at once, and does not show it.

    use std::sync::OnceLock;

    static BEFORE: OnceLock<libc::termios> = OnceLock::new();

    pub(super) fn one_key() {
        // Safety: an all-zero termios is a valid value, and tcgetattr fills it.
        let mut now: libc::termios = unsafe { std::mem::zeroed() };
        // Safety: stdin stays open, and `now` is a valid place for the answer.
        if unsafe { libc::tcgetattr(libc::STDIN_FILENO, &mut now) } != 0 {
            return;
        }
        let _ = BEFORE.set(now);
        now.c_lflag &= !(libc::ICANON | libc::ECHO);
        for signal in [libc::SIGINT, libc::SIGTERM, libc::SIGHUP] {
            let handler = interrupted as extern "C" fn(libc::c_int);
            // Safety: the handler calls only functions that are safe in a handler.
            unsafe { libc::signal(signal, handler as libc::sighandler_t) };
        }
        // Safety: as above; a terminal that refuses stays as it is.
        unsafe { libc::tcsetattr(libc::STDIN_FILENO, libc::TCSANOW, &now) };
    }

    pub(super) fn restore() {
        if let Some(before) = BEFORE.get() {
            // Safety: `before` is what the terminal was, and outlives the call.
            unsafe { libc::tcsetattr(libc::STDIN_FILENO, libc::TCSANOW, before) };
        }
    }

    /// Ctrl-C leaves the terminal as it was; children end when their stdin closes.
    extern "C" fn interrupted(_: libc::c_int) {
        restore();
        // Safety: ends the process at once, which is safe in a handler.
        unsafe { libc::_exit(130) };
    }
}

#[cfg(not(unix))]
mod terminal {
    //! Elsewhere a key counts when Enter follows.

    pub(super) fn one_key() {}
    pub(super) fn restore() {}
}
