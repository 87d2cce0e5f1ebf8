//! The record of one execution: every operation, and the memory after it.

use std::sync::atomic::Ordering;

use super::observe::Seen;
use super::op::Op;
use super::place::Place;
use super::{clocks, context};
use crate::fields::Leaf;

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
    pub(crate) address: usize,
    pub(crate) at: Place,
    /// The value of each leaf of the shared memory after this operation.
    pub(crate) memory: Vec<Option<u64>>,
}

/// Everything recorded of one execution.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    /// Its words, and where heap nodes hang that it owns.
    pub(crate) leaves: Vec<Leaf>,
    /// The value of each leaf before the first step.
    pub(crate) initial: Vec<Option<u64>>,
    pub(crate) events: Vec<Event>,
}

/// Begins a record of shared memory that consists of these words.
pub(crate) fn begin(leaves: Vec<Leaf>) {
    let initial = snapshot(&leaves);
    let record = Record { leaves, initial, events: Vec::new() };
    context::with(|context| context.record.replace(record));
}

/// Takes the record of the last execution.
pub(crate) fn take() -> Record {
    context::with(|context| context.record.take())
}

pub(crate) fn operation(thread: usize, seen: &Seen) {
    context::with(|context| {
        let mut record = context.record.borrow_mut();
        let memory = snapshot(&record.leaves);
        record.events.push(Event {
            thread,
            op: seen.op,
            name: seen.name,
            order: seen.order,
            read: seen.read,
            wrote: seen.wrote,
            newest: seen.newest,
            address: seen.address,
            at: seen.at,
            memory,
        });
    });
}

fn snapshot(leaves: &[Leaf]) -> Vec<Option<u64>> {
    let ended = context::with(|context| context.any_ended());
    let value = |leaf: &Leaf| {
        // What the memory owned on the heap may be gone.
        let gone = ended && clocks::dead_within(leaf.address..leaf.address + leaf.size);
        // Safety: the harness holds the memory during the whole execution, whose threads take
        // turns; what its threads have freed of it is left out.
        if gone { None } else { unsafe { leaf.value() } }
    };
    leaves.iter().map(value).collect()
}
