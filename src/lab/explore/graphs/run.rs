//! One run: the program is executed anew, repeats the events of a plan, and then goes on.
//!
//! While it repeats, a thread may go on as far as the plan has events of it, each read when what it
//! reads from was written in this run (there is such an order, since program order and reads-from
//! have no cycle). Values are those of this run alone: a pointer differs from run to run. Then it
//! goes on, adds events, and pushes as plans what else could have been.

use std::cell::RefCell;
use std::collections::HashMap;

use super::decides::Decides;
use super::event::{Event, ReadNow, drains, written};
use super::graph::{Graph, Label, Number};
use super::progress::Progress;
use super::readers::Readers;
use crate::explore::shuttle::policy::Threads;
use crate::rt::clocks;
use crate::rt::op::{MAX_THREADS, Object, Op};
use crate::rt::record::{self, Old};
use crate::rt::values::{Id, Place, Reading};
use crate::rt::waitable::Waitable;

/// Why an exploration cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::explore) enum Fault {
    /// The program did something else than before: at this event of an execution.
    NotDeterministic(usize),
    /// Somebody has tried for a lock that was taken apart: it is explored anew.
    Tried,
    /// What divides the whole came up after it was divided.
    DividedLate,
}

/// Why a thread does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stuck {
    /// It yielded in a loop in which nothing has changed.
    Yield,
    /// It waits: its last event has read that it must.
    Waits(Op),
}

/// When nobody goes on, those that wait in loops look again: see [`State::goes_round`].
#[derive(Default)]
pub(super) struct LastLook {
    /// Who looks now.
    pub(super) thread: Option<usize>,
    /// How often that one has come round; where it is in earnest, how often anybody has.
    pub(super) rounds: u32,
    /// Who has come round over and over: a bit each.
    pub(super) looked: Threads,
    /// Somebody did not: what comes of it is explored elsewhere.
    pub(super) went_on: bool,
    /// The graph before that, and whether nobody had read anything old in it.
    pub(super) before: Option<Graph>,
    pub(super) fresh: bool,
}

/// The run, and what is left to run.
#[derive(Default)]
pub(super) struct State {
    /// What is to be explored yet.
    pub(super) plans: Vec<Graph>,
    pub(super) plan: Graph,
    pub(super) graph: Graph,
    pub(super) repeating: bool,
    pub(super) events: [Vec<Event>; MAX_THREADS],
    numbers: HashMap<Object, Number>,
    /// The objects, by number.
    pub(super) objects: Vec<Object>,
    /// What each word was made with, in this run.
    firsts: Vec<u64>,
    /// Words that the harness has for itself again.
    pub(super) home: Vec<bool>,
    /// What threads wait for, as each write leaves it: the first as the harness left it.
    pub(super) states: Vec<Vec<(Id, Waitable)>>,
    /// Threads that have read, and have yet to write what goes with it: a bit each.
    pub(super) half: u16,
    /// Threads that were let go, and have yet to perform what they waited with: a bit each.
    pub(super) let_go: u16,
    pub(super) stuck: [Option<Stuck>; MAX_THREADS],
    /// What started each thread.
    pub(super) started: [Id; MAX_THREADS],
    /// Streamed stores of each thread that are not drained, by their numbers there.
    streams: [Vec<u16>; MAX_THREADS],
    pub(super) readers: Readers,
    pub(super) progress: Progress,
    pub(super) last_look: LastLook,
    pub(super) fault: Option<Fault>,
    /// Where not all is explored.
    pub(super) decides: Option<Decides>,
}

/// The state of a run, as the facade reaches it.
pub(super) struct Run(pub(super) RefCell<State>);

impl State {
    /// Begins a run of a plan.
    pub(super) fn begin(&mut self, plan: Graph) {
        self.plan = plan;
        self.graph.clear();
        self.repeating = true;
        self.events.iter_mut().for_each(Vec::clear);
        self.firsts.fill(0);
        self.home.fill(false);
        self.states.iter_mut().for_each(Vec::clear);
        self.half = 0;
        self.let_go = 0;
        self.readers.midway = 0;
        self.stuck = Default::default();
        self.started = [Id::FIRST; MAX_THREADS];
        self.streams.iter_mut().for_each(Vec::clear);
        self.progress.begin();
        self.last_look = LastLook::default();
    }

    /// How many events of a thread are still to be repeated.
    pub(super) fn remaining(&self, thread: usize) -> usize {
        match self.repeating {
            true => self.plan.threads[thread].len() - self.graph.threads[thread].len(),
            false => 0,
        }
    }

    /// The next event of a thread that is to be repeated.
    pub(super) fn next(&self, thread: usize) -> Option<Label> {
        let next = self.graph.threads[thread].len();
        self.plan.threads[thread].get(next).copied().filter(|_| self.repeating)
    }

    /// Whether somebody's next event that is to be repeated is that this thread has ended.
    pub(super) fn is_joined(&self, thread: usize) -> bool {
        let joins = |label| matches!(label, Label::Join(other) if usize::from(other) == thread);
        (0..MAX_THREADS).any(|other| self.next(other).is_some_and(joins))
    }

    pub(super) fn performed(&self, event: Id) -> bool {
        event.is_first() || self.graph.threads[event.thread as usize].len() > event.index as usize
    }

    /// Whether a thread may perform its next event now.
    pub(super) fn may_go(&self, thread: usize) -> bool {
        if !self.repeating {
            return true;
        }
        self.next(thread).is_some_and(|label| match label {
            Label::Read { from, .. } => self.performed(from),
            _ => true,
        })
    }

    /// Whether all of the plan is repeated.
    pub(super) fn all_repeated(&self) -> bool {
        self.plan
            .threads
            .iter()
            .zip(&self.graph.threads)
            .all(|(plan, done)| plan.len() == done.len())
    }

    /// All is repeated: from here on the run adds to the graph.
    pub(super) fn repeated(&mut self) {
        self.repeating = false;
        self.graph.goes_round = self.plan.goes_round;
        self.graph.mo.clone_from(&self.plan.mo);
        self.graph.order.clone_from(&self.plan.order);
        self.graph.held.clone_from(&self.plan.held);
    }

    pub(super) fn astray(&mut self) {
        let events = self.graph.threads.iter().map(Vec::len).sum();
        self.fault.get_or_insert(Fault::NotDeterministic(events));
    }

    /// The objects have these numbers.
    pub(super) fn know(&mut self, objects: &[Object]) {
        for object in objects {
            self.number(Place { object: *object, first: 0 });
        }
    }

    /// The number of an object.
    pub(super) fn number(&mut self, place: Place) -> Number {
        let new = self.objects.len() as Number;
        let number = *self.numbers.entry(place.object).or_insert(new);
        if number == new {
            self.readers.know(place.object);
            self.objects.push(place.object);
            self.firsts.push(0);
            self.home.push(false);
            self.states.push(Vec::new());
        }
        self.firsts[number as usize] = place.first;
        number
    }

    pub(super) fn value(&self, number: Number, event: Id) -> u64 {
        match event.is_first() {
            true => self.firsts[number as usize],
            false => self.events[event.thread as usize][event.index as usize].value,
        }
    }

    /// Adds an event of a thread to the graph; if it is not repeated, also to the order of
    /// additions.
    pub(super) fn add(&mut self, thread: usize, label: Label, value: u64) -> Id {
        let event = self.graph.push(thread, label);
        if !self.repeating {
            self.graph.order.push(event);
        }
        if matches!(label, Label::Read { .. }) {
            self.progress.looked(thread);
        }
        let before = clocks::now(thread);
        let mut time = before[thread];
        match label {
            Label::Write { streamed: true, .. } => {
                time = u32::MAX;
                self.streams[thread].push(event.index);
            }
            _ if drains(label) => {
                for stream in self.streams[thread].drain(..) {
                    self.events[thread][stream as usize].time = time;
                }
                clocks::goes_on(thread);
            }
            _ => {}
        }
        let step = record::next();
        self.events[thread].push(Event { value, time, before, after: None, step });
        event
    }

    /// Whether a write leaves its word as it was.
    pub(super) fn leaves_the_value(&self, object: Number, write: Id) -> bool {
        // What threads wait for has no values.
        self.states[object as usize].is_empty()
            && self.graph.exclusive(write)
            && self
                .graph
                .reads_of(write)
                .is_some_and(|from| self.value(object, from) == self.value(object, write))
    }

    /// The write to a word that is the newest of those performed so far.
    pub(super) fn newest(&self, number: Number) -> Id {
        let graph = if self.repeating { &self.plan } else { &self.graph };
        let mut writes = graph.writes(number).iter().rev();
        writes.find(|write| self.performed(**write)).copied().unwrap_or(Id::FIRST)
    }

    /// Of which store a value is that is not the newest, and which newer ones there are.
    pub(super) fn old(&self, number: Number, from: Id) -> Old {
        let graph = if self.repeating { &self.plan } else { &self.graph };
        let newer = graph.writes(number)[graph.place(number, from).unwrap_or(0)..].iter();
        let step = |event: Id| self.events[event.thread as usize][event.index as usize].step;
        Old {
            of: (!from.is_first()).then(|| step(from)),
            newer: newer
                .filter(|write| self.performed(**write))
                .map(|write| step(*write))
                .collect(),
        }
    }

    pub(super) fn known_number(&self, object: Object) -> Option<Number> {
        self.numbers.get(&object).copied()
    }

    /// Repeats a read; what is read, and what is to be written with it.
    pub(super) fn repeat_read(
        &mut self,
        thread: usize,
        number: Number,
        locked: bool,
        reading: Reading<'_>,
    ) -> Option<ReadNow> {
        let Some(Label::Read { object, from, .. }) = self.next(thread) else { return None };
        if object != number {
            return None;
        }
        let value = self.value(number, from);
        let (order, new) = written(value, reading);
        let exclusive = new.is_some();
        self.add(thread, Label::Read { object, order, from, exclusive, locked }, value);
        Some((from, value, new.map(|new| (order, new))))
    }
}
