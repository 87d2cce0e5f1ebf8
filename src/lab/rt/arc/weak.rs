//! A weak owner: it keeps no value alive, and may look whether one is there.

use std::fmt;
use std::mem::ManuallyDrop;
use std::panic::Location;
use std::sync;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};

use super::{Arc, Counts, counting, step};
use crate::rt::tracked::Tracked;

/// As [`std::sync::Weak`].
pub struct Weak<T: ?Sized> {
    pub(super) value: sync::Weak<T>,
    pub(super) counts: Option<sync::Arc<Counts>>,
}

// Safety: as for `Arc`.
unsafe impl<T: ?Sized + Send + Sync> Send for Weak<T> {}
// Safety: as for `Arc`.
unsafe impl<T: ?Sized + Send + Sync> Sync for Weak<T> {}

impl<T: ?Sized> Weak<T> {
    /// As [`std::sync::Weak::upgrade`].
    #[track_caller]
    pub fn upgrade(&self) -> Option<Arc<T>> {
        let counts = self.counts.as_ref()?;
        let upgrade = || self.value.upgrade();
        let value = match counting(true) {
            false => upgrade(),
            true => step(&counts.strong, "upgrade", Acquire, Location::caller(), || {
                let count = self.value.strong_count() as u64;
                (upgrade(), count, (count > 0).then_some(count + 1))
            }),
        };
        let counts = ManuallyDrop::new(counts.clone());
        value.map(|value| Arc { value: ManuallyDrop::new(value), counts })
    }

    /// As [`std::sync::Weak::strong_count`].
    #[track_caller]
    pub fn strong_count(&self) -> usize {
        self.count("strong_count", |value| value.strong_count(), |counts| &counts.strong)
    }

    /// As [`std::sync::Weak::weak_count`].
    #[track_caller]
    pub fn weak_count(&self) -> usize {
        self.count("weak_count", |value| value.weak_count(), |counts| &counts.weak)
    }

    #[track_caller]
    fn count(
        &self,
        name: &'static str,
        read: fn(&sync::Weak<T>) -> usize,
        of: fn(&Counts) -> &Tracked,
    ) -> usize {
        match &self.counts {
            Some(counts) if counting(true) => {
                step(of(counts), name, Relaxed, Location::caller(), || {
                    (read(&self.value), read(&self.value) as u64, None)
                })
            }
            _ => read(&self.value),
        }
    }

    /// As [`std::sync::Weak::ptr_eq`].
    pub fn ptr_eq(&self, other: &Self) -> bool {
        self.value.ptr_eq(&other.value)
    }
}

impl<T> Weak<T> {
    /// As [`std::sync::Weak::new`].
    pub const fn new() -> Weak<T> {
        Weak { value: sync::Weak::new(), counts: None }
    }
}

impl<T> Default for Weak<T> {
    fn default() -> Self {
        Weak::new()
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        let another = || self.value.clone();
        let value = match &self.counts {
            Some(counts) if counting(false) => {
                step(&counts.weak, "clone", Relaxed, Location::caller(), || {
                    let count = self.value.weak_count() as u64;
                    (another(), count, Some(count + 1))
                })
            }
            _ => another(),
        };
        Weak { value, counts: self.counts.clone() }
    }
}

impl<T: ?Sized> Drop for Weak<T> {
    #[track_caller]
    fn drop(&mut self) {
        if let Some(counts) = &self.counts
            && counting(false)
        {
            step(&counts.weak, "drop", AcqRel, Location::caller(), || {
                let count = self.value.weak_count() as u64;
                ((), count, Some(count.saturating_sub(1)))
            });
        }
    }
}

impl<T: ?Sized> fmt::Debug for Weak<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(Weak)")
    }
}
