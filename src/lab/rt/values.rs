//! Who decides what a read returns, where it is not simply the newest value.
//!
//! Under a scheduler alone each word has one value, and a read returns it. An engine that explores
//! execution graphs decides instead which write each read reads from; it is asked here, from within
//! the operation, after its thread was chosen. The facade does not know which engine that is.

use std::rc::Rc;
use std::sync::atomic::Ordering;

use super::clocks::Clock;
use super::context;
use super::meeting::Came;
use super::op::{Object, Op};

/// A write of one execution: the thread that made it, and its number among that thread's events.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub(crate) struct Id {
    pub(crate) thread: u8,
    pub(crate) index: u16,
}

impl Id {
    /// What a word was made with, in place of a write.
    pub(crate) const FIRST: Id = Id { thread: u8::MAX, index: 0 };

    /// The event of this number of a thread.
    pub(crate) fn new(thread: usize, index: usize) -> Id {
        Id { thread: thread as u8, index: index as u16 }
    }

    pub(crate) fn is_first(self) -> bool {
        self.thread == u8::MAX
    }
}

impl Default for Id {
    fn default() -> Id {
        Id::FIRST
    }
}

impl std::fmt::Debug for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.is_first() {
            true => f.write_str("first"),
            false => write!(f, "{}.{}", self.thread, self.index),
        }
    }
}

/// A word, and what it was made with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) object: Object,
    pub(crate) first: u64,
}

/// Of a value that could be read: with which ordering it is, and what is then written in the same
/// step. It may be asked of several values.
pub(crate) type Reading<'a> = &'a mut dyn FnMut(u64) -> (Ordering, Option<u64>);

/// What one operation read and wrote of one object: what the clocks follow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Touched {
    pub(crate) object: Object,
    /// The write that it read from; none if it only wrote.
    pub(crate) from: Option<Id>,
    pub(crate) wrote: Option<Id>,
    /// Of a streamed store: how far its thread had come when it last drained such. It releases no
    /// more of that thread than this.
    pub(crate) drained: Option<u32>,
}

/// Decides the values of one exploration. Each call is made by the thread that performs the
/// operation, after its scheduling point.
pub(crate) trait Values {
    /// Reads a word, and perhaps writes it in the same step. `locked` says that it is one
    /// instruction that locks the word, whatever it then does.
    fn read(&self, thread: usize, place: Place, locked: bool, reading: Reading<'_>) -> u64;
    fn write(&self, thread: usize, place: Place, value: u64, order: Ordering, streamed: bool);
    /// A fence; without an ordering, one for streamed stores alone.
    fn fence(&self, thread: usize, order: Option<Ordering>);
    /// An operation on what threads wait for, which is possible.
    fn meet(&self, thread: usize, op: Op) -> Came;
    /// Whether such an operation is possible without waiting.
    fn could(&self, thread: usize, op: Op) -> bool;
    /// Readers that have a part of a lock to themselves: a bit each. See [`super::parts`].
    fn readers(&self, lock: Object) -> u16;
    /// Who holds a lock for itself alone.
    fn holder(&self, object: Object) -> Option<usize>;
    /// A thread begins another call of a structure.
    fn call_begins(&self, thread: usize);
    /// A thread was started.
    fn started(&self, by: usize, thread: usize);
    /// The newest value of a word that actors have written.
    fn newest(&self, object: Object) -> Option<u64>;
    /// As `newest`, for whoever has the word for itself from now on.
    fn take_newest(&self, object: Object) -> Option<u64>;
    /// What a thread knows when it has told of its last operation.
    fn told(&self, thread: usize, clock: &Clock);
    /// The actors have ended: the rest is the harness's.
    fn over(&self);
}

/// Whoever decides values, if anybody does while actors run.
#[inline]
pub(crate) fn deciding() -> Option<Rc<dyn Values>> {
    context::with(|context| match context.decided.get() && context.active.get() {
        true => context.values.borrow().clone(),
        false => None,
    })
}

/// Whoever decides values, also where no actor runs.
#[inline]
pub(crate) fn decided() -> Option<Rc<dyn Values>> {
    context::with(|context| match context.decided.get() {
        true => context.values.borrow().clone(),
        false => None,
    })
}

/// Sets who decides values from now on; returns who did.
pub(crate) fn set(values: Option<Rc<dyn Values>>) -> Option<Rc<dyn Values>> {
    context::with(|context| {
        context.decided.set(values.is_some());
        context.values.replace(values)
    })
}

/// Switches threads in the middle of an operation, and takes up again what it has done so far.
pub(crate) fn pause() {
    let (touched, newest) =
        context::with(|context| (context.touched.take(), context.newest.take()));
    context::point();
    context::with(|context| {
        context.touched.replace(touched);
        context.newest.set(newest);
    });
}

/// Notes what the operation that is being performed reads and writes of an object.
pub(crate) fn touched(object: Object, from: Option<Id>, wrote: Option<Id>) {
    context::with(|context| {
        let mut all = context.touched.borrow_mut();
        match all.iter_mut().find(|touched| touched.object == object) {
            Some(touched) => {
                touched.from = touched.from.or(from);
                touched.wrote = wrote.or(touched.wrote);
            }
            None => all.push(Touched { object, from, wrote, drained: None }),
        }
    });
}

/// What was just written is streamed, by a thread that had come so far when it last drained.
pub(crate) fn streamed(drained: u32) {
    context::with(|context| {
        if let Some(touched) = context.touched.borrow_mut().last_mut() {
            touched.drained = Some(drained);
        }
    });
}
