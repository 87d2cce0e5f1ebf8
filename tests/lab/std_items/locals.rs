//! `thread_local!`: each thread has its own, fresh in each execution, and dropped at its end.

// Both ways to begin with a value are tried.
#![allow(clippy::missing_const_for_thread_local)]

use racelab::report::Kind;

use super::{fails, passes};

racelab::scenario!(
    mod own {
        use super::rt::cell::{Cell, RefCell};
        use super::rt::sync::Arc;
        use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
        use super::rt::thread_local;
        use racelab::{Outcome, Race, Saw, actor, outcomes};
        pub struct Memory {
            dropped: Arc<AtomicU64>,
            word: AtomicU64,
        }
        racelab::fields!(Memory { dropped: left | right, word: left | right });
        outcomes! { OWN: Allowed, "each counted to two"; SHARED: Forbidden, "one has counted for both"; }
        struct Last(Arc<AtomicU64>);
        impl Drop for Last {
            fn drop(&mut self) {
                // The other is still there: values go newest first.
                self.0.fetch_add(COUNT.get(), Relaxed);
            }
        }
        thread_local! {
            static COUNT: Cell<u64> = const { Cell::new(0) };
            static LAST: RefCell<Option<Last>> = RefCell::new(None);
        }
        fn act(memory: &Memory, saw: &mut Saw) {
            COUNT.set(COUNT.get() + 1);
            LAST.set(Some(Last(memory.dropped.clone())));
            // Another may run here.
            memory.word.store(1, Relaxed);
            COUNT.with(|count| count.set(count.get() + 1));
            saw.note(COUNT.get());
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { dropped: Arc::new(AtomicU64::new(0)), word: AtomicU64::new(0) },
            &[actor("left", act), actor("right", act)],
            outcome,
            OUTCOMES,
        );
        fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
            let each = saws.iter().all(|saw| saw.values() == [2]);
            if each && memory.dropped.load(Relaxed) == 4 { OWN } else { SHARED }
        }
    }
);

racelab::scenario!(
    mod counted_in_one {
        use super::rt::cell::Cell;
        use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
        use super::rt::thread_local;
        use racelab::{Outcome, Race, Saw, actor, outcomes};
        pub struct Memory {
            word: AtomicU64,
        }
        racelab::fields!(Memory { word: left | right });
        outcomes! { BOTH: Allowed, "all were counted"; LOST: Forbidden, "each counts its own"; }
        thread_local!(static COUNT: Cell<u64> = Cell::new(0));
        fn act(memory: &Memory, saw: &mut Saw) {
            memory.word.store(1, Relaxed);
            COUNT.set(COUNT.get() + 1);
            saw.note(COUNT.get());
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { word: AtomicU64::new(0) },
            &[actor("left", act), actor("right", act)],
            outcome,
            OUTCOMES,
        );
        fn outcome(_: &Memory, saws: &[Saw]) -> Outcome {
            if saws.iter().any(|saw| saw.values() == [2]) { BOTH } else { LOST }
        }
    }
);

#[test]
fn each_thread_has_its_own() {
    passes(&own::SCENARIO);
    fails(&counted_in_one::SCENARIO, Kind::Forbidden);
}
