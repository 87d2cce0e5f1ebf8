//! A lock for one writer or many readers, beside plain memory that a checker watches.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::sync::{LockResult, TryLockError, TryLockResult};

use super::engine::{Engine, RawRwLock};
use super::guarded::{Guarded, Hand, Poison};
use super::op::{Kind, Op};
use super::watch::{At, Checker, Identity, Watch, attempt, step};
use super::weaken::{Change, Knob};
use super::{context, unwinding};

/// As [`std::sync::RwLock`].
pub struct RwLock<E: Engine, T: ?Sized> {
    raw: E::RwLock,
    tracked: <E::Watch as Watch>::Identity,
    poisoned: Poison,
    // Last, so that a lock of an array is a lock of a slice.
    data: Guarded<E, T>,
}

// Safety: as for `Mutex`; readers share the value, hence the second bound.
unsafe impl<E: Engine, T: ?Sized + Send + Sync> Sync for RwLock<E, T> {}
// Safety: as for `Mutex`.
unsafe impl<E: Engine, T: ?Sized + Send> Send for RwLock<E, T> {}

impl<E: Engine, T: ?Sized> RefUnwindSafe for RwLock<E, T> {}
impl<E: Engine, T: ?Sized> UnwindSafe for RwLock<E, T> {}

/// As [`std::sync::RwLockReadGuard`].
pub struct RwLockReadGuard<'a, E: Engine, T: ?Sized> {
    lock: &'a RwLock<E, T>,
    held: Held<<E::RwLock as RawRwLock>::Reads>,
    hand: Hand,
    /// Where it was taken: that it is given back is written nowhere.
    at: At,
    not_send: std::marker::PhantomData<*const ()>,
}

/// As [`std::sync::RwLockWriteGuard`].
pub struct RwLockWriteGuard<'a, E: Engine, T: ?Sized> {
    lock: &'a RwLock<E, T>,
    held: Held<<E::RwLock as RawRwLock>::Writes>,
    hand: Hand,
    /// Where it was taken: that it is given back is written nowhere.
    at: At,
    /// The thread was unwinding already when it took the lock.
    unwinding: bool,
    not_send: std::marker::PhantomData<*const ()>,
}

/// Whether a guard's lock is held.
enum Held<H> {
    Yes(H),
    /// This site is being weakened.
    Nothing,
    /// The thread unwinds, and whoever has the lock cannot give it back meanwhile.
    Never,
}

impl<H> Held<H> {
    /// The lock is to be held: std would wait here for ever, or until another thread moves.
    fn look(&self) {
        match self {
            Held::Never => unwinding::never(),
            Held::Yes(_) | Held::Nothing => {}
        }
    }

    /// What is given back, if anything.
    fn take(&mut self) -> Option<H> {
        match std::mem::replace(self, Held::Nothing) {
            Held::Yes(held) => Some(held),
            Held::Nothing | Held::Never => None,
        }
    }
}

impl<E: Engine<Watch = Checker>, T> RwLock<E, T> {
    /// Makes a lock.
    pub fn new(value: T) -> Self {
        RwLock::made(value)
    }
}

impl<E: Engine, T> RwLock<E, T> {
    fn made(value: T) -> Self {
        let tracked = <E::Watch as Watch>::Identity::new();
        RwLock::of(E::RwLock::new(tracked.object()), tracked, Guarded::new(value))
    }

    /// One that a runtime has made.
    pub(crate) const fn of(
        raw: E::RwLock,
        tracked: <E::Watch as Watch>::Identity,
        data: Guarded<E, T>,
    ) -> Self {
        RwLock { raw, tracked, poisoned: Poison::new(), data }
    }

    /// As [`std::sync::RwLock::into_inner`].
    pub fn into_inner(self) -> LockResult<T> {
        let RwLock { poisoned, data, .. } = self;
        poisoned.checked(data.into_inner())
    }
}

impl<E: Engine, T: ?Sized> RwLock<E, T> {
    /// As [`std::sync::RwLock::read`].
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, E, T>> {
        let at = Location::caller();
        let held = self.taken(at, E::RwLock::read_unwinding, || {
            self.step((Kind::ReadLock, "read_lock"), at, || self.raw.read())
        });
        self.read_guard(held, at)
    }

    /// As [`std::sync::RwLock::write`].
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, E, T>> {
        let at = Location::caller();
        let held = self.taken(at, E::RwLock::write_unwinding, || {
            if E::Watch::CHECKED && context::with(|context| context.allow.get().writers_first) {
                self.step((Kind::LineUp, "line_up"), at, || self.raw.line_up());
            }
            self.step((Kind::Lock, "write_lock"), at, || self.raw.write())
        });
        self.write_guard(held, at)
    }

    /// As [`std::sync::RwLock::try_read`].
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, E, T>> {
        let at = Location::caller();
        let names = (Kind::TryReadLock, ["try_read_lock", "try_read_lock failed"]);
        let held = self.tried(names, at, || self.raw.try_read());
        Ok(self.read_guard(held.ok_or(TryLockError::WouldBlock)?, at)?)
    }

    /// As [`std::sync::RwLock::try_write`].
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, E, T>> {
        let at = Location::caller();
        let names = (Kind::TryLock, ["try_write_lock", "try_write_lock failed"]);
        let held = self.tried(names, at, || self.raw.try_write());
        Ok(self.write_guard(held.ok_or(TryLockError::WouldBlock)?, at)?)
    }

    /// As [`std::sync::RwLock::get_mut`].
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.poisoned.checked(self.data.get_mut())
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

    /// Takes the lock at this place, unless it is left out there. A thread that unwinds takes it
    /// at once, if it is free.
    fn taken<'a, H>(
        &'a self,
        at: At,
        unwinding: impl FnOnce(&'a E::RwLock) -> Option<H>,
        take: impl FnOnce() -> H,
    ) -> Held<H> {
        self.tracked.enter(at);
        if E::Watch::unwinding() {
            context::unmodelled("a lock was taken while a thread was unwinding from a panic");
            return unwinding(&self.raw).map_or(Held::Never, Held::Yes);
        }
        match E::Watch::change(Knob::Lock, at) {
            Some(Change::Gone) => Held::Nothing,
            Some(Change::To(_) | Change::Instead(_)) | None => Held::Yes(take()),
        }
    }

    /// Takes the lock if it is free now; `None` if it is not.
    fn tried<H>(
        &self,
        names: (Kind, [&'static str; 2]),
        at: At,
        take: impl FnOnce() -> Option<H>,
    ) -> Option<Held<H>> {
        let object = self.tracked.enter(at);
        if E::Watch::unwinding() {
            return None;
        }
        match E::Watch::change(Knob::Lock, at) {
            Some(Change::Gone) => Some(Held::Nothing),
            Some(Change::To(_) | Change::Instead(_)) | None => {
                attempt::<E::Watch, _>(names, object, self.address(), at, take).map(Held::Yes)
            }
        }
    }

    fn step<R>(&self, what: (Kind, &'static str), at: At, act: impl FnOnce() -> R) -> R {
        step::<E::Watch, _>(what, self.tracked.object(), self.address(), at, act)
    }

    fn address(&self) -> usize {
        self as *const Self as *const () as usize
    }

    /// While a thread unwinds, a lock is given back without a step.
    fn unlocked_unwinding(&self, kind: Kind, at: At) {
        unwinding::unlocked(Op::new(kind, self.tracked.object()), self.address(), at);
    }

    fn read_guard<'a>(
        &'a self,
        held: Held<<E::RwLock as RawRwLock>::Reads>,
        at: At,
    ) -> LockResult<RwLockReadGuard<'a, E, T>> {
        let (hand, not_send) = (Hand::default(), std::marker::PhantomData);
        self.poisoned.checked(RwLockReadGuard { lock: self, held, hand, at, not_send })
    }

    fn write_guard<'a>(
        &'a self,
        held: Held<<E::RwLock as RawRwLock>::Writes>,
        at: At,
    ) -> LockResult<RwLockWriteGuard<'a, E, T>> {
        let (unwinding, hand) = (unwinding::now(), Hand::default());
        let not_send = std::marker::PhantomData;
        self.poisoned.checked(RwLockWriteGuard { lock: self, held, hand, unwinding, at, not_send })
    }
}

impl<E: Engine, T: ?Sized> Deref for RwLockReadGuard<'_, E, T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        self.held.look();
        // Safety: `Guarded` hands out no reference beside one that another guard may write through,
        // or on real threads the lock is held.
        unsafe { &*self.lock.data.read(self.lock.address(), &self.hand) }
    }
}

impl<E: Engine, T: ?Sized> Deref for RwLockWriteGuard<'_, E, T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        self.held.look();
        // Safety: as for the read guard.
        unsafe { &*self.lock.data.read(self.lock.address(), &self.hand) }
    }
}

impl<E: Engine, T: ?Sized> DerefMut for RwLockWriteGuard<'_, E, T> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        self.held.look();
        // Safety: `Guarded` hands it out only while no other guard has the value in hand, or on
        // real threads the lock is held.
        unsafe { &mut *self.lock.data.write(self.lock.address(), &self.hand) }
    }
}

impl<E: Engine, T: ?Sized> Drop for RwLockReadGuard<'_, E, T> {
    fn drop(&mut self) {
        self.lock.data.give_back(&self.hand);
        let Some(held) = self.held.take() else { return };
        if E::Watch::unwinding() {
            self.lock.raw.unlock_read(held, true);
            return self.lock.unlocked_unwinding(Kind::ReadUnlock, self.at);
        }
        let unlock = || self.lock.raw.unlock_read(held, false);
        self.lock.step((Kind::ReadUnlock, "read_unlock"), self.at, unlock);
    }
}

impl<E: Engine, T: ?Sized> Drop for RwLockWriteGuard<'_, E, T> {
    fn drop(&mut self) {
        if unwinding::now() && !self.unwinding {
            self.lock.poisoned.set(true);
        }
        self.lock.data.give_back(&self.hand);
        let Some(held) = self.held.take() else { return };
        if E::Watch::unwinding() {
            self.lock.raw.unlock_write(held, true);
            return self.lock.unlocked_unwinding(Kind::Unlock, self.at);
        }
        let unlock = || self.lock.raw.unlock_write(held, false);
        self.lock.step((Kind::Unlock, "write_unlock"), self.at, unlock);
    }
}

impl<E: Engine, T: ?Sized + fmt::Debug> fmt::Debug for RwLock<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RwLock").finish_non_exhaustive()
    }
}

macro_rules! shown {
    ($($guard:ident)+) => {$(
        impl<E: Engine, T: ?Sized + fmt::Debug> fmt::Debug for $guard<'_, E, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }
        impl<E: Engine, T: ?Sized + fmt::Display> fmt::Display for $guard<'_, E, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }
    )+};
}
shown!(RwLockReadGuard RwLockWriteGuard);

impl<E: Engine, T: Default> Default for RwLock<E, T> {
    fn default() -> Self {
        RwLock::made(T::default())
    }
}

impl<E: Engine, T> From<T> for RwLock<E, T> {
    fn from(value: T) -> Self {
        RwLock::made(value)
    }
}
