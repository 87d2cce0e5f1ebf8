//! `racelab class collect`: a table of hand-ins.

use std::path::{Path, PathBuf};

use crate::render::class as render;
use racelab_exercise::class::collect::{self, Held};
use racelab_exercise::class::secret::Secret;
use racelab_exercise::{pack, progress};

use super::super::say;
use super::{Ending, Out, Refusal};
use racelab::foreign;

/// Reads them; bad files are named, passed over, and make the command end with 1.
pub fn run(
    files: &[PathBuf],
    pack: Option<&Path>,
    secret: Option<&Path>,
    out: &mut Out,
) -> anyhow::Result<Ending> {
    let read = match pack {
        None => pack::builtin(),
        Some(folder) => pack::folder(folder),
    };
    let pack = read.map_err(|why| Refusal::usage(format!("this pack is refused:\n{why}")))?;
    let read = secret.map(|file| {
        let refused = |error| Refusal::usage(format!("{}: {error}", file.display()));
        Secret::read(file).map_err(refused)
    });
    let secret = read.transpose()?;
    let held = Held { pack: &pack, secret: secret.as_ref(), now: progress::now() };
    let class = collect::collect(files, &held);
    match out.json {
        true => out.document(&render::collect_document(&class))?,
        false => out.text(&render::collect(&class, &out.page))?,
    }
    out.flush()?;
    for bad in &class.bad {
        say(format!("{}: {}; passed over", foreign::line(&bad.file), bad.why));
    }
    Ok(if class.bad.is_empty() { Ending::Promised } else { Ending::Broken })
}
