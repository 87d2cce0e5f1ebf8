//! A report in plain words, one event a line: for test output, which has no colours and no width.

use std::fmt::Write;

use crate::report::{End, Engine, Failure, Report, Step, Verdict};

/// What a report says, in a few lines.
pub fn report(report: &Report) -> String {
    let mut text = format!("{}: {}\n", engine(report.engine), verdict(report));
    if let Some(failure) = &report.failure {
        text += &steps(failure);
    }
    for note in &report.notes {
        let _ = writeln!(text, "  note: {note}");
    }
    text
}

/// The verdict, in the wordings that stand for what was proved and no more.
pub fn verdict(report: &Report) -> String {
    let bounds = bounds(report);
    let model = model(report.engine);
    match report.verdict() {
        Verdict::Passed => {
            let count = match report.distinct {
                Some(distinct) => format!("{distinct} distinct interleavings"),
                None => format!("{} executions", report.executions),
            };
            format!("PASSED all {count} (model: {model}, bounds: {bounds})")
        }
        Verdict::NotFound => {
            let seed = report.seed.map(|seed| format!(" (seed {seed})")).unwrap_or_default();
            format!("NOT FOUND in {} schedules{seed} - not a proof", report.executions)
        }
        Verdict::Inconclusive => match &report.end {
            End::Complete => "INCONCLUSIVE".to_string(),
            End::Cut(why) | End::Truncated(why) => format!("INCONCLUSIVE: stopped at {why}"),
        },
        Verdict::NotApplicable => "NOT APPLICABLE".to_string(),
        Verdict::Caught | Verdict::Hung | Verdict::Crashed => {
            let Some(failure) = &report.failure else { return "FAILED".to_string() };
            let share = match report.distinct {
                Some(distinct) => {
                    format!(" in {} of {distinct} distinct interleavings", report.failing)
                }
                None if report.executions > 1 => {
                    format!(" in {} of {} executions", report.failing, report.executions)
                }
                None => String::new(),
            };
            format!("{}{share}: {}", failure.kind.words().to_uppercase(), failure.why)
        }
    }
}

/// An engine by its name.
pub fn engine(engine: Engine) -> &'static str {
    match engine {
        Engine::Native => "this machine",
        Engine::Amplified => "this machine, amplified",
        Engine::Reduced => "all interleavings (shuttle, reduced search)",
        Engine::Bounded => "few preemptions (shuttle, bounded search)",
        Engine::Random => "random schedules (shuttle)",
        Engine::Pct => "random priorities (shuttle, PCT)",
        Engine::Loom => "loom",
    }
}

/// The memory model that an engine explores.
pub fn model(engine: Engine) -> &'static str {
    match engine {
        Engine::Native | Engine::Amplified => "this machine",
        Engine::Loom => "C11 as loom has it",
        _ => "sequential consistency",
    }
}

fn bounds(report: &Report) -> String {
    match report.bounds.preemptions {
        Some(1) => "1 preemption".to_string(),
        Some(count) => format!("{count} preemptions"),
        None => "none".to_string(),
    }
}

/// The steps of a failing execution, one a line.
pub fn steps(failure: &Failure) -> String {
    let width = failure.actors.iter().map(String::len).max().unwrap_or(0);
    let mut text = String::new();
    for (number, step) in failure.steps.iter().enumerate() {
        let place = format!("{}:{}", step.file, step.line);
        let what = operation(step);
        let _ = writeln!(text, "  {:>3}  {:<width$}  {what:<44}  {place}", number + 1, step.thread);
    }
    text
}

/// One operation as a reader of the source would write it: `length.store(Relaxed) <- 16`.
pub fn operation(step: &Step) -> String {
    let mut text = match step.field.as_str() {
        "" => step.op.clone(),
        field => format!("{field}.{}", step.op),
    };
    if let Some(ordering) = &step.ordering {
        let _ = write!(text, "({ordering})");
    }
    let reads = step.wrote.is_some() || step.stale || !step.op.starts_with("store");
    match (&step.value, &step.wrote) {
        (Some(read), Some(wrote)) => {
            let _ = write!(text, " {read} -> {wrote}");
        }
        (Some(value), None) if reads && step.op != "write" => {
            let _ = write!(text, " -> {value}");
        }
        (Some(value), None) => {
            let _ = write!(text, " <- {value}");
        }
        _ => {}
    }
    if let Some(newest) = &step.newest {
        let _ = write!(text, "  STALE, newest {newest}");
    }
    text
}
