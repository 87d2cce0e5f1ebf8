//! The JSON documents: each is one object with its schema and its command. Fields are only added.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::run::Run;
use super::{detectors, run};
use racelab::explore::native::curves::{CurveReport, Point};
use racelab::explore::native::figures::{CostReport, Figures};
use racelab::explore::weaken::{self as weakened, Weakened};
use racelab::report::{
    Bounds, End, Failure, Model, OutcomeCount, Report, Second, Step, Unreasonable, Verdict,
};
use racelab::words::{note, stop, verdict, weaken, why};
use racelab_demos::course::{Demo, Role, Turn, Verdicts, Version};
use racelab_demos::promise::Promise;

/// What every document says it is.
pub const SCHEMA: &str = "racelab/2";

/// One document: its schema and its command come first.
#[derive(Serialize)]
pub struct Document {
    schema: &'static str,
    command: String,
    #[serde(flatten)]
    body: Value,
}

pub(super) fn document(command: &str, body: Value) -> Document {
    Document { schema: SCHEMA, command: command.to_string(), body }
}

/// `racelab` alone: what to type next.
pub fn start(next: &[String]) -> Document {
    document("start", json!({ "next": next }))
}

/// The document of `racelab completions --json`.
pub fn completions(shell: &str, script: &str) -> Document {
    document("completions", json!({ "shell": shell, "script": script }))
}

/// `racelab explain`: `kind` is `lesson` or `term`.
pub fn explain(name: &str, kind: &str, markdown: &str) -> Document {
    document("explain", json!({ "name": name, "kind": kind, "markdown": markdown }))
}

/// The document of `racelab list --json`.
pub fn list<'a>(demos: impl Iterator<Item = &'a Demo>) -> Document {
    let demo = |demo: &Demo| {
        let versions = demo.versions.iter().map(|version| {
            let again = version.again.map(|again| json!({ "declared": declared(&again.verdicts) }));
            json!({
                "name": version.name(),
                "role": role(version.role),
                "title": version.title,
                "declared": declared(&version.verdicts),
                "again": again,
            })
        });
        json!({
            "name": demo.name,
            "title": demo.title,
            "part": demo.part.title(),
            "versions": versions.collect::<Vec<_>>(),
        })
    };
    let demos: Vec<Value> = demos.map(demo).collect();
    document("list", json!({ "demos": demos }))
}

/// What was found of one demo.
pub struct Found {
    /// The demo that was explored.
    pub demo: &'static Demo,
    /// What was said of its versions.
    pub runs: Vec<Run>,
    /// What its versions cost on this machine, where that was measured.
    pub cost: Option<CostReport>,
    /// How that grows.
    pub curves: Vec<CurveReport>,
}

/// `racelab check` and `racelab demo`: the runs of each demo.
pub fn runs(command: &str, demos: &[Found]) -> Document {
    let ok = demos.iter().flat_map(|found| &found.runs).all(|run| run.promise == Promise::Kept);
    let demo = |found: &Found| {
        let runs: Vec<Row> = found.runs.iter().map(row).collect();
        let mut demo = json!({ "name": found.demo.name, "title": found.demo.title, "runs": runs });
        let machines: BTreeMap<String, Value> = found.runs.iter().filter_map(machine).collect();
        if !machines.is_empty() {
            demo["hardware"] = json!(machines);
        }
        if let Some(cost) = &found.cost {
            demo["cost"] = cost.variants.iter().map(variant).collect();
            demo["cost_finding"] = json!(cost.finding);
        }
        let detectors = detectors::rows(&found.runs);
        if command == "demo" && !detectors.is_empty() {
            demo["detectors"] = json!(detectors);
        }
        if !found.curves.is_empty() {
            demo["curves"] = found.curves.iter().map(curve).collect();
        }
        demo
    };
    let demos: Vec<Value> = demos.iter().map(demo).collect();
    document(command, json!({ "ok": ok, "demos": demos }))
}

/// What this machine showed of a run's race, by the version's name; `fixed/again` is the second.
fn machine(run: &Run) -> Option<(String, Value)> {
    let name = match run.turn {
        Turn::First => run.version.name(),
        Turn::Again => format!("{}/again", run.version.name()),
    };
    Some((name, hardware(run.machine.as_ref()?)))
}

/// What a moment on real threads showed. Figures of a machine stand here and nowhere else, so that
/// the rest of a document is the same everywhere.
pub(super) fn hardware(report: &Report) -> Value {
    let seen = report.outcomes.iter().filter(|row| row.count > 0);
    let seen: BTreeMap<&str, u64> = seen.map(|row| (row.id.as_str(), row.count)).collect();
    let failure = report.failure.as_ref();
    json!({
        "runs": report.executions, "seconds": report.seconds, "outcomes": seen,
        "kind": failure.map(|failure| failure.kind),
        "why": failure.map(why::why),
    })
}

/// A curve: its points with the figures of each line, and where lines cross.
fn curve(report: &CurveReport) -> Value {
    let point = |point: &Point| {
        let cost: Vec<Value> = point.report.variants.iter().map(variant).collect();
        json!({ "at": point.at, "cost": cost, "cost_finding": point.report.finding })
    };
    json!({
        "name": report.name, "title": report.title, "axis": report.axis, "unit": report.unit,
        "baseline": report.baseline, "out_of_reach": report.out_of_reach,
        "points": report.points.iter().map(point).collect::<Vec<_>>(),
        "crossings": report.crossings,
    })
}

fn variant(figures: &Figures) -> Value {
    let ns = figures
        .ns_per_operation
        .map(|spread| json!({ "median": spread.median, "p10": spread.p10, "p90": spread.p90 }));
    json!({ "variant": figures.name, "ns_per_op": ns, "ratio": figures.ratio })
}

/// `racelab replay`: the execution of a token, and the outcome that it ended in although it does not
/// fail.
pub fn replay(
    token: &str,
    scenario: &str,
    engine: &str,
    shown: &Failure,
    allowed: Option<Option<&str>>,
) -> Document {
    let fails = allowed.is_none();
    document(
        "replay",
        json!({
            "token": token, "scenario": scenario, "engine": engine,
            "kind": fails.then_some(shown.kind),
            "why": if fails { why::why(shown) } else { String::new() },
            "outcome": allowed.unwrap_or(shown.outcome()),
            "shown_by": shown.shown_by.map(Model::name), "actors": shown.actors,
            "initial": memory(&shown.initial),
            "steps": shown.steps.iter().map(step).collect::<Vec<_>>(),
        }),
    )
}

/// `racelab outcomes`: each outcome under each model.
pub fn outcomes(version: &str, rows: &[impl Serialize]) -> Document {
    document("outcomes", json!({ "version": version, "outcomes": rows }))
}

/// `racelab check --weaken`: the table of each version.
pub fn weakened(tables: &[(&Demo, &Version, Weakened)]) -> Document {
    let ok = tables.iter().all(|(_, _, table)| table.refused.is_none());
    let row = |(demo, version, table): &(&Demo, &Version, Weakened)| {
        json!({
            "name": demo.name, "version": version.name(),
            "refused": table.refused.as_deref().map(weaken::refused),
            "weaken": table.rows.iter().map(weaker).collect::<Vec<_>>(),
            "together": table.together.iter().map(weaken::together).collect::<Vec<_>>(),
            "footnotes": table.footnotes.iter().map(weaken::footnote).collect::<Vec<_>>(),
            "preemptions": table.bound.as_ref().map(|bound| bound.preemptions), "seconds": table.seconds,
        })
    };
    let demos: Vec<Value> = tables.iter().map(row).collect();
    document("check", json!({ "ok": ok, "demos": demos }))
}

/// One weakening. Absent fields are left out.
fn weaker(row: &weakened::TriedWeakening) -> Value {
    let what = &row.what;
    let mut value = json!({
        "file": what.file, "line": what.line, "operation": weaken::operation(what),
        "change": weaken::how(&what.how), "verdict": row.verdict, "executions": row.executions,
    });
    if let Some(model) = row.under {
        value["model"] = json!(model.name());
    }
    if let Some(objection) = &row.objection {
        value["fails_with"] = json!(weaken::objection(objection));
    }
    value
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Broken => "broken",
        Role::Fixed => "fixed",
        Role::NearFix => "near-fix",
        Role::Alternative => "alternative",
    }
}

fn declared(verdicts: &Verdicts) -> Value {
    let except = verdicts.except.iter();
    let except = except.map(|except| (except.engine.to_string(), except.expect.words()));
    let except: BTreeMap<String, &str> = except.collect();
    json!({
        "sc": verdicts.sc.words(), "x86": verdicts.x86.words(), "c11": verdicts.c11.words(),
        "except": except,
    })
}

/// One exploration. Absent fields are left out.
#[derive(Serialize)]
struct Row<'a> {
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
}

fn row(run: &Run) -> Row<'_> {
    let report = run.report();
    let failure = run.failure();
    let shown = failure.filter(|failure| !failure.steps.is_empty());
    let promise = match &run.promise {
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
pub(super) fn failure(failure: &Failure) -> Value {
    json!({
        "kind": failure.kind, "why": why::why(failure), "outcome": failure.outcome(),
        "actors": failure.actors, "initial": failure.initial,
        "steps": failure.steps, "stale": failure.stale, "switches": failure.switches,
        "schedule": failure.schedule, "token": failure.token,
    })
}

/// As the report has it, with the memory as an object.
fn step(step: &Step) -> Value {
    let mut value = serde_json::to_value(step).unwrap_or_default();
    value["memory"] = json!(memory(&step.memory));
    value
}

fn memory(words: &[(String, String)]) -> BTreeMap<&str, &str> {
    words.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}
