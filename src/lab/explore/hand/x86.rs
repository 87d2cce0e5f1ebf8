//! One execution of an x86 machine, made by hand: who goes on, and whose store reaches the memory.

use std::rc::Rc;

use super::buffers::X86;
use super::{How, Move};
use crate::explore::called;
use crate::explore::shuttle::policy::{Choice, Moment, Policy, members};
use crate::explore::steered::{Moves, Seen, Steers};
use crate::explore::tally::{Blocked, Ended};
use crate::rt::op::{Kind, Op, Until};
use crate::rt::values::Values;
use crate::rt::{clocks, context};

/// Performs these moves, and says who could go on then.
pub(in crate::explore) struct OnX86 {
    machine: Rc<X86>,
    moves: Moves,
    begun: bool,
    seen: Seen,
}

impl OnX86 {
    pub(in crate::explore) fn new(moves: &[Move]) -> OnX86 {
        let (machine, seen) = Default::default();
        OnX86 { machine, moves: Moves::new(moves), begun: false, seen }
    }

    fn could(&self, thread: usize, op: Op) -> bool {
        match op.kind.until() {
            Until::Now | Until::Changed => true,
            Until::Ended => {
                context::with(|context| context.finished[op.object.ended_thread()].get())
            }
            Until::Free | Until::Woken | Until::Met | Until::Late => {
                let wakes = context::with(|context| context.met.get().wakes_spuriously(thread));
                wakes || self.machine.0.borrow_mut().ready(thread, op)
            }
        }
    }

    /// Who could go on.
    fn look(&mut self, moment: &Moment<'_>) {
        self.seen.stops(moment);
        for thread in members(moment.alive) {
            let op = moment.pending[thread];
            self.seen.able |= (self.could(thread, op) as u16) << thread;
            self.seen.whims |= (self.whim(thread, op) as u16) << thread;
        }
        let drains = |thread| self.machine.0.borrow().can_drain(thread);
        self.seen.drains = (0..self.seen.buffers.len()).map(drains).collect();
    }

    fn whim(&self, thread: usize, op: Op) -> bool {
        let (met, allow) = context::with(|context| (context.met.get(), context.allow.get()));
        // A time may be up at any moment.
        op.kind.until() == Until::Late || met.may(allow, thread, op)
    }
}

impl Policy for OnX86 {
    fn begin(&mut self) -> bool {
        !std::mem::replace(&mut self.begun, true)
    }

    fn decides(&self) -> Option<Rc<dyn Values>> {
        Some(self.machine.clone())
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        if clocks::raced() {
            self.seen.stops(moment);
            return None;
        }
        let next = loop {
            self.seen.buffers = self.machine.0.borrow().waiting();
            if self.moves.next().is_none() {
                self.look(moment);
                self.moves.draw(&self.seen, moment.last, 0);
            }
            let next = self.moves.next()?;
            let How::Drain(which) = next.how else { break next };
            if !self.machine.0.borrow_mut().drain(next.thread.into(), which.into()) {
                self.seen.astray(self.moves.at);
                return None;
            }
            self.moves.at += 1;
        };
        let thread = next.thread.into();
        let (whim, op) = (next.how == How::Whim, moment.pending[thread]);
        let possible = match next.how {
            How::Step => self.could(thread, op),
            How::Whim => self.whim(thread, op),
            How::Older(_) | How::Drain(_) => false,
        };
        if moment.alive >> thread & 1 == 0 || !possible {
            self.seen.astray(self.moves.at);
            return None;
        }
        if op.kind == Kind::Join {
            // Who has ended has written all that it wrote.
            self.machine.0.borrow_mut().empty(op.object.ended_thread());
        }
        self.moves.at += 1;
        Some(Choice { thread, fails: whim && op.kind.until() != Until::Late })
    }

    fn stops(&mut self, blocked: Vec<Blocked>) -> Ended {
        self.seen.ended_by(blocked)
    }

    /// What reaches the memory late may have an earlier call explained by a later one: the clocks say
    /// what the program itself orders.
    fn amounts(&mut self, ended: Ended) -> Ended {
        called::judged_by_clocks(ended)
    }

    fn end(&mut self, ended: &Ended) {
        self.seen.end(ended);
    }
}

impl Steers for OnX86 {
    fn hand(&mut self) -> (&mut Moves, &mut Seen) {
        (&mut self.moves, &mut self.seen)
    }
}
