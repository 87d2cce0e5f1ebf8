//! Computing a missing value once, however many threads ask for it at the same time.

use std::hash::{BuildHasher, Hash};
use std::panic::resume_unwind;

use super::super::rt::sync::{Arc, Condvar, Mutex};
use super::super::rt::thread::{self, ThreadId};
use super::change::caught;
use super::{Observer, SafeMap};

impl<K: Hash + Eq, V: Clone, S: BuildHasher, O: Observer> SafeMap<K, V, S, O> {
    /// A clone of the value of `key`; if it has none, `compute` makes it and the map keeps it.
    ///
    /// **Once per key.** Of the threads that ask for a missing key, one computes; the others wait
    /// for it and get clones of what it stored. `compute` runs without any lock: other keys, of the
    /// same shard too, stay usable meanwhile, by `compute` itself as well. The key has no value
    /// until the result is stored: `get` returns `None` and `len` does not count it.
    ///
    /// **Overruled.** The two moments of this call are the marking of the key and the storing of
    /// the result. If in between the key is inserted or removed or the map cleared, the result goes
    /// to this caller alone and is not stored: the map stays as the other call left it, and those
    /// who waited look again (and one of them computes, if the key was removed).
    ///
    /// # Panics
    /// If `compute` panics, so does this call; the key stays absent, and the next in line computes.
    /// So does one that asks for the key it is computing: it would wait for itself. Two
    /// computations that ask for each other's keys are *not* noticed and wait for ever.
    pub fn get_or_insert_with(&self, key: K, compute: impl FnOnce() -> V) -> V {
        let hash = self.hash(&key);
        let pending = loop {
            let table = self.look(hash);
            if let Some(value) = table.get(hash, &key) {
                let value = value.clone();
                drop(table);
                self.observer.hit();
                return value;
            }
            let pending = table.computing.get(hash, &key);
            drop(table);
            if let Some(pending) = pending {
                pending.wait();
                continue;
            }
            let mut table = self.write(hash);
            // Between the two locks another thread may have been faster: then look again.
            if table.get(hash, &key).is_none() && table.computing.get(hash, &key).is_none() {
                let pending = Arc::new(Pending::new());
                table.computing.add(hash, key, pending.clone());
                break pending;
            }
        };

        // The copy is made here too, where a panic in `clone` does no harm and no lock is held.
        let computed = caught(|| {
            let value = compute();
            (value.clone(), value)
        });
        let stored = computed.and_then(|(copy, value)| {
            let mut value = Some(value);
            caught(|| self.roomy(hash).publish(&pending, &mut value)).map(|()| (copy, value))
        });
        match stored {
            Ok((copy, overruled)) => {
                pending.finish();
                self.observer.miss();
                if overruled.is_none() {
                    self.observer.inserted();
                }
                drop(overruled);
                copy
            }
            Err(panic) => {
                let unmarked = self.write(hash).computing.take_own(&pending);
                pending.finish();
                drop(unmarked);
                resume_unwind(panic)
            }
        }
    }
}

/// A computation under way, and the threads that wait for its end.
pub(super) struct Pending {
    finished: Mutex<bool>,
    changed: Condvar,
    computing: ThreadId,
}

impl Pending {
    fn new() -> Self {
        Pending {
            finished: Mutex::new(false),
            changed: Condvar::new(),
            computing: thread::current().id(),
        }
    }

    /// Waits until the computation has ended or was overruled.
    fn wait(&self) {
        assert!(
            self.computing != thread::current().id(),
            "SafeMap: the computation of a value asks for its own key"
        );
        let mut finished = self.finished.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        while !*finished {
            finished = self.changed.wait(finished).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }

    /// Wakes all who wait. To be called after the shard's lock is released, or they would run into
    /// it.
    pub(super) fn finish(&self) {
        *self.finished.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = true;
        self.changed.notify_all();
    }
}
