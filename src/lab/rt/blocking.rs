//! Who must wait for what: the rule by which a scheduler knows which threads can move.
//!
//! Under shuttle the facade keeps locks, queues and tokens here, and every scheduler asks
//! [`enabled`] before it lets a thread go on. A deadlock is then simply that no thread can move:
//! an outcome of one execution, after which the exploration goes on.

use super::allow::Allow;
use super::context;
use super::op::{Kind, MAX_THREADS, Object, Op, Until};
use super::slots::Slots;
use super::waitable::Waitable;
use super::yielding::{Go, Yields};

/// What the threads of one execution wait for.
#[derive(Default)]
pub(crate) struct Waiting {
    waitables: Slots<Waitable>,
    ended: [bool; MAX_THREADS],
    yields: Yields,
}

fn with<R>(f: impl FnOnce(&mut Waiting) -> R) -> R {
    context::with(|context| f(&mut context.waiting.borrow_mut()))
}

impl Waiting {
    /// Forgets everything: an execution begins.
    pub(crate) fn begin(&mut self, allow: Allow) {
        self.waitables.clear();
        self.ended = Default::default();
        self.yields.begin(allow.yields);
    }
}

/// Whether `thread` could perform `op` now.
pub(crate) fn enabled(thread: usize, op: Op) -> bool {
    with(|state| match op.kind.until() {
        Until::Now => true,
        Until::Ended => state.ended[op.object.ended_thread()],
        Until::Changed => {
            let held_up = state.yields.go(thread) == Go::Not;
            if held_up && state.yields.free > 0 {
                context::with(|context| context.held_up.set(true));
            }
            !held_up
        }
        Until::Woken if context::with(|context| context.met.get().restless(thread)) => true,
        Until::Woken | Until::Free => state.waitables.at(op.object).can(op.kind, thread),
    })
}

/// What lets a thread go on that is about to yield.
pub(crate) fn go(thread: usize) -> Go {
    with(|state| state.yields.go(thread))
}

/// The thread that holds a lock for itself alone, if any.
pub(crate) fn holder(object: Object) -> Option<usize> {
    with(|state| state.waitables.at(object).holder())
}

/// Lets a thread that yielded go on although nothing has changed.
pub(crate) fn force(thread: usize) {
    with(|state| state.yields.force(thread));
}

/// Remembers what the operation performed in this step read and wrote, for threads that yield.
pub(crate) fn performed(thread: usize, op: Op, same: bool, step: usize) {
    with(|state| state.yields.performed(thread, op, same, step));
}

/// Performs an operation on a lock, a queue or a token; whether it took a lock.
pub(crate) fn perform(kind: Kind, object: Object, thread: usize) -> bool {
    with(|state| state.waitables.at(object).perform(kind, thread))
}

/// A thread has ended.
pub(crate) fn end(thread: usize) {
    with(|state| state.ended[thread] = true);
}
