//! A station whose two times are one word: whoever takes a timetable takes a copy of the word.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// When the train leaves, in the upper half, and when it arrives, in the lower.
pub struct Station {
    times: AtomicU64,
}

/// A timetable in a traveller's hand.
pub struct Timetable {
    times: u64,
}

racelab::fields!(Station { times: clerk -> traveller });

impl Station {
    pub fn new(leaves: u32, arrives: u32) -> Station {
        Station { times: AtomicU64::new(u64::from(leaves) << 32 | u64::from(arrives)) }
    }

    /// The train leaves later, and arrives later. One clerk does this.
    pub fn delay(&self, minutes: u32) {
        self.times.fetch_add(u64::from(minutes) << 32 | u64::from(minutes), Relaxed);
    }

    /// Takes a timetable as it is now.
    pub fn take(&self) -> Timetable {
        Timetable { times: self.times.load(Relaxed) }
    }
}

impl Timetable {
    /// When the train leaves.
    pub fn leaves(&self) -> u32 {
        (self.times >> 32) as u32
    }

    /// When it arrives.
    pub fn arrives(&self) -> u32 {
        self.times as u32
    }
}
