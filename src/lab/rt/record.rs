//! The record of one execution: every operation, and the memory after it.

use std::sync::atomic::Ordering;

use super::observe::Seen;
use super::op::{Kind, Op};
use super::spot::Spot;
use super::{context, ended};
use crate::fields::Leaf;

/// Which store an old value was of, and which newer ones there were: by their numbers in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Old {
    pub(crate) of: Option<u32>,
    pub(crate) newer: Vec<u32>,
}

/// One recorded operation.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) thread: usize,
    pub(crate) op: Op,
    pub(crate) name: &'static str,
    pub(crate) order: Option<Ordering>,
    pub(crate) read: Option<u64>,
    pub(crate) wrote: Option<u64>,
    pub(crate) newest: Option<u64>,
    pub(crate) old: Option<Old>,
    pub(crate) address: usize,
    pub(crate) at: Spot,
    /// The value of each leaf of the shared memory after this operation.
    pub(crate) memory: Vec<Option<u64>>,
}

impl Event {
    fn new(thread: usize, seen: &Seen, memory: Vec<Option<u64>>) -> Event {
        Event {
            thread,
            op: seen.op,
            name: seen.name,
            order: seen.order,
            read: seen.read,
            wrote: seen.wrote,
            newest: seen.newest,
            old: None,
            address: seen.address,
            at: seen.at,
            memory,
        }
    }

    /// As it was seen.
    pub(crate) fn seen(&self) -> Seen {
        Seen {
            op: self.op,
            name: self.name,
            order: self.order,
            read: self.read,
            wrote: self.wrote,
            newest: self.newest,
            points: false,
            address: self.address,
            at: self.at,
        }
    }
}

/// Everything recorded of one execution.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    /// Its words, and where heap nodes hang that it owns.
    pub(crate) leaves: Vec<Leaf>,
    /// The value of each leaf before the first step.
    pub(crate) initial: Vec<Option<u64>>,
    pub(crate) events: Vec<Event>,
    /// An access to plain memory that has begun: the last that there is, where loom ends at it.
    pub(crate) begun: Option<Event>,
    /// What the operation that is being performed has read of, where that is not the newest.
    old: Option<Old>,
    /// The last event is a write through a guard or a pointer, which may be going on.
    writing: bool,
}

impl Record {
    /// Whatever the last event wrote lies in the memory by now, and nobody else has written since.
    fn settle(&mut self) {
        if std::mem::take(&mut self.writing)
            && let Some(last) = self.events.last_mut()
        {
            last.memory = snapshot(&self.leaves);
        }
    }
}

/// Begins a record of shared memory that consists of these words.
pub(crate) fn begin(leaves: Vec<Leaf>) {
    let initial = snapshot(&leaves);
    let record = Record { leaves, initial, ..Record::default() };
    context::with(|context| context.record.replace(record));
}

/// Takes the record of the last execution.
pub(crate) fn take() -> Record {
    context::with(|context| context.record.take())
}

pub(crate) fn operation(thread: usize, seen: &Seen) {
    context::with(|context| {
        let mut record = context.record.borrow_mut();
        // A guard is used without an announcement.
        record.settle();
        let memory = snapshot(&record.leaves);
        record.begun = None;
        record.writing = seen.op.kind == Kind::CellWrite && seen.wrote.is_none();
        let old = record.old.take();
        record.events.push(Event { old, ..Event::new(thread, seen, memory) });
    });
}

/// The number that the operation which is being performed will have.
pub(crate) fn next() -> u32 {
    context::with(|context| context.record.borrow().events.len() as u32)
}

/// The operation that is being performed has read an old value.
pub(crate) fn reads(old: Old) {
    context::with(|context| {
        if context.recording() {
            context.record.borrow_mut().old = Some(old);
        }
    });
}

/// A thread is about to do its next operation, or has ended: before another goes on.
pub(crate) fn settle() {
    context::with(|context| context.record.borrow_mut().settle());
}

/// An access to plain memory begins.
pub(crate) fn begins(thread: usize, seen: &Seen) {
    context::with(|context| {
        let mut record = context.record.borrow_mut();
        let memory = snapshot(&record.leaves);
        record.begun = Some(Event::new(thread, seen, memory));
    });
}

fn snapshot(leaves: &[Leaf]) -> Vec<Option<u64>> {
    let ended = context::with(|context| context.any_ended());
    let value = |leaf: &Leaf| {
        // What the memory owned on the heap may be gone.
        let gone = ended && ended::dead_within(leaf.address..leaf.address + leaf.size);
        // Safety: the harness holds the memory during the whole execution, whose threads take
        // turns; what its threads have freed of it is left out.
        if gone { None } else { unsafe { leaf.value() } }
    };
    leaves.iter().map(value).collect()
}
