//! A map that is published and changed in place, and a reader that copies it before using it.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicPtr, AtomicU64};

/// The one word through which readers come to the map.
pub struct Published {
    current: AtomicPtr<Map>,
}

/// The values of two keys, 0 and 1.
pub struct Map {
    values: [AtomicU64; 2],
}

/// The reader's own copy: nobody else has it.
pub struct Copied {
    values: [u64; 2],
}

racelab::fields!(Published { current: writer -> reader });
racelab::fields!(Map { values: writer -> reader });

impl Published {
    pub fn new(values: [u64; 2]) -> Published {
        let map = Map::new(values);
        Published { current: AtomicPtr::new(Box::into_raw(Box::new(map))) }
    }

    /// Changes both values, which belong together. One thread does this.
    pub fn change(&self, values: [u64; 2]) {
        let own = self.current.load(Relaxed);
        // Safety: the published map lives until it is dropped.
        let map = unsafe { &*own };
        map.set(0, values[0]);
        map.set(1, values[1]);
        // Pairs with the load in `snapshot`: whoever sees the map sees what is in it.
        self.current.store(own, Release);
    }

    /// A copy of the map as it is now, for the reader to hold and to look up keys in.
    pub fn snapshot(&self) -> Copied {
        // Pairs with the store in `change`.
        let current = self.current.load(Acquire);
        // Safety: the published map lives until it is dropped.
        let map = unsafe { &*current };
        Copied { values: [map.get(0), map.get(1)] }
    }
}

impl Map {
    fn new(values: [u64; 2]) -> Map {
        Map { values: values.map(AtomicU64::new) }
    }

    fn set(&self, key: usize, value: u64) {
        self.values[key].store(value, Relaxed);
    }

    /// The value of a key.
    pub fn get(&self, key: usize) -> u64 {
        self.values[key].load(Relaxed)
    }
}

impl Copied {
    /// The value of a key.
    pub fn get(&self, key: usize) -> u64 {
        self.values[key]
    }
}

impl Drop for Published {
    fn drop(&mut self) {
        // Safety: made by `Box::into_raw`; nobody holds a map that is being dropped.
        drop(unsafe { Box::from_raw(self.current.load(Relaxed)) });
    }
}
