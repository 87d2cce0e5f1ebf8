//! `racelab list`: the syllabus by part, one line a demo.

use racelab::demos;
use racelab::render::json;
use racelab::words::Ink;

use super::{Ending, Out};

/// Prints it.
pub fn run(out: &mut Out) -> anyhow::Result<Ending> {
    if out.json {
        out.document(&json::list(demos::every()))?;
        return Ok(Ending::Promised);
    }
    let width = demos::every().map(|demo| demo.name.len()).max().unwrap_or(0);
    let mut part = None;
    for demo in demos::every() {
        if part != Some(demo.part) {
            let gap = if part.is_some() { "\n" } else { "" };
            out.text(&format!("{gap}{}\n", out.page.paint(Ink::Strong, demo.part.title())))?;
            part = Some(demo.part);
        }
        let rest = " ".repeat(width + 4);
        let line = format!("  {:width$}  ", demo.name);
        out.text(&out.page.paragraph(&line, &rest, demo.title))?;
    }
    out.text(&format!("\nNext: racelab demo {}\n", demos::ALL[0].name))?;
    Ok(Ending::Promised)
}
