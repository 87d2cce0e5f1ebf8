//! What workers of one exploration share: branches, and the jobs that are queued at them.
//!
//! A worker explores by itself what lies below its own branches. When another is idle, it gives
//! away what is left at the topmost of its branches, which they share from then on: a worker that
//! finds a race to reverse there queues a job for any of them. The order in which threads are begun
//! at a branch decides who sleeps below it, as it does for one worker.

use std::sync::{Arc, Mutex};

use super::branch::{Candidates, wanted};
use crate::explore::shuttle::policy::Threads;
use crate::explore::shuttle::pool::Pool;
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
pub(in crate::explore) struct Task {
    pub(super) prefix: Prefix,
    /// The sleep set below it, before its operation wakes some of it.
    pub(super) sleep: Threads,
}

impl SharedBranch {
    pub(super) fn new(candidates: Candidates, backtrack: Threads, begun: Threads) -> SharedBranch {
        SharedBranch { candidates, choices: Mutex::new(Choices { backtrack, begun }) }
    }
}

impl Pool<Task> {
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
        let mut jobs = Vec::new();
        while left != 0 {
            let choice = left.trailing_zeros() as usize;
            left &= left - 1;
            let sleep = branch.candidates.sleep | choices.begun;
            choices.begun |= 1 << choice;
            let mut prefix = prefix.to_vec();
            if let Some(last) = prefix.last_mut() {
                last.1 = choice;
            }
            jobs.push(Task { prefix, sleep });
        }
        self.queue(jobs);
    }
}
