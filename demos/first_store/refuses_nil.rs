//! A cell for values of any type that refuses a nil, whatever its type.

use super::rt::sync::atomic::AtomicUsize;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// In the word of the type while nothing has been stored.
const NONE: usize = 0;

/// In the word of the data of a nil.
const NIL: usize = 0;

/// What type of value is in the cell, and where the value is. The first store settles the type.
pub struct Cell {
    kind: AtomicUsize,
    data: AtomicUsize,
}

racelab::fields!(Cell { kind: writer | rival -> reader, data: writer | rival -> reader });

impl Cell {
    pub fn new() -> Cell {
        Cell { kind: AtomicUsize::new(NONE), data: AtomicUsize::new(0) }
    }

    /// Stores a value; false if the cell holds another type, or the value is a nil.
    pub fn store(&self, kind: usize, data: usize) -> bool {
        let before = self.kind.load(Relaxed);
        if data == NIL || before != NONE && before != kind {
            return false;
        }
        // Pairs with the load of the data: whoever sees where a value is sees the value.
        self.data.store(data, Release);
        if before == NONE {
            // Pairs with the load of the type: whoever sees a type finds a value of it.
            self.kind.store(kind, Release);
        }
        true
    }

    /// The type of the value, and where it is; nothing before the first store.
    pub fn load(&self) -> Option<(usize, usize)> {
        // Pairs with the store of the type.
        let kind = self.kind.load(Acquire);
        if kind == NONE {
            return None;
        }
        // Pairs with the store of the data.
        Some((kind, self.data.load(Acquire)))
    }
}
