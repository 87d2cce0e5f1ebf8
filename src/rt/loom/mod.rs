//! The facade under loom: std's paths and signatures, loom's own model of C11 memory.

mod atomic;
mod engine;
mod meeting;

pub use engine::Loom;
pub(crate) use engine::register;
pub(crate) use meeting::prepare;

pub use crate::__thread_local as thread_local;

/// As [`std::sync`].
pub mod sync {
    // std's own Arc: loom's would add its reference counts to the search (2.4 to 15 times more
    // executions), and it turns failures inside a model into aborts.
    pub use std::sync::{Arc, LockResult, PoisonError, TryLockError, TryLockResult, Weak};

    pub use crate::rt::barrier::BarrierWaitResult;
    pub use crate::rt::condvar::WaitTimeoutResult;
    pub use crate::rt::lazy::LazyLock;
    pub use crate::rt::once::OnceState;

    use super::Loom;

    /// As [`std::sync::Mutex`].
    pub type Mutex<T> = crate::rt::mutex::Mutex<Loom, T>;
    /// As [`std::sync::MutexGuard`].
    pub type MutexGuard<'a, T> = crate::rt::mutex::MutexGuard<'a, Loom, T>;
    /// As [`std::sync::RwLock`].
    pub type RwLock<T> = crate::rt::rwlock::RwLock<Loom, T>;
    /// As [`std::sync::RwLockReadGuard`].
    pub type RwLockReadGuard<'a, T> = crate::rt::rwlock::RwLockReadGuard<'a, Loom, T>;
    /// As [`std::sync::RwLockWriteGuard`].
    pub type RwLockWriteGuard<'a, T> = crate::rt::rwlock::RwLockWriteGuard<'a, Loom, T>;
    /// As [`std::sync::Condvar`].
    pub type Condvar = crate::rt::condvar::Condvar<Loom>;
    /// As [`std::sync::OnceLock`].
    pub type OnceLock<T> = crate::rt::once::OnceLock<Loom, T>;
    /// As [`std::sync::Once`].
    pub type Once = crate::rt::once::Once<Loom>;
    /// As [`std::sync::Barrier`].
    pub type Barrier = crate::rt::barrier::Barrier<Loom>;

    /// As [`std::sync::mpsc`].
    pub mod mpsc {
        crate::rt::mpsc_of!(super::Loom);
    }

    /// As [`std::sync::atomic`].
    pub mod atomic {
        pub use std::sync::atomic::Ordering;

        use super::super::atomic::Modelled;
        use crate::rt::atomic::Atomic;

        macro_rules! modelled {
            ($($name:ident $value:ty),+) => {$(
                #[doc = concat!("As [`std::sync::atomic::", stringify!($name), "`].")]
                pub type $name = Atomic<Modelled<loom::sync::atomic::$name>, $value>;
            )+};
        }
        modelled!(
            AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize,
            AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize,
            AtomicBool bool
        );
        /// As [`std::sync::atomic::AtomicPtr`].
        pub type AtomicPtr<T> = Atomic<Modelled<loom::sync::atomic::AtomicPtr<T>>, *mut T>;

        /// As [`std::sync::atomic::fence`].
        #[track_caller]
        pub fn fence(order: Ordering) {
            crate::rt::fence::fence::<super::Loom>(order);
        }
    }
}

/// As [`std::cell`], with loom's `with` and `with_mut`.
pub mod cell {
    // What one thread has for itself: no other can look at it.
    pub use std::cell::{Cell, RefCell};

    /// Plain memory that loom watches.
    pub type UnsafeCell<T> = crate::rt::cell::UnsafeCell<super::Loom, T>;
}

/// What only some processors have: stores past the caches, which are plain ones here.
pub mod arch {
    crate::rt::streams_plainly!(super::sync::atomic::AtomicU64, stream);
}

/// Words that are not aligned.
pub mod unaligned {
    /// As [`crate::rt::unaligned::U64`], in two halves.
    pub type U64 =
        crate::rt::unaligned::Halves<super::atomic::Modelled<loom::sync::atomic::AtomicU32>>;
}

/// As [`std::thread`].
pub mod thread {
    pub use std::thread::{Result, available_parallelism, panicking};

    pub use crate::rt::local::{AccessError, LocalKey};
    pub use crate::rt::thread::ThreadId;

    use super::Loom;

    /// As [`std::thread::JoinHandle`].
    pub type JoinHandle<T> = crate::rt::thread::JoinHandle<Loom, T>;
    /// As [`std::thread::Thread`].
    pub type Thread = crate::rt::thread::Thread<Loom>;

    /// As [`std::thread::Scope`].
    pub type Scope<'scope, 'env> = crate::rt::scope::Scope<'scope, 'env, Loom>;
    /// As [`std::thread::ScopedJoinHandle`].
    pub type ScopedJoinHandle<'scope, T> = crate::rt::scope::ScopedJoinHandle<'scope, Loom, T>;
    /// As [`std::thread::Builder`].
    pub type Builder = crate::rt::start::Builder<Loom>;

    crate::rt::thread_functions!(Loom);
}

/// As [`std::hint`].
pub mod hint {
    /// As [`std::hint::spin_loop`]: lets the others go first.
    #[track_caller]
    pub fn spin_loop() {
        super::thread::yield_now();
    }
}
