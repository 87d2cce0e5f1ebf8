//! A queue of threads that wait for a notification.

use std::panic::Location;
use std::sync::{LockResult, PoisonError};

use super::context;
use super::engine::{Engine, RawCondvar};
use super::mutex::{Held, MutexGuard};
use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};

/// As [`std::sync::Condvar`]. Wakeups without a notification are not explored.
pub struct Condvar<E: Engine> {
    raw: E::Condvar,
    object: Object,
}

impl<E: Engine> Condvar<E> {
    /// Makes a condition variable.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        let object = context::with(|context| context.new_object());
        Condvar { raw: E::Condvar::new(object), object }
    }

    /// As [`std::sync::Condvar::wait`].
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, E, T>) -> LockResult<MutexGuard<'a, E, T>> {
        let mutex = guard.mutex;
        if matches!(guard.held, Held::Own) {
            self.raw.wait(&mutex.raw, mutex.object, Location::caller());
        } else {
            // Its lock is left out: that is as if it woke at once, and waits again.
            super::thread::yield_now::<E>();
        }
        if mutex.poisoned.get() { Err(PoisonError::new(guard)) } else { Ok(guard) }
    }

    /// As [`std::sync::Condvar::wait_while`].
    #[track_caller]
    pub fn wait_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, E, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<MutexGuard<'a, E, T>> {
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// As [`std::sync::Condvar::notify_one`].
    #[track_caller]
    pub fn notify_one(&self) {
        self.notify(Kind::NotifyOne, "notify_one", Location::caller(), || self.raw.notify_one());
    }

    /// As [`std::sync::Condvar::notify_all`].
    #[track_caller]
    pub fn notify_all(&self) {
        self.notify(Kind::NotifyAll, "notify_all", Location::caller(), || self.raw.notify_all());
    }

    fn notify(
        &self,
        kind: Kind,
        name: &'static str,
        at: &'static Location<'static>,
        act: impl FnOnce(),
    ) {
        if std::thread::panicking() {
            context::unmodelled("a thread was notified while another was unwinding from a panic");
            return;
        }
        let op = Op::new(kind, self.object);
        context::perform(op, act);
        if observe::watching() {
            let address = self as *const Self as usize;
            observe::operation(Seen { address, ..Seen::new(op, name, at) });
        }
    }
}
