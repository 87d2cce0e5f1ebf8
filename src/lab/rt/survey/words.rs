//! What each thread does to each word: which of loom's traps that walks into.

use std::collections::BTreeMap;

use crate::rt::observe::Seen;
use crate::rt::op::{Kind, Memory, Object};

/// What one thread did to one object in one execution.
#[derive(Clone, Copy, Debug, Default)]
struct Did {
    reads: u32,
    writes: u32,
    /// It read, and wrote in a later operation.
    read_then_wrote: bool,
}

/// What the threads did to each object, at most, over all executions.
#[derive(Debug, Default)]
pub(super) struct Words {
    most: BTreeMap<Object, BTreeMap<usize, Did>>,
    now: BTreeMap<(Object, usize), Did>,
    /// A lock was tried for.
    pub(super) tries: bool,
    /// Readers of one lock.
    readers: BTreeMap<Object, u16>,
    /// How often one thread was given its token, in one execution and at most.
    tokens: BTreeMap<Object, u32>,
    pub(super) tokens_given: u32,
}

impl Words {
    pub(super) fn begin(&mut self) {
        self.now.clear();
        self.tokens.clear();
    }

    pub(super) fn see(&mut self, thread: usize, seen: &Seen) {
        let object = seen.op.object;
        match seen.op.kind {
            Kind::TryLock | Kind::TryReadLock => self.tries = true,
            Kind::ReadLock => *self.readers.entry(object).or_default() |= 1 << thread,
            Kind::Unpark => {
                let given = self.tokens.entry(object).or_default();
                *given += 1;
                self.tokens_given = self.tokens_given.max(*given);
            }
            Kind::CellRead | Kind::CellWrite => return,
            _ => {}
        }
        if seen.op.kind.memory() == Memory::Untouched {
            return;
        }
        let now = self.now.entry((object, thread)).or_default();
        now.read_then_wrote |= now.reads > 0 && seen.wrote.is_some();
        now.reads += seen.read.is_some() as u32;
        now.writes += seen.wrote.is_some() as u32;
        let most = self.most.entry(object).or_default().entry(thread).or_default();
        most.reads = most.reads.max(now.reads);
        most.writes = most.writes.max(now.writes);
        most.read_then_wrote |= now.read_then_wrote;
    }

    fn pairs(&self, wanted: impl Fn(&Did, &Did) -> bool) -> bool {
        self.most.values().any(|threads| {
            threads.iter().any(|(one, did)| {
                threads.iter().any(|(other, theirs)| one != other && wanted(did, theirs))
            })
        })
    }

    /// A thread reads a word and writes it later, and another touches it twice and writes it: loom
    /// loses interleavings of such accesses.
    pub(super) fn loses_interleavings(&self) -> bool {
        self.pairs(|did, theirs| {
            did.read_then_wrote && theirs.writes > 0 && theirs.reads + theirs.writes > 1
        })
    }

    /// A thread writes a word twice, and another writes it and reads it: loom shows orders of these
    /// stores that are none.
    pub(super) fn is_incoherent(&self) -> bool {
        self.pairs(|did, theirs| did.writes > 1 && theirs.writes > 0 && theirs.reads > 0)
    }

    /// Two threads read under one lock: for loom the one that gives it back comes before the next.
    pub(super) fn readers_meet(&self) -> bool {
        self.readers.values().any(|threads| threads.count_ones() > 1)
    }
}
