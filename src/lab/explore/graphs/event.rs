//! What a run knows of an event, and what follows of it for others.

use std::sync::atomic::Ordering;

use super::graph::{Graph, Label};
use super::revisit::{Sabotage, is};
use crate::rt::clocks::Clock;
use crate::rt::op::MAX_THREADS;
use crate::rt::values::{Id, Reading};

/// What a run knows of an event.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// What it read or wrote.
    pub(super) value: u64,
    /// How far its thread had come: whoever has this in its clock comes after it. A streamed store
    /// is before nothing of another thread until it is drained.
    pub(super) time: u32,
    /// What came before it, and what comes before what its thread does next.
    pub(super) before: Clock,
    pub(super) after: Option<Clock>,
    /// Its number in the record, where one is made.
    pub(super) step: u32,
}

/// What a read reads, its value, and with which ordering another is to be written with it.
pub(super) type ReadNow = (Id, u64, Option<(Ordering, u64)>);

/// What a read of this value is, and what is then written with it.
pub(super) fn written(value: u64, reading: Reading<'_>) -> (Ordering, Option<u64>) {
    let (order, new) = reading(value);
    (order, new.filter(|new| *new != value || !is(Sabotage::SameIsRead)))
}

/// How far a thread had come when it last drained its streamed stores, before this event.
pub(super) fn drained(graph: &Graph, events: &[Vec<Event>; MAX_THREADS], before: Id) -> u32 {
    let thread = before.thread as usize;
    let mut labels = graph.threads[thread][..before.index as usize].iter();
    let last = labels.rposition(|label| drains(*label));
    last.map_or(0, |last| events[thread][last].time)
}

/// Whether streamed stores before this are seen by all when it is performed.
pub(super) fn drains(label: Label) -> bool {
    match label {
        Label::Fence(order) => order.is_none_or(|order| order == Ordering::SeqCst),
        Label::Read { locked, .. } => locked,
        Label::Write { order, exclusive, .. } => exclusive || order == Ordering::SeqCst,
        Label::Join(_) => true,
        Label::Whim(_) => false,
    }
}
