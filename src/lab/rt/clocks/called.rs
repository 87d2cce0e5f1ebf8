//! Where the first and the last operation of each call stand in the clocks.

use super::{Clock, quietly, with};
use crate::rt::op::MAX_THREADS;

/// Of each thread: what it knew after the first operation of its call, and how far it had come at
/// its last operation.
#[derive(Default)]
pub(super) struct Marks {
    first: [Option<Clock>; MAX_THREADS],
    last: [u32; MAX_THREADS],
}

impl Marks {
    /// A thread performs an operation: it has come so far, and knows this afterwards.
    pub(super) fn operation(&mut self, thread: usize, time: u32, now: &Clock) {
        self.last[thread] = time;
        self.first[thread].get_or_insert(*now);
    }
}

/// The current thread makes a call.
pub(crate) fn call_begins(thread: usize) {
    quietly(|clocks, _| {
        clocks.calls.first[thread] = None;
        // A call without an operation comes after what its thread has done.
        clocks.calls.last[thread] = clocks.now[thread][thread];
    });
}

/// It was answered: what it knew after its first operation, and how far it had come at its last.
pub(crate) fn call_ends(thread: usize) -> (Clock, u32) {
    with(|clocks| {
        let first = clocks.calls.first[thread].unwrap_or(clocks.now[thread]);
        (first, clocks.calls.last[thread])
    })
}
