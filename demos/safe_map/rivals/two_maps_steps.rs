//! How [`TwoMaps`] looks, stores and takes: without the lock first, then with it.

use std::hash::{BuildHasher, Hash};

use super::super::rt::sync::atomic::Ordering::SeqCst;
use super::super::rt::sync::{Arc, MutexGuard};
use super::epochs::Inside;
use super::kept::Kept;
use super::two_maps_entry::Entry;
use super::two_maps_settled::{Entries, Replaced, Settled};
use super::{Locked, TwoMaps, retired};

type After<'m, K, V, S> = retired::After<'m, Replaced<K, V, S>>;

impl<K, V, S> TwoMaps<K, V, S> {
    #[inline]
    fn settled<'i>(&self, _: &'i Inside<'_>) -> &'i Settled<K, V, S> {
        // SeqCst as `Epochs` asks for. Also pairs with the swap in `settle`: who finds the map finds it
        // made.
        let settled = self.settled.load(SeqCst);
        // Safety: found by who is inside, and given back when that has left, at the soonest.
        unsafe { &*settled }.read(|settled| settled)
    }

    #[track_caller]
    fn locked(&self) -> MutexGuard<'_, Locked<K, V, S>> {
        self.locked.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Replaces the settled map. Only whoever holds `locked` may.
    fn settle(&self, inside: &Inside<'_>, after: &mut After<K, V, S>, settled: Settled<K, V, S>) {
        let weight = self.settled(inside).entries.len();
        // SeqCst as `Epochs` asks for.
        let old = self.settled.swap(Box::into_raw(Kept::boxed(settled)), SeqCst);
        after.retire(Replaced::Settled(old), weight.max(1));
    }

    /// Makes the locked map the settled one.
    fn promote(
        &self,
        inside: &Inside<'_>,
        after: &mut After<K, V, S>,
        locked: &mut Locked<K, V, S>,
    ) {
        if let Some(entries) = locked.entries.take() {
            self.settle(inside, after, Settled { entries: Arc::new(entries), amended: false });
        }
        locked.misses = 0;
    }

    /// All keys, made settled ones.
    pub(super) fn all_settled<'i>(
        &self,
        inside: &'i Inside<'_>,
        after: &mut After<K, V, S>,
    ) -> &'i Entries<K, V, S> {
        let mut locked = self.locked();
        self.promote(inside, after, &mut locked);
        drop(locked);
        &self.settled(inside).entries
    }
}

impl<K: Hash + Eq + Clone, V, S: BuildHasher + Clone> TwoMaps<K, V, S> {
    /// What `in_settled` makes of the entry of `key`, or `in_locked` of the locked map.
    #[inline]
    pub(super) fn find<R>(
        &self,
        inside: &Inside<'_>,
        after: &mut After<K, V, S>,
        key: &K,
        in_settled: impl Fn(&Entry<V>) -> Option<R>,
        in_locked: impl FnOnce(&mut Entries<K, V, S>) -> Option<R>,
    ) -> Option<R> {
        let settled = self.settled(inside);
        match settled.entries.get(key) {
            Some(entry) => in_settled(entry),
            None if settled.amended => self.miss(inside, after, key, in_settled, in_locked),
            None => None,
        }
    }

    /// The same with the lock; a miss may promote the locked map.
    #[cold]
    fn miss<R>(
        &self,
        inside: &Inside<'_>,
        after: &mut After<K, V, S>,
        key: &K,
        in_settled: impl Fn(&Entry<V>) -> Option<R>,
        in_locked: impl FnOnce(&mut Entries<K, V, S>) -> Option<R>,
    ) -> Option<R> {
        let mut locked = self.locked();
        // Between the look and the lock the key may have been settled.
        if let Some(entry) = self.settled(inside).entries.get(key) {
            return in_settled(entry);
        }
        // None after a promotion: all keys are settled, and this is none of them.
        let entries = locked.entries.as_mut()?;
        let found = in_locked(entries);
        let keys = entries.len();
        locked.misses += 1;
        if locked.misses >= keys {
            self.promote(inside, after, &mut locked);
        }
        found
    }

    /// Stores `value`, and lets `see` look at the one before.
    pub(super) fn swap<R>(&self, key: K, value: V, see: impl FnOnce(Option<&V>) -> R) -> R {
        // Declared first, so dropped last: to drop a key may lead back here.
        let _spare;
        let (mut after, inside) = self.retired.begin();
        let old;
        (old, _spare) = match self.swap_settled(&inside, &key, Kept::boxed(value)) {
            Ok(old) => (old, Some(key)),
            Err(value) => self.swap_locked(&inside, &mut after, key, value),
        };
        last_look(&inside, &mut after, old, see)
    }

    /// Gives the value back if the key is not settled, or expunged.
    #[inline]
    fn swap_settled(
        &self,
        inside: &Inside<'_>,
        key: &K,
        value: Box<Kept<V>>,
    ) -> Result<Option<*mut Kept<V>>, Box<Kept<V>>> {
        match self.settled(inside).entries.get(key) {
            Some(entry) => entry.replace(value),
            None => Err(value),
        }
    }

    /// The value before, and the key if it was not needed.
    fn swap_locked(
        &self,
        inside: &Inside<'_>,
        after: &mut After<K, V, S>,
        key: K,
        value: Box<Kept<V>>,
    ) -> (Option<*mut Kept<V>>, Option<K>) {
        let mut locked = self.locked();
        let settled = self.settled(inside);
        if let Some(entry) = settled.entries.get(&key) {
            if entry.is_expunged() {
                // It is missing in the locked map, which made it so: put there before others can store
                // to it.
                if let Some(entries) = &mut locked.entries {
                    entries.insert(key.clone(), entry.clone());
                }
                entry.revive();
            }
            return (replace_living(entry, value), Some(key));
        }
        let entries = locked.entries.get_or_insert_with(|| settled.copy());
        if let Some(entry) = entries.get(&key) {
            return (replace_living(entry, value), Some(key));
        }
        if !settled.amended {
            let entries = settled.entries.clone();
            self.settle(inside, after, Settled { entries, amended: true });
        }
        entries.insert(key, Arc::new(Entry::new(value)));
        (None, None)
    }

    /// Removes the value of `key`, and lets `see` look at it.
    pub(super) fn take<R>(&self, key: &K, see: impl FnOnce(Option<&V>) -> R) -> R {
        // Declared first, so dropped last: to drop a key may lead back here.
        let mut left = None;
        let (mut after, inside) = self.retired.begin();
        let in_locked = |entries: &mut Entries<K, V, S>| {
            left = entries.remove_entry(key);
            left.as_ref()?.1.take()
        };
        let value = self.find(&inside, &mut after, key, Entry::take, in_locked);
        last_look(&inside, &mut after, value, see)
    }
}

/// Replaces the value of an entry that is not expunged: whoever holds the lock knows.
fn replace_living<V>(entry: &Entry<V>, value: Box<Kept<V>>) -> Option<*mut Kept<V>> {
    match entry.replace(value) {
        Ok(old) => old,
        Err(_) => unreachable!("an entry was expunged without the lock"),
    }
}

/// Retires a value that is replaced, and lets `see` look at it.
fn last_look<K, V, S, R>(
    _: &Inside<'_>,
    after: &mut After<K, V, S>,
    value: Option<*mut Kept<V>>,
    see: impl FnOnce(Option<&V>) -> R,
) -> R {
    let Some(value) = value else { return see(None) };
    // First, so that it is not lost if `see` panics.
    after.retire(Replaced::Value(value), 1);
    // Safety: retired by who is inside, and given back when that has left, at the soonest.
    unsafe { &*value }.read(|value| see(Some(value)))
}
