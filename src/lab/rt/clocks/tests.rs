//! The clocks are right on small programs, and each way to break them is noticed.

use super::{SABOTAGE, Sabotage};
use crate::Scenario;
use crate::explore::REDUCED;
use crate::explore::{Budget, search};
use crate::report::Kind;

/// A writer and a reader of one plain word, and what they synchronise by.
macro_rules! program {
    ($name:ident, $left:expr, $right:expr) => {
        crate::scenario!(
            mod $name {
                #[allow(unused_imports)]
                use super::rt::sync::atomic::{AtomicU64, Ordering::*, fence};
                use super::rt::{cell::UnsafeCell, sync::Mutex};
                use crate::{Race, actor, outcomes};
                pub struct Memory {
                    flag: AtomicU64,
                    lock: Mutex<u64>,
                    data: UnsafeCell<u64>,
                }
                crate::fields!(Memory { flag: left, lock: left | right, data: left -> right });
                outcomes! { ENDED: Allowed, "both ended"; }
                fn put(m: &Memory) {
                    // Safety: whether anything orders it is the question; one thread runs at a time.
                    m.data.with_mut(|data| unsafe { *data = 1 });
                }
                fn get(m: &Memory) {
                    // Safety: as above.
                    m.data.with(|data| unsafe { *data });
                }
                pub const RACE: Race<Memory> = Race::new(
                    || Memory {
                        flag: AtomicU64::new(0),
                        lock: Mutex::new(0),
                        data: UnsafeCell::new(0),
                    },
                    &[
                        actor("left", |m, _| {
                            let run: fn(&Memory, fn(&Memory), fn(&Memory)) = $left;
                            run(m, put, get);
                        }),
                        actor("right", |m, _| {
                            let run: fn(&Memory, fn(&Memory), fn(&Memory)) = $right;
                            run(m, put, get);
                        }),
                    ],
                    |_, _| ENDED,
                    OUTCOMES,
                );
            }
        );
    };
}

program!(
    relaxed,
    |m, put, _| {
        put(m);
        m.flag.store(1, Release);
    },
    |m, _, get| if m.flag.load(Relaxed) == 1 {
        get(m)
    }
);
program!(
    fenced,
    |m, put, _| {
        put(m);
        fence(Release);
        m.flag.store(1, Relaxed);
    },
    |m, _, get| if m.flag.load(Relaxed) == 1 {
        fence(Acquire);
        get(m);
    }
);
program!(
    locked,
    |m, put, _| {
        let _guard = m.lock.lock().unwrap();
        put(m);
    },
    |m, _, get| {
        let _guard = m.lock.lock().unwrap();
        get(m);
    }
);
program!(
    read_then_written,
    |m, _, get| {
        get(m);
        m.flag.store(1, Relaxed);
    },
    |m, put, _| if m.flag.load(Acquire) == 1 {
        put(m)
    }
);
program!(
    sequence,
    |m, put, _| {
        put(m);
        m.flag.store(1, Release);
        m.flag.fetch_add(1, Relaxed);
    },
    |m, _, get| if m.flag.load(Acquire) == 2 {
        get(m)
    }
);

/// Each program, and whether it has a data race.
const PROGRAMS: [(&Scenario, bool); 5] = [
    (&relaxed::SCENARIO, true),
    (&fenced::SCENARIO, false),
    (&locked::SCENARIO, false),
    (&read_then_written::SCENARIO, true),
    (&sequence::SCENARIO, false),
];

fn races(scenario: &Scenario) -> bool {
    let report = search::explore(scenario, REDUCED, &Budget::default());
    report.failure.is_some_and(|failure| failure.kind == Kind::DataRace)
}

fn all_as_known() -> bool {
    PROGRAMS.iter().all(|(scenario, known)| races(scenario) == *known)
}

#[test]
fn races_are_flagged_and_nothing_else() {
    for (scenario, known) in PROGRAMS {
        assert_eq!(races(scenario), known, "{}", scenario.name);
    }
}

#[test]
fn sabotage_is_noticed() {
    let all = [
        Sabotage::EveryLoadAcquires,
        Sabotage::NoFences,
        Sabotage::NoUnlock,
        Sabotage::ForgetReads,
        Sabotage::BrokenSequence,
    ];
    for sabotage in all {
        SABOTAGE.set(Some(sabotage));
        let unnoticed = all_as_known();
        SABOTAGE.set(None);
        assert!(!unnoticed, "{sabotage:?} changes nothing that is seen");
    }
}
