//! One place in the source made weaker: an ordering lowered, a fence or a lock taken away.

use std::cell::RefCell;
use std::panic::Location;
use std::sync::atomic::Ordering;

use super::context;
use super::op::Object;

/// Which part of an operation is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Knob {
    /// The ordering of an operation, or of a compare-exchange that succeeds.
    Order,
    /// The ordering of a compare-exchange that fails.
    Failure,
    /// A fence.
    Fence,
    /// A lock.
    Lock,
}

/// A place in the source, and the part of the operation there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Site {
    /// As the compiler gives it.
    pub file: &'static str,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
    /// Which part.
    pub knob: Knob,
}

impl Site {
    pub(crate) fn new(at: &'static Location<'static>, knob: Knob) -> Site {
        Site { file: at.file(), line: at.line(), column: at.column(), knob }
    }
}

/// What is done at a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another ordering.
    To(Ordering),
    /// The fence or the lock is left out.
    Gone,
    /// The lock of another site is taken instead, and that site takes this one's.
    Instead(Object),
}

thread_local! {
    static CHANGES: RefCell<Vec<(Site, Change)>> = const { RefCell::new(Vec::new()) };
}

/// Makes these changes from now on; none to end it.
pub(crate) fn set(changes: &[(Site, Change)]) {
    CHANGES.with(|kept| *kept.borrow_mut() = changes.to_vec());
    context::with(|context| context.weakening.set(!changes.is_empty()));
}

/// The changes made on this operating-system thread.
pub(crate) fn changes() -> Vec<(Site, Change)> {
    CHANGES.with(|changes| changes.borrow().clone())
}

/// The ordering to use at a place.
#[inline]
pub(crate) fn order(order: Ordering, knob: Knob, at: &'static Location<'static>) -> Ordering {
    match change(knob, at) {
        Some(Change::To(weaker)) => weaker,
        _ => order,
    }
}

/// What is done at a place, if anything.
#[inline]
pub(crate) fn change(knob: Knob, at: &'static Location<'static>) -> Option<Change> {
    if context::with(|context| context.weakening.get() && context.active.get()) {
        find(Site::new(at, knob))
    } else {
        None
    }
}

#[cold]
fn find(site: Site) -> Option<Change> {
    CHANGES.with(|changes| changes.borrow().iter().find(|c| c.0 == site).map(|c| c.1))
}
