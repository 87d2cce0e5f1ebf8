//! One interleaving, made by hand.

use super::{How, Move};
use crate::explore::called;
use crate::explore::shuttle::policy::{Choice, Moment, Policy, members};
use crate::explore::steered::{Moves, Seen, Steers};
use crate::explore::tally::{Blocked, Ended};
use crate::rt::op::Kind;
use crate::rt::{blocking, clocks};

/// Performs these moves, and says who could go on then.
pub(in crate::explore) struct Interleaving {
    moves: Moves,
    begun: bool,
    /// Who moved at each step.
    moved: Vec<usize>,
    seen: Seen,
}

impl Interleaving {
    pub(in crate::explore) fn new(moves: &[Move]) -> Interleaving {
        let (moves, moved, seen) = (Moves::new(moves), Vec::new(), Seen::default());
        Interleaving { moves, begun: false, moved, seen }
    }

    /// Who could go on.
    fn look(&mut self, moment: &Moment<'_>) {
        self.seen.stops(moment);
        (self.seen.able, self.seen.whims) = (moment.enabled, moment.may_fail);
        let waiting = members(moment.alive).map(|thread| {
            let op = moment.pending[thread];
            Blocked { thread, op, holder: blocking::holder(op.object) }
        });
        self.seen.blocked = waiting.collect();
    }
}

/// The only thread that goes on, where all who have not ended wait in loops.
fn goes_round(moment: &Moment<'_>) -> Option<usize> {
    let waits = |thread: usize| moment.pending[thread].kind == Kind::Yield;
    let mut able = members(moment.enabled);
    let (one, more) = (able.next()?, able.next());
    let mut alive = members(moment.alive);
    let all_wait = members(moment.alive).count() > 1 && alive.all(waits);
    (more.is_none() && all_wait).then_some(one)
}

impl Policy for Interleaving {
    fn begin(&mut self) -> bool {
        !std::mem::replace(&mut self.begun, true)
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        // A search that looks for interleavings goes on behind a race.
        if clocks::raced() && self.moves.next().is_none() {
            self.seen.stops(moment);
            return None;
        }
        // Where nobody else can, one of those that wait in loops goes round, which changes nothing.
        let next = self.moves.next();
        let able = |thread: usize| moment.enabled >> thread & 1 == 1;
        if !next.is_some_and(|next| able(next.thread.into()))
            && let Some(one) = goes_round(moment)
        {
            self.moved.push(one);
            return Some(Choice::of(one));
        }
        if next.is_none() {
            self.look(moment);
            self.moves.draw(&self.seen, moment.last, 0);
        }
        let next = self.moves.next()?;
        let fails = match next.how {
            How::Step => false,
            How::Whim if moment.may_fail >> next.thread & 1 == 1 => true,
            How::Whim | How::Older(_) | How::Drain(_) => {
                self.seen.astray(self.moves.at);
                return None;
            }
        };
        if !able(next.thread.into()) {
            self.seen.astray(self.moves.at);
            return None;
        }
        self.moves.at += 1;
        self.moved.push(next.thread.into());
        Some(Choice { thread: next.thread.into(), fails })
    }

    fn amounts(&mut self, ended: Ended) -> Ended {
        called::judged_in_turn(ended, &self.moved)
    }

    fn end(&mut self, ended: &Ended) {
        self.seen.end(ended);
    }
}

impl Steers for Interleaving {
    fn hand(&mut self) -> (&mut Moves, &mut Seen) {
        (&mut self.moves, &mut self.seen)
    }
}
