//! Where results go: stdout, as text for this page or as one JSON document.

use std::io::{BufWriter, IsTerminal, Stdout, Write, stdout};

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
        match output.color {
            Color::Auto => {}
            Color::Always => colored::control::set_override(true),
            Color::Never => colored::control::set_override(false),
        }
        let colour = colored::control::SHOULD_COLORIZE.should_colorize();
        #[cfg(windows)]
        if colour {
            // Older consoles must be told; one that cannot shows text without colour.
            let _ = colored::control::set_virtual_terminal(true);
        }
        let page = Page { width: width(), colour, plain: output.plain };
        Out { page, json: output.json, stdout: BufWriter::new(stdout()) }
    }

    /// What the results are written to.
    pub fn writer(&mut self) -> &mut dyn Write {
        &mut self.stdout
    }

    /// Writes text as it is.
    pub fn text(&mut self, text: &str) -> anyhow::Result<()> {
        self.stdout.write_all(text.as_bytes())?;
        Ok(())
    }

    /// Writes a document on a line of its own.
    pub fn document(&mut self, document: &impl Serialize) -> anyhow::Result<()> {
        let text = serde_json::to_string(document)?;
        self.text(&text)?;
        self.text("\n")
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

/// The width that the environment asks for, else the terminal's, else 80 columns.
fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || {
        let (width, _) = stdout().is_terminal().then(terminal_size::terminal_size)??;
        Some(width.0 as usize)
    };
    asked.or_else(terminal).unwrap_or(80).clamp(20, 1000)
}
