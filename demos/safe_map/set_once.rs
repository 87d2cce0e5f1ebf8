//! A value that comes once and stays: a pointer that is set once, and read without a lock.

use std::marker::PhantomData;
use std::ptr::null_mut;

use super::super::rt::sync::atomic::AtomicPtr;
use super::super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// Nothing, and some day a value. One word, where a `OnceLock` is two: a shard with its lock, its
/// table and its parts fills one cache line.
pub(super) struct SetOnce<T> {
    value: AtomicPtr<T>,
    /// It owns the value, and is sent and shared as one.
    owns: PhantomData<Box<T>>,
}

racelab::fields!(SetOnce<T> { value: any_thread, owns: nobody });

impl<T> SetOnce<T> {
    /// Nothing yet.
    pub(super) fn empty() -> Self {
        SetOnce { value: AtomicPtr::new(null_mut()), owns: PhantomData }
    }

    /// The value, if it has come.
    #[inline]
    pub(super) fn get(&self) -> Option<&T> {
        // Acquire pairs with the exchange in `set`: who finds the value finds it made.
        let value = self.value.load(Acquire);
        // Safety: null, or from the box in `set`: nobody changes it, and it is dropped with `self`.
        unsafe { value.as_ref() }
    }

    /// Sets it. Only the first call does; of the others the value is dropped.
    pub(super) fn set(&self, value: T) {
        let value = Box::into_raw(Box::new(value));
        // Release pairs with the load in `get`.
        if self.value.compare_exchange(null_mut(), value, Release, Relaxed).is_err() {
            // Safety: made above, and nobody else has seen it.
            drop(unsafe { Box::from_raw(value) });
        }
    }
}

impl<T> Drop for SetOnce<T> {
    fn drop(&mut self) {
        // Relaxed: whoever drops it has it alone.
        let value = self.value.load(Relaxed);
        if !value.is_null() {
            // Safety: from the box in `set`, and no reference is left while `self` is dropped.
            drop(unsafe { Box::from_raw(value) });
        }
    }
}
