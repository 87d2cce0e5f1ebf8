//! A value that is read without a lock and replaced as a whole: a grace period by epochs.
//!
//! The epochs are those of the demo `reclamation`, for any number of readers: each counts itself in
//! and out in the counter of its epoch, in a slot that it shares with few. It is how the sleepable RCU
//! of Linux does it (`kernel/rcu/srcutree.c`).

use std::marker::PhantomData;

use super::super::rt::cell::UnsafeCell;
use super::super::rt::sync::atomic::Ordering::{Relaxed, Release, SeqCst};
use super::super::rt::sync::atomic::{AtomicPtr, AtomicUsize};
use super::super::rt::sync::{Mutex, MutexGuard};
use super::super::rt::thread::yield_now;
use super::thread_number::own_number;

/// A value that many threads read while it is replaced.
///
/// A reader finds it by one atomic load, and writes to its own slot alone. A writer waits until all
/// who came before the replacement have left, so the old value is nobody's any more.
pub(super) struct Guarded<T> {
    current: AtomicPtr<Kept<T>>,
    /// Which of the counters those who come now count in: its lowest bit.
    epoch: AtomicUsize,
    slots: Box<[Slot]>,
    writing: Mutex<()>,
    /// It owns the value, and is sent and shared as one.
    owns: PhantomData<Box<T>>,
}

racelab::fields!(Guarded<T> {
    current: any_thread, epoch: any_thread, slots: nobody -> any_thread, writing: any_thread,
    owns: nobody
});

/// A value that is read, and then is no more. A cell, and nothing on real threads: so a checker sees
/// that nobody reads what has been given back.
struct Kept<T>(UnsafeCell<T>);

impl<T> Kept<T> {
    fn leak(value: T) -> *mut Kept<T> {
        Box::into_raw(Box::new(Kept(UnsafeCell::new(value))))
    }

    #[inline]
    fn read<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        // Safety: nobody writes to it, from when it is made until it is given back.
        self.0.with(|value| read(unsafe { &*value }))
    }
}

/// The readers of some threads, by the parity of the epoch in which they came: on cache lines that no
/// other thread writes to, as long as there are no more threads than slots.
#[repr(align(128))]
struct Slot {
    inside: [AtomicUsize; 2],
}

racelab::fields!(Slot { inside: any_thread });

/// More than threads that mostly run at once: a writer looks into each.
pub(super) const SLOTS: usize = 64;

impl<T> Guarded<T> {
    /// `slots` is a power of two.
    pub(super) fn new(value: T, slots: usize) -> Self {
        let slot = |_| Slot { inside: [0, 0].map(AtomicUsize::new) };
        Guarded {
            current: AtomicPtr::new(Kept::leak(value)),
            epoch: AtomicUsize::new(0),
            slots: (0..slots).map(slot).collect(),
            writing: Mutex::new(()),
            owns: PhantomData,
        }
    }

    /// Reads the value. `read` must not replace it, or it would wait for itself.
    #[inline]
    #[track_caller]
    pub(super) fn read<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        let slot = &self.slots[own_number() & (self.slots.len() - 1)];
        // An old answer does no harm: a writer looks at both counters.
        let inside = Inside(&slot.inside[self.epoch.load(Relaxed) & 1]);
        // SeqCst here, in the load below and in both places of `replace`: this reader is seen there, or
        // the new value here.
        inside.0.fetch_add(1, SeqCst);
        // Also pairs with the swap in `replace`: who finds the value finds it made.
        let current = self.current.load(SeqCst);
        // Safety: found after this reader had counted itself in, and not dropped before it is out.
        unsafe { &*current }.read(read)
    }

    /// Replaces the value by what `make` makes of it, and gives the old one back when nobody reads it
    /// any more. One writer at a time.
    #[track_caller]
    pub(super) fn replace<R>(&self, make: impl FnOnce(&T) -> (T, R)) -> (T, R) {
        let writing = self.writing();
        // Relaxed: only writers change it, and they come one after another.
        let old = self.current.load(Relaxed);
        // Safety: the current value, which only this writer could take away.
        let (new, result) = unsafe { &*old }.read(make);
        self.current.swap(Kept::leak(new), SeqCst);
        // Twice: a reader may have read the epoch long ago, and count itself in an old one.
        for _ in 0..2 {
            let epoch = self.epoch.load(Relaxed);
            self.epoch.store(epoch + 1, Relaxed);
            self.wait_for(epoch & 1);
        }
        drop(writing);
        // Safety: made by `Box::into_raw`, replaced, and all who may have found it have left.
        let old = unsafe { Box::from_raw(old) };
        (old.0.into_inner(), result)
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

    #[track_caller]
    fn writing(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// A reader that is counted; dropping it counts it out, also when it panics.
struct Inside<'a>(&'a AtomicUsize);

impl Drop for Inside<'_> {
    #[inline]
    fn drop(&mut self) {
        // Release pairs with the load in `wait_for`.
        self.0.fetch_sub(1, Release);
    }
}

impl<T> Drop for Guarded<T> {
    fn drop(&mut self) {
        // Safety: from a box, and whoever drops this has it alone.
        drop(unsafe { Box::from_raw(self.current.load(Relaxed)) });
    }
}
