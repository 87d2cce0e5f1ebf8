//! `racelab new-demo`: a demo to begin with, in racelab's own source.

use std::path::Path;

use crate::render::exercise as render;
use racelab_exercise::new_demo::{self, Refused, Written};

use super::exercise::{Refusal, said};
use super::{Ending, Out};

/// Writes it, and says what to type next.
pub fn run(name: &str, out: &mut Out) -> anyhow::Result<Ending> {
    let written = new_demo::write(Path::new("."), name);
    let written = written.map_err(|error| match error.downcast_ref::<Refused>() {
        Some(refused) => Refusal::usage(refused.to_string()),
        None => error,
    });
    let ending = written.and_then(|written| told(name, &written, out));
    said(ending, out)
}

fn told(name: &str, written: &Written, out: &mut Out) -> anyhow::Result<Ending> {
    if out.json {
        let root = written.root.display().to_string();
        out.document(&render::new_demo(name, &root, &written.new, &written.changed))?;
        return Ok(Ending::Promised);
    }
    for file in &written.new {
        out.text(&format!("  {file}\n"))?;
    }
    for file in written.changed {
        out.text(&format!("  {file}: one line more\n"))?;
    }
    let stem = name.replace('-', "_");
    out.text(&format!(
        "\nNext: cargo run -- demo {name}\n      \
         cargo run -- exercise pack check demos/{stem}\n"
    ))?;
    Ok(Ending::Promised)
}
