//! Who watches the operations of a runtime: a checker, or nobody.
//!
//! The front is written once for all runtimes, and does around each operation what its [`Watch`]
//! says: under [`Checker`] an operation is announced, performed, and told to whoever records;
//! under [`Nobody`] it is performed on real threads, and none of this is there.

use std::panic::Location;
use std::sync::atomic::Ordering;

use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::tracked::Tracked;
use super::weaken::{self, Change, Knob};
use super::word::Sealed;
use super::{amplified, context, survey, unwinding};

/// A place in the source, as `#[track_caller]` gives it.
pub(crate) type At = &'static Location<'static>;

/// What the front does around each operation.
#[doc(hidden)]
pub trait Watch: Sealed + 'static {
    /// What an object is known by.
    type Identity: Identity;

    /// Whether a checker performs the operations, one thread at a time.
    const CHECKED: bool;

    /// Whether this thread unwinds, so that it can perform no operation: see [`unwinding`].
    fn unwinding() -> bool;

    /// Announces an operation, and performs it by `act`.
    fn perform<R>(op: Op, act: impl FnOnce() -> R) -> R;

    /// Tells of an operation that was performed.
    fn tell(seen: impl FnOnce() -> Seen);

    /// Tells that an access to plain memory begins.
    fn tell_begun(seen: impl FnOnce() -> Seen);

    /// Tells that plain memory is handed out there whose accesses nobody sees.
    fn exposes(at: At);

    /// What is made weaker at a place, if anything.
    fn change(knob: Knob, at: At) -> Option<Change>;
}

/// What an object is known by, and what makes sure that it may be touched here.
#[doc(hidden)]
pub trait Identity: Sized {
    fn new() -> Self;
    fn object(&self) -> Object;
    /// Makes sure that the object may be touched here and now; returns which it is.
    fn enter(&self, at: At) -> Object;
}

/// A checker watches: every operation is announced.
#[doc(hidden)]
#[derive(Debug)]
pub struct Checker;

impl Sealed for Checker {}

impl Watch for Checker {
    type Identity = Tracked;
    const CHECKED: bool = true;

    #[inline]
    fn unwinding() -> bool {
        unwinding::quiet()
    }
    #[inline]
    fn perform<R>(op: Op, act: impl FnOnce() -> R) -> R {
        context::perform(op, act)
    }
    #[inline]
    fn tell(seen: impl FnOnce() -> Seen) {
        observe::tell(seen);
    }
    #[inline]
    fn tell_begun(seen: impl FnOnce() -> Seen) {
        observe::tell_begun(seen);
    }
    fn exposes(at: At) {
        survey::exposes(at.into());
    }
    #[inline]
    fn change(knob: Knob, at: At) -> Option<Change> {
        weaken::change(knob, at)
    }
}

impl Identity for Tracked {
    fn new() -> Tracked {
        Tracked::new()
    }
    fn object(&self) -> Object {
        Tracked::object(self)
    }
    #[inline]
    fn enter(&self, at: At) -> Object {
        Tracked::enter(self, at)
    }
}

/// Nobody watches: the threads are real, and yield at random before an operation.
#[doc(hidden)]
#[derive(Debug)]
pub struct Nobody;

impl Sealed for Nobody {}

impl Watch for Nobody {
    type Identity = Nobody;
    const CHECKED: bool = false;

    #[inline]
    fn unwinding() -> bool {
        false
    }
    #[inline]
    fn perform<R>(op: Op, act: impl FnOnce() -> R) -> R {
        amplified::before(op.kind);
        act()
    }
    #[inline]
    fn tell(_: impl FnOnce() -> Seen) {}
    #[inline]
    fn tell_begun(_: impl FnOnce() -> Seen) {}
    #[inline]
    fn exposes(_: At) {}
    #[inline]
    fn change(_: Knob, _: At) -> Option<Change> {
        None
    }
}

impl Identity for Nobody {
    fn new() -> Nobody {
        Nobody
    }
    #[inline]
    fn object(&self) -> Object {
        Object::NONE
    }
    #[inline]
    fn enter(&self, _: At) -> Object {
        Object::NONE
    }
}

/// The ordering to use at a place.
#[inline]
pub(crate) fn order<W: Watch>(order: Ordering, knob: Knob, at: At) -> Ordering {
    match W::change(knob, at) {
        Some(Change::To(weaker)) => weaker,
        Some(Change::Gone | Change::Instead(_)) | None => order,
    }
}

/// Performs an operation on the object that lies at `address`, and tells of it.
#[inline]
pub(crate) fn step<W: Watch, R>(
    (kind, name): (Kind, &'static str),
    object: Object,
    address: usize,
    at: At,
    act: impl FnOnce() -> R,
) -> R {
    let op = Op::new(kind, object);
    let result = W::perform(op, act);
    W::tell(|| Seen { address, ..Seen::new(op, name, at) });
    result
}

/// As [`step`], of an attempt at a lock: what it returned is told as what was read.
#[inline]
pub(crate) fn attempt<W: Watch, H>(
    (kind, names): (Kind, [&'static str; 2]),
    object: Object,
    address: usize,
    at: At,
    act: impl FnOnce() -> Option<H>,
) -> Option<H> {
    let op = Op::new(kind, object);
    let held = W::perform(op, act);
    W::tell(|| {
        let name = names[held.is_none() as usize];
        Seen { read: Some(held.is_some() as u64), address, ..Seen::new(op, name, at) }
    });
    held
}
