//! One key at a time from a terminal, which is as it was when this ends, however it ends.
//!
//! Keys come raw only while one is waited for: what is printed between goes to a terminal as it
//! always is, and a line can be typed and corrected as anywhere.

use std::io::{IsTerminal, stderr, stdin};
use std::time::{Duration, Instant};

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};

use super::super::signals;

/// Longer than asked for, a wait for a key was no wait: the process was stopped meanwhile.
const STOPPED: Duration = Duration::from_secs(2);

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A letter, or another sign.
    Letter(char),
    /// The terminal has another size, or somebody else wrote to it: what was drawn is to be drawn
    /// anew.
    Again,
    /// The terminal is gone.
    Gone,
}

/// Keys as they are pressed; where stdin is no terminal, none ever are.
pub struct Keys {
    terminal: bool,
}

impl Keys {
    /// Takes the terminal, if there is one.
    pub fn new() -> Keys {
        Keys { terminal: stdin().is_terminal() && stderr().is_terminal() }
    }

    /// Whether anybody can press one.
    pub fn any(&self) -> bool {
        self.terminal
    }

    /// The key pressed within this time. Ctrl-C, Ctrl-\ and Ctrl-Z do what they always do.
    pub fn next(&self, within: Duration) -> Option<Key> {
        if !self.terminal {
            std::thread::sleep(within);
            return None;
        }
        let began = Instant::now();
        let Ok(raw) = Raw::new() else { return Some(Key::Gone) };
        let key = match event::poll(within) {
            Ok(true) => event::read(),
            Ok(false) if began.elapsed() > within + STOPPED => return Some(Key::Again),
            Ok(false) => return None,
            Err(_) => return Some(Key::Gone),
        };
        drop(raw);
        let key = match key {
            Ok(Event::Key(key)) if key.kind == KeyEventKind::Press => key,
            Ok(Event::Resize(..)) => return Some(Key::Again),
            Ok(_) => return None,
            Err(_) => return Some(Key::Gone),
        };
        match key.code {
            KeyCode::Char(letter) if key.modifiers.contains(KeyModifiers::CONTROL) => {
                typed(letter).then_some(Key::Again)
            }
            KeyCode::Char(letter) => Some(Key::Letter(letter)),
            _ => None,
        }
    }

    /// A whole line, shown as it is typed; `None` when the terminal is gone.
    pub fn line(&self) -> Option<String> {
        super::predict::line()
    }
}

/// Does what the terminal does when it is not raw; whether this process has been stopped and goes on.
#[cfg(unix)]
fn typed(letter: char) -> bool {
    let signal = match letter {
        'c' => libc::SIGINT,
        // As terminals send Ctrl-\.
        '\\' | '4' => libc::SIGQUIT,
        'z' => libc::SIGTSTP,
        _ => return false,
    };
    // To all of the foreground, as the terminal does it.
    // Safety: a call without a pointer.
    unsafe { libc::kill(0, signal) };
    // It arrives in a thread of its own.
    std::thread::sleep(Duration::from_millis(50));
    signal == libc::SIGTSTP
}

#[cfg(not(unix))]
fn typed(letter: char) -> bool {
    if letter == 'c' {
        std::process::exit(super::super::Ending::Interrupted.code().into());
    }
    false
}

/// The terminal gives each key at once and shows none, as long as this lives.
struct Raw;

impl Raw {
    fn new() -> std::io::Result<Raw> {
        signals::raw_mode(true).map(|()| Raw)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // A terminal that is gone needs no restoring.
        let _ = signals::raw_mode(false);
    }
}
