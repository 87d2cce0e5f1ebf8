//! std's locks and threads: the back end that models nothing.

use std::sync::atomic::{self, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::thread::{self, JoinHandle, Thread, ThreadId};
use std::time::Duration;

use crate::rt::engine::{
    Engine, HeldLock, RawCell, RawCondvar, RawMutex, RawRwLock, RawThread, Start,
};
use crate::rt::guarded::Guarded;
use crate::rt::op::Object;
use crate::rt::unpoisoned::Unpoisoned;
use crate::rt::watch::{At, Nobody};
use crate::rt::word::Sealed;
use crate::rt::{cell, condvar, mutex, rwlock};

/// The facade's engine on real threads.
#[doc(hidden)]
pub struct Amplified;

impl Sealed for Amplified {}

/// A guard without the lifetime of its borrow.
fn held(guard: MutexGuard<'_, ()>) -> MutexGuard<'static, ()> {
    // Safety: as `RawMutex` has it, who gets it borrows the lock, and gives it back before that ends.
    unsafe { std::mem::transmute(guard) }
}

fn reads(guard: RwLockReadGuard<'_, ()>) -> RwLockReadGuard<'static, ()> {
    // Safety: as for `held`.
    unsafe { std::mem::transmute(guard) }
}

fn writes(guard: RwLockWriteGuard<'_, ()>) -> RwLockWriteGuard<'static, ()> {
    // Safety: as for `held`.
    unsafe { std::mem::transmute(guard) }
}

/// What was got without waiting: the facade has a poison flag of its own, for all runtimes, and std's
/// is passed over.
fn tried<G>(got: std::sync::TryLockResult<G>) -> Option<G> {
    match got {
        Ok(guard) => Some(guard),
        Err(std::sync::TryLockError::Poisoned(guard)) => Some(guard.into_inner()),
        Err(std::sync::TryLockError::WouldBlock) => None,
    }
}

impl RawMutex for Mutex<()> {
    type Held = MutexGuard<'static, ()>;

    fn new(_: Object) -> Self {
        Mutex::new(())
    }
    fn lock(&self) -> Self::Held {
        held(self.lock().unpoisoned())
    }
    fn try_lock(&self) -> Option<Self::Held> {
        tried(self.try_lock()).map(held)
    }
    fn unlock(&self, held: Self::Held) {
        drop(held);
    }
    fn lock_unwinding(&self) -> Option<Self::Held> {
        Some(RawMutex::lock(self))
    }
    fn unlock_unwinding(&self, held: Self::Held) {
        drop(held);
    }
}

impl RawRwLock for RwLock<()> {
    type Reads = RwLockReadGuard<'static, ()>;
    type Writes = RwLockWriteGuard<'static, ()>;

    fn new(_: Object) -> Self {
        RwLock::new(())
    }
    fn read(&self) -> Self::Reads {
        reads(self.read().unpoisoned())
    }
    fn try_read(&self) -> Option<Self::Reads> {
        tried(self.try_read()).map(reads)
    }
    fn unlock_read(&self, held: Self::Reads, _: bool) {
        drop(held);
    }
    fn write(&self) -> Self::Writes {
        writes(self.write().unpoisoned())
    }
    fn try_write(&self) -> Option<Self::Writes> {
        tried(self.try_write()).map(writes)
    }
    fn unlock_write(&self, held: Self::Writes, _: bool) {
        drop(held);
    }
    fn read_unwinding(&self) -> Option<Self::Reads> {
        Some(RawRwLock::read(self))
    }
    fn write_unwinding(&self) -> Option<Self::Writes> {
        Some(RawRwLock::write(self))
    }
    fn line_up(&self) {}
}

impl RawCondvar<Mutex<()>> for Condvar {
    fn new(_: Object) -> Self {
        Condvar::new()
    }
    fn wait(
        &self,
        lock: Option<HeldLock<'_, Mutex<()>>>,
        _: At,
    ) -> Option<MutexGuard<'static, ()>> {
        // No lock is left out on real threads.
        lock.map(|(_, _, held)| self.wait(held).unpoisoned())
    }
    fn wait_timeout(
        &self,
        lock: Option<HeldLock<'_, Mutex<()>>>,
        time: Duration,
        _: At,
    ) -> (Option<MutexGuard<'static, ()>>, bool) {
        let Some((_, _, held)) = lock else { return (None, false) };
        let (held, result) = self.wait_timeout(held, time).unpoisoned();
        (Some(held), result.timed_out())
    }
    fn notify_one(&self) {
        self.notify_one();
    }
    fn notify_all(&self) {
        self.notify_all();
    }
}

/// Nobody notices what happens to plain memory.
#[doc(hidden)]
pub struct Unwatched;

impl RawCell for Unwatched {
    fn new() -> Self {
        Unwatched
    }
    fn point() {}
    fn read(&self) {}
    fn write(&self) {}
}

impl RawThread for Thread {
    type Id = ThreadId;
    fn id(&self) -> ThreadId {
        self.id()
    }
    fn name(&self) -> Option<&str> {
        self.name()
    }
    fn number(&self) -> usize {
        0
    }
    fn named(self, _: Option<String>) -> Thread {
        self
    }
}

impl Engine for Amplified {
    type Watch = Nobody;
    type Mutex = Mutex<()>;
    type RwLock = RwLock<()>;
    type Condvar = Condvar;
    type Cell = Unwatched;
    type Thread = Thread;
    type Handle = JoinHandle<()>;

    fn fence(order: Ordering) {
        atomic::fence(order);
    }
    fn yield_now() {
        thread::yield_now();
    }
    fn current() -> Thread {
        thread::current()
    }
    fn spawn(body: impl FnOnce(usize) + Send + 'static, start: Start) -> (Thread, JoinHandle<()>) {
        let mut builder = thread::Builder::new();
        if let Some(name) = start.name {
            builder = builder.name(name);
        }
        if let Some(size) = start.stack_size {
            builder = builder.stack_size(size);
        }
        let handle = builder.spawn(move || body(0)).expect("the system starts a thread");
        (handle.thread().clone(), handle)
    }
    fn join(handle: JoinHandle<()>) {
        // The result travels by the facade's own slot; an unwinding thread was caught there.
        let _ = handle.join();
    }
    fn is_finished(_: &Thread, handle: Option<&JoinHandle<()>>) -> bool {
        handle.is_some_and(JoinHandle::is_finished)
    }
    fn finish(_: usize) {}
    fn park() -> bool {
        thread::park();
        true
    }
    fn unpark(thread: &Thread) {
        thread.unpark();
    }
    fn park_timeout(time: Duration) -> bool {
        thread::park_timeout(time);
        true
    }
    fn sleep(time: Duration) {
        thread::sleep(time);
    }
}

impl<T> mutex::Mutex<Amplified, T> {
    /// Makes a lock.
    pub const fn new(value: T) -> Self {
        let data = Guarded::made(Unwatched, Object::NONE, value);
        mutex::Mutex::of(Mutex::new(()), Nobody, data)
    }
}

impl<T> rwlock::RwLock<Amplified, T> {
    /// Makes a lock.
    pub const fn new(value: T) -> Self {
        let data = Guarded::made(Unwatched, Object::NONE, value);
        rwlock::RwLock::of(RwLock::new(()), Nobody, data)
    }
}

impl condvar::Condvar<Amplified> {
    /// Makes a condition variable.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        condvar::Condvar::of(Condvar::new(), Nobody)
    }
}

impl<T> cell::UnsafeCell<Amplified, T> {
    /// Makes a cell.
    pub const fn new(value: T) -> Self {
        cell::UnsafeCell::of(Unwatched, Nobody, value)
    }
}
