//! A cell for values of any type: the type's word is stored first, and then the data's.

use super::rt::sync::atomic::AtomicUsize;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// In the word of the type while nothing has been stored.
const NONE: usize = 0;

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

    /// Stores a value; false if the cell holds another type.
    pub fn store(&self, kind: usize, data: usize) -> bool {
        let before = self.kind.load(Relaxed);
        if before != NONE && before != kind {
            return false;
        }
        if before == NONE {
            self.kind.store(kind, Release);
        }
        self.data.store(data, Release);
        true
    }

    /// The type of the value, and where it is; nothing before the first store.
    pub fn load(&self) -> Option<(usize, usize)> {
        let kind = self.kind.load(Acquire);
        if kind == NONE {
            return None;
        }
        Some((kind, self.data.load(Acquire)))
    }
}
