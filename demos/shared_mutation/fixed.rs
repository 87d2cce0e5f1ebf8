//! A map that is published: to change it, the writer changes a copy, and publishes the copy.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicPtr, AtomicU64};

/// The one word through which readers come to the map.
pub struct Published {
    current: AtomicPtr<Map>,
}

/// The values of two keys, 0 and 1. Not changed after it is published.
pub struct Map {
    values: [AtomicU64; 2],
    /// The map before this one: kept until all are dropped, for readers that hold it still.
    before: AtomicPtr<Map>,
}

racelab::fields!(Published { current: writer -> reader });
racelab::fields!(Map { values: writer -> reader, before: writer });

impl Published {
    pub fn new(values: [u64; 2]) -> Published {
        let map = Map::new(values, std::ptr::null_mut());
        Published { current: AtomicPtr::new(Box::into_raw(Box::new(map))) }
    }

    /// Changes both values, which belong together. One thread does this.
    pub fn change(&self, values: [u64; 2]) {
        let before = self.current.load(Relaxed);
        // Safety: published maps live until all are dropped.
        let map = Box::new(unsafe { &*before }.copy(before));
        map.set(0, values[0]);
        map.set(1, values[1]);
        // Pairs with the load in `snapshot`: whoever sees the map sees what is in it.
        self.current.store(Box::into_raw(map), Release);
    }

    /// The map as it is now, for the reader to hold and to look up keys in.
    pub fn snapshot(&self) -> &Map {
        // Pairs with the store in `change`.
        let current = self.current.load(Acquire);
        // Safety: published maps live until all are dropped.
        unsafe { &*current }
    }
}

impl Map {
    fn new(values: [u64; 2], before: *mut Map) -> Map {
        Map { values: values.map(AtomicU64::new), before: AtomicPtr::new(before) }
    }

    fn copy(&self, before: *mut Map) -> Map {
        Map::new([self.get(0), self.get(1)], before)
    }

    fn set(&self, key: usize, value: u64) {
        self.values[key].store(value, Relaxed);
    }

    /// The value of a key.
    pub fn get(&self, key: usize) -> u64 {
        self.values[key].load(Relaxed)
    }
}

impl Drop for Published {
    fn drop(&mut self) {
        let mut map = self.current.load(Relaxed);
        while !map.is_null() {
            // Safety: made by `Box::into_raw`; nobody holds a map that is being dropped.
            let owned = unsafe { Box::from_raw(map) };
            map = owned.before.load(Relaxed);
        }
    }
}
