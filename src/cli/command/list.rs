//! `racelab list`: the syllabus by part, one line a demo.

use crate::render::json;
use racelab::words::Ink;

use super::{Ending, Out};

/// Prints the list of demos.
pub fn run(out: &mut Out) -> anyhow::Result<Ending> {
    if out.json {
        out.document(&json::list(racelab_demos::every()))?;
        return Ok(Ending::Promised);
    }
    let width = racelab_demos::every().map(|demo| demo.name.len()).max().unwrap_or(0);
    let mut part = None;
    for demo in racelab_demos::every() {
        if part != Some(demo.part) {
            let gap = if part.is_some() { "\n" } else { "" };
            out.text(&format!("{gap}{}\n", out.page.paint(Ink::Strong, demo.part.title())))?;
            part = Some(demo.part);
        }
        let rest = " ".repeat(width + 4);
        let line = format!("  {:width$}  ", demo.name);
        out.text(&out.page.paragraph(&line, &rest, demo.title))?;
    }
    out.text(&format!("\nNext: racelab demo {}\n", racelab_demos::ALL[0].name))?;
    Ok(Ending::Promised)
}
