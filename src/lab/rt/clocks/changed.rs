//! Plain memory behind pointers that changes though no operation says so: the bytes of what was
//! published are kept, and held against what is there when its threads come to their next operation.
//!
//! Whoever changes them must come after all who may read them, as one who frees them must. Where a
//! lock or a cell lies among the bytes it orders what lies in it, and they are left alone.

use std::collections::BTreeMap;

use super::access::Does;
use super::{Clocks, Sabotage, is};
use crate::rt::context::{self, CLOCKS};
use crate::rt::observe::Seen;
use crate::rt::op::{Kind, MAX_THREADS};
use crate::rt::spot::Spot;

/// No more bytes are kept of what one pointer leads to: a structure's node is smaller.
const MOST: usize = 1 << 16;

/// What is kept of what lies behind pointers.
#[derive(Default)]
pub(super) struct Kept {
    /// The heap's blocks that were made in this execution, and how long each is.
    blocks: BTreeMap<usize, usize>,
    watched: Vec<Watched>,
    /// The last operation of each thread.
    last: [Option<Spot>; MAX_THREADS],
}

struct Watched {
    /// What the pointer points to; the bytes from there to the end of its block are kept.
    pointee: u64,
    bytes: Vec<u8>,
    /// Something that is no atomic lies among them.
    mixed: bool,
}

impl Watched {
    fn holds(&self, address: usize) -> bool {
        (self.pointee as usize..self.pointee as usize + self.bytes.len()).contains(&address)
    }

    /// The byte that is now where one was kept.
    fn now(&self, at: usize) -> u8 {
        let place = (self.pointee as usize + at) as *const u8;
        // Safety: the block is alive, for its end is told before the system has it back; all threads
        // of an execution run on this one. Nobody says what lies between two fields: it is looked at
        // as a device would be, and what it is matters only where it changes.
        unsafe { place.read_volatile() }
    }

    fn has_changed(&self) -> bool {
        (0..self.bytes.len()).any(|at| self.bytes[at] != self.now(at))
    }

    fn keep(&mut self) {
        for at in 0..self.bytes.len() {
            self.bytes[at] = self.now(at);
        }
    }
}

impl Kept {
    pub(super) fn clear(&mut self) {
        self.blocks.clear();
        self.watched.clear();
        self.last = [None; MAX_THREADS];
    }

    /// A pointer to this is known now.
    pub(super) fn watch(&mut self, pointee: u64) {
        let address = pointee as usize;
        if self.watched.iter().any(|watched| watched.pointee == pointee) {
            return;
        }
        let block = self.blocks.range(..=address).next_back();
        let Some(length) = block.and_then(|(start, size)| (start + size).checked_sub(address))
        else {
            return;
        };
        if length > 0 {
            let bytes = vec![0; length.min(MOST)];
            let mut watched = Watched { pointee, bytes, mixed: false };
            watched.keep();
            self.watched.push(watched);
        }
    }

    /// Memory of the heap has gone, which was so long at least.
    fn gone(&mut self, address: usize, size: usize) {
        let size = self.blocks.remove(&address).unwrap_or(size);
        let inside = address as u64..(address + size) as u64;
        self.watched.retain(|watched| !inside.contains(&watched.pointee));
    }

    /// An operation was performed: whatever it changed was its to change.
    pub(super) fn performed(&mut self, thread: usize, seen: &Seen) {
        self.last[thread] = Some(seen.at);
        let atomic =
            matches!(seen.op.kind, Kind::Load | Kind::Store | Kind::Rmw | Kind::Fence | Kind::End);
        if !atomic {
            let inside = |watched: &&mut Watched| watched.holds(seen.address);
            self.watched.iter_mut().filter(inside).for_each(|watched| watched.mixed = true);
        }
        self.settle();
    }

    /// What is there now is as it should be.
    fn settle(&mut self) {
        self.watched.iter_mut().filter(|watched| !watched.mixed).for_each(Watched::keep);
    }
}

impl Clocks {
    /// A thread has come to its next operation, or to its end: what has changed meanwhile it has
    /// changed.
    fn look_behind(&mut self, thread: usize) {
        let kept = &mut self.behind.kept;
        if is(Sabotage::ChangesFreely) {
            return;
        }
        let changed = kept.watched.iter_mut().filter(|watched| !watched.mixed);
        let changed = changed.filter(|watched| watched.has_changed());
        let changed: Vec<u64> = changed
            .map(|watched| {
                watched.keep();
                watched.pointee
            })
            .collect();
        let at = kept.last[thread].unwrap_or(Spot::unknown());
        for pointee in changed {
            let second = self.by(thread, Does::Changes, at);
            for race in self.behind.changes(pointee, second) {
                if self.unordered(&race.first, thread) {
                    self.races.push(race);
                }
            }
        }
    }
}

/// As [`Clocks::look_behind`], where clocks are kept.
#[inline]
pub(in crate::rt) fn look(thread: usize) {
    with_kept(|clocks| clocks.look_behind(thread));
}

/// The operation of a thread has done what it does.
#[inline]
pub(in crate::rt) fn settle() {
    with_kept(|clocks| clocks.behind.kept.settle());
}

fn with_kept(f: impl FnOnce(&mut Clocks)) {
    context::with(|context| {
        if context.watching.get() & CLOCKS != 0
            && let Ok(mut clocks) = context.clocks.try_borrow_mut()
            && !clocks.behind.kept.watched.is_empty()
        {
            f(&mut clocks);
        }
    });
}

/// The program's heap has made memory.
pub(in crate::rt) fn made(address: usize, size: usize) {
    with_heap(|kept| {
        kept.blocks.insert(address, size);
    });
}

/// The program's heap is about to have memory back, of which this is the size.
pub(super) fn gone(address: usize, size: usize) {
    with_heap(|kept| kept.gone(address, size));
}

fn with_heap(f: impl FnOnce(&mut Kept)) {
    context::try_with(|context| {
        // What the clocks themselves make is none of the program's.
        if context.watching.get() & CLOCKS != 0
            && let Ok(mut clocks) = context.clocks.try_borrow_mut()
        {
            f(&mut clocks.behind.kept);
        }
    });
}
