//! After each change a new holder is published: and the map in it is the same map.

use super::rt::sync::Arc;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicPtr, AtomicU64};

/// The one word through which readers come to the map, and the writer's own handle.
pub struct Published {
    current: AtomicPtr<Holder>,
    own: Arc<Map>,
}

/// What is published: a handle. Not changed after it is published, and the map behind it is.
pub struct Holder {
    map: Arc<Map>,
    /// The holder before this one: kept until all are dropped, for readers that have it still.
    before: AtomicPtr<Holder>,
}

/// The values of two keys, 0 and 1.
pub struct Map {
    values: [AtomicU64; 2],
}

racelab::fields!(Published { current: writer -> reader, own: nobody });
racelab::fields!(Holder { map: writer -> reader, before: writer });
racelab::fields!(Map { values: writer -> reader });

impl Published {
    pub fn new(values: [u64; 2]) -> Published {
        let own = Arc::new(Map { values: values.map(AtomicU64::new) });
        let published = Published { current: AtomicPtr::new(std::ptr::null_mut()), own };
        published.publish();
        published
    }

    /// Changes both values, which belong together. One thread does this.
    pub fn change(&self, values: [u64; 2]) {
        self.own.set(0, values[0]);
        self.own.set(1, values[1]);
        self.publish();
    }

    fn publish(&self) {
        let before = AtomicPtr::new(self.current.load(Relaxed));
        let holder = Box::new(Holder { map: Arc::clone(&self.own), before });
        // Pairs with the load in `snapshot`: whoever sees the holder sees what is in it.
        self.current.store(Box::into_raw(holder), Release);
    }

    /// The map as it is now, for the reader to hold and to look up keys in.
    pub fn snapshot(&self) -> Arc<Map> {
        // Pairs with the store in `publish`.
        let current = self.current.load(Acquire);
        // Safety: published holders live until all are dropped.
        Arc::clone(unsafe { &(*current).map })
    }
}

impl Map {
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
        let mut holder = self.current.load(Relaxed);
        while !holder.is_null() {
            // Safety: made by `Box::into_raw`; nobody has a map that is being dropped.
            let owned = unsafe { Box::from_raw(holder) };
            holder = owned.before.load(Relaxed);
        }
    }
}
