//! Several workers on one exploration: points of choice that they share, and what is left to do.
//!
//! A worker explores by itself what lies below its own choices. When another has nothing to do, it
//! gives away what is left at the topmost of its points of choice, which they share from then on:
//! whoever finds that a race must be reversed there leaves a job for anybody. The order in which
//! choices are begun at a point decides who sleeps below it, as it does for one worker.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex};

use super::policy::{Place, wanted};
use crate::explore::shuttle::driver::Limits;
use crate::explore::shuttle::policy::Threads;
use crate::rt::unpoisoned::Unpoisoned;

/// A point of choice that several workers share.
pub(super) struct Fork {
    pub(super) place: Place,
    choices: Mutex<Choices>,
}

struct Choices {
    /// Threads that must be tried here.
    backtrack: Threads,
    /// Threads that were given to somebody to try.
    begun: Threads,
}

/// The choices that lead to a state, each at its point.
pub(super) type Way = Vec<(Arc<Fork>, usize)>;

/// A choice that nobody has tried: the last of a way.
pub(super) struct Job {
    pub(super) way: Way,
    /// Threads that sleep below it, unless its operation wakes them.
    pub(super) asleep: Threads,
}

impl Fork {
    pub(super) fn new(place: Place, backtrack: Threads, begun: Threads) -> Fork {
        Fork { place, choices: Mutex::new(Choices { backtrack, begun }) }
    }
}

/// What the workers of one exploration have in common.
pub(crate) struct Crew {
    state: Mutex<State>,
    changed: Condvar,
    /// Workers that wait and will find nothing.
    hungry: AtomicUsize,
    over: AtomicBool,
    exhausted: AtomicBool,
    executions: AtomicU64,
    limits: Limits,
}

struct State {
    jobs: Vec<Job>,
    workers: usize,
    waiting: usize,
}

impl Crew {
    /// So many workers, within these limits, of which `executions` are used up.
    pub(super) fn new(workers: usize, executions: u64, limits: Limits) -> Crew {
        Crew {
            state: Mutex::new(State { jobs: Vec::new(), workers, waiting: 0 }),
            changed: Condvar::new(),
            hungry: AtomicUsize::new(0),
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

    /// Somebody saw a failure: that may be the end of it.
    pub(super) fn failed(&self) {
        if self.limits.first {
            self.leave();
        }
    }

    /// Whether everything was explored: all waited, and nothing was left.
    pub(super) fn exhausted(&self) -> bool {
        self.exhausted.load(Relaxed)
    }

    /// Whether somebody waits for a job.
    pub(super) fn hungry(&self) -> bool {
        self.hungry.load(Relaxed) > 0
    }

    /// Waits for a job; `None` when all is done, or somebody has left.
    pub(super) fn take(&self) -> Option<Job> {
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

    fn count(&self, state: &State) {
        self.hungry.store(state.waiting.saturating_sub(state.jobs.len()), Relaxed);
    }

    /// Leaves for anybody what must be tried, and nobody has begun, at the last fork of a way.
    pub(super) fn give(&self, way: &[(Arc<Fork>, usize)]) {
        let Some((fork, _)) = way.last() else { return };
        let mut choices = fork.choices.lock().unpoisoned();
        self.give_all(&mut choices, way, fork);
    }

    /// Adds what must be tried at the last fork of a way so that one of `initials` goes first, for
    /// `thread`'s sake.
    pub(super) fn require(&self, way: &[(Arc<Fork>, usize)], initials: Threads, thread: usize) {
        let Some((fork, _)) = way.last() else { return };
        let mut choices = fork.choices.lock().unpoisoned();
        choices.backtrack |= wanted(&fork.place, choices.backtrack, initials, thread);
        self.give_all(&mut choices, way, fork);
    }

    fn give_all(&self, choices: &mut Choices, way: &[(Arc<Fork>, usize)], fork: &Fork) {
        let mut left = choices.backtrack & !choices.begun & !fork.place.sleep;
        if left == 0 {
            return;
        }
        let mut state = self.state.lock().unpoisoned();
        while left != 0 {
            let choice = left.trailing_zeros() as usize;
            left &= left - 1;
            let asleep = fork.place.sleep | choices.begun;
            choices.begun |= 1 << choice;
            let mut way = way.to_vec();
            if let Some(last) = way.last_mut() {
                last.1 = choice;
            }
            state.jobs.push(Job { way, asleep });
        }
        self.count(&state);
        self.changed.notify_all();
    }
}
