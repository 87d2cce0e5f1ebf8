//! `racelab completions SHELL`: a script that a shell reads.

use crate::render::json;
use clap_complete::Shell;
use racelab::explore::Engines;

use super::{Ending, Out};
use crate::arguments;

/// Writes the completion script for a shell.
pub fn run(shell: Shell, engines: &Engines, out: &mut Out) -> anyhow::Result<Ending> {
    // Into memory first: clap panics when it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut arguments::command(engines), "racelab", &mut script);
    let script = String::from_utf8_lossy(&script);
    match out.json {
        true => out.document(&json::completions(&shell.to_string(), &script))?,
        false => out.raw(script.as_bytes())?,
    }
    Ok(Ending::Promised)
}
