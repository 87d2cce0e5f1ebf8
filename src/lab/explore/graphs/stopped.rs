//! What it amounts to that nobody goes on: a failure, or a graph in which somebody has only not
//! looked again.

use super::graph::Label;
use super::revisit::{Sabotage, is};
use super::run::{State, Stuck};
use crate::explore::shuttle::policy::Moment;
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
    /// The thread that goes on with the last look, or begins it.
    pub(super) fn looks_again(&mut self, moment: &Moment<'_>) -> Option<usize> {
        if let Some(thread) = self.last_look.thread {
            match moment.pending[thread].kind {
                _ if self.last_look.went_on || moment.alive >> thread & 1 == 0 => {}
                Kind::Load | Kind::Rmw | Kind::Fence | Kind::CellRead => return Some(thread),
                Kind::Yield => {
                    self.stuck[thread] = Some(Stuck::Yield);
                    self.last_look.looked |= 1 << thread;
                    self.last_look.thread = None;
                }
                _ => {}
            }
            self.last_look.went_on |= self.last_look.thread.is_some();
        }
        let waits = |thread: usize| matches!(self.stuck[thread], Some(Stuck::Waits(_)));
        let finds = |thread: usize| waits(thread) && self.waits_for_nothing_new(thread);
        let none = self.last_look.went_on || is(Sabotage::LooksOnce);
        if none || (0..MAX_THREADS).any(|thread| waits(thread) && !finds(thread)) {
            return None;
        }
        let looks = |thread: &usize| {
            self.stuck[*thread] == Some(Stuck::Yield)
                && self.last_look.looked >> thread & 1 == 0
                && self.changed_since(*thread)
        };
        let thread = (0..MAX_THREADS).find(looks)?;
        self.stuck[thread] = None;
        self.last_look.thread = Some(thread);
        Some(thread)
    }

    pub(super) fn stopped(&self) -> Stopped {
        if self.last_look.went_on {
            return Stopped::Waiting;
        }
        let mut livelock = false;
        for thread in 0..MAX_THREADS {
            match self.stuck[thread] {
                Some(Stuck::Waits(_)) if !self.waits_for_nothing_new(thread) => {
                    return Stopped::Waiting;
                }
                None | Some(Stuck::Waits(_)) => {}
                Some(Stuck::Yield) => {
                    livelock = true;
                    if self.last_look.looked >> thread & 1 == 0 && self.changed_since(thread) {
                        return Stopped::Waiting;
                    }
                }
            }
        }
        if livelock { Stopped::Livelock } else { Stopped::Deadlock }
    }

    /// Whether a thread that waits has read the newest state of what it waits for.
    fn waits_for_nothing_new(&self, thread: usize) -> bool {
        if let Some(Stuck::Waits(op)) = self.stuck[thread]
            && op.kind.until() == Until::Late
        {
            return false;
        }
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
