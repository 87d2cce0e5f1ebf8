//! What it amounts to that nobody goes on: a failure, or a graph in which somebody has only not
//! looked again.

use super::graph::{Graph, Label};
use super::revisit::{Sabotage, is};
use super::run::{State, Stuck};
use crate::explore::shuttle::driver::IDLE_ROUNDS;
use crate::explore::shuttle::policy::{Moment, members};
use crate::rt::op::{Kind, MAX_THREADS, Until};

/// Why nobody goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// Somebody has only not looked again.
    Waiting,
    Deadlock,
    Livelock,
}

impl State {
    /// The thread that goes on although nobody can: one that waits in a loop, or for a time.
    ///
    /// First they only look, one after another, each until its loop has come round over and over:
    /// before its loop a thread may have looked at what the loop never looks at, or read what is old
    /// by now, and perhaps the loop gives up after some rounds. Nothing is explored of that. If it
    /// leads anywhere, that is explored from those who read the newest in the first place; and where
    /// nobody had read anything old, a plan is left in which this graph goes on in earnest.
    pub(super) fn goes_round(&mut self, moment: &Moment<'_>) -> Option<usize> {
        if self.decides.is_some() || self.graph.goes_round.is_some() {
            return self.in_earnest(moment);
        }
        if let Some(thread) = self.last_look.thread {
            if self.still_looks(thread, moment) {
                return Some(thread);
            }
            if !moves(moment, thread) && self.last_look.rounds >= IDLE_ROUNDS {
                self.stuck[thread] = Some(self.waits_as(moment, thread));
                self.last_look.looked |= 1 << thread;
                self.last_look.thread = None;
                self.last_look.rounds = 0;
            } else {
                self.leads_on();
            }
        }
        if self.last_look.went_on || is(Sabotage::LooksOnce) || !self.waits_are_new() {
            return None;
        }
        let looks =
            |thread: &usize| self.loops(*thread) && self.last_look.looked >> thread & 1 == 0;
        let thread = (0..MAX_THREADS).find(looks)?;
        if self.last_look.looked == 0 {
            self.last_look.before = Some(self.graph.clone());
            self.last_look.fresh = self.nothing_is_new();
        }
        self.stuck[thread] = None;
        self.last_look.thread = Some(thread);
        self.progress.set_late(thread, late(moment, thread));
        Some(thread)
    }

    /// Whether the thread that looks goes on with that.
    fn still_looks(&mut self, thread: usize, moment: &Moment<'_>) -> bool {
        let round = waits(moment, thread);
        if self.last_look.went_on
            || moves(moment, thread)
            || round && self.last_look.rounds >= IDLE_ROUNDS
        {
            return false;
        }
        self.last_look.rounds += round as u32;
        self.progress.set_late(thread, late(moment, thread));
        let op = moment.pending[thread];
        round || self.could(thread, op)
    }

    /// The look leads anywhere.
    pub(super) fn leads_on(&mut self) {
        self.last_look.went_on = true;
        if let Some(graph) = self.last_look.before.take().filter(|_| self.last_look.fresh) {
            let goes_round = Some(graph.len());
            self.plans.push(Graph { goes_round, news: 0, ..graph });
        }
    }

    /// A thread goes round in earnest; each takes its turn.
    fn in_earnest(&mut self, moment: &Moment<'_>) -> Option<usize> {
        let waiting = members(moment.alive).filter(|thread| waits(moment, *thread));
        let waiting: Vec<usize> = waiting.collect();
        if !self.nothing_is_new() || self.last_look.rounds >= IDLE_ROUNDS || waiting.is_empty() {
            return None;
        }
        let thread = waiting[self.last_look.rounds as usize % waiting.len()];
        if self.last_look.rounds == 0 {
            self.last_look.before = Some(self.graph.clone());
        }
        self.last_look.rounds += 1;
        self.stuck[thread] = None;
        self.progress.set_late(thread, late(moment, thread));
        Some(thread)
    }

    /// Whether what is being performed is only looked at: nothing of it is explored.
    pub(super) fn looking(&self) -> bool {
        self.last_look.thread.is_some()
    }

    /// A thread has written: if that changes anything, its look leads on.
    pub(super) fn wrote_looking(&mut self, changes: bool) {
        if changes {
            self.leads_on();
        }
    }

    fn waits_as(&self, moment: &Moment<'_>, thread: usize) -> Stuck {
        match moment.pending[thread] {
            op if op.kind == Kind::Yield => Stuck::Yield,
            op => Stuck::Waits(op),
        }
    }

    /// Whether a thread is stuck that waits in a loop, or for a time.
    fn loops(&self, thread: usize) -> bool {
        match self.stuck[thread] {
            Some(Stuck::Waits(op)) => op.kind.until() == Until::Late,
            Some(Stuck::Yield) => true,
            None => false,
        }
    }

    /// Whether everybody who waits has read the newest of what it waits for.
    fn waits_are_new(&self) -> bool {
        (0..MAX_THREADS).all(|thread| match self.stuck[thread] {
            Some(Stuck::Waits(_)) => self.waits_for_nothing_new(thread),
            Some(Stuck::Yield) | None => true,
        })
    }

    pub(super) fn stopped(&mut self) -> Stopped {
        if !self.nothing_is_new() {
            return Stopped::Waiting;
        }
        if !(0..MAX_THREADS).any(|thread| self.loops(thread)) {
            return Stopped::Deadlock;
        }
        // The rounds that led to nothing are no part of what is shown.
        if let Some(graph) = self.last_look.before.take() {
            self.graph = graph;
        }
        Stopped::Livelock
    }

    /// Whether everybody who does not go on has looked at the newest of what there is.
    pub(super) fn nothing_is_new(&self) -> bool {
        let looked = |thread: usize| self.last_look.looked >> thread & 1 == 1;
        let up_to_date = |thread: usize| match self.stuck[thread] {
            Some(Stuck::Waits(_)) => {
                self.waits_for_nothing_new(thread) && !self.came_between(thread)
            }
            Some(Stuck::Yield) => looked(thread) || !self.changed_since(thread),
            None => true,
        };
        !self.last_look.went_on && (0..MAX_THREADS).all(up_to_date)
    }

    /// Whether a thread that waits has read the newest state of what it waits for.
    fn waits_for_nothing_new(&self, thread: usize) -> bool {
        match self.graph.threads[thread].last() {
            Some(Label::Read { object, from, .. }) => self.newest(*object) == *from,
            _ => true,
        }
    }

    /// Whether another thread has changed what this one looked at since it last yielded.
    fn changed_since(&self, thread: usize) -> bool {
        let events = &self.graph.threads[thread];
        let since = self.progress.since[thread].min(events.len());
        let changed = |label: &Label| match *label {
            // A lock was free for this thread: what others do with it afterwards changes nothing.
            Label::Read { object, exclusive: true, .. }
                if !self.states[object as usize].is_empty() =>
            {
                false
            }
            Label::Read { object, from, .. } => {
                let place = self.graph.place(object, from).unwrap_or(0);
                let later = &self.graph.writes(object)[place..];
                later.iter().any(|write| {
                    write.thread as usize != thread && !self.leaves_the_value(object, *write)
                })
            }
            _ => false,
        };
        events[since..].iter().any(changed) || self.progress.cell_changed(thread)
    }
}

/// Whether a thread is about to yield, or to wait for a time.
fn waits(moment: &Moment<'_>, thread: usize) -> bool {
    moment.pending[thread].kind == Kind::Yield || late(moment, thread)
}

/// Whether a thread is about to wait for a time.
fn late(moment: &Moment<'_>, thread: usize) -> bool {
    moment.pending[thread].kind.until() == Until::Late
}

/// Whether a thread has ended, or is about to do what others may wait for. What it writes is told
/// when it has written it.
fn moves(moment: &Moment<'_>, thread: usize) -> bool {
    let kind = moment.pending[thread].kind;
    moment.alive >> thread & 1 == 0 || kind.moves() && !matches!(kind, Kind::Rmw | Kind::Fence)
}
