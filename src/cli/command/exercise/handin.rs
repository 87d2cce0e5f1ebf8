//! `racelab exercise handin`: a text file that says how far a student came.

use std::fs;
use std::io::{ErrorKind, IsTerminal, stderr, stdin};
use std::path::{Path, PathBuf};

use crate::render::class as render;
use anyhow::Context as _;
use racelab_exercise::class::secret::Secret;
use racelab_exercise::handin::{self, Handin};
use racelab_exercise::progress;

use super::super::out::aside;
use super::super::{Ending, Out};
use super::place::Place;
use super::{Refusal, args, predict};

/// Writes the hand-in of a workspace to a file.
pub fn run(place: &Place, arguments: &args::Handin, out: &mut Out) -> anyhow::Result<Ending> {
    let said = match &arguments.name {
        Some(name) => name.clone(),
        None => ask(out.json)?,
    };
    let name = handin::name(&said).map_err(|why| Refusal::usage(format!("--name: {why}")))?;
    let file = match &arguments.file {
        Some(file) => file.clone(),
        None => PathBuf::from(handin::file(&name)),
    };
    free(&file, &name)?;
    let secret = secret(place)?;
    let handin = Handin::new(&name, &place.workspace.pack, &place.progress, progress::now());
    let shown = file.display();
    handin.write(&file, secret.as_ref()).with_context(|| format!("cannot write {shown}"))?;
    let shown = shown.to_string();
    match out.json {
        true => {
            let text = handin.text(secret.as_ref());
            out.document(&render::handin_document(&shown, &handin, &text))?;
        }
        false => out.text(&render::handin(&shown, &handin, &out.page))?,
    }
    Ok(Ending::Promised)
}

/// The secret of the class, where the workspace has one.
fn secret(place: &Place) -> anyhow::Result<Option<Secret>> {
    let file = place.workspace.secret();
    match Secret::read(&file) {
        Ok(secret) => Ok(Some(secret)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

/// Asks somebody at a terminal.
fn ask(json: bool) -> anyhow::Result<String> {
    if json || !stdin().is_terminal() || !stderr().is_terminal() {
        return Err(Refusal::usage("whose is it? `--name` says what you want to be called"));
    }
    aside("What do you want to be called? ");
    Ok(predict::line().unwrap_or_default())
}

/// A file that is no earlier hand-in of this name is somebody's, and stays.
fn free(file: &Path, name: &str) -> anyhow::Result<()> {
    match fs::metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).context(format!("cannot look at {}", file.display())),
        Ok(meta) if meta.is_file() => {}
        Ok(_) => {
            let says = format!("{} is no text file: name another", file.display());
            return Err(Refusal::usage(says));
        }
    }
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    match Handin::parse(&text) {
        Ok(earlier) if earlier.name == name => Ok(()),
        Ok(earlier) => Err(Refusal::usage(format!(
            "{} is the hand-in of {}: name another file",
            file.display(),
            earlier.name
        ))),
        Err(_) => Err(Refusal::usage(format!(
            "{} is there, and is no hand-in of yours: name another file",
            file.display()
        ))),
    }
}
