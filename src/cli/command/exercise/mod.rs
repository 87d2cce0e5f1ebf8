//! `racelab exercise`: hands out exercises, marks what comes back, and remembers how far one is.

pub mod args;
mod check;
mod handin;
mod help;
mod keys;
pub mod own;
mod pack;
mod place;
mod predict;
mod show;
mod start;
mod watch;

use racelab::explore::Engines;
use std::fmt;

use args::{Action, ExerciseArgs, PackAction};

use super::{Ending, Out};

/// What cannot be done, said to whoever asked for it.
#[derive(Debug)]
pub(super) struct Refusal {
    why: String,
    ending: Ending,
}

impl Refusal {
    pub(super) fn usage(why: impl Into<String>) -> anyhow::Error {
        Refusal { why: why.into(), ending: Ending::Usage }.into()
    }

    pub(super) fn missing(why: impl Into<String>) -> anyhow::Error {
        Refusal { why: why.into(), ending: Ending::Missing }.into()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for Refusal {}

/// Does what was asked for; a refusal is said on stderr.
pub fn run(arguments: &ExerciseArgs, engines: &Engines, out: &mut Out) -> anyhow::Result<Ending> {
    said(dispatch(arguments, engines, out), out)
}

/// How a command ended; a refusal is said on stderr.
pub(crate) fn said(ending: anyhow::Result<Ending>, out: &mut Out) -> anyhow::Result<Ending> {
    match ending {
        Err(error) => match error.downcast_ref::<Refusal>() {
            Some(refusal) => {
                out.flush()?;
                super::say(refusal);
                Ok(refusal.ending)
            }
            None => Err(error),
        },
        ending => ending,
    }
}

fn dispatch(arguments: &ExerciseArgs, engines: &Engines, out: &mut Out) -> anyhow::Result<Ending> {
    let place = || place::find(arguments.folder.as_deref());
    match &arguments.action {
        Action::Start(start) => start::run(start, out),
        Action::Pack { action: PackAction::New { dir } } => pack::new(dir, out),
        Action::Pack { action: PackAction::Check { dir } } => pack::check(dir, engines, out),
        Action::Handin(handin) => handin::run(&place()?, handin, out),
        Action::List => show::list(&place()?, out),
        Action::Status => show::status(&place()?, out),
        Action::Next => show::next(&place()?, out),
        Action::Check(check) => check::run(&place()?, check, engines, out),
        Action::Watch { name } => watch::run(&place()?, name.as_deref(), engines, out),
        Action::Hint { name } => help::hint(&place()?, name.as_deref(), out),
        Action::Reset { name } => help::reset(&place()?, name.as_deref(), out),
        Action::Solution { name, give_up } => {
            help::solution(&place()?, name.as_deref(), *give_up, out)
        }
    }
}
