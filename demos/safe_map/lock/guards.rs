//! What a thread holds while it is in: dropping it leaves.

use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

use super::{Lobby, Lock, Way};

/// The value, to read.
pub struct Reader<'a, T> {
    pub(super) lock: &'a Lock<T>,
    pub(super) lobby: &'a Lobby,
    pub(super) way: Way<'a>,
    /// No reference, or it would live on while `drop` gives the value to somebody else.
    pub(super) value: NonNull<T>,
}

/// The value, to write.
pub struct Writer<'a, T> {
    pub(super) lock: &'a Lock<T>,
    pub(super) lobby: &'a Lobby,
    pub(super) value: NonNull<T>,
}

impl<T> Deref for Reader<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // Safety: the lock is held, so nobody writes.
        unsafe { self.value.as_ref() }
    }
}

impl<T> Deref for Writer<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // Safety: the lock is held by this thread alone.
        unsafe { self.value.as_ref() }
    }
}

impl<T> DerefMut for Writer<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // Safety: the lock is held by this thread alone, and `self` is borrowed alone.
        unsafe { self.value.as_mut() }
    }
}

impl<T> Drop for Reader<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.lock.leave(&self.way, self.lobby);
    }
}

impl<T> Drop for Writer<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.lock.leave_written(self.lobby);
    }
}
