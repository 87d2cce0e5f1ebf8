//! A student's own file as a program: for `racelab explore` and `racelab replay` in a workspace.

use std::path::Path;
use std::sync::Arc;

use racelab::sight;
use racelab_exercise::Workspace;
use racelab_exercise::build::Failure;
use racelab_exercise::found::{self, SPECIFIED};
use racelab_exercise::program::{self, Program};
use racelab_exercise::stage;
use racelab_exercise::workspace::Unfit;

use super::super::progress::Spinner;
use super::super::table::Board;
use super::super::{Ending, Out, say};
use super::check::Checked;
use super::place::{self, Place};

/// A program that was built of a student's file as it was read.
pub struct Own {
    /// The name of the exercise.
    pub name: String,
    program: Arc<Program>,
}

/// The workspace around this folder, if there is one.
pub fn workspace() -> anyhow::Result<Option<Place>> {
    match Workspace::find(Path::new(".")) {
        Err(Unfit::None(_)) => Ok(None),
        _ => place::find(None).map(Some),
    }
}

/// Builds the student's file of this exercise, or of the one that is worked on; how it ends where that
/// is no program, which is said.
pub fn build(
    place: &Place,
    name: Option<&str>,
    out: &mut Out,
) -> anyhow::Result<Result<Own, Ending>> {
    let exercise = place.exercise(name)?;
    let source = place.source(exercise)?;
    let changed = [place.workspace.restore()?, place.workspace.prepare(exercise)?].concat();
    for file in changed {
        say(format!("{file} was changed, and is as it was again"));
    }
    let file = format!("{}.rs", exercise.stem());
    let unseen = sight::in_answer(&file, &String::from_utf8_lossy(&source));
    if !unseen.is_empty() {
        let checked = Checked::unseen(unseen);
        out.text(&checked.text(&out.page))?;
        return Ok(Err(checked.ending));
    }
    let spinner = Spinner::new(out.page.plain || out.json);
    let step = |what: &str| spinner.says(&format!("{}: {what}", exercise.name));
    let built = program::of_answer(&place.workspace, exercise, &source, out.page.colour, &step);
    spinner.finish();
    match built {
        Ok(program) => Ok(Ok(Own { name: exercise.name.clone(), program: Arc::new(program) })),
        Err(Failure::Messages(messages)) => {
            let errors: Vec<String> = messages.iter().map(|one| one.text.clone()).collect();
            let checked = Checked::unbuilt(stage::not_built(&errors), messages);
            out.text(&checked.text(&out.page))?;
            Ok(Err(checked.ending))
        }
        Err(Failure::Missing(why)) => Err(super::Refusal::missing(why)),
        Err(Failure::Cargo(why)) => {
            Err(super::Refusal::missing(format!("cargo could not build it:\n{why}")))
        }
    }
}

impl Own {
    /// Where it is played: by its race, or by what is specified of it.
    pub fn board(&self, specified: bool) -> Board {
        let scenario =
            if specified { format!("{}{SPECIFIED}", self.name) } else { self.name.clone() };
        let launch = found::launch(&self.program.path);
        Board::There { launch, scenario, _keeps: Some(self.program.clone()) }
    }
}
