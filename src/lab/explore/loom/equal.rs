//! A stale read of an equal value: loom says what was read, and not which store of that value.

use crate::rt::clocks;
use crate::rt::op::Kind;
use crate::rt::record::{Event, Record};

/// Marks the read that must have been stale where loom ends at a race although every read seems to
/// return the newest value: if the clocks, which take each of them for a read of the newest store,
/// find the accesses ordered, then some read returned an older store of an equal value. Where only
/// one can have, it is that.
///
/// Under loom, right after the execution was replayed with the clocks on.
pub(super) fn mark(record: &mut Record) {
    let Some(begun) = &record.begun else { return };
    if record.events.iter().any(|event| event.newest.is_some()) {
        return;
    }
    clocks::operation(begun.thread, &begun.seen());
    if clocks::raced() {
        return;
    }
    let all = 0..record.events.len();
    let doubtful: Vec<usize> = all.filter(|&at| may_be_stale(record, at)).collect();
    if let [only] = doubtful[..] {
        let event = &mut record.events[only];
        event.newest = event.read;
    }
}

/// Whether a load returned what another thread stored last, and an older store has the same value.
fn may_be_stale(record: &Record, at: usize) -> bool {
    let load = &record.events[at];
    let (Kind::Load, Some(value)) = (load.op.kind, load.read) else { return false };
    let writes = |event: &&Event| event.op.object == load.op.object && event.wrote.is_some();
    let mut before = record.events[..at].iter().rev().filter(writes);
    let Some(newest) = before.next() else { return false };
    let leaf = record.leaves.iter().position(|leaf| leaf.address == load.address);
    let initial = leaf.and_then(|leaf| record.initial.get(leaf).copied().flatten());
    let older = before.any(|event| event.wrote == Some(value)) || initial == Some(value);
    newest.thread != load.thread && newest.wrote == Some(value) && older
}
