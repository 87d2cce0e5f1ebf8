//! One place in the source made weaker: an ordering lowered, a fence or a lock taken away.

use std::panic::Location;
use std::sync::atomic::Ordering;

use super::context;
use super::op::Object;
use super::spot::Spot;

/// Which part of an operation is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Knob {
    /// The ordering of an operation, or of a compare-exchange that succeeds.
    Order,
    /// The ordering of a compare-exchange that fails.
    Failure,
    /// A fence, which can be left out or weakened.
    Fence,
    /// A lock, which can be left out or exchanged.
    Lock,
}

/// A place in the source, and the part of the operation there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Site {
    /// As the compiler gives it.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1.
    pub column: u32,
    /// The part of the operation that is changed.
    pub knob: Knob,
}

impl Site {
    pub(crate) fn new(at: Spot, knob: Knob) -> Site {
        Site { file: at.file, line: at.line, column: at.column, knob }
    }
}

/// What is done at a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// This ordering is used instead of the one as written.
    To(Ordering),
    /// The fence or the lock is left out.
    Gone,
    /// The lock of another site is taken instead, and that site takes this one's.
    Instead(Object),
}

/// What is done at a place, if anything.
#[inline]
pub(crate) fn change(knob: Knob, at: &'static Location<'static>) -> Option<Change> {
    context::with(|context| match context.weakening.get() && context.active.get() {
        true => context.change(Site::new(at.into(), knob)),
        false => None,
    })
}
