//! The worker pool of one exploration: branches that workers share, and a queue of jobs.
//!
//! A worker explores by itself what lies below its own branches. When another is idle, it gives
//! away what is left at the topmost of its branches, which they share from then on: a worker that
//! finds a race to reverse there queues a job for any of them. The order in which threads are begun
//! at a branch decides who sleeps below it, as it does for one worker.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex};

use super::branch::{Candidates, wanted};
use crate::explore::shuttle::driver::Limits;
use crate::explore::shuttle::policy::Threads;
use crate::rt::unpoisoned::Unpoisoned;

/// A branch that several workers share.
pub(super) struct SharedBranch {
    pub(super) candidates: Candidates,
    choices: Mutex<Choices>,
}

struct Choices {
    /// Threads that must be tried here: the paper's backtrack(E).
    backtrack: Threads,
    /// Threads that a worker has tried, tries or has a job to try.
    begun: Threads,
}

/// The choices that lead to a state, each at its branch.
pub(super) type Prefix = Vec<(Arc<SharedBranch>, usize)>;

/// A choice that no worker has tried: the last of a prefix.
pub(super) struct Task {
    pub(super) prefix: Prefix,
    /// The sleep set below it, before its operation wakes some of it.
    pub(super) sleep: Threads,
}

impl SharedBranch {
    pub(super) fn new(candidates: Candidates, backtrack: Threads, begun: Threads) -> SharedBranch {
        SharedBranch { candidates, choices: Mutex::new(Choices { backtrack, begun }) }
    }
}

/// What the workers of one exploration have in common.
pub(crate) struct Pool {
    state: Mutex<Jobs>,
    changed: Condvar,
    /// Waiting workers for which no job is queued.
    idle: AtomicUsize,
    over: AtomicBool,
    exhausted: AtomicBool,
    executions: AtomicU64,
    limits: Limits,
}

struct Jobs {
    jobs: Vec<Task>,
    workers: usize,
    waiting: usize,
}

impl Pool {
    /// So many workers, within these limits, of which `executions` are used up.
    pub(super) fn new(workers: usize, executions: u64, limits: Limits) -> Pool {
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
    pub(super) fn go_on(&self) -> bool {
        if self.executions.fetch_add(1, Relaxed) >= self.limits.executions {
            self.leave();
        }
        !self.over.load(Relaxed)
    }

    /// A worker saw a failure: that ends the exploration if only the first is wanted.
    pub(super) fn failed(&self) {
        if self.limits.first {
            self.leave();
        }
    }

    /// Whether everything was explored: all waited, and nothing was left.
    pub(super) fn exhausted(&self) -> bool {
        self.exhausted.load(Relaxed)
    }

    /// Whether a worker waits for a job, and none is queued for it.
    pub(super) fn idle(&self) -> bool {
        self.idle.load(Relaxed) > 0
    }

    /// Waits for a job; `None` when all is done, or a worker has left.
    pub(super) fn take(&self) -> Option<Task> {
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
    pub(super) fn leave(&self) {
        let _state = self.state.lock().unpoisoned();
        self.over.store(true, Relaxed);
        self.changed.notify_all();
    }

    fn count(&self, state: &Jobs) {
        self.idle.store(state.waiting.saturating_sub(state.jobs.len()), Relaxed);
    }

    /// Queues what must be tried, and no worker has begun, at the last branch of a prefix.
    pub(super) fn give(&self, prefix: &[(Arc<SharedBranch>, usize)]) {
        let Some((branch, _)) = prefix.last() else { return };
        let mut choices = branch.choices.lock().unpoisoned();
        self.give_all(&mut choices, prefix, branch);
    }

    /// Adds what must be tried at the last branch of a prefix so that one of `initials` goes first:
    /// see [`wanted`].
    pub(super) fn require(
        &self,
        prefix: &[(Arc<SharedBranch>, usize)],
        initials: Threads,
        thread: usize,
    ) {
        let Some((branch, _)) = prefix.last() else { return };
        let mut choices = branch.choices.lock().unpoisoned();
        choices.backtrack |= wanted(&branch.candidates, choices.backtrack, initials, thread);
        self.give_all(&mut choices, prefix, branch);
    }

    fn give_all(
        &self,
        choices: &mut Choices,
        prefix: &[(Arc<SharedBranch>, usize)],
        branch: &SharedBranch,
    ) {
        let mut left = choices.backtrack & !choices.begun & !branch.candidates.sleep;
        if left == 0 {
            return;
        }
        let mut state = self.state.lock().unpoisoned();
        while left != 0 {
            let choice = left.trailing_zeros() as usize;
            left &= left - 1;
            let sleep = branch.candidates.sleep | choices.begun;
            choices.begun |= 1 << choice;
            let mut prefix = prefix.to_vec();
            if let Some(last) = prefix.last_mut() {
                last.1 = choice;
            }
            state.jobs.push(Task { prefix, sleep });
        }
        self.count(&state);
        self.changed.notify_all();
    }
}
