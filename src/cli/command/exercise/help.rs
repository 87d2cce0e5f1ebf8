//! `racelab exercise hint`, `reset` and `solution`: what a student asks for.

use crate::render::exercise as render;
use racelab::words::Ink;
use racelab_exercise::progress::State;
use serde_json::json;

use super::super::{Ending, Out};
use super::Refusal;
use super::place::Place;

/// The next hint; after the third, all of them again.
pub fn hint(place: &Place, name: Option<&str>, out: &mut Out) -> anyhow::Result<Ending> {
    let exercise = place.exercise(name)?.clone();
    let mut place = place.clone();
    place.note(|progress| {
        let entry = progress.entry(&exercise.name);
        entry.hints = (entry.hints + 1).min(exercise.hints.len() as u32);
    })?;
    let shown = place.progress.get(&exercise.name).map_or(1, |entry| entry.hints) as usize;
    let hints = &exercise.hints[..shown];
    if out.json {
        let more = json!({ "hints": hints, "of": exercise.hints.len() });
        out.document(&render::told("exercise-hint", &exercise.name, more))?;
        return Ok(Ending::Promised);
    }
    for (index, hint) in hints.iter().enumerate() {
        let first = format!("{}/{}  ", index + 1, exercise.hints.len());
        out.text(&out.page.paragraph(&first, "     ", hint))?;
    }
    if shown == exercise.hints.len() {
        let says = "These are all. racelab exercise solution --give-up shows the answer.";
        out.text(&format!("\n{says}\n"))?;
    }
    Ok(Ending::Promised)
}

/// Writes the start again.
pub fn reset(place: &Place, name: Option<&str>, out: &mut Out) -> anyhow::Result<Ending> {
    let exercise = place.exercise(name)?;
    let copy = place.workspace.reset(exercise)?.map(|path| place.short(&path));
    let file = place.short(&place.workspace.file(exercise));
    if out.json {
        let more = json!({ "file": file, "copy": copy });
        out.document(&render::told("exercise-reset", &exercise.name, more))?;
        return Ok(Ending::Promised);
    }
    match copy {
        Some(copy) => out.text(&format!("{file} starts again; what you wrote is in {copy}\n"))?,
        None => out.text(&format!("{file} is as it started\n"))?,
    }
    Ok(Ending::Promised)
}

/// The answer, after solving or giving up.
pub fn solution(
    place: &Place,
    name: Option<&str>,
    give_up: bool,
    out: &mut Out,
) -> anyhow::Result<Ending> {
    let exercise = place.exercise(name)?.clone();
    let solved = place.progress.state(&exercise.name) == State::Solved;
    if !solved && !give_up {
        let hints = place.progress.get(&exercise.name).map_or(0, |entry| entry.hints);
        let left = exercise.hints.len() as u32 - hints.min(exercise.hints.len() as u32);
        let hint = match left {
            0 => String::new(),
            left => format!(" There are {left} hints left: `racelab exercise hint`."),
        };
        return Err(Refusal {
            why: format!(
                "{} is not solved yet.{hint} `--give-up` shows the answer now, and that is noted",
                exercise.name
            ),
            ending: Ending::Broken,
        }
        .into());
    }
    if !solved {
        let mut place = place.clone();
        place.note(|progress| progress.entry(&exercise.name).gave_up = true)?;
    }
    let others: Vec<&str> = exercise.right.iter().map(|other| other.title.as_str()).collect();
    if out.json {
        let more = json!({
            "title": exercise.answer.title, "source": exercise.answer.text, "others": others,
        });
        out.document(&render::told("exercise-solution", &exercise.name, more))?;
        return Ok(Ending::Promised);
    }
    let title = format!("// {}: {}", exercise.name, exercise.answer.title);
    out.text(&format!("{}\n", out.page.paint(Ink::Strong, &title)))?;
    out.text(&exercise.answer.text)?;
    if !others.is_empty() {
        out.text(&out.page.paragraph("\n// Also right: ", "// ", &others.join("; ")))?;
    }
    Ok(Ending::Promised)
}
