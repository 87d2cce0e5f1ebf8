//! x86 as a machine: threads with store buffers over one memory (Owens, Sarkar and Sewell, *A better
//! x86 memory model*, 2009).
//!
//! A load sees the newest store of its own that waits in the buffer, or the memory. A store below
//! SeqCst waits there; whatever locks its word, a SeqCst store and a SeqCst fence empty the buffer
//! first. A streamed store may pass others and be passed, but for a fence between them.

use std::cell::RefCell;
use std::sync::atomic::Ordering;

use crate::explore::steered::Buffered;
use crate::rt::blocking;
use crate::rt::clocks::{self, Clock};
use crate::rt::meeting::Came;
use crate::rt::op::{MAX_THREADS, Object, Op};
use crate::rt::values::{self, Id, Place, Reading, Values};
use crate::rt::waitable::Waitable;

/// What waits in a buffer.
#[derive(Clone, Copy)]
enum Slot {
    Store {
        object: Object,
        value: u64,
        write: Id,
        streamed: bool,
    },
    /// `sfence`: nothing passes it.
    Mark,
}

/// A word, as the memory has it.
struct Word {
    object: Object,
    value: u64,
    write: Id,
    /// The harness has it for itself again.
    home: bool,
}

#[derive(Default)]
pub(super) struct Machine {
    words: Vec<Word>,
    buffers: [Vec<Slot>; MAX_THREADS],
    states: Vec<(Object, Waitable, Id)>,
    events: [u16; MAX_THREADS],
    /// How far each thread had come when it last drained its streamed stores.
    drained: [u32; MAX_THREADS],
}

/// The machine, as the facade reaches it.
#[derive(Default)]
pub(super) struct X86(pub(super) RefCell<Machine>);

impl Machine {
    fn word(&mut self, place: Place) -> &mut Word {
        let at = self.words.iter().position(|word| word.object == place.object);
        let at = at.unwrap_or_else(|| {
            let (object, value) = (place.object, place.first);
            self.words.push(Word { object, value, write: Id::FIRST, home: false });
            self.words.len() - 1
        });
        let word = &mut self.words[at];
        if word.write.is_first() {
            word.value = place.first;
        }
        word
    }

    fn event(&mut self, thread: usize) -> Id {
        self.events[thread] += 1;
        Id::new(thread, self.events[thread].into())
    }

    fn arrives(&mut self, object: Object, value: u64, write: Id) {
        if let Some(word) = self.words.iter_mut().find(|word| word.object == object) {
            (word.value, word.write) = (value, write);
        }
    }

    /// The stores of a thread that can reach the memory now, by their places in its buffer.
    fn free(&self, thread: usize) -> Vec<usize> {
        let buffer = &self.buffers[thread];
        let passes = |slot: &Slot, earlier: &Slot| match (slot, earlier) {
            (Slot::Mark, _) | (_, Slot::Mark) => false,
            (
                Slot::Store { object, streamed, .. },
                Slot::Store { object: other, streamed: before, .. },
            ) => object != other && (*streamed || *before),
        };
        let free = |at: &usize| buffer[..*at].iter().all(|earlier| passes(&buffer[*at], earlier));
        (0..buffer.len()).filter(free).collect()
    }

    /// One of them reaches it, the oldest first; whether there is one.
    pub(super) fn drain(&mut self, thread: usize, which: usize) -> bool {
        let Some(at) = self.free(thread).get(which).copied() else { return false };
        if let Slot::Store { object, value, write, .. } = self.buffers[thread].remove(at) {
            self.arrives(object, value, write);
        }
        while matches!(self.buffers[thread].first(), Some(Slot::Mark)) {
            self.buffers[thread].remove(0);
        }
        true
    }

    /// All of them reach it.
    pub(super) fn empty(&mut self, thread: usize) {
        while self.drain(thread, 0) {}
        self.drained[thread] = clocks::now(thread)[thread];
    }

    /// How many of a thread's stores can reach the memory now.
    pub(super) fn can_drain(&self, thread: usize) -> usize {
        self.free(thread).len()
    }

    /// What waits in each buffer, the oldest first.
    pub(super) fn waiting(&self) -> Vec<Vec<Buffered>> {
        let store = |slot: &Slot| match *slot {
            Slot::Store { object, value, .. } => Some((object, value)),
            Slot::Mark => None,
        };
        self.buffers.iter().map(|buffer| buffer.iter().filter_map(store).collect()).collect()
    }

    fn state(&mut self, object: Object) -> &mut (Object, Waitable, Id) {
        let at = self.states.iter().position(|state| state.0 == object);
        let at = at.unwrap_or_else(|| {
            self.states.push((object, blocking::state(object), Id::FIRST));
            self.states.len() - 1
        });
        &mut self.states[at]
    }

    pub(super) fn ready(&mut self, thread: usize, op: Op) -> bool {
        self.state(op.object).1.ready(op, thread)
    }
}

impl Values for X86 {
    fn read(&self, thread: usize, place: Place, locked: bool, reading: Reading<'_>) -> u64 {
        let mut machine = self.0.borrow_mut();
        machine.word(place);
        if locked {
            machine.empty(thread);
        }
        let own = machine.buffers[thread].iter().rev().find_map(|slot| match *slot {
            Slot::Store { object, value, write, .. } if object == place.object => {
                Some((value, write))
            }
            _ => None,
        });
        let word = machine.word(place);
        let (value, from) = own.unwrap_or((word.value, word.write));
        machine.event(thread);
        values::touched(place.object, Some(from), None);
        if let Some(new) = reading(value).1 {
            let write = machine.event(thread);
            machine.arrives(place.object, new, write);
            values::touched(place.object, None, Some(write));
        }
        value
    }

    fn write(&self, thread: usize, place: Place, value: u64, order: Ordering, streamed: bool) {
        let mut machine = self.0.borrow_mut();
        let object = place.object;
        machine.word(place);
        let write = machine.event(thread);
        values::touched(object, None, Some(write));
        if streamed {
            values::streamed(machine.drained[thread]);
        }
        if order == Ordering::SeqCst {
            machine.empty(thread);
            machine.arrives(object, value, write);
        } else {
            machine.buffers[thread].push(Slot::Store { object, value, write, streamed });
        }
    }

    fn fence(&self, thread: usize, order: Option<Ordering>) {
        let mut machine = self.0.borrow_mut();
        match order {
            Some(Ordering::SeqCst) => machine.empty(thread),
            Some(_) => {}
            None if machine.buffers[thread].is_empty() => {}
            None => machine.buffers[thread].push(Slot::Mark),
        }
    }

    fn meet(&self, thread: usize, op: Op) -> Came {
        let mut machine = self.0.borrow_mut();
        machine.empty(thread);
        machine.event(thread);
        let write = machine.event(thread);
        let state = machine.state(op.object);
        values::touched(op.object, Some(state.2), Some(write));
        state.2 = write;
        state.1.act(op, thread)
    }

    fn could(&self, thread: usize, op: Op) -> bool {
        self.0.borrow_mut().ready(thread, op)
    }

    fn readers(&self, _: Object) -> u16 {
        0
    }

    fn holder(&self, object: Object) -> Option<usize> {
        self.0.borrow_mut().state(object).1.holder()
    }

    fn started(&self, by: usize, _: usize) {
        self.0.borrow_mut().empty(by);
    }

    fn newest(&self, object: Object) -> Option<u64> {
        let machine = self.0.borrow();
        let word = machine.words.iter().find(|word| word.object == object)?;
        (!word.write.is_first() && !word.home).then_some(word.value)
    }

    fn take_newest(&self, object: Object) -> Option<u64> {
        let newest = self.newest(object)?;
        let mut machine = self.0.borrow_mut();
        let word = machine.words.iter_mut().find(|word| word.object == object)?;
        word.home = true;
        Some(newest)
    }

    fn told(&self, _: usize, _: &Clock) {}

    fn call_begins(&self, _: usize) {}

    fn over(&self) {
        let mut machine = self.0.borrow_mut();
        (0..MAX_THREADS).for_each(|thread| machine.empty(thread));
        for (object, state, _) in std::mem::take(&mut machine.states) {
            blocking::restore(object, state);
        }
    }
}
