//! A value that is read without a lock and replaced as a whole.

use std::marker::PhantomData;

use super::super::rt::sync::atomic::AtomicPtr;
use super::super::rt::sync::atomic::Ordering::{Relaxed, SeqCst};
use super::super::rt::sync::{Arc, Mutex, MutexGuard};
use super::epochs::Epochs;
use super::kept::Kept;

/// A value that many threads read while it is replaced.
///
/// A reader finds it by one atomic load, and writes to its own slot alone. A writer waits until all
/// who came before the replacement have left, so the old value is nobody's any more.
pub(super) struct Guarded<T> {
    current: AtomicPtr<Kept<T>>,
    epochs: Epochs,
    writing: Mutex<()>,
    /// Many threads read it, and any of them may be the one to drop it.
    owns: PhantomData<Arc<T>>,
}

racelab::fields!(Guarded<T> {
    current: any_thread, epochs: any_thread, writing: any_thread, owns: nobody
});

impl<T> Guarded<T> {
    /// `slots` is a power of two.
    pub(super) fn new(value: T, slots: usize) -> Self {
        Guarded {
            current: AtomicPtr::new(Box::into_raw(Kept::boxed(value))),
            epochs: Epochs::new(slots),
            writing: Mutex::new(()),
            owns: PhantomData,
        }
    }

    /// Reads the value. `read` must not replace it, or it would wait for itself.
    #[inline]
    #[track_caller]
    pub(super) fn read<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        let _inside = self.epochs.enter();
        // SeqCst as `Epochs` asks for. Also pairs with the swap in `replace`: who finds the value finds
        // it made.
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
        // SeqCst as `Epochs` asks for.
        self.current.swap(Box::into_raw(Kept::boxed(new)), SeqCst);
        self.epochs.wait();
        drop(writing);
        // Safety: made by `Box::into_raw`, replaced, and all who may have found it have left.
        let old = unsafe { Box::from_raw(old) };
        (old.into_inner(), result)
    }

    #[track_caller]
    fn writing(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl<T> Drop for Guarded<T> {
    fn drop(&mut self) {
        // Safety: from a box, and whoever drops this has it alone.
        drop(unsafe { Box::from_raw(self.current.load(Relaxed)) });
    }
}
