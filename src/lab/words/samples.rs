//! Reports, failures and steps that the tests of this room are about.

use crate::report::{Bounds, End, Engine, Failure, Kind, Report, Step};

/// A report on 812,004 executions, in which nothing failed.
pub fn report(engine: Engine, end: End) -> Report {
    Report {
        engine,
        end,
        bounds: Bounds::default(),
        executions: 812_004,
        broken_off: 0,
        distinct: None,
        failing: 0,
        outcomes: Vec::new(),
        failure: None,
        seed: None,
        seconds: 0.0,
        first_failure_seconds: None,
        unreasonable: None,
        blind_spots: Vec::new(),
        notes: Vec::new(),
        sequential: false,
        contradiction: None,
    }
}

/// The same with two failing executions.
pub fn failing(kind: Kind, report: Report) -> Report {
    Report { failure: Some(failure(kind, "why", Vec::new())), failing: 2, ..report }
}

/// A failure of a writer and a reader.
pub fn failure(kind: Kind, why: &str, steps: Vec<Step>) -> Failure {
    Failure {
        kind,
        why: why.to_string(),
        actors: vec!["writer".to_string(), "reader".to_string()],
        initial: Vec::new(),
        stale: steps.iter().filter(|step| step.stale).count(),
        switches: 0,
        steps,
        schedule: Vec::new(),
        token: None,
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
