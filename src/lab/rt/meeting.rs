//! What threads meet at: a `Once`, a barrier, a channel, each changed in one step.
//!
//! One state machine for all of them, which every scheduler of ours and the reduced search ask as
//! they ask `Waitable`, and which runs under loom behind one of loom's
//! atomics. It holds no messages and no values: those lie with the facade, which moves them in the
//! same step, without a switch.

mod deed;
mod state;

use std::sync::atomic::Ordering;

pub(crate) use state::{Meeting, Once};

use super::context;
use super::engine::Engine;
use super::op::{Object, Op};
use super::watch::Checker;

/// What came of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It did what it is for: sent, received, begun, led, woken.
    Yes,
    /// It did not: the channel is full or empty, it was done before, the time is up.
    No,
    /// It never can: the other end of the channel is gone, or what was to be done once panicked.
    Gone,
}

impl From<bool> for Came {
    fn from(yes: bool) -> Came {
        if yes { Came::Yes } else { Came::No }
    }
}

/// A checker, as far as threads meet under it.
#[doc(hidden)]
pub trait Checked: Engine<Watch = Checker> {
    type Meeting: RawMeeting;
    type Baton: RawBaton;
}

/// A meeting under a checker. Each call is one step of its model.
#[doc(hidden)]
pub trait RawMeeting {
    fn new(object: Object) -> Self;
    /// Waits until the operation is possible, performs it, and calls `commit` in the same step.
    fn perform(&self, op: Op, commit: &mut dyn FnMut(Came)) -> Came;
    /// Performs it at once, while the thread unwinds; `None` if it is not possible now.
    fn perform_unwinding(&self, op: Op, commit: &mut dyn FnMut(Came)) -> Option<Came>;
}

/// What one thread hands to another under a checker: that what it did comes before.
#[doc(hidden)]
pub trait RawBaton {
    fn new() -> Self;
    /// What this thread did comes before what the next do that take it.
    fn give(&self, order: Ordering);
    /// What those did that gave it comes before what this thread does next.
    fn take(&self);
    /// Whether it was given, as far as this thread sees; `now` says it where there is one memory
    /// for all.
    fn look(&self, order: Ordering, now: impl FnOnce() -> bool) -> bool;
}

/// What came of an operation while the thread unwinds: it must not wait, for nobody moves then.
pub(crate) fn unwinding(came: Option<Came>) -> Came {
    context::unmodelled("a thread met others while it was unwinding from a panic");
    came.unwrap_or_else(|| {
        eprintln!(
            "racelab: a thread that unwinds from a panic waits for what another thread would do, \
             which no engine here models"
        );
        std::process::abort()
    })
}
