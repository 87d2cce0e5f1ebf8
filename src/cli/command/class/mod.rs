//! `racelab class`: for whoever gives the course.

pub mod args;
mod bundle;
mod collect;
mod doctor;
mod plan;

use args::{Action, ClassArgs};

use super::exercise::{self, Refusal};
use super::{Ending, Out};

/// Does what was asked for; a refusal is said on stderr.
pub fn run(arguments: &ClassArgs, out: &mut Out) -> anyhow::Result<Ending> {
    let ending = match &arguments.action {
        Action::Agenda { minutes } => plan::agenda(*minutes, out),
        Action::Notes { name } => plan::notes(name, out),
        Action::Doctor { crates } => doctor::run(crates.as_deref(), out),
        Action::Bundle(bundle) => bundle::run(bundle, out),
        Action::Collect { files, pack, secret } => {
            collect::run(files, pack.as_deref(), secret.as_deref(), out)
        }
    };
    exercise::said(ending, out)
}
