//! One key at a time from a terminal, which is as it was when this ends, however it ends.
//!
//! Keys come raw only while one is waited for: what is printed between goes to a terminal as it
//! always is, and a line can be typed and corrected as anywhere.

use std::io::{IsTerminal, stderr, stdin};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::super::Ending;

/// Keys as they are pressed; where stdin is no terminal, none ever are.
pub struct Keys {
    terminal: bool,
}

impl Keys {
    /// Takes the terminal, if there is one.
    pub fn new() -> Keys {
        let terminal = stdin().is_terminal() && stderr().is_terminal();
        if terminal {
            restored_by_signals();
        }
        Keys { terminal }
    }

    /// Whether anybody can press one.
    pub fn any(&self) -> bool {
        self.terminal
    }

    /// The key pressed within this time; `q` when the terminal is gone. Ctrl-C ends the process.
    pub fn next(&self, within: Duration) -> Option<char> {
        if !self.terminal {
            std::thread::sleep(within);
            return None;
        }
        let Ok(raw) = Raw::new() else { return Some('q') };
        let key = match event::poll(within) {
            Ok(true) => event::read(),
            Ok(false) => return None,
            Err(_) => return Some('q'),
        };
        drop(raw);
        let key = match key {
            Ok(Event::Key(key)) if key.kind == KeyEventKind::Press => key,
            Ok(_) => return None,
            Err(_) => return Some('q'),
        };
        match key.code {
            KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                std::process::exit(Ending::Interrupted.code().into())
            }
            KeyCode::Char(key) => Some(key),
            _ => None,
        }
    }

    /// A whole line, shown as it is typed; empty when the terminal is gone.
    pub fn line(&self) -> String {
        let mut line = String::new();
        let _ = stdin().read_line(&mut line);
        line.trim_end_matches(['\n', '\r']).to_string()
    }
}

/// The terminal gives each key at once and shows none, as long as this lives.
struct Raw;

impl Raw {
    fn new() -> std::io::Result<Raw> {
        enable_raw_mode().map(|()| Raw)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // A terminal that is gone needs no restoring.
        let _ = disable_raw_mode();
    }
}

/// A signal that ends the process leaves the terminal as it was; children end when their stdin
/// closes.
#[cfg(unix)]
fn restored_by_signals() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP]) else {
        return;
    };
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            let _ = disable_raw_mode();
            std::process::exit(Ending::Interrupted.code().into());
        }
    });
}

#[cfg(not(unix))]
fn restored_by_signals() {}
