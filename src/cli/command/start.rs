//! `racelab` alone: where you are, and what to type next.

use crate::render::json;
use racelab::words::{Ink, number};

use super::{Ending, Out, next};

/// Says where the reader is, and what to type next.
pub fn run(out: &mut Out) -> anyhow::Result<Ending> {
    let first = racelab_demos::ALL[0].name;
    let lines = [
        ("racelab list".to_string(), "every failure mode, in the order of the course"),
        (format!("racelab demo {first}"), "the whole story of the first one"),
        (format!("racelab explain {first}"), "its lesson"),
        (format!("racelab explore {first}"), "you are the scheduler"),
        ("racelab exercise start".to_string(), "mend it yourself: model checkers mark it"),
        ("racelab check --all".to_string(), "what the model checkers say of all of them"),
        ("racelab --help".to_string(), "everything else"),
    ];
    let mut existing = next::existing(&lines.clone().map(|line| line.0));
    existing.push("racelab --help".to_string());
    if out.json {
        out.document(&json::start(&existing))?;
        return Ok(Ending::Promised);
    }
    let demos = number::of(racelab_demos::ALL.len() as u64, "demo", "demos");
    let title = out.page.paint(Ink::Strong, "racelab");
    out.text(&format!(
        "{title}: concurrency bugs made visible, understandable and provably gone\n"
    ))?;
    out.text(&format!(
        "{demos} on concurrent maps, each on real threads and in model checkers\n\n"
    ))?;
    out.text("Type next:\n")?;
    let width = existing.iter().map(String::len).max().unwrap_or(0);
    for (line, about) in lines.iter().filter(|line| existing.contains(&line.0)) {
        out.text(&format!("  {line:width$}  {about}\n"))?;
    }
    Ok(Ending::Promised)
}
