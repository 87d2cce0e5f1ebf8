//! What std has besides atomics and locks: for each thing a scenario that is right and one that
//! fails, with the verdict of the reduced search, of the graphs and of loom.

mod barriers;
mod channels;
mod locals;
mod loops;
mod once;
mod scopes;
mod times;

use racelab::Scenario;
use racelab::explore::{Engine, GRAPHS, LOOM, REDUCED};
use racelab::report::{Kind, Report, Verdict};

use super::explore;

/// Two actors on a memory of these fields, beside a plain word that `put` and `get` reach, and a
/// count. What the judge makes of it is the outcome.
macro_rules! item {
    ($name:ident, { $($field:ident: $type:ty),* }, $make:expr,
        [$($outcome:ident: $grade:ident $($required:ident)?),+], $left:expr, $right:expr, $judge:expr
        $(, $also:ident)?) => {
        racelab::scenario!(pub mod $name {
            #[allow(unused_imports)]
            use super::rt::sync::atomic::{AtomicBool, AtomicU64, Ordering::*};
            #[allow(unused_imports)]
            use super::rt::sync::{
                Arc, Barrier, Condvar, Mutex, Once, OnceLock,
                mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender, TryRecvError},
            };
            #[allow(unused_imports)]
            use super::rt::cell::{Cell, UnsafeCell};
            #[allow(unused_imports)]
            use super::rt::{thread, thread_local};
            #[allow(unused_imports)]
            use std::time::Duration;
            use racelab::{Outcome, Race, Saw, actor, outcomes};
            pub struct Memory { plain: UnsafeCell<u64>, count: AtomicU64, $($field: $type),* }
            racelab::fields!(Memory {
                plain: left | right, count: left | right, $($field: left | right),*
            });
            #[allow(dead_code)]
            const SHORT: Duration = Duration::from_millis(1);
            outcomes! { $($outcome: $grade $($required)?, "as named";)+ }
            pub const RACE: Race<Memory> = Race::new(
                make,
                &[actor("left", left), actor("right", right)],
                outcome,
                OUTCOMES,
            )$(.$also())?;
            fn make() -> Memory {
                let make: fn(UnsafeCell<u64>, AtomicU64) -> Memory = $make;
                make(UnsafeCell::new(0), AtomicU64::new(0))
            }
            fn left(memory: &Memory, saw: &mut Saw) {
                let run: fn(&Memory, &mut Saw) = $left;
                run(memory, saw);
            }
            fn right(memory: &Memory, saw: &mut Saw) {
                let run: fn(&Memory, &mut Saw) = $right;
                run(memory, saw);
            }
            fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
                let judge: fn(&Memory, &[Saw]) -> Outcome = $judge;
                judge(memory, saws)
            }
            #[allow(dead_code)]
            fn put(memory: &Memory) {
                // Safety: whether anything orders it is what the checkers say; it never runs on
                // real threads.
                memory.plain.with_mut(|plain| unsafe { *plain = 1 });
            }
            #[allow(dead_code)]
            fn get(memory: &Memory) -> u64 {
                // Safety: as above.
                memory.plain.with(|plain| unsafe { *plain })
            }
        });
    };
}
use item;

const ALL: [&'static dyn Engine; 3] = [REDUCED, GRAPHS, LOOM];

/// All engines pass it, and see all that must be possible.
#[track_caller]
fn passes(scenario: &Scenario) -> Vec<Report> {
    let reports: Vec<Report> = ALL.map(|engine| explore(scenario, engine)).into();
    for report in &reports {
        assert_eq!(report.verdict(), Verdict::Passed, "{}: {report:#?}", scenario.name);
        for meaning in scenario.outcomes().iter().filter(|meaning| meaning.required) {
            let seen = report.outcomes.iter().any(|row| row.id == meaning.id && row.count > 0);
            assert!(seen, "{}: no {} in {report:#?}", scenario.name, meaning.id);
        }
    }
    reports
}

/// All engines find this kind of failure.
#[track_caller]
fn fails(scenario: &Scenario, kind: Kind) -> Vec<Report> {
    let reports: Vec<Report> = ALL.map(|engine| explore(scenario, engine)).into();
    for report in &reports {
        let found = report.failure.as_ref().map(|failure| failure.kind);
        assert_eq!(found, Some(kind), "{} {:?}: {report:#?}", scenario.name, report.engine);
    }
    reports
}

/// The operations of the execution that is shown.
fn steps(report: &Report) -> Vec<String> {
    let failure = report.failure.as_ref().expect("a failure");
    failure.steps.iter().map(|step| format!("{} {}.{}", step.thread, step.field, step.op)).collect()
}
