//! A sequence lock as Linux has it.

use super::complete;

racelab::scenario!(
    mod seqlock {
        use super::rt::cell::UnsafeCell;
        use super::rt::sync::Mutex;
        use super::rt::sync::atomic::{Ordering::AcqRel, fence};
        use racelab::{Outcome, Race, Saw, actor, outcomes};
        pub struct Memory {
            lock: Mutex<()>,
            sequence: UnsafeCell<u64>,
            shared: UnsafeCell<u64>,
        }
        racelab::fields!(Memory { lock: nobody, sequence: nobody, shared: nobody });
        outcomes! { DONE: Allowed, "before or after"; OTHER: Forbidden, "no such value"; }
        fn next(m: &Memory) {
            // Safety: all threads of an execution run on one thread of the system.
            m.sequence.with_mut(|value| unsafe { *value += 1 });
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory {
                lock: Mutex::new(()),
                sequence: UnsafeCell::new(0),
                shared: UnsafeCell::new(0),
            },
            &[
                actor("reader", |m, saw| {
                    let held = m.lock.lock().expect("nobody panics");
                    // Safety: as in `next`.
                    saw.note(m.shared.with(|value| unsafe { *value }));
                    drop(held);
                }),
                actor("writer", |m, _| {
                    let held = m.lock.lock().expect("nobody panics");
                    next(m);
                    fence(AcqRel);
                    // Safety: as in `next`.
                    m.shared.with_mut(|value| unsafe { *value = 42 });
                    fence(AcqRel);
                    next(m);
                    drop(held);
                }),
            ],
            outcome,
            OUTCOMES,
        );
        fn outcome(_: &Memory, saws: &[Saw]) -> Outcome {
            if matches!(saws[0].values(), [0 | 42]) { DONE } else { OTHER }
        }
    }
);

racelab::scenario!(
    mod seqlock_atomic {
        use super::rt::sync::Mutex;
        use super::rt::sync::atomic::{
            AtomicU64,
            Ordering::{AcqRel, Relaxed},
            fence,
        };
        use super::rt::thread::yield_now;
        use racelab::{Outcome, Race, Saw, actor, outcomes};
        pub struct Memory {
            lock: Mutex<()>,
            sequence: AtomicU64,
            shared: AtomicU64,
        }
        racelab::fields!(Memory { lock: nobody, sequence: nobody, shared: nobody });
        outcomes! { DONE: Allowed, "before or after"; OTHER: Forbidden, "no such value"; }
        fn begin(m: &Memory) -> u64 {
            loop {
                let sequence = m.sequence.load(Relaxed);
                if sequence & 1 == 0 {
                    fence(AcqRel);
                    return sequence;
                }
                yield_now();
            }
        }
        fn next(m: &Memory) {
            let sequence = m.sequence.load(Relaxed);
            m.sequence.store(sequence + 1, Relaxed);
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory {
                lock: Mutex::new(()),
                sequence: AtomicU64::new(0),
                shared: AtomicU64::new(0),
            },
            &[
                actor("reader", |m, saw| {
                    loop {
                        let sequence = begin(m);
                        let value = m.shared.load(Relaxed);
                        fence(AcqRel);
                        if m.sequence.load(Relaxed) == sequence {
                            return saw.note(value);
                        }
                        yield_now();
                    }
                }),
                actor("writer", |m, _| {
                    let held = m.lock.lock().expect("nobody panics");
                    next(m);
                    fence(AcqRel);
                    m.shared.store(42, Relaxed);
                    fence(AcqRel);
                    next(m);
                    drop(held);
                }),
            ],
            outcome,
            OUTCOMES,
        );
        fn outcome(_: &Memory, saws: &[Saw]) -> Outcome {
            if matches!(saws[0].values(), [0 | 42]) { DONE } else { OTHER }
        }
    }
);

/// `data-structures/seqlock`: 2, and `seqlock-atomic`: 2, under SC too. One reader (of the first,
/// under the lock) and one writer; `seqlock-atomic` with `-unroll=3`, but its loops only wait.
#[test]
fn sequence_locks() {
    assert_eq!(complete(&seqlock::SCENARIO), (2, 2));
    assert_eq!(complete(&seqlock_atomic::SCENARIO), (2, 2));
}
