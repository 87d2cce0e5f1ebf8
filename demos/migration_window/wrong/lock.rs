//! A board behind a lock: every job is found, but the monitor waits for the starter.

use super::rt::sync::Mutex;

/// Up to 64 jobs, one bit each: those that wait, and those that run.
pub struct Board {
    jobs: Mutex<(u64, u64)>,
}

racelab::fields!(Board { jobs: starter | monitor });

/// Where a job is.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    Waiting,
    Running,
}

impl Board {
    pub fn new() -> Board {
        Board { jobs: Mutex::new((0, 0)) }
    }

    /// A new job waits.
    pub fn submit(&self, job: u32) {
        self.jobs.lock().unwrap().0 |= 1 << job;
    }

    /// A job that waits runs from now on.
    pub fn start(&self, job: u32) {
        let mut jobs = self.jobs.lock().unwrap();
        jobs.0 &= !(1 << job);
        jobs.1 |= 1 << job;
    }

    /// Where a job is, if it was submitted.
    pub fn find(&self, job: u32) -> Option<Place> {
        let (waiting, running) = *self.jobs.lock().unwrap();
        if running >> job & 1 == 1 {
            return Some(Place::Running);
        }
        if waiting >> job & 1 == 1 {
            return Some(Place::Waiting);
        }
        None
    }

    /// How many jobs wait.
    pub fn waiting(&self) -> u32 {
        self.jobs.lock().unwrap().0.count_ones()
    }
}
