//! A board on which a job runs before it stops waiting, and waiting is where one looks first.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// Up to 64 jobs, one bit each.
pub struct Board {
    waiting: AtomicU64,
    running: AtomicU64,
}

racelab::fields!(Board { waiting: starter -> monitor, running: starter -> monitor });

/// Where a job is.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    Waiting,
    Running,
}

impl Board {
    pub fn new() -> Board {
        Board { waiting: AtomicU64::new(0), running: AtomicU64::new(0) }
    }

    /// A new job waits.
    pub fn submit(&self, job: u32) {
        self.waiting.fetch_or(1 << job, Relaxed);
    }

    /// A job that waits runs from now on.
    pub fn start(&self, job: u32) {
        self.running.fetch_or(1 << job, Relaxed);
        // Pairs with the load of `waiting` in `find`: who misses the job there sees it running.
        self.waiting.fetch_and(!(1 << job), Release);
    }

    /// Where a job is, if it was submitted.
    pub fn find(&self, job: u32) -> Option<Place> {
        // Pairs with the clearing of the bit in `start`.
        if self.waiting.load(Acquire) >> job & 1 == 1 {
            return Some(Place::Waiting);
        }
        if self.running.load(Relaxed) >> job & 1 == 1 {
            return Some(Place::Running);
        }
        None
    }

    /// How many jobs wait.
    pub fn waiting(&self) -> u32 {
        self.waiting.load(Relaxed).count_ones()
    }
}
