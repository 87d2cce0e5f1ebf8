//! Where results go: stdout, as text for this page or as one JSON document; and what is said beside
//! them, on stderr.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{BufWriter, IsTerminal, Stdout, Write, stderr, stdout};

use racelab::foreign;
use racelab::words::Page;
use serde::Serialize;

use crate::arguments::{Color, Output};

/// The results of a command.
pub struct Out {
    /// The page that text is written for.
    pub page: Page,
    /// Whether one JSON document is wanted instead of text.
    pub json: bool,
    stdout: BufWriter<Stdout>,
}

impl Out {
    /// Looks at the terminal and the flags.
    pub fn new(output: Output) -> Out {
        let colour = match output.color {
            Color::Auto => wanted(&|name| std::env::var_os(name), stdout().is_terminal()),
            Color::Always => true,
            Color::Never => false,
        };
        // Older consoles must be told; one that cannot shows text without colour.
        #[cfg(windows)]
        let colour = colour && crossterm::ansi_support::supports_ansi();
        colored::control::set_override(colour);
        let page = Page { width: width(), colour, plain: output.plain };
        Out { page, json: output.json, stdout: BufWriter::new(stdout()) }
    }

    /// Whether a terminal may be given links to files: it shows or opens them, or passes over them.
    pub fn links(&self) -> bool {
        let linux_console = std::env::var_os("TERM").is_some_and(|term| term == "linux");
        self.page.colour && !self.page.plain && !linux_console && stdout().is_terminal()
    }

    /// Writes what is no text for a terminal: as it is.
    pub fn raw(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        Ok(self.stdout.write_all(bytes)?)
    }

    /// Writes text. Whatever of it is no colour of ours, and a terminal would obey, is shown.
    pub fn text(&mut self, text: &str) -> anyhow::Result<()> {
        self.stdout.write_all(safe(text, self.page.colour).as_bytes())?;
        Ok(())
    }

    /// Writes a document on a line of its own.
    pub fn document(&mut self, document: &impl Serialize) -> anyhow::Result<()> {
        let text = serde_json::to_string(document)?;
        self.stdout.write_all(text.as_bytes())?;
        Ok(self.stdout.write_all(b"\n")?)
    }

    /// Lets the reader see what was written so far.
    pub fn flush(&mut self) -> anyhow::Result<()> {
        Ok(self.stdout.flush()?)
    }

    /// Writes what is left.
    pub fn finish(mut self) -> anyhow::Result<()> {
        self.flush()
    }
}

/// Says something beside the results, after `racelab: `.
pub fn say(what: impl Display) {
    let text = format!("racelab: {what}");
    let width = stderr().is_terminal().then(terminal_size::terminal_size).flatten();
    match width.filter(|_| !text.contains('\n')) {
        // A terminal breaks lines in the middle of words.
        Some((width, _)) => {
            let page = Page { width: width.0 as usize, ..Page::default() };
            aside(&page.paragraph("", "  ", &text));
        }
        None => aside(&format!("{text}\n")),
    }
}

/// Writes to stderr. If nobody can read it, nothing is to be done about that.
pub fn aside(text: &str) {
    let safe = safe(text, stderr().is_terminal());
    let _ = stderr().write_all(safe.as_bytes()).and_then(|()| stderr().flush());
}

/// Whether there is to be colour where nobody says so: what is set against it wins.
fn wanted(variable: &dyn Fn(&str) -> Option<std::ffi::OsString>, terminal: bool) -> bool {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    let dumb = variable("TERM").is_some_and(|term| term == "dumb");
    let forced = set("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    let refused = set("CLICOLOR").is_some_and(|value| value == "0");
    match set("NO_COLOR") {
        Some(_) => false,
        None => forced || (terminal && !dumb && !refused),
    }
}

/// The text as a terminal may have it: with our colours and links, where there is colour, and nothing
/// else that it would obey.
fn safe(text: &str, colour: bool) -> Cow<'_, str> {
    if !colour || !text.contains('\x1b') {
        return foreign::shown(text);
    }
    let mut parts = text.split('\x1b');
    let mut safe = foreign::shown(parts.next().unwrap_or_default()).into_owned();
    for part in parts {
        let ours = ours(part);
        match ours {
            0 => safe += "\\u{1b}",
            _ => safe.push('\x1b'),
        }
        safe += &part[..ours];
        safe += &foreign::shown(&part[ours..]);
    }
    Cow::Owned(safe)
}

/// How long the escape sequence is, after its escape, that a part begins with, if it is one of ours: a
/// colour, or what begins or ends a link to a file.
fn ours(part: &str) -> usize {
    let colour = part.strip_prefix('[').and_then(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';')?;
        rest[end..].starts_with('m').then_some(end + 2)
    });
    let link = part.strip_prefix("]8;;").and_then(|rest| {
        let plain = !rest.contains(|c: char| c.is_control() || !c.is_ascii());
        (plain && (rest.is_empty() || rest.starts_with("file://"))).then_some(part.len())
    });
    let closes = part.starts_with('\\').then_some(1);
    colour.or(link).or(closes).unwrap_or(0)
}

/// The width that the environment asks for, else the terminal's, else 80 columns.
fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || {
        let (width, _) = stdout().is_terminal().then(terminal_size::terminal_size)??;
        Some(width.0 as usize)
    };
    asked.or_else(terminal).unwrap_or(80).clamp(20, 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_against_colour_wins() {
        let wanted = |set: &[(&str, &str)], terminal| {
            let find = |name: &str| set.iter().find(|(key, _)| *key == name).map(|(_, v)| v.into());
            super::wanted(&find, terminal)
        };
        assert!(wanted(&[], true) && !wanted(&[], false));
        assert!(wanted(&[("CLICOLOR_FORCE", "1")], false));
        assert!(!wanted(&[("CLICOLOR_FORCE", "0")], false));
        assert!(!wanted(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true));
        assert!(wanted(&[("NO_COLOR", "")], true));
        assert!(!wanted(&[("TERM", "dumb")], true) && !wanted(&[("CLICOLOR", "0")], true));
    }

    #[test]
    fn only_our_own_sequences_reach_a_terminal() {
        let red = "\x1b[1;31mtorn\x1b[0m\n";
        assert_eq!(safe(red, true), red);
        assert_eq!(safe(red, false), "\\u{1b}[1;31mtorn\\u{1b}[0m\n");
        let link = "\x1b]8;;file:///a/b.rs\x1b\\b.rs\x1b]8;;\x1b\\";
        assert_eq!(safe(link, true), link);
        for attack in
            ["\x1b[2J", "\x1b]0;title\x07", "\x1b]52;c;eA==\x07", "\x1bc", "\x1b[31", "\x1b"]
        {
            let safe = safe(attack, true);
            assert!(!safe.contains(['\x1b', '\x07']), "{safe:?}");
        }
        assert_eq!(
            safe("\x1b]8;;http://elsewhere\x1b\\", true),
            "\\u{1b}]8;;http://elsewhere\x1b\\"
        );
    }
}
