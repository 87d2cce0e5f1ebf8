//! A swimming hall with one word that says which basin is open, and how many swim in each.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};
use super::rt::thread::yield_now;

/// The warmth of a basin that has been drained.
pub const DRAINED: u64 = 0;

/// One swimmer in each of the basins; the lowest bit says which is open.
const ONE: [usize; 2] = [1 << 1, 1 << 16];

/// Which basin is open and how many swim in each, and how warm each is.
pub struct Hall {
    state: AtomicUsize,
    warmth: [AtomicU64; 2],
}

racelab::fields!(Hall {
    state: attendant | swimmer | late, warmth: attendant -> swimmer | late
});

impl Hall {
    pub fn new(warmth: u64) -> Hall {
        Hall { state: AtomicUsize::new(0), warmth: [warmth, DRAINED].map(AtomicU64::new) }
    }

    /// Fills and opens the other basin, and drains the first when nobody swims in it.
    pub fn change(&self, warmth: u64) {
        let old = self.state.load(Relaxed) & 1;
        self.warmth[1 - old].store(warmth, Relaxed);
        self.state.fetch_xor(1, Release);
        while self.swimmers(old) != 0 {
            yield_now();
        }
        self.warmth[old].store(DRAINED, Relaxed);
    }

    fn swimmers(&self, basin: usize) -> usize {
        let state = self.state.load(Acquire);
        if basin == 0 { state % ONE[1] / ONE[0] } else { state / ONE[1] }
    }

    /// Goes into the open basin: which one it is.
    pub fn go_in(&self) -> usize {
        let mut state = self.state.load(Relaxed);
        loop {
            let basin = state & 1;
            match self.state.compare_exchange(state, state + ONE[basin], Acquire, Relaxed) {
                Ok(_) => return basin,
                Err(now) => state = now,
            }
        }
    }

    /// How warm the basin is, for somebody who swims in it.
    pub fn feel(&self, basin: usize) -> u64 {
        self.warmth[basin].load(Relaxed)
    }

    /// Goes out of this basin.
    pub fn go_out(&self, basin: usize) {
        self.state.fetch_sub(ONE[basin], Release);
    }
}
