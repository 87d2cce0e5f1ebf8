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
    let tuning = Tuning { slots: 2 * processors as u16, spins: 100, looks: 8 };
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

/// A writer that revokes a bias writes to each slot once. It takes eight looks a slot to be biased
/// again, so the writes for one look or one write, taken together, do not grow with the processors.
#[test]
fn what_a_bias_costs_is_spread_over_looks() {
    for processors in [2, 16, 64] {
        let (lock, lobby) = of_processors(processors);
        let slots = 2 * processors as u64;
        // Looks, one of them beside a writer's back: the lock is biased by a look that had to wait.
        let looks = 8 * slots;
        let looked = writes(|| (0..looks).for_each(|_| _ = *lock.look(&lobby)));
        assert_eq!(looked, 2 * looks);
        let met = met(&lock, &lobby);
        // A slot is taken and left, and the word is only read.
        assert_eq!(writes(|| _ = *lock.look(&lobby)), 2);
        let revoked = writes(|| *lock.write(&lobby) += 1);
        assert!(revoked <= slots + 4, "{revoked} of {slots}");
        let each = (looked + met + revoked) as f64 / (looks + 2) as f64;
        assert!(each < 2.5, "{each} with {processors} processors");
    }
}

/// A look that meets another one, so that the lock is biased; what it writes.
fn met(lock: &Lock<u64>, lobby: &Lobby) -> u64 {
    let held = lock.look(lobby);
    std::thread::scope(|scope| {
        let late = scope.spawn(|| writes(|| _ = *lock.look(lobby)));
        // It finds the lock shut, whether it spins or parks then.
        std::thread::sleep(std::time::Duration::from_millis(5));
        drop(held);
        late.join().expect("no panic")
    })
}
