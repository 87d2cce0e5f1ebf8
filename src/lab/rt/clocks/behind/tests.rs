//! What lies behind pointers: what is ordered passes, what is not is a race, and each is told.

use super::super::{SABOTAGE, Sabotage};
use crate::Scenario;
use crate::explore::{Budget, GRAPHS, REDUCED, search};
use crate::report::Kind;
use crate::words;

/// A maker of two plain numbers and a reader of them, with somebody in between.
macro_rules! program {
    ($name:ident, $($actor:expr),+) => {
        crate::scenario!(
            mod $name {
                #[allow(unused_imports)]
                use super::rt::sync::atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering::*, fence};
                use crate::{Race, actor, outcomes};
                pub struct Memory {
                    last: AtomicPtr<(u32, u32)>,
                    next: AtomicPtr<(u32, u32)>,
                    flag: AtomicU64,
                    number: AtomicUsize,
                }
                crate::fields!(Memory {
                    last: left -> right, next: left -> right, flag: left | right,
                    number: left -> right
                });
                outcomes! { ENDED: Allowed, "all ended"; }
                fn pair() -> *mut (u32, u32) {
                    Box::into_raw(Box::new((1, 1)))
                }
                #[allow(dead_code)]
                fn of(pair: *mut (u32, u32)) -> u32 {
                    // Safety: one thread runs at a time, and what is freed is kept for so long.
                    if pair.is_null() { 0 } else { unsafe { (*pair).0 + (*pair).1 } }
                }
                #[allow(dead_code)]
                fn change(pair: *mut (u32, u32)) {
                    if !pair.is_null() {
                        // Safety: one thread runs at a time.
                        unsafe { (*pair).1 += 1 }
                    }
                }
                #[allow(dead_code)]
                fn free(pair: *mut (u32, u32)) {
                    // Safety: as above.
                    drop(unsafe { Box::from_raw(pair) });
                }
                pub const RACE: Race<Memory> = Race::new(
                    || Memory {
                        last: AtomicPtr::new(pair()),
                        next: AtomicPtr::new(std::ptr::null_mut()),
                        flag: AtomicU64::new(0),
                        number: AtomicUsize::new(0),
                    },
                    &[$(actor("an actor", |m, _| {
                        let run: fn(&Memory) = $actor;
                        run(m);
                    })),+],
                    |_, _| ENDED,
                    OUTCOMES,
                );
            }
        );
    };
}

program!(leaked, |m| m.last.store(pair(), Relaxed), |m| {
    of(m.last.load(Relaxed));
});
program!(half, |m| m.last.store(pair(), Release), |m| {
    of(m.last.load(Relaxed));
});
program!(given, |m| m.last.store(pair(), Release), |m| {
    of(m.last.load(Acquire));
});
program!(
    fenced,
    |m| {
        let pair = pair();
        fence(Release);
        m.last.store(pair, Relaxed);
    },
    |m| {
        let pair = m.last.load(Relaxed);
        fence(Acquire);
        of(pair);
    }
);
program!(
    fenced_once,
    |m| {
        fence(Release);
        m.last.store(pair(), Relaxed);
        m.last.store(pair(), Relaxed);
    },
    |m| {
        of(m.last.load(Acquire));
    }
);
program!(fenced_late, |m| m.last.store(pair(), Release), |m| {
    let pair = m.last.load(Relaxed);
    m.flag.store(1, Relaxed);
    fence(Acquire);
    of(pair);
});
program!(
    flagged,
    |m| {
        m.last.store(pair(), Relaxed);
        m.flag.store(1, Release);
    },
    |m| if m.flag.load(Acquire) == 1 {
        of(m.last.load(Relaxed));
    }
);
program!(
    passed_on,
    |m| m.last.store(pair(), Release),
    |m| m.next.store(m.last.load(Acquire), Release),
    |m| {
        let pair = m.next.load(Acquire);
        if !pair.is_null() {
            of(pair);
        }
    }
);
program!(
    passed_on_weakly,
    |m| m.last.store(pair(), Release),
    |m| m.next.store(m.last.load(Acquire), Relaxed),
    |m| {
        let pair = m.next.load(Acquire);
        if !pair.is_null() {
            of(pair);
        }
    }
);
// As a stack is popped: what the last one wrote continues what the others released.
program!(
    put_back,
    |m| m.last.store(pair(), Release),
    |m| {
        let pair = m.last.load(Acquire);
        let _ = m.last.compare_exchange(pair, pair, Acquire, Acquire);
    },
    |m| {
        of(m.last.load(Acquire));
    }
);
program!(a_number, |m| m.number.store(pair() as usize | 1, Relaxed), |m| {
    of((m.number.load(Relaxed) & !1) as *mut (u32, u32));
});
program!(a_number_given, |m| m.number.store(pair() as usize, Release), |m| {
    of(m.number.load(Acquire) as *mut (u32, u32));
});
program!(freed, |m| free(m.last.swap(pair(), AcqRel)), |m| {
    of(m.last.load(Acquire));
});
program!(
    freed_in_turn,
    |m| {
        let old = m.last.swap(pair(), AcqRel);
        if m.flag.load(Acquire) == 1 {
            free(old);
        }
    },
    |m| {
        of(m.last.load(Acquire));
        m.flag.store(1, Release);
    }
);
program!(
    freed_too_early,
    |m| {
        free(m.last.load(Acquire));
        m.last.store(pair(), Release);
    },
    |m| {
        of(m.last.load(Acquire));
    }
);

// What lies behind a pointer is changed, by a pointer that others may have.
program!(changed, |m| change(m.last.load(Acquire)), |m| {
    m.flag.load(Acquire);
    of(m.last.load(Acquire));
});
program!(
    changed_in_turn,
    |m| {
        change(m.last.load(Acquire));
        m.flag.store(1, Release);
    },
    |m| if m.flag.load(Acquire) == 1 {
        of(m.last.load(Acquire));
    }
);
program!(
    changed_weakly,
    |m| {
        change(m.last.load(Acquire));
        m.flag.store(1, Relaxed);
    },
    |m| if m.flag.load(Acquire) == 1 {
        of(m.last.load(Acquire));
    }
);
program!(
    changed_before,
    |m| {
        let pair = pair();
        change(pair);
        m.last.store(pair, Release);
    },
    |m| {
        of(m.last.load(Acquire));
    }
);
program!(
    changed_after,
    |m| {
        let pair = pair();
        m.last.store(pair, Release);
        change(pair);
    },
    |m| {
        of(m.last.load(Acquire));
    }
);
program!(
    changed_by_owners,
    |m| {
        let pair = m.last.swap(std::ptr::null_mut(), AcqRel);
        change(pair);
        m.last.store(pair, Release);
    },
    |m| {
        let pair = m.last.swap(std::ptr::null_mut(), AcqRel);
        change(pair);
    }
);
program!(
    changed_by_two,
    |m| {
        change(m.last.load(Acquire));
    },
    |m| {
        change(m.last.load(Acquire));
    }
);

/// Each program, and what is said of it.
const PROGRAMS: [(&Scenario, Option<&str>); 22] = [
    (&changed::SCENARIO, Some("what lies behind last is")),
    (&changed_in_turn::SCENARIO, None),
    (&changed_weakly::SCENARIO, Some("what lies behind last is read while it may be changed")),
    (&changed_before::SCENARIO, None),
    (&changed_after::SCENARIO, Some("what lies behind last is")),
    (&changed_by_owners::SCENARIO, None),
    (&changed_by_two::SCENARIO, Some("what lies behind last is")),
    (&leaked::SCENARIO, Some("what lies behind last is read before it is published")),
    (&half::SCENARIO, Some("with Acquire for the read")),
    (&given::SCENARIO, None),
    (&fenced::SCENARIO, None),
    (&fenced_once::SCENARIO, Some("read before it is published")),
    (&fenced_late::SCENARIO, Some("read before it is published")),
    (&flagged::SCENARIO, None),
    (&passed_on::SCENARIO, None),
    (&passed_on_weakly::SCENARIO, Some("what lies behind next is read before it is published")),
    (&put_back::SCENARIO, None),
    (&a_number::SCENARIO, Some("what lies behind number is read before it is published")),
    (&a_number_given::SCENARIO, None),
    (&freed::SCENARIO, Some("what lies behind last is freed while it may be read")),
    (&freed_in_turn::SCENARIO, None),
    (&freed_too_early::SCENARIO, Some("what lies behind last is")),
];

/// What is said of a data race in a program; nothing where there is none.
fn said(scenario: &Scenario) -> Option<String> {
    let by = |engine| {
        let report = search::explore(scenario, engine, &Budget::default());
        let failure = report.failure?;
        assert_eq!(failure.kind, Kind::DataRace, "{}: {failure:?}", scenario.name);
        Some(words::why::reason(&failure.why))
    };
    let (reduced, graphs) = (by(REDUCED), by(GRAPHS));
    assert_eq!(reduced.is_some(), graphs.is_some(), "{}: {reduced:?} {graphs:?}", scenario.name);
    graphs
}

#[test]
fn what_is_not_ordered_is_told() {
    for (scenario, known) in PROGRAMS {
        let said = said(scenario);
        assert_eq!(said.is_some(), known.is_some(), "{}: {said:?}", scenario.name);
        let text = said.unwrap_or_default();
        assert!(text.contains(known.unwrap_or_default()), "{}: {text}", scenario.name);
    }
}

#[test]
fn sabotage_is_noticed() {
    let all = [
        Sabotage::EveryLoadAcquires,
        Sabotage::NoFences,
        Sabotage::BrokenSequence,
        Sabotage::PublishedForAll,
        Sabotage::FreesFreely,
        Sabotage::ChangesFreely,
    ];
    for sabotage in all {
        SABOTAGE.set(Some(sabotage));
        let unnoticed =
            PROGRAMS.iter().all(|(scenario, known)| said(scenario).is_some() == known.is_some());
        SABOTAGE.set(None);
        assert!(!unnoticed, "{sabotage:?} changes nothing that is seen");
    }
}
