//! Locks whose readers have a part each ([`crate::rt::parts`]): which they are.
//!
//! A lock that several threads have read under is taken apart; then what was explored of it is
//! explored anew. One that anybody has tried for stays whole: an attempt looks at all of a lock at
//! once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::revisit::{Sabotage, is};
use crate::rt::op::Object;

/// Which locks are in parts: for each the readers that have one, a bit each.
#[derive(Clone, Debug, Default)]
pub(super) struct Apart {
    pub(super) locks: BTreeMap<Object, u16>,
    /// Locks that somebody has tried for.
    pub(super) tried: BTreeSet<Object>,
}

/// After so many graphs a lock stays as it is: they would have been explored in vain.
const EARLY: u64 = 100;

#[derive(Default)]
pub(super) struct Readers {
    /// As it is explored now.
    apart: Apart,
    /// Who has read under each lock, in all runs.
    pub(super) read: HashMap<Object, u16>,
    /// Locks that somebody has tried for.
    pub(super) tried: BTreeSet<Object>,
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
