//! The stages of marking, and what there is to say of each, as data.

use super::found::Found;
use racelab::against::{Amounts, Tested};
use racelab::explore::conduct::{Exceeds, Objection};
use racelab::explore::weaken::{Need, Weakened, Weaker};
use racelab::race::Grade;
use racelab::report::Unseen;
use racelab::report::{Death, End, Kind, Note, Report, Verdict};
use racelab::trial::DiedIn;

/// How a stage ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nothing to object to.
    Ok,
    /// Something is wrong.
    Failed,
    /// Not everything was seen.
    Open,
    /// Worth knowing; it fails nothing.
    Remark,
    /// It was not looked at, or there is nothing to look at.
    None,
}

/// One stage, or one line of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Its name: one of [`STAGES`].
    pub stage: &'static str,
    /// How it ended.
    pub state: State,
    /// What there is to say.
    pub says: Says,
}

/// What there is to say of a stage.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// It was not looked at yet.
    NotYet,
    /// It took so many seconds to build.
    Built(f64),
    /// rustc has so many errors.
    Errors(usize),
    /// rustc has this one error.
    Error(String),
    /// The checkers do not see this.
    Unseen(Unseen),
    /// The process died, in the case of this name where it was in one.
    Died(Option<String>, Kind, Death),
    /// A case does not hold: its name, and what it said.
    FailsCase(String, String),
    /// So many single-threaded cases hold.
    Cases(usize),
    /// So many assertions on the bytes hold.
    Assertions(usize),
    /// A required outcome never came up.
    Missing {
        /// The name of the outcome.
        id: String,
        /// Why it is required.
        reason: String,
        /// Whether everything was seen.
        complete: bool,
    },
    /// An actor may wait that must not.
    Waits(Objection),
    /// An operation is used that is forbidden.
    Uses(Objection),
    /// An actor does more than is enough.
    Exceeds(Exceeds),
    /// No execution came to its end.
    NoEnd,
    /// Nothing to object to in what the actors do.
    Concurrent {
        /// So many required outcomes came up.
        required: usize,
        /// These actors never wait.
        never_wait: Vec<String>,
        /// Nothing forbidden is used, where anything is.
        limited: bool,
    },
    /// What scenarios came to under an engine that the specification generates.
    Specified(Box<Tested>),
    /// The process of one died, in such a scenario.
    DiedIn(Box<DiedIn>),
    /// What an engine found.
    Found {
        /// The report of that engine.
        report: Box<Report>,
        /// Forbidden outcomes that came up besides the one of the simplest failure.
        also: Vec<String>,
        /// Why executions were too long, where that is known.
        note: Option<Note>,
    },
    /// The engine of this name does not judge it, for this reason.
    NotJudged(String, String),
    /// There was no time to weaken it.
    NoTime,
    /// So many of so many weakenings fail.
    Needed(usize, usize),
    /// What stands here is stronger than it need be: these weakenings of it, one after the other, fail
    /// nothing.
    NotNeeded(Vec<Weaker>),
}

/// The stages of marking, in their order.
pub const STAGES: [&str; 8] = [
    "seen by checkers",
    "builds",
    "single thread",
    "still concurrent",
    "model-checked",
    "layout",
    "specified",
    "weakened",
];

fn stage(stage: &'static str, state: State, says: Says) -> Stage {
    debug_assert!(STAGES.contains(&stage), "{stage} has no place among the stages");
    Stage { stage, state, says }
}

/// The stage of building, which came first.
pub fn built(took: std::time::Duration) -> Stage {
    stage("builds", State::Ok, Says::Built(took.as_secs_f64()))
}

/// The stages after building. `not_judged` names engines that do not judge it, and why.
pub fn stages(found: &Found, not_judged: &[(String, String)]) -> Vec<Stage> {
    let mut stages = unseen(found.unseen());
    stages.push(alone(found));
    if found.conduct.is_none() {
        stages.extend(not_yet(&["still concurrent", "model-checked", "layout"]));
        return stages;
    }
    stages.extend(concurrent(found));
    if found.reports.is_empty() {
        stages.extend(not_yet(&["model-checked"]));
    }
    stages.extend(found.reports.iter().map(|report| {
        let state = match report.verdict() {
            Verdict::Passed => State::Ok,
            _ if report.failure.is_some() => State::Failed,
            _ => State::Open,
        };
        let long = matches!(report.end, End::Truncated(_)) && report.failure.is_none();
        let note = report.notes.last().filter(|_| long).cloned();
        let report = Box::new(report.clone());
        stage("model-checked", state, Says::Found { also: also(&report), note, report })
    }));
    stages.extend(not_judged.iter().map(|(engine, why)| {
        stage("model-checked", State::None, Says::NotJudged(engine.clone(), why.clone()))
    }));
    stages.push(layout(found));
    stages.extend(specified(found));
    stages
}

/// What the checkers do not see, a line each; nothing where they see all of it.
fn unseen(found: &[Unseen]) -> Vec<Stage> {
    let said = |unseen: &Unseen| Says::Unseen(unseen.clone());
    found.iter().map(|unseen| stage("seen by checkers", State::Failed, said(unseen))).collect()
}

fn not_yet(names: &[&'static str]) -> Vec<Stage> {
    names.iter().map(|name| stage(name, State::None, Says::NotYet)).collect()
}

/// The stages of a file that does not compile, and what rustc has to say: its one error, or how
/// many there are.
pub fn not_built(errors: &[String]) -> Vec<Stage> {
    let says = match errors {
        [one] => Says::Error(one.clone()),
        many => Says::Errors(many.len()),
    };
    let later = not_yet(&["single thread", "still concurrent", "model-checked", "layout"]);
    [vec![stage("builds", State::Failed, says)], later].concat()
}

/// The stages of a file that is not built, because its text says already what is not seen.
pub fn not_seen(found: &[Unseen]) -> Vec<Stage> {
    let later = ["builds", "single thread", "still concurrent", "model-checked", "layout"];
    [unseen(found), not_yet(&later)].concat()
}

/// Forbidden outcomes that came up besides the one of the simplest failure.
fn also(report: &Report) -> Vec<String> {
    let Some(failure) = &report.failure else { return Vec::new() };
    let forbidden = report.outcomes.iter().filter(|row| row.grade == Grade::Forbidden);
    let others = forbidden.filter(|row| row.count > 0 && failure.outcome() != Some(&row.id));
    others.map(|row| row.id.clone()).collect()
}

/// What the solution does in scenarios that the specification generates, a line for each engine.
fn specified(found: &Found) -> Vec<Stage> {
    let said = |tested: &Result<Tested, Box<DiedIn>>| match tested {
        Ok(tested) => {
            let state = match tested.amounts() {
                Amounts::Passed => State::Ok,
                Amounts::Failed => State::Failed,
                Amounts::Undecided => State::Open,
                Amounts::NoTime | Amounts::NotJudged => State::None,
            };
            stage("specified", state, Says::Specified(Box::new(tested.clone())))
        }
        Err(died) => stage("specified", State::Failed, Says::DiedIn(died.clone())),
    };
    found.specified.iter().flatten().map(said).collect()
}

fn alone(found: &Found) -> Stage {
    let name = "single thread";
    if let Some((case, kind, how)) = &found.alone.died {
        let case = Some(case.clone()).filter(|case| !case.is_empty());
        return stage(name, State::Failed, Says::Died(case, *kind, how.clone()));
    }
    cases(name, found, false)
}

fn layout(found: &Found) -> Stage {
    cases("layout", found, true)
}

fn cases(name: &'static str, found: &Found, layout: bool) -> Stage {
    if let Some(failed) = found.alone.failed(layout) {
        let why = failed.failed.clone().unwrap_or_default();
        return stage(name, State::Failed, Says::FailsCase(failed.name.clone(), why));
    }
    let count = found.alone.ran.iter().filter(|ran| ran.layout == layout).count();
    let state = if count == 0 { State::None } else { State::Ok };
    stage(name, state, if layout { Says::Assertions(count) } else { Says::Cases(count) })
}

fn concurrent(found: &Found) -> Vec<Stage> {
    let name = "still concurrent";
    let conduct = match &found.conduct {
        Some(Ok(conduct)) => conduct,
        Some(Err((kind, how))) => {
            return vec![stage(name, State::Failed, Says::Died(None, *kind, how.clone()))];
        }
        None => return Vec::new(),
    };
    let complete = found.reports.iter().all(|report| report.end == End::Complete);
    let missing = found.missing().into_iter().map(|row| {
        let state = if complete { State::Failed } else { State::Open };
        let (id, reason) = (row.id.clone(), row.reason.clone());
        stage(name, state, Says::Missing { id, reason, complete })
    });
    let objections = [
        conduct.blocks.clone().map(Says::Waits),
        conduct.uses.clone().map(Says::Uses),
        conduct.exceeds.clone().map(Says::Exceeds),
    ];
    let objections = objections.into_iter().flatten();
    let objections = objections.map(|says| stage(name, State::Failed, says));
    let stages: Vec<Stage> = missing.chain(objections).collect();
    if !stages.is_empty() {
        return stages;
    }
    let mut rows = found.reports.iter().flat_map(|report| &report.outcomes);
    vec![match rows.any(|row| row.count > 0) {
        true => {
            let required = conduct.outcomes.iter().filter(|row| row.required).count();
            let never_wait = conduct.must_not_block.clone();
            let limited = conduct.limited;
            stage(name, State::Ok, Says::Concurrent { required, never_wait, limited })
        }
        false => stage(name, State::Open, Says::NoEnd),
    }]
}

/// The last stage: what the answer hangs on. Never a failure.
pub fn weakened(table: Option<&Weakened>) -> Vec<Stage> {
    let name = "weakened";
    let Some(table) = table.filter(|table| table.refused.is_none()) else {
        return vec![stage(name, State::None, Says::NoTime)];
    };
    let needed = table.rows.iter().filter(|row| row.verdict == Need::Needed).count();
    let mut stages = vec![stage(name, State::Ok, Says::Needed(needed, table.rows.len()))];
    let mut idle: Vec<Vec<Weaker>> = Vec::new();
    for row in table.rows.iter().filter(|row| row.verdict == Need::NotNeeded) {
        // One remark for a place of the code, however often it was weakened.
        let same = |other: &&mut Vec<Weaker>| {
            let (one, two) = (&other[0], &row.what);
            (&one.file, one.line, &one.operation, one.failing)
                == (&two.file, two.line, &two.operation, two.failing)
        };
        match idle.iter_mut().find(same) {
            Some(place) => place.push(row.what.clone()),
            None => idle.push(vec![row.what.clone()]),
        }
    }
    stages.extend(idle.into_iter().map(|place| stage(name, State::Remark, Says::NotNeeded(place))));
    stages
}

#[cfg(test)]
mod tests {
    use super::*;
    use racelab::explore::LOOM;
    use racelab::report::OutcomeCount;
    use racelab::words::samples;

    #[test]
    fn an_outcome_whose_name_begins_another_is_named_as_well() {
        let row = |id: &str| OutcomeCount {
            id: id.to_string(),
            grade: Grade::Forbidden,
            reason: "as named".to_string(),
            count: 1,
        };
        let failure = samples::failure(Kind::Forbidden, "LOST_UPDATE", Vec::new());
        let report = Report {
            outcomes: vec![row("LOST"), row("LOST_UPDATE")],
            failure: Some(failure),
            ..samples::report(LOOM, End::Complete)
        };
        assert_eq!(also(&report), ["LOST"]);
    }
}
