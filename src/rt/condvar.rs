//! A queue of threads that wait for a notification.

use std::panic::Location;
use std::sync::{LockResult, PoisonError};
use std::time::Duration;

use super::context;
use super::engine::{Engine, RawCondvar};
use super::mutex::MutexGuard;
use super::observe::{self, Seen};
use super::op::{Kind, Op};
use super::tracked::Tracked;

/// As [`std::sync::Condvar`].
pub struct Condvar<E: Engine> {
    raw: E::Condvar,
    tracked: Tracked,
}

/// As [`std::sync::WaitTimeoutResult`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// As [`std::sync::WaitTimeoutResult::timed_out`].
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

// Safety: as for `Mutex`: whatever touches it enters it first.
unsafe impl<E: Engine> Sync for Condvar<E> {}
// Safety: as above.
unsafe impl<E: Engine> Send for Condvar<E> {}

impl<E: Engine> Condvar<E> {
    /// Makes a condition variable.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        let tracked = Tracked::new();
        Condvar { raw: E::Condvar::new(tracked.object()), tracked }
    }

    /// As [`std::sync::Condvar::wait`].
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, E, T>) -> LockResult<MutexGuard<'a, E, T>> {
        let at = Location::caller();
        self.tracked.enter(at);
        guard.look_away();
        // Where the lock is left out, it waits all the same: what the lock was for is that nobody
        // notifies between the look and the wait.
        self.raw.wait(guard.lock(), at);
        if guard.mutex.poisoned.get() { Err(PoisonError::new(guard)) } else { Ok(guard) }
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

    /// As [`std::sync::Condvar::wait_timeout`]: that the time is up is one of the things that may
    /// happen while nobody has notified, whatever `timeout` is. A thread that waits so is never
    /// stuck.
    #[track_caller]
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, E, T>,
        timeout: Duration,
    ) -> LockResult<(MutexGuard<'a, E, T>, WaitTimeoutResult)> {
        let _ = timeout;
        let at = Location::caller();
        self.tracked.enter(at);
        guard.look_away();
        let result = WaitTimeoutResult(self.raw.wait_timeout(guard.lock(), at));
        match guard.mutex.poisoned.get() {
            true => Err(PoisonError::new((guard, result))),
            false => Ok((guard, result)),
        }
    }

    /// As [`std::sync::Condvar::wait_timeout_while`]. The result says that the time was up where
    /// the condition still holds: here after one wait whose time was up.
    #[track_caller]
    pub fn wait_timeout_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, E, T>,
        timeout: Duration,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<(MutexGuard<'a, E, T>, WaitTimeoutResult)> {
        let mut late = false;
        loop {
            if !condition(&mut guard) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            if late {
                return Ok((guard, WaitTimeoutResult(true)));
            }
            let (next, result) = self.wait_timeout(guard, timeout)?;
            (guard, late) = (next, result.timed_out());
        }
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
        let object = self.tracked.enter(at);
        if std::thread::panicking() {
            context::unmodelled("a thread was notified while another was unwinding from a panic");
            return;
        }
        let op = Op::new(kind, object);
        context::perform(op, act);
        if observe::watching() {
            let address = self as *const Self as usize;
            observe::operation(Seen { address, ..Seen::new(op, name, at) });
        }
    }
}
