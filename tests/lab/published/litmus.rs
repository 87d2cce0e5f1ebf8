//! Litmus programs: IRIW and its relatives, and 2+2W.

use super::complete;

/// Threads on two words, and on a number in plain memory.
macro_rules! litmus {
    ($name:ident, $($actor:expr),+) => {
        racelab::scenario!(mod $name {
            #[allow(unused_imports)]
            use crate::published::BLOCKED;
            #[allow(unused_imports)]
            use super::rt::cell::UnsafeCell;
            #[allow(unused_imports)]
            use super::rt::sync::atomic::{AtomicU64, Ordering::*, fence};
            use racelab::{Outcome, Race, Saw, actor, outcomes};
            pub struct Memory { x: AtomicU64, y: AtomicU64, plain: UnsafeCell<u64> }
            racelab::fields!(Memory { x: nobody, y: nobody, plain: nobody });
            #[allow(dead_code)]
            impl Memory {
                fn set(&self, new: u64) {
                    // Safety: all threads of an execution run on one thread of the system.
                    self.plain.with_mut(|value| unsafe { *value = new });
                }
            }
            outcomes! {
                DONE: Allowed, "every thread came to its end";
                CUT: Allowed, "one was cut";
            }
            pub const RACE: Race<Memory> = Race::new(
                || Memory {
                    x: AtomicU64::new(0),
                    y: AtomicU64::new(0),
                    plain: UnsafeCell::new(0),
                },
                &[$($actor),+],
                outcome,
                OUTCOMES,
            );
            fn outcome(_: &Memory, saws: &[Saw]) -> Outcome {
                if saws.iter().any(|saw| saw.values().contains(&BLOCKED)) { CUT } else { DONE }
            }
        });
    };
}
pub(super) use litmus;

/// Two threads that each write two words: `x` then `y`, and `y` then `x`.
macro_rules! two_plus_two {
    ($name:ident, $x1:ident $($first:ident)?, $y2:ident, $y1:ident $($second:ident)?, $x2:ident) => {
        litmus!($name,
            actor("1", |m, _| {
                m.x.store(1, $x1);
                $(fence($first);)?
                m.y.store(2, $y2);
            }),
            actor("2", |m, _| {
                m.y.store(1, $y1);
                $(fence($second);)?
                m.x.store(2, $x2);
            })
        );
    };
}

two_plus_two!(two_plus_two, Release, Release, Release, Release);
two_plus_two!(two_plus_two_2sc_scf, SeqCst, SeqCst, Relaxed SeqCst, Relaxed);
two_plus_two!(two_plus_two_3sc_rel1, SeqCst, SeqCst, Release, SeqCst);
two_plus_two!(two_plus_two_3sc_rel2, SeqCst, SeqCst, SeqCst, Release);
two_plus_two!(two_plus_two_4sc, SeqCst, SeqCst, SeqCst, SeqCst);
two_plus_two!(two_plus_two_scfs, Relaxed SeqCst, Relaxed, Relaxed SeqCst, Relaxed);

/// `litmus/2+2W`, `2+2W+2sc+scf`, `2+2W+3sc+rel1`, `2+2W+3sc+rel2`, `2+2W+4sc`, `2+2W+scfs`: 4, 3,
/// 4, 4, 3, 3; under SC 3 each. No arguments.
#[test]
fn two_plus_two_writes() {
    assert_eq!(complete(&two_plus_two::SCENARIO), (4, 3));
    assert_eq!(complete(&two_plus_two_2sc_scf::SCENARIO), (3, 3));
    assert_eq!(complete(&two_plus_two_3sc_rel1::SCENARIO), (4, 3));
    assert_eq!(complete(&two_plus_two_3sc_rel2::SCENARIO), (4, 3));
    assert_eq!(complete(&two_plus_two_4sc::SCENARIO), (3, 3));
    assert_eq!(complete(&two_plus_two_scfs::SCENARIO), (3, 3));
}

litmus!(
    iriw_acq_sc,
    actor("1", |m, _| m.x.store(1, SeqCst)),
    actor("2", |m, _| {
        m.x.load(Acquire);
        m.y.load(SeqCst);
    }),
    actor("3", |m, _| {
        m.y.load(Acquire);
        m.x.load(SeqCst);
    }),
    actor("4", |m, _| m.y.store(1, SeqCst))
);

litmus!(
    iriwish,
    actor("1", |m, _| m.x.store(1, Relaxed)),
    actor("2", |m, _| {
        let value = m.x.load(Relaxed);
        m.y.store(value, Release);
    }),
    actor("3", |m, _| {
        m.x.load(Relaxed);
        fence(AcqRel);
        m.y.load(Relaxed);
    }),
    actor("4", |m, _| {
        m.y.load(Relaxed);
        fence(AcqRel);
        m.x.load(Relaxed);
    })
);

litmus!(
    iriw_iter,
    actor("1", |m, _| (1..=42).for_each(|value| m.x.store(value, Release))),
    actor("2", |m, _| (1..=42).for_each(|value| m.y.store(value, Release))),
    actor("3", |m, saw| {
        if m.x.load(Acquire) != 42 || m.y.load(Acquire) != 0 {
            saw.note(BLOCKED);
        }
    }),
    actor("4", |m, saw| {
        if m.y.load(Acquire) != 0 || m.x.load(Acquire) != 42 {
            saw.note(BLOCKED);
        }
    })
);

/// `litmus/IRIW-acq-sc`: 16, under SC 15. `litmus/IRIWish`: 28, under SC 27. No arguments.
#[test]
fn independent_reads_of_independent_writes() {
    assert_eq!(complete(&iriw_acq_sc::SCENARIO), (16, 15));
    assert_eq!(complete(&iriwish::SCENARIO), (28, 27));
}

/// `saver/IRIW-iter`: 1, under SC 1 as well; each writer writes 42 times, the readers assume what
/// they read. No arguments.
#[test]
fn readers_that_assume_the_first_and_the_last_of_many_writes() {
    assert_eq!(complete(&iriw_iter::SCENARIO), (1, 1));
}
