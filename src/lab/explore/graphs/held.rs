//! Threads that wait for a lock, without a run in which they wait in vain.
//!
//! Who comes to a lock that is taken does nothing yet, and takes it when it is free ([`super::meet`]).
//! But a write that takes a lock may be read by an operation that was there before, and had found it
//! free. Then that one is *held*: it waits in its place in the graph, and takes the lock in the same
//! run when that is given back. So there is no run in which it waits for good. What would have come
//! of such a run comes of this one: the write that has let it go may be deleted for something else,
//! and then it waits again where it did ([`super::revisit`]); it needs only the write that made it
//! wait. It is close to how Kokologiannakis, Marmanis and Vafeiadis (*Unblocking dynamic partial order
//! reduction*, CAV 2023) treat loops that wait.

use super::graph::{Label, Number};
use super::revisit::nobody_looked_since;
use super::run::{State, Stuck};
use crate::rt::op::{MAX_THREADS, Until};
use crate::rt::values::Id;

impl State {
    /// Whoever is held at the state before this one waits at this one now; or goes on, if it can.
    pub(super) fn let_go(&mut self, number: Number, write: Id) {
        if self.repeating || self.looking() || self.decides.is_some() {
            return;
        }
        for thread in 0..MAX_THREADS {
            let Some(index) = self.graph.threads[thread].len().checked_sub(1) else { continue };
            let read = Id::new(thread, index);
            let (true, Some(Stuck::Waits(op))) = (self.follows(read, write), self.stuck[thread])
            else {
                continue;
            };
            if let Label::Read { from, .. } = &mut self.graph.threads[thread][index] {
                *from = write;
            }
            if self.ready(thread, op, &self.state_of(number, write)) {
                self.stuck[thread] = None;
                self.let_go |= 1 << thread;
                return;
            }
            self.graph.held.push((read, write));
        }
    }

    /// Whether a read is held at the state that this write has changed, and reads that of this write
    /// now. It does not where another has looked at the object since, and might read it as well:
    /// then it does in another run, in which that one has yet to look.
    pub(super) fn follows(&self, read: Id, write: Id) -> bool {
        let thread = read.thread as usize;
        let waits = |stuck| matches!(stuck, Stuck::Waits(op) if op.kind.until() != Until::Late);
        self.stuck[thread].is_some_and(waits)
            && self.graph.threads[thread].len() == read.index as usize + 1
            && self.graph.held(read).next().is_some()
            && self.graph.from(read) == self.graph.reads_of(write)
            && nobody_looked_since(&self.graph, read, write, &self.started)
    }

    /// What a thread reads that was let go; the event is taken out, to be added as it is.
    pub(super) fn was_let_go(&mut self, thread: usize) -> Option<Id> {
        if self.let_go >> thread & 1 == 0 {
            return None;
        }
        self.let_go &= !(1 << thread);
        let Some(Label::Read { from, .. }) = self.graph.threads[thread].pop() else { return None };
        self.events[thread].pop();
        Some(from)
    }
}
