//! A set of keys behind one pointer, and a scan that reads one snapshot of it.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicPtr, AtomicU64};

/// The one word that changes.
pub struct Set {
    current: AtomicPtr<Snapshot>,
}

/// All keys at one moment. Not changed after it is published.
pub struct Snapshot {
    length: AtomicU64,
    keys: [AtomicU64; 8],
    /// The snapshot before this one: kept until the set is dropped, for scans that have it still.
    before: AtomicPtr<Snapshot>,
}

racelab::fields!(Set { current: writer -> scanner });
racelab::fields!(Snapshot { length: writer -> scanner, keys: writer -> scanner, before: nobody });

impl Set {
    pub fn new() -> Set {
        let set = Set { current: AtomicPtr::new(std::ptr::null_mut()) };
        set.publish(Snapshot::empty());
        set
    }

    /// Adds a key that is not there. One writer at a time.
    pub fn insert(&self, key: u64) {
        // Safety: published snapshots live until the set is dropped.
        let old = unsafe { &*self.current.load(Relaxed) };
        let (new, length) = (Snapshot::empty(), old.length.load(Relaxed));
        for slot in 0..length as usize {
            new.keys[slot].store(old.keys[slot].load(Relaxed), Relaxed);
        }
        new.keys[length as usize].store(key, Relaxed);
        new.length.store(length + 1, Relaxed);
        self.publish(new);
    }

    fn publish(&self, snapshot: Snapshot) {
        snapshot.before.store(self.current.load(Relaxed), Relaxed);
        // Pairs with the load in `scan`: whoever sees the pointer sees the snapshot behind it.
        self.current.store(Box::into_raw(Box::new(snapshot)), Release);
    }

    /// All keys.
    pub fn scan(&self) -> Vec<u64> {
        // Pairs with the store in `publish`.
        let current = self.current.load(Acquire);
        // Safety: published snapshots live until the set is dropped.
        let snapshot = unsafe { &*current };
        let keys = snapshot.keys.iter().take(snapshot.length.load(Relaxed) as usize);
        keys.map(|key| key.load(Relaxed)).collect()
    }
}

impl Snapshot {
    fn empty() -> Snapshot {
        let keys = std::array::from_fn(|_| AtomicU64::new(0));
        let before = AtomicPtr::new(std::ptr::null_mut());
        Snapshot { length: AtomicU64::new(0), keys, before }
    }
}

impl Drop for Set {
    fn drop(&mut self) {
        let mut snapshot = self.current.load(Relaxed);
        while !snapshot.is_null() {
            // Safety: made by `Box::into_raw`; nobody else has a set that is being dropped.
            let owned = unsafe { Box::from_raw(snapshot) };
            snapshot = owned.before.load(Relaxed);
        }
    }
}
