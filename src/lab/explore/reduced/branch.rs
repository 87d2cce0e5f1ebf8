//! A state in which a thread is chosen: who can move there, who sleeps, and who is still to be tried.

use super::sabotage::{Sabotage, is};
use super::trace::THREADS;
use crate::explore::shuttle::policy::Threads;
use crate::rt::op::Op;

/// What does not change about a branch: who can move, and who need not.
#[derive(Clone, Copy)]
pub(super) struct Candidates {
    /// The threads that can move here.
    pub(super) enabled: Threads,
    /// What each would do.
    pub(super) pending: [Op; THREADS],
    /// The sleep set that the branch was reached with: threads whose next operation was explored
    /// before from an equivalent state.
    pub(super) sleep: Threads,
}

/// A state in which a thread is chosen, and what this worker alone has still to try there.
pub(super) struct Branch {
    pub(super) candidates: Candidates,
    /// Threads that must be tried here: the paper's backtrack(E).
    pub(super) backtrack: Threads,
    /// Threads that were tried here.
    pub(super) done: Threads,
    pub(super) choice: usize,
    /// The choice's operation succeeded, and is to be tried failing without a reason.
    pub(super) to_fail: bool,
    /// It is tried failing now.
    pub(super) fails: bool,
}

impl Branch {
    /// Those that must be tried and were not, and need not sleep.
    pub(super) fn left(&self) -> Threads {
        self.backtrack & !self.done & !self.candidates.sleep
    }
}

/// What must be added to `backtrack` so that one of `initials` goes first there: nothing if one of
/// them is in it or sleeps, `thread` itself if it is an initial, and else the first of them.
pub(super) fn wanted(
    candidates: &Candidates,
    backtrack: Threads,
    initials: Threads,
    thread: usize,
) -> Threads {
    if initials & (backtrack | candidates.sleep) != 0 {
        return 0;
    }
    let wanted = if initials >> thread & 1 == 1 || is(Sabotage::WrongInitial) {
        1 << thread
    } else {
        initials & initials.wrapping_neg()
    };
    // A thread that cannot move there waits for some other: try all that can.
    if candidates.enabled & wanted != 0 { wanted } else { candidates.enabled }
}
