//! A lock: the checker's own, beside plain memory that it watches.
//!
//! Leaving one `lock` out is therefore not a deadlock or a crash but a reported race.

use std::cell::Cell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use super::cell::Guarded;
use super::engine::{Engine, RawMutex};
use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::weaken::{self, Change, Knob};
use super::{context, swap};

/// As [`std::sync::Mutex`].
pub struct Mutex<E: Engine, T> {
    pub(crate) raw: E::Mutex,
    pub(crate) object: Object,
    pub(crate) poisoned: Cell<bool>,
    data: Guarded<E, T>,
}

// Safety: all threads of one execution run on one operating-system thread, and the checker says
// who may hold the lock.
unsafe impl<E: Engine, T: Send> Sync for Mutex<E, T> {}
// Safety: as above.
unsafe impl<E: Engine, T: Send> Send for Mutex<E, T> {}

/// As [`std::sync::MutexGuard`].
pub struct MutexGuard<'a, E: Engine, T> {
    pub(crate) mutex: &'a Mutex<E, T>,
    /// What is given back at the end: usually the mutex's own lock, nothing if it was left out.
    pub(crate) held: Held<'a, E>,
    /// The thread was unwinding already when it took the lock.
    unwinding: bool,
    /// Where it was taken: that it is given back is written nowhere.
    at: &'static Location<'static>,
    not_send: std::marker::PhantomData<*const ()>,
}

pub(crate) enum Held<'a, E: Engine> {
    /// The mutex's own lock.
    Own,
    /// No lock: this site is being weakened.
    Nothing,
    /// The lock of the site that this one is exchanged with.
    Other(&'a E::Mutex, Object),
}

impl<E: Engine, T> Mutex<E, T> {
    /// Makes a lock.
    pub fn new(value: T) -> Self {
        let object = context::with(|context| context.new_object());
        let data = Guarded::new(value);
        Mutex { raw: E::Mutex::new(object), object, poisoned: Cell::new(false), data }
    }

    /// As [`std::sync::Mutex::lock`].
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, E, T>> {
        let at = Location::caller();
        let held = match weaken::change(Knob::Lock, at) {
            _ if std::thread::panicking() => Held::Nothing,
            Some(Change::Gone) => Held::Nothing,
            Some(Change::Instead(object)) => match swap::find::<E::Mutex>(object) {
                Some(other) => Held::Other(other, object),
                None => Held::Own,
            },
            _ => Held::Own,
        };
        match &held {
            Held::Nothing => {}
            Held::Own => acquire(&self.raw, self.object, self.address(), at),
            Held::Other(raw, object) => acquire(*raw, *object, self.address(), at),
        }
        self.guard(held, at)
    }

    /// As [`std::sync::Mutex::try_lock`].
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, E, T>> {
        let at = Location::caller();
        if std::thread::panicking() {
            return Err(TryLockError::WouldBlock);
        }
        if weaken::change(Knob::Lock, at) == Some(Change::Gone) {
            return Ok(self.guard(Held::Nothing, at)?);
        }
        let op = Op::new(Kind::TryLock, self.object);
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
    pub fn is_poisoned(&self) -> bool {
        self.poisoned.get()
    }

    /// As [`std::sync::Mutex::clear_poison`].
    pub fn clear_poison(&self) {
        self.poisoned.set(false);
    }

    pub(crate) fn peek(&self) -> Option<u64> {
        self.data.peek()
    }

    pub(crate) fn note_for_swap(&self) {
        swap::note(self.object, &self.raw);
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

impl<E: Engine, T> Deref for MutexGuard<'_, E, T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        // Safety: the guard stands for the lock; where it does not, the checker reports the race
        // and all threads still run on one operating-system thread.
        unsafe { &*self.mutex.data.read(self.mutex.address()) }
    }
}

impl<E: Engine, T> DerefMut for MutexGuard<'_, E, T> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        // Safety: as in `deref`.
        unsafe { &mut *self.mutex.data.write(self.mutex.address()) }
    }
}

impl<E: Engine, T> Drop for MutexGuard<'_, E, T> {
    fn drop(&mut self) {
        let (raw, object) = match &self.held {
            Held::Nothing => return,
            Held::Own => (&self.mutex.raw, self.mutex.object),
            Held::Other(raw, object) => (*raw, *object),
        };
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
        f.debug_struct("Mutex").field("poisoned", &self.poisoned.get()).finish_non_exhaustive()
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
