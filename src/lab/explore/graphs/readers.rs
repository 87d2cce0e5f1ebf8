//! Locks whose readers have a part each ([`crate::rt::parts`]): which they are.
//!
//! A lock that several threads have read under is taken apart; then what was explored of it is
//! explored anew. One that anybody has tried for stays whole: an attempt looks at all of a lock at
//! once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::revisit::{Sabotage, is};
use super::run::{Fault, State, Stuck};
use crate::rt::op::{Kind, Object, Op};
use crate::rt::parts;
use crate::rt::values::Place;

/// Which locks are in parts: for each the readers that have one, a bit each.
#[derive(Clone, Debug, Default)]
pub(super) struct Apart {
    locks: BTreeMap<Object, u16>,
    /// Locks that somebody has tried for.
    tried: BTreeSet<Object>,
}

/// After so many graphs a lock stays as it is: they would have been explored in vain.
const EARLY: u64 = 100;

#[derive(Default)]
pub(super) struct Readers {
    /// As it is explored now.
    apart: Apart,
    /// Who has read under each lock, in all runs.
    read: HashMap<Object, u16>,
    /// Locks that somebody has tried for.
    tried: BTreeSet<Object>,
    /// Threads that have performed an operation on one part and have others before them: a bit each.
    pub(super) midway: u16,
}

impl Readers {
    /// Those that have a part of a lock to themselves.
    pub(super) fn of(&self, lock: Object) -> u16 {
        self.apart.locks.get(&lock).copied().unwrap_or(0)
    }

    /// An object is known from here on.
    pub(super) fn know(&mut self, object: Object) {
        if object.reader() != 0 {
            *self.apart.locks.entry(object.whole()).or_default() |= 1 << object.reader();
        }
    }

    /// The locks that are better in parts, after so many graphs; none where they are as they should
    /// be.
    pub(super) fn anew(&self, graphs: u64) -> Option<Apart> {
        let mut apart = self.apart.clone();
        apart.tried.extend(&self.tried);
        for (lock, readers) in self.read.iter().filter(|_| graphs <= EARLY) {
            let readers = readers | self.of(*lock);
            if readers.count_ones() > 1 {
                apart.locks.insert(*lock, readers);
            }
        }
        apart.locks.retain(|lock, _| !apart.tried.contains(lock));
        (apart.locks != self.apart.locks && !is(Sabotage::ReadersInOrder)).then_some(apart)
    }
}

impl State {
    /// These locks are in parts.
    pub(super) fn take_apart(&mut self, apart: &Apart) {
        self.readers.tried.clone_from(&apart.tried);
        for (lock, readers) in &apart.locks {
            let parts = (1..u16::BITS as usize).filter(|reader| readers >> reader & 1 == 1);
            let mut parts: Vec<Object> = parts.map(|reader| lock.part(reader)).collect();
            parts.push(*lock);
            parts.into_iter().for_each(|object| {
                self.number(Place { object, first: 0 });
            });
        }
    }

    /// A thread performs this operation, on a whole or on a part.
    pub(super) fn meets(&mut self, thread: usize, op: Op) {
        let lock = op.object.whole();
        match op.kind {
            Kind::ReadLock if thread > 0 => {
                *self.readers.read.entry(lock).or_default() |= 1 << thread
            }
            Kind::TryLock | Kind::TryReadLock => {
                self.readers.tried.insert(lock);
                if self.readers.of(lock) != 0 {
                    self.fault.get_or_insert(Fault::Tried);
                }
            }
            _ => {}
        }
    }

    /// A thread has performed an operation on this part.
    pub(super) fn met_part(&mut self, thread: usize, op: Op) {
        let midway = parts::goes_on(op, self.readers.of(op.object.whole()));
        self.readers.midway = self.readers.midway & !(1 << thread) | (midway as u16) << thread;
    }

    /// Whether a writer has yet to take the first part of a lock that it could not take all of. It
    /// waits without any, as long as others go on: a part alone would hold up its reader for nothing.
    pub(super) fn waits_whole(&mut self, thread: usize, op: Op) -> bool {
        let first = op.kind == Kind::Lock && self.readers.midway >> thread & 1 == 0;
        let readers = self.readers.of(op.object.whole());
        first
            && readers != 0
            && parts::of(op, readers).any(|part| {
                let state = self.last_state(part.object);
                !state.ready(part, thread)
            })
    }

    /// Whether a reader waits for a writer that itself waits, and has taken only its part: then it
    /// has come too late, which is none of a lock's doing.
    pub(super) fn came_between(&self, thread: usize) -> bool {
        let Some(Stuck::Waits(op)) = self.stuck[thread] else { return false };
        let holds = |object: Object| {
            let number = self.known_number(object)?;
            self.state_of(number, self.newest(number)).holder()
        };
        !is(Sabotage::NeverCameBetween)
            && op.kind == Kind::ReadLock
            && op.object.reader() != 0
            && holds(op.object) != holds(op.object.whole())
    }
}
