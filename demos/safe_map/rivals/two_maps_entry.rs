//! What both maps of [`TwoMaps`](super::TwoMaps) share: a key's value, or what became of it.

use std::marker::PhantomData;
use std::ptr::{null_mut, without_provenance_mut};

use super::super::rt::sync::Arc;
use super::super::rt::sync::atomic::AtomicPtr;
use super::super::rt::sync::atomic::Ordering::{Acquire, Relaxed, SeqCst};
use super::epochs::Inside;
use super::kept::Kept;

/// The place of one key's value.
///
/// A pointer to the value; null when it was removed, and the locked map has this entry or does not
/// exist; [`expunged`] when it was removed, and left out when the locked map was made: a value stored
/// now would be lost with the next promotion. Where nothing else is asked for it is read by Acquire:
/// who finds a value finds it made.
pub(super) struct Entry<V> {
    value: AtomicPtr<Kept<V>>,
    /// Many threads read it, and any of them may be the one to drop it.
    owns: PhantomData<Arc<V>>,
}

racelab::fields!(Entry<V> { value: any_thread, owns: nobody });

/// No value is here: a [`Kept`] has an even address.
fn expunged<V>() -> *mut Kept<V> {
    without_provenance_mut(1)
}

/// The pointer to a value, if there is one.
fn present<V>(value: *mut Kept<V>) -> Option<*mut Kept<V>> {
    (!value.is_null() && value != expunged()).then_some(value)
}

impl<V> Entry<V> {
    pub(super) fn new(value: Box<Kept<V>>) -> Self {
        Entry { value: AtomicPtr::new(Box::into_raw(value)), owns: PhantomData }
    }

    /// The value, for as long as its reader is inside.
    #[inline]
    pub(super) fn load<'i>(&self, _: &'i Inside<'_>) -> Option<&'i Kept<V>> {
        // SeqCst as `Epochs` asks for. Also pairs with `replace`: who finds the value finds it made.
        let value = present(self.value.load(SeqCst))?;
        // Safety: found by who is inside, and given back when that has left, at the soonest.
        Some(unsafe { &*value })
    }

    /// Stores a value and returns the old one, to be retired; gives it back if the entry is expunged.
    pub(super) fn replace(
        &self,
        value: Box<Kept<V>>,
    ) -> Result<Option<*mut Kept<V>>, Box<Kept<V>>> {
        let value = Box::into_raw(value);
        let mut old = self.value.load(Acquire);
        while old != expunged() {
            // SeqCst as `Epochs` asks for. Also pairs with `load`.
            match self.value.compare_exchange(old, value, SeqCst, Acquire) {
                Ok(_) => return Ok(present(old)),
                Err(newer) => old = newer,
            }
        }
        // Safety: made above, and nobody else has seen it.
        Err(unsafe { Box::from_raw(value) })
    }

    /// Removes the value and returns it, to be retired.
    pub(super) fn take(&self) -> Option<*mut Kept<V>> {
        loop {
            // SeqCst as in `load`: whether there is a value is an answer too.
            let value = present(self.value.load(SeqCst))?;
            // SeqCst as `Epochs` asks for.
            if self.value.compare_exchange(value, null_mut(), SeqCst, Acquire).is_ok() {
                return Some(value);
            }
        }
    }

    /// Expunges the entry if it has no value; says whether it is expunged now. Only whoever holds the
    /// lock may: who finds an entry expunged takes the lock, so nothing is ordered here.
    pub(super) fn expunge(&self) -> bool {
        match self.value.compare_exchange(null_mut(), expunged(), Relaxed, Acquire) {
            Ok(_) => true,
            Err(value) => value == expunged(),
        }
    }

    /// Whether it is expunged. Who holds the lock has the last word on that.
    pub(super) fn is_expunged(&self) -> bool {
        self.value.load(Acquire) == expunged()
    }

    /// Undoes `expunge`. Only whoever holds the lock may.
    pub(super) fn revive(&self) {
        // Relaxed: it has no value before and after, and nobody else changes it.
        self.value.store(null_mut(), Relaxed);
    }
}

impl<V> Drop for Entry<V> {
    fn drop(&mut self) {
        // Relaxed: whoever drops it has it alone.
        if let Some(value) = present(self.value.load(Relaxed)) {
            // Safety: from a box, and its last reader has left: an entry that has a value is dropped
            // with the maps that it was in.
            drop(unsafe { Box::from_raw(value) });
        }
    }
}
