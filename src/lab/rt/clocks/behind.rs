//! What lies behind a pointer: plain memory that nobody announces, and that is ordered, if it is, by
//! the pointer to it.
//!
//! Whoever stores a pointer first publishes what lies behind it. A thread that reads the pointer must
//! come after that, by an acquiring read or a fence right after it. Where the program's heap is
//! watched, whoever frees what lies behind it must come after all who have read the pointer.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::atomic::Ordering::SeqCst;

use super::access::{Access, DataRace, Does};
use super::changed::{self, Kept};
use super::{Clocks, Sabotage, acquires, is, join, releases};
use crate::rt::context;
use crate::rt::heap::Freed;
use crate::rt::observe::Seen;
use crate::rt::op::{Kind, MAX_THREADS, Object};
use crate::rt::spot::Spot;

/// Pointers, and numbers that are addresses, by what they point to.
#[derive(Default)]
pub(super) struct Behind {
    known: HashMap<u64, Published>,
    /// What lies there, as it was.
    pub(super) kept: Kept,
    /// What was freed, and has not been made again.
    freed: HashMap<u64, Access>,
    /// Threads that have made a release fence since they last published anything.
    fenced: [bool; MAX_THREADS],
    /// Memory that is given back when the execution is over.
    given_back: Vec<Freed>,
    /// A read that the next operation of its thread may put in order: an acquire fence.
    doubtful: [Option<DataRace>; MAX_THREADS],
}

/// What is known of what a pointer points to.
#[derive(Default)]
struct Published {
    /// Who published it, or changed it last; nobody, where the harness did.
    by: Option<Access>,
    /// A pointer to it: where that lies, and which.
    pointer: (usize, Object),
    /// Threads that have read the pointer since: what they store is what they have read.
    readers: [bool; MAX_THREADS],
    /// The last read by each thread that may follow it.
    reads: Vec<Access>,
}

impl Behind {
    pub(super) fn clear(&mut self) {
        self.known.clear();
        self.freed.clear();
        self.kept.clear();
        self.given_back.clear();
        self.doubtful = [None; MAX_THREADS];
        self.fenced = [false; MAX_THREADS];
    }

    /// What lies behind a pointer is changed: with all who may read it, or had changed it.
    pub(super) fn changes(&mut self, pointee: u64, second: Access) -> Vec<DataRace> {
        let Some(known) = self.known.get_mut(&pointee) else { return Vec::new() };
        let (address, object) = known.pointer;
        let before = known.by.into_iter().chain(known.reads.iter().copied());
        let others = before.filter(|first| first.thread != second.thread);
        let races = others.map(|first| DataRace { first, second, address, object }).collect();
        known.by = Some(second);
        races
    }
}

impl Clocks {
    /// Before an operation counts: a read that could still have been put in order, and is not.
    pub(super) fn settle(&mut self, thread: usize, fence: bool) {
        if let Some(race) = self.behind.doubtful[thread].take() {
            let ordered = fence && !self.unordered(&race.first, thread);
            if !ordered {
                self.races.push(race);
            }
        }
    }

    /// All that threads could still have put in order, and have not.
    pub(super) fn settle_all(&mut self) {
        (0..MAX_THREADS).for_each(|thread| self.settle(thread, false));
    }

    /// An operation has read or written a pointer, or a number that is an address.
    ///
    /// `used` is the access to the pointer, from before the operation: what it releases covers it.
    pub(super) fn pointed(&mut self, seen: &Seen, used: Access) {
        let thread = used.thread;
        let order = seen.order.unwrap_or(SeqCst);
        if seen.op.kind == Kind::Fence && releases(order) {
            self.behind.fenced[thread] = true;
        }
        let behind = |value: Option<u64>| value.and_then(|value| pointee(value, seen.points));
        if !matches!(seen.op.kind, Kind::Load | Kind::Store | Kind::Rmw) {
            return;
        }
        let (read, wrote) = (behind(seen.read), behind(seen.wrote));
        if let Some(read) = read {
            self.followed(thread, read, seen);
        }
        if let Some(wrote) = wrote {
            // What it has made came before its fence, if it made one for this.
            let fenced = std::mem::take(&mut self.behind.fenced[thread]) && !releases(order);
            let covered = self.released[thread][thread];
            let time = if fenced && covered > 0 { covered } else { used.time };
            let access = Access { does: Does::Publishes, time, ..used };
            let pointer = (seen.address, seen.op.object);
            self.behind.freed.remove(&wrote);
            let known = self.behind.known.entry(wrote).or_default();
            if !known.readers[thread] {
                *known = Published { by: Some(access), pointer, ..Published::default() };
            }
            self.behind.kept.watch(wrote);
        }
    }

    fn followed(&mut self, thread: usize, pointee: u64, seen: &Seen) {
        let second = self.by(thread, Does::Follows, seen.at);
        let known = self.behind.known.entry(pointee).or_default();
        known.readers[thread] = true;
        known.pointer = (seen.address, seen.op.object);
        if is_left(seen) {
            return;
        }
        known.reads.retain(|read| read.thread != thread);
        known.reads.push(second);
        self.behind.kept.watch(pointee);
        let known = &self.behind.known[&pointee];
        let for_all = is(Sabotage::PublishedForAll) || is(Sabotage::MadeForAll);
        let by = known.by.filter(|by| by.thread != thread && !for_all);
        let race =
            |first| DataRace { first, second, address: seen.address, object: seen.op.object };
        if let Some(first) = self.behind.freed.get(&pointee) {
            self.races.push(race(*first));
        } else if let Some(first) = by.filter(|by| self.unordered(by, thread)) {
            let mut fenced = self.acquirable[thread];
            join(&mut fenced, &self.now[thread]);
            match first.time > fenced[first.thread] {
                true => self.races.push(race(first)),
                false => self.behind.doubtful[thread] = Some(race(first)),
            }
        }
    }

    /// Memory at an address is freed. What others may still read stays until the execution is over.
    fn frees(&mut self, thread: usize, address: u64, freed: Freed) {
        if is(Sabotage::FreesFreely) || is(Sabotage::EndsFreely) {
            return;
        }
        let until = address + freed.size().max(1) as u64;
        let within = |pointee: &&u64| (address..until).contains(*pointee);
        let pointees: Vec<u64> = self.behind.known.keys().filter(within).copied().collect();
        let second = self.by(thread, Does::Drops, Spot::unknown());
        for pointee in &pointees {
            let Some(known) = self.behind.known.remove(pointee) else { continue };
            let (address, object) = known.pointer;
            let before = known.by.into_iter().chain(known.reads);
            for first in before.filter(|first| first.thread != thread) {
                if self.unordered(&first, thread) {
                    self.races.push(DataRace { first, second, address, object });
                }
            }
            self.behind.freed.insert(*pointee, second);
        }
        if !pointees.is_empty() {
            self.behind.given_back.push(freed);
        }
    }
}

/// Whether an operation is an acquire fence.
pub(super) fn is_fence(seen: &Seen) -> bool {
    seen.op.kind == Kind::Fence && acquires(seen.order.unwrap_or(SeqCst))
}

/// Whether an operation reads a pointer that may be followed.
pub(in crate::rt) fn follows(seen: &Seen) -> bool {
    leads(seen) && !is_left(seen)
}

/// Whether an operation reads a pointer, or a number that is an address, whoever follows it.
pub(in crate::rt) fn leads(seen: &Seen) -> bool {
    seen.read.is_some_and(|value| pointee(value, seen.points).is_some())
}

/// Whether nobody follows what is read here, as the source has it.
fn is_left(seen: &Seen) -> bool {
    let file = seen.at.file().rsplit(['/', '\\']).next().unwrap_or_default();
    let left = context::with(|context| context.settings().unfollowed);
    let here = |(name, line): &(String, u32)| *line == seen.at.line() && name == file;
    left.iter().any(|place| place.1 == 0 || here(place))
}

/// What a word points to, without the bits that are no part of an address; nothing, where it points
/// nowhere. A number is an address where it lies near the program, its heap or its stacks.
fn pointee(value: u64, points: bool) -> Option<u64> {
    static HERE: u8 = 0;
    const ADDRESS: u64 = (1 << 48) - 1;
    // As far as a heap or a stack is from what is known of it, at most.
    const NEAR: u64 = 1 << 36;
    let address = value & ADDRESS & !7;
    let local = 0u8;
    let near = |place: &u8| address.abs_diff(place as *const u8 as u64 & ADDRESS) < NEAR;
    let somewhere = cfg!(target_pointer_width = "64") && (near(&HERE) || near(&local));
    (address > 0xffff && (points || somewhere)).then_some(address)
}

/// Whether a number is an address near the program, its heap or its stacks.
pub(in crate::rt) fn is_address(value: u64) -> bool {
    value >> 48 == 0 && pointee(value, false).is_some()
}

/// The current thread gives memory back to the heap.
pub(in crate::rt) fn freed(address: usize, freed: Freed) {
    context::try_with(|context| {
        changed::gone(address, freed.size());
        let watched = context.watching.get() & context::CLOCKS != 0 && context.active.get();
        // What the clocks themselves free is none of the program's.
        if let Ok(mut clocks) = context.clocks.try_borrow_mut()
            && watched
            && !clocks.behind.known.is_empty()
        {
            clocks.frees(context.current.get(), address as u64 & !7, freed);
        }
    });
}
