//! `racelab class collect`: a table of hand-ins.

use std::path::PathBuf;

use crate::render::class as render;
use racelab_exercise::class::collect;

use super::{Ending, Out};

/// Reads them; bad files are named, passed over, and make the command end with 1.
pub fn run(files: &[PathBuf], out: &mut Out) -> anyhow::Result<Ending> {
    let class = collect::collect(files);
    match out.json {
        true => out.document(&render::collect_document(&class))?,
        false => out.text(&render::collect(&class, &out.page))?,
    }
    out.flush()?;
    for bad in &class.bad {
        eprintln!("racelab: {}: {}; passed over", bad.file, bad.why);
    }
    Ok(if class.bad.is_empty() { Ending::Promised } else { Ending::Broken })
}
