//! The JSON documents: each is one object with its schema and its command. Fields are only added.

mod row;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

pub(super) use self::row::failure;
use self::row::{Row, memory, row, step};
use super::detectors;
use super::run::Run;
use racelab::explore::native::curves::{CurveReport, Point};
use racelab::explore::native::figures::{CostReport, Figures};
use racelab::explore::weaken::{self as weakened, Weakened};
use racelab::report::{Failure, Model, Report};
use racelab::words::{weaken, why};
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
    // A share is no verdict.
    let ok = demos
        .iter()
        .flat_map(|found| &found.runs)
        .all(|run| run.promise == Promise::Kept && !run.is_share());
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

/// `racelab report`: where the page is, and how large.
pub fn page(file: &std::path::Path, bytes: usize) -> Document {
    document("report", json!({ "file": file, "bytes": bytes }))
}

/// `racelab check --merge`: demos as without shares, and tests by their places.
pub fn merged(demos: &[Found], tests: Vec<Value>) -> Document {
    let mut whole = runs("check", demos);
    let passed = tests.iter().all(|test| test["passed"] == json!(true));
    whole.body["ok"] = json!(whole.body["ok"] == json!(true) && passed);
    whole.body["tests"] = json!(tests);
    whole
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
