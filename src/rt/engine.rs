//! What the facade needs of a checker, beyond its atomics.

use std::panic::Location;
use std::sync::atomic::Ordering;

use super::meeting::{RawBaton, RawMeeting};
use super::op::Object;
use super::word::Sealed;

/// A checker. Each call is one step of its model, made by the current thread.
#[doc(hidden)]
pub trait Engine: Sealed + Sized + 'static {
    type Mutex: RawMutex;
    type RwLock: RawRwLock;
    type Condvar: RawCondvar<Self::Mutex>;
    type Cell: RawCell;
    type Meeting: RawMeeting;
    type Baton: RawBaton;
    type Handle;

    fn fence(order: Ordering);
    fn yield_now();
    /// Starts a thread, which is told its number. An execution does not come to its end over one
    /// that is attached.
    fn spawn(body: impl FnOnce(usize) + Send + 'static, attached: bool) -> (usize, Self::Handle);
    fn join(handle: Self::Handle);
    /// Waits for the thread's token; whether it was there.
    fn park(thread: usize) -> bool;
    fn unpark(thread: usize);
    /// As `park`, until the time is up.
    fn park_timeout(thread: usize) -> bool;
}

/// A lock for one at a time. It holds the checker's guard itself.
#[doc(hidden)]
pub trait RawMutex {
    fn new(object: Object) -> Self;
    fn lock(&self);
    fn try_lock(&self) -> bool;
    fn unlock(&self);
    /// Takes the lock while unwinding, without a switch, if it is free.
    fn lock_unwinding(&self) -> bool;
    /// Gives the lock back while unwinding: without a switch, and without poisoning the checker's.
    fn unlock_unwinding(&self);
}

/// A lock for one writer or many readers.
#[doc(hidden)]
pub trait RawRwLock {
    fn new(object: Object) -> Self;
    fn read(&self);
    fn try_read(&self) -> bool;
    fn unlock_read(&self, unwinding: bool);
    fn write(&self);
    fn try_write(&self) -> bool;
    fn unlock_write(&self, unwinding: bool);
    /// Takes the lock while unwinding, without a switch, if it is free: alone, or as a reader.
    fn lock_unwinding(&self, alone: bool) -> bool;
    /// Joins the writers that hold up readers to come.
    fn line_up(&self);
}

/// A queue of waiting threads.
#[doc(hidden)]
pub trait RawCondvar<M> {
    fn new(object: Object) -> Self;
    /// Gives the lock back and waits; the lock is held again at the end. Without a lock it only
    /// waits, which is what is left where the lock is left out.
    fn wait(&self, lock: Option<(&M, Object)>, at: &'static Location<'static>);
    /// As `wait`, until the time is up: whether it was.
    fn wait_timeout(&self, lock: Option<(&M, Object)>, at: &'static Location<'static>) -> bool;
    fn notify_one(&self);
    fn notify_all(&self);
}

/// Notices accesses to plain memory that nothing orders.
#[doc(hidden)]
pub trait RawCell {
    fn new() -> Self;
    /// A step before an access that no lock protects.
    fn point();
    #[track_caller]
    fn read(&self);
    #[track_caller]
    fn write(&self);
}
