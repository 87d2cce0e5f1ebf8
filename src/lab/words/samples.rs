//! Reports, failures and steps that the tests of this room are about.

use crate::explore::Engine;
use crate::op;
use crate::report::{End, Failure, Kind, Report, Step, Why};

/// A report on 812,004 executions, in which nothing failed.
pub fn report(engine: &dyn Engine, end: End) -> Report {
    Report { executions: 812_004, ..Report::new(engine.facts(), end) }
}

/// The same with two failing executions.
pub fn failing(kind: Kind, report: Report) -> Report {
    Report { failure: Some(failure(kind, "why", Vec::new())), failing: 2, ..report }
}

/// A failure of a writer and a reader: a forbidden outcome has this name.
pub fn failure(kind: Kind, says: &str, steps: Vec<Step>) -> Failure {
    let actors = vec!["writer".to_string(), "reader".to_string()];
    let why = match kind {
        Kind::Forbidden => Why::Outcome {
            id: says.to_string(),
            reason: "as named".to_string(),
            judge_read_old: false,
        },
        _ => Why::Said(says.to_string()),
    };
    Failure {
        stale: steps.iter().filter(|step| step.stale).count(),
        steps,
        ..Failure::told(kind, why, actors)
    }
}

/// A step at `broken.rs`, without a line.
pub fn step(thread: &str, field: &str, op: &str, value: &str) -> Step {
    let kind = match op {
        "load" => op::Kind::Load,
        "store" | "stream" => op::Kind::Store,
        "fence" => op::Kind::Fence,
        "lock" => op::Kind::Lock,
        _ => op::Kind::Rmw,
    };
    Step {
        thread: thread.to_string(),
        op: op.to_string(),
        kind,
        ordering: Some("Relaxed".to_string()),
        field: field.to_string(),
        value: (!value.is_empty()).then(|| value.to_string()),
        wrote: None,
        newest: None,
        stale: false,
        old: None,
        file: "broken.rs".to_string(),
        line: 0,
        source: String::new(),
        memory: Vec::new(),
    }
}
