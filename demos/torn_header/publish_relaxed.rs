//! The right design with the wrong ordering: the new header may be seen before its words are.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// Two headers, and which of them holds.
///
/// Both are there from the start: to reach memory that was just made through a word that does not
/// publish it would be undefined behaviour, and no demo performs that.
pub struct Header {
    current: AtomicUsize,
    words: [Words; 2],
}

/// Which array of buckets, and how many buckets it has.
pub struct Words {
    array: AtomicU64,
    length: AtomicU64,
}

racelab::fields!(Header { current: writer -> reader, words: writer -> reader });
racelab::fields!(Words { array: writer -> reader, length: writer -> reader });

impl Header {
    pub fn new(array: u64, length: u64) -> Header {
        let words =
            |array, length| Words { array: AtomicU64::new(array), length: AtomicU64::new(length) };
        Header { current: AtomicUsize::new(0), words: [words(array, length), words(0, 0)] }
    }

    /// The map has grown, once: a new array, and its length.
    pub fn replace(&self, array: u64, length: u64) {
        self.words[1].length.store(length, Relaxed);
        self.words[1].array.store(array, Relaxed);
        self.current.store(1, Relaxed);
    }

    /// Which array, and how long it is.
    pub fn read(&self) -> (u64, u64) {
        let words = &self.words[self.current.load(Relaxed)];
        let array = words.array.load(Relaxed);
        let length = words.length.load(Relaxed);
        (array, length)
    }
}
