//! A swimming hall whose attendant looks at the count of a basin by a plain load.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};
use super::rt::thread::yield_now;

/// The warmth of a basin that has been drained.
pub const DRAINED: u64 = 0;

/// Which basin is open, how warm each is, and how many swim in each.
pub struct Hall {
    open: AtomicUsize,
    warmth: [AtomicU64; 2],
    swimmers: [AtomicUsize; 2],
}

racelab::fields!(Hall {
    open: attendant -> swimmer | late, warmth: attendant -> swimmer | late,
    swimmers: attendant | swimmer | late
});

impl Hall {
    pub fn new(warmth: u64) -> Hall {
        let warmth = [warmth, DRAINED].map(AtomicU64::new);
        Hall { open: AtomicUsize::new(0), warmth, swimmers: [0; 2].map(AtomicUsize::new) }
    }

    /// Fills and opens the other basin, and drains the first when nobody swims in it. There is one
    /// attendant.
    pub fn change(&self, warmth: u64) {
        let old = self.open.load(Relaxed);
        self.warmth[1 - old].store(warmth, Relaxed);
        self.open.store(1 - old, Release);
        while self.swimmers[old].load(Acquire) != 0 {
            yield_now();
        }
        self.warmth[old].store(DRAINED, Relaxed);
    }

    /// Goes into the open basin: which one it is.
    pub fn go_in(&self) -> usize {
        loop {
            let basin = self.open.load(Relaxed);
            self.swimmers[basin].fetch_add(1, Acquire);
            if self.open.load(Acquire) == basin {
                return basin;
            }
            self.swimmers[basin].fetch_sub(1, Release);
        }
    }

    /// How warm the basin is, for somebody who swims in it.
    pub fn feel(&self, basin: usize) -> u64 {
        self.warmth[basin].load(Relaxed)
    }

    /// Goes out of this basin.
    pub fn go_out(&self, basin: usize) {
        self.swimmers[basin].fetch_sub(1, Release);
    }
}
