//! `racelab exercise start`: writes a workspace, and builds once what all exercises need.

use std::path::Path;

use anyhow::Context as _;

use crate::render::exercise as render;
use racelab_exercise::build::Failure;
use racelab_exercise::class::secret::{self, Secret};
use racelab_exercise::{Pack, Workspace, pack, program, vendor, workspace};
use serde_json::json;

use super::super::progress::Spinner;
use super::super::{Ending, Out, say};
use super::args::Start;
use super::place::{self, Place};
use super::{Refusal, show};

/// Writes it, or brings it up to date.
pub fn run(arguments: &Start, out: &mut Out) -> anyhow::Result<Ending> {
    let pack = match &arguments.pack {
        None => pack::builtin(),
        Some(folder) => pack::folder(folder),
    };
    let pack =
        pack.map_err(|refused| Refusal::usage(format!("this pack is refused:\n{refused}")))?;
    no_exercise(&arguments.dir, &pack)?;
    let builtin = arguments.pack.is_none();
    let written =
        Workspace::write(&arguments.dir, pack, builtin).map_err(|error| match error
            .downcast_ref::<workspace::Occupied>(
        ) {
            Some(occupied) => Refusal::usage(occupied.to_string()),
            None => error,
        })?;
    let (workspace, written) = written;
    if let Some(crates) = &arguments.crates {
        vendor::from(&workspace, crates).map_err(|error| Refusal::missing(format!("{error:#}")))?;
    }
    if arguments.vendor {
        say(format!(
            "copying the crates that exercises need into {}: from cargo's cache, or once from the \
             network",
            arguments.dir.display()
        ));
        vendor::copy(&workspace).map_err(|error| Refusal::missing(format!("{error:#}")))?;
    }
    secret_of_class(arguments, &workspace)?;
    let place = place::find(Some(&workspace.root))?;
    if !arguments.no_build {
        first_build(&place, out)?;
    }
    if out.json {
        let more = json!({
            "folder": workspace.root, "pack": workspace.pack.name, "new": written.new,
            "left": written.left,
        });
        out.document(&render::told("exercise-start", &place.here().name, more))?;
        return Ok(Ending::Promised);
    }
    let dir = arguments.dir.display();
    let count = written.new.len();
    match count {
        0 => out.text(&format!("{dir} is up to date; your files are as they were\n"))?,
        1 => out.text(&format!("{dir}: 1 new exercise\n"))?,
        _ => out.text(&format!("{dir}: {count} new exercises\n"))?,
    }
    for name in &written.left {
        let says = format!(
            "{name} has changed since: yours was left as it is; `racelab exercise reset {name}` \
             gives the new one and keeps a copy"
        );
        out.text(&out.page.paragraph("  ", "    ", &says))?;
    }
    out.text(&format!("\ncd {dir}\n"))?;
    show::introduce(&place, place.here(), out)?;
    Ok(Ending::Promised)
}

/// Keeps the secret of the class in the workspace: the one that is named, or that of the bundle whose
/// crates are taken.
fn secret_of_class(arguments: &Start, workspace: &Workspace) -> anyhow::Result<()> {
    let beside = arguments.crates.as_ref().and_then(|crates| crates.canonicalize().ok());
    let beside = beside.map(|crates| crates.with_file_name(secret::FILE));
    let bundled = beside.filter(|file| file.is_file());
    let Some(file) = arguments.secret.clone().or(bundled) else { return Ok(()) };
    let read = Secret::read(&file)
        .map_err(|error| Refusal::usage(format!("{}: {error}", file.display())))?;
    read.write(&workspace.secret()).context("cannot keep the secret of the class")
}

/// A name that somebody took for a folder's.
fn no_exercise(dir: &Path, pack: &Pack) -> anyhow::Result<()> {
    let name = dir.to_string_lossy();
    match pack.find(&name) {
        Some(_) if !dir.exists() => Err(Refusal::usage(format!(
            "{name} is an exercise; `racelab exercise start` writes all of them into a folder, and \
             there `racelab exercise check {name}` checks this one"
        ))),
        _ => Ok(()),
    }
}

/// Builds the library and one exercise: later builds are of one file.
fn first_build(place: &Place, out: &Out) -> anyhow::Result<()> {
    let exercise = place.here();
    if !out.json {
        say(format!(
            "compiling what exercises need, in {}: once, a minute or two of work for two processors, \
             and longer where they do other things too. Later checks take seconds",
            place.workspace.root.display()
        ));
    }
    let spinner = Spinner::new(out.page.plain || out.json);
    let step = |what: &str| spinner.says(what);
    let text = place.workspace.text(exercise)?;
    let built = program::of_answer(&place.workspace, exercise, &text, false, &step);
    spinner.finish();
    match built {
        // A file that its student has broken is no matter of this command.
        Ok(_) | Err(Failure::Messages(_)) => Ok(()),
        Err(Failure::Missing(why)) => Err(Refusal::missing(format!(
            "the folder is written, but nothing can be built yet: {why}"
        ))),
        Err(Failure::Cargo(why)) => {
            Err(Refusal::missing(format!("the folder is written, but cargo says:\n{why}")))
        }
    }
}
