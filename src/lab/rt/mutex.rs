//! A lock: the checker's own, beside plain memory that it watches.
//!
//! Leaving one `lock` out is therefore not a deadlock or a crash but a reported race.

use std::cell::Cell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use super::engine::{Engine, RawMutex};
use super::guarded::{Guarded, Hand};
use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::tracked::Tracked;
use super::weaken::{self, Change, Knob};
use super::{context, swap};

/// As [`std::sync::Mutex`].
pub struct Mutex<E: Engine, T> {
    pub(crate) raw: E::Mutex,
    tracked: Tracked,
    pub(crate) poisoned: Cell<bool>,
    data: Guarded<E, T>,
}

// Safety: whatever touches the lock through a shared reference calls `Tracked::enter` or
// `Tracked::at_home` first, so it stays on the operating-system thread of its execution; and who
// may hold it is said by the checker, and by `Guarded` where a lock is left out.
unsafe impl<E: Engine, T: Send> Sync for Mutex<E, T> {}
// Safety: as above; who owns it may take the value out of it.
unsafe impl<E: Engine, T: Send> Send for Mutex<E, T> {}

/// As [`std::sync::MutexGuard`].
pub struct MutexGuard<'a, E: Engine, T> {
    pub(crate) mutex: &'a Mutex<E, T>,
    /// What is given back at the end: usually the mutex's own lock, nothing if it was left out.
    pub(crate) held: Held<'a, E>,
    /// The thread was unwinding already when it took the lock.
    unwinding: bool,
    hand: Hand,
    /// Where it was taken: that it is given back is written nowhere.
    at: &'static Location<'static>,
    not_send: std::marker::PhantomData<*const ()>,
}

pub(crate) enum Held<'a, E: Engine> {
    /// The mutex's own lock.
    Own,
    /// No lock: this site is being weakened.
    Nothing,
    /// No lock: the thread unwinds, and whoever has it cannot give it back meanwhile.
    Never,
    /// The lock of the site that this one is exchanged with.
    Other(&'a E::Mutex, Object),
}

impl<E: Engine, T> Mutex<E, T> {
    /// Makes a lock.
    pub fn new(value: T) -> Self {
        let tracked = Tracked::new();
        let raw = E::Mutex::new(tracked.object());
        Mutex { raw, tracked, poisoned: Cell::new(false), data: Guarded::new(value) }
    }

    /// As [`std::sync::Mutex::lock`].
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, E, T>> {
        let at = Location::caller();
        let object = self.tracked.enter(at);
        if std::thread::panicking() {
            context::unmodelled("a lock was taken while a thread was unwinding from a panic");
            let held = if self.raw.lock_unwinding() { Held::Own } else { Held::Never };
            return self.guard(held, at);
        }
        let held = match weaken::change(Knob::Lock, at) {
            Some(Change::Gone) => Held::Nothing,
            // Safety: this engine's locks are noted with this type, and the memory outlives actors.
            Some(Change::Instead(object)) => match unsafe { swap::find::<E::Mutex>(object) } {
                Some(other) => Held::Other(other, object),
                None => Held::Own,
            },
            _ => Held::Own,
        };
        match &held {
            Held::Nothing | Held::Never => {}
            Held::Own => acquire(&self.raw, object, self.address(), at),
            Held::Other(raw, object) => acquire(*raw, *object, self.address(), at),
        }
        self.guard(held, at)
    }

    /// As [`std::sync::Mutex::try_lock`].
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, E, T>> {
        let at = Location::caller();
        let object = self.tracked.enter(at);
        if std::thread::panicking() {
            return Err(TryLockError::WouldBlock);
        }
        if weaken::change(Knob::Lock, at) == Some(Change::Gone) {
            return Ok(self.guard(Held::Nothing, at)?);
        }
        let op = Op::new(Kind::TryLock, object);
        let taken = context::perform(op, || self.raw.try_lock());
        if observe::watching() {
            let name = if taken { "try_lock" } else { "try_lock failed" };
            let read = Some(taken as u64);
            observe::operation(Seen { read, address: self.address(), ..Seen::new(op, name, at) });
        }
        if taken { Ok(self.guard(Held::Own, at)?) } else { Err(TryLockError::WouldBlock) }
    }

    /// As [`std::sync::Mutex::into_inner`].
    pub fn into_inner(self) -> LockResult<T> {
        let poisoned = self.poisoned.get();
        let value = self.data.into_inner();
        if poisoned { Err(PoisonError::new(value)) } else { Ok(value) }
    }

    /// As [`std::sync::Mutex::get_mut`].
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        let poisoned = self.poisoned.get();
        let value = self.data.get_mut();
        if poisoned { Err(PoisonError::new(value)) } else { Ok(value) }
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

    pub(crate) fn object(&self) -> Object {
        self.tracked.object()
    }

    pub(crate) fn address(&self) -> usize {
        self as *const Self as usize
    }

    fn guard<'a>(
        &'a self,
        held: Held<'a, E>,
        at: &'static Location<'static>,
    ) -> LockResult<MutexGuard<'a, E, T>> {
        let guard = MutexGuard {
            mutex: self,
            held,
            unwinding: std::thread::panicking(),
            hand: Hand::default(),
            at,
            not_send: std::marker::PhantomData,
        };
        if self.poisoned.get() { Err(PoisonError::new(guard)) } else { Ok(guard) }
    }
}

fn acquire<M: RawMutex>(raw: &M, object: Object, address: usize, at: &'static Location<'static>) {
    let op = Op::new(Kind::Lock, object);
    context::perform(op, || raw.lock());
    if observe::watching() {
        observe::operation(Seen { address, ..Seen::new(op, "lock", at) });
    }
}

impl<E: Engine, T> MutexGuard<'_, E, T> {
    /// The lock is to be held: std would wait here for ever, or until another thread moves.
    fn held(&self) {
        if matches!(self.held, Held::Never) {
            never();
        }
    }

    /// The guard's lock and that lock's identity, if it has one.
    pub(crate) fn lock(&self) -> Option<(&E::Mutex, Object)> {
        match &self.held {
            Held::Nothing | Held::Never => None,
            Held::Own => Some((&self.mutex.raw, self.mutex.object())),
            Held::Other(raw, object) => Some((*raw, *object)),
        }
    }

    /// What was looked at through this guard is free again, for it is given back for a while.
    pub(crate) fn look_away(&self) {
        self.mutex.data.give_back(&self.hand);
    }
}

/// A lock that is not free is looked into while its thread unwinds: no engine can wait there.
#[cold]
pub(crate) fn never() -> ! {
    eprintln!(
        "racelab: a thread that unwinds from a panic uses what another lock guard protects: it \
         would have to wait for it, which no engine here models"
    );
    std::process::abort()
}

impl<E: Engine, T> Deref for MutexGuard<'_, E, T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        self.held();
        // Safety: `Guarded` hands out no reference beside one that another guard may write through,
        // and what comes from this guard is bounded by its borrows.
        unsafe { &*self.mutex.data.read(self.mutex.address(), &self.hand) }
    }
}

impl<E: Engine, T> DerefMut for MutexGuard<'_, E, T> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        self.held();
        // Safety: `Guarded` hands it out only while no other guard has the value in hand.
        unsafe { &mut *self.mutex.data.write(self.mutex.address(), &self.hand) }
    }
}

impl<E: Engine, T> Drop for MutexGuard<'_, E, T> {
    fn drop(&mut self) {
        self.look_away();
        let Some((raw, object)) = self.lock() else { return };
        if std::thread::panicking() {
            if !self.unwinding {
                self.mutex.poisoned.set(true);
            }
            raw.unlock_unwinding();
            let op = Op::new(Kind::Unlock, object);
            observe::unlocked_unwinding(op, self.mutex.address(), self.at);
            return;
        }
        let op = Op::new(Kind::Unlock, object);
        context::perform(op, || raw.unlock());
        if observe::watching() {
            let address = self.mutex.address();
            observe::operation(Seen { address, ..Seen::new(op, "unlock", self.at) });
        }
    }
}

impl<E: Engine, T: fmt::Debug> fmt::Debug for Mutex<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mutex").finish_non_exhaustive()
    }
}

impl<E: Engine, T: fmt::Debug> fmt::Debug for MutexGuard<'_, E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<E: Engine, T: Default> Default for Mutex<E, T> {
    fn default() -> Self {
        Mutex::new(T::default())
    }
}
