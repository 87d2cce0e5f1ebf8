//! Verdicts in words: what was proved and no more.

use super::number::{count, of, seconds};
use super::sight;
use crate::report::{Bounds, End, Engine, Kind, Report};

/// The verdict in one line, without a full stop.
pub fn line(report: &Report) -> String {
    match (&report.failure, &report.end, report.engine) {
        (Some(_), ..) => failed(report),
        (None, End::Unseen(found), _) => sight::line(found),
        (None, _, Engine::Native | Engine::Amplified | Engine::Random | Engine::Pct) => {
            let seed = report.seed.map(|seed| format!(" (seed {seed})")).unwrap_or_default();
            let schedules = of(report.executions, "schedule", "schedules");
            format!("NOT FOUND in {schedules}{seed} - not a proof")
        }
        (None, End::Complete, engine) => format!(
            "PASSED all {} (model: {}, bounds: {}){}",
            of(report.executions, "execution", "executions"),
            model(engine),
            bounds(&report.bounds),
            distinct(report),
        ),
        (None, End::Cut(at) | End::Truncated(at), _) => {
            let executions = of(report.executions, "execution", "executions");
            match at {
                // A cap: a number of seconds or of executions.
                at if at.ends_with("executions") => {
                    format!("INCONCLUSIVE: stopped at {executions}")
                }
                at if at.ends_with(" s") => {
                    format!("INCONCLUSIVE: stopped at {at} after {executions}")
                }
                reason => format!("INCONCLUSIVE: stopped at {executions}: {reason}"),
            }
        }
    }
}

/// The word that the line begins with, for a reader in a hurry.
pub fn word(report: &Report) -> String {
    let line = line(report);
    let end = line.find(|c: char| !(c.is_uppercase() || c == ' ')).unwrap_or(line.len());
    line[..end].trim_end().to_string()
}

fn failed(report: &Report) -> String {
    let Some(failure) = &report.failure else { return String::new() };
    let kind = failure.kind.words().to_uppercase();
    let all = report.end == End::Complete;
    let failing = count(report.failing);
    // A forbidden outcome has a name, and the reason is told elsewhere.
    let outcome = match (failure.kind, failure.why.split_once(": ")) {
        (Kind::Forbidden, Some((id, _))) if report.executions > 0 => format!(": {id}"),
        _ => String::new(),
    };
    let share = match (report.engine, report.distinct) {
        _ if report.executions == 0 => format!("{kind}: {}", first_line(&failure.why)),
        (Engine::Native | Engine::Amplified, _) => {
            format!("{kind} in {failing} of {}", of(report.executions, "run", "runs"))
        }
        (_, Some(distinct)) if all => {
            format!("{kind} in {failing} of {} distinct interleavings", count(distinct))
        }
        _ => {
            let executions = of(report.executions, "execution", "executions");
            let first = if all { "" } else { "the first " };
            format!("{kind} in {failing} of {first}{executions}")
        }
    };
    share + &outcome
}

fn distinct(report: &Report) -> String {
    match report.distinct {
        Some(distinct) if distinct != report.executions => {
            format!(", {}", of(distinct, "distinct interleaving", "distinct interleavings"))
        }
        _ => String::new(),
    }
}

/// The memory model an engine explores, in a word or two: [`about`] explains them.
pub fn model(engine: Engine) -> &'static str {
    match engine {
        Engine::Native | Engine::Amplified => "this machine",
        Engine::Loom => "C11",
        _ => "SC",
    }
}

/// Bounds as they are said in a verdict: `none`, `2 preemptions`.
pub fn bounds(bounds: &Bounds) -> String {
    let preemptions = bounds.preemptions.map(|n| of(n as u64, "preemption", "preemptions"));
    let executions = bounds.executions.map(|n| of(n, "execution", "executions"));
    let steps = bounds.steps.map(|n| of(n, "step", "steps"));
    let time = bounds.seconds.map(seconds);
    let all: Vec<String> = [preemptions, executions, steps, time].into_iter().flatten().collect();
    if all.is_empty() { "none".to_string() } else { all.join(", ") }
}

/// What an engine does, in a sentence.
pub fn about(engine: Engine) -> &'static str {
    match engine {
        Engine::Native => "real threads on this machine",
        Engine::Amplified => "real threads that yield at random before each operation",
        Engine::Reduced => {
            "every class of equivalent interleavings, under sequential consistency (SC)"
        }
        Engine::Bounded => {
            "every interleaving with few preemptions, under sequential consistency (SC)"
        }
        Engine::Random => "random schedules, under sequential consistency (SC)",
        Engine::Pct => {
            "schedules with few, random changes of priority, under sequential consistency (SC)"
        }
        Engine::Loom => "interleavings and stale reads, in loom's model of C11",
    }
}

/// What an engine cannot see, wherever it is used; a report adds what it could not see there.
pub fn blind_spot(engine: Engine) -> &'static str {
    match engine {
        Engine::Native | Engine::Amplified => {
            "what this machine did not do just now: another one, or the next run, may show more"
        }
        Engine::Loom => {
            "load buffering (a load that is overtaken by a later store), nor a store older than \
             the last seven to its word; SeqCst accesses count only as acquire and release"
        }
        _ => "reordering: in SC all threads agree on one order of all operations",
    }
}

/// All that was not looked at in this exploration.
pub fn blind_spots(report: &Report) -> Vec<String> {
    let mut spots = vec![blind_spot(report.engine).to_string()];
    if let (None, Some(bound)) = (&report.failure, report.bounds.preemptions) {
        let preemptions = of(bound as u64, "preemption", "preemptions");
        spots.push(format!("a failure that takes more than {preemptions}"));
    }
    spots
        .extend(report.blind_spots.iter().filter(|s| **s != spots[0]).cloned().collect::<Vec<_>>());
    spots
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{failing, report};
    use super::*;

    #[test]
    fn three_wordings_when_nothing_failed() {
        let mut passed = report(Engine::Bounded, End::Complete);
        passed.bounds.preemptions = Some(3);
        assert_eq!(
            line(&passed),
            "PASSED all 812,004 executions (model: SC, bounds: 3 preemptions)"
        );
        let random = Report { seed: Some(7), ..report(Engine::Random, End::Cut("1.0 s".into())) };
        assert_eq!(line(&random), "NOT FOUND in 812,004 schedules (seed 7) - not a proof");
        let cut = |at: &str| line(&report(Engine::Loom, End::Cut(at.to_string())));
        assert_eq!(cut("30.0 s"), "INCONCLUSIVE: stopped at 30.0 s after 812,004 executions");
        assert_eq!(cut("812004 executions"), "INCONCLUSIVE: stopped at 812,004 executions");
        assert_eq!(
            cut("loom ends here: too deep"),
            "INCONCLUSIVE: stopped at 812,004 executions: loom ends here: too deep"
        );
    }

    #[test]
    fn failures_say_how_many_of_what() {
        let all = failing(Kind::Forbidden, report(Engine::Loom, End::Complete));
        assert_eq!(line(&all), "FORBIDDEN OUTCOME in 2 of 812,004 executions");
        assert_eq!(word(&all), "FORBIDDEN OUTCOME");
        let reduced = Report {
            distinct: Some(6),
            ..failing(Kind::DataRace, report(Engine::Reduced, End::Complete))
        };
        assert_eq!(line(&reduced), "DATA RACE in 2 of 6 distinct interleavings");
        let cut = failing(Kind::Deadlock, report(Engine::Loom, End::Cut("1.0 s".into())));
        assert_eq!(line(&cut), "DEADLOCK in 2 of the first 812,004 executions");
        let hung =
            Report { executions: 0, ..failing(Kind::Hang, report(Engine::Native, End::Complete)) };
        assert_eq!(line(&hung), "HANG: why");
    }
}
