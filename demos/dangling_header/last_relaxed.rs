//! Each header counts its users under a lock, and the last to let go does not wait for the others' reads.

use super::rt::cell::UnsafeCell;
use super::rt::sync::Mutex;
use super::rt::sync::atomic::AtomicUsize;
use super::rt::sync::atomic::Ordering::{Relaxed, Release};

/// In the words of a header that has been freed.
pub const FREED: u64 = 0xdead;

/// Memory for three headers, and which of them holds: none is used again.
pub struct Map {
    current: Mutex<usize>,
    headers: [Header; 3],
}

/// Which array of buckets, and how many buckets it has. Plain memory: to use it at the wrong time is
/// a data race.
pub struct Header {
    words: UnsafeCell<(u64, u64)>,
    /// How many use it; being the current one counts as one.
    users: AtomicUsize,
}

racelab::fields!(Map { current: writer -> reader, headers: writer -> reader });
racelab::fields!(Header { words: writer -> reader, users: writer | reader });

impl Map {
    pub fn new(array: u64, length: u64) -> Map {
        let free = || Header::new(FREED, FREED);
        Map { current: Mutex::new(0), headers: [Header::new(array, length), free(), free()] }
    }

    /// The map has grown: a new header, and the old one is freed by the last to let go. Twice at
    /// most, for a header that is used again would need its count set again.
    pub fn replace(&self, array: u64, length: u64) {
        let mut current = self.current.lock().unwrap();
        let (old, new) = (*current, *current + 1);
        self.headers[new].set(array, length);
        *current = new;
        drop(current);
        self.headers[old].let_go();
    }

    /// Which array, and how long it is.
    pub fn read(&self) -> (u64, u64) {
        let header = {
            let current = self.current.lock().unwrap();
            let header = &self.headers[*current];
            header.users.fetch_add(1, Relaxed);
            header
        };
        let words = header.get();
        header.let_go();
        words
    }
}

impl Header {
    fn new(array: u64, length: u64) -> Header {
        Header { words: UnsafeCell::new((array, length)), users: AtomicUsize::new(1) }
    }

    /// The last to let go frees it. The subtractions release what each has read, and the last one
    /// acquires none of it.
    fn let_go(&self) {
        if self.users.fetch_sub(1, Release) == 1 {
            self.free();
        }
    }

    fn set(&self, array: u64, length: u64) {
        // Safety: the writer alone has it, before it is published and when no user is left.
        self.words.with_mut(|words| unsafe { *words = (array, length) });
    }

    fn free(&self) {
        self.set(FREED, FREED);
    }

    fn get(&self) -> (u64, u64) {
        // Safety: published, and not freed while it is counted.
        self.words.with(|words| unsafe { *words })
    }
}
