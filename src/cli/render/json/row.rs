//! One exploration as JSON, and the execution that it shows.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::render::run::{self, Run};
use racelab::report::{
    Bounds, End, Failure, Model, OutcomeCount, Report, Second, Step, Unreasonable, Verdict,
};
use racelab::words::{note, stop, verdict, why};
use racelab_demos::course::Turn;
use racelab_demos::promise::Promise;

/// One exploration. Absent fields are left out.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    version: String,
    race: &'a str,
    runtime: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
    engine: &'a str,
    verdict: Verdict,
    promise: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    differs: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<racelab::report::Kind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'a str>,
    text: String,
    end: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stop: Option<Value>,
    complete: bool,
    executions: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    broken_off: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distinct: Option<u64>,
    failing: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    unreasonable: Option<Value>,
    bounds: Bounds,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_failure_seconds: Option<f64>,
    outcomes: &'a [OutcomeCount],
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actors: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    initial: Option<BTreeMap<&'a str, &'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<Value>>,
    blind_spots: Vec<String>,
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    second_opinion: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suspects: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<&'a Report>,
}

pub(super) fn row(run: &Run) -> Row<'_> {
    let report = run.report();
    let failure = run.failure();
    let shown = failure.filter(|failure| !failure.steps.is_empty());
    let promise = match &run.promise {
        _ if run.is_share() => "open",
        Promise::Kept => "kept",
        Promise::Open(_) => "open",
        Promise::Broken(_) => "broken",
    };
    let (end, stopped) = match report.map(|report| &report.end) {
        Some(End::Complete) => ("complete", None),
        Some(End::Truncated(long)) => ("truncated", Some(stop::too_long(long))),
        Some(End::Unseen(_)) => ("cut", None),
        Some(End::Cut(why)) => ("cut", Some(stop::stop(why, run.by()))),
        None => ("cut", Some("not asked".to_string())),
    };
    Row {
        version: run.version.name(),
        race: match run.turn {
            Turn::First => "first",
            Turn::Again => "again",
        },
        runtime: &run.by().runtime,
        model: run.by().model().map(Model::name),
        engine: run.engine_name(),
        verdict: report.map_or(Verdict::NotApplicable, |report| report.verdict()),
        promise,
        differs: run::differs(&run.promise),
        kind: failure.map(|failure| failure.kind),
        why: failure.map(why::why).or(run.found.as_ref().err().map(|why| why.to_string())),
        outcome: failure.and_then(|failure| failure.outcome()),
        text: run.verdict(),
        end,
        stopped,
        stop: report.and_then(|report| self::stop(&report.end)),
        complete: end == "complete",
        executions: report.map_or(0, |report| report.executions),
        broken_off: report.map(|report| report.broken_off).filter(|&count| count > 0),
        distinct: report.and_then(|report| report.distinct),
        failing: report.map_or(0, |report| report.failing),
        unreasonable: report.and_then(|report| report.unreasonable.as_ref()).map(unreasonable),
        bounds: report.map_or(Bounds::default(), |report| report.bounds.clone()),
        seed: report.and_then(|report| report.seed),
        seconds: report.map_or(0.0, |report| report.seconds),
        first_failure_seconds: report.and_then(|report| report.first_failure_seconds),
        outcomes: report.map_or(&[], |report| &report.outcomes),
        token: failure.and_then(|failure| failure.token.as_deref()),
        actors: shown.map(|failure| failure.actors.as_slice()),
        initial: shown.map(|failure| memory(&failure.initial)),
        steps: shown.map(|failure| failure.steps.iter().map(step).collect()),
        blind_spots: report.map(verdict::blind_spots).unwrap_or_default(),
        notes: report.map_or(Vec::new(), |r| r.notes.iter().map(note::note).collect()),
        second_opinion: report.and_then(|report| report.second.as_ref()).map(second_opinion),
        suspects: report.and_then(|r| r.contradiction.as_ref()).map(note::suspects),
        share: run.share.as_ref(),
    }
}

/// Who has decided in place of an engine that is not exact, and whether that says something else.
fn second_opinion(second: &Second) -> Value {
    let causes: Vec<&str> = second.causes.iter().map(note::spot).collect();
    json!({
        "decided_by": second.by, "overruled": second.overruled, "alarm": second.alarm,
        "causes": causes,
    })
}

/// The second look: `yields` is there where a loop that waits was held up after so many.
fn unreasonable(again: &Unreasonable) -> Value {
    json!({
        "failures": again.failures,
        "wakeups": again.wakeups,
        "writers_first": again.writers_first,
        "returns": again.returns,
        "yields": again.yields,
        "complete": again.end == End::Complete,
        "executions": again.executions,
        "distinct": again.distinct,
        "failing": again.failing,
        "seconds": again.seconds,
        "outcomes": again.outcomes,
    })
}

/// What stopped it, as data: `{"time": 1.0}`, `"first-failure"`, `{"steps": 10000}`.
fn stop(end: &End) -> Option<Value> {
    match end {
        End::Complete | End::Unseen(_) => None,
        End::Cut(stop) => Some(json!(stop)),
        End::Truncated(long) => Some(json!({ "steps": long.steps })),
    }
}

/// A failure as `racelab exercise check` has it.
pub(in crate::render) fn failure(failure: &Failure) -> Value {
    json!({
        "kind": failure.kind, "why": why::why(failure), "outcome": failure.outcome(),
        "actors": failure.actors, "initial": failure.initial,
        "steps": failure.steps, "stale": failure.stale, "switches": failure.switches,
        "schedule": failure.schedule, "token": failure.token,
    })
}

/// As the report has it, with the memory as an object.
pub(super) fn step(step: &Step) -> Value {
    let mut value = serde_json::to_value(step).unwrap_or_default();
    value["memory"] = json!(memory(&step.memory));
    value
}

pub(super) fn memory(words: &[(String, String)]) -> BTreeMap<&str, &str> {
    words.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}
