//! One execution that C11 allows, made by hand: who goes on, what it reads, where it stores.

use std::rc::Rc;

use super::decides::{Decides, Wanted};
use super::policy::Graphs;
use super::run::State;
use crate::explore::called;
use crate::explore::shuttle::policy::{Choice, Moment, Policy, members};
use crate::explore::steered::{How, Move, Moves, Seen, Steers};
use crate::explore::tally::{Blocked, Ended};
use crate::race::Meaning;
use crate::rt::op::{Op, Until};
use crate::rt::values::Values;
use crate::rt::{clocks, context};

/// Performs these moves, and says who could go on then.
pub(in crate::explore) struct ByHand {
    graphs: Graphs,
    moves: Moves,
    begun: bool,
    seen: Seen,
}

impl ByHand {
    pub(in crate::explore) fn new(moves: &[Move], table: &'static [Meaning]) -> ByHand {
        let graphs = Graphs::all(table);
        graphs.run.state().decides = Some(Decides::Hand(Wanted::default()));
        ByHand { graphs, moves: Moves::new(moves), begun: false, seen: Seen::default() }
    }

    /// Notes how many there were to choose from in the last move; whether the one that was wanted was
    /// among them.
    fn was_offered(&mut self, state: &mut State) -> bool {
        let Some(Wanted { older, offered, .. }) = state.hand().copied() else { return true };
        self.seen.offered = offered;
        if older == 0 || older < offered || self.moves.took_the_newest() {
            return true;
        }
        self.seen.astray(self.moves.at.saturating_sub(1));
        false
    }
}

/// Whether a thread could perform this now.
fn could(state: &mut State, thread: usize, op: Op) -> bool {
    match op.kind.until() {
        Until::Now | Until::Changed => true,
        Until::Ended => context::with(|context| context.finished[op.object.ended_thread()].get()),
        Until::Free | Until::Woken | Until::Met | Until::Late => {
            state.progress.set_late(thread, false);
            let now = state.last_state(op.object);
            state.ready(thread, op, &now)
        }
    }
}

impl Policy for ByHand {
    fn begin(&mut self) -> bool {
        !std::mem::replace(&mut self.begun, true) && self.graphs.begin()
    }

    fn decides(&self) -> Option<Rc<dyn Values>> {
        self.graphs.decides()
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        let run = self.graphs.run.clone();
        let mut state = run.state();
        if state.fault.is_some() {
            return None;
        }
        if state.repeating {
            // There is nothing to repeat.
            state.repeated();
        }
        if clocks::raced() {
            self.seen.stops(moment);
            return None;
        }
        if !self.was_offered(&mut state) {
            return None;
        }
        if self.moves.next().is_none() {
            self.seen.stops(moment);
            let (met, allow) = context::with(|context| (context.met.get(), context.allow.get()));
            for thread in members(moment.alive) {
                let op = moment.pending[thread];
                let able = could(&mut state, thread, op);
                let late = op.kind.until() == Until::Late && state.progress.may_be_late(thread);
                self.seen.able |= (able as u16) << thread;
                self.seen.whims |= ((late || met.may(allow, thread, op)) as u16) << thread;
            }
            self.moves.draw(&self.seen, moment.last, 2);
        }
        let next = self.moves.next()?;
        let thread = next.thread.into();
        let older = match next.how {
            How::Older(older) => older.into(),
            How::Step | How::Whim | How::Drain(_) => 0,
        };
        let whim = next.how == How::Whim;
        state.decides = Some(Decides::Hand(Wanted { older, whim, offered: 0 }));
        let alive = moment.alive >> thread & 1 == 1 && !matches!(next.how, How::Drain(_));
        if !alive || !self.graphs.able(&mut state, thread, moment.pending[thread]) {
            self.seen.astray(self.moves.at);
            return None;
        }
        self.moves.at += 1;
        Some(self.graphs.lets_go(&mut state, thread, moment.pending[thread]))
    }

    fn stops(&mut self, blocked: Vec<Blocked>) -> Ended {
        self.seen.ended_by(blocked)
    }

    fn amounts(&mut self, ended: Ended) -> Ended {
        called::judged_by_clocks(ended)
    }

    fn end(&mut self, ended: &Ended) {
        let run = self.graphs.run.clone();
        self.was_offered(&mut run.state());
        self.seen.end(ended);
    }
}

impl Steers for ByHand {
    fn hand(&mut self) -> (&mut Moves, &mut Seen) {
        (&mut self.moves, &mut self.seen)
    }
}
