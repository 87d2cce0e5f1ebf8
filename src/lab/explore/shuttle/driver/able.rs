//! Who can move, and who waits for what, where the next thread is to be chosen.

use super::super::policy::{Policy, Threads, members};
use super::{Exploration, IDLE_ROUNDS};
use crate::explore::tally::Blocked;
use crate::rt::op::{Kind, Until};
use crate::rt::{blocking, context};

impl<P: Policy> Exploration<P> {
    /// The threads that wait for a time, where nobody else can move: it is up for any of them. None
    /// when it was up many times, and nothing has changed.
    pub(super) fn late(&mut self, alive: Threads) -> Threads {
        let waiting =
            members(alive).filter(|&thread| self.pending[thread].kind.until() == Until::Late);
        let waiting = waiting.fold(0, |set, thread| set | 1 << thread);
        if waiting == 0 || self.rounds > IDLE_ROUNDS {
            return 0;
        }
        self.rounds += 1;
        blocking::force_late(waiting);
        waiting
    }

    /// The threads that can move.
    pub(super) fn enabled(&self, alive: Threads) -> Threads {
        let able = members(alive).filter(|&t| blocking::enabled(t, self.pending[t]));
        able.fold(0, |set, thread| set | 1 << thread)
    }

    /// Those of them whose operation may fail without a reason.
    pub(super) fn may_fail(&self, enabled: Threads) -> Threads {
        let (met, allow) = context::with(|context| (context.met.get(), context.allow.get()));
        let able = members(enabled).filter(|&thread| met.may(allow, thread, self.pending[thread]));
        able.fold(0, |set, thread| set | 1 << thread)
    }

    /// A thread that is about to end an object waits for those that are about to touch it: nothing
    /// orders the two, and the race shows without anybody touching what is gone.
    pub(super) fn without_ends(&self, enabled: Threads) -> Threads {
        let touched = |&thread: &usize| {
            let op = self.pending[thread];
            op.kind == Kind::End
                && members(enabled)
                    .any(|other| other != thread && self.pending[other].object == op.object)
        };
        let waiting = members(enabled).filter(touched).fold(0, |set, thread| set | 1 << thread);
        match enabled & !waiting {
            0 => enabled,
            left => left,
        }
    }

    /// Reads off what each thread is about to do.
    pub(super) fn pending(&mut self) {
        context::with(|context| {
            for (mine, theirs) in self.pending.iter_mut().zip(&context.pending) {
                *mine = theirs.get();
            }
        });
    }

    /// Who waits for what, and who holds it.
    pub(super) fn blocked(&self, alive: Threads) -> Vec<Blocked> {
        let blocked = members(alive).map(|thread| {
            let op = self.pending[thread];
            Blocked { thread, op, holder: blocking::holder(op.object) }
        });
        blocked.collect()
    }
}
