//! Locks: a mutex, tickets, and the queue of Mellor-Crummey and Scott.

use racelab::report::{Kind, Model};

use super::{complete, counted, explored};

/// So many threads, which one actor starts: more than a race has actors.
macro_rules! lockinc {
    ($($name:ident: $threads:literal;)+) => {$(
        racelab::scenario!(mod $name {
            use super::rt::sync::{Mutex, atomic::{AtomicU64, Ordering::Relaxed}};
            use super::rt::thread;
            use racelab::{Outcome, Race, Saw, actor, outcomes};
            pub struct Memory { lock: Mutex<()>, word: AtomicU64 }
            racelab::fields!(Memory { lock: nobody, word: nobody });
            outcomes! { DONE: Allowed, "all counted"; LOST: Forbidden, "one is lost"; }
            fn count(memory: &Memory) {
                let held = memory.lock.lock().expect("nobody panics");
                let value = memory.word.load(Relaxed);
                memory.word.store(value + 1, Relaxed);
                drop(held);
            }
            fn start(memory: &Memory, _: &mut Saw) {
                thread::scope(|scope| {
                    (0..$threads).for_each(|_| drop(scope.spawn(|| count(memory))));
                });
            }
            pub const RACE: Race<Memory> = Race::new(
                || Memory { lock: Mutex::new(()), word: AtomicU64::new(0) },
                &[actor("main", start)],
                outcome,
                OUTCOMES,
            );
            fn outcome(memory: &Memory, _: &[Saw]) -> Outcome {
                if memory.word.load(Relaxed) == $threads { DONE } else { LOST }
            }
        });
    )+};
}
lockinc! {
    lockinc2: 2;
    lockinc3: 3;
    lockinc4: 4;
    lockinc5: 5;
    lockinc6: 6;
    lockinc7: 7;
}

/// `synthetic/lockinc`: 2, 6, 24, 120, 720, 5040, under SC too. `-DN=2` to `-DN=7`: so many threads.
#[test]
fn increments_under_a_mutex() {
    assert_eq!(complete(&lockinc2::SCENARIO), (2, 2));
    assert_eq!(complete(&lockinc3::SCENARIO), (6, 6));
    assert_eq!(complete(&lockinc4::SCENARIO), (24, 24));
    assert_eq!(complete(&lockinc5::SCENARIO), (120, 120));
}

#[test]
#[ignore = "long in a debug build"]
fn increments_of_six_and_seven_under_a_mutex() {
    assert_eq!(complete(&lockinc6::SCENARIO), (720, 720));
    assert_eq!(complete(&lockinc7::SCENARIO), (5040, 5040));
}

racelab::scenario!(
    mod ticketlock {
        use super::rt::cell::UnsafeCell;
        use super::rt::sync::atomic::{AtomicU64, Ordering::*};
        use super::rt::thread::yield_now;
        use racelab::{Outcome, Race, Saw, actor, outcomes};
        pub struct Memory {
            next: AtomicU64,
            owner: AtomicU64,
            shared: UnsafeCell<u64>,
        }
        racelab::fields!(Memory { next: nobody, owner: nobody, shared: nobody });
        outcomes! { DONE: Allowed, "each read its own"; OTHER: Forbidden, "one read the other's"; }
        fn enter(m: &Memory, saw: &mut Saw, me: u64) {
            let ticket = m.next.fetch_add(1, Relaxed);
            yield_now();
            while m.owner.load(Acquire) != ticket {
                yield_now();
            }
            // Safety: all threads of an execution run on one thread of the system.
            m.shared.with_mut(|value| unsafe { *value = me });
            // Safety: as above.
            saw.note((m.shared.with(|value| unsafe { *value }) == me) as u64);
            let owner = m.owner.load(Relaxed);
            m.owner.store(owner + 1, Release);
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory {
                next: AtomicU64::new(0),
                owner: AtomicU64::new(0),
                shared: UnsafeCell::new(0),
            },
            &[actor("1", |m, saw| enter(m, saw, 0)), actor("2", |m, saw| enter(m, saw, 1))],
            outcome,
            OUTCOMES,
        );
        fn outcome(_: &Memory, saws: &[Saw]) -> Outcome {
            if saws.iter().all(|saw| saw.get(0) == Some(1)) { DONE } else { OTHER }
        }
    }
);

/// `data-structures/ticketlock`: 2, under SC too. Two threads, no arguments.
#[test]
fn tickets() {
    assert_eq!(complete(&ticketlock::SCENARIO), (2, 2));
}

racelab::scenario!(
    mod mcs_spinlock {
        use super::rt::cell::UnsafeCell;
        use super::rt::sync::atomic::{AtomicUsize, Ordering::*};
        use super::rt::thread::yield_now;
        use racelab::{Outcome, Race, Saw, actor, outcomes};
        /// A node is named by its number and one more; 0 is none.
        const NONE: usize = 0;
        pub struct Node {
            next: AtomicUsize,
            locked: AtomicUsize,
        }
        racelab::fields!(Node { next: nobody, locked: nobody });
        pub struct Memory {
            lock: AtomicUsize,
            nodes: [Node; 2],
            shared: UnsafeCell<u64>,
        }
        racelab::fields!(Memory { lock: nobody, nodes: nobody, shared: nobody });
        outcomes! { DONE: Allowed, "both were in"; OTHER: Forbidden, "no such value"; }
        fn lock(m: &Memory, me: usize) {
            let node = &m.nodes[me - 1];
            node.locked.store(0, Relaxed);
            node.next.store(NONE, Relaxed);
            let before = m.lock.swap(me, AcqRel);
            if before == NONE {
                return;
            }
            m.nodes[before - 1].next.store(me, Relaxed);
            yield_now();
            while node.locked.load(Acquire) == 0 {
                yield_now();
            }
        }
        fn unlock(m: &Memory, me: usize) {
            let node = &m.nodes[me - 1];
            let mut next = node.next.load(Relaxed);
            if next == NONE {
                if m.lock.compare_exchange(me, NONE, Release, Relaxed).is_ok() {
                    return;
                }
                yield_now();
                loop {
                    next = node.next.load(Relaxed);
                    if next != NONE {
                        break;
                    }
                    yield_now();
                }
            }
            m.nodes[next - 1].locked.store(1, Release);
        }
        fn enter(m: &Memory, me: usize) {
            lock(m, me);
            // Safety: all threads of an execution run on one thread of the system.
            m.shared.with_mut(|value| unsafe { *value = 42 });
            unlock(m, me);
        }
        fn node() -> Node {
            Node { next: AtomicUsize::new(NONE), locked: AtomicUsize::new(0) }
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory {
                lock: AtomicUsize::new(NONE),
                nodes: [node(), node()],
                shared: UnsafeCell::new(0),
            },
            &[actor("1", |m, _| enter(m, 1)), actor("2", |m, _| enter(m, 2))],
            outcome,
            OUTCOMES,
        );
        fn outcome(m: &Memory, _: &[Saw]) -> Outcome {
            // Safety: every actor has ended.
            if m.shared.with(|value| unsafe { *value }) == 42 { DONE } else { OTHER }
        }
    }
);

/// `data-structures/mcs_spinlock`: 6, under SC too. `-unroll=3 | -DN=2`: two threads; the loops only
/// wait, so their bound cuts nothing. Who comes second may wait for ever: nothing orders its first
/// write to `locked` before that of who came first, which has read `next` without acquiring it. That
/// is C11's alone, and GenMC counts such executions as blocked.
#[test]
fn a_queue_of_those_who_wait() {
    let report = explored(&mcs_spinlock::SCENARIO);
    let failure = report.failure.as_ref().expect("nothing orders the two writes");
    assert_eq!((failure.kind, failure.shown_by), (Kind::Livelock, Some(Model::C11)));
    assert_eq!(counted(&report), (6, 6));
}
