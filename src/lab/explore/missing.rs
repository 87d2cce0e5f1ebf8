//! The edge that is missing between two accesses of a data race: a value that went from the thread of
//! the first to the thread of the second in between, by accesses that are too weak to order them.

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Release, SeqCst};

use super::panics::file_name;
use super::steps::{self, Names};
use crate::report::{Edge, EdgeEnd};
use crate::rt::clocks::{DataRace, Does};
use crate::rt::op::Memory;
use crate::rt::record::{Event, Record};

/// The last value that went from one to the other between the two accesses; none if there is none.
pub(super) fn edge(
    record: &Record,
    race: &DataRace,
    names: &Names,
    actors: &[&str],
) -> Option<Edge> {
    let events = &record.events;
    let (first, second) = (&race.first, &race.second);
    let end = |thread: usize, at| {
        events.iter().rposition(|event| event.thread == thread && event.at == at)
    };
    let until = end(second.thread, second.at).unwrap_or(events.len());
    // What the first has stored is what the second reads.
    let (until, after) = match second.does {
        Does::Follows => ((until + 1).min(events.len()), 0),
        _ => (until, 1),
    };
    // Making an object is no step of its own: whatever its maker wrote may come after that.
    let from = match first.does {
        Does::Makes => 0,
        _ => end(first.thread, first.at).filter(|from| *from < until)? + after,
    };
    let wrote = |event: &Event| {
        event.thread == first.thread
            && event.wrote.is_some()
            && matches!(event.op.kind.memory(), Memory::Writes | Memory::Updates)
    };
    let read = |event: &Event| event.thread == second.thread && event.order.is_some();
    let mut pairs = (from..until).rev().filter(|at| read(&events[*at])).filter_map(|at| {
        let reads = &events[at];
        let before = events[from..at].iter().rev();
        // What it read is what the last write of this thread to the word wrote.
        let mut writes = before.filter(|event| event.op.object == reads.op.object);
        let write = writes.find(|event| wrote(event))?;
        (reads.read.is_some() && reads.read == write.wrote).then_some((write, reads))
    });
    let (write, read) = pairs.next()?;
    let weak = |order: Option<Ordering>, strong: &[Ordering]| {
        order.is_some_and(|order| !strong.contains(&order))
    };
    let side = |event: &Event, weak: bool| EdgeEnd {
        actor: steps::name(actors, event.thread),
        op: event.name.to_string(),
        ordering: event.order.map(|order| format!("{order:?}")).unwrap_or_default(),
        weak,
        file: file_name(event.at.file()).to_string(),
        line: event.at.line(),
    };
    let releases = weak(write.order, &[Release, AcqRel, SeqCst]);
    let acquires = weak(read.order, &[Acquire, AcqRel, SeqCst]);
    (releases || acquires).then(|| Edge {
        object: names.at(write.address),
        write: side(write, releases),
        read: side(read, acquires),
    })
}
