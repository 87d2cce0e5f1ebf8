//! Stores past the caches that their thread has not waited for: whoever releases anything before that
//! breaks the promise under which they are made, on whatever machine.

use std::sync::atomic::Ordering;

use super::{self as clocks, DataRace, Does};
use crate::report;
use crate::rt::context::{self, with};
use crate::rt::op::{Kind, Object};
use crate::rt::watch::At;

/// The first of them, of each thread that has any.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Streamed {
    thread: usize,
    object: Object,
    address: usize,
    at: At,
}

/// The current thread has streamed to an object.
pub(crate) fn streamed(object: Object, address: usize, at: At) {
    with(|context| {
        let thread = context.current.get();
        let mut streamed = context.streamed.borrow_mut();
        if context.active.get() && streamed.iter().all(|other| other.thread != thread) {
            streamed.push(Streamed { thread, object, address, at });
        }
    });
}

/// The current thread does something that waits for its streamed stores: `drain`, a full fence, an
/// operation that is locked or a SeqCst store.
#[inline]
pub(crate) fn drained() {
    with(|context| {
        let mut streamed = context.streamed.borrow_mut();
        if !streamed.is_empty() {
            let thread = context.current.get();
            streamed.retain(|other| other.thread != thread);
        }
    });
}

/// Whether an operation of this kind waits for them, whatever its ordering: it is locked, or asks the
/// system.
pub(in crate::rt) fn drains(kind: Kind) -> bool {
    use Kind::{CellRead, CellWrite, Doze, End, Fence, Load, Local, Store, Yield};
    !matches!(kind, Load | Store | Fence | CellRead | CellWrite | Local | Yield | Doze | End)
}

/// The current thread stores, or makes a fence, with this ordering.
#[inline]
pub(crate) fn orders(order: Ordering, at: At) {
    match order {
        Ordering::Release | Ordering::AcqRel => releases(at),
        Ordering::SeqCst => drained(),
        _ => {}
    }
}

fn releases(at: At) {
    let first = with(|context| {
        let streamed = context.streamed.borrow();
        streamed.iter().find(|other| other.thread == context.current.get()).copied()
    });
    if let Some(first) = first.filter(|_| !is_allowed()) {
        undrained(&first, at);
        context::fail(report::Kind::Undrained, false);
    }
}

/// They are two ends of one mistake, as the accesses of a race are.
fn undrained(streamed: &Streamed, at: At) {
    clocks::with(|clocks| {
        let first = clocks.by(streamed.thread, Does::Streams, streamed.at.into());
        let second = clocks.by(streamed.thread, Does::Releases, at.into());
        let (address, object) = (streamed.address, streamed.object);
        clocks.races.push(DataRace { first, second, address, object });
    });
}

#[cfg(test)]
thread_local! {
    /// What such programs do is looked at, and is no error.
    pub(crate) static ALLOWED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

#[cfg(test)]
fn is_allowed() -> bool {
    ALLOWED.get()
}

#[cfg(not(test))]
fn is_allowed() -> bool {
    false
}
