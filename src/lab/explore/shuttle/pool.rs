//! The worker pool of one exploration: a queue of jobs, and who waits for one.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Condvar, Mutex};

use super::driver::Limits;
use crate::rt::unpoisoned::Unpoisoned;

/// What the workers of one exploration have in common.
pub(crate) struct Pool<J> {
    state: Mutex<Jobs<J>>,
    changed: Condvar,
    /// Waiting workers for which no job is queued.
    idle: AtomicUsize,
    over: AtomicBool,
    exhausted: AtomicBool,
    executions: AtomicU64,
    limits: Limits,
}

struct Jobs<J> {
    jobs: Vec<J>,
    workers: usize,
    waiting: usize,
}

impl<J> Pool<J> {
    /// So many workers, within these limits, of which `executions` are used up.
    pub(in crate::explore) fn new(workers: usize, executions: u64, limits: Limits) -> Pool<J> {
        Pool {
            state: Mutex::new(Jobs { jobs: Vec::new(), workers, waiting: 0 }),
            changed: Condvar::new(),
            idle: AtomicUsize::new(0),
            over: AtomicBool::new(false),
            exhausted: AtomicBool::new(false),
            executions: AtomicU64::new(executions),
            limits,
        }
    }

    /// Whether another execution may be run: counts it.
    pub(in crate::explore) fn go_on(&self) -> bool {
        if self.executions.fetch_add(1, Relaxed) >= self.limits.executions {
            self.leave();
        }
        !self.over.load(Relaxed)
    }

    /// A worker saw a failure: that ends the exploration if only the first is wanted.
    pub(in crate::explore) fn failed(&self) {
        if self.limits.first {
            self.leave();
        }
    }

    /// Whether everything was explored: all waited, and nothing was left.
    pub(in crate::explore) fn exhausted(&self) -> bool {
        self.exhausted.load(Relaxed)
    }

    /// Whether a worker waits for a job, and none is queued for it.
    pub(in crate::explore) fn idle(&self) -> bool {
        self.idle.load(Relaxed) > 0
    }

    /// Waits for a job; `None` when all is done, or a worker has left.
    pub(in crate::explore) fn take(&self) -> Option<J> {
        let mut state = self.state.lock().unpoisoned();
        state.waiting += 1;
        loop {
            if self.over.load(Relaxed) {
                return None;
            }
            if let Some(job) = state.jobs.pop() {
                state.waiting -= 1;
                self.count(&state);
                return Some(job);
            }
            if state.waiting == state.workers {
                self.exhausted.store(true, Relaxed);
                self.over.store(true, Relaxed);
                self.changed.notify_all();
                return None;
            }
            self.count(&state);
            state = self.changed.wait(state).unpoisoned();
        }
    }

    /// Ends it for everybody: at a limit, at the first failure, or because all is done.
    pub(in crate::explore) fn leave(&self) {
        let _state = self.state.lock().unpoisoned();
        self.over.store(true, Relaxed);
        self.changed.notify_all();
    }

    fn count(&self, state: &Jobs<J>) {
        self.idle.store(state.waiting.saturating_sub(state.jobs.len()), Relaxed);
    }

    /// Queues jobs, for any worker.
    pub(in crate::explore) fn queue(&self, jobs: impl IntoIterator<Item = J>) {
        let mut state = self.state.lock().unpoisoned();
        state.jobs.extend(jobs);
        self.count(&state);
        self.changed.notify_all();
    }
}
