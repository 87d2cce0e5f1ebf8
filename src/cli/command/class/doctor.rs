//! `racelab class doctor`: GREEN or RED, and why.

use std::io::{IsTerminal, stdout};
use std::path::{Path, PathBuf};

use crate::render::class as render;
use racelab_exercise::class::doctor::{self, Questions, Terminal};

use super::super::progress::Spinner;
use super::{Ending, Out, Refusal};

/// Looks at this machine.
pub fn run(crates: Option<&Path>, out: &mut Out) -> anyhow::Result<Ending> {
    if let Some(folder) = crates.filter(|folder| !folder.is_dir()) {
        let says = format!("{} is no folder: a bundle has its crates in vendor", folder.display());
        return Err(Refusal::usage(says));
    }
    let questions = Questions {
        folder: PathBuf::from("."),
        crates: crates.map(Path::to_path_buf),
        terminal: Terminal {
            is_one: stdout().is_terminal(),
            width: out.page.width,
            colour: out.page.colour,
        },
    };
    let spinner = Spinner::new(out.page.plain || out.json);
    let findings = doctor::look(&questions, &|what| spinner.says(what));
    spinner.finish();
    match out.json {
        true => out.document(&render::doctor_document(&findings))?,
        false => out.text(&render::doctor(&findings, &out.page))?,
    }
    Ok(if doctor::green(&findings) { Ending::Promised } else { Ending::Missing })
}
