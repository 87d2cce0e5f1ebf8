//! In a debug build, a thread that comes back to a shard it holds is told so and does not hang.

#[cfg(debug_assertions)]
use super::super::rt::thread::{self, ThreadId};

/// The threads that hold a shard's lock. In a release build it is empty and costs nothing.
#[derive(Default)]
pub(super) struct Holders {
    // std's own lock, not the runtime's: the guard rail is no part of what the checkers explore,
    // and no thread switch can happen while it is held.
    #[cfg(debug_assertions)]
    threads: std::sync::Mutex<Vec<ThreadId>>,
}

impl Holders {
    /// Panics if this thread holds the shard already.
    #[inline]
    #[track_caller]
    pub(super) fn refuse_reentry(&self) {
        #[cfg(debug_assertions)]
        assert!(
            !self.threads().contains(&thread::current().id()),
            "SafeMap: called from code that runs under the lock of this very map; \
             a release build may hang here for ever"
        );
    }

    /// Notes that this thread has the lock now.
    #[inline]
    pub(super) fn enter(&self) -> Holder<'_> {
        #[cfg(debug_assertions)]
        self.threads().push(thread::current().id());
        Holder { _holders: self }
    }

    #[cfg(debug_assertions)]
    fn threads(&self) -> std::sync::MutexGuard<'_, Vec<ThreadId>> {
        self.threads.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// This thread's entry among the holders; dropping it takes the entry out.
pub(super) struct Holder<'a> {
    _holders: &'a Holders,
}

#[cfg(debug_assertions)]
impl Drop for Holder<'_> {
    fn drop(&mut self) {
        let me = thread::current().id();
        self._holders.threads().retain(|&thread| thread != me);
    }
}
