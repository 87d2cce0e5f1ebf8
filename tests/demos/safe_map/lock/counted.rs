//! The same source once more, on a runtime that counts what writes to memory that others see.

/// As much of the facade as the lock needs, natively, with atomics that count.
#[allow(unreachable_pub)]
mod rt {
    pub use std::thread_local;

    pub mod cell {
        pub use racelab::rt::native::cell::{Cell, UnsafeCell};
    }
    pub mod hint {
        pub use std::hint::spin_loop;
    }
    pub mod thread {
        pub use std::thread::current;
    }
    pub mod sync {
        pub use std::sync::{Condvar, Mutex, MutexGuard, OnceLock};

        pub mod atomic {
            pub use std::sync::atomic::Ordering;

            std::thread_local! {
                /// Stores and read-modify-writes of this thread.
                pub static WRITES: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
            }

            pub struct AtomicU32(std::sync::atomic::AtomicU32);

            impl AtomicU32 {
                pub fn new(value: u32) -> Self {
                    AtomicU32(std::sync::atomic::AtomicU32::new(value))
                }
                pub fn load(&self, order: Ordering) -> u32 {
                    self.0.load(order)
                }
                pub fn store(&self, value: u32, order: Ordering) {
                    WRITES.set(WRITES.get() + 1);
                    self.0.store(value, order);
                }
                pub fn fetch_add(&self, value: u32, order: Ordering) -> u32 {
                    WRITES.set(WRITES.get() + 1);
                    self.0.fetch_add(value, order)
                }
                pub fn fetch_sub(&self, value: u32, order: Ordering) -> u32 {
                    WRITES.set(WRITES.get() + 1);
                    self.0.fetch_sub(value, order)
                }
                pub fn compare_exchange(
                    &self,
                    from: u32,
                    to: u32,
                    order: Ordering,
                    failing: Ordering,
                ) -> Result<u32, u32> {
                    WRITES.set(WRITES.get() + 1);
                    self.0.compare_exchange(from, to, order, failing)
                }
            }
        }
    }
}

#[allow(dead_code, unreachable_pub)]
#[path = "../../../../demos/safe_map/lock/lock.rs"]
mod lock;

use lock::{Lobby, Lock, Tuning};
use rt::sync::atomic::WRITES;

/// What `work` writes, in stores and read-modify-writes.
fn writes(work: impl FnOnce()) -> u64 {
    let before = WRITES.get();
    work();
    WRITES.get() - before
}

fn of_processors(processors: usize) -> (Lock<u64>, Lobby) {
    let tuning = Tuning { slots: 2 * processors as u16, spins: 100, looks: 1 };
    (Lock::new(1, 0), Lobby::new(tuning))
}

#[test]
fn alone_each_way_in_and_out_is_two_writes() {
    for processors in [2, 16, 64] {
        let (lock, lobby) = of_processors(processors);
        assert_eq!(writes(|| *lock.write(&lobby) += 1), 2);
        assert_eq!(writes(|| _ = *lock.look(&lobby)), 2);
        assert_eq!(writes(|| _ = *lock.read(&lobby)), 2);
    }
}

/// One thread hands nothing around, however often it looks.
#[test]
fn who_looks_alone_never_makes_it_biased() {
    let (lock, lobby) = of_processors(2);
    for _ in 0..3 {
        assert_eq!(writes(|| (0..1_000).for_each(|_| _ = *lock.look(&lobby))), 2_000);
        assert_eq!(writes(|| *lock.write(&lobby) += 1), 2);
    }
}

/// Nor is it handed around where each looks three times before the other does.
#[test]
fn a_lock_that_stays_for_a_while_is_not_biased() {
    let (lock, lobby) = of_processors(2);
    assert_eq!(in_turn(&lock, &lobby, 300, 3), 600);
    assert_eq!(writes(|| *lock.write(&lobby) += 1), 2, "it is biased");
}

/// A writer that revokes a bias writes to each slot once. It takes a look for each two slots to be
/// biased again, so the writes for one look or one write, taken together, do not grow with the processors.
#[test]
fn what_a_bias_costs_is_spread_over_looks() {
    for processors in [2, 16, 64] {
        let (lock, lobby) = of_processors(processors);
        let slots = 2 * processors as u64;
        let looks = slots / 2;
        for _ in 0..2 {
            assert_eq!(in_turn(&lock, &lobby, looks - 1, 1), 2 * (looks - 1));
            assert_eq!(writes(|| *lock.write(&lobby) += 1), 2, "it is biased too early");
            assert_eq!(in_turn(&lock, &lobby, looks, 1), 2 * looks);
            // A slot is taken and left, and the word is only read.
            assert_eq!(writes(|| _ = *lock.look(&lobby)), 2);
            let revoked = writes(|| *lock.write(&lobby) += 1);
            assert!((slots..=slots + 4).contains(&revoked), "{revoked} of {slots}");
            let each = (2 * looks + revoked) as f64 / (looks + 1) as f64;
            assert!(each <= 4.0, "{each} with {processors} processors");
        }
    }
}

/// So many looks by two threads in turn, so many of each in a row; what they write.
fn in_turn(lock: &Lock<u64>, lobby: &Lobby, looks: u64, row: u64) -> u64 {
    let turn = std::sync::Barrier::new(2);
    let mine = |own: u64| {
        let look = |round: u64| {
            turn.wait();
            if round / row % 2 == own { writes(|| _ = *lock.look(lobby)) } else { 0 }
        };
        (0..looks).map(look).sum::<u64>()
    };
    std::thread::scope(|scope| {
        let mine = &mine;
        let both = [0, 1].map(|own| scope.spawn(move || mine(own)));
        both.map(|thread| thread.join().expect("no panic")).iter().sum()
    })
}
