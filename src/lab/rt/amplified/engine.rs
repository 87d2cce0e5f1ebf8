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

/// The facade has a poison flag of its own, for all runtimes: std's is passed over.
impl RawMutex for Mutex<()> {
    type Held<'a> = MutexGuard<'a, ()>;

    fn new(_: Object) -> Self {
        Mutex::new(())
    }
    fn lock(&self) -> MutexGuard<'_, ()> {
        self.lock().unpoisoned()
    }
    fn try_lock(&self) -> Option<MutexGuard<'_, ()>> {
        match self.try_lock() {
            Ok(held) => Some(held),
            Err(std::sync::TryLockError::Poisoned(held)) => Some(held.into_inner()),
            Err(std::sync::TryLockError::WouldBlock) => None,
        }
    }
    fn unlock(&self, held: MutexGuard<'_, ()>) {
        drop(held);
    }
    fn lock_unwinding(&self) -> Option<MutexGuard<'_, ()>> {
        Some(RawMutex::lock(self))
    }
    fn unlock_unwinding(&self, held: MutexGuard<'_, ()>) {
        drop(held);
    }
}

impl RawRwLock for RwLock<()> {
    type Reads<'a> = RwLockReadGuard<'a, ()>;
    type Writes<'a> = RwLockWriteGuard<'a, ()>;

    fn new(_: Object) -> Self {
        RwLock::new(())
    }
    fn read(&self) -> RwLockReadGuard<'_, ()> {
        self.read().unpoisoned()
    }
    fn try_read(&self) -> Option<RwLockReadGuard<'_, ()>> {
        match self.try_read() {
            Ok(held) => Some(held),
            Err(std::sync::TryLockError::Poisoned(held)) => Some(held.into_inner()),
            Err(std::sync::TryLockError::WouldBlock) => None,
        }
    }
    fn unlock_read(&self, held: RwLockReadGuard<'_, ()>, _: bool) {
        drop(held);
    }
    fn write(&self) -> RwLockWriteGuard<'_, ()> {
        self.write().unpoisoned()
    }
    fn try_write(&self) -> Option<RwLockWriteGuard<'_, ()>> {
        match self.try_write() {
            Ok(held) => Some(held),
            Err(std::sync::TryLockError::Poisoned(held)) => Some(held.into_inner()),
            Err(std::sync::TryLockError::WouldBlock) => None,
        }
    }
    fn unlock_write(&self, held: RwLockWriteGuard<'_, ()>, _: bool) {
        drop(held);
    }
    fn read_unwinding(&self) -> Option<RwLockReadGuard<'_, ()>> {
        Some(RawRwLock::read(self))
    }
    fn write_unwinding(&self) -> Option<RwLockWriteGuard<'_, ()>> {
        Some(RawRwLock::write(self))
    }
    fn line_up(&self) {}
}

impl RawCondvar<Mutex<()>> for Condvar {
    fn new(_: Object) -> Self {
        Condvar::new()
    }
    fn wait<'a>(&self, lock: Option<HeldLock<'a, Mutex<()>>>, _: At) -> Option<MutexGuard<'a, ()>> {
        // No lock is left out on real threads.
        lock.map(|(_, _, held)| self.wait(held).unpoisoned())
    }
    fn wait_timeout<'a>(
        &self,
        lock: Option<HeldLock<'a, Mutex<()>>>,
        time: Duration,
        _: At,
    ) -> (Option<MutexGuard<'a, ()>>, bool) {
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
