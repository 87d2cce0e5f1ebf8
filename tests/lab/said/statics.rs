//! A static of the facade's is made anew in each execution, whoever looks at it first.

use racelab::explore::{LOOM, RANDOM, REDUCED};
use racelab::report::Verdict;

racelab::scenario!(
    mod counted {
        use super::rt::sync::LazyLock;
        use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
        use racelab::{Race, Saw, actor, outcomes};
        static COUNT: LazyLock<AtomicU64> = LazyLock::new(|| AtomicU64::new(5));
        pub struct Memory;
        impl racelab::Fields for Memory {
            fn leaves(_: &str, _: usize, _: &mut Vec<racelab::fields::Leaf>) {}
        }
        outcomes! {
            BOTH: Allowed required, "each came once, to a fresh count";
            OTHER: Forbidden, "something was left of another execution";
        }
        fn add(_: &Memory, saw: &mut Saw) {
            saw.note(COUNT.fetch_add(1, Relaxed));
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory,
            &[actor("left", add), actor("right", add)],
            |_, saws| match (saws[0].values(), saws[1].values()) {
                ([5], [6]) | ([6], [5]) if COUNT.load(Relaxed) == 7 => BOTH,
                _ => OTHER,
            },
            OUTCOMES,
        )
        .checkers_only("a static is made once for all runs of real threads");
    }
);

#[test]
fn it_is_fresh_in_each_execution() {
    for engine in [REDUCED, RANDOM] {
        let budget = racelab::explore::Budget { executions: 200, ..Default::default() };
        let report = racelab::explore::search::explore(&counted::SCENARIO, engine, &budget);
        assert_eq!(report.failing, 0, "{report:?}");
    }
    let report = crate::explore(&counted::SCENARIO, REDUCED);
    assert_eq!((report.verdict(), report.distinct), (Verdict::Passed, Some(2)), "{report:?}");
    let loom = crate::explore(&counted::SCENARIO, LOOM);
    assert_eq!((loom.verdict(), loom.failing), (Verdict::Inconclusive, 0), "{loom:?}");
}
