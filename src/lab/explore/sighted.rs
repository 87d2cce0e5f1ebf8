//! What becomes of an exploration when the checkers do not see all of the program.

use super::engine::Engine;
use super::panics::file_name;
use crate::fields::Plain;
use crate::report::{End, Failure, Kind, Note, Report, Verdict};
use crate::report::{Instead, Unseen, What};
use crate::rt::spot::Spot;
use crate::rt::survey::Survey;
use crate::rt::{context, op};
use crate::scenario::Scenario;
use crate::sight;

/// So often one thread comes to a place in a loop that never ends, and hardly elsewhere.
const BUSY: u32 = 500;

/// The report on a scenario that is not explored: its text or its types say that a checker would
/// not see all of it.
pub(crate) fn refused(scenario: &Scenario, engine: &dyn Engine) -> Option<Report> {
    let found = sight::of(scenario);
    (!found.is_empty()).then(|| Report::new(engine.facts(), End::Unseen(found)))
}

/// Explores with what the text says of pointers: which reads of them nobody follows.
pub(crate) fn within<R>(scenario: &Scenario, explore: impl FnOnce() -> R) -> R {
    let unfollowed = sight::unfollowed(scenario).into();
    context::within(|settings| settings.unfollowed = unfollowed, explore)
}

/// Takes back a proof in which some actor announced nothing, or used memory that nobody watches,
/// and says where a loop waits that never
/// yields.
pub(super) fn look(scenario: &Scenario, survey: &Survey, report: &mut Report) {
    let mut unseen = unseen(scenario, survey, false);
    if scenario.is_closure() {
        // What is seen of it is claimed, and where nothing is, nothing.
        let (silent, rest) =
            unseen.into_iter().partition(|unseen| matches!(unseen.what, What::Silent(_)));
        unseen = silent;
        report.notes.extend(rest.into_iter().map(Note::NotSeen));
    }
    if !unseen.is_empty() && report.verdict() == Verdict::Passed {
        report.end = End::Unseen(unseen);
    }
    let dropped = |failure: &Failure| {
        let races = matches!(failure.kind, Kind::DataRace | Kind::UseAfterFree);
        races && failure.steps.iter().any(|step| step.kind == op::Kind::End)
    };
    if report.failure.as_ref().is_some_and(dropped) && sight::counts_of_std(scenario) {
        report.notes.push(Note::ArcOfStd);
    }
    if let (End::Truncated(_), Some((at, count))) = (&report.end, survey.busiest)
        && count >= BUSY
    {
        report.notes.push(Note::Busy {
            file: file_name(at.file()).to_string(),
            line: at.line(),
            count,
        });
    }
}

/// What some executions have shown that no checker sees. `own` says that all types in the scenario
/// are an answer's own, and none may hold anything else.
pub(super) fn unseen(scenario: &Scenario, survey: &Survey, own: bool) -> Vec<Unseen> {
    let mut found = silent(scenario, survey);
    let here = |at: &Spot, path: &str, instead: &str| {
        let file = file_name(at.file()).to_string();
        let source = scenario.line(&file, at.line()).to_string();
        let (path, instead) = (path.to_string(), Instead::Facade(instead.to_string()));
        Unseen { file, line: at.line(), source, what: What::Path { path, instead } }
    };
    let exposed = survey.exposed.iter();
    found.extend(exposed.map(|at| {
        here(at, "what is done through rt::cell::UnsafeCell::get", "its with or with_mut")
    }));
    // Of a scenario its text says who follows a pointer, and the race clocks go after that.
    let pointers = survey.pointers.iter().filter(|_| scenario.is_closure());
    found.extend(pointers.map(|at| {
        here(
            at,
            "what lies behind this pointer and is not made of rt",
            "rt's cells and atomics there",
        )
    }));
    let of = |field: &str, what| {
        let (file, line, source) = declared(scenario, field).unwrap_or_default();
        Unseen { file, line, source, what }
    };
    let changes = |field| of(field, What::Written(format!("{field} is plain, and changes")));
    // Somebody's own type may hold what is no part of the race.
    let plain = survey.changed().filter(|(_, plain)| own || *plain != Plain::Opaque);
    found.extend(plain.map(|(field, _)| changes(field)));
    found.extend(survey.addresses().map(|field| of(field, What::Address)));
    found
}

/// Where the text declares the first field of a path: the file, the line and what stands there.
fn declared(scenario: &Scenario, path: &str) -> Option<(String, u32, String)> {
    let name = path.split(['.', '[']).next()?;
    let starts = |line: &str| {
        let rest = line.trim_start().trim_start_matches("pub ").strip_prefix(name)?;
        rest.trim_start().starts_with(':').then_some(())
    };
    scenario.sources.iter().find_map(|source| {
        let mut lines = source.text.lines().enumerate();
        let (at, line) = lines.find(|(_, line)| starts(line).is_some())?;
        Some((source.name().to_string(), at as u32 + 1, line.trim().to_string()))
    })
}

/// Actors that announced no operation. What an actor does before its first one depends on nothing
/// that a schedule changes, so one execution that came to its end tells it.
fn silent(scenario: &Scenario, survey: &Survey) -> Vec<Unseen> {
    if survey.ended == 0 {
        return Vec::new();
    }
    if scenario.is_closure() {
        // To start threads, and to wait for them, is nothing that they share.
        let alone = [op::Kind::Spawn, op::Kind::Join, op::Kind::Local];
        let shared = |kind: &op::Kind| !alone.contains(kind);
        if survey.kinds.keys().any(|(_, kind)| shared(kind)) {
            return Vec::new();
        }
    }
    let announced =
        |thread: usize| !scenario.is_closure() && survey.kinds.keys().any(|(by, _)| *by == thread);
    let actors = scenario.actors().into_iter().enumerate();
    let silent = actors.filter(|(index, _)| !announced(index + 1));
    let unseen = |(_, name): (usize, &str)| Unseen {
        file: String::new(),
        line: 0,
        source: String::new(),
        what: What::Silent(name.to_string()),
    };
    silent.map(unseen).collect()
}
