//! The facade on real threads: std itself. Same size, same code, same speed.

pub use std::thread_local;

/// [`std::sync`].
pub mod sync {
    pub use std::sync::{
        Arc, Barrier, BarrierWaitResult, Condvar, LazyLock, LockResult, Mutex, MutexGuard, Once,
        OnceLock, OnceState, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError,
        TryLockResult, WaitTimeoutResult, Weak, mpsc,
    };

    /// [`std::sync::atomic`].
    pub mod atomic {
        pub use std::sync::atomic::*;
    }
}

/// [`std::cell`], with loom's `with` and `with_mut`.
pub mod cell {
    pub use std::cell::{Cell, RefCell};

    /// As [`std::cell::UnsafeCell`], with `with` and `with_mut` besides, and free to be shared.
    #[derive(Debug, Default)]
    #[repr(transparent)]
    pub struct UnsafeCell<T: ?Sized>(std::cell::UnsafeCell<T>);

    // Safety: whoever accesses it through `with` and `with_mut` orders the accesses; that is what
    // the checkers watch in the other copies of the same source.
    unsafe impl<T: ?Sized + Send> Sync for UnsafeCell<T> {}

    impl<T> UnsafeCell<T> {
        /// Makes a cell.
        pub const fn new(value: T) -> Self {
            UnsafeCell(std::cell::UnsafeCell::new(value))
        }
        /// The value, by sole ownership.
        pub fn into_inner(self) -> T {
            self.0.into_inner()
        }
    }

    impl<T: ?Sized> UnsafeCell<T> {
        /// Reads through a pointer that is valid during `f`.
        #[inline]
        pub fn with<R>(&self, f: impl FnOnce(*const T) -> R) -> R {
            f(self.0.get())
        }
        /// Writes through a pointer that is valid during `f`.
        #[inline]
        pub fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
            f(self.0.get())
        }
        /// As [`std::cell::UnsafeCell::get`]: the checkers see nothing of what is done with it.
        #[inline]
        pub const fn get(&self) -> *mut T {
            self.0.get()
        }
        /// The value, by sole ownership.
        #[inline]
        pub const fn get_mut(&mut self) -> &mut T {
            self.0.get_mut()
        }
    }

    impl<T> From<T> for UnsafeCell<T> {
        fn from(value: T) -> Self {
            UnsafeCell::new(value)
        }
    }
}

/// What only some processors have: stores past the caches.
pub mod arch {
    pub use crate::rt::stream::{drain, stream};
}

/// Words that are not aligned: std has none.
pub mod unaligned {
    pub use crate::rt::unaligned::U64;
}

/// [`std::thread`].
pub mod thread {
    pub use std::thread::{
        AccessError, Builder, JoinHandle, LocalKey, Result, Scope, ScopedJoinHandle, Thread,
        ThreadId, available_parallelism, current, panicking, park, park_timeout, scope, sleep,
        spawn, yield_now,
    };
}

/// [`std::hint`].
pub mod hint {
    pub use std::hint::spin_loop;
}
