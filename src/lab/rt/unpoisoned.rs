//! Locks of our own, whose poison says nothing: whatever a panic left in them is still whole.

use std::sync::LockResult;

/// What a lock gave, poisoned or not.
pub(crate) trait Unpoisoned {
    /// The guard, or the value.
    type Inner;
    /// Takes it out.
    fn unpoisoned(self) -> Self::Inner;
}

impl<T> Unpoisoned for LockResult<T> {
    type Inner = T;
    fn unpoisoned(self) -> T {
        self.unwrap_or_else(|poison| poison.into_inner())
    }
}
