//! Whether this machine will do: looked at, each with what to do about it.

mod machine;
mod parallel;
mod toolchain;

use std::path::{Path, PathBuf};

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Health {
    /// As it should be.
    Good,
    /// The course can be given; something will be less pretty.
    Remark,
    /// Exercises cannot be done.
    Bad,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// What: `cargo`, `crates`, `disk`.
    pub what: &'static str,
    /// How it is.
    pub health: Health,
    /// The finding as a sentence.
    pub says: String,
    /// What to do, where it is not as it should be.
    pub remedy: Option<String>,
}

impl Finding {
    fn good(what: &'static str, says: impl Into<String>) -> Finding {
        Finding { what, health: Health::Good, says: says.into(), remedy: None }
    }

    fn remark(what: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding { what, health: Health::Remark, says: says.into(), remedy: Some(remedy.into()) }
    }

    fn bad(what: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding { what, health: Health::Bad, says: says.into(), remedy: Some(remedy.into()) }
    }
}

/// Where text goes, as whoever asks sees it.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Whether it is one at all.
    pub is_one: bool,
    /// How many columns it has.
    pub width: usize,
    /// Whether there will be colour.
    pub colour: bool,
}

/// What to look at.
#[derive(Clone, Debug)]
pub struct Questions {
    /// Where exercises will be built.
    pub folder: PathBuf,
    /// Crates vendored in this folder, instead of cargo's cache.
    pub crates: Option<PathBuf>,
    /// Where text goes.
    pub terminal: Terminal,
}

/// Looks at everything. `step` is told what is looked at now; it takes a few seconds.
pub fn look(questions: &Questions, step: &dyn Fn(&str)) -> Vec<Finding> {
    let mut findings = toolchain::look(questions.crates.as_deref(), step);
    step("disk");
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    findings.push(machine::disk(target.as_deref().unwrap_or(&questions.folder)));
    step("CPUs");
    findings.push(machine::cpus());
    findings.push(parallel::look());
    findings.push(machine::time());
    findings.push(machine::terminal(questions.terminal));
    findings.push(machine::letters(&|name| std::env::var(name).ok()));
    findings
}

/// Whether the course can be given on this machine.
pub fn green(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.health != Health::Bad)
}

/// The nearest folder that is there: the given one, or one around it.
fn existing(folder: &Path) -> &Path {
    let mut around = folder.ancestors();
    let is_there = |folder: &&Path| folder.is_dir();
    around
        .find(is_there)
        .filter(|path| path.components().next().is_some())
        .unwrap_or(Path::new("."))
}
