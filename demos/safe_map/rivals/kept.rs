//! A value that is read through a pointer which others may replace.

use super::super::rt::cell::UnsafeCell;

/// A value that is read, and then is no more. A cell, and nothing on real threads: so a checker sees
/// that nobody reads what has been given back. At an even address, also where `T` has no bytes.
#[repr(align(2))]
pub(super) struct Kept<T>(UnsafeCell<T>);

impl<T> Kept<T> {
    /// In a place of its own, for a pointer to it.
    pub(super) fn boxed(value: T) -> Box<Self> {
        Box::new(Kept(UnsafeCell::new(value)))
    }

    #[inline]
    #[track_caller]
    pub(super) fn read<'k, R>(&'k self, read: impl FnOnce(&'k T) -> R) -> R {
        // Safety: nobody writes to it, from when it is made until it is given back.
        self.0.with(|value| read(unsafe { &*value }))
    }

    pub(super) fn into_inner(self) -> T {
        self.0.into_inner()
    }
}
