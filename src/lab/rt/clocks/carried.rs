//! What each write carries, where an engine decides which of them a read reads.

use std::sync::atomic::Ordering;

use super::{Clock, Clocks, Sabotage, acquires, is, join, releases, with};
use crate::rt::context;
use crate::rt::observe::Seen;
use crate::rt::op::Op;
use crate::rt::values::{self, Id, Touched};

/// What one write carries, where a read need not return the newest: for all, and for whoever takes
/// a lock for itself alone.
pub(super) type Carried = (Clock, Clock);

impl Clocks {
    fn operation(&mut self, thread: usize, seen: &Seen, touched: &[Touched]) {
        self.reads(touched);
        let time = self.now[thread][thread];
        self.ordered(thread, seen, touched);
        let now = self.now[thread];
        self.calls.operation(thread, time, &now);
        self.writes(thread, touched);
    }

    /// What lies in an object is what its newest write carries: puts there what this one read.
    fn reads(&mut self, touched: &[Touched]) {
        for touched in touched {
            if let Some(from) = touched.from {
                let (carried, readers) = self.carried(from);
                let known = self.known(touched.object);
                (known.carried, known.readers) = (carried, readers);
            }
        }
    }

    /// Notes what each write carries.
    fn writes(&mut self, thread: usize, touched: &[Touched]) {
        for touched in touched {
            if let Some(wrote) = touched.wrote {
                let known = self.known(touched.object);
                let mut carried = (known.carried, known.readers);
                if let Some(drained) = touched.drained {
                    carried.0[thread] = carried.0[thread].min(drained);
                }
                let events = &mut self.carried[thread];
                events.resize(wrote.index as usize, Carried::default());
                events.push(carried);
            }
        }
    }

    fn carried(&self, write: Id) -> Carried {
        let events = self.carried.get(write.thread as usize);
        events.and_then(|events| events.get(write.index as usize)).copied().unwrap_or_default()
    }
}

pub(crate) fn operation(thread: usize, seen: &Seen) {
    settle(thread, |clocks, touched| clocks.operation(thread, seen, touched));
}

/// A thread has performed this operation on a part of a lock, and others are to follow.
pub(crate) fn part(thread: usize, op: Op) {
    context::with(|context| {
        if context.watching.get() & context::CLOCKS == 0 {
            context.touched.borrow_mut().clear();
            return;
        }
        settle(thread, |clocks, touched| {
            clocks.reads(touched);
            if !is(Sabotage::LastPartOnly) {
                clocks.part(thread, op.kind, op.object);
            }
            clocks.writes(thread, touched);
        });
    });
}

fn settle(thread: usize, performed: impl FnOnce(&mut Clocks, &[Touched])) {
    with(|clocks| {
        context::with(|context| {
            let mut touched = context.touched.borrow_mut();
            performed(clocks, &touched);
            touched.clear();
        });
        if let Some(values) = values::deciding() {
            values.told(thread, &clocks.now[thread]);
        }
    });
}

/// What comes before whatever a thread does next: of each thread, how far it had come.
pub(crate) fn now(thread: usize) -> Clock {
    with(|clocks| clocks.now[thread])
}

/// What a thread does from here on is told apart from what it has done.
pub(crate) fn goes_on(thread: usize) {
    with(|clocks| clocks.now[thread][thread] += 1);
}

/// What a thread would know that has this behind it, and reads a write now: of a store that it has
/// not told of yet, `unsaid`.
pub(crate) fn after_reading(
    before: &Clock,
    order: Ordering,
    write: Id,
    unsaid: Option<&Clock>,
) -> Clock {
    let mut clock = *before;
    if acquires(order) {
        let carried = with(|clocks| clocks.carried(write).0);
        join(&mut clock, unsaid.unwrap_or(&carried));
    }
    clock
}

/// What a write carries that a thread makes now, and that continues the release sequence of another
/// if it reads that one in the same step.
pub(crate) fn would_carry(thread: usize, order: Ordering, reads: Option<Id>) -> Clock {
    with(|clocks| {
        let mut clock = if releases(order) { clocks.now[thread] } else { clocks.released[thread] };
        if let Some(from) = reads {
            join(&mut clock, &clocks.carried(from).0);
        }
        clock
    })
}
