//! The record of one execution: every operation, and the memory after it.

use std::cell::RefCell;
use std::panic::Location;
use std::sync::atomic::Ordering;

use super::observe::Seen;
use super::op::Op;
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
    pub(crate) at: &'static Location<'static>,
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

thread_local! {
    static RECORD: RefCell<Record> = RefCell::new(Record::default());
}

/// Begins a record of shared memory that consists of these words.
pub(crate) fn begin(leaves: Vec<Leaf>) {
    let initial = snapshot(&leaves);
    RECORD.with(|record| {
        *record.borrow_mut() = Record { leaves, initial, events: Vec::new() };
    });
}

/// Takes the record of the last execution.
pub(crate) fn take() -> Record {
    RECORD.with(|record| std::mem::take(&mut *record.borrow_mut()))
}

pub(crate) fn operation(thread: usize, seen: &Seen) {
    RECORD.with(|record| {
        let mut record = record.borrow_mut();
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
    leaves.iter().map(Leaf::value).collect()
}
