//! Whoever claims a slot computes, and gives the claim back for a failure, but not for a panic.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicBool, AtomicU64};
use super::rt::thread::yield_now;

/// A slot for each of the keys 0 to 7.
pub struct Cache {
    slots: [Slot; 8],
}

/// The result for a key: whether somebody computes it or has, whether it is there, and what it is.
pub struct Slot {
    claimed: AtomicBool,
    ready: AtomicBool,
    value: AtomicU64,
}

racelab::fields!(Cache { slots: caller | other });
racelab::fields!(Slot { claimed: caller | other, ready: caller | other, value: caller | other });

impl Cache {
    pub fn new() -> Cache {
        let (no, zero) = (|| AtomicBool::new(false), || AtomicU64::new(0));
        let slot = |_| Slot { claimed: no(), ready: no(), value: zero() };
        Cache { slots: std::array::from_fn(slot) }
    }

    /// The result for a key, computed if it is not there; `None` if computing it failed.
    pub fn get_or_compute(&self, key: u64, compute: impl FnOnce() -> Option<u64>) -> Option<u64> {
        let slot = &self.slots[key as usize];
        // Pairs with the store of `ready` below: whoever sees it sees the value.
        while !slot.ready.load(Acquire) {
            // Pairs with the swap below: whoever takes over a turn sees what was done.
            if !slot.claimed.swap(true, Acquire) {
                let Some(value) = compute() else {
                    // The turn is for somebody else. A panic does not come here.
                    slot.claimed.swap(false, Release);
                    return None;
                };
                slot.value.store(value, Relaxed);
                // Pairs with the load above. The claim stays: nobody computes this again.
                slot.ready.store(true, Release);
                return Some(value);
            }
            yield_now();
        }
        Some(slot.value.load(Relaxed))
    }
}
