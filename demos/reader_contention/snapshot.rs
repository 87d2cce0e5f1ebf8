//! A routing table behind one pointer: a reader writes nothing at all.

use super::rt::sync::Mutex;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicPtr, AtomicU64};

/// Where eight destinations are reached. Read all the time, and hardly ever changed.
pub struct Routes {
    current: AtomicPtr<Table>,
    writing: Mutex<()>,
}

/// Not changed after it is published.
pub struct Table {
    hops: [AtomicU64; 8],
    /// The table before this one: kept until all is dropped, for readers that have it still.
    before: AtomicPtr<Table>,
}

racelab::fields!(Routes { current: writer -> reader, writing: writer });
racelab::fields!(Table { hops: writer -> reader, before: nobody });

impl Routes {
    pub fn new() -> Routes {
        let hops = std::array::from_fn(|_| AtomicU64::new(0));
        let table = Box::new(Table { hops, before: AtomicPtr::new(std::ptr::null_mut()) });
        Routes { current: AtomicPtr::new(Box::into_raw(table)), writing: Mutex::new(()) }
    }

    /// Where a destination is reached, for the reader of this number.
    pub fn next_hop(&self, _reader: usize, destination: usize) -> u64 {
        // Pairs with the store in `set`.
        let current = self.current.load(Acquire);
        // Safety: published tables live until the routes are dropped.
        unsafe { &*current }.hops[destination].load(Relaxed)
    }

    /// A destination is reached elsewhere from now on.
    pub fn set(&self, destination: usize, hop: u64) {
        let _writing = self.writing.lock().unwrap();
        let before = self.current.load(Relaxed);
        // Safety: as in `next_hop`.
        let old = unsafe { &*before };
        let copy = |index: usize| match index == destination {
            true => hop,
            false => old.hops[index].load(Relaxed),
        };
        let hops = std::array::from_fn(|index| AtomicU64::new(copy(index)));
        let table = Box::new(Table { hops, before: AtomicPtr::new(before) });
        // Pairs with the load in `next_hop`: whoever sees the pointer sees the table behind it.
        self.current.store(Box::into_raw(table), Release);
    }
}

impl Drop for Routes {
    fn drop(&mut self) {
        let mut table = self.current.load(Relaxed);
        while !table.is_null() {
            // Safety: made by `Box::into_raw`; nobody else has routes that are being dropped.
            let owned = unsafe { Box::from_raw(table) };
            table = owned.before.load(Relaxed);
        }
    }
}
