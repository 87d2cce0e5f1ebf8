//! A swimming hall whose attendant waits for those who came in an earlier epoch.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize, fence};
use super::rt::thread::yield_now;

/// The warmth of a basin that has been drained.
pub const DRAINED: u64 = 0;

/// Which basin is open, how warm each is, and how many swim of each epoch, odd or even.
pub struct Hall {
    open: AtomicUsize,
    warmth: [AtomicU64; 2],
    epoch: AtomicUsize,
    swimmers: [AtomicUsize; 2],
}

racelab::fields!(Hall {
    open: attendant -> swimmer | late, warmth: attendant -> swimmer | late,
    epoch: attendant -> swimmer | late, swimmers: swimmer | late -> attendant
});

impl Hall {
    pub fn new(warmth: u64) -> Hall {
        let warmth = [warmth, DRAINED].map(AtomicU64::new);
        let (open, epoch) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Hall { open, warmth, epoch, swimmers: [0; 2].map(AtomicUsize::new) }
    }

    /// Fills and opens the other basin, and drains the first when nobody swims in it. There is one
    /// attendant.
    pub fn change(&self, warmth: u64) {
        let old = self.open.load(Relaxed);
        self.warmth[1 - old].store(warmth, Relaxed);
        self.open.store(1 - old, Release);
        self.epoch.store(1 - old, Release);
        fence(SeqCst);
        while self.swimmers[old].load(Acquire) != 0 {
            yield_now();
        }
        self.warmth[old].store(DRAINED, Relaxed);
    }

    /// Goes into the open basin: which one it is.
    pub fn go_in(&self) -> usize {
        let epoch = self.epoch.load(Acquire);
        self.swimmers[epoch].fetch_add(1, Relaxed);
        fence(SeqCst);
        self.open.load(Acquire) | epoch << 1
    }

    /// How warm the basin is, for somebody who swims in it.
    pub fn feel(&self, basin: usize) -> u64 {
        self.warmth[basin & 1].load(Relaxed)
    }

    /// Goes out of this basin.
    pub fn go_out(&self, basin: usize) {
        self.swimmers[basin >> 1].fetch_sub(1, Release);
    }
}
