//! A swimming hall in which one looks which basin is open and is counted under one lock.

use super::rt::sync::Mutex;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};
use super::rt::thread::yield_now;

/// The warmth of a basin that has been drained.
pub const DRAINED: u64 = 0;

/// Which basin is open, how warm each is, and how many swim in each.
pub struct Hall {
    open: Mutex<usize>,
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
        Hall { open: Mutex::new(0), warmth, swimmers: [0; 2].map(AtomicUsize::new) }
    }

    /// Fills and opens the other basin, and drains the first when nobody swims in it. There is one
    /// attendant.
    pub fn change(&self, warmth: u64) {
        let mut open = self.open.lock().unwrap();
        let old = *open;
        self.warmth[1 - old].store(warmth, Relaxed);
        *open = 1 - old;
        drop(open);
        while self.swimmers[old].load(Acquire) != 0 {
            yield_now();
        }
        self.warmth[old].store(DRAINED, Relaxed);
    }

    /// Goes into the open basin: which one it is.
    pub fn go_in(&self) -> usize {
        let open = self.open.lock().unwrap();
        self.swimmers[*open].fetch_add(1, Relaxed);
        *open
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
