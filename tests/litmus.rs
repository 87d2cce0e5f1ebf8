//! Litmus tests with known answers, through the facade, on every engine.

use racelab::Scenario;
use racelab::explore::{Budget, search};
use racelab::report::{End, Report};

/// Two threads, two words; each reads at the end what its program says, as two digits.
macro_rules! litmus {
    ($name:ident, $left:expr, $right:expr) => {
        racelab::scenario!(mod $name {
            use super::rt::sync::atomic::{AtomicU64, Ordering::*, fence};
            use racelab::{Outcome, Race, Saw, actor, outcomes};
            pub struct Memory { x: AtomicU64, y: AtomicU64 }
            racelab::fields!(Memory { x: left | right, y: left | right });
            outcomes! {
                R00: Allowed, "0 0"; R01: Allowed, "0 1"; R10: Allowed, "1 0"; R11: Allowed, "1 1";
                OTHER: Forbidden, "no such value";
            }
            pub const RACE: Race<Memory> = Race::new(
                || Memory { x: AtomicU64::new(0), y: AtomicU64::new(0) },
                &[actor("left", |m, saw| left(m, saw)), actor("right", |m, saw| right(m, saw))],
                outcome,
                OUTCOMES,
            );
            fn left(m: &Memory, saw: &mut Saw) {
                let run: fn(&Memory) -> u64 = $left;
                let _ = fence;
                saw.note(run(m));
            }
            fn right(m: &Memory, saw: &mut Saw) {
                let run: fn(&Memory) -> u64 = $right;
                saw.note(run(m));
            }
            fn outcome(_: &Memory, saws: &[Saw]) -> Outcome {
                match (saws[0].values()[0], saws[1].values()[0]) {
                    (0, 0) => R00, (0, 1) => R01, (1, 0) => R10, (1, 1) => R11, _ => OTHER,
                }
            }
        });
    };
}

litmus!(
    sb,
    |m| {
        m.x.store(1, Relaxed);
        m.y.load(Relaxed)
    },
    |m| {
        m.y.store(1, Relaxed);
        m.x.load(Relaxed)
    }
);
litmus!(
    lb,
    |m| {
        let r = m.x.load(Relaxed);
        m.y.store(1, Relaxed);
        r
    },
    |m| {
        let r = m.y.load(Relaxed);
        m.x.store(1, Relaxed);
        r
    }
);

fn seen(report: &Report) -> Vec<&str> {
    report.outcomes.iter().filter(|o| o.count > 0).map(|o| o.id.as_str()).collect()
}

fn reduced(scenario: &Scenario) -> Report {
    let report = search::reduced(scenario, &Budget::default());
    assert_eq!(report.end, End::Complete);
    report
}

#[test]
fn store_buffering() {
    let r = reduced(&sb::SCENARIO);
    println!("{} {:?} {:?}", r.executions, r.distinct, r.notes);
    assert_eq!(seen(&r), ["R01", "R10", "R11"]);
    let r = reduced(&lb::SCENARIO);
    println!("{} {:?} {:?}", r.executions, r.distinct, r.notes);
}
