//! A lock for one writer or many readers, beside plain memory that the checker watches.

use std::cell::Cell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use super::context;
use super::engine::{Engine, RawRwLock};
use super::guarded::{Guarded, Hand};
use super::mutex::never;
use super::observe::{self, Seen};
use super::op::{Kind, Op};
use super::tracked::Tracked;
use super::weaken::{self, Change, Knob};

/// As [`std::sync::RwLock`].
pub struct RwLock<E: Engine, T> {
    raw: E::RwLock,
    tracked: Tracked,
    poisoned: Cell<bool>,
    data: Guarded<E, T>,
}

// Safety: as for `Mutex`; readers share the value, hence the second bound.
unsafe impl<E: Engine, T: Send + Sync> Sync for RwLock<E, T> {}
// Safety: as above.
unsafe impl<E: Engine, T: Send> Send for RwLock<E, T> {}

/// As [`std::sync::RwLockReadGuard`].
pub struct RwLockReadGuard<'a, E: Engine, T> {
    lock: &'a RwLock<E, T>,
    held: Held,
    hand: Hand,
    /// Where it was taken: that it is given back is written nowhere.
    at: &'static Location<'static>,
    not_send: std::marker::PhantomData<*const ()>,
}

/// As [`std::sync::RwLockWriteGuard`].
pub struct RwLockWriteGuard<'a, E: Engine, T> {
    lock: &'a RwLock<E, T>,
    held: Held,
    hand: Hand,
    /// Where it was taken: that it is given back is written nowhere.
    at: &'static Location<'static>,
    /// The thread was unwinding already when it took the lock.
    unwinding: bool,
    not_send: std::marker::PhantomData<*const ()>,
}

/// Whether a guard's lock is held.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Yes,
    /// This site is being weakened.
    Nothing,
    /// The thread unwinds, and whoever has the lock cannot give it back meanwhile.
    Never,
}

impl<E: Engine, T> RwLock<E, T> {
    /// Makes a lock.
    pub fn new(value: T) -> Self {
        let tracked = Tracked::new();
        let raw = E::RwLock::new(tracked.object());
        RwLock { raw, tracked, poisoned: Cell::new(false), data: Guarded::new(value) }
    }

    /// As [`std::sync::RwLock::read`].
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, E, T>> {
        let at = Location::caller();
        let held = self.wanted(at, false);
        if held == Held::Yes && !std::thread::panicking() {
            self.step(Kind::ReadLock, "read_lock", at, || self.raw.read());
        }
        self.checked(self.read_guard(held, at))
    }

    /// As [`std::sync::RwLock::write`].
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, E, T>> {
        let at = Location::caller();
        let held = self.wanted(at, true);
        if held == Held::Yes && !std::thread::panicking() {
            if context::with(|context| context.allow.get().writers_first) {
                self.step(Kind::LineUp, "line_up", at, || self.raw.line_up());
            }
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
        let held = self.wanted(at, false);
        if held != Held::Yes {
            return Ok(self.checked(self.read_guard(held, at))?);
        }
        let names = ["try_read_lock", "try_read_lock failed"];
        if !self.attempt(Kind::TryReadLock, names, at, || self.raw.try_read()) {
            return Err(TryLockError::WouldBlock);
        }
        Ok(self.checked(self.read_guard(held, at))?)
    }

    /// As [`std::sync::RwLock::try_write`].
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, E, T>> {
        let at = Location::caller();
        if std::thread::panicking() {
            return Err(TryLockError::WouldBlock);
        }
        let held = self.wanted(at, true);
        if held != Held::Yes {
            return Ok(self.checked(self.write_guard(held, at))?);
        }
        let names = ["try_write_lock", "try_write_lock failed"];
        if !self.attempt(Kind::TryLock, names, at, || self.raw.try_write()) {
            return Err(TryLockError::WouldBlock);
        }
        Ok(self.checked(self.write_guard(held, at))?)
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
    #[track_caller]
    pub fn is_poisoned(&self) -> bool {
        self.tracked.enter(Location::caller());
        self.poisoned.get()
    }

    /// As [`std::sync::RwLock::clear_poison`].
    #[track_caller]
    pub fn clear_poison(&self) {
        self.tracked.enter(Location::caller());
        self.poisoned.set(false);
    }

    pub(crate) fn peek(&self) -> Option<u64> {
        self.data.peek()
    }

    /// Whether the lock is taken at this place: not if it is left out. A thread that unwinds takes
    /// it at once, if it is free.
    fn wanted(&self, at: &'static Location<'static>, alone: bool) -> Held {
        self.tracked.enter(at);
        if std::thread::panicking() {
            context::unmodelled("a lock was taken while a thread was unwinding from a panic");
            return if self.raw.lock_unwinding(alone) { Held::Yes } else { Held::Never };
        }
        match weaken::change(Knob::Lock, at) {
            Some(Change::Gone) => Held::Nothing,
            _ => Held::Yes,
        }
    }

    fn step(
        &self,
        kind: Kind,
        name: &'static str,
        at: &'static Location<'static>,
        act: impl FnOnce(),
    ) {
        let op = Op::new(kind, self.tracked.object());
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
        let op = Op::new(kind, self.tracked.object());
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

    fn read_guard(&self, held: Held, at: &'static Location<'static>) -> RwLockReadGuard<'_, E, T> {
        let hand = Hand::default();
        RwLockReadGuard { lock: self, held, hand, at, not_send: std::marker::PhantomData }
    }

    fn write_guard(
        &self,
        held: Held,
        at: &'static Location<'static>,
    ) -> RwLockWriteGuard<'_, E, T> {
        let (unwinding, hand) = (std::thread::panicking(), Hand::default());
        let not_send = std::marker::PhantomData;
        RwLockWriteGuard { lock: self, held, hand, unwinding, at, not_send }
    }

    fn checked<G>(&self, guard: G) -> LockResult<G> {
        if self.poisoned.get() { Err(PoisonError::new(guard)) } else { Ok(guard) }
    }
}

impl<E: Engine, T> Deref for RwLockReadGuard<'_, E, T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        if self.held == Held::Never {
            never();
        }
        // Safety: `Guarded` hands out no reference beside one that another guard may write through.
        unsafe { &*self.lock.data.read(self.lock.address(), &self.hand) }
    }
}

impl<E: Engine, T> Deref for RwLockWriteGuard<'_, E, T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        if self.held == Held::Never {
            never();
        }
        // Safety: as for the read guard.
        unsafe { &*self.lock.data.read(self.lock.address(), &self.hand) }
    }
}

impl<E: Engine, T> DerefMut for RwLockWriteGuard<'_, E, T> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        if self.held == Held::Never {
            never();
        }
        // Safety: `Guarded` hands it out only while no other guard has the value in hand.
        unsafe { &mut *self.lock.data.write(self.lock.address(), &self.hand) }
    }
}

impl<E: Engine, T> Drop for RwLockReadGuard<'_, E, T> {
    fn drop(&mut self) {
        self.lock.data.give_back(&self.hand);
        if self.held != Held::Yes {
            return;
        }
        if std::thread::panicking() {
            self.lock.raw.unlock_read(true);
            let op = Op::new(Kind::ReadUnlock, self.lock.tracked.object());
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
        self.lock.data.give_back(&self.hand);
        if self.held != Held::Yes {
            return;
        }
        if std::thread::panicking() {
            self.lock.raw.unlock_write(true);
            let op = Op::new(Kind::Unlock, self.lock.tracked.object());
            return observe::unlocked_unwinding(op, self.lock.address(), self.at);
        }
        let at = self.at;
        self.lock.step(Kind::Unlock, "write_unlock", at, || self.lock.raw.unlock_write(false));
    }
}

impl<E: Engine, T: fmt::Debug> fmt::Debug for RwLock<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RwLock").finish_non_exhaustive()
    }
}

impl<E: Engine, T: Default> Default for RwLock<E, T> {
    fn default() -> Self {
        RwLock::new(T::default())
    }
}
