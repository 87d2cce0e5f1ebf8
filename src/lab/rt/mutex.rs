//! A lock: the runtime's own, beside plain memory that a checker watches.
//!
//! Leaving one `lock` out is therefore not a deadlock or a crash but a reported race.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::sync::{LockResult, TryLockError, TryLockResult};

use super::engine::{Engine, HeldLock, RawMutex};
use super::guarded::{Guarded, Hand, Poison};
use super::op::{Kind, Object, Op};
use super::watch::{At, Checker, Identity, Watch, attempt, step};
use super::weaken::{Change, Knob};
use super::{context, swap, unwinding};

/// As [`std::sync::Mutex`].
pub struct Mutex<E: Engine, T: ?Sized> {
    raw: E::Mutex,
    tracked: <E::Watch as Watch>::Identity,
    poisoned: Poison,
    // Last, so that a lock of an array is a lock of a slice.
    data: Guarded<E, T>,
}

// Safety: under a checker, whatever touches the lock through a shared reference calls
// `Tracked::enter` or `Tracked::at_home` first, so it stays on the operating-system thread of its
// execution; and who may hold it is said by the checker, and by `Guarded` where a lock is left out.
// On real threads `raw` is std's lock, which says it, and `Guarded` touches nothing but the value.
unsafe impl<E: Engine, T: ?Sized + Send> Sync for Mutex<E, T> {}
// Safety: as above; who owns it may take the value out of it.
unsafe impl<E: Engine, T: ?Sized + Send> Send for Mutex<E, T> {}

impl<E: Engine, T: ?Sized> RefUnwindSafe for Mutex<E, T> {}
impl<E: Engine, T: ?Sized> UnwindSafe for Mutex<E, T> {}

/// As [`std::sync::MutexGuard`].
pub struct MutexGuard<'a, E: Engine, T: ?Sized> {
    mutex: &'a Mutex<E, T>,
    /// What is given back at the end: usually the mutex's own lock, nothing if it was left out.
    held: Held<'a, E>,
    /// The thread was unwinding already when it took the lock.
    unwinding: bool,
    hand: Hand,
    /// Where it was taken: that it is given back is written nowhere.
    at: At,
    not_send: std::marker::PhantomData<*const ()>,
}

type RawHeld<E> = <<E as Engine>::Mutex as RawMutex>::Held;

enum Held<'a, E: Engine> {
    /// The mutex's own lock.
    Own(RawHeld<E>),
    /// No lock: this site is being weakened.
    Nothing,
    /// No lock: the thread unwinds, and whoever has it cannot give it back meanwhile.
    Never,
    /// The lock of the site that this one is exchanged with.
    Other(HeldLock<'a, E::Mutex>),
}

impl<E: Engine<Watch = Checker>, T> Mutex<E, T> {
    /// Makes a lock.
    pub fn new(value: T) -> Self {
        Mutex::made(value)
    }
}

impl<E: Engine, T> Mutex<E, T> {
    fn made(value: T) -> Self {
        let tracked = <E::Watch as Watch>::Identity::new();
        Mutex::of(E::Mutex::new(tracked.object()), tracked, Guarded::new(value))
    }

    /// One that a runtime has made.
    pub(crate) const fn of(
        raw: E::Mutex,
        tracked: <E::Watch as Watch>::Identity,
        data: Guarded<E, T>,
    ) -> Self {
        Mutex { raw, tracked, poisoned: Poison::new(), data }
    }

    /// As [`std::sync::Mutex::into_inner`].
    pub fn into_inner(self) -> LockResult<T> {
        let Mutex { poisoned, data, .. } = self;
        poisoned.checked(data.into_inner())
    }
}

impl<E: Engine, T: ?Sized> Mutex<E, T> {
    /// As [`std::sync::Mutex::lock`].
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, E, T>> {
        let at = Location::caller();
        let object = self.tracked.enter(at);
        if E::Watch::unwinding() {
            context::unmodelled("a lock was taken while a thread was unwinding from a panic");
            return self.guard(self.raw.lock_unwinding().map_or(Held::Never, Held::Own), at);
        }
        let take = |raw, object| {
            step::<E::Watch, _>((Kind::Lock, "lock"), object, self.address(), at, || {
                E::Mutex::lock(raw)
            })
        };
        let instead = match E::Watch::change(Knob::Lock, at) {
            Some(Change::Gone) => return self.guard(Held::Nothing, at),
            // Safety: this engine's locks are noted with this type, and the memory outlives actors.
            Some(Change::Instead(object)) => unsafe { swap::find::<E::Mutex>(object) }
                .map(|other| Held::Other((other, object, take(other, object)))),
            Some(Change::To(_)) | None => None,
        };
        self.guard(instead.unwrap_or_else(|| Held::Own(take(&self.raw, object))), at)
    }

    /// As [`std::sync::Mutex::try_lock`].
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, E, T>> {
        let at = Location::caller();
        let object = self.tracked.enter(at);
        if E::Watch::unwinding() {
            return Err(TryLockError::WouldBlock);
        }
        if E::Watch::change(Knob::Lock, at) == Some(Change::Gone) {
            return Ok(self.guard(Held::Nothing, at)?);
        }
        let names = (Kind::TryLock, ["try_lock", "try_lock failed"]);
        match attempt::<E::Watch, _>(names, object, self.address(), at, || self.raw.try_lock()) {
            Some(held) => Ok(self.guard(Held::Own(held), at)?),
            None => Err(TryLockError::WouldBlock),
        }
    }

    /// As [`std::sync::Mutex::get_mut`].
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.poisoned.checked(self.data.get_mut())
    }

    /// As [`std::sync::Mutex::is_poisoned`].
    #[track_caller]
    pub fn is_poisoned(&self) -> bool {
        self.tracked.enter(Location::caller());
        self.poisoned.get()
    }

    /// As [`std::sync::Mutex::clear_poison`].
    #[track_caller]
    pub fn clear_poison(&self) {
        self.tracked.enter(Location::caller());
        self.poisoned.set(false);
    }

    pub(crate) fn peek(&self) -> Option<u64> {
        self.data.peek()
    }

    pub(crate) fn note_for_swap(&self) {
        swap::note(self.tracked.object(), &self.raw);
    }

    fn address(&self) -> usize {
        self as *const Self as *const () as usize
    }

    fn guard<'a>(&'a self, held: Held<'a, E>, at: At) -> LockResult<MutexGuard<'a, E, T>> {
        self.poisoned.checked(MutexGuard {
            mutex: self,
            held,
            unwinding: unwinding::now(),
            hand: Hand::default(),
            at,
            not_send: std::marker::PhantomData,
        })
    }
}

impl<'a, E: Engine, T: ?Sized> MutexGuard<'a, E, T> {
    /// The lock is to be held: std would wait here for ever, or until another thread moves.
    fn held(&self) {
        match self.held {
            Held::Never => unwinding::never(),
            Held::Own(_) | Held::Nothing | Held::Other(_) => {}
        }
    }

    /// The guard's lock, if it has one: it holds nothing until it is [held again].
    ///
    /// [held again]: MutexGuard::hold_again
    fn take(&mut self) -> Option<HeldLock<'a, E::Mutex>> {
        match std::mem::replace(&mut self.held, Held::Nothing) {
            Held::Nothing | Held::Never => None,
            Held::Own(held) => Some((&self.mutex.raw, self.mutex.tracked.object(), held)),
            Held::Other(other) => Some(other),
        }
    }

    /// Takes the guard's lock for a wait, which gives it back. What was looked at through this
    /// guard is free again, for a while.
    pub(crate) fn take_for_a_wait(&mut self) -> Option<HeldLock<'a, E::Mutex>> {
        self.mutex.data.give_back(&self.hand);
        self.take()
    }

    /// The lock of this identity is held again; whether it was poisoned meanwhile.
    pub(crate) fn hold_again(
        mut self,
        raw: Option<(&'a E::Mutex, Object)>,
        held: Option<RawHeld<E>>,
    ) -> LockResult<Self> {
        if let (Some((raw, object)), Some(held)) = (raw, held) {
            self.held = match std::ptr::eq(raw, &self.mutex.raw) {
                true => Held::Own(held),
                false => Held::Other((raw, object, held)),
            };
        }
        let mutex = self.mutex;
        mutex.poisoned.checked(self)
    }
}

impl<E: Engine, T: ?Sized> Deref for MutexGuard<'_, E, T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        self.held();
        // Safety: `Guarded` hands out no reference beside one that another guard may write through,
        // or on real threads the lock is held; and what comes from this guard is bounded by its
        // borrows.
        unsafe { &*self.mutex.data.read(self.mutex.address(), &self.hand) }
    }
}

impl<E: Engine, T: ?Sized> DerefMut for MutexGuard<'_, E, T> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        self.held();
        // Safety: `Guarded` hands it out only while no other guard has the value in hand, or on
        // real threads the lock is held.
        unsafe { &mut *self.mutex.data.write(self.mutex.address(), &self.hand) }
    }
}

impl<E: Engine, T: ?Sized> Drop for MutexGuard<'_, E, T> {
    fn drop(&mut self) {
        let Some((raw, object, held)) = self.take_for_a_wait() else { return };
        let (address, at) = (self.mutex.address(), self.at);
        if unwinding::now() && !self.unwinding {
            self.mutex.poisoned.set(true);
        }
        if E::Watch::unwinding() {
            raw.unlock_unwinding(held);
            return unwinding::unlocked(Op::new(Kind::Unlock, object), address, at);
        }
        step::<E::Watch, _>((Kind::Unlock, "unlock"), object, address, at, || raw.unlock(held));
    }
}

impl<E: Engine, T: ?Sized + fmt::Debug> fmt::Debug for Mutex<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mutex").finish_non_exhaustive()
    }
}

impl<E: Engine, T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<E: Engine, T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<E: Engine, T: Default> Default for Mutex<E, T> {
    fn default() -> Self {
        Mutex::made(T::default())
    }
}

impl<E: Engine, T> From<T> for Mutex<E, T> {
    fn from(value: T) -> Self {
        Mutex::made(value)
    }
}
