//! The file in which a run keeps what it has measured: the document of `--json`, replaced as a whole.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use anyhow::Context;
use racelab_bench::plan::Plan;
use racelab_bench::report::Report;
use racelab_bench::run;

use crate::render::bench as render;

/// Why a file is not gone on from.
pub(super) struct Refused(pub(super) String);

/// What the file has of this plan; nothing yet, if there is no file.
///
/// # Errors
/// The file cannot be read, or not be written.
pub(super) fn read(file: &Path, plan: &Plan) -> anyhow::Result<Result<Report, Refused>> {
    let fresh = run::begin(plan.clone());
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let cannot = || format!("cannot write {}", file.display());
            write(file, &fresh).with_context(cannot)?;
            return Ok(Ok(fresh));
        }
        Err(error) if error.kind() == ErrorKind::InvalidData => String::new(),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", file.display()));
        }
    };
    let kept = match whole(&text) {
        Ok(kept) => kept,
        Err(why) => return Ok(Err(why)),
    };
    let differs = if kept.plan != fresh.plan {
        "another plan: give the arguments that it was begun with"
    } else if kept.maps != fresh.maps {
        "other versions of the maps"
    } else if (&kept.machine.cpu, &kept.machine.system, kept.machine.cpus)
        != (&fresh.machine.cpu, &fresh.machine.system, fresh.machine.cpus)
    {
        "another machine"
    } else if kept.machine.optimised != fresh.machine.optimised {
        "a racelab that was compiled in another way"
    } else {
        return Ok(Ok(kept));
    };
    Ok(Err(Refused(format!("it was measured with {differs}; or name another file"))))
}

/// What the file has, whatever its plan and machine.
///
/// # Errors
/// The file cannot be read.
pub(super) fn load(file: &Path) -> anyhow::Result<Result<Report, Refused>> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(whole(&String::from_utf8_lossy(&bytes)))
}

fn whole(text: &str) -> Result<Report, Refused> {
    let why = "no measurement, or damaged: name another file, or remove it";
    serde_json::from_str(text).map_err(|_| Refused(why.to_string()))
}

/// Replaces the file, so that at each moment it holds a whole document.
pub(super) fn write(file: &Path, report: &Report) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut new = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    serde_json::to_writer(&mut new, &render::document(report))?;
    new.write_all(b"\n")?;
    new.persist(file)?;
    Ok(())
}
