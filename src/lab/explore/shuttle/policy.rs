//! A policy: a way to choose the next thread, which the driver asks.

use std::rc::Rc;

use shuttle::scheduler::Task;

use crate::explore::tally::{Blocked, Ended};
use crate::rt::op::{MAX_THREADS, Op};
use crate::rt::values::Values;

/// A set of threads, one bit each.
pub(crate) type Threads = u16;

/// What a policy sees when it chooses.
pub(crate) struct Moment<'a> {
    /// The threads that can move.
    pub(crate) enabled: Threads,
    /// Those of them whose operation may go another way without a reason: a weak exchange fails
    /// that would succeed, a wait will end without a notification.
    pub(crate) may_fail: Threads,
    /// What each would do.
    pub(crate) pending: &'a [Op; MAX_THREADS],
    /// The actor that ran last.
    pub(crate) last: Option<usize>,
    /// The threads that have not ended.
    pub(crate) alive: Threads,
    /// The threads as shuttle knows them: those that can move among them.
    pub(crate) tasks: &'a [&'a Task],
}

/// An operation as it was performed.
pub(crate) struct Performed {
    pub(crate) thread: usize,
    /// What it turned out to be.
    pub(crate) op: Op,
    /// It left the value as it was.
    pub(crate) same: bool,
    /// The step whose write let it go on, if it had yielded and waited for one object alone.
    pub(crate) awaited: Option<usize>,
    /// The thread was to wake anyway: spuriously, or because a time was up.
    pub(crate) wakes_anyway: bool,
}

/// What a policy chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) thread: usize,
    /// Its operation goes another way without a reason.
    pub(crate) fails: bool,
}

impl Choice {
    /// The operation goes its usual way.
    pub(crate) fn of(thread: usize) -> Choice {
        Choice { thread, fails: false }
    }

    /// As schedules have it: the number of the thread, and a bit if the operation is to fail.
    pub(crate) fn encoded(self) -> u8 {
        self.thread as u8 | if self.fails { FAILS } else { 0 }
    }

    pub(crate) fn decoded(step: u8) -> Choice {
        Choice { thread: (step & !FAILS) as usize, fails: step & FAILS != 0 }
    }
}

/// The bit of a step at which the operation fails without a reason.
const FAILS: u8 = 0x80;

/// A way to choose the next thread.
pub(crate) trait Policy {
    /// Whether there is another execution to run.
    fn begin(&mut self) -> bool;
    /// Who decides what reads return, where the policy does. It then decides as well who can move,
    /// and says what it amounts to when nobody can.
    fn decides(&self) -> Option<Rc<dyn Values>> {
        None
    }
    /// What an execution amounts to in which nobody goes on, of a policy that decides values.
    fn stops(&mut self, blocked: Vec<Blocked>) -> Ended {
        Ended::Deadlock(blocked)
    }
    /// What an execution amounts to that has ended so: the policy may know that it is explored
    /// elsewhere.
    fn amounts(&mut self, ended: Ended) -> Ended {
        ended
    }
    /// The next thread, or `None` to give this execution up as redundant.
    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice>;
    /// The chosen operation was performed.
    fn performed(&mut self, performed: &Performed) {
        let _ = performed;
    }
    /// The execution has ended.
    fn end(&mut self, ended: &Ended) {
        let _ = ended;
    }
}

/// The members of a set, lowest first.
pub(crate) fn members(mut set: Threads) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let thread = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(thread)
    })
}
