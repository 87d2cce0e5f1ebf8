//! A lock for one writer or many readers, beside plain memory that the checker watches.

use std::cell::Cell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use super::cell::Guarded;
use super::context;
use super::engine::{Engine, RawRwLock};
use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::weaken::{self, Change, Knob};

/// As [`std::sync::RwLock`].
pub struct RwLock<E: Engine, T> {
    raw: E::RwLock,
    object: Object,
    poisoned: Cell<bool>,
    data: Guarded<E, T>,
}

// Safety: all threads of one execution run on one operating-system thread, and the checker says
// who may hold the lock.
unsafe impl<E: Engine, T: Send + Sync> Sync for RwLock<E, T> {}
// Safety: as above.
unsafe impl<E: Engine, T: Send> Send for RwLock<E, T> {}

/// As [`std::sync::RwLockReadGuard`].
pub struct RwLockReadGuard<'a, E: Engine, T> {
    lock: &'a RwLock<E, T>,
    held: bool,
    /// Where it was taken: that it is given back is written nowhere.
    at: &'static Location<'static>,
    not_send: std::marker::PhantomData<*const ()>,
}

/// As [`std::sync::RwLockWriteGuard`].
pub struct RwLockWriteGuard<'a, E: Engine, T> {
    lock: &'a RwLock<E, T>,
    held: bool,
    /// Where it was taken: that it is given back is written nowhere.
    at: &'static Location<'static>,
    /// The thread was unwinding already when it took the lock.
    unwinding: bool,
    not_send: std::marker::PhantomData<*const ()>,
}

impl<E: Engine, T> RwLock<E, T> {
    /// Makes a lock.
    pub fn new(value: T) -> Self {
        let object = context::with(|context| context.new_object());
        let data = Guarded::new(value);
        RwLock { raw: E::RwLock::new(object), object, poisoned: Cell::new(false), data }
    }

    /// As [`std::sync::RwLock::read`].
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, E, T>> {
        let at = Location::caller();
        let held = self.wanted(at);
        if held {
            self.step(Kind::ReadLock, "read_lock", at, || self.raw.read());
        }
        self.checked(self.read_guard(held, at))
    }

    /// As [`std::sync::RwLock::write`].
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, E, T>> {
        let at = Location::caller();
        let held = self.wanted(at);
        if held {
            self.step(Kind::Lock, "write_lock", at, || self.raw.write());
        }
        self.checked(self.write_guard(held, at))
    }

    /// As [`std::sync::RwLock::try_read`].
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, E, T>> {
        let at = Location::caller();
        if std::thread::panicking() {
            return Err(TryLockError::WouldBlock);
        }
        if !self.wanted(at) {
            return Ok(self.checked(self.read_guard(false, at))?);
        }
        let names = ["try_read_lock", "try_read_lock failed"];
        if !self.attempt(Kind::TryReadLock, names, at, || self.raw.try_read()) {
            return Err(TryLockError::WouldBlock);
        }
        Ok(self.checked(self.read_guard(true, at))?)
    }

    /// As [`std::sync::RwLock::try_write`].
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, E, T>> {
        let at = Location::caller();
        if std::thread::panicking() {
            return Err(TryLockError::WouldBlock);
        }
        if !self.wanted(at) {
            return Ok(self.checked(self.write_guard(false, at))?);
        }
        let names = ["try_write_lock", "try_write_lock failed"];
        if !self.attempt(Kind::TryLock, names, at, || self.raw.try_write()) {
            return Err(TryLockError::WouldBlock);
        }
        Ok(self.checked(self.write_guard(true, at))?)
    }

    /// As [`std::sync::RwLock::into_inner`].
    pub fn into_inner(self) -> LockResult<T> {
        let poisoned = self.poisoned.get();
        let value = self.data.into_inner();
        if poisoned { Err(PoisonError::new(value)) } else { Ok(value) }
    }

    /// As [`std::sync::RwLock::get_mut`].
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        let poisoned = self.poisoned.get();
        let value = self.data.get_mut();
        if poisoned { Err(PoisonError::new(value)) } else { Ok(value) }
    }

    /// As [`std::sync::RwLock::is_poisoned`].
    pub fn is_poisoned(&self) -> bool {
        self.poisoned.get()
    }

    /// As [`std::sync::RwLock::clear_poison`].
    pub fn clear_poison(&self) {
        self.poisoned.set(false);
    }

    pub(crate) fn peek(&self) -> Option<u64> {
        self.data.peek()
    }

    /// Whether the lock is taken at this place: not while unwinding, and not if it is left out.
    fn wanted(&self, at: &'static Location<'static>) -> bool {
        !std::thread::panicking() && weaken::change(Knob::Lock, at) != Some(Change::Gone)
    }

    fn step(
        &self,
        kind: Kind,
        name: &'static str,
        at: &'static Location<'static>,
        act: impl FnOnce(),
    ) {
        let op = Op::new(kind, self.object);
        context::perform(op, act);
        if observe::watching() {
            observe::operation(Seen { address: self.address(), ..Seen::new(op, name, at) });
        }
    }

    fn attempt(
        &self,
        kind: Kind,
        names: [&'static str; 2],
        at: &'static Location<'static>,
        act: impl FnOnce() -> bool,
    ) -> bool {
        let op = Op::new(kind, self.object);
        let taken = context::perform(op, act);
        if observe::watching() {
            let name = names[!taken as usize];
            let read = Some(taken as u64);
            observe::operation(Seen { read, address: self.address(), ..Seen::new(op, name, at) });
        }
        taken
    }

    fn address(&self) -> usize {
        self as *const Self as usize
    }

    fn read_guard(&self, held: bool, at: &'static Location<'static>) -> RwLockReadGuard<'_, E, T> {
        RwLockReadGuard { lock: self, held, at, not_send: std::marker::PhantomData }
    }

    fn write_guard(
        &self,
        held: bool,
        at: &'static Location<'static>,
    ) -> RwLockWriteGuard<'_, E, T> {
        let unwinding = std::thread::panicking();
        RwLockWriteGuard { lock: self, held, unwinding, at, not_send: std::marker::PhantomData }
    }

    fn checked<G>(&self, guard: G) -> LockResult<G> {
        if self.poisoned.get() { Err(PoisonError::new(guard)) } else { Ok(guard) }
    }
}

impl<E: Engine, T> Deref for RwLockReadGuard<'_, E, T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        // Safety: the guard stands for the lock; where it does not, the checker reports the race
        // and all threads still run on one operating-system thread.
        unsafe { &*self.lock.data.read(self.lock.address()) }
    }
}

impl<E: Engine, T> Deref for RwLockWriteGuard<'_, E, T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        // Safety: as for the read guard.
        unsafe { &*self.lock.data.read(self.lock.address()) }
    }
}

impl<E: Engine, T> DerefMut for RwLockWriteGuard<'_, E, T> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        // Safety: as for the read guard.
        unsafe { &mut *self.lock.data.write(self.lock.address()) }
    }
}

impl<E: Engine, T> Drop for RwLockReadGuard<'_, E, T> {
    fn drop(&mut self) {
        if !self.held {
            return;
        }
        if std::thread::panicking() {
            self.lock.raw.unlock_read(true);
            let op = Op::new(Kind::ReadUnlock, self.lock.object);
            return observe::unlocked_unwinding(op, self.lock.address(), self.at);
        }
        let at = self.at;
        self.lock.step(Kind::ReadUnlock, "read_unlock", at, || self.lock.raw.unlock_read(false));
    }
}

impl<E: Engine, T> Drop for RwLockWriteGuard<'_, E, T> {
    fn drop(&mut self) {
        if std::thread::panicking() && !self.unwinding {
            self.lock.poisoned.set(true);
        }
        if !self.held {
            return;
        }
        if std::thread::panicking() {
            self.lock.raw.unlock_write(true);
            let op = Op::new(Kind::Unlock, self.lock.object);
            return observe::unlocked_unwinding(op, self.lock.address(), self.at);
        }
        let at = self.at;
        self.lock.step(Kind::Unlock, "write_unlock", at, || self.lock.raw.unlock_write(false));
    }
}

impl<E: Engine, T: fmt::Debug> fmt::Debug for RwLock<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RwLock").field("poisoned", &self.poisoned.get()).finish_non_exhaustive()
    }
}

impl<E: Engine, T: Default> Default for RwLock<E, T> {
    fn default() -> Self {
        RwLock::new(T::default())
    }
}
