//! What the facade asks of a run, from within an operation: each may have to wait for its turn.

use std::cell::RefMut;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::Ordering;

use super::graph::Label;
use super::run::{Run, State};
use crate::explore::progress::AtWork;
use crate::rt::clocks::Clock;
use crate::rt::context;
use crate::rt::meeting::Came;
use crate::rt::op::{Object, Op};
use crate::rt::record;
use crate::rt::values::{self, Id, Place, Reading, Values};

/// The state of a run, while the engine works on it.
pub(super) struct Busy<'a> {
    state: RefMut<'a, State>,
    _at_work: Option<AtWork>,
}

impl Deref for Busy<'_> {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl DerefMut for Busy<'_> {
    fn deref_mut(&mut self) -> &mut State {
        &mut self.state
    }
}

impl Run {
    pub(super) fn state(&self) -> Busy<'_> {
        let state = self.0.borrow_mut();
        let _at_work = AtWork::on(state.graph.order.len());
        Busy { state, _at_work }
    }

    /// Waits until the next event of a thread may be performed. Where the plan ends within an
    /// operation, between a wait and its unlock, that goes on first of all when the rest is repeated:
    /// it has been asked already whether it goes another way.
    fn turn(&self, thread: usize) {
        loop {
            let mut state = self.state();
            if state.may_go(thread) {
                state.half &= !(1 << thread);
                return;
            }
            state.half |= u16::from(state.remaining(thread) == 0) << thread;
            drop(state);
            values::pause();
        }
    }

    /// A thread has read and is to write in the same step. Where that is the end of the plan, it
    /// writes first of all when the rest is repeated.
    fn half(&self, thread: usize) {
        loop {
            let mut state = self.state();
            if !state.repeating || state.remaining(thread) > 0 {
                state.half &= !(1 << thread);
                return;
            }
            state.half |= 1 << thread;
            drop(state);
            values::pause();
        }
    }
}

impl Values for Run {
    fn read(&self, thread: usize, place: Place, locked: bool, reading: Reading<'_>) -> u64 {
        self.turn(thread);
        let mut state = self.state();
        let number = state.number(place);
        let read = match state.repeating {
            true => state.repeat_read(thread, number, locked, reading),
            false => Some(state.extend_read(thread, number, locked, reading)),
        };
        let Some((from, value, half)) = read else {
            state.astray();
            return place.first;
        };
        let newest = state.newest(number);
        if newest != from {
            let newest = state.value(number, newest);
            context::with(|context| context.newest.set(Some(newest)));
            record::reads(state.old(number, from));
        }
        values::touched(place.object, Some(from), None);
        drop(state);
        if let Some((order, new)) = half {
            self.half(thread);
            let changes = new != value;
            let mut state = self.state();
            state.write(thread, number, (order, true, false), new);
            state.progress.wrote(thread, changes);
        }
        value
    }

    fn write(&self, thread: usize, place: Place, value: u64, order: Ordering, streamed: bool) {
        self.turn(thread);
        let mut state = self.state();
        let number = state.number(place);
        state.write(thread, number, (order, false, streamed), value);
        state.progress.wrote(thread, true);
    }

    fn fence(&self, thread: usize, order: Option<Ordering>) {
        self.turn(thread);
        let mut state = self.state();
        let fence = |label| matches!(label, Label::Fence(_));
        if state.repeating && !state.next(thread).is_some_and(fence) {
            return state.astray();
        }
        state.add(thread, Label::Fence(order), 0);
    }

    fn meet(&self, thread: usize, op: Op) -> Came {
        self.turn(thread);
        let mut state = self.state();
        let Some((came, changed)) = state.meet(thread, op) else {
            state.astray();
            return Came::Yes;
        };
        drop(state);
        if let Some(changed) = changed {
            self.half(thread);
            self.state().change(thread, op, changed);
        }
        came
    }

    fn could(&self, thread: usize, op: Op) -> bool {
        self.state().could(thread, op)
    }

    fn readers(&self, lock: Object) -> u16 {
        self.state().readers.of(lock)
    }

    fn holder(&self, object: Object) -> Option<usize> {
        self.state().last_state(object).holder()
    }

    fn call_begins(&self, thread: usize) {
        self.state().progress.call_begins(thread);
    }

    fn started(&self, by: usize, thread: usize) {
        let mut state = self.state();
        let last = state.graph.threads[by].len().saturating_sub(1);
        state.started[thread] = Id::new(by, last);
    }

    fn newest(&self, object: Object) -> Option<u64> {
        let state = self.state();
        let number = state.known_number(object)?;
        let newest = state.newest(number);
        (!newest.is_first() && !state.home[number as usize]).then(|| state.value(number, newest))
    }

    fn take_newest(&self, object: Object) -> Option<u64> {
        let newest = self.newest(object)?;
        let mut state = self.state();
        let number = state.known_number(object)?;
        state.home[number as usize] = true;
        Some(newest)
    }

    fn told(&self, thread: usize, clock: &Clock) {
        let mut state = self.state();
        for event in state.events[thread].iter_mut().rev() {
            if event.after.is_some() {
                break;
            }
            event.after = Some(*clock);
        }
    }

    fn over(&self) {
        self.state().restore();
    }
}
