//! The numbers of complete executions that the authors of GenMC publish with their tests.
//!
//! Source: GenMC 0.11.0 (<https://github.com/MPI-SWS/genmc>, commit b03f01e), `tests/correct`: each
//! folder has a program in C, `args.rc11.mo.in` (what comes before the bar is GenMC's, what comes
//! after it is the compiler's) and the numbers in `expected.rc11.mo.in` and, for SC, in the first
//! lines of `expected.sc.mo.in`. The programs here are written anew. Each says where its numbers
//! stand, and with which arguments.
//!
//! GenMC does not count an execution in which a thread is blocked: by `assume`, by a lock, in a
//! round of a loop that has no effect, or by `-unroll=n`, which ends the thread that enters a loop
//! for the (n + 1)th time. Where a program here cannot wait, it ends as `CUT`, and is not counted.
//! Where it can, it yields once before its loop: what it has written before is then not taken for
//! what a round of the loop has written.

mod deque;
mod litmus;
mod locks;
mod mpu;
mod queue;
mod sequence;
mod stack;

use std::time::Duration;

use racelab::Scenario;
use racelab::explore::{Budget, GRAPHS};
use racelab::report::{End, Model, OutcomeCount, Report, Verdict};

/// What a thread notes that GenMC would block.
const BLOCKED: u64 = u64::MAX;

/// Complete graphs under RC11 and under SC, without those that were cut. None fails.
#[track_caller]
fn complete(scenario: &Scenario) -> (u64, u64) {
    let report = explored(scenario);
    assert_eq!(report.verdict(), Verdict::Passed, "{report:?}");
    counted(&report)
}

#[track_caller]
fn explored(scenario: &Scenario) -> Report {
    let budget = Budget { time: Duration::from_secs(600), ..Budget::default() };
    let report = GRAPHS.explore(scenario, &budget, false);
    assert_eq!(report.end, End::Complete, "{report:?}");
    report
}

fn counted(report: &Report) -> (u64, u64) {
    let sum = |rows: &[OutcomeCount]| {
        rows.iter().filter(|row| row.id != "CUT").map(|row| row.count).sum::<u64>()
    };
    let sc = report.stricter.iter().find(|stricter| stricter.model == Model::Sc);
    (sum(&report.outcomes), sum(&sc.expect("SC").outcomes))
}
