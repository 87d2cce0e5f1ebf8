//! A queue of threads that wait for a notification.

use std::fmt;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::sync::{LockResult, PoisonError};
use std::time::Duration;

use super::context;
use super::engine::{Engine, RawCondvar};
use super::mutex::MutexGuard;
use super::op::Kind;
use super::watch::{Checker, Identity, Watch, step};

/// As [`std::sync::Condvar`].
pub struct Condvar<E: Engine> {
    raw: E::Condvar,
    tracked: <E::Watch as Watch>::Identity,
}

// Safety: as for `Mutex`: under a checker whatever touches it enters it first, and on real threads
// it is std's.
unsafe impl<E: Engine> Sync for Condvar<E> {}
// Safety: as above.
unsafe impl<E: Engine> Send for Condvar<E> {}

/// As [`std::sync::WaitTimeoutResult`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// As [`std::sync::WaitTimeoutResult::timed_out`].
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl<E: Engine> RefUnwindSafe for Condvar<E> {}
impl<E: Engine> UnwindSafe for Condvar<E> {}

impl<E: Engine<Watch = Checker>> Condvar<E> {
    /// Makes a condition variable.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Condvar::default()
    }
}

impl<E: Engine> Condvar<E> {
    /// One that a runtime has made.
    pub(crate) const fn of(raw: E::Condvar, tracked: <E::Watch as Watch>::Identity) -> Self {
        Condvar { raw, tracked }
    }

    /// As [`std::sync::Condvar::wait`].
    #[track_caller]
    pub fn wait<'a, T: ?Sized>(
        &self,
        mut guard: MutexGuard<'a, E, T>,
    ) -> LockResult<MutexGuard<'a, E, T>> {
        let at = Location::caller();
        self.tracked.enter(at);
        // Where the lock is left out, it waits all the same: what the lock was for is that nobody
        // notifies between the look and the wait.
        let lock = guard.take_for_a_wait();
        let raw = lock.as_ref().map(|&(raw, object, _)| (raw, object));
        guard.hold_again(raw, self.raw.wait(lock, at))
    }

    /// As [`std::sync::Condvar::wait_while`].
    #[track_caller]
    pub fn wait_while<'a, T: ?Sized>(
        &self,
        mut guard: MutexGuard<'a, E, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<MutexGuard<'a, E, T>> {
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// As [`std::sync::Condvar::wait_timeout`]. Under a checker, that the time is up is one of the
    /// things that may happen while nobody has notified, whatever `timeout` is; a thread that waits
    /// so is never stuck.
    #[track_caller]
    pub fn wait_timeout<'a, T: ?Sized>(
        &self,
        mut guard: MutexGuard<'a, E, T>,
        timeout: Duration,
    ) -> LockResult<(MutexGuard<'a, E, T>, WaitTimeoutResult)> {
        let at = Location::caller();
        self.tracked.enter(at);
        let lock = guard.take_for_a_wait();
        let raw = lock.as_ref().map(|&(raw, object, _)| (raw, object));
        let (held, late) = self.raw.wait_timeout(lock, timeout, at);
        match guard.hold_again(raw, held) {
            Ok(guard) => Ok((guard, WaitTimeoutResult(late))),
            Err(poison) => Err(PoisonError::new((poison.into_inner(), WaitTimeoutResult(late)))),
        }
    }

    /// As [`std::sync::Condvar::wait_timeout_while`]. The result says that the time was up where
    /// the condition still holds: after one wait whose time was up.
    #[track_caller]
    pub fn wait_timeout_while<'a, T: ?Sized>(
        &self,
        mut guard: MutexGuard<'a, E, T>,
        timeout: Duration,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<(MutexGuard<'a, E, T>, WaitTimeoutResult)> {
        let begun = std::time::Instant::now();
        let mut late = false;
        while condition(&mut guard) {
            if late {
                return Ok((guard, WaitTimeoutResult(true)));
            }
            // No time passes under a checker.
            let passed = if E::Watch::CHECKED { Duration::ZERO } else { begun.elapsed() };
            let (next, result) = self.wait_timeout(guard, timeout.saturating_sub(passed))?;
            (guard, late) = (next, result.timed_out());
        }
        Ok((guard, WaitTimeoutResult(false)))
    }

    /// As [`std::sync::Condvar::notify_one`].
    #[track_caller]
    pub fn notify_one(&self) {
        self.notify((Kind::NotifyOne, "notify_one"), || self.raw.notify_one());
    }

    /// As [`std::sync::Condvar::notify_all`].
    #[track_caller]
    pub fn notify_all(&self) {
        self.notify((Kind::NotifyAll, "notify_all"), || self.raw.notify_all());
    }

    #[track_caller]
    fn notify(&self, what: (Kind, &'static str), act: impl FnOnce()) {
        let at = Location::caller();
        let object = self.tracked.enter(at);
        if E::Watch::unwinding() {
            context::unmodelled("a thread was notified while another was unwinding from a panic");
            return;
        }
        step::<E::Watch, _>(what, object, self as *const Self as usize, at, act);
    }
}

impl<E: Engine> Default for Condvar<E> {
    fn default() -> Self {
        let tracked = <E::Watch as Watch>::Identity::new();
        Condvar::of(E::Condvar::new(tracked.object()), tracked)
    }
}

impl<E: Engine> fmt::Debug for Condvar<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}
