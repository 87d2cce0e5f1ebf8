//! The queue of Michael and Scott, with tagged pointers.

use super::complete;

racelab::scenario!(
    mod queue {
        use super::rt::cell::UnsafeCell;
        use super::rt::sync::atomic::{AtomicU64, Ordering::*};
        use crate::published::BLOCKED;
        use racelab::{Outcome, Race, Saw, actor, outcomes};

        /// A pointer is the number of a node below, and a count above.
        const fn pointer(node: u64, count: u64) -> u64 {
            count << 32 | node
        }
        const fn node(pointer: u64) -> u64 {
            pointer & 0xffff_ffff
        }
        const fn count(pointer: u64) -> u64 {
            pointer >> 32
        }

        /// `-unroll=3`; two are enough.
        const ROUNDS: usize = 3;

        pub struct Node {
            value: UnsafeCell<u64>,
            next: AtomicU64,
        }
        racelab::fields!(Node { value: nobody, next: nobody });
        pub struct Memory {
            head: AtomicU64,
            tail: AtomicU64,
            /// Node 0 is none, node 1 the first; then one for each thread.
            nodes: [Node; 4],
        }
        racelab::fields!(Memory { head: nobody, tail: nobody, nodes: nobody });
        outcomes! { DONE: Allowed, "all came to their end"; CUT: Allowed, "one was cut"; }

        /// A round that had no effect, or one too many.
        struct Cut;

        fn next_of(m: &Memory, of: u64) -> &AtomicU64 {
            &m.nodes[node(of) as usize].next
        }

        fn enqueue(m: &Memory, mine: u64, value: u64) -> Result<(), Cut> {
            let new = &m.nodes[mine as usize];
            // Safety: all threads of an execution run on one thread of the system.
            new.value.with_mut(|place| unsafe { *place = value });
            let old = new.next.load(Relaxed);
            new.next.store(pointer(0, count(old)), Relaxed);
            for _ in 0..ROUNDS {
                let tail = m.tail.load(Acquire);
                let next = next_of(m, tail).load(Acquire);
                if tail != m.tail.load(Relaxed) {
                    continue;
                }
                if node(next) == 0 {
                    let linked = pointer(mine, count(next) + 1);
                    let link = next_of(m, tail).compare_exchange(next, linked, Release, Relaxed);
                    if link.is_ok() {
                        let moved = pointer(mine, count(tail) + 1);
                        let _ = m.tail.compare_exchange(tail, moved, Release, Relaxed);
                        return Ok(());
                    }
                }
                let next = node(next_of(m, tail).load(Acquire));
                let moved = pointer(next, count(tail) + 1);
                let _ = m.tail.compare_exchange(tail, moved, Release, Relaxed);
            }
            Err(Cut)
        }

        fn dequeue(m: &Memory) -> Result<(), Cut> {
            for _ in 0..ROUNDS {
                let head = m.head.load(Acquire);
                let tail = m.tail.load(Acquire);
                let next = next_of(m, head).load(Acquire);
                if m.head.load(Relaxed) != head {
                    return Err(Cut);
                }
                if node(head) == node(tail) {
                    if node(next) == 0 {
                        return Ok(());
                    }
                    let moved = pointer(node(next), count(tail) + 1);
                    m.tail.compare_exchange(tail, moved, Release, Relaxed).map_err(|_| Cut)?;
                } else {
                    // Safety: as in `enqueue`.
                    m.nodes[node(next) as usize].value.with(|place| unsafe { *place });
                    let moved = pointer(node(next), count(head) + 1);
                    let first = m.head.compare_exchange(head, moved, Release, Relaxed);
                    return first.map(|_| ()).map_err(|_| Cut);
                }
            }
            Err(Cut)
        }

        fn both(m: &Memory, saw: &mut Saw, me: u64) {
            if enqueue(m, me + 2, me * 10).and_then(|()| dequeue(m)).is_err() {
                saw.note(BLOCKED);
            }
        }

        const POISON: u64 = 0x666;
        fn fresh() -> Memory {
            let node = |next| Node { value: UnsafeCell::new(0), next: AtomicU64::new(next) };
            Memory {
                head: AtomicU64::new(pointer(1, 0)),
                tail: AtomicU64::new(pointer(1, 0)),
                nodes: [POISON, 0, POISON, POISON].map(node),
            }
        }
        pub const RACE: Race<Memory> = Race::new(
            fresh,
            &[actor("1", |m, saw| both(m, saw, 0)), actor("2", |m, saw| both(m, saw, 1))],
            outcome,
            OUTCOMES,
        );
        fn outcome(_: &Memory, saws: &[Saw]) -> Outcome {
            if saws.iter().any(|saw| saw.get(0) == Some(BLOCKED)) { CUT } else { DONE }
        }
    }
);

/// `data-structures/ms-queue`: 50, under SC too. `-unroll=3 | -DCONFIG_QUEUE_WRITERS=0
/// -DCONFIG_QUEUE_READERS=0 -DCONFIG_QUEUE_RDWR=2`: two threads, each enqueues and dequeues once.
///
/// GenMC blocks a round of `dequeue` that has no effect, and by an `assume` one whose exchange of the
/// head fails. It does not look for such rounds in `enqueue`, whose loop carries the result of its
/// exchange from round to round (`isBlockPHIClean` in its `SpinAssumePass.cpp`). With them cut too
/// there are 26, with neither cut 114.
#[test]
fn michael_and_scott_s_queue() {
    assert_eq!(complete(&queue::SCENARIO), (50, 50));
}
