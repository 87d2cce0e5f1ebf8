//! One row of a result: a version, an engine, what it found, and whether that was promised.

use racelab::report::{EngineFacts, Failure, Report, Verdict};
use racelab::words::{Ink, Page, report, verdict};
use racelab_demos::course::{Turn, Version};
use racelab_demos::promise::{Differs, Instead, Promise};

/// What an engine said of a version.
#[derive(Clone, Debug)]
pub struct Run {
    /// The version that was explored.
    pub version: &'static Version,
    /// Which of its races.
    pub turn: Turn,
    /// The engine that was asked for.
    pub engine: EngineFacts,
    /// What it found, or why it was not asked.
    pub found: Result<Report, &'static str>,
    /// How that compares with what the demo declares.
    pub promise: Promise,
    /// What this machine showed of the version in a moment, where the checkers pass it.
    pub machine: Option<Report>,
    /// The report on all models, where it is on a share: what is put together with others.
    pub share: Option<Report>,
}

impl Run {
    /// The report, if the engine was asked.
    pub fn report(&self) -> Option<&Report> {
        self.found.as_ref().ok()
    }

    /// The simplest failure, if there is one.
    pub fn failure(&self) -> Option<&Failure> {
        self.report()?.failure.as_ref()
    }

    /// Whether it is a share that was explored to its end, and nothing failed in it: no verdict.
    pub fn is_share(&self) -> bool {
        self.report().is_some_and(Report::is_share)
    }

    /// Whether these are real threads.
    pub fn native(&self) -> bool {
        self.engine.hardware()
    }

    /// Whether the engine takes orders of whole operations, without reordering.
    pub fn interleavings(&self) -> bool {
        self.engine.interleaves()
    }

    /// The engine that was asked for, or that took over from it.
    pub fn by(&self) -> &EngineFacts {
        self.report().map_or(&self.engine, |report| &report.engine)
    }

    /// The name of that engine, as it is typed.
    pub fn engine_name(&self) -> &str {
        &self.by().name
    }

    /// The verdict in one line.
    pub fn verdict(&self) -> String {
        match &self.found {
            Ok(report) => verdict::line(report),
            Err(reason) => format!("NOT APPLICABLE: {reason}"),
        }
    }

    /// The ink of the verdict: failing is bad even where it was promised.
    pub fn ink(&self) -> Ink {
        match &self.found {
            Ok(report) if report.failure.is_some() => Ink::Bad,
            Ok(report) if report.verdict() == Verdict::Passed => Ink::Good,
            Ok(_) => Ink::Notable,
            Err(_) => Ink::Faint,
        }
    }

    /// `  reduced  PASSED all 6 executions (...)`, wrapped, with the verdict's word in its ink.
    pub fn line(&self, before: &str, page: &Page) -> String {
        let verdict = self.verdict();
        let word = self.report().map_or("NOT APPLICABLE".to_string(), verdict::word);
        let first = format!("{before}{:10}  ", self.by().label());
        let rest = " ".repeat(racelab::words::width(&first));
        let text = page.paragraph(&first, &rest, &verdict);
        match text.split_once(&word) {
            Some((left, right)) => format!("{left}{}{right}", page.paint(self.ink(), &word)),
            None => text,
        }
    }
}

/// What was declared and what came instead; nothing where the promise is kept.
pub fn differs(promise: &Promise) -> Option<String> {
    let (Promise::Broken(Differs { declared, instead })
    | Promise::Open(Differs { declared, instead })) = promise
    else {
        return None;
    };
    let instead = match instead {
        Instead::Found(kind) => format!("found: {}", kind.words()),
        Instead::Shown(kind) => format!("here: {}", kind.words()),
        Instead::Nothing => "found: nothing".to_string(),
        Instead::NotEverything => "it did not see everything".to_string(),
        Instead::Contradicted => "this machine contradicts it".to_string(),
        Instead::NotYet => "not found yet".to_string(),
    };
    Some(format!("declared: {}; {instead}", declared.words()))
}

/// What racelab may be blind to, where the machine contradicts these runs of one version; nothing
/// elsewhere.
pub fn contradicted<'a>(
    runs: impl IntoIterator<Item = &'a Run>,
    indent: &str,
    page: &Page,
) -> String {
    let reports: Vec<Report> = runs.into_iter().filter_map(Run::report).cloned().collect();
    report::contradicted(&reports, indent, page)
}

/// What each engine that was used does, and cannot see: once for all rows.
pub fn legend<'a>(runs: impl IntoIterator<Item = &'a Run>, page: &Page) -> String {
    let mut engines: Vec<&EngineFacts> = Vec::new();
    for run in runs.into_iter().filter(|run| run.found.is_ok()) {
        if !engines.iter().any(|engine| engine.name == run.by().name) {
            engines.push(run.by());
        }
    }
    let mut text = String::new();
    for engine in engines {
        let first = format!("  {:10}  ", engine.name);
        let rest = " ".repeat(first.len());
        let about = format!("{}. Cannot see {}.", engine.about, engine.blind_spot);
        text += &page.paragraph(&first, &rest, &about);
    }
    text
}
