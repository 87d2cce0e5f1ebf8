//! Reports, failures and steps that the tests of this room are about.

use crate::explore::Engine;
use crate::report::{End, Failure, Kind, Report, Step};

/// A report on 812,004 executions, in which nothing failed.
pub fn report(engine: &dyn Engine, end: End) -> Report {
    Report { executions: 812_004, ..Report::new(engine.facts(), end) }
}

/// The same with two failing executions.
pub fn failing(kind: Kind, report: Report) -> Report {
    Report { failure: Some(failure(kind, "why", Vec::new())), failing: 2, ..report }
}

/// A failure of a writer and a reader.
pub fn failure(kind: Kind, why: &str, steps: Vec<Step>) -> Failure {
    let actors = vec!["writer".to_string(), "reader".to_string()];
    Failure {
        stale: steps.iter().filter(|step| step.stale).count(),
        steps,
        ..Failure::told(kind, why.to_string(), actors)
    }
}

/// A step at `broken.rs`, without a line.
pub fn step(thread: &str, field: &str, op: &str, value: &str) -> Step {
    Step {
        thread: thread.to_string(),
        op: op.to_string(),
        ordering: Some("Relaxed".to_string()),
        field: field.to_string(),
        value: (!value.is_empty()).then(|| value.to_string()),
        wrote: None,
        newest: None,
        stale: false,
        file: "broken.rs".to_string(),
        line: 0,
        source: String::new(),
        memory: Vec::new(),
    }
}
