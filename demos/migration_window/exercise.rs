//! A board of jobs: each waits, and runs later; whoever asks must find it in one of the two.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Up to 64 jobs, one bit each.
pub struct Board {
    waiting: AtomicU64,
    running: AtomicU64,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
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
    // TODO: a job that was submitted must be found by `find` at every moment, and `find` must not
    // wait. You may change anything but the signatures.
    pub fn start(&self, job: u32) {
        self.waiting.fetch_and(!(1 << job), Relaxed);
        self.running.fetch_or(1 << job, Relaxed);
    }

    /// Where a job is, if it was submitted.
    pub fn find(&self, job: u32) -> Option<Place> {
        if self.running.load(Relaxed) >> job & 1 == 1 {
            return Some(Place::Running);
        }
        if self.waiting.load(Relaxed) >> job & 1 == 1 {
            return Some(Place::Waiting);
        }
        None
    }

    /// How many jobs wait.
    pub fn waiting(&self) -> u32 {
        self.waiting.load(Relaxed).count_ones()
    }
}
