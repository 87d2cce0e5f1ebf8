//! What becomes of an operation on a lock that is in parts ([`super::readers`]).

use super::readers::Apart;
use super::revisit::{Sabotage, is};
use super::run::{Fault, State, Stuck};
use crate::rt::op::{Kind, Object, Op};
use crate::rt::parts;
use crate::rt::values::Place;

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
