//! `racelab exercise watch`: checks again whenever the file is saved.
//!
//! The file is read four times a second: that works in every file system, also in shared folders
//! that tell nobody of a change, and costs nothing for one file. On a terminal there is one screen,
//! which is drawn anew: what was found or asked for, then the task, then the keys.

use std::io::{IsTerminal, stdout};
use std::time::Duration;

use racelab::explore::Engines;
use racelab::words::Ink;
use racelab_exercise::Exercise;
use racelab_exercise::progress::State;

use crate::render::exercise as render;

use super::super::{Ending, Out};
use super::check::{self, How};
use super::keys::{Key, Keys};
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
    let exercise = place.exercise(name)?.clone();
    let keys = Keys::new();
    let redraws = keys.any() && stdout().is_terminal() && !out.page.plain && !out.json;
    let mut watch = Watch {
        place: place.clone(),
        exercise,
        keys,
        engines,
        redraws,
        body: String::new(),
        passed: false,
        checked: Seen::Nothing,
        missed: 0,
        asked: false,
    };
    watch.place.note(|progress| progress.go_to(&watch.exercise.name))?;
    loop {
        watch.look(out)?;
        if let Some(key) = watch.keys.next(PAUSE)
            && watch.pressed(key, out)?
        {
            return Ok(Ending::Promised);
        }
    }
}

/// What was checked last.
#[derive(PartialEq, Eq)]
enum Seen {
    /// Nothing yet, or it is to be checked again.
    Nothing,
    /// The file was not there.
    Gone,
    /// This text.
    Text(Vec<u8>),
}

struct Watch<'a> {
    place: Place,
    exercise: Exercise,
    keys: Keys,
    engines: &'a Engines,
    /// Whether one screen is drawn anew.
    redraws: bool,
    /// What was found or asked for last.
    body: String,
    /// Whether the file as it is passes.
    passed: bool,
    checked: Seen,
    /// So many looks found no file.
    missed: u32,
    /// Whether a reset was asked for, and waits for a yes.
    asked: bool,
}

impl Watch<'_> {
    /// Checks the file, if it is another one than before.
    fn look(&mut self, out: &mut Out) -> anyhow::Result<()> {
        let now = match self.place.workspace.text(&self.exercise) {
            Ok(text) => Seen::Text(text),
            Err(_) => Seen::Gone,
        };
        if now == self.checked {
            return Ok(());
        }
        if now != Seen::Gone {
            (self.checked, self.missed, self.asked) = (now, 0, false);
            return self.check(out);
        }
        // A file that is just being written is looked at again.
        self.missed += 1;
        if self.missed < 3 {
            return Ok(());
        }
        (self.checked, self.missed, self.passed) = (now, 0, false);
        let file = self.place.short(&self.place.workspace.file(&self.exercise));
        self.body = format!("{file} is not there, or cannot be read: r writes the start again\n");
        self.draw(out)
    }

    fn check(&mut self, out: &mut Out) -> anyhow::Result<()> {
        let task = show::task(&self.place, &self.exercise, out);
        if self.redraws {
            self.clear(out)?;
            out.text(&format!("{task}\n"))?;
            out.flush()?;
        } else if self.keys.any() {
            out.text(&format!("\n{task}\n"))?;
            out.flush()?;
        }
        let line = || self.keys.line();
        let how =
            How { engines: self.engines, ask: self.keys.any().then_some(&line), weaken: true };
        let checked = check::one(&mut self.place, &self.exercise, how, out)?;
        self.passed = checked.ending == Ending::Promised;
        if out.json {
            out.document(&render::check_document(vec![checked.document(&self.exercise)]))?;
            return out.flush();
        }
        self.body = checked.text(&out.page);
        self.draw(out)
    }

    /// Does what a key asks for; whether that is the end.
    fn pressed(&mut self, key: Key, out: &mut Out) -> anyhow::Result<bool> {
        let asked = std::mem::take(&mut self.asked);
        let name = self.exercise.name.clone();
        self.body = match key {
            Key::Gone | Key::Letter('q') => return Ok(true),
            Key::Again => String::new(),
            Key::Letter('y') if asked => {
                self.checked = Seen::Nothing;
                help::reset_text(&self.place, &self.exercise)?
            }
            // The question said that any other key is a no: `n` above all.
            Key::Letter(_) if asked => format!("{name} stays as it is\n"),
            Key::Letter('r') => {
                self.asked = true;
                let file = self.place.short(&self.place.workspace.file(&self.exercise));
                format!(
                    "Write the start of {file} again? Yours is kept.\ny yes · any other key no\n"
                )
            }
            Key::Letter('c') => {
                self.checked = Seen::Nothing;
                return Ok(false);
            }
            Key::Letter('h') => help::hint_text(&self.place, &self.exercise, &out.page)?,
            Key::Letter('l') => show::list_text(&self.place, &out.page),
            Key::Letter(key @ ('s' | 'S')) => {
                match help::solution_text(&self.place, &self.exercise, key == 'S', &out.page) {
                    Ok(text) => text,
                    Err(refusal) => format!("{refusal}\nS shows it all the same.\n"),
                }
            }
            Key::Letter('n') => match show::following(&self.place).cloned() {
                Some(next) => {
                    self.exercise = next;
                    self.place.note(|progress| progress.go_to(&self.exercise.name))?;
                    self.checked = Seen::Nothing;
                    return Ok(false);
                }
                None => "nothing is left\n".to_string(),
            },
            Key::Letter(_) => return Ok(false),
        };
        if key == Key::Again {
            // What was drawn is gone: it is checked and drawn again.
            self.checked = Seen::Nothing;
            return Ok(false);
        }
        self.place.reload()?;
        self.draw(out)?;
        Ok(false)
    }

    fn clear(&self, out: &mut Out) -> anyhow::Result<()> {
        // All of the screen, and the cursor to where it begins; what is above stays.
        if self.redraws { out.raw(b"\x1b[H\x1b[2J") } else { Ok(()) }
    }

    /// What was found or asked for, the task, and the keys.
    fn draw(&self, out: &mut Out) -> anyhow::Result<()> {
        self.clear(out)?;
        out.text(&self.body)?;
        if self.keys.any() {
            let rule = "-".repeat(out.page.width.min(80));
            let task = show::task(&self.place, &self.exercise, out);
            let keys = self.legend(&out.page);
            out.text(&format!("{}\n{task}{keys}", out.page.paint(Ink::Faint, &rule)))?;
        }
        out.flush()
    }

    /// What can be pressed now, and what it does.
    fn legend(&self, page: &racelab::words::Page) -> String {
        let entry = self.place.progress.get(&self.exercise.name);
        let (hints, all) = (entry.map_or(0, |entry| entry.hints), self.exercise.hints.len());
        let answer = entry.is_some_and(|entry| entry.state == State::Solved || entry.gave_up);
        let hint = match hints as usize {
            shown if shown < all => format!("h hint {} of {all}", shown + 1),
            _ => "h hints".to_string(),
        };
        let answer = if answer { "s answer" } else { "S answer, noted" };
        let next = if self.passed { "n next" } else { "n skip" };
        let mut keys = vec![hint, answer.to_string()];
        if self.passed {
            keys = vec![next.to_string(), answer.to_string()];
        } else {
            keys.push(next.to_string());
        }
        let rest = ["c check", "r reset", "l list", "q quit"].map(str::to_string);
        keys.extend(rest);
        let text = page.paragraph(
            "",
            "",
            &keys.join(" · ").replace(' ', "\u{a0}").replace("\u{a0}·\u{a0}", " · "),
        );
        page.paint(Ink::Faint, text.replace('\u{a0}', " ").trim_end()) + "\n"
    }
}
