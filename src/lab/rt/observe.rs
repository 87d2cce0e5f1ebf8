//! What was performed, handed to whoever watches: the record, the clocks, the survey.

use std::sync::atomic::Ordering;

use super::context::{self, CLOCKS, RECORD, SURVEY};
use super::op::Op;
use super::spot::Spot;
use super::{clocks, record, survey};

/// One performed operation.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub(crate) op: Op,
    /// As the source calls it: `load`, `fetch_add`, `lock`.
    pub(crate) name: &'static str,
    pub(crate) order: Option<Ordering>,
    pub(crate) read: Option<u64>,
    pub(crate) wrote: Option<u64>,
    /// The newest value, when the operation read an older one.
    pub(crate) newest: Option<u64>,
    /// Whether these are pointers.
    pub(crate) points: bool,
    /// Where the object lies: its name is found by it.
    pub(crate) address: usize,
    pub(crate) at: Spot,
}

impl Seen {
    pub(crate) fn new(op: Op, name: &'static str, at: impl Into<Spot>) -> Seen {
        let at = at.into();
        Seen {
            op,
            name,
            order: None,
            read: None,
            wrote: None,
            newest: None,
            points: false,
            address: 0,
            at,
        }
    }
}

/// Whether anyone watches, and an actor is running.
#[inline]
fn watching() -> bool {
    context::with(|context| context.watching.get() != 0 && context.active.get())
}

/// Tells the watchers, if there are any, of an operation that was performed.
#[inline]
pub(crate) fn tell(seen: impl FnOnce() -> Seen) {
    if watching() {
        operation(seen());
    }
}

/// Tells the record, if anyone watches, that an access to plain memory begins: loom may end at it.
#[inline]
pub(crate) fn tell_begun(seen: impl FnOnce() -> Seen) {
    if watching() {
        begins(seen());
    }
}

fn operation(seen: Seen) {
    let (watching, thread) =
        context::with(|context| (context.watching.get(), context.current.get()));
    if watching & CLOCKS != 0 {
        clocks::operation(thread, &seen);
    }
    if watching & SURVEY != 0 {
        survey::operation(thread, &seen);
    }
    if watching & RECORD != 0 {
        record::operation(thread, &seen);
    }
}

fn begins(seen: Seen) {
    let (watching, thread) =
        context::with(|context| (context.watching.get(), context.current.get()));
    if watching & RECORD != 0 {
        record::begins(thread, &seen);
    }
}
