//! The deque of Chase and Lev, in the version of Lê, Pop, Cohen and Zappa Nardelli (2013).

use super::complete;

racelab::scenario!(
    mod chase_lev {
        use super::rt::sync::atomic::{AtomicU64, Ordering::*, fence};
        use racelab::{Race, Saw, actor, outcomes};

        const SLOTS: u64 = 10;
        pub struct Memory {
            bottom: AtomicU64,
            top: AtomicU64,
            /// Plain memory in C, where the detection of races is off: such reads read what relaxed
            /// ones would.
            slots: [AtomicU64; SLOTS as usize],
        }
        racelab::fields!(Memory { bottom: nobody, top: nobody, slots: nobody });
        outcomes! { DONE: Allowed, "both came to their end"; }

        fn slot(m: &Memory, at: u64) -> &AtomicU64 {
            &m.slots[(at % SLOTS) as usize]
        }

        fn push(m: &Memory, value: u64) -> bool {
            let bottom = m.bottom.load(Relaxed);
            let top = m.top.load(Acquire);
            if bottom.wrapping_sub(top) as i64 >= SLOTS as i64 {
                return false;
            }
            slot(m, bottom).store(value, Relaxed);
            m.bottom.store(bottom + 1, Release);
            true
        }

        fn pop(m: &Memory) {
            let bottom = m.bottom.load(Relaxed);
            m.bottom.store(bottom.wrapping_sub(1), Relaxed);
            fence(SeqCst);
            let top = m.top.load(Relaxed);
            let len = bottom.wrapping_sub(top) as i64;
            if len <= 0 {
                return m.bottom.store(bottom, Relaxed);
            }
            slot(m, bottom.wrapping_sub(1)).load(Relaxed);
            if len == 1 {
                let _ = m.top.compare_exchange(top, top + 1, AcqRel, Acquire);
                m.bottom.store(bottom, Relaxed);
            }
        }

        fn steal(m: &Memory) {
            let top = m.top.load(Relaxed);
            fence(SeqCst);
            let bottom = m.bottom.load(Acquire);
            if bottom.wrapping_sub(top) as i64 > 0 {
                slot(m, top).load(Relaxed);
                let _ = m.top.compare_exchange(top, top + 1, Release, Relaxed);
            }
        }

        fn own(m: &Memory, _: &mut Saw) {
            let mut value = 1;
            (0..5).for_each(|_| value += push(m, value) as u64);
            (0..3).for_each(|_| pop(m));
            (0..2).for_each(|_| value += push(m, value) as u64);
        }

        fn fresh() -> Memory {
            Memory {
                bottom: AtomicU64::new(0),
                top: AtomicU64::new(0),
                slots: [0; SLOTS as usize].map(AtomicU64::new),
            }
        }
        pub const RACE: Race<Memory> = Race::new(
            fresh,
            &[actor("owner", own), actor("thief", |m, _| steal(m))],
            |_, _| DONE,
            OUTCOMES,
        );
    }
);

/// `data-structures/chase-lev`: 65, under SC 59. `-disable-race-detection`; a deque of 10, its owner
/// pushes 5 times, pops 3 times and pushes twice, one thief steals once.
#[test]
fn chase_and_lev_s_deque() {
    assert_eq!(complete(&chase_lev::SCENARIO), (65, 59));
}
