//! Small structures that are right, for the clocks and the weakening to work on.

racelab::scenario!(
    pub mod header {
        use super::rt::cell::UnsafeCell;
        use super::rt::sync::atomic::{
            AtomicUsize,
            Ordering::{Acquire, Release},
        };
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            current: AtomicUsize,
            words: [UnsafeCell<u64>; 2],
        }
        racelab::fields!(Memory { current: writer -> reader, words: writer -> reader });
        outcomes! { OLD: Allowed, "10"; NEW: Allowed, "11"; OTHER: Forbidden, "neither"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory {
                current: AtomicUsize::new(0),
                words: [UnsafeCell::new(10), UnsafeCell::new(0)],
            },
            &[
                actor("writer", |m, _| {
                    // Safety: nobody reads this word before it is published.
                    m.words[1].with_mut(|word| unsafe { *word = 11 });
                    m.current.store(1, Release);
                }),
                actor("reader", |m, saw| {
                    let current = m.current.load(Acquire);
                    // Safety: a published word is not written again.
                    saw.note(m.words[current].with(|word| unsafe { *word }));
                }),
            ],
            |_, saws| match saws[1].values() {
                [10] => OLD,
                [11] => NEW,
                _ => OTHER,
            },
            OUTCOMES,
        );
    }
);

racelab::scenario!(
    pub mod spin_lock {
        use super::rt::cell::UnsafeCell;
        use super::rt::sync::atomic::{
            AtomicU64,
            Ordering::{Acquire, Relaxed, Release},
        };
        use super::rt::thread::yield_now;
        use racelab::{Race, Saw, actor, outcomes};
        pub struct Memory {
            lock: AtomicU64,
            count: UnsafeCell<u64>,
        }
        racelab::fields!(Memory { lock: first | second, count: first | second });
        outcomes! { TWO: Allowed, "both counted"; LOST: Forbidden, "one is lost"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { lock: AtomicU64::new(0), count: UnsafeCell::new(0) },
            &[actor("first", count), actor("second", count)],
            // Safety: all threads have ended.
            |m, _| if m.count.with(|count| unsafe { *count }) == 2 { TWO } else { LOST },
            OUTCOMES,
        );
        fn count(m: &Memory, _: &mut Saw) {
            while m.lock.compare_exchange(0, 1, Acquire, Relaxed).is_err() {
                yield_now();
            }
            // Safety: under the lock.
            m.count.with_mut(|count| unsafe { *count += 1 });
            m.lock.store(0, Release);
        }
    }
);

racelab::scenario!(
    pub mod seqlock {
        use super::rt::sync::atomic::{
            AtomicU64,
            Ordering::{Acquire, Relaxed, Release},
            fence,
        };
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            sequence: AtomicU64,
            a: AtomicU64,
            b: AtomicU64,
        }
        racelab::fields!(Memory { sequence: writer -> reader, a: writer -> reader, b: writer -> reader });
        outcomes! { REFUSED: Allowed, "the reader noticed"; WHOLE: Allowed, "both words of one write";
        TORN: Forbidden, "a torn read passed the check"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { sequence: AtomicU64::new(0), a: AtomicU64::new(0), b: AtomicU64::new(0) },
            &[
                actor("writer", |m, _| {
                    m.sequence.store(1, Relaxed);
                    fence(Release);
                    m.a.store(1, Relaxed);
                    m.b.store(1, Relaxed);
                    m.sequence.store(2, Release);
                }),
                actor("reader", |m, saw| {
                    let before = m.sequence.load(Acquire);
                    let (a, b) = (m.a.load(Relaxed), m.b.load(Relaxed));
                    fence(Acquire);
                    if before % 2 == 0 && m.sequence.load(Relaxed) == before {
                        saw.note(a);
                        saw.note(b);
                    }
                }),
            ],
            |_, saws| match saws[1].values() {
                [] => REFUSED,
                [a, b] if a == b => WHOLE,
                _ => TORN,
            },
            OUTCOMES,
        );
    }
);

racelab::scenario!(
    pub mod treiber {
        use super::rt::cell::UnsafeCell;
        use super::rt::sync::atomic::{
            AtomicUsize,
            Ordering::{AcqRel, Acquire, Relaxed},
        };
        use racelab::{Race, actor, outcomes};
        /// A stack of numbered nodes; 0 is none.
        pub struct Memory {
            head: AtomicUsize,
            next: [UnsafeCell<usize>; 3],
            value: [UnsafeCell<u64>; 3],
        }
        racelab::fields!(Memory { head: pusher | popper, next: pusher, value: pusher });
        outcomes! { EMPTY: Allowed, "popped before the pushes"; VALUE: Allowed, "popped a value";
        WRONG: Forbidden, "popped what nobody pushed"; }
        impl Memory {
            fn push(&self, node: usize) {
                // Safety: nobody has the node before it is pushed.
                self.value[node].with_mut(|value| unsafe { *value = 10 + node as u64 });
                let mut head = self.head.load(Relaxed);
                loop {
                    // Safety: as above.
                    self.next[node].with_mut(|next| unsafe { *next = head });
                    match self.head.compare_exchange(head, node, AcqRel, Relaxed) {
                        Ok(_) => return,
                        Err(now) => head = now,
                    }
                }
            }
            fn pop(&self) -> Option<u64> {
                let mut head = self.head.load(Acquire);
                while head != 0 {
                    // Safety: nodes are not changed after they are pushed, and not reused.
                    let next = self.next[head].with(|next| unsafe { *next });
                    match self.head.compare_exchange(head, next, AcqRel, Acquire) {
                        // Safety: as above.
                        Ok(_) => return Some(self.value[head].with(|value| unsafe { *value })),
                        Err(now) => head = now,
                    }
                }
                None
            }
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory {
                head: AtomicUsize::new(0),
                next: std::array::from_fn(|_| UnsafeCell::new(0)),
                value: std::array::from_fn(|_| UnsafeCell::new(0)),
            },
            &[
                actor("pusher", |m, _| {
                    m.push(1);
                    m.push(2);
                }),
                actor("popper", |m, saw| {
                    if let Some(value) = m.pop() {
                        saw.note(value)
                    }
                }),
            ],
            |_, saws| match saws[1].values() {
                [] => EMPTY,
                [11 | 12] => VALUE,
                _ => WRONG,
            },
            OUTCOMES,
        );
    }
);

racelab::scenario!(
    pub mod two_locks {
        use super::rt::sync::Mutex;
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            left: Mutex<u64>,
            right: Mutex<u64>,
        }
        racelab::fields!(Memory { left: mover | first, right: mover | second });
        outcomes! { KEPT: Allowed, "the sum is right"; LOST: Forbidden, "an update is lost"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { left: Mutex::new(10), right: Mutex::new(10) },
            &[
                actor("mover", |m, _| {
                    let mut left = m.left.lock().unwrap();
                    let mut right = m.right.lock().unwrap();
                    *left -= 1;
                    *right += 1;
                }),
                actor("other mover", |m, _| {
                    let mut left = m.left.lock().unwrap();
                    let mut right = m.right.lock().unwrap();
                    *left += 2;
                    *right -= 2;
                }),
                actor("first", |m, _| *m.left.lock().unwrap() += 5),
                actor("second", |m, _| *m.right.lock().unwrap() += 5),
            ],
            |m, _| match (*m.left.lock().unwrap(), *m.right.lock().unwrap()) {
                (16, 14) => KEPT,
                _ => LOST,
            },
            OUTCOMES,
        );
    }
);

racelab::scenario!(
    pub mod counter {
        use super::rt::cell::UnsafeCell;
        use racelab::{Race, Saw, actor, outcomes};
        pub struct Memory {
            count: UnsafeCell<u64>,
        }
        racelab::fields!(Memory { count: first | second });
        outcomes! { TWO: Allowed, "both counted"; LOST: Interesting, "one is lost"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { count: UnsafeCell::new(0) },
            &[actor("first", count), actor("second", count)],
            // Safety: all threads have ended.
            |m, _| if m.count.with(|count| unsafe { *count }) == 2 { TWO } else { LOST },
            OUTCOMES,
        );
        fn count(m: &Memory, _: &mut Saw) {
            // Safety: none: this is the race that the clocks report. Under a checker only one thread
            // runs at a time, so it is not performed.
            let value = m.count.with(|count| unsafe { *count });
            // Safety: as above.
            m.count.with_mut(|count| unsafe { *count = value + 1 });
        }
    }
);

racelab::scenario!(
    pub mod unpublished {
        use super::rt::cell::UnsafeCell;
        use super::rt::sync::atomic::{
            AtomicUsize,
            Ordering::{Acquire, Relaxed},
        };
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            ready: AtomicUsize,
            data: UnsafeCell<u64>,
        }
        racelab::fields!(Memory { ready: writer -> reader, data: writer -> reader });
        outcomes! { NOT_YET: Allowed, "not ready"; DATA: Allowed, "the data"; OTHER: Forbidden, "?"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { ready: AtomicUsize::new(0), data: UnsafeCell::new(0) },
            &[
                actor("writer", |m, _| {
                    // Safety: none: nothing orders this with the reader; see `counter`.
                    m.data.with_mut(|data| unsafe { *data = 7 });
                    m.ready.store(1, Relaxed);
                }),
                actor("reader", |m, saw| {
                    if m.ready.load(Acquire) == 1 {
                        // Safety: as above.
                        saw.note(m.data.with(|data| unsafe { *data }));
                    }
                }),
            ],
            |_, saws| match saws[1].values() {
                [] => NOT_YET,
                [7] => DATA,
                _ => OTHER,
            },
            OUTCOMES,
        );
    }
);
