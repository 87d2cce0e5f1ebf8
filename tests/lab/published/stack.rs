//! Treiber's stack, with tagged pointers and free lists.

use super::complete;

racelab::scenario!(
    mod treiber {
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

        pub struct Node {
            value: UnsafeCell<u64>,
            next: AtomicU64,
        }
        racelab::fields!(Node { value: nobody, next: nobody });
        pub struct Memory {
            top: AtomicU64,
            /// Node 0 is none; each writer has one of its own.
            nodes: [Node; 3],
            x: [AtomicU64; 2],
        }
        racelab::fields!(Memory { top: nobody, nodes: nobody, x: nobody });
        outcomes! { DONE: Allowed, "all came to their end"; CUT: Allowed, "one was cut"; }

        fn push(m: &Memory, mine: u64, value: u64) {
            let new = &m.nodes[mine as usize];
            // Safety: all threads of an execution run on one thread of the system.
            new.value.with_mut(|place| unsafe { *place = value });
            loop {
                let old = m.top.load(Acquire);
                new.next.store(old, Relaxed);
                let top = pointer(mine, count(old) + 1);
                if m.top.compare_exchange(old, top, Release, Relaxed).is_ok() {
                    return;
                }
            }
        }

        /// None where it would have to look again: nothing is written in such a round.
        fn pop(m: &Memory) -> Option<u64> {
            let old = m.top.load(Acquire);
            if node(old) == 0 {
                return Some(0);
            }
            let first = &m.nodes[node(old) as usize];
            let next = first.next.load(Relaxed);
            let top = pointer(node(next), count(old) + 1);
            m.top.compare_exchange(old, top, Release, Relaxed).ok()?;
            // Safety: as in `push`.
            Some(first.value.with(|place| unsafe { *place }))
        }

        fn write(m: &Memory, me: u64) {
            m.x[me as usize].store(me + 42, Relaxed);
            push(m, me + 1, me);
        }

        fn read(m: &Memory, saw: &mut Saw) {
            match pop(m) {
                None => saw.note(BLOCKED),
                Some(0) => {}
                Some(who) => {
                    m.x[who as usize].load(Relaxed);
                }
            }
        }

        const POISON: u64 = 0x666;
        fn fresh() -> Memory {
            let node =
                |_| Node { value: UnsafeCell::new(0), next: AtomicU64::new(pointer(POISON, 0)) };
            Memory {
                top: AtomicU64::new(pointer(0, 0)),
                nodes: [0, 1, 2].map(node),
                x: [AtomicU64::new(0), AtomicU64::new(0)],
            }
        }
        pub const RACE: Race<Memory> = Race::new(
            fresh,
            &[
                actor("writer 0", |m, _| write(m, 0)),
                actor("writer 1", |m, _| write(m, 1)),
                actor("reader", read),
            ],
            outcome,
            OUTCOMES,
        );
        fn outcome(_: &Memory, saws: &[Saw]) -> Outcome {
            if saws[2].get(0) == Some(BLOCKED) { CUT } else { DONE }
        }
    }
);

/// `data-structures/treiber-stack`: 18, under SC too. Two writers push one each, one reader pops
/// once; no arguments. A `pop` whose exchange fails has no effect, so GenMC blocks it; a `push`
/// whose exchange fails has written its node.
#[test]
fn treiber_s_stack() {
    assert_eq!(complete(&treiber::SCENARIO), (18, 18));
}
