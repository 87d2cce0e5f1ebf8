//! Verdicts in words: what was proved and no more.

use super::number::{count, of, seconds};
use super::{note, sight, stop, why};
use crate::report::{
    Bounds, Contradiction, End, EngineFacts, Report, Shown, Stop, Unreasonable, Verdict,
};

/// The verdict in one line, without a full stop.
pub fn line(report: &Report) -> String {
    match (&report.failure, &report.end) {
        (Some(_), _) => failed(report),
        (None, End::Unseen(found)) => sight::line(found),
        _ if report.verdict() == Verdict::NotFound => {
            let seed = report.seed.map(|seed| format!(" (seed {seed})")).unwrap_or_default();
            // One that was broken off may have failed later.
            let whole = report.executions.saturating_sub(report.broken_off);
            let schedules = of(whole, "schedule", "schedules");
            let found = format!("NOT FOUND in {schedules}{seed} - not a proof");
            match report.broken_off {
                0 => found,
                1 => found + "; 1 more was broken off",
                more => found + &format!("; {} more were broken off", count(more)),
            }
        }
        (None, End::Complete) => {
            let all = match report.executions {
                1 => "its only execution".to_string(),
                many => format!("all {} executions", count(many)),
            };
            let executions = of(report.executions, "execution", "executions");
            let (model, bounds) = (model(&report.engine), bounds(&report.bounds));
            let within = format!("(model: {model}, bounds: {bounds})");
            match &report.contradiction {
                Some(found) => {
                    format!("UNDECIDED: {}, and none of {executions} does {within}", shown(found))
                }
                None => {
                    let again = report.unreasonable.as_ref().map(again).unwrap_or_default();
                    format!("PASSED {all} {within}{}{again}", distinct(report))
                }
            }
        }
        (None, End::Cut(stop)) => {
            let executions = of(report.executions, "execution", "executions");
            match stop {
                Stop::Share(partition) => format!(
                    "SHARE {partition}: none of {executions} fails; no verdict without the other \
                     shares"
                ),
                Stop::Executions(_) => format!("INCONCLUSIVE: stopped at {executions}"),
                Stop::Time(at) => {
                    format!("INCONCLUSIVE: stopped at {at:.1} s after {executions}")
                }
                Stop::NotModelled(what) => {
                    format!(
                        "INCONCLUSIVE: none of {executions} fails, but not all is modelled: {what}"
                    )
                }
                other => {
                    let why = stop::stop(other, &report.engine);
                    format!("INCONCLUSIVE: stopped at {executions}: {why}")
                }
            }
        }
        (None, End::Truncated(long)) => {
            let executions = of(report.executions, "execution", "executions");
            format!("INCONCLUSIVE: stopped at {executions}: {}", stop::too_long(long))
        }
    }
}

/// The second look, as the end of a sentence, with its limit.
fn again(again: &Unreasonable) -> String {
    let more = of(again.executions, "execution", "executions");
    let limit = match again.yields {
        Some(1) => "; a loop that waits went round once unchanged".to_string(),
        Some(rounds) => format!("; a loop that waits went round {rounds} times unchanged at most"),
        None => String::new(),
    };
    format!(", and {more} with {UNREASONABLE}{limit}")
}

/// What the second look adds, in a few words.
const UNREASONABLE: &str = "what std allows for no reason";

/// What the second look added, one after the other.
pub fn looked_again(again: &Unreasonable) -> String {
    let what = [
        (again.failures, "a weak exchange that fails"),
        (again.wakeups, "a wakeup that nobody caused"),
        (again.writers_first, "a waiting writer that holds up new readers"),
        (again.returns, "a yield that returns at once"),
    ];
    let what: Vec<&str> = what.iter().filter(|what| what.0).map(|what| what.1).collect();
    what.join(", ")
}

/// The word that the line begins with, for a reader in a hurry.
pub fn word(report: &Report) -> String {
    match (&report.failure, report.verdict()) {
        (Some(failure), _) => failure.kind.words().to_uppercase(),
        (None, Verdict::Passed) => "PASSED".to_string(),
        (None, Verdict::NotFound) => "NOT FOUND".to_string(),
        (None, Verdict::Undecided) => "UNDECIDED".to_string(),
        (None, _) if report.is_share() => "SHARE".to_string(),
        (None, _) => "INCONCLUSIVE".to_string(),
    }
}

/// What the machine showed, as the first half of a sentence.
fn shown(found: &Contradiction) -> String {
    match &found.shown {
        Shown::Outcome { id, count: seen, runs } => {
            let runs = of(*runs, "run", "runs");
            format!("this machine showed {id} in {} of {runs}", count(*seen))
        }
        Shown::Failure(kind, why) => {
            format!(
                "real threads ended in a {} on this machine ({})",
                kind.words(),
                why::first_line(why)
            )
        }
    }
}

fn failed(report: &Report) -> String {
    let Some(failure) = &report.failure else { return String::new() };
    let kind = failure.kind.words().to_uppercase();
    let all = report.end == End::Complete;
    let failing = count(report.failing);
    // A forbidden outcome has a name, and the reason is told elsewhere.
    let outcome = failure.outcome().filter(|_| report.executions > 0);
    let outcome = outcome.map(|id| format!(": {id}")).unwrap_or_default();
    let again = report.unreasonable.as_ref();
    let again = again.filter(|again| again.failing > 0 && report.failing == 0);
    let share = match report.distinct {
        _ if again.is_some() => {
            let (failing, distinct) = again.map_or((0, 0), |again| (again.failing, again.distinct));
            let distinct = of(distinct, "execution", "executions");
            format!("{kind} in {} of {distinct} with {UNREASONABLE}", count(failing))
        }
        _ if report.executions == 0 => format!("{kind}: {}", why::first_line(&failure.why)),
        _ if report.engine.hardware() => {
            format!("{kind} in {failing} of {}", of(report.executions, "run", "runs"))
        }
        Some(distinct) if all && report.engine.interleaves() => {
            format!("{kind} in {failing} of {} distinct interleavings", count(distinct))
        }
        _ => {
            let executions = of(report.executions, "execution", "executions");
            match (all, report.executions) {
                (true, _) => format!("{kind} in {failing} of {executions}"),
                (false, 1) => format!("{kind} in the first execution"),
                (false, _) => format!("{kind} in {failing} of the first {executions}"),
            }
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

/// The memory models that an engine decides, in a word or two: what it is about explains them.
pub fn model(engine: &EngineFacts) -> String {
    let models: Vec<&str> = engine.models.iter().map(|model| model.name()).collect();
    if models.is_empty() { "this machine".to_string() } else { models.join(", ") }
}

/// Bounds as they are said in a verdict: `none`, `2 preemptions`.
pub fn bounds(bounds: &Bounds) -> String {
    let preemptions = bounds.preemptions.map(|n| of(n as u64, "preemption", "preemptions"));
    let timeouts = bounds.timeouts.map(|n| of(n.into(), "timeout", "timeouts") + " a thread");
    let rounds = bounds.rounds.map(|n| of(n.into(), "round", "rounds") + " of a loop that writes");
    let executions = bounds.executions.map(|n| of(n, "execution", "executions"));
    let steps = bounds.steps.map(|n| of(n, "step", "steps"));
    let time = bounds.seconds.map(seconds);
    let all = [preemptions, timeouts, rounds, executions, steps, time];
    let all: Vec<String> = all.into_iter().flatten().collect();
    if all.is_empty() { "none".to_string() } else { all.join(", ") }
}

/// All that was not looked at in this exploration.
pub fn blind_spots(report: &Report) -> Vec<String> {
    let mut spots = vec![report.engine.blind_spot.clone()];
    if let (None, Some(bound)) = (&report.failure, report.bounds.preemptions) {
        let preemptions = of(bound as u64, "preemption", "preemptions");
        spots.push(format!("a failure that takes more than {preemptions}"));
    }
    let here: Vec<String> = report.blind_spots.iter().map(|s| note::spot(s).to_string()).collect();
    spots.extend(here.into_iter().filter(|spot| *spot != report.engine.blind_spot));
    spots
}

#[cfg(test)]
mod tests {
    use super::super::samples::{failing, report};
    use super::*;
    use crate::explore::{BOUNDED, LOOM, NATIVE, PCT, RANDOM, REDUCED};
    use crate::report::{Kind, Suspect, TooLong, Why};

    #[test]
    fn three_wordings_when_nothing_failed() {
        let mut passed = report(BOUNDED, End::Complete);
        passed.bounds.preemptions = Some(3);
        assert_eq!(
            line(&passed),
            "PASSED all 812,004 executions (model: SC, bounds: 3 preemptions)"
        );
        let random = Report { seed: Some(7), ..report(RANDOM, End::Cut(Stop::Time(1.0))) };
        assert_eq!(line(&random), "NOT FOUND in 812,004 schedules (seed 7) - not a proof");
        let cut = |stop: Stop| line(&report(LOOM, End::Cut(stop)));
        let time = cut(Stop::Time(30.0));
        assert_eq!(time, "INCONCLUSIVE: stopped at 30.0 s after 812,004 executions");
        let count = cut(Stop::Executions(812_004));
        assert_eq!(count, "INCONCLUSIVE: stopped at 812,004 executions");
        for words in ["no answer within 5 s", "gave up after 9 executions", "too deep"] {
            let whole =
                format!("INCONCLUSIVE: stopped at 812,004 executions: loom ends here: {words}");
            assert_eq!(cut(Stop::Said(words.to_string())), whole);
        }
    }

    #[test]
    fn an_execution_that_was_broken_off_is_no_schedule_without_a_failure() {
        let end = End::Truncated(TooLong { steps: 9, broken_off: None });
        let some = Report { broken_off: 12_000, ..report(PCT, end.clone()) };
        assert_eq!(
            line(&some),
            "NOT FOUND in 800,004 schedules - not a proof; 12,000 more were broken off"
        );
        let all = Report { broken_off: 812_004, ..report(PCT, end) };
        assert_eq!(all.verdict(), Verdict::Inconclusive);
        assert!(
            line(&all).starts_with("INCONCLUSIVE: stopped at 812,004 executions: an execution had")
        );
    }

    #[test]
    fn a_contradiction_says_what_was_shown() {
        let undecided = |shown| {
            let found = Contradiction { shown, suspects: vec![Suspect::LongLoop(8)] };
            assert_eq!(note::suspects(&found).len(), 2);
            let contradiction = Some(found);
            Report { contradiction, ..report(REDUCED, End::Complete) }
        };
        let lost = undecided(Shown::Outcome { id: "LOST".to_string(), count: 3, runs: 1_204 });
        assert_eq!(
            line(&lost),
            "UNDECIDED: this machine showed LOST in 3 of 1,204 runs, and none of 812,004 \
             executions does (model: SC, bounds: none)"
        );
        assert_eq!(word(&lost), "UNDECIDED");
        let died =
            undecided(Shown::Failure(Kind::Crash, Why::Said("it aborted: why\nmore".to_string())));
        assert!(line(&died).starts_with(
            "UNDECIDED: real threads ended in a crash on this machine (it aborted: why), and none"
        ));
    }

    #[test]
    fn failures_say_how_many_of_what() {
        let all = failing(Kind::Forbidden, report(LOOM, End::Complete));
        assert_eq!(line(&all), "FORBIDDEN OUTCOME in 2 of 812,004 executions: why");
        assert_eq!(word(&all), "FORBIDDEN OUTCOME");
        let reduced =
            Report { distinct: Some(6), ..failing(Kind::DataRace, report(REDUCED, End::Complete)) };
        assert_eq!(line(&reduced), "DATA RACE in 2 of 6 distinct interleavings");
        let cut = failing(Kind::Deadlock, report(LOOM, End::Cut(Stop::Time(1.0))));
        assert_eq!(line(&cut), "DEADLOCK in 2 of the first 812,004 executions");
        let hung = Report { executions: 0, ..failing(Kind::Hang, report(NATIVE, End::Complete)) };
        assert_eq!(line(&hung), "HANG: why");
    }
}
