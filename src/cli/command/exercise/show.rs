//! `racelab exercise list`, `status` and `next`: what there is, and where one is.

use crate::render::exercise as render;
use crate::render::task::{self as render_task, Task};
use racelab::foreign;
use racelab::words::Page;
use racelab_exercise::Exercise;

use super::super::{Ending, Out};
use super::place::Place;

/// Every exercise, a line each.
pub fn list(place: &Place, out: &mut Out) -> anyhow::Result<Ending> {
    if out.json {
        return document("exercise-list", place, out);
    }
    out.text(&list_text(place, &out.page))?;
    out.text("\nNext: racelab exercise watch\n")?;
    Ok(Ending::Promised)
}

/// Every exercise, a line each, as text.
pub fn list_text(place: &Place, page: &Page) -> String {
    let pack = &place.workspace.pack;
    render::list(pack, &place.progress, &place.here().name, page)
}

/// What the task is, where its file lies, what is to be done, and how far one is.
pub fn task(place: &Place, exercise: &Exercise, out: &Out) -> String {
    let path = place.workspace.file(exercise);
    let text = place.workspace.text(exercise).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let task = Task {
        name: &exercise.name,
        title: &exercise.title,
        file: (&place.short(&path), &path),
        text: &foreign::shown(&text),
        start: &exercise.start.text,
        far: &render::bar(&place.workspace.pack, &place.progress),
    };
    render_task::text(&task, out.links(), &out.page)
}

/// How far one is.
pub fn status(place: &Place, out: &mut Out) -> anyhow::Result<Ending> {
    if out.json {
        return document("exercise-status", place, out);
    }
    let pack = &place.workspace.pack;
    out.text(&format!("{}  {}\n", pack.name, render::bar(pack, &place.progress)))?;
    let known = pack.exercises.iter().filter_map(|exercise| place.progress.get(&exercise.name));
    for entry in known.filter(|entry| entry.tries > 0 || entry.hints > 0 || entry.gave_up) {
        let says = format!("{}: {}", entry.name, render::entry(entry));
        out.text(&out.page.paragraph("  ", "    ", &says))?;
    }
    let here = place.here();
    let says = format!("You are at {}: {}", here.name, place.short(&place.workspace.file(here)));
    out.text(&out.page.paragraph("", "  ", &says))?;
    Ok(Ending::Promised)
}

/// Goes to the next exercise that is not solved.
pub fn next(place: &Place, out: &mut Out) -> anyhow::Result<Ending> {
    let mut place = place.clone();
    let Some(next) = following(&place).cloned() else {
        if out.json {
            return document("exercise-next", &place, out);
        }
        let bar = render::bar(&place.workspace.pack, &place.progress);
        out.text(&format!("{bar}: nothing is left\n"))?;
        return Ok(Ending::Promised);
    };
    place.note(|progress| progress.go_to(&next.name))?;
    if out.json {
        return document("exercise-next", &place, out);
    }
    introduce(&place, &next, out)?;
    Ok(Ending::Promised)
}

/// The one after where one is that is not solved.
pub fn following(place: &Place) -> Option<&Exercise> {
    let all = &place.workspace.pack.exercises;
    let here = place.here();
    let at = all.iter().position(|exercise| exercise.name == here.name).unwrap_or(0);
    let chosen = place.progress.here().is_some();
    place.unsolved(if chosen { at + 1 } else { at })
}

/// What an exercise is about, and what is to be done.
pub fn introduce(place: &Place, exercise: &Exercise, out: &mut Out) -> anyhow::Result<()> {
    out.text(&task(place, exercise, out))?;
    out.text(&format!("About {} min.\n", exercise.minutes))?;
    out.text("\nNext: edit it, then racelab exercise check; or racelab exercise watch\n")?;
    Ok(())
}

fn document(command: &str, place: &Place, out: &mut Out) -> anyhow::Result<Ending> {
    let here = place.here().name.clone();
    let root = place.workspace.root.display().to_string();
    let pack = &place.workspace.pack;
    out.document(&render::list_document(command, pack, &place.progress, &here, &root))?;
    Ok(Ending::Promised)
}
