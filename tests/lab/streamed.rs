//! A store past the caches that its thread has not waited for when it releases something is an error
//! under every engine; what waits for it is none.

use racelab::explore::{GRAPHS, LOOM, REDUCED};
use racelab::report::{Does, Kind, Model, Verdict, Why};

use crate::explore;

/// A writer that streams and then raises a flag, beside a reader that nobody's outcome depends on.
macro_rules! streams {
    ($name:ident, $between:expr) => {
        racelab::scenario!(mod $name {
            #[allow(unused_imports)]
            use super::rt::arch::{drain, stream};
            #[allow(unused_imports)]
            use super::rt::sync::{Mutex, atomic::{AtomicU64, Ordering::*, fence}};
            use racelab::{Race, Saw, actor, outcomes};
            pub struct Memory { data: AtomicU64, flag: AtomicU64, lock: Mutex<()> }
            racelab::fields!(Memory { data: writer -> reader, flag: writer -> reader, lock: writer });
            outcomes! { ENDED: Allowed, "both ended"; }
            fn writes(memory: &Memory, _: &mut Saw) {
                // Safety: whether it is kept is what is looked at.
                unsafe { stream(&memory.data, 1) };
                let between: fn(&Memory) = $between;
                between(memory);
            }
            pub const RACE: Race<Memory> = Race::new(
                || Memory {
                    data: AtomicU64::new(0),
                    flag: AtomicU64::new(0),
                    lock: Mutex::new(()),
                },
                &[
                    actor("writer", writes),
                    actor("reader", |memory: &Memory, saw| saw.note(memory.flag.load(Acquire))),
                ],
                |_, _| ENDED,
                OUTCOMES,
            );
        });
    };
}
streams!(released, |m| m.flag.store(1, Release));
streams!(fenced, |m| {
    fence(Release);
    m.flag.store(1, Relaxed);
});
streams!(locked_before, |m| {
    drop(m.lock.lock());
    // Safety: as above.
    unsafe { stream(&m.data, 2) };
    m.flag.store(1, Release);
});

streams!(drained, |m| {
    drain();
    m.flag.store(1, Release);
});
streams!(swapped, |m| {
    m.lock.is_poisoned();
    m.flag.swap(1, Relaxed);
    m.flag.store(2, Release);
});
streams!(stored_in_order, |m| {
    m.flag.store(1, SeqCst);
    m.flag.store(2, Release);
});
streams!(fully_fenced, |m| {
    fence(SeqCst);
    m.flag.store(2, Release);
});
streams!(locked, |m| {
    drop(m.lock.lock());
    m.flag.store(2, Release);
});
streams!(never_released, |m| m.flag.store(1, Relaxed));

#[test]
fn what_is_not_waited_for_is_an_error_everywhere() {
    for scenario in [&released::SCENARIO, &fenced::SCENARIO, &locked_before::SCENARIO] {
        for engine in [REDUCED, GRAPHS, LOOM] {
            let report = explore(scenario, engine);
            let failure = report.failure.as_ref().expect("a failure");
            assert_eq!(failure.kind, Kind::Undrained, "{report}");
            assert!(report.to_string().contains("no drain() comes between"), "{report}");
            let Why::Conflict(conflict) = &failure.why else { panic!("{report}") };
            assert_eq!(
                (conflict.first.does, conflict.second.does),
                (Does::Streams, Does::Releases)
            );
        }
        let report = explore(scenario, GRAPHS);
        for model in [Model::X86, Model::C11] {
            let report = report.under(model).expect("it decides it");
            assert_eq!(report.failure.map(|failure| failure.kind), Some(Kind::Undrained));
        }
    }
}

#[test]
fn what_is_waited_for_is_none() {
    for scenario in [
        &drained::SCENARIO,
        &swapped::SCENARIO,
        &stored_in_order::SCENARIO,
        &fully_fenced::SCENARIO,
        &locked::SCENARIO,
        &never_released::SCENARIO,
    ] {
        for engine in [REDUCED, GRAPHS, LOOM] {
            let report = explore(scenario, engine);
            assert_eq!(report.verdict(), Verdict::Passed, "{}: {report}", scenario.name);
        }
    }
}
