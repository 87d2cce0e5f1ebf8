//! A grace period by epochs: a writer waits until all readers have left who had come before.
//!
//! The epochs are those of the demo `reclamation`, for any number of readers: each counts itself in
//! and out in the counter of its epoch, in a slot that it shares with few. It is how the sleepable RCU
//! of Linux does it (`kernel/rcu/srcutree.c`).

use super::super::rt::sync::atomic::AtomicUsize;
use super::super::rt::sync::atomic::Ordering::{Relaxed, Release, SeqCst};
use super::super::rt::thread::yield_now;
use super::thread_number::own_number;

/// Who reads what may be replaced.
///
/// A reader enters, and then loads the pointer to what it reads: SeqCst. A writer puts another pointer
/// in its place, SeqCst too, and then waits: what it has replaced is nobody's any more.
pub(super) struct Epochs {
    /// Which of the counters those who come now count in: its lowest bit.
    epoch: AtomicUsize,
    slots: Box<[Slot]>,
}

racelab::fields!(Epochs { epoch: any_thread, slots: nobody -> any_thread });

/// The readers of some threads, by the parity of the epoch in which they came: on cache lines that no
/// other thread writes to, as long as there are no more threads than slots.
#[repr(align(128))]
struct Slot {
    inside: [AtomicUsize; 2],
}

racelab::fields!(Slot { inside: any_thread });

/// More than threads that mostly run at once: a writer looks into each.
pub(super) const SLOTS: usize = 64;

impl Epochs {
    /// `slots` is a power of two.
    pub(super) fn new(slots: usize) -> Self {
        let slot = |_| Slot { inside: [0, 0].map(AtomicUsize::new) };
        Epochs { epoch: AtomicUsize::new(0), slots: (0..slots).map(slot).collect() }
    }

    /// Counts this thread in as a reader, until the guard is dropped. Who is inside must not wait.
    #[inline]
    pub(super) fn enter(&self) -> Inside<'_> {
        let slot = &self.slots[own_number() & (self.slots.len() - 1)];
        // An old answer does no harm: a writer looks at both counters.
        let inside = Inside(&slot.inside[self.epoch.load(Relaxed) & 1]);
        // SeqCst here, in the reader's load, in the writer's replacement and in `wait_for`: this reader
        // is seen there, or the new pointer here.
        inside.0.fetch_add(1, SeqCst);
        inside
    }

    /// Waits until all have left who are inside now. One at a time: two who turn the epoch could make
    /// each other wait for readers who came later.
    pub(super) fn wait(&self) {
        // Twice: a reader may have read the epoch long ago, and count itself in an old one.
        for _ in 0..2 {
            let epoch = self.epoch.load(Relaxed);
            self.epoch.store(epoch + 1, Relaxed);
            self.wait_for(epoch & 1);
        }
    }

    /// Waits until each slot was seen without readers of this parity.
    fn wait_for(&self, parity: usize) {
        for slot in &self.slots {
            // Acquire, too: pairs with the way out, so what the reader did is done.
            while slot.inside[parity].load(SeqCst) != 0 {
                yield_now();
            }
        }
    }
}

/// A reader that is counted; dropping it counts it out, also when it panics.
pub(super) struct Inside<'a>(&'a AtomicUsize);

impl Drop for Inside<'_> {
    #[inline]
    fn drop(&mut self) {
        // Release pairs with the load in `wait_for`.
        self.0.fetch_sub(1, Release);
    }
}
