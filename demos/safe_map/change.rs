//! Changing a value where it lies, and what becomes of it when the change panics.

use std::any::Any;
use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::{Observer, SafeMap};

impl<K: Hash + Eq, V, S: BuildHasher, O: Observer> SafeMap<K, V, S, O> {
    /// Calls `change` with the value of `key`, alone, or returns `None` without a call.
    ///
    /// No other thread sees the value between the beginning and the end of `change`, so no update
    /// is lost. `change` runs under the shard's lock and must not call this map (see [`SafeMap`]).
    ///
    /// # Panics
    /// If `change` panics, so does this call, and **the entry is removed**: the value may be half
    /// changed, and a missing key is a state that every caller knows how to meet. Where the old
    /// value has to survive, use [`replace_with`](SafeMap::replace_with).
    pub fn update<Q, R>(&self, key: &Q, change: impl FnOnce(&mut V) -> R) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let hash = self.hash(key);
        let mut table = self.write(hash);
        let mut entry = table.occupied(hash, key)?;
        match caught(|| change(&mut entry.get_mut().value)) {
            Ok(result) => Some(result),
            Err(panic) => {
                let half_changed = entry.remove();
                drop(table);
                drop(half_changed);
                resume_unwind(panic)
            }
        }
    }

    /// Replaces the value of `key` by what `make` makes of it, and returns the one it takes the
    /// place of; `None`, without a call, if the key has no value.
    ///
    /// All or nothing: the new value is built aside and put in place in one step. If `make` panics,
    /// so does this call, and the old value stays untouched. `make` runs under the shard's lock
    /// and must not call this map (see [`SafeMap`]).
    pub fn replace_with<Q>(&self, key: &Q, make: impl FnOnce(&V) -> V) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let hash = self.hash(key);
        let mut table = self.write(hash);
        let mut entry = table.occupied(hash, key)?;
        let value = &mut entry.get_mut().value;
        match caught(|| make(value)) {
            Ok(made) => Some(std::mem::replace(value, made)),
            Err(panic) => {
                drop(table);
                resume_unwind(panic)
            }
        }
    }

    /// Replaces the value of `key` by this one if `condition` says so of the value that is there, and
    /// returns the old one: a compare-and-swap, with any comparison.
    ///
    /// Between the question and the answer nobody changes the value. `condition` runs under the
    /// shard's lock and must not call this map (see [`SafeMap`]); if it panics, so does this call,
    /// and nothing is changed.
    ///
    /// # Errors
    /// `value`, if the key has none or the condition is not met.
    pub fn replace_if<Q>(
        &self,
        key: &Q,
        value: V,
        condition: impl FnOnce(&V) -> bool,
    ) -> Result<V, V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let hash = self.hash(key);
        let mut table = self.write(hash);
        let Some(mut entry) = table.occupied(hash, key) else { return Err(value) };
        let there = &mut entry.get_mut().value;
        match caught(|| condition(there)) {
            Ok(true) => Ok(std::mem::replace(there, value)),
            Ok(false) => Err(value),
            Err(panic) => {
                drop(table);
                resume_unwind(panic)
            }
        }
    }
}

/// Runs user code and keeps its panic for later, so that locks are released in peace, not poisoned.
///
/// Sound to assert: each caller sees to what the closure may have left half done before it lets the
/// panic go on.
pub(super) fn caught<R>(work: impl FnOnce() -> R) -> Result<R, Box<dyn Any + Send>> {
    catch_unwind(AssertUnwindSafe(work))
}
