//! `racelab exercise watch`: checks again whenever the file is saved.
//!
//! The file is read four times a second: that works in every file system, also in shared folders
//! that tell nobody of a change, and costs nothing for one file.

use racelab_exercise::Exercise;
use racelab_exercise::progress::State;
use std::io::{Write, stderr};
use std::time::Duration;

use crate::render::exercise as render;
use racelab::explore::Engines;
use racelab::words::Ink;

use super::super::{Ending, Out};
use super::check::{self, How};
use super::keys::Keys;
use super::place::Place;
use super::{help, show};

/// How often the file is looked at.
const PAUSE: Duration = Duration::from_millis(250);

/// Watches until somebody presses q.
pub fn run(
    place: &Place,
    name: Option<&str>,
    engines: &Engines,
    out: &mut Out,
) -> anyhow::Result<Ending> {
    let mut place = place.clone();
    let mut exercise = place.exercise(name)?.clone();
    let keys = Keys::new();
    place.note(|progress| progress.go_to(&exercise.name))?;
    let mut checked: Option<Vec<u8>> = None;
    loop {
        // A file that is just being written is looked at again.
        let now = std::fs::read(place.workspace.file(&exercise)).ok();
        if now.is_some() && now != checked {
            checked = now;
            again(&mut place, &exercise, &keys, engines, out)?;
        }
        match keys.next(PAUSE) {
            None => continue,
            Some('q') => return Ok(Ending::Promised),
            Some('c') => checked = None,
            Some('h') => drop(help::hint(&place, Some(&exercise.name), out)?),
            Some('l') => drop(show::list(&place, out)?),
            Some('r') => drop(help::reset(&place, Some(&exercise.name), out)?),
            Some(key @ ('s' | 'S')) => {
                let shown = help::solution(&place, Some(&exercise.name), key == 'S', out);
                if let Err(error) = shown {
                    out.flush()?;
                    eprintln!("{error}\nS gives up.");
                }
            }
            Some('n') => {
                let Some(next) = show::following(&place).cloned() else {
                    out.text("nothing is left\n")?;
                    continue;
                };
                exercise = next;
                place.note(|progress| progress.go_to(&exercise.name))?;
                checked = None;
            }
            Some(_) => continue,
        }
        place.reload()?;
        prompt(&place, &exercise, &keys, out)?;
    }
}

fn again(
    place: &mut Place,
    exercise: &Exercise,
    keys: &Keys,
    engines: &Engines,
    out: &mut Out,
) -> anyhow::Result<()> {
    let line = || keys.line();
    let how = How { engines, ask: keys.any().then_some(&line), weaken: true };
    let checked = check::one(place, exercise, how, out)?;
    if out.json {
        out.document(&render::check_document(vec![checked.document(exercise)]))?;
    } else {
        let rule = "-".repeat(out.page.width.min(80));
        out.text(&format!("\n{rule}\n{}", checked.text(exercise, place, &out.page)))?;
    }
    prompt(place, exercise, keys, out)
}

/// What can be pressed, on stderr.
fn prompt(place: &Place, exercise: &Exercise, keys: &Keys, out: &mut Out) -> anyhow::Result<()> {
    out.flush()?;
    if !keys.any() {
        return Ok(());
    }
    let bar = render::bar(&place.workspace.pack, &place.progress);
    let next = match place.progress.state(&exercise.name) {
        State::Solved => "n next · s answer",
        _ => "h hint · s answer · n skip",
    };
    let keys = format!("{next} · r reset · c check · l list · q quit");
    let text = format!("\n{bar}\n{}\n", out.page.paint(Ink::Faint, &keys));
    // Nobody can press a key who cannot read it.
    let _ = stderr().write_all(text.as_bytes());
    Ok(())
}
