//! The clocks are right on small programs, and each way to break them is noticed.

use super::{SABOTAGE, Sabotage};
use crate::Scenario;
use crate::explore::{Budget, search};
use crate::explore::{GRAPHS, REDUCED};
use crate::report::Kind;

/// A writer and a reader of one plain word, what they synchronise by, and a node that one may make
/// or end and the other use.
macro_rules! program {
    ($name:ident, $left:expr, $right:expr) => {
        crate::scenario!(
            mod $name {
                #[allow(unused_imports)]
                use super::rt::sync::atomic::{AtomicPtr, AtomicU64, Ordering::{self, *}, fence};
                use super::rt::{cell::UnsafeCell, sync::Mutex};
                use crate::{Race, actor, outcomes};
                pub struct Memory {
                    flag: AtomicU64,
                    lock: Mutex<u64>,
                    data: UnsafeCell<u64>,
                    node: AtomicPtr<AtomicU64>,
                }
                crate::fields!(Memory {
                    flag: left,
                    lock: left | right,
                    data: left -> right,
                    node: left -> right
                });
                outcomes! { ENDED: Allowed, "both ended"; }
                fn put(m: &Memory) {
                    // Safety: whether anything orders it is the question; one thread runs at a time.
                    m.data.with_mut(|data| unsafe { *data = 1 });
                }
                fn get(m: &Memory) {
                    // Safety: as above.
                    m.data.with(|data| unsafe { *data });
                }
                fn node() -> *mut AtomicU64 {
                    Box::into_raw(Box::new(AtomicU64::new(0)))
                }
                #[allow(dead_code)]
                fn of(m: &Memory, order: Ordering) -> &AtomicU64 {
                    // Safety: a node ends only where that is the question, and one thread runs at a
                    // time.
                    unsafe { &*m.node.load(order) }
                }
                #[allow(dead_code)]
                fn end(m: &Memory) {
                    // Safety: as above.
                    drop(unsafe { Box::from_raw(m.node.load(Relaxed)) });
                }
                pub const RACE: Race<Memory> = Race::new(
                    || Memory {
                        flag: AtomicU64::new(0),
                        lock: Mutex::new(0),
                        data: UnsafeCell::new(0),
                        node: AtomicPtr::new(node()),
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

program!(made, |m, _, _| m.node.store(node(), Relaxed), |m, _, _| {
    of(m, Acquire).load(Relaxed);
});
program!(made_and_given, |m, _, _| m.node.store(node(), Release), |m, _, _| {
    of(m, Acquire).load(Relaxed);
});
program!(
    used_and_ended,
    |m, _, _| {
        of(m, Relaxed).load(Relaxed);
        m.flag.store(1, Relaxed);
    },
    |m, _, _| if m.flag.load(Acquire) == 1 {
        end(m)
    }
);
program!(
    given_and_ended,
    |m, _, _| {
        of(m, Relaxed).load(Relaxed);
        m.flag.store(1, Release);
    },
    |m, _, _| if m.flag.load(Acquire) == 1 {
        end(m)
    }
);

/// Each program, and whether it has a data race.
const PROGRAMS: [(&Scenario, bool); 9] = [
    (&relaxed::SCENARIO, true),
    (&fenced::SCENARIO, false),
    (&locked::SCENARIO, false),
    (&read_then_written::SCENARIO, true),
    (&sequence::SCENARIO, false),
    (&made::SCENARIO, true),
    (&made_and_given::SCENARIO, false),
    (&used_and_ended::SCENARIO, true),
    (&given_and_ended::SCENARIO, false),
];

fn races(scenario: &Scenario) -> bool {
    let flags = |engine| {
        let report = search::explore(scenario, engine, &Budget::default());
        report.failure.is_some_and(|failure| failure.kind == Kind::DataRace)
    };
    let (reduced, graphs) = (flags(REDUCED), flags(GRAPHS));
    assert_eq!(reduced, graphs, "{}: reduced and graphs", scenario.name);
    graphs
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
        Sabotage::EndsFreely,
        Sabotage::MadeForAll,
    ];
    for sabotage in all {
        SABOTAGE.set(Some(sabotage));
        let unnoticed = all_as_known();
        SABOTAGE.set(None);
        assert!(!unnoticed, "{sabotage:?} changes nothing that is seen");
    }
}
