//! `racelab exercise hint`, `reset` and `solution`: what a student asks for.

use crate::render::exercise as render;
use racelab::words::{Ink, Page};
use racelab_exercise::Exercise;
use racelab_exercise::progress::State;
use serde_json::json;

use super::super::{Ending, Out};
use super::Refusal;
use super::place::Place;

/// The next hint; after the third, all of them again.
pub fn hint(place: &Place, name: Option<&str>, out: &mut Out) -> anyhow::Result<Ending> {
    let exercise = place.exercise(name)?.clone();
    if out.json {
        let shown = more_hints(place, &exercise)?;
        let more = json!({ "hints": exercise.hints[..shown], "of": exercise.hints.len() });
        out.document(&render::told("exercise-hint", &exercise.name, more))?;
        return Ok(Ending::Promised);
    }
    let text = hint_text(place, &exercise, &out.page)?;
    out.text(&text)?;
    Ok(Ending::Promised)
}

/// One hint more, and those before it, as text.
pub fn hint_text(place: &Place, exercise: &Exercise, page: &Page) -> anyhow::Result<String> {
    let shown = more_hints(place, exercise)?;
    let all = exercise.hints.len();
    let mut text = String::new();
    for (index, hint) in exercise.hints[..shown].iter().enumerate() {
        text += &page.paragraph(&format!("{}/{all}  ", index + 1), "     ", hint);
    }
    if shown == all {
        text += "\nThese are all. racelab exercise solution --give-up shows the answer.\n";
    }
    Ok(text)
}

/// Notes that a hint more was shown: how many are now.
fn more_hints(place: &Place, exercise: &Exercise) -> anyhow::Result<usize> {
    let mut place = place.clone();
    place.note(|progress| {
        let entry = progress.entry(&exercise.name);
        entry.hints = entry.hints.saturating_add(1).min(exercise.hints.len() as u32);
    })?;
    Ok(place.progress.get(&exercise.name).map_or(1, |entry| entry.hints) as usize)
}

/// Writes the start again.
pub fn reset(place: &Place, name: Option<&str>, out: &mut Out) -> anyhow::Result<Ending> {
    let exercise = place.exercise(name)?;
    if !out.json {
        out.text(&reset_text(place, exercise)?)?;
        return Ok(Ending::Promised);
    }
    let copy = place.workspace.reset(exercise)?.map(|path| place.short(&path));
    let file = place.short(&place.workspace.file(exercise));
    let more = json!({ "file": file, "copy": copy });
    out.document(&render::told("exercise-reset", &exercise.name, more))?;
    Ok(Ending::Promised)
}

/// Writes the start again, and says so.
pub fn reset_text(place: &Place, exercise: &Exercise) -> anyhow::Result<String> {
    let copy = place.workspace.reset(exercise)?.map(|path| place.short(&path));
    let file = place.short(&place.workspace.file(exercise));
    Ok(match copy {
        Some(copy) => format!("{file} starts again; what you wrote is in {copy}\n"),
        None => format!("{file} is as it started\n"),
    })
}

/// The answer, after solving or giving up.
pub fn solution(
    place: &Place,
    name: Option<&str>,
    give_up: bool,
    out: &mut Out,
) -> anyhow::Result<Ending> {
    let exercise = place.exercise(name)?.clone();
    if !out.json {
        let text = solution_text(place, &exercise, give_up, &out.page)?;
        out.text(&text)?;
        return Ok(Ending::Promised);
    }
    may_see(place, &exercise, give_up)?;
    let others: Vec<&str> = exercise.right.iter().map(|other| other.title.as_str()).collect();
    let more = json!({
        "title": exercise.answer.title, "source": exercise.answer.text, "others": others,
    });
    out.document(&render::told("exercise-solution", &exercise.name, more))?;
    Ok(Ending::Promised)
}

/// The answer as text, after solving or giving up.
pub fn solution_text(
    place: &Place,
    exercise: &Exercise,
    give_up: bool,
    page: &Page,
) -> anyhow::Result<String> {
    may_see(place, exercise, give_up)?;
    let title = format!("// {}: {}", exercise.name, exercise.answer.title);
    let mut text = format!("{}\n{}", page.paint(Ink::Strong, &title), exercise.answer.text);
    let others: Vec<&str> = exercise.right.iter().map(|other| other.title.as_str()).collect();
    if !others.is_empty() {
        text += &page.paragraph("\n// Also right: ", "// ", &others.join("; "));
    }
    Ok(text)
}

/// Refuses the answer before the exercise is solved, unless it is given up: then that is noted.
fn may_see(place: &Place, exercise: &Exercise, give_up: bool) -> anyhow::Result<()> {
    let entry = place.progress.get(&exercise.name);
    if entry.is_some_and(|entry| entry.state == State::Solved || entry.gave_up) {
        return Ok(());
    }
    if !give_up {
        let hints = entry.map_or(0, |entry| entry.hints);
        let left = exercise.hints.len() as u32 - hints.min(exercise.hints.len() as u32);
        let hint = match left {
            0 => String::new(),
            1 => " There is 1 hint left: `racelab exercise hint`.".to_string(),
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
    place.clone().note(|progress| progress.entry(&exercise.name).gave_up = true)
}
